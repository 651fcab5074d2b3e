"""From the bytes of a file to rows the county can take, each with what was noticed about it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from accounts.models import County, Department

from ..countywords import CountyWords
from ..kinds import ListKind
from ..reading.grid import Level, Message
from ..reading.layout import Cell, Layout, Row, lay_out
from ..reading.words import fold
from ..reading.workbook import read_workbook
from ..resources.base import ListResource
from ..resources.columns import ListField
from .cells import LONGEST, CellReader, Understood
from .parts import part_of_workbook


@dataclass(slots=True)
class TakenRow:
    """One row of the file as the kind's resource understood it.

    `fields` is what a report shows, `values` what an entry stores of the core columns, `details` the rest.
    """

    row: Row
    fields: dict[str, object] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    details: dict[str, object] = field(default_factory=dict)
    refusals: list[Message] = field(default_factory=list)
    reason: str = ""  # why it is left out, where it is

    @property
    def is_refused(self) -> bool:
        """Whether something in the row cannot be taken."""
        return bool(self.refusals)

    @property
    def legal_bases(self) -> Sequence[Mapping[str, object]]:
        """The citations of the row's legal basis."""
        return self.fields.get("legal_bases", ())

    def department(self, words: CountyWords) -> Department | None:
        """The first department the row names, else the one that is its responsible unit."""
        named = self.fields.get("department") or ""
        first = named[0] if isinstance(named, list) else named
        return words.department(str(first)) or words.department(str(self.values.get("responsible_unit", "")))


@dataclass
class Intake:
    """A file as read for one county and kind; nothing is stored yet."""

    kind: ListKind
    county: County
    name: str
    content: bytes
    layout: Layout
    words: CountyWords
    rows: list[TakenRow] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    left_out: list[TakenRow] = field(default_factory=list)
    other_parts: list[Row] = field(default_factory=list)
    only: tuple[str, ...] = ()
    _said: dict[tuple, Message] = field(default_factory=dict)

    def say(self, level: Level, code: str, sheet: str, cell: str, **values: object) -> Message:
        """Add a message; what a merged cell or a group row says of many rows is said once."""
        key = (level, code, sheet, cell, *sorted(values.items()))
        if key not in self._said:
            self._said[key] = Message(level, code, sheet, cell, values)
            self.messages.append(self._said[key])
        return self._said[key]

    @property
    def sha256(self) -> str:
        """The file's digest, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def refused(self) -> list[TakenRow]:
        return [row for row in self.rows if row.is_refused]

    @property
    def has_errors(self) -> bool:
        """Something stands in the way of storing the list."""
        return any(message.level == "error" for message in self.messages)

    def leave_out_refused(self) -> None:
        """Go on without the refused rows: their errors become warnings, and they are reported as left out."""
        reasons = {id(message) for taken in self.refused for message in taken.refusals}
        self.left_out += [replace(taken, reason="refused") for taken in self.refused]
        self.rows = [taken for taken in self.rows if not taken.is_refused]
        self.messages = [
            replace(message, level="warning") if id(message) in reasons else message
            for message in self.messages
        ]
        if not self.rows:
            self.messages.append(Message("error", "no_rows"))

    @property
    def record(self) -> dict[str, object]:
        """What the sheet says of the edition itself: title, document number, days."""
        found = {
            "title": self.layout.title,
            "document_number": self.layout.document_number,
            "made_on": self.layout.day("made"),
            "published_on": self.layout.day("published"),
            "effective_on": self.layout.day("effective"),
        }
        return {name: value for name, value in found.items() if value}


def take_in(
    content: bytes,
    name: str,
    *,
    kind: ListKind,
    county: County,
    only: Sequence[str] = (),
    mapping: Mapping[str, str | None] | None = None,
) -> Intake:
    """Read a file of one kind of list for one county.

    `only` names the departments the file speaks for; rows of others are left out and said so. `mapping` is
    the clerk's word on columns, by heading or letter. Raises `UnreadableWorkbook` where the file cannot be
    read at all.
    """
    workbook = read_workbook(content, name)
    resource = kind.resource()
    layout = lay_out(workbook, resource.columns(), part_field=resource.part_field, mapping=mapping)
    intake = Intake(kind, county, name, content, layout, CountyWords(county), only=tuple(only))
    part = part_of_workbook(layout, resource)
    intake.messages = [*workbook.messages, *(said for said in layout.messages if part.speaks_of(said))]
    reader = CellReader(resource, intake.words)
    for row in layout.rows:
        if row not in part:
            intake.other_parts.append(row)
            continue
        taken = _take(row, reader, intake)
        if _is_outside(taken, intake):
            intake.left_out.append(replace(taken, reason="other_department"))
        else:
            intake.rows.append(taken)
    if not intake.rows and not intake.has_errors:
        intake.messages.append(_no_rows(intake, resource))
    _refuse_doubles(intake, resource)
    return intake


def _no_rows(intake: Intake, resource: ListResource) -> Message:
    if intake.other_parts:
        parts = "、".join(dict.fromkeys(row.part for row in intake.other_parts if row.part))
        return Message("error", "part_missing", values={"part": resource.part, "parts": parts})
    return Message("error", "no_rows")


def _take(row: Row, reader: CellReader, intake: Intake) -> TakenRow:
    """Read every cell of a row through its field; a refused cell refuses the row and is still reported."""
    taken = TakenRow(row)
    headings = reader.of_headings(row)
    for name, column in reader.resource.fields.items():
        cell = row.cells.get(name) or headings.get(name)
        if cell is None:
            continue
        understood = reader.read(name, cell)
        _say(understood, cell, name, column, taken, intake)
        taken.fields[name] = understood.shown
        taken.fields.update(understood.companions)
        _store(understood, name, column, taken)
    _name_department(taken, reader.resource)
    taken.details |= row.extra
    for name, heading in reader.headings_of_other_parts.items():
        if row.text(name):
            taken.details[heading] = row.text(name)
    return taken


def _name_department(taken: TakenRow, resource: ListResource) -> None:
    """The report's `department` is the county department of a row, whatever this kind calls the column."""
    told = [taken.fields.get(name) for name in resource.department_fields]
    department = next((value for value in told if value), "")
    if department and not taken.fields.get("department"):
        taken.fields["department"] = department
        names = department if isinstance(department, list) else [department]
        printed = "、".join(names)
        taken.values["department_name"] = printed if len(printed) <= LONGEST["department_name"] else names[0]


