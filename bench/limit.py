"""The physical limit: the same file read with python-calamine, and the same final rows inserted bare.

Bare is one `COPY` for a table, on SQLite one `executemany`. The portal's own `write_rows` is quicker than
the latter, so a limit by it is measured too: it is what no import can ever come below.
"""

import io
import json
from collections.abc import Callable

import python_calamine
from django.db import connection

from catalog.models import Basis, Edition, Entry, Item
from catalog.writing import draw_keys, write_rows


class FinalRows:
    """The rows that an import has left, as the driver takes them, ready to be inserted once more beside them."""

    def __init__(self, edition: Edition):
        again = Edition.objects.create(list=edition.list, state=edition.state)
        first = Item.objects.order_by("-number").values_list("number", flat=True)[0] + 1
        entries = edition.entries.order_by("position")
        items = draw_keys(Item, entries.count())
        keys = draw_keys(Entry, len(items))
        self.items = [(key, edition.list.county_id, first + place, "", "") for place, key in enumerate(items)]
        columns = _columns(Entry)
        self.entries = [
            (key, again.pk, item, *values)
            for key, item, values in zip(keys, items, _stored(entries, columns), strict=True)
        ]
        self.entry_columns = ["id", "edition_id", "item_id", *columns]
        key_of = dict(zip(entries.values_list("pk", flat=True), keys, strict=True))
        columns = _columns(Basis)
        bases = Basis.objects.filter(entry__edition=edition).order_by("pk")
        owners = bases.values_list("entry_id", flat=True)
        self.bases = [
            (key_of[owner], *values) for owner, values in zip(owners, _stored(bases, columns), strict=True)
        ]
        self.basis_columns = ["entry_id", *columns]

    def insert(self, write: Callable) -> None:
        """Insert them all by a function such as `write_rows`."""
        write(Item, ("id", "county_id", "number", "basic_code", "implementation_code"), self.items)
        write(Entry, self.entry_columns, self.entries)
        write(Basis, self.basis_columns, self.bases)


def insert_bare(model, names, rows) -> None:
    """One `COPY`, on SQLite one `executemany`."""
    if connection.vendor == "postgresql":
        write_rows(model, names, rows)
        return
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({marks})", rows)


def read_bare(content: bytes) -> list[list]:
    """Every cell of the first sheet, with nothing looked at before and nothing kept of it."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


def _columns(model) -> list[str]:
    left_out = ("id", "edition_id", "item_id", "entry_id")
    return [field.column for field in model._meta.concrete_fields if field.column not in left_out]


def _stored(rows, columns):
    """The values of rows as text that a database takes back."""
    for values in rows.values_list(*columns):
        yield tuple(json.dumps(one) if isinstance(one, dict | list) else one for one in values)
