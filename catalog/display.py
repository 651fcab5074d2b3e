"""How a reader wants pages shown: for elder eyes and hands, in high contrast, both, or as they are.

The address says it (`?mode=elder`, `?contrast=high`), so that what a page shows follows from its address alone and a
copy of it is good for everybody. A page shown in such a way keeps the way in every link and form of its own: they are
completed once the page is written, in one place, so that no template has to think of it. A cookie, set by choosing
alone, only leads those who come in by a plain address to the address that says it.

Lists of powers are narrowed by a `mode` too. The two stand side by side: ours comes first and is taken out before a
page looks at what it is asked.
"""

import re
from dataclasses import dataclass
from functools import wraps
from html import escape
from urllib.parse import urlencode

from django.http import HttpResponseRedirect, QueryDict
from django.utils.cache import add_never_cache_headers

COOKIE = "display"
LONGEST = 1500  # characters of an address to lead on from; what is longer nobody has typed
ELDER, HIGH_CONTRAST = ("mode", "elder"), ("contrast", "high")

_LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)"')
_FORM = re.compile(r'<form\b[^>]*?\smethod="(get|post)"[^>]*>')
_ACTION = re.compile(r'(\saction=")([^"]*)"')
# Addresses that show no page, and the one that is there to choose another way.
_FOREIGN = re.compile(r"//|/static/|/admin/|/(?:en/)?display/")


@dataclass(frozen=True)
class Display:
    """One way of showing pages; the plain one says nothing in an address."""

    is_elder: bool = False
    is_high_contrast: bool = False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [
            pair for pair, is_on in [(ELDER, self.is_elder), (HIGH_CONTRAST, self.is_high_contrast)] if is_on
        ]

    @property
    def query(self) -> str:
        """What an address says of it; empty for the plain way."""
        return urlencode(self.pairs)

    @property
    def classes(self) -> str:
        """What the style sheet knows it by."""
        return " ".join(["elder"] * self.is_elder + ["high-contrast"] * self.is_high_contrast)

    @property
    def other_mode(self) -> "Display":
        return Display(not self.is_elder, self.is_high_contrast)

    @property
    def other_contrast(self) -> "Display":
        return Display(self.is_elder, not self.is_high_contrast)

    def kept_in(self, address: str, ampersand: str = "&") -> str:
        """The address of another page or of this one, shown the same way; first, so that a narrower `mode` wins."""
        if not self.pairs:
            return address
        rest, hash_sign, fragment = address.partition("#")
        path, _question, asked = rest.partition("?")
        query = urlencode(self.pairs).replace("&", ampersand)
        return f"{path}?{query}{ampersand + asked if asked else ''}{hash_sign}{fragment}"

    def kept_throughout(self, page: str, origin: str = "") -> str:
        """The page's HTML with every link and form to the portal's own pages keeping the way it is shown."""
        if not self.pairs:
            return page
        fields = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in self.pairs)

        def own(address):
            return address.removeprefix(origin) if address.startswith(origin + "/") else address

        def completed(match):
            address = own(match[2])
            is_page = address.startswith(("/", "?")) and not _FOREIGN.match(address)
            return f'{match[1]}{self.kept_in(address, escape("&")) if is_page else match[2]}"'

        def filled(match):
            return match[0] + fields if match[1] == "get" else _ACTION.sub(completed, match[0])

        return _FORM.sub(filled, _LINK.sub(completed, page))


def display_asked(request) -> Display:
    """The way an address asks for; what it says otherwise is not about this."""
    return _display_in(request.GET)


def display_remembered(request) -> Display:
    """The way somebody has chosen before; plain for a cookie that is none of ours."""
    return _display_in(QueryDict(request.COOKIES.get(COOKIE, "")[:40]))


def question_of(request) -> QueryDict:
    """What the address asks of the page itself, without how to show it."""
    if not display_asked(request).pairs:
        return request.GET
    question = request.GET.copy()
    for name, value in (ELDER, HIGH_CONTRAST):
        if value in question.getlist(name):
            kept = [each for each in question.getlist(name) if each != value]
            question.setlist(name, kept)
            if not kept:
                del question[name]
    return question


def shown_as_chosen(view):
    """Lead whoever has chosen a way, and comes by an address that says none, to the address that does.

    Nobody else is led anywhere, and what the view leads on to is shown the same way.
    """

    @wraps(view)
    def answer(request, **address):
        display = display_asked(request)
        chosen = display_remembered(request)
        here = request.get_full_path()
        if request.method == "GET" and chosen.pairs and not display.pairs and len(here) <= LONGEST:
            response = HttpResponseRedirect(chosen.kept_in(here))
            add_never_cache_headers(response)
            return response
        response = view(request, **address)
        if response.status_code == 302:
            response["Location"] = display.kept_in(response["Location"])
        return response

    return answer


def _display_in(question) -> Display:
    return Display(*(value in question.getlist(name) for name, value in (ELDER, HIGH_CONTRAST)))
