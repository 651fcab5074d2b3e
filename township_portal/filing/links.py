"""A page as a file: its links lead to other files, and what only a server can answer is left out.

Works on the text of our own pages, whose attributes stand in double quotes and hold no bare `>`. A link to
something that is not among the files stays as words; an entry of a list that was nothing but such a link goes.
"""

import posixpath
import re
from collections.abc import Callable
from html import unescape

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
ONLY_A_LINK = re.compile(r"""<li\b[^>]*>\s*<a\b[^>]*?\shref="([^"]*)"[^>]*>[^<]*</a>\s*</li>""")
ELEMENT = re.compile(r"<(?:a|link|script|img)\b[^>]*>")
REFERENCE = re.compile(r"""\s(href|src)="([^"]*)\"""")
FOR_ENGINES = re.compile(r'\b(?:rel="canonical"|hreflang=)')

Target = Callable[[str], str | None]


def as_file(text: str, file: str, target_of: Target, instead_of_form: str) -> str:
    """The page for the place of `file`; `target_of` gives the file behind a reference, None where there is none.

    What it gives back unchanged, with a scheme, leads out of the site and stays.
    """
    relative = _relative_from(file, target_of)
    text = FORM.sub(instead_of_form, text)
    text = ONLY_A_LINK.sub(lambda found: "" if relative(found[1]) is None else found[0], text)
    return ELEMENT.sub(lambda found: _element(found[0], relative), text)


def between(file: str, target: str) -> str:
    """How one file names another, from any folder and from no server."""
    return posixpath.relpath(target, posixpath.dirname(file) or ".")


def _element(element: str, relative: Target) -> str:
    # What names an address for search engines goes on naming it; a feed is a file like any other.
    if element.startswith("<link") and FOR_ENGINES.search(element):
        return element

    def point(found: re.Match) -> str:
        address = relative(found[2])
        return "" if address is None else f' {found[1]}="{address}"'

    return REFERENCE.sub(point, element)


def _relative_from(file: str, target_of: Target) -> Target:
    known: dict[str, str | None] = {}

    def relative(reference: str) -> str | None:
        if reference not in known:
            known[reference] = _found(reference)
        return known[reference]

    def _found(reference: str) -> str | None:
        address, mark, fragment = unescape(reference).partition("#")
        if not address:
            return reference
        target = target_of(address)
        if target is None or target == address:
            return None if target is None else reference
        return between(file, target) + mark + fragment

    return relative


def pointed_elsewhere(text: str, old: str, new: str | None) -> str:
    """A file whose links to `old` lead to `new`, or are no links any more."""
    link = re.compile(rf' href="{re.escape(old)}(#[^"]*)?"')
    return link.sub("" if new is None else lambda found: f' href="{new}{found[1] or ""}"', text)
