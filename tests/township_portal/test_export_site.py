"""The site as files: no dead link, the words of the served pages, and a folder that changes as a whole."""

import posixpath
import re
from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from accounts.models import County
from catalog import tallies
from catalog.models import Guide, Item, Material
from catalog.paging import page_of
from tests.catalog import published
from township_portal.filing import links
from township_portal.filing.site import Site, file_name

pytestmark = pytest.mark.django_db
ORIGIN = "https://www.example.gov.cn"
SENTENCES = (
    "本站为静态副本，不能在此搜索或提交内容。请从乡镇、分类或清单进入查找。",
    "This is a copy of the site in files, so nothing can be asked or sent here. "
    "Townships, categories and lists lead to everything.",
)


class Words(HTMLParser):
    """The references and ids of a page, and its main words but for forms."""

    def __init__(self, text):
        super().__init__()
        self.references, self.ids, self.words = [], set(), []
        self._inside = {"main": 0, "form": 0, "script": 0}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get("id"))
        if tag in self._inside:
            self._inside[tag] += 1
        told_to_engines = tag == "link" and (
            attributes["rel"] == "canonical"
            or (attributes["rel"] == "alternate" and "hreflang" in attributes)
        )
        if not told_to_engines:
            self.references += [attributes[name] for name in ("href", "src") if attributes.get(name)]

    def handle_endtag(self, tag):
        if tag in self._inside:
            self._inside[tag] -= 1

    def handle_data(self, data):
        if self._inside["main"] and not self._inside["form"] and not self._inside["script"]:
            self.words += data.split()


def words_of(text):
    """The main words of a page, but for entries of lists that are only a link."""
    return Words(re.sub(r"<li\b[^>]*>\s*<a\b[^>]*>[^<]*</a>\s*</li>", "", text)).words


@pytest.fixture
def register(county, township, sister_township, other_county, clock, monkeypatch):
    """A small county with two editions, a long list, a paper to fill in and a neighbour."""
    clock("2026-03-10 12:00")
    monkeypatch.setitem(page_of.__kwdefaults__, "size", 2)
    monkeypatch.setattr(tallies, "ROWS", 2)
    monkeypatch.setattr(tallies, "ORPHANS", 0)
    services = county.lists.create(kind="public_services")
    published.issue(services, ["甲事项", "旧事项"], effective_on=published.FORMER)
    published.issue(services, ["甲事项", "乙事项", "丙事项"])
    guide = Guide.objects.create(item=Item.objects.get(number=1), valid_from=published.CURRENT)
    form = ContentFile(b"%PDF-1.4 empty", "form.pdf")
    Material.objects.create(guide=guide, position=1, name="申请表", blank_form=form)
    return county


def export(folder, **options):
    call_command("export_site", str(folder), address=ORIGIN, quiet=True, verbosity=0, **options)
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def pages_of(files):
    return {name: path.read_text(encoding="utf-8") for name, path in files.items() if name.endswith(".html")}


