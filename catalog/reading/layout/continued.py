"""Sheets without headings that go on with the list of the sheet before: one page of a long list each."""

import re
from dataclasses import replace

from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.view import View
from catalog.reading.values import serial_number

OF_PEOPLE = re.compile("联系|通讯|通信录|人员|花名册")


def going_on(view: View, before: View, header: Header, headings: Headings) -> Header | None:
    """The header of the sheet before, where this sheet's rows count on from its last and fill no further column."""
    serial = header.column_of(headings.field_of_role("serial"))
    name = header.column_of(headings.field_of_role("name"))
    if serial is None or name is None or OF_PEOPLE.search(view.title):
        return None
    last = _numbers(before, serial, header.first)
    here = _numbers(view, serial, 0)
    if not last or not here or here[0][1] != last[-1][1] + 1:
        return None
    rows = [row for row, _ in here]
    widest = max(column for row in rows for column, _ in view.own(row))
    if not all(view.down(name, rows)) or widest > max(label.column for label in header.labels):
        return None
    # A row without a serial above the first may be what a page break has cut off; a title stands alone.
    first = next(row for row in range(view.height) if len(view.own(row)) > 1)
    labels = tuple(replace(label, row=first) for label in header.labels)
    return replace(header, rows=(), labels=labels, first=first, is_continued=True)


def _numbers(view: View, column: int, first: int) -> list[tuple[int, int]]:
    """The rows that have a serial and more, with their numbers."""
    rows = range(first, view.height)
    numbers = zip(rows, map(serial_number, view.values_down(column, rows)), strict=True)
    return [(row, number) for row, number in numbers if number is not None and len(view.own(row)) > 1]
