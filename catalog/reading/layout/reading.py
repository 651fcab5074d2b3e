"""One sheet: its tables, and the items of each with groups and parts above them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from catalog.reading.grid import Message
from catalog.reading.layout.composed import composed_columns, take_apart
from catalog.reading.layout.counting import Claim, claims_in
from catalog.reading.layout.filling import Filler, blank_cells_worth_saying, must_be_filled
from catalog.reading.layout.finder import HeaderFinder
from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.mains import Mains
from catalog.reading.layout.numbered import Numbers
from catalog.reading.layout.ours import is_ours
from catalog.reading.layout.partcolumns import join_parts
from catalog.reading.layout.remarks import header_messages
from catalog.reading.layout.rowcells import RowCells
from catalog.reading.layout.rowwords import is_repeated
from catalog.reading.layout.shapes import Cell, Column, FoundDay, Ignored, Reason, Row, Table
from catalog.reading.layout.sorting import Sorter, Verdict
from catalog.reading.layout.surroundings import (
    Surroundings,
    days_in,
    document_number_in,
    read_above,
    said_above,
)
from catalog.reading.layout.tables import find_tables
from catalog.reading.layout.view import View
from catalog.reading.layout.wording import DUTY_PART, TITLE_COUNT, WHOLE_COUNT, GroupHeading, part_name

ROLES = ("serial", "main_serial", "name", "main_name", "own_code")


@dataclass
class Reading:
    """Everything read from one sheet."""

    title: str = ""
    document_number: str = ""
    days: list[FoundDay] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)


class SheetReader:
    """Reads one sheet that holds a list; `going_on_from` has read the one before."""

    def __init__(
        self,
        view: View,
        header: Header,
        headings: Headings,
        group_field: str = "",
        part_field: str = "",
        going_on_from: "SheetReader | None" = None,
    ):
        self.view, self.headings = view, headings
        self.first_header = header
        self.group_field, self.part_field = group_field, part_field
        self.reading = Reading()
        self.groups: list[GroupHeading] = []
        self.part = ""
        self.said: dict[str, str] = {}
        if header.is_continued and going_on_from:
            self.groups, self.part = [*going_on_from.groups], going_on_from.part
            self.said = going_on_from.said
        self._groups_above: tuple[str, ...] = ()
        # Columns of the table whose cells hold several things at once.
        self._composed: list[Column] = []

    def read(self) -> Reading:
        """The sheet, table by table."""
        tables = find_tables(self.view, self.first_header, self.headings)
        above_first = 0
        for place, (header, last) in enumerate(tables.headers):
            above = read_above(self.view, above_first, header.top, is_top=place == 0)
            self.said = self.said | said_above(self.view, range(above_first, header.top), self.headings)
            self._begin(above, header, is_first=place == 0)
            self._read_table(header, last, tables.repeats)
            above_first = last
        self._surroundings()
        self._claims_aside()
        return self.reading

    def _begin(self, above: Surroundings, header: Header, *, is_first: bool) -> None:
        reading = self.reading
        reading.ignored += above.ignored
        if is_first:
            reading.title = above.title
        if above.part:
            self.part = part_name(above.part.name)
        elif not is_first and DUTY_PART.search(above.title):
            self.part = part_name(above.title)
        if above.group or not header.is_continued:
            self.groups = [above.group] if above.group else []
        for row, column in above.counts:
            text = self.view.text(row, column)
            scope = "part" if above.part and above.part.printed == text else "list"
            reading.claims += claims_in(
                self.view, row, column, text, scope, self._part_of(scope), len(reading.tables)
            )
        reading.ignored += [
            Ignored(self.view.title, row + 1, "header", self.view.line(row)) for row in header.rows
        ]
        reading.messages += header_messages(self.view, header, self.headings)
        reading.tables.append(
            Table(
                self.view.title,
                tuple(row + 1 for row in header.rows),
                header.as_columns(self.view),
                above.title,
                self.said,
            )
        )

    def _part_of(self, scope: str) -> str:
        return self.part if scope == "part" else ""

    def _read_table(self, header: Header, last: int, repeats: set[int]) -> None:
        first = header.first
        end = last
        roles = {role: header.column_of(self.headings.field_of_role(role)) for role in ROLES}
        falling = frozenset(
            column
            for column, name in header.fields.items()
            if self.headings.columns[name].fills_down and column not in roles.values()
        )
        lines = frozenset(
            column
            for column, name in header.fields.items()
            if self.headings.columns[name].keeps_lines and column not in falling
        )
        last = HeaderFinder(self.view, self.headings).before_another_paper(header, last, repeats)
        verdicts = Sorter(
            self.view, header, first, last, roles, falling, lines, frozenset(repeats)
        ).verdicts()
        verdicts = [
            Verdict(verdict.row, "repeated_header")
            if verdict.row in repeats or is_repeated(self.view, verdict.row, header)
            else verdict
            for verdict in verdicts
        ]
        mains = Mains(self.view, header, self.headings, roles)
        verdicts = mains.told_apart(verdicts)
        items = [verdict.row for verdict in verdicts if verdict.reason is None]
        filler = Filler(self.view, header, self.headings, items)
        self.numbers = Numbers(self.view, self.headings, roles, items)
        self._composed = composed_columns(self.view, header, self.headings, items)
        self._must_be_filled = must_be_filled(header, self.headings)
        for verdict in verdicts:
            self._take(verdict, header, filler, mains)
        self.reading.messages += filler.messages
        if last < end:
            self._leave_out(range(last, end))

    def _leave_out(self, rows: range) -> None:
        """Rows of a table that is no list of items."""
        title = self.view.title
        for row in rows:
            reason: Reason = "other_table" if self.view.own(row) else "blank"
            self.reading.ignored.append(Ignored(title, row + 1, reason, self.view.line(row)))
        column = self.view.own(rows[0])[0][0]
        values = {"seen": self.view.line(rows[0])[:80]}
        self.reading.messages.append(
            Message("warning", "table_left_out", title, self.view.address(rows[0], column), values)
        )

    def _take(self, verdict: Verdict, header: Header, filler: Filler, mains: Mains) -> None:
        row, reading = verdict.row, self.reading
        if verdict.reason is None:
            if is_ours(self.view, row, mains.roles["own_code"]):
                reading.rows.append(self._row_of_ours(row, filler))
                return
            cells = mains.completed(row, filler.cells(row))
            self.numbers.take_out(cells, counts_mains=mains.counts_mains)
            join_parts(self.view, header, row, cells)
            if header.marks:
                cells[header.marks.field] = header.marks.cell(self.view, row)
            if self._must_be_filled:
                reading.messages += blank_cells_worth_saying(self.view, self._must_be_filled, row, cells)
            reading.rows.append(self._row(row, cells, filler.extra(row)))
            if verdict.is_doubtful:
                values = {"text": self.view.line(row)}
                address = self.view.address(row, verdict.column or self.view.own(row)[0][0])
                reading.messages.append(Message("warning", "row_in_doubt", self.view.title, address, values))
            return
        text = self.view.line(row)
        reading.ignored.append(Ignored(self.view.title, row + 1, verdict.reason, text))
        if verdict.reason == "continuation":
            self._continue(row, header)
        elif verdict.reason == "main_item":
            mains.completed(row, filler.cells(row))
        elif verdict.reason in ("part", "group") and verdict.group:
            self._enter(verdict, filler)
        elif verdict.reason in ("total", "declared_count"):
            scope = "list" if verdict.reason == "declared_count" else "total"
            reading.claims += claims_in(
                self.view,
                row,
                verdict.column,
                text,
                scope,
                "",
                len(reading.tables) - 1,
                len(reading.rows),
                tuple(self.groups),
            )
        elif verdict.reason == "serial_only":
            address = self.view.address(row, verdict.column)
            reading.messages.append(Message("note", "serial_only", self.view.title, address, {"text": text}))

    def _enter(self, verdict: Verdict, filler: Filler) -> None:
        """A group or part begins."""
        heading = verdict.group
        assert heading is not None
        filler.break_off()
        if verdict.reason == "group":
            filler.begin_group(verdict.row, verdict.column, heading.name)
        if verdict.reason == "part":
            self.part, self.groups = part_name(heading.name), []
            scope, name = "part", self.part
        else:
            while self.groups and self.groups[-1].rank >= heading.rank:
                self.groups.pop()
            if heading.rank == 0:
                self.groups = []
            self.groups += [heading, *verdict.further]
            scope, name = "group", heading.name
        self.reading.claims += claims_in(
            self.view,
            verdict.row,
            verdict.column,
            f"{heading.claimed}项" if heading.claimed is not None else "",
            scope,
            name,
            len(self.reading.tables) - 1,
            len(self.reading.rows),
            tuple(self.groups),
        )

    def _row_of_ours(self, row: int, filler: Filler) -> Row:
        groups = self._group_names()
        cells, extra = filler.cells_to_the_letter(row), filler.extra(row)
        table = len(self.reading.tables) - 1
        return Row(self.view.title, row + 1, cells, groups, self.part, extra, table, is_ours=True)

    def _row(self, row: int, cells: RowCells, extra: Mapping[str, str]) -> Row:
        take_apart(cells, self._composed)
        groups = self._group_names()
        for name, text in ((self.group_field, groups[-1] if groups else ""), (self.part_field, self.part)):
            if name and text and not cells.text(name):
                cells[name] = Cell(text, text, "", "", self._heading_cell(name))
        return Row(self.view.title, row + 1, cells, groups, self.part, extra, len(self.reading.tables) - 1)

    def _group_names(self) -> tuple[str, ...]:
        """The headings above, from the outermost; one tuple for all rows under them."""
        names = tuple([heading.name for heading in self.groups]) if self.groups else ()
        if names != self._groups_above:
            self._groups_above = names
        return self._groups_above

    def _heading_cell(self, name: str) -> str | None:
        wanted: tuple[str, ...] = ("group",) if name == self.group_field else ("part", "title")
        found = next((one for one in reversed(self.reading.ignored) if one.reason in wanted), None)
        if found is None:
            return None
        own = self.view.own(found.number - 1)
        return self.view.address(found.number - 1, own[0][0]) if own else None

    def _continue(self, row: int, header: Header) -> None:
        """The next line of the item above: its texts go under the item's own."""
        if not self.reading.rows:
            return
        before = self.reading.rows[-1]
        cells = before.cells.with_taken({})
        for column, text in self.view.own(row):
            name = header.field_at(column)
            if name and text not in cells.text(name).split("\n"):
                cell = cells[name]
                joined = f"{cell.text}\n{text}" if cell.text else text
                printed = f"{cell.printed}\n{text}".strip()
                cells[name] = replace(cell, text=joined, value=joined, printed=printed)
        self.reading.rows[-1] = replace(before, cells=cells)

    def _surroundings(self) -> None:
        reading = self.reading
        aside = [one.number - 1 for one in reading.ignored if one.reason not in ("blank", "header", "group")]
        reading.days = days_in(self.view, aside)
        telling = ("document_number", "title", "preface", "attachment", "date", "declared_count")
        reading.document_number = document_number_in(
            self.view, [one.number - 1 for one in reading.ignored if one.reason in telling]
        )
        if not self.part and self.part_field:
            self._part_from_titles()

    def _claims_aside(self) -> None:
        """Counts in titles (…清单（共57项）) and in notes that say what the list counts."""
        for one in self.reading.ignored:
            if one.reason in ("title", "preface", "note", "document_number"):
                counted = WHOLE_COUNT.search(one.text) or (
                    TITLE_COUNT.search(one.text) if one.reason != "note" else None
                )
                if counted:
                    row = one.number - 1
                    column = self.view.own(row)[0][0]
                    self.reading.claims += claims_in(self.view, row, column, counted[0], "list", "", 0)

    def _part_from_titles(self) -> None:
        """Without part headings the table's or the sheet's own title says which part it is."""
        for text in (self.reading.title, self.view.title):
            if DUTY_PART.search(text):
                self.reading.rows = list(self._with_part(part_name(text)))
                return

    def _with_part(self, part: str) -> Iterator[Row]:
        for row in self.reading.rows:
            cells = row.cells
            if not row.is_ours and not row.text(self.part_field):
                cells = cells.with_taken({self.part_field: Cell(part, part)})
            yield replace(row, cells=cells, part=row.part or part)
