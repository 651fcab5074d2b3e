"""Telling items from everything else that stands in a list: one verdict for each row."""

from collections import Counter
from functools import cached_property
from typing import NamedTuple

from catalog.reading.layout.header import Header
from catalog.reading.layout.ours import is_example, is_ours
from catalog.reading.layout.rowwords import LONGEST_GROUP, is_column_numbers, is_part, labelled
from catalog.reading.layout.serialcolumn import SerialColumn
from catalog.reading.layout.shapes import Reason
from catalog.reading.layout.view import View, as_printed
from catalog.reading.layout.wording import (
    ATTACHMENT,
    BRACKETED_COUNT,
    BRACKETED_REMARK,
    COUNT_LINE,
    COUNT_ONLY,
    LIST_WORD,
    NOTE,
    NOTHING_BELOW,
    NUMBERED_NOTE,
    PAGE_MARK,
    SIGNATURE,
    TOTAL,
    GroupHeading,
    body_in_title,
    counts_in,
    is_signed,
    read_group,
)
from catalog.reading.values import Serial, find_days, find_document_numbers

# Every word for a sum begins with one of these.
BEGINS_A_TOTAL = frozenset("小合总共累本部全")


class Verdict(NamedTuple):
    """What a row is: an item where `reason` is empty; `further` are headings in the same row as `group`."""

    row: int
    reason: Reason | None = None
    column: int = 0
    group: GroupHeading | None = None
    is_doubtful: bool = False
    further: tuple[GroupHeading, ...] = ()


