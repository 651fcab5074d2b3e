"""Words that somebody meant to replace: XX县, 【　】, 待补. A draft may hold them, an announcement may not."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .models import Edition, Entry
from .models.entry import PRINTED_FIELDS

# Capitals only: xx stands in addresses of pages. 【法律】 is how lists mark what they cite.
PLACEHOLDER = re.compile(r"X{2,}|Ｘ{2,}|×{2,}|[【\[［][\s　]*[】\]］]|待补(?:充)?|待定稿|_{3,}|＿{2,}|□{2,}")
RECORD = ("title", "document_number", "index_number", "issuing_body", "notes")


class Placeholder(NamedTuple):
    """One placeholder: the entry it stands in, None for the edition's own record, the field, and the words."""

    entry: Entry | None
    label: str
    words: str


def placeholder_in(text: str) -> str:
    """The first placeholder of a text; empty when there is none."""
    found = PLACEHOLDER.search(text)
    return found[0] if found else ""


def placeholders_in(edition: Edition, record: bool = True) -> Iterator[Placeholder]:
    """What of an edition is still to be filled in, in its order."""
    for name in RECORD if record else ():
        if words := placeholder_in(getattr(edition, name)):
            yield Placeholder(None, str(edition._meta.get_field(name).verbose_name), words)
    fields = ("pk", *PRINTED_FIELDS)
    for entry in edition.entries.only(*fields).order_by("position"):
        for name in PRINTED_FIELDS:
            if words := placeholder_in(_text(getattr(entry, name))):
                yield Placeholder(entry, str(entry._meta.get_field(name).verbose_name), words)


def _text(value) -> str:
    if isinstance(value, dict):
        return "\n".join(map(_text, value.values()))
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    return str(value)
