"""Names that begin with their own running number, which no column for it counts: ``1.低保申请``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from catalog.reading.layout.headings import Headings
from catalog.reading.layout.ours import is_ours
from catalog.reading.layout.rowcells import RowCells
from catalog.reading.layout.shapes import Cell
from catalog.reading.layout.view import View
from catalog.reading.values.numerals import NUMERAL, number

NUMBERED = re.compile(
    rf"[(（]?(?P<number>{NUMERAL}{{1,4}})(?:[)）][、.．]?|[、.．](?![0-9]))(?P<name>[^0-9].*)", re.DOTALL
)
FEWEST = 3
COUNTED_BY = {"name": "serial", "main_name": "main_serial"}


class NumberedNames:
    """The numbers before the names in one column, where every name has one and each goes on from the one above."""

    def __init__(self, view: View, column: int | None, items: Sequence[int]):
        texts = [text for text in view.down(column, items) if text] if column is not None else []
        # A main item may be printed once more beside each of its sub items.
        texts = [text for text, _again in groupby(texts)]
        self.is_numbered = len(texts) >= FEWEST and _count_on(texts)

    def of(self, text: str) -> tuple[int, str] | None:
        """The number and the name without it."""
        match = NUMBERED.fullmatch(text) if self.is_numbered else None
        counted = number(match["number"]) if match else None
        return (counted, match["name"].strip()) if match and counted is not None else None


class Numbers:
    """The numbers before the names of one table: of its items and of its main items."""

    def __init__(self, view: View, headings: Headings, roles: Mapping[str, int | None], items: Sequence[int]):
        code = roles["own_code"]
        # What we have written ourselves is read to the letter.
        is_read = code is None or not any(is_ours(view, row, code) for row in items)
        self._before: list[tuple[str, str, str, NumberedNames]] = []
        for role, counting in COUNTED_BY.items():
            name, serial = headings.field_of_role(role), headings.field_of_role(counting)
            numbered = NumberedNames(view, roles[role], items)
            if is_read and numbered.is_numbered and name and serial:
                self._before.append((role, name, serial, numbered))

    def take_out(self, cells: RowCells, *, counts_mains: bool) -> None:
        """Leave the names without their numbers, which say what no column counts; `counts_mains` as of `Mains`."""
        for role, name, serial, numbered in self._before:
            found = numbered.of(cells.text(name))
            if found:
                number, text = found
                cells[name] = replace(cells[name], text=text, value=text)
                if not cells.text(serial) or (role == "name" and counts_mains):
                    cells[serial] = Cell(str(number), number, "", cells[name].address, cells[name].address)


def _count_on(texts: Sequence[str]) -> bool:
    before = 0
    for text in texts:
        match = NUMBERED.fullmatch(text)
        counted = number(match["number"]) if match else None
        if counted is None or counted not in (before + 1, 1):
            return False
        before = counted
    return True
