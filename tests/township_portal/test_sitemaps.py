"""Sitemaps hold every page worth finding and none that is not public; robots are told where they are."""

import re
from datetime import date
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from catalog.choices import EditionState
from catalog.models import Guide, Item
from tests import factories
from tests.catalog import published
from township_portal import sitemaps

pytestmark = pytest.mark.django_db
NAMESPACE = f"{{{sitemaps.PROTOCOL}}}"
HERE = "http://testserver"


@pytest.fixture
def portal(county, township, clock):
    clock("2026-03-10 12:00")
    services = county.lists.create(kind="public_services")
    published.issue(services, ["甲事项", "乙事项", "旧事项"], effective_on=published.FORMER)
    published.issue(services, ["甲事项", "乙事项"])
    published.issue(services, ["甲事项", {"name": "秘密", "number": 9}], state=EditionState.DRAFT)
    return services


def read(client, path):
    """Addresses of a sitemap or an index with what is said of each; held to the protocol on the way."""
    response = client.get(path)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    content = b"".join(response.streaming_content)
    root = ElementTree.fromstring(content)
    assert root.tag in (NAMESPACE + "urlset", NAMESPACE + "sitemapindex")
    assert 0 < len(root) <= 50_000
    assert len(content) <= 10_000_000
    return {each.findtext(NAMESPACE + "loc").removeprefix(HERE): each for each in root}


def test_every_address_is_a_page_that_says_it_is_the_one(client, portal):
    parts = read(client, "/sitemap.xml")
    assert list(parts) == ["/sitemaps/portal.xml", "/sitemaps/990101-1.xml"]
    addresses = {address for part in parts for address in read(client, part)}
    assert {
        "/",
        "/990101/",
        "/t/990101100/",
        "/990101/items/1/",
        "/990101/lists/public_services/2024-01-01/",
    } <= (addresses)
    assert not [address for address in addresses if address.endswith(("/items/3/", "/items/9/"))]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', response.content.decode())[1]
        assert canonical == HERE + address


def test_both_languages_name_each_other(client, portal):
    part = read(client, "/sitemaps/990101-1.xml")
    for address in ("/990101/items/1/", "/en/990101/items/1/"):
        others = {
            link.get("hreflang"): link.get("href") for link in part[address].iter() if link.get("hreflang")
        }
        assert others == {"zh-Hans": f"{HERE}/990101/items/1/", "en": f"{HERE}/en/990101/items/1/"}


def test_days_of_change_are_those_of_edition_and_guide(client, portal):
    Guide.objects.create(item=Item.objects.get(number=2), valid_from=date(2026, 2, 1))
    part = read(client, "/sitemaps/990101-1.xml")

    def changed(address):
        return part[address].findtext(NAMESPACE + "lastmod")

    assert changed("/990101/items/1/") == "2025-07-15"
    assert changed("/990101/items/2/") == "2026-02-01"
    # Superseded since, which its page says.
    assert changed("/990101/lists/public_services/2024-01-01/") == "2025-07-15"
    assert changed("/990101/") is None


def test_long_county_is_told_in_parts(client, portal, monkeypatch):
    monkeypatch.setattr(sitemaps, "CODES", 1)
    assert list(read(client, "/sitemap.xml"))[1:] == [f"/sitemaps/990101-{part}.xml" for part in range(1, 10)]
    assert "/990101/items/2/" in read(client, "/sitemaps/990101-2.xml")
    assert "/990101/items/1/" not in read(client, "/sitemaps/990101-2.xml")
    # Its only item is in no list in force, and still it is a valid one.
    assert list(read(client, "/sitemaps/990101-3.xml")) == ["/990101/", "/en/990101/"]
    for part in (0, 10):
        assert client.get(f"/sitemaps/990101-{part}.xml").status_code == 404


def test_sitemaps_cost_the_same_however_long(client, portal, django_assert_max_num_queries):
    published.issue(portal, published.many(40), correction=1)
    for number in range(20):
        factories.make_county(f"99{number:04d}", f"第{number}县")
    with django_assert_max_num_queries(3):  # counter, highest codes, counties
        read(client, "/sitemap.xml")
    # counter, county, categories, successions, townships, editions, entries, guides, powers
    with django_assert_max_num_queries(9):
        read(client, "/sitemaps/990101-1.xml")


def test_robots_stay_away_from_drafts_and_answers(client, portal):
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert lines[-1] == f"Sitemap: {HERE}/sitemap.xml"
    assert "Disallow: /*/drafts/" in lines
    parser = RobotFileParser()
    parser.parse(lines)
    for closed in ("/admin/", "/search/?q=1", "/en/search/", "/preview/abc/"):
        assert not parser.can_fetch("*", closed)
    for opened in ("/", "/990101/items/1/", "/en/990101/"):
        assert parser.can_fetch("*", opened)


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/sitemaps/990101-1.xml"])
def test_unchanged_sitemaps_are_not_sent_again(client, portal, address):
    first = client.get(address)
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
