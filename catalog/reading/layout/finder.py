"""Finding headers in a sheet: the first, those repeated at page breaks, and those of further tables."""

import re
from collections.abc import Iterator
from itertools import islice

from catalog.reading.layout.assigning import read_header
from catalog.reading.layout.byvalues import find_by_values
from catalog.reading.layout.header import Header, Label
from catalog.reading.layout.headings import MEANT, Headings, is_heading_long
from catalog.reading.layout.partcolumns import find_parts
from catalog.reading.layout.rowwords import is_repeated
from catalog.reading.layout.view import View
from catalog.reading.layout.wording import NOTE, SIGNATURE, TOTAL, is_signed
from catalog.reading.values import find_days, find_document_number, read_serial

# No list begins further down; a sheet of other things is not searched to its end.
LAST_FIRST_HEADER = 200
MOST_ROWS = 3
# A list that counts its items does so from the first to the last.
FEWEST_SERIALS = 3
TRANSLATED = re.compile("[A-Za-z][A-Za-z .,'’/()&-]+")
# One of these at least: ETC and GPS may be names of items.
ENGLISH = re.compile(
    r"(?:no|number|serial|items?|name|title|type|category|department|unit|basis|remarks?|notes?)\.?",
    re.IGNORECASE,
)
SAID = re.compile("[^：:（(]{2,12}[：:].")


