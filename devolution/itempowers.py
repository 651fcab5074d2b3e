"""By which powers an item of the lists is done; shown on pages of the catalogue, which knows nothing of powers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from accounts.models import Department, Township
from catalog.choices import HandlingRule
from catalog.keptqueries import kept_query
from catalog.models import Entry, Item

from .answering import ways_of
from .choices import Mode
from .models import Power, PowerItem, TransferTownship
from .rules import Body, Remedies, remedies


@dataclass(frozen=True)
class PowerBehind:
    """A power by which townships do an item, in one mode, with the rows that hand it down to them."""

    power: Power
    mode: Mode
    rows: list[TransferTownship] = field(default_factory=list)

    @property
    def townships(self) -> list[str]:
        return [row.township.name for row in self.rows]


@dataclass(frozen=True)
class Recourse:
    """Who answers for a decision on an item, and where to appeal against it."""

    remedies: Remedies
    department: Department | None
    decided_by: str = ""

    @property
    def body(self) -> str:
        """The body that answers, as it is called; empty for the township."""
        return self.department.name if self.department else self.decided_by

    @property
    def is_answered_by_township(self) -> bool:
        return self.remedies.defendant == Body.TOWNSHIP


def powers_behind(item: Item, on: date, township: Township | None = None) -> list[PowerBehind]:
    """The powers handed down and in force on the day by which the item is done, in all townships or in one."""
    if not _powers_of(item.pk):
        return []  # most items; the rows come with all that a power's page says of them
    rows = _rows_behind(item.pk, on) if township is None else _rows_behind_in(item.pk, on, township.pk)
    found = {}
    for row in rows:
        row.transfer.power = row.power
        behind = found.setdefault((row.power_id, row.mode), PowerBehind(row.power, Mode(row.mode)))
        behind.rows.append(row)
    return list(found.values())


@kept_query
def _powers_of(item):
    return PowerItem.objects.filter(item=item).only("pk").order_by()


def _behind(item, on):
    rows = TransferTownship.objects.in_force(on).filter(power__power_items__item=item)
    return rows.for_reading().order_by("power__number", "mode", "township__code")


_rows_behind = kept_query(_behind)


@kept_query
def _rows_behind_in(item, on, township):
    return _behind(item, on).filter(township=township)


def recourse_of(
    entry: Entry,
    behind: Iterable[PowerBehind],
    on: date,
    *,
    rule: HandlingRule | None = None,
    decided_by: str = "",
) -> list[Recourse]:
    """Who answers for the item: for each power behind it, or by where it is decided; empty is not on record.

    Without a power, what is handled in the township or village is the township's own act, and what the county
    decides its department's, or that of the body the guide names in `decided_by`; of one that is no department
    of the county only the name is known. Where nobody has recorded either, nothing is guessed.
    """
    behind = list(behind)
    if behind:
        ways = [(way, each.power.department) for each in behind for way in ways_of(each.rows, on)]
        told = {(way.remedies, department): Recourse(way.remedies, department) for way, department in ways}
        return list(told.values())
    if rule in (HandlingRule.HERE, HandlingRule.VILLAGE):
        return [Recourse(remedies(mode=Mode.DELEGATED), None)]
    if rule and decided_by.strip():
        department = _department_called(decided_by.strip(), entry)
        return [Recourse(_against(department or Department()), department, decided_by.strip())]
    if rule and entry.department:
        return [Recourse(_against(entry.department), entry.department)]
    return []


def taken_back_from(item: Item, township: Township, on: date) -> list[TransferTownship]:
    """The powers by which the township did the item and does no longer on the day, the latest first."""
    return list(TransferTownship.objects.ended(township, on).filter(power__power_items__item=item))


def taken_back_in(township: Township, on: date, limit: int = 20) -> list[TransferTownship]:
    """The last powers that the township exercised and does no longer on the day, the latest first."""
    return list(TransferTownship.objects.ended(township, on)[:limit])


def counts_by_mode(township: Township, on: date) -> list[tuple[Mode, int]]:
    """How many powers the township exercises on the day, mode by mode."""
    rows = TransferTownship.objects.in_force(on).of_township(township).order_by()
    counted = dict(rows.values_list("mode").annotate(count=Count("power", distinct=True)))
    return [(mode, counted[mode]) for mode in Mode if mode in counted]


def _department_called(name: str, entry: Entry) -> Department | None:
    """The county's department of this name, with or without 县 or the county's name in front."""
    if entry.department and name in entry.department.names:
        return entry.department
    county = entry.item.county
    names = {name, name.removeprefix(county.name), name.removeprefix(county.name[:-1])}
    departments = Department.objects.filter(county=county).order_by("pk")
    return next((each for each in departments if names & set(each.names)), None)


def _against(department: Department) -> Remedies:
    """The remedies against what a department decides itself."""
    return remedies(
        mode=Mode.ENTRUSTED,
        line=department.line,
        recorded_organ=department.review_organ,
        court=department.court,
    )
