"""Pieces of devolution on the catalogue's pages: by which power a township does an item."""

from datetime import date

import pytest

from catalog.choices import HandlingRule
from catalog.models import ItemList
from devolution import lifecycle
from devolution.choices import WithdrawalReason
from devolution.itempowers import recourse_of
from devolution.models import PowerItem
from devolution.rules import ReviewOrgan
from tests.catalog import published
from tests.catalog.pages import Page
from tests.devolution.seeing import text_of

pytestmark = pytest.mark.django_db

ITEM = "/990102/items/1/"
POWER = "/990102/powers/1/"


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-03-10 12:00")


@pytest.fixture
def item(county, power):
    """An item of the services list that is done by the power."""
    services = ItemList.objects.create(county=county, kind="public_services")
    edition = published.issue(services, ["林木采伐申请受理"])
    item = edition.entries.get().item
    PowerItem.objects.create(power=power, item=item)
    return item


@pytest.mark.parametrize("address", [ITEM, "/t/990102100/items/1/"])
def test_item_tells_by_which_power_the_township_acts(client, item, running, address):
    text = text_of(client, f"/en{address}")
    assert "Entrusted" in text
    assert "Done in the name of 县林业和草原局" in text
    assert POWER in Page(client.get(address)).links


def test_power_leads_back_to_its_items(client, item, running):
    assert ITEM in Page(client.get(POWER)).links


@pytest.mark.parametrize("address", [ITEM, "/t/990102100/items/1/"])
def test_prepared_powers_do_nothing_yet(client, item, entrusted, address):
    assert POWER not in Page(client.get(address)).links


def test_a_township_names_only_its_own_powers(client, item, running, elm, forestry, withdrawal, editor):
    lifecycle.withdraw(
        rows=running.receipts.filter(township=elm),
        by=editor,
        reason=WithdrawalReason.EVALUATION,
        instrument=withdrawal,
        on=date(2026, 2, 1),
        department=forestry,
    )
    assert POWER not in Page(client.get("/t/990102100/items/1/")).links
    assert POWER in Page(client.get("/t/990102101/items/1/")).links


def test_handing_down_is_seen_on_the_items_page_at_once(client, item, entrusted, ready, editor):
    client.get(ITEM)
    lifecycle.hand_down(transfers=[ready(entrusted)], by=editor, valid_from=date(2025, 3, 3))
    assert POWER in Page(client.get(ITEM)).links


def test_powers_are_no_things_to_apply_for(client, item, running):
    """The power is a penalty: it stands on the powers' pages and among nothing that can be done here."""
    for address in ["/t/990102100/", "/990102/"]:
        assert "对滥伐林木的处罚" not in text_of(client, address)
    assert "不需要居民申请办理" in text_of(client, POWER)


def test_county_and_township_lead_to_their_powers(client, running, farm):
    assert "/990102/powers/" in Page(client.get("/990102/")).links
    links = Page(client.get("/t/990102100/")).links
    assert {"/t/990102100/powers/", "/t/990102100/powers/list/"} <= set(links)
    assert "/t/990102400/powers/" not in Page(client.get("/t/990102400/")).links


@pytest.mark.parametrize(
    ("named", "department", "body"),
    [
        ("县水务局", "县水务局", "县水务局"),
        ("北原县水务局", "县水务局", "县水务局"),
        ("市水务局", None, "市水务局"),
        ("", "县林业和草原局", "县林业和草原局"),
    ],
)
def test_what_another_body_decides_that_body_answers_for(
    item, county, water, forestry, named, department, body
):
    """The entry's own department answers only where the guide names no other."""
    entry = item.entries.get()
    entry.department = forestry
    rule = HandlingRule.ACCEPTED_HERE
    (recourse,) = recourse_of(entry, [], date(2026, 3, 10), rule=rule, decided_by=named)
    assert (recourse.department and recourse.department.name) == department
    assert recourse.body == body
    assert (recourse.remedies.review == ReviewOrgan.NOT_RECORDED) == (department is None)
