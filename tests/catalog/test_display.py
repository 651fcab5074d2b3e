"""Elder version and high contrast: said by the address, kept by every link and form, remembered by choosing alone."""

import re

import pytest

from catalog.display import COOKIE, Display

from . import published
from .pages import Page

BOTH = Display(is_elder=True, is_high_contrast=True)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/", "/?mode=elder&contrast=high"),
        ("/t/1/?page=2#items", "/t/1/?mode=elder&contrast=high&page=2#items"),
        ("?mode=seconded", "?mode=elder&contrast=high&mode=seconded"),
    ],
)
def test_an_address_keeps_the_way_and_what_it_asks(address, kept):
    assert BOTH.kept_in(address) == kept
    assert Display().kept_in(address) == address


def test_only_links_to_own_pages_are_completed():
    page = (
        '<a href="#x"></a><a href="tel:12345"></a><a href="https://example.invalid/"></a><a href="/admin/"></a>'
        '<a href="/display/?to=%2F"></a><link href="/x/"><a class="y" href="//example.invalid/"></a>'
    )
    assert BOTH.kept_throughout(page, "http://testserver") == page
    assert Display(is_elder=True).kept_throughout(
        '<a href="http://testserver/en/">', "http://testserver"
    ) == ('<a href="/en/?mode=elder">')


def test_forms_keep_the_way_by_fields_or_by_their_address():
    elder = Display(is_elder=True)
    assert elder.kept_throughout('<form method="get" action="/search/">') == (
        '<form method="get" action="/search/"><input type="hidden" name="mode" value="elder">'
    )
    assert elder.kept_throughout('<form method="post" action="/search/missing/">') == (
        '<form method="post" action="/search/missing/?mode=elder">'
    )


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_link_of_a_page_goes_on_in_the_same_way(client, portal, prefix):
    for address in [*published.ADDRESSES, "/search/?q=x", "/townships/", "/990101/powers/", "/nope/"]:
        plain = Page(client.get(prefix + address))
        shown = client.get(f"{prefix}{address}{'&' if '?' in address else '?'}{BOTH.query}")
        page = Page(shown)
        assert not page.faults, address
        assert page.all("html")[0]["class"] == "elder high-contrast"
        # The links that choose lead back, or to each of the two alone.
        onward = [link for link in page.links if re.match(r"[/?]", link) and "/display/?" not in link]
        assert [link for link in onward if BOTH.query not in link] == [], address
        assert page.all("input", type="hidden", name="mode") or not page.all("form")
        assert "class" not in plain.all("html")[0]
        assert [link for link in plain.links if "/display/?mode=elder" in link]
        if shown.status_code == 200:
            assert page.canonical == plain.canonical


@pytest.mark.django_db
def test_the_simplified_page_folds_side_matter_and_leaves_out_what_narrows(client, portal):
    plain, elder = (
        client.get("/t/990101100/items/2/" + query).content.decode() for query in ("", "?mode=elder")
    )
    folded = re.search(r'<details class="aside">(.*?)</details>', elder, re.DOTALL)[1]
    for section in ("power", "basis", "remedies", "provenance", "actions"):
        assert f'data-section="{section}"' in folded
    for section in ("title", "handling", "materials", "steps", "fee"):
        assert f'data-section="{section}"' not in folded
        assert f'data-section="{section}"' in elder
    assert "data-aloud" in elder
    assert "<details" not in plain
    assert "data-aloud" not in plain


@pytest.mark.django_db
def test_ways_are_stored_apart_and_set_no_cookie(client, portal):
    seen = [client.get("/t/990101100/" + query) for query in ("", "?mode=elder", "?contrast=high", "?mode=x")]
    assert len({page.content for page in seen}) == len({page["ETag"] for page in seen}) == 3
    assert seen[3].content == seen[0].content
    assert not any(page.cookies for page in seen)
    assert not any("Cookie" in page.get("Vary", "") for page in seen)
    # High contrast is a matter of colours: but for what keeps it, the page stays as it is.
    plain, contrast = (
        [tag for tag, attributes in Page(seen[number]).elements if attributes.get("type") != "hidden"]
        for number in (0, 2)
    )
    assert plain == contrast


@pytest.mark.django_db
def test_a_mode_of_powers_is_still_asked_for(client, portal):
    page = client.get("/990101/powers/?mode=elder").content.decode()
    assert "no-cache" in client.get("/990101/powers/?mode=elder")["Cache-Control"]
    assert "无法识别" not in page
    assert "无法识别" in client.get("/990101/powers/?mode=elder&mode=odd").content.decode()
    assert 'class="elder"' in client.get("/990101/powers/?mode=elder&mode=odd").content.decode()


@pytest.mark.django_db
def test_choosing_is_remembered_and_undone(client, portal):
    chosen = client.get("/display/?mode=elder&to=/t/990101100/%3Fpage%3D2")
    assert chosen.url == "/t/990101100/?mode=elder&page=2"
    assert chosen.cookies[COOKIE].value == "mode=elder"
    led = client.get("/t/990101100/?page=2")
    assert (led.status_code, led.url) == (302, "/t/990101100/?mode=elder&page=2")
    assert "no-store" in led["Cache-Control"]
    assert client.get("/?contrast=high").status_code == 200  # the address has the last word
    assert client.get("/t/990101100/choose/?mode=elder").url == "/t/990101100/?mode=elder"
    assert client.get("/search/?q=x&mode=elder").url.startswith("/search/?mode=elder&q=x&township=")
    assert client.get("/display/?to=/t/990101100/").url == "/t/990101100/"
    assert client.get("/t/990101100/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["//example.invalid/", "https://example.invalid/", "/\\example.invalid", "x", ""]
)
def test_choosing_leads_to_no_other_site(client, page):
    assert client.get("/display/", {"mode": "elder", "to": page}).url == "/?mode=elder"


@pytest.mark.django_db
def test_odd_cookies_are_none(client, portal):
    client.cookies[COOKIE] = "mode=nonsense&contrast=%00;x"
    assert client.get("/").status_code == 200
    client.cookies[COOKIE] = "mode=elder"
    assert client.get("/search/?q=" + "x" * 5000).status_code == 200