class Sorter:
    """Sorts the rows under one header."""

    def __init__(
        self,
        view: View,
        header: Header,
        first: int,
        last: int,
        roles: dict[str, int | None],
        heading_columns: frozenset[int] = frozenset(),
        line_columns: frozenset[int] = frozenset(),
        header_rows: frozenset[int] = frozenset(),
    ):
        self.view, self.header, self.first, self.last = view, header, first, last
        self.serial, self.name, self.main_name = roles["serial"], roles["name"], roles["main_name"]
        self.main_serial, self.code = roles["main_serial"], roles["own_code"]
        self.heading_columns, self.header_rows = heading_columns, header_rows
        self.line_columns = line_columns
        self._totalled = [column for column in (self.serial, self.name, self.main_name) if column is not None]
        self.in_notes = False
        # Whether the row above is a numbered item, or goes on with one.
        self._is_of_item = False
        self.highest = self._last = 0
        self.serials = SerialColumn(view, self.serial, range(first, last))

    def verdicts(self) -> list[Verdict]:
        """A verdict for every row of the table, in order."""
        found = []
        for row in range(self.first, self.last):
            verdict = self._verdict(row)
            serial = self._serial(row)
            if verdict.reason is None:
                self.in_notes = False
                self._last = serial.number if serial else self._last + 1
                self.highest = max(self.highest, serial.number if serial else 0)
            elif verdict.reason == "note":
                self.in_notes = True
            elif verdict.reason in ("part", "group"):
                self.in_notes = False
            if verdict.reason != "continuation":
                self._is_of_item = verdict.reason is None and serial is not None
            found.append(verdict)
        return found

    def _serial(self, row: int) -> Serial | None:
        return self.serials.of.get(row)

    def _is_plainly_an_item(self, row: int) -> bool:
        """A running number with two other texts beside it, none of which is a word for a sum or an example.

        Most rows of a list are such, and nothing further is asked of them.
        """
        texts = self.view.texts(row)
        if row not in self.serials.of or len(texts) - texts.count("") < 3 or max(map(len, texts)) <= 4:
            return False
        first = texts[0] or next(text for text in texts if text)
        if is_example(first) or _is_word_for_a_sum(first):
            return False
        return not any(
            [_is_word_for_a_sum(texts[column]) for column in self._totalled if column < len(texts)]
        )

    def _verdict(self, row: int) -> Verdict:
        if self._is_plainly_an_item(row):
            return Verdict(row)
        own = self.view.own(row)
        if not own:
            return Verdict(row, "blank")
        texts = list(dict.fromkeys(text for _, text in own))
        column, text = own[0]
        if is_ours(self.view, row, self.code):
            return Verdict(row)
        if is_example(text) and len(own) > 1:
            return Verdict(row, "example", column)
        if self._is_total(own):
            return Verdict(row, "total", column)
        if is_column_numbers(own):
            return Verdict(row, "column_numbers", column)
        if all(PAGE_MARK.fullmatch(said) for said in texts) or self._is_signed_off(row, texts):
            return Verdict(row, "note", column)
        serial = self._serial(row)
        if serial is not None:
            return self._with_serial(row, own, serial)
        if self._is_continuation(row, own):
            return Verdict(row, "continuation", column)
        if len(texts) == 1:
            return self._single(row, column, text)
        return self._several(row, own)

    def _is_total(self, own: list[tuple[int, str]]) -> bool:
        telling = {own[0][0], self.serial, self.name, self.main_name}
        return any(column in telling and TOTAL.match(text) and len(text) <= 60 for column, text in own)

    def _is_signed_off(self, row: int, texts: list[str]) -> bool:
        """Who issued the list and when, with nothing but the like to the table's end."""
        if len(texts) > 2 or self._width <= 2 or not all(map(is_signed, texts)):
            return False
        below = (text for later in range(row + 1, self.last) for _, text in self.view.own(later))
        return all(is_signed(text) or NOTE.match(text) or SIGNATURE.match(text) for text in below)

    @cached_property
    def _width(self) -> int:
        """How many cells the rows of the table usually fill."""
        widths = Counter(
            width for row in range(self.first, self.last) if (width := len(self.view.own(row))) > 1
        )
        return widths.most_common(1)[0][0] if widths else 0

    def _with_serial(self, row: int, own: list[tuple[int, str]], serial: Serial) -> Verdict:
        others = [(column, text) for column, text in own if column != self.serial]
        if not others:
            covered = any(
                self.view.covered_from_above(row, column)
                for column in (self.name, self.main_name)
                if column is not None
            )
            return Verdict(row) if covered else Verdict(row, "serial_only", own[0][0])
        counted = others[1][1] if len(others) == 2 and COUNT_ONLY.fullmatch(others[1][1]) else ""
        if (len(others) == 1 or counted) and len(others[0][1]) <= LONGEST_GROUP:
            column, text = others[0]
            text += f"（{counted.strip('（）()')}）" if counted else ""
            if serial.style != "figures" and (
                self.serials.han_are_headings or (self.serials.figures_rule and self._item_follows(row))
            ):
                printed = next(said for place, said in own if place == self.serial).rstrip("、.．")
                heading = read_group(printed + ("" if printed.endswith(("）", ")")) else "、") + text)
                reason: Reason = "part" if is_part(heading) else "group"
                return Verdict(row, reason, column, heading)
            if self.in_notes and self.serials.usual_fullness > 2 and 0 < serial.number <= self.highest:
                return Verdict(row, "note", column)
        return Verdict(row)

    def _is_continuation(self, row: int, own: list[tuple[int, str]]) -> bool:
        """Serial and name go on from above: the same item's next line, of which only long texts have several."""
        anchors = [column for column in (self.serial, self.name) if column is not None]
        if len(anchors) < 2:
            return False
        if all(self.view.covered_from_above(row, column) for column in anchors):
            return True
        # Without merges (csv) nothing but lines of such texts stands in the row, under a numbered item.
        goes_on = self._is_of_item and all(column in self.line_columns for column, _ in own)
        return goes_on and not any(
            self.view.spans(row, column) > 1 or NOTE.match(text) or SIGNATURE.match(text)
            for column, text in own
        )

    def _single(self, row: int, column: int, text: str) -> Verdict:
        """A row that says one thing only."""
        if labels := self._labels(row, [column]):
            return labels
        printed = as_printed(self.view.value(row, column))
        heading = read_group(printed)
        wide = self.view.spans(row, column) > 1 or len(self.view.own(row)) > 1
        outside = column in (self.serial, self.main_serial) or column not in self.header.fields
        if is_part(heading) and (wide or outside or heading.rank):
            return Verdict(row, "part", column, heading)
        if NOTE.match(text) or SIGNATURE.match(text) or NOTHING_BELOW.fullmatch(text):
            return Verdict(row, "note", column)
        if ATTACHMENT.match(text):
            return Verdict(row, "attachment", column)
        if BRACKETED_COUNT.fullmatch(text) or COUNT_LINE.match(text):
            return Verdict(row, "declared_count", column)
        if BRACKETED_REMARK.fullmatch(text) and self._serial(row) is None:
            return Verdict(row, "note", column)
        if self._is_group(row, column, heading, wide or outside):
            return Verdict(row, "group", column, heading)
        if self.in_notes and (NUMBERED_NOTE.match(text) or wide or outside):
            return Verdict(row, "note", column)
        if (
            not wide
            and not outside
            and column in (self.name, self.main_name)
            and not (heading.rank and self.serials.are_used)
        ):
            if self._is_left_uncounted(row) and heading.name and not NOTE.match(text):
                return Verdict(row, "group", column, heading)
            return Verdict(row, is_doubtful=self.serials.are_used)
        return self._remark(row, column, text, wide or outside)

    def _labels(self, row: int, columns: list[int]) -> Verdict | None:
        """Several labels in a row above an item, each of which is a heading."""
        labels = labelled([as_printed(self.view.value(row, column)) for column in columns])
        if not labels or not self._item_follows(row):
            return None
        return Verdict(row, "group", columns[0], labels[0], further=labels[1:])

    def _remark(self, row: int, column: int, text: str, aside: bool) -> Verdict:
        if not aside:
            return Verdict(row)
        if find_document_numbers(text) and len(text) <= LONGEST_GROUP:
            return Verdict(row, "document_number", column)
        if len(text) <= LONGEST_GROUP and find_days(text):
            return Verdict(row, "date", column)
        if LIST_WORD.search(text):
            body = body_in_title(text)
            if body and self._item_follows(row):
                return Verdict(row, "group", column, GroupHeading(body, 0, None, text))
            return Verdict(row, "title", column)
        return Verdict(row, "note", column)

    def _is_group(self, row: int, column: int, heading: GroupHeading, aside: bool) -> bool:
        if (
            not heading.name
            or len(heading.name) > LONGEST_GROUP
            or "。" in heading.name
            or LIST_WORD.search(heading.name)
        ):
            return False
        if self.in_notes and not (heading.rank in (1, 2) and self._item_follows(row)):
            return False
        if heading.claimed is not None and (
            aside or heading.rank or column not in (self.name, self.main_name)
        ):
            return True
        if column in self.heading_columns and self.serials.are_used and self._stands_over_blanks(row, column):
            return True
        if heading.rank in (1, 2):
            return aside or self.serials.are_used
        if not aside or find_days(heading.printed) or find_document_numbers(heading.printed):
            return False
        return self._item_follows(row)

    def _is_left_uncounted(self, row: int) -> bool:
        """The items above and below count on as if the row were not there: it is none of them."""
        if self.main_name is not None:
            # A serial may count main items alone, and a row without one is a sub item.
            return False
        if self.name is not None and self.view.is_set_in(row, self.name):
            return False
        below = self._serial(row + 1)
        return below is not None and below.number in (1, self._last + 1) and below.style == "figures"

    def _stands_over_blanks(self, row: int, column: int) -> bool:
        """A department alone in its column, over items that leave the column blank."""
        return self._item_follows(row) and not self.view.text(row + 1, column)

    def _item_follows(self, row: int) -> bool:
        """The next row with text is an item, or another heading right above one."""
        for later in range(row + 1, min(row + 5, self.last)):
            own = self.view.own(later)
            if own and later not in self.header_rows:
                serial = self._serial(later)
                if (
                    len(own) >= 2
                    and (serial is not None or not self.serials.are_used)
                    and not self._is_total(own)
                ):
                    return True
                if len({text for _, text in own}) > 1:
                    return False
        return False

    def _several(self, row: int, own: list[tuple[int, str]]) -> Verdict:
        """Two texts or more and no serial."""
        column, text = own[0]
        if labels := self._labels(row, [place for place, _ in own]):
            return labels
        first_is_aside = column == self.serial or column not in self.header.fields
        signed = sum(SIGNATURE.match(said) is not None for _, said in own)
        if signed == len(own):
            return Verdict(row, "note", column)
        if (len(own) <= 3 or signed > 1) and SIGNATURE.match(text) and (first_is_aside or self.in_notes):
            return Verdict(row, "note", column)
        if NOTE.match(text) and first_is_aside and len(own) <= 2:
            return Verdict(row, "note", column)
        if len(own) == 2 and counts_in(own[1][1]) and COUNT_ONLY.fullmatch(own[1][1]) and first_is_aside:
            return Verdict(row, "group", column, read_group(f"{text}（{own[1][1].strip('（）()')}）"))
        return Verdict(row)


def _is_word_for_a_sum(text: str) -> bool:
    return text[:1] in BEGINS_A_TOTAL and TOTAL.match(text) is not None
