"""From the bytes of a file to rows the county can take, each with what was noticed about it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError

from accounts.models import County, Department

from ..countywords import CountyWords
from ..kinds import ListKind
from ..models import Entry
from ..reading.grid import Level, Message, Value
from ..reading.layout import Cell, Layout, Row, lay_out
from ..reading.values import split_count
from ..reading.words import fold
from ..reading.workbook import read_workbook
from ..resources.base import ListResource
from ..resources.columns import ListField
from ..resources.widgets import POWER_TYPES
from .parts import part_of_workbook

NOTHING = Cell("")


@dataclass
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
    for row in layout.rows:
        if row not in part:
            intake.other_parts.append(row)
            continue
        taken = _take(row, resource, intake)
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


def _take(row: Row, resource: ListResource, intake: Intake) -> TakenRow:
    """Read every cell of a row through its field; a refused cell refuses the row and is still reported."""
    taken = TakenRow(row)
    for name, column in resource.fields.items():
        cell = _cell(row, name, resource, intake.words)
        if cell is None:
            continue
        value = _clean(cell, name, column, taken, intake)
        taken.fields[name] = column.widget.shown(value)
        taken.fields |= column.widget.companions(name, value, cell.text)
        _store(value, name, column, taken)
    _name_department(taken, resource)
    taken.details |= row.extra | _of_other_parts(row, resource)
    _check_lengths(taken, resource, intake)
    return taken


def _name_department(taken: TakenRow, resource: ListResource) -> None:
    """The report's `department` is the county department of a row, whatever this kind calls the column."""
    told = [taken.fields.get(name) for name in resource.department_fields]
    department = next((value for value in told if value), "")
    if department and not taken.fields.get("department"):
        taken.fields["department"] = department


def _of_other_parts(row: Row, resource: ListResource) -> dict[str, str]:
    """Columns that only another part of the list should have are kept under their headings."""
    return {
        resource.heading_of(name): cell.text
        for name, cell in row.cells.items()
        if name not in resource.fields and cell.text
    }


def _cell(row: Row, name: str, resource: ListResource, words: CountyWords) -> Cell | None:
    """The cell of a field; a group row or part heading above stands in where the list has no column for it."""
    if name in row.cells:
        return row.cells[name]
    if name == resource.part_field and row.part:
        return Cell(row.part.removesuffix("清单"))
    for group in row.groups:
        group_name, _count = split_count(group)
        if name == _field_of_group(group_name, resource, words):
            return Cell(group_name)
    return None


def _field_of_group(group: str, resource: ListResource, words: CountyWords) -> str:
    """What a group row speaks of: a power type or a department where it is one, otherwise what the kind says."""
    if fold(group) in POWER_TYPES:
        return "power_type"
    return "department" if words.department(group) else resource.group_field


def _clean(cell: Cell, name: str, column: ListField, taken: TakenRow, intake: Intake):
    """The value of a cell; what is said about it lands in the intake's messages under the cell's address."""

    def say(level: Level, code: str, **values: object) -> Message:
        address = cell.filled_from or cell.address
        return intake.say(level, code, taken.row.sheet, address, heading=column.column_name, **values)

    def remark(code: str, **values: object) -> None:
        say("warning", code, **values)

    if not cell.text and column.layout.get("is_required"):
        taken.refusals.append(intake.say("error", "empty_name", taken.row.sheet, taken.row.address(name)))
    native = _native(cell)
    try:
        return column.clean({column.column_name: native}, words=intake.words, remark=remark)
    except ValidationError as refusal:
        taken.refusals.append(say("error", refusal.code, **refusal.params))
        return column.widget.read(native)


def _native(cell: Cell) -> Value:
    """Numbers and days as the file holds them; text as mended, which a cell taken apart has alone."""
    return cell.text if cell.value is None or isinstance(cell.value, str) else cell.value


def _store(value, name: str, column: ListField, taken: TakenRow) -> None:
    if column.attribute and "__" not in column.attribute:
        taken.values[column.attribute] = column.widget.kept(value)
    elif not column.attribute and value not in ("", None, []):
        taken.details[name] = column.widget.kept(value)


def _check_lengths(taken: TakenRow, resource: ListResource, intake: Intake) -> None:
    """Refuse a text longer than its place in the database, which SQLite would take and PostgreSQL would not."""
    for name, column in resource.fields.items():
        if column.attribute not in taken.values:
            continue
        limit = getattr(Entry._meta.get_field(column.attribute), "max_length", None)
        value = taken.values[column.attribute]
        if limit and isinstance(value, str) and len(value) > limit and column.attribute != "power_type":
            address = taken.row.address(name)
            values = {"heading": column.column_name, "length": len(value), "limit": limit}
            taken.refusals.append(intake.say("error", "too_long", taken.row.sheet, address, **values))


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
