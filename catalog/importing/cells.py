"""What a text means in a column, worked out once however many cells say it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from django.core.exceptions import ValidationError

from ..countywords import CountyWords
from ..models import Entry
from ..models.entry import WORDS
from ..reading.grid import Value
from ..reading.layout import Cell, Row
from ..reading.values import split_count
from ..reading.words import fold
from ..resources.base import ListResource
from ..resources.columns import ListField
from ..resources.widgets import POWER_TYPES, refusal

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

Said = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Understood:
    """A cell as its column understands it: for the report, for the entry, and what is to be said about it."""

    value: object
    shown: object
    kept: object
    companions: Mapping[str, object]
    words: str = ""
    remarks: tuple[Said, ...] = ()
    refusals: tuple[Said, ...] = ()


class CellReader:
    """Reads the cells of one workbook through the fields of one kind's resource."""

    def __init__(self, resource: ListResource, words: CountyWords):
        self.resource, self.words = resource, words
        self._columns: dict[str, Callable[[Value, str], Understood]] = {
            # 1, 1.0 and True are the same key to a dictionary and different cells to a reader.
            name: lru_cache(REMEMBERED_A_COLUMN, typed=True)(partial(understand, name, column, words))
            for name, column in resource.fields.items()
        }
        self._headings: dict[tuple[str, tuple[str, ...]], dict[str, Cell]] = {}

    def read(self, name: str, cell: Cell) -> Understood:
        """The cell under the field of this name."""
        # Numbers and days as the file holds them; text as mended, which a cell taken apart has alone.
        is_text = cell.value is None or isinstance(cell.value, str)
        return self._columns[name](cell.text if is_text else cell.value, cell.text)

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
            name, _ = split_count(group)
            found.setdefault(self._field_of_group(name), Cell(name))
        return found

    def _field_of_group(self, group: str) -> str:
        """A group row speaks of a power type or a department where it is one, otherwise of what the kind says."""
        if fold(group) in POWER_TYPES:
            return "power_type"
        return "department" if self.words.department(group) else self.resource.group_field

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
    remarks: list[Said] = []
    refusals: list[Said] = []

    def remark(code: str, **values: object) -> None:
        remarks.append((code, values))

    widget = column.widget
    try:
        value = column.clean({column.column_name: native}, words=words, remark=remark)
    except ValidationError as problem:
        refusals.append((problem.code, problem.params))
        value = widget.read(native)
    kept = widget.kept(value)
    try:
        _check_length(column, kept)
    except ValidationError as problem:
        refusals.append((problem.code, problem.params))
    companions = widget.companions(name, value, text)
    words_beside = widget.words_beside(value, text)
    return Understood(
        value, widget.shown(value), kept, companions, words_beside, tuple(remarks), tuple(refusals)
    )


def kept_details(name: str, understood: Understood) -> dict[str, object]:
    """What an entry's details keep of a value, and of the words it was read from."""
    kept = {} if understood.value in ("", None, []) else {name: understood.kept}
    return kept | ({name + WORDS: understood.words} if understood.words else {})


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
