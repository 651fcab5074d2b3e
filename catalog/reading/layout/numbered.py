"""Names that begin with their own running number, where the list has no column for it: ``1.低保申请``."""

import re
from collections.abc import Sequence

from catalog.reading.layout.view import View
from catalog.reading.values.numerals import NUMERAL, number

NUMBERED = re.compile(
    rf"[(（]?(?P<number>{NUMERAL}{{1,4}})(?:[)）][、.．]?|[、.．](?![0-9]))(?P<name>[^0-9].*)", re.DOTALL
)
FEWEST = 3


class NumberedNames:
    """The numbers before the names of one table, where every name has one and each goes on from the one above."""

    def __init__(self, view: View, roles: dict[str, int | None], items: Sequence[int]):
        self._found: dict[int, tuple[int, str]] = {}
        column = roles["name"]
        if (
            column is None
            or roles["serial"] is not None
            or roles["own_code"] is not None
            or len(items) < FEWEST
        ):
            return
        before = 0
        found = {}
        for row, text in zip(items, view.down(column, items), strict=True):
            match = NUMBERED.fullmatch(text)
            counted = number(match["number"]) if match else None
            if match is None or counted not in (before + 1, 1):
                return
            before = counted
            found[row] = counted, match["name"].strip()
        self._found = found

    def of(self, row: int) -> tuple[int, str] | None:
        """The number and the name without it."""
        return self._found.get(row)
