"""What a kind of list declares, and what laying out a workbook gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from catalog.reading.grid import Message, Value

Role = Literal["", "serial", "main_serial", "name", "main_name", "code", "own_code"]
Reason = Literal[
    "title",
    "attachment",
    "document_number",
    "date",
    "preface",
    "part",
    "group",
    "main_item",
    "total",
    "declared_count",
    "note",
    "blank",
    "header",
    "repeated_header",
    "column_numbers",
    "continuation",
    "serial_only",
    "example",
    "other_table",
]
Doubt = Literal["", "guess", "rival", "unknown"]
Scope = Literal["list", "part", "group", "block"]
DayMeaning = Literal["published", "made", "effective", "ended", "other"]


@dataclass(frozen=True)
class Column:
    """A column of a kind of list, by every heading clerks give it; the first is the official one.

    `fills_down`: a blank cell may mean "as above". `within`: a field whose change ends that, even inside a
    merged block (an entrustment document never reaches past its department, 行政处罚法 20). `is_counted`: its
    cells may carry ``（5项）``. `keeps_lines`: its line breaks mean something. `labelled`: fields told apart
    inside one cell, as in ``承接部门：… 工作方式：…``. `period`: the two fields of its first and last day.
    `limit_by_law`: the field of the limit by law, where one cell holds that and the promised one.
    `phone_behind`: the field of a phone number printed behind a name, in a list without a column for it.
    `goes_on_in`: headings of further columns, right of its own, that say the rest of it.
    `takes_sheet_title`: without such a column a group heading, the table's title or the sheet's name says it.
    `takes_township`: without such a column a title or a sheet's name that begins with a township says it.
    `takes_marks`: columns named after townships, or what it `recognises`, with marks in them say it together.
    `is_common`: many papers have such a column, so it tells nothing of what kind of paper this is.
    `meaning`: a pattern for headings nobody has listed, asked last.
    `stands_in_for`: the field this one is read as too where a list has no column for that. `recognises`:
    whether a text can stand in this column and hardly in another; with `mistaken_for`, only in one that was
    taken for that field. `role`: what the layout must know it by.
    """

    field: str
    headings: tuple[str, ...]
    is_required: bool = False
    fills_down: bool = False
    within: str = ""
    is_counted: bool = False
    keeps_lines: bool = False
    goes_on_in: tuple[str, ...] = ()
    takes_sheet_title: bool = False
    takes_township: bool = False
    takes_marks: bool = False
    labelled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    period: tuple[str, ...] = ()
    phone_behind: str = ""
    limit_by_law: str = ""
    stands_in_for: str = ""
    meaning: str = ""
    is_common: bool = False
    recognises: Callable[[str], bool] | None = None
    mistaken_for: str = ""
    role: Role = ""

    @property
    def heading(self) -> str:
        """The official heading."""
        return self.headings[0]


@dataclass(slots=True)
class Cell:
    """What stands in one cell, or what it takes from the cell `filled_from`. Never changed once it is made."""

    text: str
    value: Value = None
    printed: str = ""
    address: str = ""
    filled_from: str | None = None


class Cells(Protocol):
    """The cells of a row by field: a mapping that knows the texts without making the cells."""

    def __getitem__(self, name: str) -> Cell: ...

    def __contains__(self, name: object) -> bool: ...

    def get(self, name: str, default: Cell | None = None) -> Cell | None: ...

    def text(self, name: str) -> str: ...

    def printed(self, name: str) -> str: ...

    def with_taken(self, cells: Mapping[str, Cell]) -> "Cells": ...


@dataclass(slots=True)
class Row:
    """One item: its cells by field; `extra` holds columns no field stands for, by their printed heading.

    `is_ours`: it carries the platform's code, so what its cells say is all it says.
    """

    sheet: str
    number: int
    cells: Cells
    groups: tuple[str, ...] = ()
    part: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    table: int = 0
    is_ours: bool = False

    @property
    def group(self) -> str:
        """The innermost group heading above the row."""
        return self.groups[-1] if self.groups else ""

    def text(self, name: str) -> str:
        """The mended text of a field, empty where the list has no such column."""
        return self.cells.text(name)

    def address(self, name: str) -> str:
        """Where a message about a field should point: its cell, else the row's first cell."""
        cell = self.cells.get(name)
        return (cell.address if cell else "") or f"A{self.number}"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that is no item, and why."""

    sheet: str
    number: int
    reason: Reason
    text: str = ""


@dataclass(frozen=True)
class Declared:
    """A count the sheet claims, and the rows found: of the list, a part, a group, or one block."""

    sheet: str
    cell: str
    scope: Scope
    name: str
    unit: str
    claimed: int
    found: int

    @property
    def is_met(self) -> bool:
        """The claim holds."""
        return self.claimed == self.found


@dataclass(frozen=True)
class FoundDay:
    """A day named above or below a table, with the words around it that say what it is."""

    meaning: DayMeaning
    day: date
    text: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class TableColumn:
    """A physical column of a table: its letter, its heading as printed, and the field it was taken for.

    `values` are the first texts under the heading. `doubt`: ``guess`` where the heading was not sure, ``rival``
    where another column took the field it means, ``unknown`` where no field stands for it. `is_told`: a clerk
    said what it is; with `is_left_out`, that it is not taken.
    """

    letter: str
    heading: str
    field: str | None
    cell: str
    is_guess: bool = False
    values: tuple[str, ...] = ()
    doubt: Doubt = ""
    is_told: bool = False
    is_left_out: bool = False


@dataclass(frozen=True)
class Table:
    """A header and the rows under it; a sheet may hold several. `said` is what lines above say of all its rows."""

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[TableColumn, ...]
    title: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """A workbook as labelled rows, with everything else that stood in it.

    `unread` are the sheets as they would stand before a clerk who names columns, where no header was found.
    """

    title: str = ""
    document_number: str = ""
    days: tuple[FoundDay, ...] = ()
    sheets: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    rows: tuple[Row, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    declared: tuple[Declared, ...] = ()
    messages: tuple[Message, ...] = ()
    unread: tuple[Table, ...] = ()

    @property
    def header_rows(self) -> tuple[int, ...]:
        """Row numbers of the first header."""
        return self.tables[0].header_rows if self.tables else ()

    @property
    def columns(self) -> dict[str, str | None]:
        """Printed heading to field, over all tables."""
        return {
            column.heading: column.field
            for table in self.tables
            for column in table.columns
            if column.heading
        }

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        """Headings no field stands for."""
        return tuple(heading for heading, name in self.columns.items() if name is None)

    @property
    def has_errors(self) -> bool:
        """Something stands in the way of using the rows."""
        return any(message.level == "error" for message in self.messages)

    def day(self, meaning: DayMeaning) -> date | None:
        """The one day of a meaning, or None where none or several different ones are named."""
        days = {found.day for found in self.days if found.meaning == meaning}
        return days.pop() if len(days) == 1 else None

    @property
    def published_on(self) -> date | None:
        """The day of publication printed on the sheet."""
        return self.day("published")

    @property
    def made_on(self) -> date | None:
        """The day the list was drawn up, as printed."""
        return self.day("made")

    @property
    def effective_on(self) -> date | None:
        """The day from which the list says it holds."""
        return self.day("effective")
