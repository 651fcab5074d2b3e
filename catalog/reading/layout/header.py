"""The header of a table, over one row or up to three: its labels, and the field of each column."""

from dataclasses import dataclass, field
from functools import cached_property

from catalog.reading.grid import column_letters
from catalog.reading.layout.headings import Candidate, Headings
from catalog.reading.layout.shapes import Cell, Doubt, TableColumn
from catalog.reading.layout.view import View
from catalog.reading.layout.wording import OF_OTHER_PAPERS, OF_SUCH_LISTS
from catalog.reading.words import fold

# What a clerk sees of a column to recognise it by.
ROWS_LOOKED_AT, VALUES_SHOWN, LONGEST_VALUE = 40, 3, 40

# Titles and numbers stand in the few lines right above a header.
LINES_ABOVE = 8


@dataclass(frozen=True)
class Label:
    """What stands above a column: one heading, or wide ones over narrow ones, from the top down."""

    column: int
    texts: tuple[str, ...]
    row: int = 0
    is_continued: bool = False

    @property
    def upper(self) -> str:
        """The topmost heading, which may be wider than the column."""
        return self.texts[0] if self.texts else ""

    @property
    def lower(self) -> str:
        """What stands below the topmost heading."""
        return "".join(self.texts[1:])

    @property
    def printed(self) -> str:
        """The heading as a clerk would say it."""
        return "".join(self.texts)

    @property
    def is_own(self) -> bool:
        """The column has words of its own, not only a share of a wide heading."""
        return len(self.texts) > 1 or not self.is_continued

    @property
    def variants(self) -> tuple[str, ...]:
        """The texts to look up, most telling first; a wide heading alone only means its first column."""
        if len(self.texts) == 1:
            return self.texts if not self.is_continued else ()
        endings = ["".join(self.texts[start:]) for start in range(len(self.texts))]
        # 办理时限 over 承诺 over （工作日）: the lowest line may say no more than the unit.
        beginnings = ["".join(self.texts[:end]) for end in range(len(self.texts) - 1, 1, -1)]
        inner = [*endings, *beginnings, *self.texts[1:-1]]
        return tuple(dict.fromkeys(inner if self.is_continued else [*inner, self.upper]))


@dataclass(frozen=True)
class Marks:
    """Columns named after bodies or kinds, by place, in which `mark` says that it is meant in the field."""

    field: str
    mark: str
    named: dict[int, str]

    def cell(self, view: View, row: int) -> Cell:
        """The bodies under whose names the row has the mark."""
        places = [column for column in self.named if view.text(row, column) == self.mark]
        text = "、".join(self.named[column] for column in places)
        address = View.address(row, min(places or self.named))
        return Cell(text, text, self.mark if places else "", address)


@dataclass
class Header:
    """A header: its rows, and the field of each column; `first` is the row below it.

    `also` names fields read from another's column, where the list has none for them; `marks` are columns that
    say one field together; `parts` are columns that say the rest of a field that has one of its own;
    `is_continued` where the header stands on the sheet before.
    """

    rows: tuple[int, ...]
    labels: tuple[Label, ...]
    first: int
    fields: dict[int, str] = field(default_factory=dict)
    also: dict[str, str] = field(default_factory=dict)
    guessed: dict[int, Candidate] = field(default_factory=dict)
    rivals: list[tuple[int, int]] = field(default_factory=list)
    left_out: frozenset[int] = frozenset()
    by_hand: frozenset[int] = frozenset()
    marks: Marks | None = None
    parts: dict[int, str] = field(default_factory=dict)
    is_continued: bool = False

    @property
    def top(self) -> int:
        """Where the lines above the table end."""
        return self.rows[0] if self.rows else self.first

    def column_of(self, name: str | None) -> int | None:
        """The column a field was found in."""
        return (
            next((column for column, taken in self.fields.items() if taken == name), None) if name else None
        )

    def field_at(self, column: int) -> str | None:
        """The field a column was taken for, by itself or with others."""
        is_marked = self.marks is not None and column in self.marks.named
        if self.marks and is_marked:
            return self.marks.field
        return self.fields.get(column) or self.parts.get(column)

    def has_heading(self, key: str) -> bool:
        """Whether a column goes by this heading or letter."""
        return any(
            fold(key) in (fold(label.printed), fold(label.upper), fold(label.lower))
            or key.upper() == column_letters(label.column)
            for label in self.labels
        )

    def is_of_another_paper(self, view: View, headings: Headings) -> bool:
        """More columns speak of money, people or goods than of anything that only such a list has."""
        above = "".join(view.line(row) for row in range(max(0, self.top - LINES_ABOVE), self.top))
        if self.by_hand or OF_SUCH_LISTS.search(fold(above)):
            return False
        strange = sum(
            bool(OF_OTHER_PAPERS.search(fold(label.printed)))
            for label in self.labels
            if label.is_own and (label.column not in self.fields or label.column in self.guessed)
        )
        few = strange < 2 and strange * 2 < len(self.labels)
        return strange > self.tells_of(headings) and not (few and self.is_named(headings))

    def is_named(self, headings: Headings) -> bool:
        """A column surely names items."""
        named = [self.column_of(headings.field_of_role(role)) for role in ("name", "main_name")]
        return any(column is not None and column not in self.guessed for column in named)

    def tells_of(self, headings: Headings) -> int:
        """How many columns only such lists have."""
        found = [headings.columns[name] for name in self.fields.values()]
        return sum(not column.role and not column.is_common for column in found)

    def repeats(self, other: "Header") -> bool:
        """The same columns with the same meanings; how a page break words or merges them does not matter."""
        words, others = self._words(), other._words()
        unread = {column for column in words.keys() | others.keys() if column not in self.fields}
        same_unread = all(words.get(column) == others.get(column) for column in unread)
        return words == others or (self.fields == other.fields and same_unread)

    def _words(self) -> dict[int, str]:
        return {label.column: fold(label.printed) for label in self.labels if label.is_own}

    @cached_property
    def words_above(self) -> dict[int, str]:
        """The topmost heading of each column, for comparing."""
        return {label.column: fold(label.upper) for label in self.labels if label.upper}

    def as_columns(self, view: View) -> tuple[TableColumn, ...]:
        """The columns for the clerk to look at."""
        return tuple(
            TableColumn(
                column_letters(label.column),
                label.printed,
                self.field_at(label.column),
                View.address(label.row, label.column),
                label.column in self.guessed,
                first_values(view, self.first, label.column),
                self._doubt(label.column),
                label.column in self.by_hand,
                label.column in self.left_out,
            )
            for label in self.labels
            if label.is_own or label.column in self.fields
        )

    def _doubt(self, column: int) -> Doubt:
        """Why a clerk should look at the column."""
        if column in self.by_hand:
            return ""
        if any(column == rival for rival, _ in self.rivals):
            return "rival"
        if column in self.guessed or column in self.parts or (self.marks and column in self.marks.named):
            return "guess"
        return "" if column in self.fields else "unknown"


def first_values(view: View, first: int, column: int) -> tuple[str, ...]:
    """The first texts of a column from a row on, for the clerk to recognise it by."""
    rows = range(first, min(view.height, first + ROWS_LOOKED_AT))
    texts = dict.fromkeys(text for row in rows if (text := view.text(row, column)))
    return tuple(text[:LONGEST_VALUE] for text in list(texts)[:VALUES_SHOWN])
