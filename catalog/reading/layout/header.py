"""Finding the header of a table, over one row or two, and what each column of it means."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from catalog.reading.grid import column_letters
from catalog.reading.layout.headings import CONTAINED, Candidate, Headings, is_heading_long
from catalog.reading.layout.shapes import TableColumn
from catalog.reading.layout.view import View
from catalog.reading.values import find_days, find_document_number, read_serial
from catalog.reading.words import fold

# No list begins further down; a sheet of other things is not searched to its end.
LAST_FIRST_HEADER = 200
SERIALS_LOOKED_AT = 40


@dataclass(frozen=True)
class Label:
    """What stands above a column: one heading, or a wide one over a narrow one."""

    column: int
    upper: str
    lower: str = ""
    row: int = 0
    is_continued: bool = False

    @property
    def printed(self) -> str:
        """The heading as a clerk would say it."""
        return f"{self.upper}{self.lower}"

    @property
    def variants(self) -> tuple[str, ...]:
        """The texts to look up, most telling first; a wide heading alone only means its first column."""
        if not self.lower:
            return (self.upper,) if not self.is_continued else ()
        return (self.printed, self.lower) + (() if self.is_continued else (self.upper,))


@dataclass
class Header:
    """A header: its rows, and the field of each column."""

    rows: tuple[int, ...]
    labels: tuple[Label, ...]
    fields: dict[int, str] = field(default_factory=dict)
    guessed: dict[int, Candidate] = field(default_factory=dict)
    rivals: list[tuple[int, int]] = field(default_factory=list)
    left_out: frozenset[int] = frozenset()

    def column_of(self, name: str | None) -> int | None:
        """The column a field was found in."""
        return (
            next((column for column, taken in self.fields.items() if taken == name), None) if name else None
        )

    def has_heading(self, key: str) -> bool:
        """Whether a column goes by this heading or letter."""
        return any(
            fold(key) in (fold(label.printed), fold(label.upper), fold(label.lower))
            or key.upper() == column_letters(label.column)
            for label in self.labels
        )

    @property
    def key(self) -> tuple[tuple[int, str], ...]:
        """What makes two headers the same."""
        return tuple((label.column, fold(label.printed)) for label in self.labels)

    def as_columns(self) -> tuple[TableColumn, ...]:
        """The columns for the clerk to look at."""
        return tuple(
            TableColumn(
                column_letters(label.column),
                label.printed,
                self.fields.get(label.column),
                View.address(label.row, label.column),
                label.column in self.guessed,
            )
            for label in self.labels
            if label.lower or not label.is_continued or label.column in self.fields
        )


class HeaderFinder:
    """Looks for headers in one sheet."""

    def __init__(self, view: View, headings: Headings):
        self.view = view
        self.headings = headings
        self.name_fields = {headings.field_of_role("name"), headings.field_of_role("main_name")} - {None}
        self.serial_field = headings.field_of_role("serial")

    def first(self) -> Header | None:
        """The first row, or pair of rows, that reads like a header."""
        for row in range(min(self.view.height, LAST_FIRST_HEADER)):
            header = self.at(row)
            if header:
                return header
        return None

    def likeliest(self) -> int | None:
        """The row most like a header where none is one, to show to the clerk."""
        rows = range(min(self.view.height, LAST_FIRST_HEADER))
        short = {row: [text for _, text in self.view.own(row) if is_heading_long(text)] for row in rows}
        known = {
            row: sum(bool(self.headings.candidates(text)) for text in texts) for row, texts in short.items()
        }
        best = max(rows, key=lambda row: (known[row], len(short[row])), default=None)
        return best if best is not None and len(short[best]) >= 2 else None

    def further(self, header: Header) -> Iterator[Header]:
        """Headers below the first: repeated at page breaks, or of another table in the same sheet."""
        row = max(header.rows) + 1
        while row < self.view.height:
            own = self.view.own(row)
            sure = len(own) >= 2 and sum(self.headings.knows(text) for _, text in own) >= 2
            found = self.at(row) if sure else None
            if found:
                yield found
                row = max(found.rows)
            row += 1

    def at(self, row: int) -> Header | None:
        """The header that begins in this row, if one does."""
        own = self.view.own(row)
        if len({text for _, text in own}) < 2 or not all(is_heading_long(text) for _, text in own):
            return None
        # Document number and date in two cells, as wide as the table, are no upper half of a header.
        if any(find_document_number(text) or find_days(text) for _, text in own):
            return None
        single = self._header((row,), self._labels(row))
        double = None
        if self._is_lower_half(row + 1, row):
            double = self._header((row, row + 1), self._labels(row, row + 1))
        header = double if double and len(double.fields) >= len(single.fields) else single
        if not self._is_header(header):
            return None
        self._find_bare_serials(header)
        self._find_bare_mains(header)
        return header

    def _find_bare_serials(self, header: Header) -> None:
        """A column of running numbers under a blank heading, left of the names, holds the serials."""
        name = next((header.column_of(field) for field in self.name_fields if header.column_of(field)), None)
        if self.serial_field is None or name is None or header.column_of(self.serial_field) is not None:
            return
        labelled = {label.column for label in header.labels}
        first = max(header.rows) + 1
        for column in set(range(name)) - labelled:
            texts = [self.view.text(row, column) for row in range(first, first + SERIALS_LOOKED_AT)]
            filled = [text for text in texts if text]
            if (
                len(filled) > 1
                and sum(read_serial(text) is not None for text in filled) * 3 > len(filled) * 2
            ):
                header.fields[column] = self.serial_field
                return

    def _find_bare_mains(self, header: Header) -> None:
        """事项名称 merged over two columns that both hold text: main items left, sub items right."""
        name, main = self.headings.field_of_role("name"), self.headings.field_of_role("main_name")
        column = header.column_of(name)
        if not name or not main or column is None or header.column_of(main) is not None:
            return
        under = {label.column for label in header.labels if label.is_continued and not label.lower}
        first = max(header.rows) + 1
        rows = range(first, first + SERIALS_LOOKED_AT)
        if column + 1 in under - set(header.fields) and any(self.view.text(row, column + 1) for row in rows):
            header.fields[column], header.fields[column + 1] = main, name

    def _is_header(self, header: Header) -> bool:
        if any(read_serial(label.upper) is not None for label in header.labels):
            return False
        sure = len(header.fields)
        has_name = bool(self.name_fields & set(header.fields.values()))
        return sure >= 2 and (has_name or sure >= 3)

    def _labels(self, row: int, lower: int | None = None) -> tuple[Label, ...]:
        labels: list[Label] = []
        for column in range(self.view.width):
            merge = self.view.merge_at(row, column)
            upper, is_continued = self.view.text(row, column), False
            below = "" if lower is None else self.view.text(lower, column)
            below = "" if below == upper else below
            if merge and merge.left < column:
                upper, is_continued = self.view.text(merge.top, merge.left), True
            elif below and labels and labels[-1].lower and upper == labels[-1].upper:
                is_continued = True
            elif not upper and below and labels and labels[-1].lower:
                # Without merges (csv) a wide heading stands over the first of its columns only.
                upper, is_continued = labels[-1].upper, True
            labels.append(
                Label(column, upper, below, row if upper and not is_continued else lower or row, is_continued)
            )
        return tuple(label for label in labels if label.printed)

    def _is_lower_half(self, lower: int, upper: int) -> bool:
        """Whether the row is the lower half of a header: it holds text only under wide or blank headings."""
        own = self.view.own(lower)
        if not own or any(read_serial(text) is not None or len(text) > 30 for _, text in own):
            return False
        wide = False
        for column, _ in own:
            above, spans = self.view.text(upper, column), self.view.spans(upper, column)
            merge = self.view.merge_at(upper, column)
            if merge and merge.bottom > upper:
                return False
            if self.view.text(lower, column) == above:
                # Unmerged by repeating: 序号 over 序号.
                continue
            continues = not above and column > 0
            opens = bool(above) and (
                spans > 1
                or above in (self.view.text(upper, column - 1), self.view.text(upper, column + 1))
                or (not self.view.text(upper, column + 1) and bool(self.view.text(lower, column + 1)))
            )
            if not (continues or opens):
                return False
            wide = wide or opens
        return wide

    def _header(self, rows: tuple[int, ...], labels: tuple[Label, ...]) -> Header:
        header = Header(rows, labels)
        self._by_hand(header)
        wishes = sorted(
            (
                (candidate.quality, order, candidate.place, label.column, candidate)
                for label in labels
                if label.column not in header.fields and label.column not in header.left_out
                for order, variant in enumerate(label.variants)
                for candidate in self.headings.candidates(variant)
            ),
            key=lambda wish: wish[:4],
        )
        lost: dict[int, int] = {}
        for quality, _, _, column, candidate in wishes:
            holder = header.column_of(candidate.field)
            if column in header.fields:
                continue
            if holder is not None:
                lost.setdefault(column, holder)
                continue
            header.fields[column] = candidate.field
            if quality >= CONTAINED:
                header.guessed[column] = candidate
        header.rivals = [(column, holder) for column, holder in lost.items() if column not in header.fields]
        return header

    def _by_hand(self, header: Header) -> None:
        """What the clerk said comes first."""
        left_out = set()
        for label in header.labels:
            letter = column_letters(label.column)
            said = [self.headings.by_heading.get(fold(text)) for text in (label.printed, *label.variants)]
            known = [fold(text) in self.headings.by_heading for text in (label.printed, *label.variants)]
            if any(known):
                name = said[known.index(True)]
            elif letter in self.headings.by_letter:
                name = self.headings.by_letter[letter]
            else:
                continue
            if name is None:
                left_out.add(label.column)
            elif header.column_of(name) is None:
                header.fields[label.column] = name
        header.left_out = frozenset(left_out)
