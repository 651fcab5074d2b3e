"""Pages as of another day: `?on=2024-06-01`."""

from datetime import date

import pytest

from accounts.choices import ReorganisationKind
from accounts.models import Reorganisation, TownshipSuccession
from catalog.choices import HandlingRule
from catalog.models import Edition, Guide, Handling, Item, ItemList
from tests import factories

from . import published
from .pages import Page

pytestmark = pytest.mark.django_db
THEN = "?on=2024-06-01"
# Every page that takes a day, and what it showed then and shows no longer.
PAGES = {
    "/t/990101100/": "旧事项",
    "/t/990101100/items/4/": "旧事项",
    "/990101/items/4/": "旧事项",
    "/990101/lists/": "2024年01月版",
    "/990101/lists/public_services/": "旧事项",
    "/t/990101100/categories/social/": "最低生活保障申请受理",
    "/990101/categories/social/": "最低生活保障申请受理",
}


@pytest.mark.parametrize("address", PAGES)
def test_page_shows_the_lists_of_the_day(client, portal, address):
    then = client.get(address + THEN)
    page = Page(then)
    assert then.status_code == 200
    assert PAGES[address] in page.text
    assert "本页显示的是2024年6月1日的情况" in page.text
    assert page.faults == []
    assert '<meta name="robots" content="noindex">' in then.content.decode()
    today = client.get(address)
    assert "2024年6月1日" not in Page(today).text
    assert "noindex" not in today.content.decode()


@pytest.mark.parametrize(
    "address", ["/t/990101100/", "/t/990101100/items/1/", "/t/990101100/categories/social/"]
)
def test_a_township_bears_the_name_of_the_day(client, portal, township, address):
    carried_out = {"carried_out_on": date(2025, 8, 1)}
    for day, former, new, done in [
        (date(2024, 3, 1), "老谷镇", "中谷镇", {"carried_out_on": date(2024, 3, 1)}),
        (date(2025, 8, 1), "中谷镇", township.name, carried_out),
        (date(2026, 9, 1), township.name, "新谷镇", {}),
    ]:
        values = {"county": township.county, "kind": ReorganisationKind.RENAMING, "effective_on": day}
        Reorganisation.objects.create(township=township, former_name=former, new_name=new, **values, **done)
    for question, name in {THEN: "中谷镇", "": township.name, "?on=2026-12-01": "新谷镇"}.items():
        before_the_rest = client.get(address + question).content.decode().partition("</h1>")[0]
        assert name in before_the_rest, question


def test_links_keep_the_day(client, portal):
    Item.objects.get(number=1)
    for address, kept in {
        "/t/990101100/": "/t/990101100/items/4/",
        "/t/990101100/items/4/": "/990101/items/4/",
        "/990101/items/4/": "/t/990101100/items/4/",
        "/990101/lists/": "/990101/lists/public_services/",
        "/990101/lists/public_services/": "/990101/lists/",
        "/t/990101100/categories/social/": "/t/990101100/items/1/",
        "/990101/categories/social/": "/990101/items/1/",
    }.items():
        page = Page(client.get(address + THEN))
        assert kept + THEN in page.links, address
        assert "/en" + address + THEN in "".join(page.links), address


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2023-12-31", "没有该日期的记录"),
        ("2027-12-31", "最多可查询今后一年"),
        ("1月", "日期格式有误"),
        ("2025-02-30", "日期格式有误"),
        ("9999-12-31", "最多可查询今后一年"),
        ("0001-01-01", "没有该日期的记录"),
    ],
)
def test_day_without_a_page_is_answered_in_a_sentence(client, portal, address, asked, told):
    response = client.get(address, {"on": asked})
    page = Page(response)
    assert response.status_code == 200
    assert told in page.text
    assert "noindex" in response.content.decode()
    assert address in page.links


def test_first_day_is_offered(client, portal):
    assert (
        "/990101/lists/public_services/?on=2024-01-01"
        in Page(client.get("/990101/lists/public_services/?on=1999-01-01")).links
    )


def test_item_of_drafts_alone_is_not_told_by_any_day(client, portal):
    Item.objects.create(county=portal.county, number=77)
    for address in ["/990101/items/77/", "/t/990101100/items/77/"]:
        for asked in ["", "?on=2020-01-01", "?on=x", THEN]:
            assert client.get(address + asked).status_code == 404


