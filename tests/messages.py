"""
Collects the texts of the interface and compiles their translations: `make messages`, or `python -m tests.messages`.

With babel, which every development machine has from the lock, instead of gettext's programs, which Windows and most
laptops lack; and because makemessages reads Jinja2 as if it were a Django template and misses what spans two lines.
"""

import io
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE = Path(__file__).resolve().parent.parent
PO = BASE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Lines of the header that say who and when: git knows better, and they would change with every run.
UNWANTED = ("Report-", "POT-Creation-", "PO-Revision-", "Last-Translator", "Language-Team", "Generated-By")
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
JINJA_OPTIONS = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}


def sources():
    """Every file that may hold a text, with the way to read it."""
    packages = sorted(path.parent.name for path in BASE.glob("*/apps.py"))
    for package in packages:
        for path in sorted((BASE / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield "python", path
    for folder, method in [("public", "jinja2.ext:babel_extract"), ("django", "django")]:
        for path in sorted((BASE / "templates" / folder).rglob("*.*")):
            if path.suffix in TEMPLATE_SUFFIXES:
                yield method, path


def found_in(method, path):
    """The texts of one file, as babel's extractors tell them."""
    if method != "django":
        options = JINJA_OPTIONS if method.startswith("jinja2") else {}
        return extract_from_file(method, str(path), KEYWORDS, ["Translators:"], options)
    # Django turns its template into something like Python; without its indentation it is near enough.
    pythonic = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    lines = "\n".join(line.strip() for line in pythonic.splitlines())
    return extract("python", io.BytesIO(lines.encode()), KEYWORDS)


def collect():
    """A catalogue of all texts in the source, untranslated."""
    catalog = Catalog(project="township-portal", charset="utf-8")
    for method, path in sources():
        place = path.relative_to(BASE).as_posix()
        for _line, message, comments, context in found_in(method, path):
            # Without line numbers: they would change with every edit above a text.
            catalog.add(message, locations=[(place, None)], auto_comments=comments, context=context)
    return catalog


def read():
    """The translations as they are committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def as_mo(catalog):
    """The bytes of the .mo file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def as_po(catalog):
    """The bytes of the .po file."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, sort_output=True, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.lstrip('"').startswith(UNWANTED)).encode()


def untranslated(catalog):
    """The texts that have no translation, or lack one of their forms."""
    for message in catalog:
        forms = message.string if isinstance(message.string, list | tuple) else [message.string]
        if message.id and not all(forms):
            yield message.id


def main():
    """Bring .po and .mo up to date, and name what still wants a translation."""
    catalog = read()
    # No fuzzy matching: a guess nobody looked at is worse than a gap that a test reports.
    catalog.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    PO.write_bytes(as_po(catalog))
    PO.with_suffix(".mo").write_bytes(as_mo(catalog))
    missing = list(untranslated(catalog))
    print(f"{len(catalog)} texts, {len(missing)} without a translation")
    for text in missing:
        print(f"  {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
