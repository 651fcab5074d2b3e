"""The road of a change with everyone in a browser of their own: editor, approver, department, auditor, resident."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from catalog.models import Guide, ItemList, ItemNumbering
from tests import factories
from tests.browser.conftest import CHROMIUM_OPTIONS
from tests.catalog import published

NAMES = ["低保申请", "生育登记", "老年证办理", "失业登记", "法律援助", "公证咨询"]
CHANGED = "六十周岁以上老年人"


@pytest.fixture
def county(transactional_db):
    """A county that wants a second person and a legality review, with one edition in force."""
    county = factories.make_county("990101", "青禾县")
    department = factories.make_department(county, "县民政局")
    factories.make_township(county, 100, "谷雨镇")
    for name in ("editor", "approver", "auditor"):
        factories.make_user(Role(name), county, username=name)
    factories.make_user(Role.DEPARTMENT, department=department, username="department")
    services = ItemList.objects.create(county=county, kind="public_services")
    ItemNumbering.draw(county, len(NAMES))
    published.issue(
        services, [{"name": name, "department": department, "department_name": "县民政局"} for name in NAMES]
    )
    guide_of = services.editions.get().entries.get(name="低保申请").item
    Guide.objects.create(item=guide_of, valid_from=published.CURRENT, phone="0000-1")
    return county


@pytest.fixture
def people(chromium, playwright_driver, live_server, county):
    """A page for each, in contexts that share nothing: `people["editor"]`."""
    browser = playwright_driver.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)

    def page_of(name):
        page = browser.new_context(base_url=live_server.url, locale="zh-CN").new_page()
        page.set_default_timeout(30_000)
        if name != "resident":
            page.goto("/admin/")
            page.fill("input[name=username]", name)
            page.fill("input[name=password]", factories.PASSWORD)
            page.click("[type=submit]")
        return page

    yield {name: page_of(name) for name in ("editor", "approver", "department", "auditor", "resident")}
    browser.close()


def submit(page, button):
    with page.expect_navigation():
        page.click(button)


def test_a_change_goes_its_road_through_four_hands(people):
    editor, approver, auditor, resident = (
        people[name] for name in ("editor", "approver", "auditor", "resident")
    )
    # The county asks for a legality review.
    approver.goto("/admin/catalog/procedure/add/")
    approver.check("input[name=needs_legality]")
    submit(approver, "input[name=_save]")

    # The editor starts a revision and changes one entry.
    editor.goto("/admin/catalog/itemlist/")
    submit(editor, "#result_list tbody th a")
    submit(editor, "form[action$='/revise/'] button")
    draft = editor.url
    submit(editor, "a[href*='/admin/catalog/entry/?edition']")
    submit(editor, "#result_list a:has-text('老年证办理')")
    editor.fill("[name=service_target]", CHANGED)
    submit(editor, "input[name=_save]")

    # It is open for comment; a resident comments and gets a receipt.
    road = draft.replace("/change/", "/road/")
    editor.goto(road)
    last_day = timezone.localdate() + timedelta(days=7)
    editor.fill("form[action$='/open_comment/'] input[name=last_day]", last_day.isoformat())
    submit(editor, "form[action$='/open_comment/'] [type=submit]")
    resident.goto(editor.locator("a[href*='/drafts/']").get_attribute("href"))
    assert CHANGED in resident.locator("main").inner_text()
    submit(resident, "main a[href$='/comment/']")
    resident.fill("textarea", "建议写明带什么材料。")
    submit(resident, ".comment-form button")
    receipt = resident.url

    # The editor answers, closes early with a reason, and has the review on record.
    editor.goto("/admin/catalog/comment/?verdict__exact=")
    submit(editor, "#result_list tbody th a")
    editor.select_option("select[name=verdict]", "taken")
    editor.fill("textarea[name=answer]", "已在指南中写明。")
    submit(editor, "input[name=_save]")
    editor.goto(road)
    editor.fill("form[action$='/close_comment/'] [name=reason]", "意见已经采纳，不再征求。")
    submit(editor, "form[action$='/close_comment/'] [type=submit]")
    editor.select_option("select[name=kind]", "legality")
    editor.fill("input[name=number]", "青司审〔2026〕3号")
    submit(editor, "form:has(select[name=kind]) [type=submit]")
    resident.goto(receipt)
    assert "已在指南中写明。" in resident.locator("main").inner_text()

    # The auditor reads the difference and changes nothing; the approver announces.
    auditor.goto(draft.replace("/change/", "/difference/"))
    assert auditor.locator("ins").inner_text() == CHANGED
    assert auditor.goto(draft.replace("/change/", "/announce/")).status == 403
    approver.goto("/admin/")
    submit(approver, "#desk a[href$='?waiting=me']")
    submit(approver, "#result_list tbody th a")
    submit(approver, "a[href$='/announce/']")
    approver.fill("input[name=document_number]", "青政办发〔2026〕7号")
    submit(approver, ".submit-row [type=submit]")
    resident.goto("/990101/lists/public_services/")
    text = resident.locator("main").inner_text()
    assert "青政办发〔2026〕7号" in text
    assert CHANGED in text


def test_a_guide_goes_from_the_department_to_the_resident(people):
    department, approver, resident = (people[name] for name in ("department", "approver", "resident"))
    department.goto("/admin/catalog/guide/")
    submit(department, "#result_list tbody th a")
    submit(department, "form[action$='/propose/'] button")
    department.fill("input[name=phone]", "0000-2")
    submit(department, "input[name=_continue]")
    submit(department, "form[action$='/submit/'] button")

    approver.goto("/admin/")
    submit(approver, "#desk a[href*='/guide/?waiting=me']")
    submit(approver, "#result_list tbody th a")
    submit(approver, ".portal-act a[href$='/answer/']")
    submit(approver, "input[name=approve]")
    resident.goto("/990101/items/1/")
    assert "0000-2" in resident.locator("main").inner_text()