def test_crawler_finds_no_dead_link_and_the_words_of_the_served_pages(client, register, tmp_path):
    files = export(tmp_path / "site", county="990101")
    pages = pages_of(files)
    read = {name: Words(text) for name, text in pages.items()}
    reached = set()
    for name, page in read.items():
        for reference in page.references:
            if reference.startswith(("http://", "https://", "tel:", "geo:", "mailto:")):
                assert not reference.startswith(ORIGIN), (name, reference)
                continue
            path, _mark, fragment = reference.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert target in files, (name, reference)
            assert not fragment or fragment in read[target].ids, (name, reference)
            reached.add(target)
        assert "<form" not in pages[name]
    # What nobody reaches is the page that leads in and the mark of the export.
    assert files.keys() - reached <= {"index.html", "export.json"}
    expected = {"990101/items/1/index.html", "en/990101/items/1/index.html", "t/990101100/items/2/index.html"}
    expected |= {
        "990101/lists/public_services/page-2.html",
        "990101/lists/public_services/2024-01-01/2/index.html",
    }
    expected |= {
        "990101/lists/public_services/2025-07-15.json",
        "990101/changes.atom",
        "static/css/portal.css",
    }
    expected |= {"990101/items/1/papers/1-form.pdf"}
    assert expected <= files.keys()
    assert not [name for name in files if "990102" in name or "search" in name]
    assert files["990101/items/1/papers/1-form.pdf"].read_bytes() == b"%PDF-1.4 empty"
    for name in read:
        if name == "index.html":
            continue
        path = "/" + re.sub(r"index\.html$|page-\d+\.html$", "", name)
        number = re.search(r"page-(\d+)\.html$", name)
        response = client.get(path, {"page": number[1]} if number else {})
        assert response.status_code == 200, path
        said = " ".join(words_of(pages[name].replace(ORIGIN, "http://testserver")))
        for sentence in SENTENCES:
            said = said.replace(sentence, "")
        assert said.split() == words_of(response.content.decode()), path
        assert f'rel="canonical" href="{ORIGIN}' in pages[name]


def test_all_counties_stand_in_one_export(register, tmp_path):
    files = export(tmp_path / "site")
    assert {"index.html", "en/index.html", "990101/index.html", "990102/index.html"} <= files.keys()
    assert "refresh" not in files["index.html"].read_text(encoding="utf-8")


def test_failed_export_leaves_the_one_before(county, tmp_path, monkeypatch):
    folder = tmp_path / "site"
    before = export(folder, county="990101")
    write = Site.write

    def publishes_meanwhile(site, progress):
        write(site, progress)
        County.objects.note_publication(county)

    monkeypatch.setattr(Site, "write", publishes_meanwhile)
    with pytest.raises(CommandError, match="meanwhile"):
        export(folder, county="990101")
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == set(
        before
    )
    assert list(tmp_path.iterdir()) == [folder]


def test_folder_of_somebody_else_is_left_alone(county, tmp_path):
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(CommandError, match="no export has written"):
        export(tmp_path, county="990101")
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


@pytest.mark.parametrize(
    ("options", "words"),
    [({"county": "123456"}, "no county"), ({"address": "www.example.gov.cn"}, "scheme and a host")],
)
def test_mistaken_options_are_answered_in_a_sentence(county, tmp_path, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("export_site", str(tmp_path / "site"), quiet=True, **options)
    assert list(tmp_path.iterdir()) == []


def test_links_lead_to_files_or_stay_words():
    page = (
        '<link rel="canonical" href="https://a/x/"><link rel="stylesheet" href="/static/a.css">'
        '<ul><li><a href="/gone/">Gone</a></li><li><a href="/here/#part">Here</a></li></ul>'
        '<p>To <a class="b" href="/gone/">gone</a>, <a href="tel:12345">call</a>, <a href="#top">up</a></p>'
        '<form method="get"><input></form>'
    )
    files = {"/here/": "here/index.html", "/static/a.css": "static/a.css", "tel:12345": "tel:12345"}
    text = links.as_file(page, "x/y/index.html", files.get, "<p>No form</p>")
    assert text == (
        '<link rel="canonical" href="https://a/x/"><link rel="stylesheet" href="../../static/a.css">'
        '<ul><li><a href="../../here/index.html#part">Here</a></li></ul>'
        '<p>To <a class="b">gone</a>, <a href="tel:12345">call</a>, <a href="#top">up</a></p>'
        "<p>No form</p>"
    )
    assert links.pointed_elsewhere(text, "../../here/index.html", None).count("href") == 4
    assert '"b.pdf#part"' in links.pointed_elsewhere(text, "../../here/index.html", "b.pdf")


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/990101/", "990101/index.html"),
        ("/990101/?page=3", "990101/page-3.html"),
        ("/990101/lists/public_services.csv", "990101/lists/public_services.csv"),
    ],
)
def test_addresses_have_their_files(address, file):
    assert file_name(address) == file
