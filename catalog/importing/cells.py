"""What a text means in a column, worked out once however many cells say it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from types import MappingProxyType
from typing import NamedTuple

from django.core.exceptions import ValidationError

from ..countywords import CountyWords
from ..models import Entry
from ..models.entry import WORDS
from ..reading.grid import Value
from ..reading.layout import Cell, Row
from ..reading.layout.rowcells import TableCells
from ..reading.layout.wording import GROUP_LABEL
from ..reading.values import split_count
from ..reading.words import fold
from ..resources.base import ListResource
from ..resources.columns import ListField
from ..resources.printing import is_stored_in_entry
from ..resources.widgets import ListWidget, TextWidget, is_power_type, refusal

# Enough for departments, types, units and limits; names and long texts come once and need not be remembered.
REMEMBERED_A_COLUMN = 2_000

# What a cell of a spreadsheet can hold, so that no export has to cut a text.
LONGEST_CELL = 32_767
# The longest text of each field of an entry that has a narrower bound.
LONGEST = {
    field.name: field.max_length
    for field in Entry._meta.concrete_fields
    if getattr(field, "max_length", None) and not field.is_relation
}

# 县粮食局 over rows is a department, whether the county has it on record or not.
BODY = re.compile(
    "[县区市旗].{1,20}(?:局|委员会|委|(?<![通代帮承协督快速易])办|办公室|中心|支队|大队|联合会|残联|妇联|公司)"
)
# Within every other bound, however its characters are counted.
SHORT = LONGEST_CELL // 2

# What an item is called is text, whatever the sheet holds.
NAMES = ("name", "main_name")

Said = tuple[str, Mapping[str, object]]


NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(slots=True)
class Understood:
    """A cell as its column understands it: for the report, for the entry, and what is to be said about it.

    `details` is what an entry's details keep of it, where its column has no field of the entry. Many rows share
    one of these; none changes it.
    """

    value: object
    shown: object
    kept: object
    companions: Mapping[str, object]
    details: Mapping[str, object]
    is_blank: bool
    remarks: tuple[Said, ...]
    refusals: tuple[Said, ...]
    is_told: bool  # there is something to say about it, be it that it is blank and must not be


class Reading(NamedTuple):
    """A column of a table on its way into entries: its field, and its place in the sheet.

    `place` is None where the value comes from elsewhere, such as a heading; `attribute` is of the entry, where
    the value is stored there; `known` is what was understood of its values so far.
    """

    name: str
    place: int | None
    column: ListField
    attribute: str
    is_detail: bool
    is_required: bool
    known: dict[object, Understood]


class Readings:
    """The columns of a table that are fields of the kind, in the order of the kind; `places` finds them by field.

    `stored` are the places of those that an entry has a field for, with its name; `detailed` are places of the
    others.
    `naming_departments` are those that say the department where its own column does not.
    """

    def __init__(self, columns: Sequence[Reading], department_fields: Sequence[str]):
        self.columns = tuple(columns)
        self.stored = [(place, one.attribute) for place, one in enumerate(columns) if one.attribute]
        self.detailed = [place for place, one in enumerate(columns) if one.is_detail]
        self.places = {reading.name: place for place, reading in enumerate(columns)}
        self.naming_departments = tuple(name for name in department_fields if name in self.places)


class CellReader:
    """Reads the cells of one workbook through the fields of one kind's resource."""

    def __init__(self, resource: ListResource, words: CountyWords):
        self.resource, self.words = resource, words
        self._columns: dict[str, Callable[[Value, str], Understood]] = {
            name: partial(understand, name, column, words) for name, column in resource.fields.items()
        }
        self._remembered = {
            name: lru_cache(REMEMBERED_A_COLUMN, typed=True)(column) for name, column in self._columns.items()
        }
        self._headings: dict[tuple[str, tuple[str, ...]], dict[str, Cell]] = {}
        self._readings: dict[tuple, Readings] = {}
        self._known: dict[tuple[TableCells, str], dict[object, Understood]] = {}

    def readings(self, row: Row) -> Readings:
        """The columns that say something of a row: those of its table, and the headings above it."""
        cells = row.cells
        extra = (
            tuple([name for name in cells.taken if name not in cells.table.columns]) if cells.taken else ()
        )
        key = (cells.table, extra, row.is_ours, row.part, row.groups)
        if key not in self._readings:
            above = () if row.is_ours else self.of_headings(row)
            names = {*cells.table.columns, *extra, *above}
            self._readings[key] = Readings(
                [
                    self._reading(name, column, cells.table)
                    for name, column in self.resource.fields.items()
                    if name in names
                ],
                self.resource.department_fields,
            )
        return self._readings[key]

    def _reading(self, name: str, column: ListField, table: TableCells) -> Reading:
        known = self._known.setdefault((table, name), {})
        attribute = column.attribute if is_stored_in_entry(column) else ""
        is_required = bool(column.layout.get("is_required"))
        place = table.columns.get(name)
        is_detail = not column.attribute or keeps_words(column)
        return Reading(name, place, column, attribute, is_detail, is_required, known)

    def read(self, rows: Sequence[Row], readings: Readings) -> Iterator[tuple[Understood, ...]]:
        """What rows of the same columns say, row by row; a value is understood once however many rows have it."""
        # Down the columns: most of them say few things, each many times over.
        return zip(*[self._read_down(rows, reading) for reading in readings.columns], strict=True)

    def _read_down(self, rows: Sequence[Row], reading: Reading) -> list[Understood]:
        name, known = reading.name, reading.known
        if reading.place is None:
            return [self._read_from_elsewhere(row, name) for row in rows]
        values = rows[0].cells.table.view.values_down(reading.place, [row.cells.row for row in rows])
        understood = []
        for row, value in zip(rows, values, strict=True):
            taken = row.cells.taken
            if taken is not None and name in taken:
                understood.append(self._read_from_elsewhere(row, name))
                continue
            # 1, 1.0 and True are the same key to a dictionary and different cells to a reader.
            key = value if type(value) is str else (type(value), value)
            understood.append(known.get(key) or self._understand(row, reading, key))
        return understood

    def _read_from_elsewhere(self, row: Row, name: str) -> Understood:
        """A cell that takes what it says from another cell, or from a heading above."""
        cell = row.cells.get(name)
        if cell is None:
            cell = self.of_headings(row)[name]
        elif not cell.address and self.resource.fields[name].layout.get("takes_township"):
            # A title that only begins like a township's; where none is on record, nobody can tell.
            is_one = not self.words.keeps_townships or self.words.names_townships(cell.text)
            cell = cell if is_one else Cell("")
        return self._remembered[name](*_native_and_text(cell))

    def _understand(self, row: Row, reading: Reading, key: str | tuple[type, Value]) -> Understood:
        if len(reading.known) >= REMEMBERED_A_COLUMN:
            reading.known.clear()
        text = row.cells.text(reading.name)
        native = text if not text or type(key) is str else key[1]
        understood = reading.known[key] = self._columns[reading.name](native, text)
        return understood

    def of_headings(self, row: Row) -> dict[str, Cell]:
        """What group rows and part headings above say, for fields the list has no column for."""
        key = row.part, row.groups
        if key not in self._headings:
            self._headings[key] = self._read_headings(*key)
        return self._headings[key]

    def _read_headings(self, part: str, groups: tuple[str, ...]) -> dict[str, Cell]:
        found: dict[str, Cell] = {}
        if part and self.resource.part_field:
            found[self.resource.part_field] = Cell(part.removesuffix("清单"))
        for group in groups:
            text = split_count(group)[0]
            field, name = self._labelled(text) or (self._field_of_group(text), text)
            found.setdefault(field, Cell(name))
        return found

    def _labelled(self, group: str) -> tuple[str, str] | None:
        """``受委托单位：白塔镇`` names a township, and ``责任部门：县民政局`` a department."""
        label = GROUP_LABEL.match(group)
        if not label:
            return None
        name = group[label.end() :].strip()
        if self.words.township(name) or self.words.department(name):
            return self._field_of_group(name), name
        said = fold(label["label"])
        for field in self.resource.columns():
            if field.fills_down and field.field in self.resource.fields and said in map(fold, field.headings):
                return (field.field, name) if name else None
        return None

    def _field_of_group(self, group: str) -> str:
        """What a group row speaks of: a power type, a township, a department, else what the kind says."""
        if is_power_type(group):
            return "power_type"
        if self.words.township(group):
            return "receiving_body"
        is_department = self.words.department(group) or BODY.fullmatch(group)
        return (
            "department"
            if is_department and "department" in self.resource.fields
            else self.resource.group_field
        )

    @cached_property
    def headings_of_other_parts(self) -> dict[str, str]:
        """Columns only another part of the list should have, by field; they are kept under their headings."""
        return {
            column.field: column.heading
            for column in self.resource.columns()
            if column.field not in self.resource.fields
        }