class HeaderFinder:
    """Looks for headers in one sheet."""

    def __init__(self, view: View, headings: Headings):
        self.view = view
        self.headings = headings
        self.name_fields = {headings.field_of_role("name"), headings.field_of_role("main_name")} - {None}

    def first(self) -> Header | None:
        """The first row, or rows, that read like a header."""
        for row in range(min(self.view.height, LAST_FIRST_HEADER)):
            header = self.at(row)
            if header:
                return header
        return None

    def likeliest(self) -> int | None:
        """The row most like a header where none is one, to show to the clerk."""
        rows = range(min(self.view.height, LAST_FIRST_HEADER))
        short = {row: [text for _, text in self.view.own(row) if is_heading_long(text)] for row in rows}
        # A title alone in its row is no row of headings, however many words of headings it holds.
        short = {row: texts for row, texts in short.items() if len(texts) >= 2}
        known = {
            row: sum(bool(self.headings.candidates(text)) for text in texts) for row, texts in short.items()
        }
        return max(short, key=lambda row: (known[row], len(short[row])), default=None)

    def further(self, header: Header) -> Iterator[Header]:
        """Headers below the first: repeated at page breaks, or of another table in the same sheet."""
        row = header.first
        known = {text for text in self.view.texts_from(row) if text and self.headings.knows(text)}
        while header.rows and row < self.view.height:
            texts = self.view.texts(row)
            sure = not known.isdisjoint(texts) and sum(text in known for text in texts) >= 2
            found = self.at(row) if sure else None
            if found:
                yield found
                row = found.first - 1
            row += 1

    def before_another_paper(self, header: Header, last: int, repeats: set[int]) -> int:
        """Where a table of other things begins below: 序号 once more, over headings that are not the list's."""
        serial = self.headings.field_of_role("serial")
        column = header.column_of(serial)
        if column is None:
            return last
        rows = range(header.first, last)
        for row, text in zip(rows, self.view.down(column, rows), strict=True):
            # Most are plain figures, which head no column.
            if text.isdecimal() or not self.headings.knows(text):
                continue
            if row in repeats or is_repeated(self.view, row, header):
                continue
            is_serial = any(candidate.field == serial for candidate in self.headings.candidates(text))
            others = {said for _, said in self.view.own(row)} - {text}
            if is_serial and others and all(map(is_heading_long, others)):
                return row
        return self._before_unnumbered(column, rows)

    def _before_unnumbered(self, column: int, rows: range) -> int:
        """Where, below a blank row, other words stand in the column of serials down to the end: 版本, V1.0, V1.1."""
        numbered = (row for row in reversed(rows) if read_serial(self.view.value(row, column)) is not None)
        # From below, for the last one tells where to look, and a few that there are enough.
        last = list(islice(numbered, FEWEST_SERIALS))
        if len(last) < FEWEST_SERIALS:
            return rows.stop
        below = range(last[0] + 1, rows.stop)
        blank = next((row for row in below if not self.view.own(row)), rows.stop)
        wide = [row for row in range(blank, rows.stop) if self._is_of_a_table(row, column)]
        if len(wide) < 2:
            return rows.stop
        return wide[0] - 1 if len(self.view.own(wide[0] - 1)) == 1 else wide[0]

    def _is_of_a_table(self, row: int, column: int) -> bool:
        text = self.view.text(row, column)
        texts = {text for _, text in self.view.own(row)}
        is_aside = any(pattern.match(text) for pattern in (NOTE, SIGNATURE, TOTAL))
        return len(texts) > 1 and text != "" and not is_aside and not all(map(is_signed, texts))

    def at(self, row: int) -> Header | None:
        """The header that begins in this row, if one does."""
        own = self.view.own(row)
        is_ours = self._is_ours(own)
        if not is_ours and not _may_be_headings(own):
            return None
        rows = [row]
        header = self._header(rows)
        while len(rows) < MOST_ROWS and self._is_lower_half(rows[-1] + 1, rows):
            rows.append(rows[-1] + 1)
            longer = self._header(rows)
            header = longer if len(longer.fields) >= len(header.fields) else header
        if not self._is_header(header):
            return None
        if self._is_translation(header.first):
            header.rows, header.first = (*header.rows, header.first), header.first + 1
        if not is_ours:
            find_by_values(self.view, self.headings, header)
            find_parts(header, self.headings)
        return header

    def _is_translation(self, row: int) -> bool:
        """No., Item, Type below the headings say them once more."""
        texts = [text for _, text in self.view.own(row)]
        are_english = len(texts) > 1 and all(TRANSLATED.fullmatch(text) for text in texts)
        return are_english and any(map(ENGLISH.fullmatch, texts))

    def _is_ours(self, own: list[tuple[int, str]]) -> bool:
        """A row with the heading of our code is one of ours, however long the other headings are."""
        texts = [text for _, text in own if self.headings.knows(text)]
        fields = {candidate.field for text in texts for candidate in self.headings.candidates(text)}
        code = self.headings.field_of_role("own_code")
        return code in fields and bool(fields & self.name_fields)

    def _is_header(self, header: Header) -> bool:
        if any(read_serial(label.upper) is not None for label in header.labels):
            return False
        sure = sum(
            column not in header.guessed or header.guessed[column].quality < MEANT for column in header.fields
        )
        has_name = bool(self.name_fields & set(header.fields.values()))
        if has_name and sure == 1:
            # Hardly a word as the table has it, but nearly every column can be understood.
            return len(header.fields) >= 4 and len(header.fields) * 4 >= len(header.labels) * 3
        return sure >= 2 and (has_name or (sure >= 3 and header.tells_of(self.headings) > 0))

    def _header(self, rows: list[int]) -> Header:
        return read_header(tuple(rows), rows[-1] + 1, self._labels(rows), self.headings)

    def _labels(self, rows: list[int]) -> tuple[Label, ...]:
        labels: list[Label] = []
        for column in range(self.view.width):
            labels.append(self._label(rows, column, labels[-1] if labels else None))
        return tuple(label for label in labels if label.printed)

    def _label(self, rows: list[int], column: int, left: Label | None) -> Label:
        """The texts over a column, each once; those of wide headings are shared with the column to the left."""
        texts: list[str] = []
        own: list[int] = []
        upper, is_continued = self._heading_at(rows[0], column)
        if left and len(left.texts) > 1 and upper in ("", left.upper) and self._below(rows, column):
            # Without merges (csv) a wide heading stands over the first of its columns only, or over each.
            upper, is_continued = left.upper, True
        for row in rows:
            text, is_shared = (upper, is_continued) if row == rows[0] else self._heading_at(row, column)
            if text and text not in texts:
                texts.append(text)
                own += [] if is_shared else [row]
        return Label(column, tuple(texts), own[0] if own else rows[0], is_continued)

    def _heading_at(self, row: int, column: int) -> tuple[str, bool]:
        """The heading over a cell, and whether it belongs to a wide block that began further left."""
        merge = self.view.merge_at(row, column)
        if merge is None:
            return self.view.text(row, column), False
        return self.view.text(merge.top, merge.left), merge.left < column

    def _below(self, rows: list[int], column: int) -> bool:
        upper = self.view.text(rows[0], column)
        return any(self.view.text(row, column) not in ("", upper) for row in rows[1:])

    def _is_lower_half(self, lower: int, above: list[int]) -> bool:
        """Whether the row is the lower part of a header: it holds text only under wide or blank headings."""
        own = self.view.own(lower)
        if not own or any(read_serial(text) is not None or len(text) > 30 for _, text in own):
            return False
        # A third row says 法定 and 承诺, or （工作日）; anything else there is the first item.
        if len(above) > 1 and not all(self._is_heading(above[-1], *cell) for cell in own):
            return False
        wide = False
        for column, text in own:
            verdict = self._stands_under(lower, column, text, above[-1])
            if verdict is None:
                return False
            wide = wide or verdict
        return wide

    def _is_heading(self, upper: int, column: int, text: str) -> bool:
        over, _ = self._heading_at(upper, column)
        return (
            text == over
            or text[0] in "（("
            or any(
                candidate.quality < MEANT
                for said in (text, over + text)
                for candidate in self.headings.candidates(said)
            )
        )

    def _stands_under(self, lower: int, column: int, text: str, upper: int) -> bool | None:
        """True under a wide heading, False under a blank or the same one, None where it can be no heading."""
        merge = self.view.merge_at(upper, column)
        if merge and merge.bottom > upper:
            return None
        over, is_shared = self._heading_at(upper, column)
        if text == over:
            # Unmerged by repeating: 序号 over 序号.
            return False
        begins = bool(over) and not is_shared
        right = self.view.text(upper, column + 1)
        if begins and (
            (merge is not None and merge.right > merge.left)
            or over in (self.view.text(upper, column - 1), right)
            or (not right and bool(self.view.text(lower, column + 1)))
        ):
            return True
        return False if not self.view.text(upper, column) and column > 0 else None


def _may_be_headings(own: list[tuple[int, str]]) -> bool:
    if len({text for _, text in own}) < 2 or not all(is_heading_long(text) for _, text in own):
        return False
    # 委托机关：县水务局 and 受委托机关：石桥镇 beside each other say it of every row.
    if all(SAID.match(text) for _, text in own):
        return False
    # Document number and date in two cells, as wide as the table, are no upper half of a header.
    return not any(find_document_number(text) or find_days(text) for _, text in own)
