"""Main items over sub items: whose serial it is, and rows that name a main item only."""

from dataclasses import replace
from itertools import pairwise

from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.ours import is_ours
from catalog.reading.layout.rowcells import RowCells
from catalog.reading.layout.shapes import Cell
from catalog.reading.layout.sorting import Verdict
from catalog.reading.layout.steps import Steps
from catalog.reading.layout.view import View

NOTHING = frozenset(("", "—", "-", "/", "无", "——", "--", "－"))


class Mains:
    """Knows which rows of a table carry main items."""

    def __init__(self, view: View, header: Header, headings: Headings, roles: dict[str, int | None]):
        self.view, self.header, self.roles = view, header, roles
        self.fields = {role: headings.field_of_role(role) for role in (*roles, "code")}
        self.is_in_use = roles["main_name"] is not None and roles["name"] is not None
        self.counts_mains = False
        self._above: Cell | None = None
        self.steps = Steps(view, header, headings, roles, self.fields)

    def told_apart(self, verdicts: list[Verdict]) -> list[Verdict]:
        """A row with a main name alone, and sub items under it, is a heading; with none under it, an item."""
        items = [
            place
            for place, verdict in enumerate(verdicts)
            if verdict.reason is None and not is_ours(self.view, verdict.row, self.roles["own_code"])
        ]
        if not self.is_in_use:
            return self.steps.told_apart(verdicts, items)
        self.counts_mains = self._is_of_mains([verdicts[place].row for place in items])
        told = list(verdicts)
        for place, following in pairwise(items):
            row, below = verdicts[place].row, verdicts[following].row
            same = self._main(below) in ("", self._main(row))
            is_main = self._main(row) and not self._sub(row) and same and self._sub(below)
            if is_main or self._is_level_above(row, below):
                told[place] = Verdict(row, "main_item", self.view.own(row)[0][0])
        return told

    def _is_level_above(self, row: int, below: int) -> bool:
        """公共服务 alone, over 公共安全服务 in the next column: a level above the main items."""
        left = min(column for column in (self.roles["main_name"], self.roles["name"]) if column is not None)
        numbered = {self.header.column_of(name) for name in (self.fields["serial"], self.fields["code"])}
        own = {column for column, _ in self.view.own(row)} - numbered
        if len(own) != 1 or max(own) >= left or max(own) not in self.header.fields:
            return False
        return not self.view.text(below, max(own)) and bool(self._main(below) or self._sub(below))

    def completed(self, row: int, cells: RowCells) -> RowCells:
        """A main item without sub items is the item itself; a serial printed once for its sub items is its own."""
        name, main = self.fields["name"], self.fields["main_name"]
        if self.is_in_use and name and main:
            if self._main(row) and cells[main].text and cells[name].text in NOTHING:
                cells[name] = replace(
                    cells[main], address=cells[name].address, filled_from=cells[main].address
                )
            self._serial_of_main(row, cells)
        self.steps.complete(row, cells)
        return cells

    def _serial_of_main(self, row: int, cells: RowCells) -> None:
        serial, main_serial = self.fields["serial"], self.fields["main_serial"]
        if not self.counts_mains or serial is None or main_serial is None:
            return
        above = self._above
        if not cells[serial].text and not self._main(row) and above and above.text:
            cells[serial] = replace(
                above, address=cells[serial].address, filled_from=above.filled_from or above.address
            )
        cells[main_serial] = self._above = cells[serial]

    def _is_of_mains(self, rows: list[int]) -> bool:
        """序号 counts main items where rows that begin none have no serial: it is merged over them, or blank."""
        column = self.roles["serial"]
        if column is None or self.roles["main_serial"] is not None:
            return False
        beginning = [row for row in rows if self._main(row)]
        others = [row for row in rows if not self._main(row)]
        return (
            bool(others)
            and not any(self.view.text(row, column) for row in others)
            and any(self.view.text(row, column) for row in beginning)
        )

    def _main(self, row: int) -> str:
        column = self.roles["main_name"]
        return self.view.text(row, column) if column is not None else ""

    def _sub(self, row: int) -> str:
        column = self.roles["name"]
        text = self.view.text(row, column) if column is not None else ""
        return "" if text in NOTHING else text
