"""Every public page, looked at as a browser gets it: complete, valid, light, and nobody else's business."""

import gzip
import re

import brotli
import html5lib
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from catalog.views import showing
from tests.everything import MOMENT, SHEETS, make_everything

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WAYS = ["", "mode=elder&contrast=high"]
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
KB = 1024


@pytest.fixture
def addresses(clock):
    clock(MOMENT)
    return make_everything()


def with_query(address, query):
    return address + (f"{'&' if '?' in address else '?'}{query}" if query else "")


def test_every_page_is_valid_and_every_template_is_among_them(client, addresses, monkeypatch):
    shown = set()

    class Noted(showing.Page):
        def __init__(self, request, template, *arguments, **options):
            shown.add(template)
            super().__init__(request, template, *arguments, **options)

    monkeypatch.setattr(showing, "Page", Noted)
    pages = {
        place: client.get(place).content.decode()
        for address in [*addresses, *SHEETS]
        for prefix in ("", "/en")
        for way in WAYS
        if (place := with_query(prefix + address, way))
    }
    pages["missing"] = client.post("/search/missing/", {"q": "x"}).content.decode()
    pages |= {name: render_to_string(name, {"minutes": 1}, using="jinja2") for name in ERRORS}
    faults = {}
    for place, page in pages.items():
        parser = html5lib.HTMLParser()
        parser.parse(page)
        if parser.errors:
            faults[place] = parser.errors[:3]
        assert page.count("<h1") == 1, place
        # Nothing is fetched from elsewhere, and nothing is written into the page that the policy would refuse.
        assert not re.search(
            r'<(?:script|img|iframe|link rel="(?:icon|stylesheet)")[^>]*(?:src|href)="(?!/static/)', page
        )
        assert not re.search(
            r"<script(?![^>]* src=| type=.application/ld.json)|<style|\sstyle=|\son[a-z]+=\"", page
        ), place
    assert faults == {}
    folder = settings.BASE_DIR / "templates" / "public"
    pages = {path.name for path in folder.glob("*.html") if '{% extends "' in path.read_text()}
    assert pages - shown == {"error.html", *ERRORS}


def test_a_first_view_is_light_and_leaves_no_cookie(client, addresses):
    """The page as the server packs it, with each file it asks for as whitenoise keeps it."""
    weights = {}
    for address in [with_query(address, way) for address in addresses for way in WAYS]:
        response = client.get(address)
        # Pages to write on have the token that keeps others from writing in a reader's name, and no other.
        is_form = re.search("/(?:comment|report)/", address)
        assert response.cookies.keys() <= ({"csrftoken"} if is_form else set()), address
        files = set(re.findall(r'"/static/([^"]+)"', response.content.decode()))
        weights |= {name: packed(name) for name in files - weights.keys()}
        html = len(gzip.compress(response.content, 6))
        assert html <= 15 * KB, address
        assert sum(weights[name] for name in files if name.endswith(".css")) <= 15 * KB
        assert sum(weights[name] for name in files if name.endswith(".js")) <= 5 * KB
        assert html + sum(weights[name] for name in files) <= 45 * KB
        assert 1 + len(files) <= 5, files


def packed(name):
    """What a browser is sent of a static file: brotli where it says it can, gzip elsewhere; the heavier of both."""
    with open(finders.find(name), "rb") as file:
        content = file.read()
    return max(len(brotli.compress(content)), len(gzip.compress(content)))
