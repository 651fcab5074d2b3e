"""From the bytes of a file to rows the county can take, each with what was noticed about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from accounts.models import County

from ..countywords import CountyWords
from ..kinds import ListKind
from ..reading.grid import Message
from ..reading.layout import Row, lay_out
from ..reading.words import fold
from ..reading.workbook import read_workbook
from ..resources.base import ListResource
from ..resources.printing import kept_heading
from .cells import LONGEST_CELL, CellReader, Reading, Readings, Understood, cell_length
from .collecting import collection_paused
from .meanings import meanings_of, messages_of, with_meanings
from .naming import department_told
from .parts import part_of_workbook
from .progress import ROWS_A_STEP, Progress, unwatched
from .taken import Intake, TakenRow

# The verdict of a kind's checks to which a note is the answer.
ANSWERED_BY_NOTE = "warning"


@collection_paused()
def take_in(
    content: bytes,
    name: str,
    *,
    kind: ListKind,
    county: County,
    only: Sequence[str] = (),
    mapping: Mapping[str, str | None] | None = None,
    stated: Mapping[str, object] | None = None,
    notes: Mapping[str, str] | None = None,
    on: date | None = None,
    progress: Progress = unwatched,
) -> Intake:
    """Read a file of one kind of list for one county.

    `only` names the departments the file speaks for; rows of others are left out and said so. `mapping` is
    the clerk's word on columns, by heading or letter, and wins over what the county has decided before;
    `stated` on the edition's record, where it wins over the sheet; `notes` answer warnings of the kind's
    checks, which judge as of the day `on`.
    `progress` is told how far it is. Raises `UnreadableWorkbook` where the file cannot be read at all.
    """
    progress("read", 0, 1)
    workbook = read_workbook(content, name)
    progress("read", 1, 1)
    progress("layout", 0, 1)
    resource = kind.resource()
    said, meanings = mapping or {}, meanings_of(county, kind)
    told = with_meanings(said, meanings)
    layout = lay_out(workbook, resource.columns(), part_field=resource.part_field, mapping=told)
    progress("layout", 1, 1)
    intake = Intake(
        kind,
        county,
        name,
        content,
        layout,
        CountyWords(county),
        only=tuple(only),
        stated=stated or {},
        notes=notes or {},
    )
    part = part_of_workbook(layout, resource)
    of_layout = messages_of(layout, said, meanings)
    intake.messages = [*workbook.messages, *(message for message in of_layout if part.speaks_of(message))]
    rows = [row for row in layout.rows if row in part]
    intake.other_parts = [row for row in layout.rows if row not in part]
    _take_rows(rows, CellReader(resource, intake.words), intake, progress)
    if not intake.rows and not intake.has_errors:
        intake.messages.append(_no_rows(intake, resource))
    _refuse_doubles(intake, resource)
    if kind.checks:
        kind.checks(intake, on=on)
    _say_idle_notes(intake)
    return intake


def _say_idle_notes(intake: Intake) -> None:
    """A note to a rule that warns of nothing was meant for another one."""
    warned = {
        message.code for message in intake.messages if str(message.values.get("verdict")) == ANSWERED_BY_NOTE
    }
    for rule in sorted(set(intake.notes) - warned):
        intake.messages.append(Message("warning", "note_without_warning", values={"rule": rule}))


def _no_rows(intake: Intake, resource: ListResource) -> Message:
    if intake.left_out:
        named = [taken.department(intake.words) for taken in intake.left_out]
        names = "、".join(dict.fromkeys(department.name for department in named if department))
        values = {"only": "、".join(intake.only), "count": len(intake.left_out), "named": names or "—"}
        return Message("error", "no_rows_of_only", values=values)
    if intake.other_parts:
        parts = "、".join(dict.fromkeys(row.part for row in intake.other_parts if row.part))
        return Message("error", "part_missing", values={"part": resource.part, "parts": parts})
    return Message("error", "no_rows")


def _take_rows(rows: Sequence[Row], reader: CellReader, intake: Intake, progress: Progress) -> None:
    for start in range(0, len(rows), ROWS_A_STEP):
        progress("rows", start, len(rows))
        for readings, some in groupby(rows[start : start + ROWS_A_STEP], key=reader.readings):
            alike = list(some)
            for row, cells in zip(alike, reader.read(alike, readings), strict=True):
                taken = _take(row, readings, cells, reader, intake)
                if _is_outside(taken, intake):
                    intake.left_out.append(replace(taken, reason="other_department"))
                else:
                    intake.rows.append(taken)
    progress("rows", len(rows), len(rows))


def _take(
    row: Row, readings: Readings, cells: tuple[Understood, ...], reader: CellReader, intake: Intake
) -> TakenRow:
    """What a row says as an entry keeps it; a refused cell refuses the row and is still reported."""
    values = {attribute: cells[place].kept for place, attribute in readings.stored}
    details: dict[str, object] = {}
    for place in readings.detailed:
        if cells[place].details:
            details.update(cells[place].details)
    taken = TakenRow(row, readings, cells, values, details)
    if any([understood.is_told for understood in cells]):
        for reading, understood in zip(readings.columns, cells, strict=True):
            if understood.is_told:
                _say(understood, reading, reader, taken, intake)
    if readings.naming_departments:
        _name_department(taken, reader)
    if row.extra:
        _keep_further(taken, intake)
    for name, heading in reader.headings_of_other_parts.items():
        if row.text(name):
            taken.details[heading] = row.text(name)
    return taken


def _name_department(taken: TakenRow, reader: CellReader) -> None:
    """The report's `department` is the county department of a row, whatever this kind calls the column."""
    if taken.shown("department"):
        return
    told = next(filter(None, map(taken.shown, taken.readings.naming_departments)), "")
    if told:
        taken.department_told = told
        taken.values["department_name"] = department_told(taken.details, reader.resource, reader.words)


