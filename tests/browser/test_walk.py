"""A county's list on its whole way: from the workbook on a clerk's desk to the page a resident reads."""

import pytest
from django.utils import timezone

from catalog.models import Edition, Entry, ItemList
from tests import factories
from tests.browser.staff import import_workbook, sign_in

OFFICES = ["公共服务中心", "综合办公室", "民政民生办公室", "党群服务中心", "农业农村服务中心"]
TYPED = "法律咨询预约"


@pytest.fixture
def services(transactional_db):
    """A county that keeps one list, with the offices the workbook names, and a clerk who may do it all."""
    county = factories.make_county("990101", "青禾县", needs_second_person=False)
    township = factories.make_township(county, 100, "谷雨镇")
    for name in OFFICES:
        factories.make_office(township, name)
    factories.make_user(county=county, username="clerk", is_staff=True)
    return ItemList.objects.create(county=county, kind="public_services")


def announce(page, effective_on):
    page.click("a[href$='/announce/']")
    page.fill("input[name=published_on]", effective_on)
    page.fill("input[name=effective_on]", effective_on)
    page.click(".submit-row [type=submit]")
    if effective_on != timezone.localdate().isoformat():
        page.check("input[name=is_past_meant]")
        page.click(".submit-row [type=submit]")
    page.wait_for_url("**/change/")


def type_an_entry(page, name):
    page.click(".object-tools a[href*='/admin/catalog/entry/add/']")
    page.fill("input[name=name]", name)
    page.click("input[name=_save]")
    page.wait_for_url("**/entry/?edition*")


def test_a_list_travels_from_the_workbook_to_the_resident(page, services):
    sign_in(page)

    import_workbook(page, services, "service_items.xlsx")
    assert page.locator(".portal-counts strong").all_inner_texts() == ["57", "0", "0", "0"]
    assert Edition.objects.get().state == "unconfirmed"
    page.click("form[action$='/confirm/'] [type=submit]")
    page.wait_for_url("**/change/")
    assert Entry.objects.count() == 57

    announce(page, "2025-07-01")
    first = Edition.objects.get()
    assert first.state == "announced"

    import_workbook(page, services, "service_items.xlsx")
    assert page.locator(".portal-counts strong").all_inner_texts() == ["0", "0", "57", "0"]
    page.click("form[action$='/confirm/'] [type=submit]")
    page.wait_for_url("**/change/")
    draft_address = page.url
    type_an_entry(page, TYPED)
    page.goto(draft_address)
    announce(page, timezone.localdate().isoformat())

    page.context.clear_cookies()
    page.goto("/")
    page.click("main a[href='/990101/']")
    page.click("main a[href='/t/990101100/']")
    assert page.locator("h1").inner_text() == "谷雨镇"
    page.click(f"main a:has-text('{TYPED}')")
    assert TYPED in page.locator("h1").inner_text()

    page.goto("/t/990101100/")
    page.click("main a:has-text('残疾人证申领受理')")
    text = page.locator("main").inner_text()
    assert "残联发〔2017〕34号" in text
    page.click("main a:has-text('公共服务事项目录清单')")
    assert "青政办发〔2025〕12号" in page.locator("main").inner_text()

    page.goto("/990101/lists/public_services/")
    page.click("main a[href='/990101/lists/public_services/2025-07-01/']")
    assert page.locator("main").inner_text().count(TYPED) == 0
