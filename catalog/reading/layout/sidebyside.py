"""Tables printed side by side to save paper: 序号 事项名称 | 序号 事项名称."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from catalog.reading.grid import Value
from catalog.reading.layout.finder import HeaderFinder
from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.reading import Reading
from catalog.reading.layout.view import View
from catalog.reading.words import fold

Found = tuple[View, Header]


def side_by_side(view: View, header: Header, headings: Headings) -> list[Found]:
    """The tables of a sheet whose headings are the same words several times over; one where they are not.

    A row that says one thing stands over all of them.
    """
    labels = [label for label in header.labels if label.is_own]
    words = [fold(label.printed) for label in labels]
    wide = next((wide for wide in range(2, len(words) // 2 + 1) if _repeats(words, wide)), None)
    if wide is None or header.by_hand or not header.is_named(headings):
        return [(view, header)]
    begins = [label.column for label in labels[::wide]]
    found = [
        (part, HeaderFinder(part, headings).first())
        for part in (_only(view, left, right) for left, right in pairwise([0, *begins[1:], view.width]))
    ]
    tables = [(part, its_header) for part, its_header in found if its_header]
    return tables if len(tables) == len(found) else [(view, header)]


def _repeats(words: Sequence[str], wide: int) -> bool:
    whole, rest = divmod(len(words), wide)
    return rest == 0 and list(words) == list(words[:wide]) * whole and len(set(words[:wide])) == wide


def _only(view: View, left: int, right: int) -> View:
    """The sheet without what stands in other tables' columns."""

    def kept(row: int, cells: tuple[Value, ...]) -> tuple[Value, ...]:
        if len({text for _, text in view.own(row)}) < 2:
            return cells
        return tuple([cell if left <= column < right else None for column, cell in enumerate(cells)])

    rows = tuple([kept(row, cells) for row, cells in enumerate(view.sheet.rows)])
    return View(replace(view.sheet, rows=rows))


def joined(readings: Sequence[Reading], view: View) -> Reading:
    """The readings of tables side by side as one: what stands over all of them once, items heading by heading."""
    first = readings[0]
    items = {row.number for reading in readings for row in reading.rows}
    ignored = {one.number: one for reading in reversed(readings) for one in reading.ignored}
    over_all = [row + 1 for row in range(view.height) if len({text for _, text in view.own(row)}) == 1]
    rows, tables = [], []
    for place, reading in enumerate(readings):
        rows += [
            (bisect(over_all, row.number), place, replace(row, table=row.table + len(tables)))
            for row in reading.rows
        ]
        tables += reading.tables
    return replace(
        first,
        tables=tables,
        rows=[row for _, _, row in sorted(rows, key=lambda entry: entry[:2])],
        ignored=[one for number, one in sorted(ignored.items()) if number not in items],
        # A group's count speaks of both tables, and its place is that of one.
        claims=[claim for claim in first.claims if claim.scope == "list"],
        messages=[message for reading in readings for message in reading.messages],
    )