def _say(
    understood: Understood, cell: Cell, name: str, column: ListField, taken: TakenRow, intake: Intake
) -> None:
    """What is said about a cell lands in the intake's messages under the cell's address."""
    sheet, address = taken.row.sheet, cell.filled_from or cell.address
    if not cell.text and column.layout.get("is_required"):
        taken.refusals.append(intake.say("error", "empty_name", sheet, taken.row.address(name)))
    for code, values in understood.remarks:
        intake.say("warning", code, sheet, address, heading=column.column_name, **values)
    for code, values in understood.refusals:
        said = intake.say("error", code, sheet, address, heading=column.column_name, **values)
        taken.refusals.append(said)


def _store(understood: Understood, name: str, column: ListField, taken: TakenRow) -> None:
    if column.attribute and "__" not in column.attribute:
        taken.values[column.attribute] = understood.kept
    elif not column.attribute and understood.value not in ("", None, []):
        taken.details[name] = understood.kept


def _is_outside(taken: TakenRow, intake: Intake) -> bool:
    """Whether the row belongs to a department the import does not speak for."""
    if not intake.only:
        return False
    department = taken.department(intake.words)
    return department is None or department.name not in intake.only


def _refuse_doubles(intake: Intake, resource: ListResource) -> None:
    """Refuse a row that is alike another in all that tells items of this kind apart."""
    first: dict[tuple[str, ...], Row] = {}
    for taken in intake.rows:
        key = tuple(fold(str(taken.fields.get(name, ""))) for name in resource.told_apart_by)
        if not taken.values.get("name"):
            continue
        if key in first:
            earlier = first[key]
            values = {
                "name": taken.values["name"],
                "other_sheet": earlier.sheet,
                "other_cell": earlier.address("name"),
            }
            address = taken.row.address("name")
            taken.refusals.append(intake.say("error", "double_row", taken.row.sheet, address, **values))
        first.setdefault(key, taken.row)
