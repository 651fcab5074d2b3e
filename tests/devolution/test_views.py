"""What residents and researchers see of powers: today, on any other day, and never what is only prepared."""

import pytest

from catalog.choices import PowerType
from devolution import lifecycle
from devolution.choices import Mode
from devolution.models import Transfer
from tests.catalog.pages import Page
from tests.devolution.conftest import DAY, make_power
from tests.devolution.seeing import text_of

pytestmark = pytest.mark.django_db

LISTS = ["/990102/powers/", "/t/990102100/powers/", "/t/990102100/powers/list/"]
NAME = "对滥伐林木的处罚"


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-03-10 12:00")


# --- What is public ---


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_stands_in_both_languages(client, running, prefix):
    for address in [*LISTS, "/990102/powers/1/", "/990102/", "/t/990102100/"]:
        assert text_of(client, prefix + address)


def test_prepared_powers_are_nowhere(client, entrusted):
    for address in LISTS:
        assert NAME not in text_of(client, address)
    for question in ["", "?on=nonsense", "?on=2025-06-01"]:
        assert client.get(f"/990102/powers/1/{question}").status_code == 404


def test_a_township_only_prepared_is_not_named(client, entrusted, ready, editor, elm):
    lifecycle.hand_down(transfers=[ready(entrusted)], by=editor, valid_from=DAY, townships=[elm])
    assert "柳河镇" not in text_of(client, "/990102/powers/1/")
    assert NAME not in text_of(client, "/t/990102101/powers/")
    assert NAME in text_of(client, "/t/990102100/powers/")


@pytest.mark.parametrize(
    "address", ["/990102/powers/99/", "/990102/powers/0/", "/999999/powers/", "/t/990102999/powers/"]
)
def test_wrong_address_is_not_found(client, running, address):
    assert client.get(address).status_code == 404


def test_powers_of_another_county_do_not_mix(client, running, other_county):
    assert NAME not in text_of(client, "/990101/powers/")
    assert client.get("/990101/powers/1/").status_code == 404


def test_linked_power_leads_to_the_one_that_was_kept(client, running, forestry, editor, power):
    other = make_power(forestry, "滥伐林木处罚")
    lifecycle.link_powers(keep=power, other=other, by=editor)
    page = Page(client.get(f"/990102/powers/{other.code}/"))
    assert NAME in page.text
    assert page.canonical == "/990102/powers/1/"


# --- Narrowing ---


@pytest.fixture
def two(running, water, notice, elm, ready, editor):
    """Beside the penalty of forestry, a service of the water department delegated to one town."""
    power = make_power(water, "抗旱服务", PowerType.SERVICE, bases=[("水法", "5")])
    transfer = Transfer(power=power, instrument=notice, mode=Mode.DELEGATED)
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    lifecycle.hand_down(transfers=[ready(transfer)], by=editor, valid_from=DAY)


@pytest.mark.parametrize(
    ("question", "seen", "unseen"),
    [
        ("q=抗旱", "抗旱服务", NAME),
        ("department=县水务局", "抗旱服务", NAME),
        ("mode=entrusted", NAME, "抗旱服务"),
        ("type=20", "抗旱服务", NAME),
        ("township=990102101", NAME, "抗旱服务"),
        ("q=处罚&mode=entrusted&type=02&township=990102100", NAME, "抗旱服务"),
    ],
)
def test_the_countys_powers_are_narrowed(client, two, question, seen, unseen):
    page = Page(client.get(f"/990102/powers/?{question}"))
    links = [link for link in page.links if "/powers/" in link and not link.endswith("/powers/")]
    assert seen in page.text
    assert page.text.count(unseen) == 0 or unseen not in " ".join(links)
    rows = page.all("th", scope="row")
    assert len(rows) == 1


def test_mode_and_township_are_asked_of_the_same_row(client, two):
    """抗旱服务 is delegated, but not in 柳河镇."""
    assert (
        "/990102/powers/2/" not in Page(client.get("/990102/powers/?mode=delegated&township=990102101")).links
    )


def test_each_thing_asked_can_be_taken_away(client, two):
    links = Page(client.get("/990102/powers/?q=处罚&mode=entrusted&on=2025-06-01")).links
    assert "/990102/powers/?mode=entrusted&on=2025-06-01" in links
    assert any(link.startswith("/990102/powers/?q=") and "mode" not in link for link in links)


@pytest.mark.parametrize("address", ["/990102/powers/", "/t/990102100/powers/"])
@pytest.mark.parametrize(
    "question",
    [
        "mode=nonsense",
        "type=99",
        "township=1",
        "department=%27%22%3Cscript%3E",
        "field=x",
        "q=" + "长" * 101,
        "q=%25_%5C",
        "q[]=1",
        "mode=entrusted&mode=x",
        "page=x",
        "on=x",
        "on=2025-02-30",
        "on=0001-01-01",
        "on=9999-12-31",
        "on=%F0%9F%98%80",
    ],
)
def test_odd_questions_are_no_error_of_ours(client, two, address, question):
    assert text_of(client, f"{address}?{question}")


@pytest.mark.parametrize("name", ["q", "mode", "department", "on", "page"])
def test_nul_is_refused(client, two, name):
    assert client.get(f"/990102/powers/?{name}=a%00b").status_code in (200, 400)


def test_what_is_not_understood_is_named(client, two):
    text = text_of(client, "/en/990102/powers/?mode=nonsense")
    assert "was left out: Mode" in text
    assert "Powers: 2" in text


def test_answers_are_not_indexed(client, two):
    assert "noindex" in client.get("/990102/powers/?mode=entrusted").content.decode()
    assert "noindex" not in client.get("/990102/powers/").content.decode()
