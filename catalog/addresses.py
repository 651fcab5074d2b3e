"""What public addresses are made of: official codes, never primary keys.

A code that cannot exist does not match, so it is a 404 before the database is asked; that goes for NUL too.
"""

import re
from datetime import date
from typing import NamedTuple

from django.urls import register_converter
from django.urls.converters import StringConverter


class CountyCode(StringConverter):
    regex = "[0-9]{6}"


class TownshipCode(StringConverter):
    regex = "[0-9]{9}"


TOWNSHIP_CODE = re.compile(TownshipCode.regex)


class ItemCode:
    regex = "[1-9][0-9]{0,8}"  # fits a PostgreSQL integer

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class Position:
    """The place of a document among those to bring."""

    regex = "[0-9]{1,4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class Paper(StringConverter):
    """A blank form, or a filled sample of it."""

    regex = "form|sample"


class CategoryCode(StringConverter):
    regex = "[A-Za-z0-9_-]{1,40}"


class ListSlug(StringConverter):
    """The kind, and the township or class when the list is only for it."""

    regex = "[a-z][a-z0-9_]{0,39}(?:-(?:[0-9]{9}|[a-z][a-z0-9_]{0,29}))?"


class EditionDay(NamedTuple):
    """How an address names an edition: the day it takes effect, and the number of a correction."""

    effective_on: date
    correction: int

    def __str__(self):
        return self.effective_on.isoformat() + (f"-{self.correction}" if self.correction else "")


class EditionDaySlug:
    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[1-9][0-9]{0,3})?"

    def to_python(self, value):
        """A `ValueError`, for 30 February, is a 404."""
        return EditionDay(date.fromisoformat(value[:10]), int(value[11:] or 0))

    def to_url(self, value):
        return str(value)


class DataForm(StringConverter):
    """What an edition can be taken away as."""

    regex = "csv|xlsx|json"


class TableEnding(StringConverter):
    """What a table can be downloaded as."""

    regex = "xlsx|csv"


class DraftToken(StringConverter):
    """What a notice gives away and nobody guesses."""

    regex = "[2-9a-z]{14}"


class Receipt(StringConverter):
    regex = "[2-9A-Z]{10}"


RECEIPT = re.compile(Receipt.regex)


register_converter(CountyCode, "county")
register_converter(TownshipCode, "township")
register_converter(ItemCode, "item")
register_converter(Position, "position")
register_converter(Paper, "paper")
register_converter(CategoryCode, "category")
register_converter(ListSlug, "list")
register_converter(EditionDaySlug, "edition")
register_converter(DataForm, "form")
register_converter(TableEnding, "table")
register_converter(DraftToken, "draft")
register_converter(Receipt, "receipt")
