"""The cells of a row, made when they are asked for: most say what they say themselves, and few are looked at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from catalog.reading.grid import Value
from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.shapes import Cell, Column, Row
from catalog.reading.layout.view import View, as_printed, as_text
from catalog.reading.values import split_count
from catalog.reading.words import mend_lines


class TableCells:
    """What stands in the columns of one table.

    `columns` are the fields it has, each with the place of its column. `to_the_letter` reads a count in
    brackets as part of the text.
    """

    def __init__(self, view: View, header: Header, headings: Headings, *, to_the_letter: bool = False):
        self.view = view
        ordered = sorted(header.fields.items(), key=lambda entry: bool(headings.columns[entry[1]].within))
        self.columns: dict[str, int] = {name: column for column, name in ordered}
        self.declared: dict[str, Column] = {name: headings.columns[name] for name in self.columns}
        if to_the_letter:
            self.declared = {
                name: replace(column, is_counted=False) for name, column in self.declared.items()
            }
        else:
            # A list of bodies has one column for the body and the item.
            for name, holder in header.also.items():
                self.columns[name], self.declared[name] = self.columns[holder], self.declared[holder]

        # Few departments stand in many cells, with or without a count behind them.
        self._without_count: dict[str, dict[str, str]] = {
            name: {} for name, column in self.declared.items() if column.is_counted
        }

    def text(self, row: int, name: str) -> str:
        """The text a cell holds itself, as its column reads it."""
        declared = self.declared[name]
        if not (declared.is_counted or declared.keeps_lines):
            return self.view.text(row, self.columns[name])
        value = self.view.value(row, self.columns[name])
        if not (declared.is_counted and type(value) is str):
            return _as_read(value, declared)
        known = self._without_count[name]
        if value not in known:
            known[value] = _as_read(value, declared)
        return known[value]

    def own(self, row: int, name: str) -> Cell:
        """The cell itself, whatever stands above it."""
        column = self.columns[name]
        address, text = self.view.address(row, column), self.text(row, name)
        if not self.view.text(row, column):
            return Cell("", address=address)
        value = self.view.value(row, column)
        return Cell(text, text if isinstance(value, str) else value, as_printed(value), address)


def _as_read(value: Value, declared: Column) -> str:
    """The text of a cell: with its lines where they mean something, without a count where one may stand."""
    text = as_text(value)
    if not text:
        return ""
    printed = as_printed(value)
    if declared.is_counted:
        bare, count = split_count(printed)
        if count is not None:
            return bare
    return mend_lines(printed) if declared.keeps_lines else text


class RowCells(Mapping[str, Cell]):
    """The cells of one row by field; `taken` holds those that say more than stands in them."""

    __slots__ = ("row", "table", "taken")

    def __init__(self, table: TableCells, row: int):
        self.table, self.row = table, row
        self.taken: dict[str, Cell] | None = None

    def __getitem__(self, name: str) -> Cell:
        if self.taken is not None and name in self.taken:
            return self.taken[name]
        return self.table.own(self.row, name)

    def __setitem__(self, name: str, cell: Cell) -> None:
        if self.taken is None:
            self.taken = {}
        self.taken[name] = cell

    def __contains__(self, name: object) -> bool:
        return name in self.table.columns or (self.taken is not None and name in self.taken)

    def __iter__(self) -> Iterator[str]:
        yield from self.table.columns
        yield from (name for name in self.taken or () if name not in self.table.columns)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def get(self, name: str, default: Cell | None = None) -> Cell | None:
        """The cell of a field, or the default where the row has none."""
        if name in self:
            return self[name]
        return default

    @property
    def values_in_sheet(self) -> tuple[Value, ...]:
        """The values of the row as the sheet holds them, by the places in `table.columns`."""
        return self.table.view.sheet.rows[self.row]

    def text(self, name: str) -> str:
        """The mended text of a field, empty where there is no such cell."""
        if self.taken is not None and name in self.taken:
            return self.taken[name].text
        return self.table.text(self.row, name) if name in self.table.columns else ""

    def printed(self, name: str) -> str:
        """The text of a field before mending, empty where there is no such cell."""
        if self.taken is not None and name in self.taken:
            return self.taken[name].printed
        place, values = self.table.columns.get(name), self.values_in_sheet
        return as_printed(values[place]) if place is not None and place < len(values) else ""

    def with_taken(self, cells: Mapping[str, Cell]) -> "RowCells":
        """The same row with these cells instead of its own."""
        changed = RowCells(self.table, self.row)
        changed.taken = {**(self.taken or {}), **cells}
        return changed


def printings(rows: Iterable[Row], name: str) -> set[str]:
    """Every printing of a field in these rows, each once."""
    printed, values = set(), set()
    for row in rows:
        cells = row.cells
        if cells.taken is not None:
            printed.add(cells.printed(name))
        elif name in cells.table.columns:
            place, in_sheet = cells.table.columns[name], cells.values_in_sheet
            if place < len(in_sheet):
                values.add(in_sheet[place])
    return printed.union(map(as_printed, values))