def _keep_further(taken: TakenRow, intake: Intake) -> None:
    """Columns that no field stands for, under their headings."""
    for heading, text in taken.row.extra.items():
        taken.details[kept_heading(heading)] = text
        if len(text) * 2 > LONGEST_CELL and cell_length(text) > LONGEST_CELL:
            values = {"heading": heading, "length": cell_length(text), "limit": LONGEST_CELL}
            address = taken.row.address("name")
            taken.refusals += (intake.say("error", "too_long", taken.row.sheet, address, **values),)


def _say(
    understood: Understood, reading: Reading, reader: CellReader, taken: TakenRow, intake: Intake
) -> None:
    """What is said about a cell lands in the intake's messages under the cell's address."""
    row, heading = taken.row, reading.column.column_name
    cell = row.cells.get(reading.name) or reader.of_headings(row)[reading.name]
    address = cell.filled_from or cell.address
    if understood.is_blank and reading.is_required:
        taken.refusals += (intake.say("error", "empty_name", row.sheet, row.address(reading.name)),)
    for code, values in understood.remarks:
        intake.say("warning", code, row.sheet, address, heading=heading, **values)
    for code, values in understood.refusals:
        # Taken from a title or a sheet's name, it is the reader's guess and no clerk's mistake.
        if code == "unknown_department" and not cell.address:
            intake.say("warning", code, row.sheet, address, heading=heading, **values)
            continue
        said = intake.say("error", code, row.sheet, address, heading=heading, **values)
        taken.refusals += (said,)


def _is_outside(taken: TakenRow, intake: Intake) -> bool:
    """Whether the row belongs to a department the import does not speak for."""
    if not intake.only:
        return False
    department = taken.department(intake.words)
    return department is None or department.name not in intake.only


def _refuse_doubles(intake: Intake, resource: ListResource) -> None:
    """Refuse a row that is alike another in all that tells items of this kind apart."""
    names = [fold(str(taken.values.get("name") or "")) for taken in intake.rows]
    times = Counter(names)
    first: dict[tuple[str, ...], Row] = {}
    for taken, name in zip(intake.rows, names, strict=True):
        # What bears a name of its own is like no other row in all of it.
        if not taken.values.get("name") or times[name] == 1:
            continue
        key = tuple([fold(str(taken.shown(name))) for name in resource.told_apart_by])
        if key in first:
            earlier = first[key]
            values = {
                "name": taken.values["name"],
                "other_sheet": earlier.sheet,
                "other_cell": earlier.address("name"),
            }
            address = taken.row.address("name")
            taken.refusals += (intake.say("error", "double_row", taken.row.sheet, address, **values),)
        first.setdefault(key, taken.row)
