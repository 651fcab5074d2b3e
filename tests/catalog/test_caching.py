"""Stored pages notice the next publication and the next midnight."""

import pytest
from django.utils import translation

from accounts.models import County
from tests import factories

from . import published
from .pages import Page

pytestmark = pytest.mark.django_db
TOWNSHIP = "/t/990101100/"


def test_edition_announced_for_tomorrow_appears_after_midnight(client, portal, clock):
    clock("2026-12-31 23:59")
    before = client.get(TOWNSHIP)
    client.get(TOWNSHIP)  # warm
    assert "新事项" not in Page(before).text
    clock("2027-01-01 00:00")
    after = client.get(TOWNSHIP, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "新事项" in Page(after).text


def test_publication_is_seen_at_the_next_request(client, portal, qinghe):
    client.get(TOWNSHIP)
    published.issue(portal, ["刚公布的事项"], effective_on=published.TODAY)
    assert "刚公布的事项" not in Page(client.get(TOWNSHIP)).text
    County.objects.note_publication(qinghe)
    assert "刚公布的事项" in Page(client.get(TOWNSHIP)).text


def test_publication_of_one_county_leaves_the_others_pages_alone(client, portal, django_assert_num_queries):
    other = factories.make_county("990102", "北原县")
    client.get(TOWNSHIP)
    County.objects.note_publication(other)
    with django_assert_num_queries(1):
        client.get(TOWNSHIP)


@pytest.mark.parametrize("address", published.ADDRESSES)
def test_unchanged_page_is_not_sent_again(client, portal, address):
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    # Compressed on its way, a page carries the weak form of the same validator.
    weak = client.get(address, headers={"if-none-match": f"W/{first['ETag']}"})
    assert weak.status_code == 304


def test_readers_ask_before_every_use(client, portal):
    assert client.get(TOWNSHIP)["Cache-Control"] == "public, no-cache"


def test_languages_pages_and_hosts_are_stored_apart(client, services, township):
    published.issue(services, published.many(120))
    address = "/990101/lists/public_services/"
    bodies = {
        client.get(address).content,
        client.get("/en" + address).content,
        client.get(address + "?page=2").content,
        client.get(address, headers={"host": "localhost"}).content,
    }
    assert len(bodies) == 4


def test_unknown_parameters_do_not_fill_the_store(client, portal, django_assert_num_queries):
    client.get(TOWNSHIP + "?utm_source=elsewhere")
    with django_assert_num_queries(1):
        client.get(TOWNSHIP + "?utm_source=weixin&page=abc")


def test_public_pages_set_no_cookie_and_look_at_none(client, portal):
    response = client.get(TOWNSHIP)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_stored_page_leaves_the_language_as_it_was(client, portal):
    client.get("/en/990101/")
    client.get("/en/990101/")
    assert 'lang="zh-Hans"' in client.get("/990101/").content.decode()
    assert translation.get_language() == "zh-hans"


@pytest.mark.parametrize("address", ["/nope/", "/990101/items/4/", "/admin/login/"])
def test_errors_and_the_admin_are_never_stored(client, portal, address):
    assert "public" not in client.get(address).get("Cache-Control", "")


def test_no_page_varies_by_the_browsers_language(client, portal):
    for address in [
        *published.ADDRESSES,
        "/t/990101100/?on=2024-06-01",
        "/search/?q=x&county=990101",
        "/nope/",
    ]:
        response = client.get(address, headers={"accept-language": "en"})
        assert "Accept-Language" not in response.get("Vary", "")
        assert response["Content-Language"] == "zh-hans"
    assert client.get("/en/990101/")["Content-Language"] == "en"
