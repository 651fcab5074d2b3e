"""Stored values as a paper prints them: what an export, a typed entry and a page all read."""

from collections.abc import Mapping

from ..models.entry import WORDS
from .columns import ListField

# Behind the heading of a column that is kept as it was, where the heading alone would name one of our columns.
KEPT_APART = "（原列）"


def is_stored_in_entry(field: ListField) -> bool:
    """Whether the column's value stands in a field of the entry, and not in its details or in its item."""
    return bool(field.attribute) and "__" not in field.attribute


def printed_detail(name: str, field: ListField, details: Mapping[str, object]) -> str | int:
    """What stands in the column of this field that an entry keeps in its details."""
    return details.get(name + WORDS) or field.widget.render(details.get(name))


def is_words_of(name: str, fields: Mapping[str, ListField]) -> bool:
    """Whether a key of the details holds the words of another one."""
    base = name.removesuffix(WORDS)
    return base != name and base in fields and not fields[base].attribute


def kept_heading(heading: str) -> str:
    """The heading under which a column that is no field is kept."""
    return heading.removesuffix(KEPT_APART) or heading
