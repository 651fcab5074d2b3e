"""Answers kept in front of the middlewares are the very answers that the middlewares gave."""

import gzip

import pytest

from accounts.models import County
from catalog.display import COOKIE

pytestmark = pytest.mark.django_db
LIST = "/990101/lists/public_services/"
TOWNSHIP = "/t/990101100/"


@pytest.mark.parametrize("path", [LIST, TOWNSHIP, "/en" + LIST, LIST + "?page=1", LIST + "?mode=elder"])
def test_kept_answer_is_the_one_that_was_made(client, portal, path):
    made, kept = client.get(path), client.get(path)
    assert kept.content == made.content
    assert dict(kept.items()) == dict(made.items())
    assert kept["Content-Security-Policy"]
    assert kept["X-Content-Type-Options"] == "nosniff"


def test_kept_answer_walks_through_no_view(client, portal, monkeypatch, django_assert_num_queries):
    client.get(LIST)
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", None)
    with django_assert_num_queries(1):  # the county's counter
        assert client.get(LIST).status_code == 200


def test_who_asks_for_changes_only_has_the_page_kept_for_all(client, portal, django_assert_num_queries):
    etag = client.get(LIST)["ETag"]
    County.objects.note_publication(portal.county)
    not_changed = client.get(LIST, headers={"if-none-match": etag})
    assert (not_changed.status_code, not_changed.content) == (304, b"")
    assert not_changed["ETag"] == etag
    with django_assert_num_queries(1):
        assert client.get(LIST).status_code == 200


def test_compressed_and_plain_answers_are_kept_apart(client, portal):
    for _time in range(2):
        packed = client.get(LIST, headers={"accept-encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == client.get(LIST).content


def test_remembered_way_of_showing_is_still_led_to_its_address(client, portal):
    client.get(LIST)
    client.cookies[COOKIE] = "mode=elder"
    assert client.get(LIST).status_code == 302


@pytest.mark.parametrize("path", ["/990101/lists/nothing/", LIST + "?category=基本社会服务", "/990199/"])
def test_nothing_else_is_kept(client, portal, path, monkeypatch):
    kept = []
    monkeypatch.setattr("catalog.keptanswers.cache.set", lambda key, *what, **more: kept.append(key))
    client.get(path)
    assert not [key for key in kept if key.startswith("kept:")]


def test_host_that_is_not_allowed_gets_nothing_kept(client, portal):
    client.get(LIST)
    assert client.get(LIST, headers={"host": "elsewhere.example"}).status_code == 400
