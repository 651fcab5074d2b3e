"""Only what is public is seen, and of each kind only the narrowest list counts."""

from datetime import date

import pytest

from accounts.models import Township
from catalog.choices import EditionState
from catalog.models import ItemList
from tests import factories

from . import published
from .pages import Page

pytestmark = pytest.mark.django_db
HIDDEN = [EditionState.UNCONFIRMED, EditionState.DRAFT, EditionState.OPEN_FOR_COMMENT, EditionState.DECIDED]


@pytest.mark.parametrize("state", HIDDEN)
def test_drafts_are_nowhere(client, services, township, clock, state):
    clock("2026-03-10 12:00")
    published.issue(services, ["秘密事项"], state=state)
    for address in ["/", "/990101/", "/990101/lists/", "/t/990101100/"]:
        assert "秘密" not in client.get(address).content.decode()
        assert "public_services" not in client.get(address).content.decode()
    for address in [
        "/990101/lists/public_services/",
        "/990101/lists/public_services/2025-07-15/",
        "/990101/lists/public_services/2025-07-15/1/",
        "/990101/items/1/",
        "/t/990101100/items/1/",
    ]:
        response = client.get(address)
        assert response.status_code == 404
        assert "秘密" not in response.content.decode()


def test_draft_beside_a_public_edition_stays_hidden(client, portal):
    published.issue(portal, ["秘密事项"], state=EditionState.DRAFT, effective_on=date(2026, 1, 1))
    for address in published.ADDRESSES:
        assert "秘密" not in client.get(address).content.decode()
    assert client.get("/990101/lists/public_services/2026-01-01/").status_code == 404


def test_edition_is_not_there_before_it_is_published(client, portal, clock):
    clock("2025-07-14 23:00")
    assert client.get("/990101/lists/public_services/2025-07-15/").status_code == 404
    clock("2025-07-15 00:00")
    assert client.get("/990101/lists/public_services/2025-07-15/").status_code == 200


def test_coming_edition_is_shown_as_coming(client, portal):
    page = Page(client.get("/990101/lists/public_services/2027-01-01/"))
    assert "自2027年1月1日起施行" in page.text
    assert "新事项" not in Page(client.get("/t/990101100/")).text


@pytest.mark.parametrize("number", [4, 5])
def test_former_and_coming_items_are_not_found_but_named(client, portal, number):
    """Number 4 stood in the former edition only, number 5 will stand in the coming one."""
    response = client.get(f"/990101/items/{number}/")
    assert response.status_code == 404
    assert "no-store" in response["Cache-Control"]
    assert "不在现行有效的清单内" in Page(response).text
    assert any(link.endswith(f"/{number}/") for link in Page(response).links)
    assert client.get(f"/t/990101100/items/{number}/").status_code == 404


def test_repealed_edition_is_no_longer_in_force(client, portal):
    current = portal.editions.get(effective_on=published.CURRENT)
    portal.editions.filter(pk=current.pk).update(state=EditionState.REPEALED, ended_on=date(2026, 1, 1))
    assert "没有现行有效的版次" in Page(client.get("/990101/lists/public_services/")).text
    assert "自2026年1月1日起失效" in Page(client.get(current.get_absolute_url())).text
    assert "没有适用于本乡镇" in Page(client.get("/t/990101100/")).text


@pytest.fixture
def classed(portal, qinghe, township):
    """A class list beside the county's; the town belongs to the class."""
    strong = factories.make_township_class(qinghe)
    Township.objects.filter(pk=township.pk).update(township_class=strong)
    of_class = ItemList.objects.create(county=qinghe, kind="public_services", township_class=strong)
    published.issue(of_class, [{"name": "强镇事项", "number": 6}])
    return of_class


def test_list_of_the_class_wins_over_the_countys(client, classed):
    page = Page(client.get("/t/990101100/"))
    assert "强镇事项" in page.text
    assert "残疾人证申领受理" not in page.text
    assert client.get("/990101/lists/public_services-strong/").status_code == 200


def test_list_of_the_township_wins_over_all(client, classed, qinghe, township):
    own = ItemList.objects.create(county=qinghe, kind="public_services", township=township)
    published.issue(own, [{"name": "本镇事项", "number": 7}])
    page = Page(client.get("/t/990101100/"))
    assert "本镇事项" in page.text
    assert "强镇事项" not in page.text
    assert client.get("/990101/lists/public_services-990101100/").status_code == 200


def test_narrow_list_counts_only_while_it_is_in_force(client, classed, qinghe, township):
    own = ItemList.objects.create(county=qinghe, kind="public_services", township=township)
    published.issue(own, [{"name": "本镇事项", "number": 7}], effective_on=published.COMING)
    assert "强镇事项" in Page(client.get("/t/990101100/")).text


def test_lists_of_another_county_do_not_mix(client, portal):
    other = factories.make_county("990102", "北原县")
    published.issue(ItemList.objects.create(county=other, kind="public_services"), ["北原事项"])
    assert "北原事项" not in Page(client.get("/t/990101100/")).text
    assert client.get("/990102/items/1/").status_code == 200
    assert client.get("/990102/items/2/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/nope/",
        "/999999/",
        "/t/999999999/",
        "/990101/items/0/",
        "/990101/items/99999999999/",
        "/990101/items/abc/",
        "/990101/categories/none/",
        "/t/990101100/categories/none/",
        "/t/990101100/items/99/",
        "/990101/lists/none/",
        "/990101/lists/public_services-strong/",
        "/990101/lists/public_services-990101999/",
        "/990101/lists/public_services/2025-02-30/",
        "/990101/lists/public_services/0000-01-01/",
        "/990101/lists/public_services/0999-01-01/",
        "/990101/lists/public_services/2025-07-15-9/",
        "/990101/lists/public_services/2025-07-15/99/",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_wrong_address_is_a_friendly_404(client, portal, address, prefix):
    response = client.get(prefix + address)
    page = Page(response)
    assert response.status_code == 404
    assert page.faults == []
    assert "This page is not here" in page.text
    assert prefix + "/" in page.links
    assert "no-store" in response["Cache-Control"]


def test_404_knows_the_county_somebody_was_in(client, portal):
    assert "/990101/" in Page(client.get("/t/990101999/")).links
    assert "/990101/" in Page(client.get("/990101/nope/")).links


@pytest.mark.parametrize("address", ["/990101/\0/", "/990101/items/1\0/", "/\0", "/990101/?page=\0"])
def test_nul_is_no_error_of_ours(client, portal, address):
    assert client.get(address).status_code in (200, 400, 404)


def test_pages_are_only_read(client, portal):
    for address in published.ADDRESSES:
        assert client.post(address).status_code == 405
