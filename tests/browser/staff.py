"""What staff do in every walk."""

from tests import factories
from tests.catalog.workbooks import FOLDER


def sign_in(page):
    page.goto("/admin/")
    page.fill("input[name=username]", "clerk")
    page.fill("input[name=password]", factories.PASSWORD)
    page.click("[type=submit]")


def import_workbook(page, item_list, name):
    """Open the list and upload one of the workbooks, as far as its preview."""
    page.goto("/admin/")
    page.click("#content a[href='/admin/catalog/itemlist/']")
    page.click("#result_list tbody th a")
    page.click(f"a[href='/admin/catalog/itemlist/{item_list.pk}/import/']")
    page.set_input_files("input[type=file]", FOLDER / name)
    page.click(".submit-row [type=submit]")
    page.wait_for_url("**/preview/")


def confirm(page):
    """Turn the import that is previewed into a draft."""
    page.click("form[action$='/confirm/'] [type=submit]")
    page.wait_for_url("**/change/")


def choose(page, rows, action):
    """Choose rows of a list by a part of their texts, or all rows that are shown, and one of the actions."""
    if rows is None:
        page.check("#action-toggle")
    for text in rows or ():
        page.check(f"#result_list tr:has-text('{text}') input.action-select")
    page.select_option("select[name=action]", action)
    page.click("button[name=index]")


def act(page, **fields):
    """Fill in the page of an act and do it; what is refused stays on that page and is an error here."""
    fill_in(page, **fields)
    page.click("input[name=_act]")
    assert page.locator(".errorlist, .messagelist .error").all_inner_texts() == []


def save(page, **fields):
    """Fill in a row's form and store it."""
    fill_in(page, **fields)
    page.click("input[name=_save]")
    assert page.locator(".errorlist, .errornote, .messagelist .error").all_inner_texts() == []


def fill_in(page, **fields):
    """Answer fields of a form by their names, whatever they look like."""
    for name, value in fields.items():
        field = page.locator(f"[name='{name}']")
        if field.first.get_attribute("type") in ("checkbox", "radio"):
            page.check(f"[name='{name}'][value='{value}']" if value is not True else f"[name='{name}']")
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
