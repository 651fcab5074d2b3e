"""Lists in parts: a workbook may hold all parts of a township's duty list, of which each kind takes one."""

import re
from dataclasses import dataclass

from ..reading.grid import Message
from ..reading.layout import Layout, Row
from ..resources.base import ListResource

Place = tuple[str, int]


@dataclass(frozen=True)
class PartOfWorkbook:
    """The rows of a workbook that are of one kind's part, by sheet and number; `elsewhere` are the others."""

    elsewhere: frozenset[Place] = frozenset()

    def __contains__(self, row: Row) -> bool:
        return not self.elsewhere or (row.sheet, row.number) not in self.elsewhere

    def speaks_of(self, message: Message) -> bool:
        """Whether a message is about this part: what is odd about another part's columns is no matter here."""
        number = re.search("[0-9]+", message.cell)
        return number is None or (message.sheet, int(number[0])) not in self.elsewhere


def part_of_workbook(layout: Layout, resource: ListResource) -> PartOfWorkbook:
    """Which rows are of the resource's part, by part headings and titles, else by their table's columns.

    A workbook that shows no parts, or one part only by its columns, is taken whole.
    """
    if not resource.part:
        return PartOfWorkbook()
    named = [_part_of_row(row, resource) for row in layout.rows]
    by_table = _parts_by_columns(layout, resource)
    parts = [part or by_table[row.sheet][row.table] for part, row in zip(named, layout.rows, strict=True)]
    if not any(named) and len(set(parts)) <= 1:
        return PartOfWorkbook()
    mine: set[tuple[str, int]] = set()
    elsewhere: set[Place] = set()
    for part, row in zip(parts, layout.rows, strict=True):
        if part == resource.part:
            mine.add((row.sheet, row.table))
        else:
            elsewhere.add((row.sheet, row.number))
    for sheet, number, header_rows in _tables(layout):
        if (sheet, number) not in mine:
            elsewhere |= {(sheet, row) for row in header_rows}
    return PartOfWorkbook(frozenset(elsewhere))


def _part_of_row(row: Row, resource: ListResource) -> str:
    """The part a row names; one with our code that names none is where it was."""
    if row.is_ours:
        return resource.part_named(row.text(resource.part_field)) or resource.part
    return resource.part_named(row.text(resource.part_field) or row.part)


def _tables(layout: Layout) -> list[tuple[str, int, tuple[int, ...]]]:
    """Every table by its sheet and its number there, with its header rows."""
    found = []
    for sheet in layout.sheets:
        tables = [table for table in layout.tables if table.sheet == sheet]
        found += [(sheet, number, table.header_rows) for number, table in enumerate(tables)]
    return found


def _parts_by_columns(layout: Layout, resource: ListResource) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for table in layout.tables:
        fields = {column.field for column in table.columns if column.field}
        parts.setdefault(table.sheet, []).append(resource.part_told_by(fields))
    return parts
