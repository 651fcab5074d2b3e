"""Feeds of changes: valid Atom, the same names for ever, and nothing that is not public."""

from datetime import date, datetime
from xml.etree import ElementTree

import pytest

from accounts.models import County
from catalog.choices import EditionState, GuideState
from catalog.models import Guide, ItemList
from devolution import lifecycle
from devolution.choices import WithdrawalReason
from devolution.models import TransferTownship
from tests import factories
from tests.catalog import published
from tests.catalog.pages import Page

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED, OF_ELM, OF_WILLOW = "/990102/changes.atom", "/t/990102100/changes.atom", "/t/990102101/changes.atom"


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-03-10 12:00")


@pytest.fixture
def services(county):
    return ItemList.objects.create(county=county, kind="public_services")


def entries(client, address):
    """The entries of a feed, which is held to RFC 4287 on the way."""
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == ATOM + "feed"
    (own,) = [link for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
    assert own.get("href") == f"http://testserver{address}"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    found = feed.findall(ATOM + "entry")
    for element in (feed, *found):
        for part in ("id", "title", "updated"):
            assert len(element.findall(ATOM + part)) == 1
        assert element.findtext(ATOM + "title")
        assert element.findtext(ATOM + "id").startswith("urn:uuid:")
        assert datetime.fromisoformat(element.findtext(ATOM + "updated")).tzinfo
        assert [link for link in element.findall(ATOM + "link") if link.get("rel") == "alternate"]
    names = [entry.findtext(ATOM + "id") for entry in found]
    assert len(set(names)) == len(names)
    moments = [datetime.fromisoformat(entry.findtext(ATOM + "updated")) for entry in found]
    assert moments == sorted(moments, reverse=True)
    if found:
        assert datetime.fromisoformat(feed.findtext(ATOM + "updated")) == moments[0]
    return found


def titles(client, address):
    return [entry.findtext(ATOM + "title") for entry in entries(client, address)]


def test_feed_of_a_county_without_anything_is_valid(client, county, elm):
    assert titles(client, FEED) == []
    assert titles(client, OF_ELM) == []


def test_announced_editions_are_told_and_nothing_before(client, services, elm):
    published.issue(services, title="现行清单")
    published.issue(services, title="即将施行", effective_on=published.COMING, published_on=published.CURRENT)
    hidden = {"effective_on": published.COMING, "correction": 1}
    published.issue(services, title="还未公布", published_on=published.COMING, **hidden)
    published.issue(services, title="草案", state=EditionState.DRAFT)
    withdrawn = published.issue(services, title="撤回的", effective_on=published.FORMER)
    withdrawn.state, withdrawn.ended_on = EditionState.WITHDRAWN, published.FORMER
    withdrawn.save()
    for address in (FEED, OF_ELM):
        assert set(titles(client, address)) == {"公布：现行清单", "公布：即将施行"}
    assert set(titles(client, f"/en{FEED}")) == {"Announced: 现行清单", "Announced: 即将施行"}


def test_list_of_another_township_is_no_change_here(client, county, elm, willow):
    published.issue(ItemList.objects.create(county=county, kind="public_services", township=willow))
    assert titles(client, OF_ELM) == []
    assert len(titles(client, OF_WILLOW)) == len(titles(client, FEED)) == 1


def test_guides_are_told_on_their_day(client, services, elm, editor):
    item, other = [
        entry.item for entry in published.issue(services, ["甲事项", "乙事项"]).entries.order_by("pk")
    ]
    Guide.objects.create(item=item, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 11))
    Guide.objects.create(item=other, valid_from=date(2026, 2, 1))
    Guide.objects.create(item=item, valid_from=date(2026, 3, 11))
    proposal = {"state": GuideState.PROPOSED, "proposed_by": editor}
    Guide.objects.create(item=other, valid_from=date(2026, 3, 5), **proposal)
    for address in (FEED, OF_ELM):
        assert [title for title in titles(client, address) if "指南" in title] == [
            "办事指南更新：甲事项",
            "办事指南更新：乙事项",
        ]
    Guide.objects.filter(item=other, state=GuideState.APPROVED).update(valid_from=date(2026, 3, 1))
    County.objects.note_publication(services.county)
    assert "办事指南更新：2项" in titles(client, FEED)


def test_powers_are_told_where_they_go_and_come_back(client, running, elm, willow, editor, withdrawal):
    (told,) = entries(client, FEED)
    assert "对滥伐林木的处罚（2个乡镇）" in told.findtext(ATOM + "title")
    assert client.get(told.find(ATOM + "link").get("href")).status_code == 200
    lifecycle.withdraw(
        rows=[TransferTownship.objects.get(township=elm)],
        by=editor,
        on=date(2026, 3, 10),
        reason=WithdrawalReason.EVALUATION,
        instrument=withdrawal,
        department=running.power.department,
    )
    names = {entry.findtext(ATOM + "id") for entry in entries(client, FEED)}
    assert len(names) == 2
    assert told.findtext(ATOM + "id") in names
    assert len(titles(client, OF_ELM)) == 2
    assert len(titles(client, OF_WILLOW)) == 1


def test_prepared_and_coming_powers_are_no_changes(client, entrusted, ready, editor, clock):
    assert titles(client, FEED) == []
    lifecycle.hand_down(transfers=[ready(entrusted)], by=editor, valid_from=date(2026, 4, 1))
    assert titles(client, FEED) == []
    clock("2026-04-01 00:00")
    assert len(titles(client, FEED)) == 1


def test_feed_is_asked_for_again_only_after_a_publication(client, services, django_assert_num_queries):
    first = client.get(FEED)
    assert first["Cache-Control"] == "public, no-cache"
    with django_assert_num_queries(1):
        assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_feed_costs_the_same_however_much_has_changed(client, services, django_assert_max_num_queries):
    for number in range(1, 8):
        published.issue(services, list(published.many(5)), correction=number)
    # counter, county, editions, days of guides, their items, powers handed down and taken back
    with django_assert_max_num_queries(7):
        client.get(FEED)


def test_characters_that_xml_cannot_hold_do_no_harm(client, services):
    published.issue(services, title="一\x0b<二>&\ufffe三")
    assert titles(client, FEED) == ["公布：一<二>&三"]


def test_pages_name_their_feed(client, services, elm):
    def feeds(address):
        page = Page(client.get(address))
        (link,) = page.all("link", type="application/atom+xml")
        assert link["href"] in page.links
        return link["href"]

    assert feeds("/990102/") == FEED
    assert feeds("/t/990102100/") == OF_ELM
    assert feeds("/en/990102/") == f"/en{FEED}"
    factories.make_county("990103", "南原县")
    assert Page(client.get("/")).all("link", type="application/atom+xml") == []
