def test_admin_shows_its_sign_in_form_in_chinese(page):
    page.goto("/admin/")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert page.locator("input[name=password]").is_visible()
