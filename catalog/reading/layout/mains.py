"""Main items over sub items: whose serial it is, and rows that name a main item only."""

from dataclasses import replace
from itertools import pairwise

from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.shapes import Cell
from catalog.reading.layout.sorting import Verdict
from catalog.reading.layout.view import View

NOTHING = frozenset(("", "—", "-", "/", "无", "——", "--", "－"))


class Mains:
    """Knows which rows of a table carry main items."""

    def __init__(self, view: View, header: Header, headings: Headings, roles: dict[str, int | None]):
        self.view, self.header, self.roles = view, header, roles
        self.fields = {role: headings.field_of_role(role) for role in roles}
        self.is_in_use = roles["main_name"] is not None and roles["name"] is not None
        self._swallowed: dict[int, bool] = {}

    def told_apart(self, verdicts: list[Verdict]) -> list[Verdict]:
        """A row with a main name alone, and sub items under it, is a heading; with none under it, an item."""
        if not self.is_in_use:
            return verdicts
        items = [place for place, verdict in enumerate(verdicts) if verdict.reason is None]
        told = list(verdicts)
        for place, following in pairwise(items):
            row, below = verdicts[place].row, verdicts[following].row
            if self._main(row) and not self._sub(row) and not self._main(below) and self._sub(below):
                told[place] = Verdict(row, "main_item", self.view.own(row)[0][0])
        return told

    def completed(self, row: int, cells: dict[str, Cell]) -> dict[str, Cell]:
        """A main item without sub items is the item itself; a serial merged over sub items is the main's."""
        name, main = self.fields["name"], self.fields["main_name"]
        if self.is_in_use and name and main:
            if self._main(row) and cells[name].text in NOTHING:
                cells[name] = replace(
                    cells[main], address=cells[name].address, filled_from=cells[main].address
                )
            self._serial_of_main(row, cells)
        return cells

    def _serial_of_main(self, row: int, cells: dict[str, Cell]) -> None:
        serial, main_serial = self.fields["serial"], self.fields["main_serial"]
        column, main_column = self.roles["serial"], self.roles["main_name"]
        if serial is None or main_serial is None or column is None or main_column is None:
            return
        if self.roles["main_serial"] is not None:
            return
        block, main_block = self.view.merge_at(row, column), self.view.merge_at(row, main_column)
        if not block or not main_block or block.bottom == block.top:
            return
        if (block.top, block.bottom) == (main_block.top, main_block.bottom):
            cells[main_serial] = cells[serial]
            cells[serial] = Cell("", address=cells[serial].address)

    def _main(self, row: int) -> str:
        column = self.roles["main_name"]
        return self.view.text(row, column) if column is not None else ""

    def _sub(self, row: int) -> str:
        column = self.roles["name"]
        text = self.view.text(row, column) if column is not None else ""
        return "" if text in NOTHING else text
