"""Names that begin with their own running number, which no column for it counts: ``1.低保申请``."""

import re
from collections.abc import Sequence
from itertools import groupby

from catalog.reading.layout.view import View
from catalog.reading.values.numerals import NUMERAL, number

NUMBERED = re.compile(
    rf"[(（]?(?P<number>{NUMERAL}{{1,4}})(?:[)）][、.．]?|[、.．](?![0-9]))(?P<name>[^0-9].*)", re.DOTALL
)
FEWEST = 3


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


def _count_on(texts: Sequence[str]) -> bool:
    before = 0
    for text in texts:
        match = NUMBERED.fullmatch(text)
        counted = number(match["number"]) if match else None
        if counted is None or counted not in (before + 1, 1):
            return False
        before = counted
    return True