def understand(name: str, column: ListField, words: CountyWords, native: Value, text: str) -> Understood:
    """Read and check one value; what would be raised or said is kept, to be said of every cell that has it."""
    if (
        type(column.widget) is TextWidget
        and text
        and native == text
        and len(text) <= LONGEST.get(column.attribute, SHORT)
    ):
        return _understand_phrase(name, column, text)
    remarks: list[Said] = []
    refusals: list[Said] = []

    def remark(code: str, **values: object) -> None:
        remarks.append((code, values))

    if type(native) is not str and native is not None and column.layout.get("role") in NAMES:
        # TRUE, a day or 1e300 stands there because a formula or a format went astray.
        remark("name_is_no_text", printed=text)
        native = text
    widget = column.widget
    try:
        value = widget.clean(native, words=words, remark=remark)
    except ValidationError as problem:
        refusals.append((problem.code, problem.params))
        value = widget.read(native)
    kept = widget.kept(value)
    try:
        _check_length(column, kept)
    except ValidationError as problem:
        refusals.append((problem.code, problem.params))
    details = NOTHING
    if not column.attribute:
        details = _kept_details(name, value, kept, widget.words_beside(value, text)) or NOTHING
    elif keeps_words(column) and (words_beside := widget.words_beside(value, text)):
        # Beside a field of the entry, words are kept like a column that no field stands for.
        details = {column.column_name: words_beside}
    return Understood(
        value,
        widget.shown(value),
        kept,
        widget.companions(name, value, text) or NOTHING,
        details,
        not text,
        tuple(remarks),
        tuple(refusals),
        bool(remarks or refusals or (not text and column.layout.get("is_required"))),
    )


