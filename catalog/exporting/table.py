"""An edition as a table: the columns that say something in it, and its entries as rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..models import Edition, Entry
from ..reading.layout.headings import Headings
from ..reading.layout.wording import read_group
from ..reading.words import fold
from ..resources.columns import ListField
from ..resources.printing import KEPT_APART, is_stored_in_entry, is_words_of, printed_detail

ROWS_AT_ONCE = 1000
CODE = "item_code"
# Beyond this a heading over a group is none for a reader, and no help for anybody else.
LONGEST_GROUP = 30
HAN_FIGURES = "一二三四五六七八九十"


@dataclass(frozen=True)
class PrintedColumn:
    """A column of the printed list: a field of the kind, or one that only this list has."""

    name: str
    heading: str
    field: ListField | None = None

    def value(self, entry: Entry) -> str | int:
        """What stands in this column for an entry: a text or a whole number, empty where it says nothing."""
        if self.field is None:
            return str(entry.details.get(self.name, ""))
        if self.name == CODE:
            return entry.item.number if entry.item_id else ""
        if is_stored_in_entry(self.field):
            return self.field.widget.render(getattr(entry, self.field.attribute))
        return printed_detail(self.name, self.field, entry.details)


@dataclass
class Survey:
    """What one look over all entries tells: which columns say something, and how the groups follow each other."""

    used: set[str] = field(default_factory=set)
    further: dict[str, None] = field(default_factory=dict)
    runs: list[tuple[str, int]] = field(default_factory=list)


class EditionTable:
    """An edition as it is printed. Entries are read from the database as they are needed, never all at once."""

    def __init__(self, edition: Edition):
        self.edition = edition
        self.resource = edition.list.list_kind.resource
        self.fields: Mapping[str, ListField] = self.resource.fields

    @property
    def title(self) -> str:
        return self.edition.title or str(self.edition.list)

    @cached_property
    def columns(self) -> list[PrintedColumn]:
        """The kind's columns that have a value, those of this list alone, and our code at the end."""
        further = [name for name in self._survey.further if name not in self.fields]
        wanted = self._with_those_stood_in_for(self._survey.used | self._meant_by(further))
        known = [
            PrintedColumn(name, column.column_name, column)
            for name, column in self.fields.items()
            if name != CODE and (name in wanted or column.layout.get("is_required"))
        ]
        code = PrintedColumn(CODE, self.fields[CODE].column_name, self.fields[CODE])
        return [*known, *self._further(further, [*known, code]), code]

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The groups of the list with the number of their entries; none where the list does not stand in groups."""
        names = [name for name, _count in self._survey.runs]
        if len(names) < 2 or len(set(names)) < len(names) or not all(map(_is_group_name, names)):
            return []
        return self._survey.runs

    def rows(self) -> Iterator[list[str | int]]:
        """One row for each entry, in the order of the paper."""
        entries = self.edition.entries.select_related("item").order_by("position")
        columns = self.columns
        for entry in entries.iterator(chunk_size=ROWS_AT_ONCE):
            yield [column.value(entry) for column in columns]

    @cached_property
    def _survey(self) -> Survey:
        survey = Survey()
        stored = {
            name: column.attribute for name, column in self.fields.items() if is_stored_in_entry(column)
        }
        group = stored.get(self.resource.group_field)
        entries = self.edition.entries.order_by("position").values(*stored.values(), "details")
        for values in entries.iterator(chunk_size=ROWS_AT_ONCE):
            used = {name for name, attribute in stored.items() if values[attribute] not in ("", None)}
            survey.used |= used - self._told_elsewhere(values)
            for name in values["details"]:
                if is_words_of(name, self.fields):
                    survey.used.add(name.removesuffix("_printed"))
                elif name in self.fields and not self.fields[name].attribute:
                    survey.used.add(name)
                else:
                    survey.further.setdefault(name)
            _count_run(survey.runs, values[group] if group else "")
        return survey

    def _told_elsewhere(self, values: Mapping[str, object]) -> set[str]:
        """The department, where another column says it: a reader takes it from there, as the form has it."""
        told = (values["details"].get(name) for name in self.resource.department_fields)
        is_told = values["department_name"] == next((text for text in told if text), None)
        return {"department"} if is_told else set()

    def _with_those_stood_in_for(self, names: set[str]) -> set[str]:
        """With the fields that a reader would read from another's column where they have none of their own."""
        return names | {
            self.fields[name].layout["stands_in_for"]
            for name in names
            if name in self.fields and self.fields[name].layout.get("stands_in_for")
        }

    def _meant_by(self, headings: list[str]) -> set[str]:
        """Fields that a reader would take these headings for, were the fields' own headings not there."""
        known = Headings(self.resource.columns())
        return {candidate.field for heading in headings for candidate in known.candidates(heading)}

    def _further(self, names: list[str], beside: list[PrintedColumn]) -> list[PrintedColumn]:
        taken = {fold(column.heading) for column in beside}
        return [PrintedColumn(name, name + KEPT_APART * (fold(name) in taken)) for name in names]


def _count_run(runs: list[tuple[str, int]], name: str) -> None:
    if runs and runs[-1][0] == name:
        runs[-1] = name, runs[-1][1] + 1
    else:
        runs.append((name, 1))


def _is_group_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_GROUP and read_group(group_heading(1, name, 1)).name == name


def group_heading(place: int, name: str, count: int) -> str:
    """The row above a group: 三、社会保险服务（5项）."""
    return f"{han_number(place)}、{name}（{count}项）"


def han_number(number: int) -> str:
    """1 to 99 as papers number their parts; beyond that in figures."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else HAN_FIGURES[tens - 1]) + "十" * (tens > 0) + HAN_FIGURES[ones - 1] * (ones > 0)
    )
