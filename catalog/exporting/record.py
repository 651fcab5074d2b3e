"""An edition as JSON: its record of publication, and its entries one by one under stable names.

Columns are named as the kind's resource declares them; what only one list has stands under `further`, by its
heading. An entry leaves out what the paper leaves empty. Texts are those of the text table, so the two say the same.
"""

import json
from collections.abc import Callable, Iterator

from django.urls import reverse

from ..models import Edition, Entry, ItemList
from .table import CODE, ROWS_AT_ONCE, PrintedColumn

FORMS = ("csv", "xlsx", "json")


def as_record(edition: Edition, absolute: Callable[[str], str]) -> Iterator[str]:
    """The text of the file in pieces, read from the database as it is written; `absolute` completes a path."""
    fields = edition.list.list_kind.resource.fields
    columns = [PrintedColumn(name, field.column_name, field) for name, field in fields.items()]
    head = {
        "county": {"code": edition.list.county.code, "name": edition.list.county.name},
        "list": list_as_record(edition.list, absolute),
        "edition": edition_as_record(edition, absolute),
        "columns": {column.name: column.heading for column in columns},
    }
    yield _text(head)[:-1] + ',"items":['
    entries = edition.entries.select_related("item").order_by("position").iterator(chunk_size=ROWS_AT_ONCE)
    separator = "\n"
    for entry in entries:
        yield separator + _text(_entry(entry, edition, columns, absolute))
        separator = ",\n"
    yield "\n]}\n"


def list_as_record(item_list: ItemList, absolute: Callable[[str], str]) -> dict[str, object]:
    """Which list it is, for whom, and where its edition in force is found on any day."""
    args = [item_list.county.code, item_list.slug]
    holder = item_list.holder
    return {
        "kind": item_list.kind,
        "holder": holder.name,
        "holder_code": holder.code,
        "address": absolute(item_list.get_absolute_url()),
        **{form: absolute(reverse("list_data", args=[*args, form])) for form in FORMS},
    }


def edition_as_record(edition: Edition, absolute: Callable[[str], str]) -> dict[str, object]:
    """What the edition says of itself; days as in 2025-07-01, null where none is on record."""
    args = [edition.list.county.code, edition.list.slug, edition.day_slug]
    return {
        "title": edition.title,
        "document_number": edition.document_number,
        "index_number": edition.index_number,
        "issuing_body": edition.issuing_body,
        "made_on": _day(edition.made_on),
        "published_on": _day(edition.published_on),
        "effective_on": _day(edition.effective_on),
        "ended_on": _day(edition.ended_on),
        "correction": edition.correction,
        "state": edition.state,
        "notes": edition.notes,
        "source_name": edition.source_name,
        "source_sha256": edition.source_sha256,
        "address": absolute(edition.get_absolute_url()),
        **{form: absolute(reverse("edition_data", args=[*args, form])) for form in FORMS},
    }


def _entry(entry: Entry, edition: Edition, columns: list[PrintedColumn], absolute) -> dict[str, object]:
    known = {column.name for column in columns}
    values = {column.name: column.value(entry) for column in columns if column.name != CODE}
    further = {
        name: PrintedColumn(name, name).value(entry)
        for name in entry.details
        if name not in known and name.removesuffix("_printed") not in known
    }
    county, item_list = edition.list.county.code, edition.list
    citing = [county, item_list.slug, edition.day_slug, entry.item.code]
    return {
        CODE: entry.item.number,
        "address": absolute(reverse("item", args=[county, entry.item.code])),
        "entry_address": absolute(reverse("entry", args=citing)),
        **{name: value for name, value in values.items() if value not in ("", None)},
        **({"further": further} if further else {}),
    }


def _day(day) -> str | None:
    return day.isoformat() if day else None


def _text(value) -> str:
    return json.dumps(value, ensure_ascii=False)
