"""What the two layers of reading hand to each other: sheets, cells, messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal

Value = str | int | float | bool | date | datetime | time | None
Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Message:
    """Something a clerk should know about a cell; its sentence is made from `code` and `values`.

    `cell` is an address as Excel shows it (``G14``), or empty when the whole sheet is meant.
    """

    level: Level
    code: str
    sheet: str = ""
    cell: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


class UnreadableWorkbook(Exception):
    """The file as a whole cannot be read; `message` says why."""

    def __init__(self, code: str, **values: str):
        super().__init__(code)
        self.message = Message("error", code, values=values)


@dataclass(frozen=True)
class Merge:
    """A merged block of cells, rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet as a ragged grid: `rows[r][c]`, counted from 0, without trailing blank rows."""

    title: str
    rows: tuple[tuple[Value, ...], ...]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """Every sheet of a file, in the file's order, and what was noticed on the way."""

    sheets: tuple[Sheet, ...]
    messages: tuple[Message, ...] = ()


@lru_cache(maxsize=256)
def column_letters(column: int) -> str:
    """Excel's name of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Excel's name of the cell at a row and column counted from 0."""
    return f"{column_letters(column)}{row + 1}"
