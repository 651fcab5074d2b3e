"""Every public page that is reached from the first one, as files in a folder."""

import re
from collections import deque
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import County
from catalog.resting import at_rest

from .links import as_file, between, pointed_elsewhere
from .rendering import language_of, match_of, render

# What is about asking, choosing, commenting and sending; it needs the portal itself.
LEFT_OUT = frozenset(
    (
        "search",
        "missing_item",
        "townships",
        "choose_township",
        "forget_township",
        "preview",
        "preview_entry",
        "draft",
        "draft_entry",
        "comment",
        "receipt",
        "receipts",
        "report",
        "township_report",
        "choose_display",
        "compare_townships",
        "compare_townships_table",
        "robots",
        "sitemap_index",
        "portal_sitemap",
        "county_sitemap",
    )
)
LATER_PAGE = re.compile(r"page=([1-9][0-9]{0,5})")
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")

Progress = Callable[[int, int], None]


class Site:
    """The files of one export: of all counties or of one, for the origin at which they will be read.

    An address is a path, with `?page=` where a long list goes on; every other question is left out.
    """

    def __init__(self, folder: Path, origin: str, county: County | None = None):
        self.folder, self.origin, self.county = folder, origin, county
        self.written = 0
        self._files: dict[str, str | None] = {}  # by address, None where the portal has nothing there
        self._links: dict[str, str | None] = {}  # the address behind a path and query
        self._waiting: deque[str] = deque()
        self._linking: dict[str, set[str]] = {}  # files that link to an address not written yet
        self._assets: set[str] = set()
        self._instead: dict[str, str] = {}

    def write(self, progress: Progress) -> None:
        """Follow every link from the first page on, in each language."""
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                self._file_of(self._first())
        with at_rest():
            while self._waiting:
                self._write_one(self._waiting.popleft())
                progress(self.written, self.written + len(self._waiting))
        for name in self._assets:
            self._write_asset(name)
        first = self._file_of(self._first())
        if first != "index.html":
            page = render_to_string("export_lead_in.html", {"county": self.county, "file": first})
            self._put("index.html", page.encode())

    def _first(self) -> str:
        return self.county.get_absolute_url() if self.county else reverse("home")

    def _write_one(self, address: str) -> None:
        path, _mark, query = address.partition("?")
        rendered = render(self.origin, path, query)
        linking, file = self._linking.pop(address, set()), self._files[address]
        found = file
        if rendered is None:
            found = None
        elif not rendered.is_page and file.endswith("/index.html"):
            found = file.removesuffix("/index.html") + rendered.ending
        if found != file:
            self._files[address] = found
            self._mend(linking, file, found)
        if found is None:
            return
        content = rendered.content
        if rendered.is_page:
            text = as_file(
                content.decode(), found, lambda link: self._target(link, address, found), self._no_form(path)
            )
            content = text.encode()
        self._put(found, content)
        self.written += 1

    def _target(self, link: str, address: str, file: str) -> str | None:
        """The file a link of a page leads to; the link itself where it leads out of the site."""
        if link.startswith("/") or not urlsplit(link).scheme:
            link = urljoin(self.origin + address, link)
        if not link.startswith(self.origin + "/"):
            return link
        place = link.removeprefix(self.origin)
        if place.startswith(settings.STATIC_URL):
            self._assets.add(place.removeprefix(settings.STATIC_URL))
            return place[1:]
        if place not in self._links:
            self._links[place] = self._address_of(place)
        wanted = self._links[place]
        if wanted is None:
            return None
        found = self._file_of(wanted)
        if wanted in self._linking:
            self._linking[wanted].add(file)
        return found

    def _address_of(self, place: str) -> str | None:
        """The address that a path and query stand for among the files."""
        path, _mark, query = place.partition("?")
        match = match_of(path)
        if match is None or match.namespaces or match.url_name in LEFT_OUT:
            return None
        if self.county and match.url_name == "home":
            with translation.override(language_of(path)):
                return self.county.get_absolute_url()
        if self.county and not self._is_of_county(match.kwargs):
            return None
        later = LATER_PAGE.fullmatch(query)
        if query and not later:
            return None
        return path if not later or later[1] == "1" else f"{path}?{query}"

    def _is_of_county(self, asked: dict) -> bool:
        code = asked.get("county_code") or asked.get("township_code", "")[:6]
        return code == self.county.code

    def _file_of(self, address: str) -> str | None:
        """The file for an address, which is written when its turn comes."""
        if address not in self._files:
            self._files[address] = file_name(address)
            self._linking[address] = set()
            self._waiting.append(address)
        return self._files[address]

    def _mend(self, linking: set[str], old: str, new: str | None) -> None:
        """Lead the links that were written already to where the file is, or nowhere."""
        for name in linking:
            path = self.folder / name
            if path.exists():
                target = between(name, new) if new else None
                text = pointed_elsewhere(path.read_text(encoding="utf-8"), between(name, old), target)
                path.write_text(text, encoding="utf-8")

    def _no_form(self, path: str) -> str:
        language = language_of(path)
        if language not in self._instead:
            with translation.override(language):
                self._instead[language] = render_to_string("_no_form.html")
        return self._instead[language]

    def _write_asset(self, name: str) -> None:
        """A static file under the name by which pages know it, with what a style sheet calls for."""
        stored = Path(staticfiles_storage.path(name))
        source = stored if stored.exists() else Path(finders.find(name))
        content = source.read_bytes()
        self._put(settings.STATIC_URL[1:] + name, content)
        if name.endswith(".css"):
            for called in IN_STYLES.findall(content.decode()):
                further = urljoin(name, called.partition("#")[0].partition("?")[0])
                if not called.startswith("data:") and further not in self._assets:
                    self._write_asset(further)

    def _put(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def file_name(address: str) -> str:
    """`/990101/?page=2` is 990101/page-2.html; what has an ending keeps it."""
    path, _mark, query = address.partition("?")
    if not path.endswith("/"):
        return path[1:]
    number = LATER_PAGE.fullmatch(query)
    return path[1:] + (f"page-{number[1]}.html" if number else "index.html")
