"""Two townships of a county side by side."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from accounts.models import TownshipSuccession
from catalog.choices import HandlingRule
from catalog.models import Guide, Handling, Item, ItemList
from devolution import lifecycle
from devolution.models import PowerItem
from tests import factories
from tests.catalog import published
from tests.catalog.pages import Page
from tests.devolution.conftest import DAY

pytestmark = pytest.mark.django_db
ADDRESS = "/990102/compare/"
PAIR = "?first=990102100&second=990102101"


@pytest.fixture
def services(county, clock):
    """Three services of the whole county; of the first it is known where it is decided and how soon."""
    clock("2026-03-10 12:00")
    services = ItemList.objects.create(county=county, kind="public_services")
    published.issue(services, ["甲事项", "乙事项", {"name": "处罚", "power_type": "02"}])
    guide = {"valid_from": published.CURRENT, "promised_limit": 20}
    Guide.objects.create(item=item(1), rule=HandlingRule.ACCEPTED_HERE, **guide)
    return services


def item(number):
    return Item.objects.get(number=number)


@pytest.fixture
def differing(services, elm, willow):
    """The one town is faster with the first service and has suspended the second."""
    since = {"valid_from": date(2026, 1, 1)}
    Handling.objects.create(item=item(1), township=elm, promised_limit=5, window="2号窗口", **since)
    Handling.objects.create(item=item(2), township=willow, is_suspended=True, **since)


def text_of(client, address):
    page = Page(client.get(address))
    assert page.faults == []
    return page.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_differs_is_shown_first(client, differing, prefix):
    told = text_of(client, prefix + ADDRESS + PAIR)
    assert "甲事项" in told
    assert "2号窗口" in told
    assert "乙事项" in told
    assert "处罚" not in told  # nobody applies for it


def test_limits_and_where_it_is_not_done_are_told(client, differing):
    told = text_of(client, ADDRESS + PAIR)
    for words in ["5个工作日", "20个工作日", "不办理"]:
        assert words in told


def test_what_is_alike_is_shown_on_demand(client, services, elm, willow):
    told = Page(client.get(ADDRESS + PAIR))
    assert "甲事项" not in told.text
    assert "相同：2项" in told.text
    assert f"{PAIR}&all=1" in told.links
    assert "甲事项" in text_of(client, ADDRESS + PAIR + "&all=1")


def test_powers_and_the_modes_behind_items_are_told(client, services, entrusted, ready, editor, elm, power):
    PowerItem.objects.create(power=power, item=item(1))
    lifecycle.hand_down(transfers=[ready(entrusted)], by=editor, valid_from=DAY, townships=[elm])
    page = Page(client.get(ADDRESS + PAIR))
    assert power.name in page.text
    assert "甲事项" in page.text  # alike but for the power behind it
    assert "委托" in page.text
    before = Page(client.get(ADDRESS + PAIR + f"&on={date(DAY.year - 1, 12, 1)}"))
    assert power.name not in before.text


def test_other_days_show_other_law_and_keep_the_day(client, differing):
    page = Page(client.get(ADDRESS + PAIR + "&on=2025-12-31&all=1"))
    assert "2号窗口" not in page.text
    assert "/990102/items/1/?on=2025-12-31" in page.links
    assert "noindex" in client.get(ADDRESS + PAIR + "&on=2025-12-31").content.decode()
    for asked in ["&on=x", "&on=1999-01-01", "&on=2099-01-01"]:
        assert client.get(ADDRESS + PAIR + asked).status_code == 200
        assert client.get(ADDRESS + "csv/" + PAIR + asked).status_code == 404


def test_list_of_ones_own_counts(client, services, county, elm, willow):
    own = ItemList.objects.create(county=county, kind="public_services", township=willow)
    published.issue(own, [{"name": "本镇事项", "number": 7}])
    told = text_of(client, ADDRESS + PAIR)
    assert "本镇事项" in told
    assert "甲事项" in told


@pytest.mark.parametrize(
    ("asked", "told", "status"),
    [
        ("", "请选择两个乡镇", 200),
        ("?first=990102100", "请选择两个乡镇", 200),
        ("?first=990102100&second=990102100", "同一乡镇", 200),
        ("?first=990102100&second=990102999", "不属于本县", 404),
        ("?first=990102100&second=abc", "不属于本县", 404),
    ],
)
def test_odd_questions_are_answered_in_a_sentence(client, services, elm, willow, asked, told, status):
    response = client.get(ADDRESS + asked)
    assert response.status_code == status
    assert told in Page(response).text
    assert client.get(ADDRESS + "xlsx/" + asked).status_code == 404


def test_farms_and_townships_that_gave_way_are_not_offered(client, services, elm, willow, farm, county):
    merged = factories.make_township(county, 109, "旧镇")
    TownshipSuccession.objects.create(predecessor=merged, successor=elm, effective_on=date(2026, 1, 1))
    page = client.get(ADDRESS).content.decode()
    assert farm.name not in page
    assert "旧镇" not in page
    assert "旧镇" in client.get(ADDRESS + "?on=2025-12-31").content.decode()


def test_files_hold_every_row(client, differing):
    text = client.get(ADDRESS + "csv/" + PAIR).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[2] for row in rows[1:]] == ["甲事项", "乙事项"]
    assert rows[1][3] == "是"
    book = load_workbook(io.BytesIO(client.get("/en" + ADDRESS + "xlsx/" + PAIR).content))
    assert "20个工作日" in [cell.value for cell in book.active[2]]


@pytest.mark.parametrize("count", [1, 150])
def test_queries_do_not_grow_with_the_lists(
    client, county, elm, willow, clock, django_assert_num_queries, count
):
    clock("2026-03-10 12:00")
    services = ItemList.objects.create(county=county, kind="public_services")
    published.issue(services, published.many(count))
    # county, townships, editions, entries, guides, exceptions, offices, modes, powers
    with django_assert_num_queries(10):
        client.get(ADDRESS + PAIR + "&all=1")


def test_page_of_a_township_leads_here(client, services, elm):
    assert f"{ADDRESS}?first=990102100" in Page(client.get("/t/990102100/")).links
