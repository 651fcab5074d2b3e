"""A sheet to look at: text, values and merged blocks by row and column, counted from 0."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time

from catalog.reading.grid import Merge, Sheet, Value, address
from catalog.reading.words import mend

# Rows are looked at together with a few above and below them.
ROWS_REMEMBERED = 500


def as_text(value: Value) -> str:
    """A value as a clerk sees it: whole floats without point, midnight as a day, text mended."""
    if value is None:
        return ""
    if isinstance(value, str):
        return mend(value)
    # A whole number is written in figures and needs no mending.
    return str(value) if type(value) is int else mend(as_printed(value))


def as_printed(value: Value) -> str:
    """A value before mending."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


# 　　参保登记, ——参保登记, • 参保登记 under 社会保险.
SET_IN = re.compile(r"(?:\u3000|[ \u00a0]{2}|\t)\s*\S")
LEADING_DASH = re.compile(r"(?:[—–―─-]{1,4}|[·•◦▪└├→↳])+\s*(?=[^\s0-9—–―─-])")


class View:
    """One sheet with its merges looked up by cell."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self.title = sheet.title
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._own: dict[int, list[tuple[int, str]]] = {}
        self._texts = _mended(sheet.rows)
        by_column: dict[int, list[Merge]] = defaultdict(list)
        for merge in sheet.merges:
            if merge.bottom > merge.top or merge.right > merge.left:
                for column in range(merge.left, min(merge.right, self.width - 1) + 1):
                    by_column[column].append(merge)
        self._merges = {
            column: sorted(merges, key=lambda merge: merge.top) for column, merges in by_column.items()
        }
        self._tops = {column: [merge.top for merge in merges] for column, merges in self._merges.items()}

    def texts(self, row: int) -> tuple[str, ...]:
        """The row's mended texts, blank cells as empty text."""
        return self._texts[row] if 0 <= row < self.height else ()

    def text(self, row: int, column: int) -> str:
        """The mended text of a cell itself."""
        texts = self._texts[row] if 0 <= row < self.height else ()
        return texts[column] if 0 <= column < len(texts) else ""

    def down(self, column: int, rows: Sequence[int]) -> list[str]:
        """The mended texts of a column in these rows."""
        texts = self._texts
        return [texts[row][column] if column < len(texts[row]) else "" for row in rows]

    def texts_from(self, row: int) -> set[str]:
        """Every mended text from this row on, each once."""
        return set().union(*self._texts[row:])

    def values_down(self, column: int, rows: Sequence[int]) -> list[Value]:
        """The values of a column in these rows."""
        cells = self.sheet.rows
        return [cells[row][column] if column < len(cells[row]) else None for row in rows]

    def filled(self, row: int) -> int:
        """How many cells of a row hold text themselves."""
        texts = self.texts(row)
        return len(texts) - texts.count("")

    def value(self, row: int, column: int) -> Value:
        """The cell's own value."""
        cells = self.sheet.rows[row] if 0 <= row < self.height else ()
        return cells[column] if 0 <= column < len(cells) else None

    def own(self, row: int) -> list[tuple[int, str]]:
        """The cells of a row that hold text themselves."""
        found = self._own.get(row)
        if found is None:
            if len(self._own) > ROWS_REMEMBERED:
                self._own.clear()
            found = self._own[row] = [(column, text) for column, text in enumerate(self.texts(row)) if text]
        return found

    def line(self, row: int) -> str:
        """The row as one line of text, each text once."""
        return "  ".join(dict.fromkeys(text for _, text in self.own(row)))

    def has_merges(self, column: int) -> bool:
        """Whether any cell of the column belongs to a merged block."""
        return column in self._merges

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged block a cell belongs to."""
        tops = self._tops.get(column)
        if not tops:
            return None
        merge = self._merges[column][bisect_right(tops, row) - 1]
        return merge if merge.top <= row <= merge.bottom else None

    def covered_from_above(self, row: int, column: int) -> bool:
        """The cell belongs to a merged block that began in a row above."""
        merge = self.merge_at(row, column)
        return merge is not None and merge.top < row

    def spans(self, row: int, column: int) -> int:
        """How many columns the cell's block is wide."""
        merge = self.merge_at(row, column)
        return min(merge.right, self.width - 1) - merge.left + 1 if merge and merge.top == row else 1

    def is_set_in(self, row: int, column: int) -> bool:
        """Whether the cell's text begins with blanks or a dash, as a name does under another."""
        value = self.value(row, column)
        return isinstance(value, str) and bool(SET_IN.match(value) or LEADING_DASH.match(value.strip()))

    @staticmethod
    def address(row: int, column: int) -> str:
        """The cell's name in Excel."""
        return address(row, column)


class Mended(dict[str, str]):
    """Mended texts by what was printed: what many cells say is mended once."""

    def __missing__(self, text: str) -> str:
        mended = self[text] = mend(text)
        return mended


def _mended(rows: Sequence[Sequence[Value]]) -> list[tuple[str, ...]]:
    """Every row's mended texts."""
    known = Mended()
    return [tuple([known[value] if type(value) is str else as_text(value) for value in row]) for row in rows]