def test_item_that_no_list_carried_is_not_found_but_named(client, portal):
    response = client.get("/990101/items/5/" + THEN)  # coming in 2027
    assert response.status_code == 200  # before its first edition
    assert "没有该日期的记录" in Page(response).text
    response = client.get("/990101/items/4/?on=2025-08-01")
    assert response.status_code == 404
    assert "当日有效的清单均未列入" in Page(response).text


def test_coming_day_shows_what_is_announced_for_it_and_nothing_unpublished(client, portal):
    assert "新事项" in Page(client.get("/t/990101100/?on=2027-01-01")).text
    assert "新事项" not in Page(client.get("/t/990101100/?on=2026-12-31")).text
    Edition.objects.filter(effective_on=published.COMING).update(published_on=date(2026, 6, 1))
    portal.county.publications += 1
    portal.county.save()
    for address in ["/t/990101100/", "/990101/lists/public_services/"]:
        told = Page(client.get(address + "?on=2027-01-01")).text
        assert "新事项" not in told
        assert "最低生活保障申请受理" in told


def test_correction_counts_from_the_day_it_was_published(client, portal):
    published.issue(
        portal, ["更正后的事项"], effective_on=published.CURRENT, published_on=date(2025, 9, 1), correction=1
    )
    address = "/990101/lists/public_services/"
    assert "更正后的事项" not in Page(client.get(address + "?on=2025-08-31")).text
    assert "更正后的事项" in Page(client.get(address + "?on=2025-09-01")).text


def test_guide_and_handling_are_those_of_the_day(client, portal, township):
    item = Item.objects.get(number=2)
    Guide.objects.create(
        item=item, valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1), popular_names="旧俗称"
    )
    Guide.objects.create(item=item, valid_from=date(2025, 1, 1), rule=HandlingRule.HERE)
    Handling.objects.create(
        item=item, township=township, valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1), window="旧窗口"
    )
    address = "/t/990101100/items/2/"
    then, today = Page(client.get(address + THEN)).text, Page(client.get(address)).text
    assert "旧俗称" in then
    assert "旧窗口" in then
    assert "旧俗称" not in today
    assert "旧窗口" not in today


def test_merged_township_answers_itself_for_the_days_before(client, portal, township, sister_township):
    TownshipSuccession.objects.create(
        predecessor=township, successor=sister_township, effective_on=date(2025, 1, 1)
    )
    before = Page(client.get("/t/990101100/" + THEN))
    assert "旧事项" in before.text
    assert "芒种镇" not in before.text
    assert "谷雨镇" in Page(client.get("/990101/items/4/" + THEN)).text
    after = Page(client.get("/t/990101100/?on=2025-02-01"))
    assert "旧事项" not in after.text
    assert "/t/990101101/?on=2025-02-01" in after.links


def test_midnight_with_a_warm_store_shows_the_new_law_and_the_day_before_the_old(client, portal, clock):
    clock("2026-12-31 23:59")
    client.get("/t/990101100/")
    asked = client.get("/t/990101100/?on=2026-12-30")
    clock("2027-01-01 00:00")
    assert "新事项" in Page(client.get("/t/990101100/")).text
    again = client.get("/t/990101100/?on=2026-12-30", headers={"if-none-match": asked["ETag"]})
    assert "新事项" not in (Page(again).text if again.status_code == 200 else "")
    yesterday = client.get("/t/990101100/?on=2026-12-31", headers={"if-none-match": asked["ETag"]})
    assert yesterday.status_code == 200
    assert "新事项" not in Page(yesterday).text
    assert yesterday["ETag"] != client.get("/t/990101100/")["ETag"]


@pytest.mark.parametrize("address", PAGES)
def test_a_day_costs_few_queries_more(client, portal, django_assert_max_num_queries, address):
    # When anything was published first, and what the township was called.
    most = {"/t/990101100/": 13, "/t/990101100/items/4/": 16, "/990101/items/4/": 14}.get(address, 8)
    with django_assert_max_num_queries(most):
        client.get(address + THEN)


def test_township_without_a_list_has_no_days(client, county):
    factories.make_township(county, 102, "白露乡")
    assert "没有该日期的记录" in Page(client.get("/t/990101102/" + THEN)).text


def test_list_nobody_announced_is_not_there_on_any_day(client, county):
    ItemList.objects.create(county=county, kind="public_services")
    assert client.get("/990101/lists/public_services/" + THEN).status_code == 404
