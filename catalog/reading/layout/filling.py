"""Blank cells that mean "as above": merged blocks, 同上, and blanks where the sheet uses them so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from catalog.reading.grid import Message, column_letters
from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.ours import is_ours
from catalog.reading.layout.rowcells import RowCells, TableCells
from catalog.reading.layout.shapes import Cell, Column
from catalog.reading.layout.view import View, as_printed
from catalog.reading.layout.wording import SAME_AS_ABOVE
from catalog.reading.words import fold

LONGEST_SAME = 8
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Origin:
    """The last cell of a column that said something, and what stood beside it in the bounding column."""

    cell: Cell
    bound: str


@dataclass
class Filler:
    """Reads the cells of item rows, top to bottom, and fills what means "as above".

    Only columns in which a cell may mean more than it says are looked at row by row.
    """

    view: View
    header: Header
    headings: Headings
    items: list[int]
    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._above: dict[str, Origin] = {}
        # 同上 and a merged block reach past a heading, where a blank says nothing.
        self._last: dict[str, Origin] = {}
        self._warned: set[tuple[int, int]] = set()
        self.table = TableCells(self.view, self.header, self.headings)
        self.table_to_the_letter = TableCells(self.view, self.header, self.headings, to_the_letter=True)
        code = self.header.column_of(self.headings.field_of_role("own_code"))
        # Where rows carry our code, blanks are blanks: in a row added to a download as well.
        may_fill = code is None or not any(is_ours(self.view, row, code) for row in self.items)
        self._fills: set[str] = set()
        self._watched: set[str] = set()
        for name in self.table_to_the_letter.columns:
            self._look_down(name, may_fill=may_fill)
        labelled = {label.column for label in self.header.labels} | set(self.header.fields)
        self._has_extra = labelled != set(self.header.fields) or not labelled.issuperset(
            range(self.view.width)
        )

    def _look_down(self, name: str, *, may_fill: bool) -> None:
        """Find out whether the cells of a column may mean more than they say."""
        column = self.table.columns[name]
        texts = self.view.down(column, self.items)
        if may_fill and self._blank_means_above(column, name, texts):
            self._fills.add(name)
        is_same_said = any(map(is_same_as_above, set(texts)))
        if name in self._fills or is_same_said or self.view.has_merges(column):
            self._watched.add(name)

    def break_off(self) -> None:
        """A heading ends what blanks may take from above."""
        self._above.clear()

    def begin_group(self, row: int, column: int, text: str) -> None:
        """A heading that stands in a column which fills down names that value for the rows under it."""
        name = self.header.fields.get(column)
        if name and self.headings.columns[name].fills_down and self.view.spans(row, column) == 1:
            self._above[name] = Origin(Cell(text, text, text, self.view.address(row, column)), "")
            self._fills.add(name)
            self._watched.add(name)

    def cells(self, row: int) -> RowCells:
        """The cells of an item row by field."""
        found = RowCells(self.table, row)
        if self._watched:
            for name in self.table_to_the_letter.columns:
                if name in self._watched:
                    self._fill(found, row, name)
            for name, holder in self.header.also.items():
                if found.taken and holder in found.taken:
                    found[name] = found[holder]
        return found

    def cells_to_the_letter(self, row: int) -> RowCells:
        """The cells of a row of ours: 同上 is a text like any other, and a count in brackets is part of it."""
        found = RowCells(self.table_to_the_letter, row)
        for name, column in found.table.columns.items():
            if name not in self._watched:
                continue
            bound = self._bound(found, name)
            if not self.view.text(row, column) and self.view.covered_from_above(row, column):
                cell = self._cell(row, column, self.headings.columns[name], bound)
                if cell is not None:
                    found[name] = cell
            self._above.pop(name, None)
            self._last.pop(name, None)
            self._remember(found, name, bound)
        return found

    def _bound(self, cells: RowCells, name: str) -> str:
        """What stands in the column whose change ends what this one may take from above."""
        return cells.text(cells.table.declared[name].within)

    def _fill(self, cells: RowCells, row: int, name: str) -> None:
        """Read a cell that may mean more than it says."""
        bound = self._bound(cells, name)
        cell = self._cell(row, self.table.columns[name], self.headings.columns[name], bound)
        if cell is not None:
            cells[name] = cell
        self._remember(cells, name, bound)

    def _remember(self, cells: RowCells, name: str, bound: str) -> None:
        cell = cells[name]
        if cell.text:
            self._above[name] = self._last[name] = Origin(cell, bound)

    def extra(self, row: int) -> Mapping[str, str]:
        """What stands in columns no field stands for."""
        if not self._has_extra:
            return NOTHING
        found: dict[str, str] = {}
        for label in self.header.labels:
            if any(
                label.column in known
                for known in (self.header.fields, self.header.left_out, self.header.parts)
            ):
                continue
            text = self.view.text(row, label.column)
            if (
                self.header.marks
                and text == self.header.marks.mark
                and label.column in self.header.marks.named
            ):
                continue
            merge = self.view.merge_at(row, label.column)
            if not text and merge and merge.left == label.column and merge.top >= self.header.first:
                text = self.view.text(merge.top, merge.left)
            if text:
                same = label.printed in found
                found[f"{label.printed}（{column_letters(label.column)}）" if same else label.printed] = text
        labelled = {label.column for label in self.header.labels} | set(self.header.fields)
        for column, text in self.view.own(row):
            if column not in labelled:
                found[f"{column_letters(column)}列"] = text
        return found or NOTHING

    def _cell(self, row: int, column: int, declared: Column, bound: str) -> Cell | None:
        """What a cell takes from elsewhere; None where it says all it means."""
        address = self.view.address(row, column)
        text = self.view.text(row, column)
        if text and not is_same_as_above(text):
            if self.view.has_merges(column):
                self._look_across(row, column)
            return None
        if text:
            return self._as_above(declared, address, text, row, column)
        merge = self.view.merge_at(row, column)
        if merge and merge.left != column:
            return None
        above = self._above.get(declared.field)
        if merge and merge.top < row:
            if merge.top < self.header.first:
                return None
            last = above or self._last.get(declared.field)
            if last and self.view.text(merge.top, merge.left):
                return self._from_block(merge.top, column, declared, address, bound, last)
        if declared.field in self._fills and above and (not declared.within or above.bound == bound):
            return self._taken(above.cell, address)
        return None

    @staticmethod
    def _taken(cell: Cell, address: str) -> Cell:
        return Cell(cell.text, cell.value, "", address, cell.filled_from or cell.address)

    def _as_above(self, declared: Column, address: str, text: str, row: int, column: int) -> Cell:
        above = self._above.get(declared.field) or self._last.get(declared.field)
        if above:
            taken = self._taken(above.cell, address)
            return Cell(taken.text, taken.value, text, address, taken.filled_from)
        values = {"heading": declared.heading, "text": text}
        self.messages.append(Message("warning", "nothing_above", self.view.title, address, values))
        return Cell(text, text, as_printed(self.view.value(row, column)), address)

    def _from_block(
        self, top: int, column: int, declared: Column, address: str, bound: str, above: Origin
    ) -> Cell:
        """A merged block fills its rows, but not past the bound a column declares."""
        if not declared.within or above.bound == bound:
            return self._taken(above.cell, address)
        if (top, column) not in self._warned:
            self._warned.add((top, column))
            values = {
                "heading": declared.heading,
                "text": above.cell.text,
                "from_cell": self.view.address(top, column),
                "belongs_to": above.bound,
                "not_to": bound,
            }
            self.messages.append(
                Message("warning", "block_reaches_too_far", self.view.title, address, values)
            )
        return Cell("", address=address)

    def _look_across(self, row: int, column: int) -> None:
        """A cell merged over several columns is read into the first of them, and the clerk is told."""
        merge = self.view.merge_at(row, column)
        if not merge or merge.right == merge.left or merge.top != row:
            return
        labels = [
            label
            for label in self.header.labels
            if merge.left < label.column <= merge.right and label.column in self.header.fields
        ]
        swallowed = [label.printed for label in labels]
        swallowed_roles = (self.headings.columns[self.header.fields[label.column]].role for label in labels)
        roles = (self.headings.columns[self.header.fields[column]].role, *swallowed_roles)
        if swallowed and roles != ("main_name", "name"):
            values = {"text": self.view.text(row, column), "headings": "、".join(swallowed)}
            self.messages.append(
                Message("warning", "merged_across", self.view.title, self.view.address(row, column), values)
            )

    def _blank_means_above(self, column: int, name: str, texts: Sequence[str]) -> bool:
        """Whether this sheet leaves cells blank for "as above": more of them than it merges or repeats."""
        if not self.headings.columns[name].fills_down or "" not in texts:
            return False
        blanks = merged = repeats = 0
        before, above = "", -1
        for row, text in zip(self.items, texts, strict=True):
            merge = self.view.merge_at(row, column)
            # Under a heading everybody writes the value out again; that is no habit of repeating.
            is_next = row == above + 1
            if text:
                repeats += (
                    is_next
                    and bool(before)
                    and fold(before) == fold(text)
                    and not SAME_AS_ABOVE.fullmatch(text)
                )
            elif merge and merge.top < row and self.view.text(merge.top, merge.left):
                merged += 1
            else:
                blanks += 1
            before, above = text, row
        return blanks > max(merged, repeats)


def is_same_as_above(text: str) -> bool:
    """Whether a cell says no more than 同上."""
    return 0 < len(text) <= LONGEST_SAME and SAME_AS_ABOVE.fullmatch(text) is not None


def blank_cells_worth_saying(
    view: View, declared: Mapping[int, Column], row: int, cells: RowCells
) -> Iterator[Message]:
    """Required cells that stayed blank because the sheet does not show that they mean "as above".

    `declared` are the columns that may, by their places.
    """
    for place, column in declared.items():
        if not cells.text(column.field):
            yield Message(
                "warning",
                "blank_not_filled",
                view.title,
                view.address(row, place),
                {"heading": column.heading},
            )


def must_be_filled(header: Header, headings: Headings) -> dict[int, Column]:
    """The columns, by their places, in which a blank is worth saying where it does not mean "as above"."""
    declared = {place: headings.columns[name] for place, name in header.fields.items()}
    return {place: one for place, one in declared.items() if one.fills_down and one.is_required}