def keeps_words(column: ListField) -> bool:
    """Whether a value of this column may not say all its words."""
    return type(column.widget).words_beside is not ListWidget.words_beside


def _understand_phrase(name: str, column: ListField, text: str) -> Understood:
    """A phrase of which there is nothing to check; most cells that say something of their own are such."""
    kept = column.widget.read(text)
    details = NOTHING if column.attribute or not kept else {name: kept}
    return Understood(kept, kept, kept, NOTHING, details, False, (), (), False)


def _native_and_text(cell: Cell) -> tuple[Value, str]:
    """Numbers and days as the file holds them; text as mended, which a cell taken apart has alone."""
    is_text = cell.value is None or isinstance(cell.value, str)
    return (cell.text if is_text else cell.value), cell.text


def _kept_details(name: str, value: object, kept: object, words: str) -> dict[str, object]:
    """What an entry's details keep of a value, and of the words it was read from."""
    details = {} if value in ("", None, []) else {name: kept}
    return details | ({name + WORDS: words} if words else {})


def cell_length(text: str) -> int:
    """The length of a text as spreadsheets count it: what lies beyond 16 bits counts double."""
    return len(text) + sum(character > "\uffff" for character in text)


def _check_length(column: ListField, kept: object) -> None:
    """Refuse a text longer than its place in the database, which SQLite would take and PostgreSQL would not."""
    if not isinstance(kept, str) or column.attribute == "power_type":
        return
    limit = LONGEST.get(column.attribute or "", LONGEST_CELL)
    length = len(kept) if limit < LONGEST_CELL or len(kept) * 2 <= LONGEST_CELL else cell_length(kept)
    if length > limit:
        raise refusal("too_long", length=length, limit=limit)
