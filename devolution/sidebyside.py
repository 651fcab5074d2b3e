"""Two townships of a county side by side: who handles what, where, how fast, and by which mode of power."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Office, Township
from catalog.arrangements import arrange
from catalog.days import AskedDay
from catalog.kinds import PUBLIC_SERVICES
from catalog.limits import limit_in_words
from catalog.matrix import guides_of
from catalog.models import Edition, Entry, Guide, Handling
from catalog.models.edition import edition_for_each

from .choices import Mode
from .models import TransferTownship


@dataclass(frozen=True)
class Side:
    """What one township does with one item or power, in words; empty is not on record."""

    is_done: bool = False
    rule: str = ""
    where: str = ""
    limit: str = ""
    modes: str = ""


@dataclass(frozen=True)
class Row:
    """One item of the lists of services, or one power handed down, in both townships."""

    code: str
    name: str
    sides: tuple[Side, Side]
    is_power: bool = False

    @property
    def differs(self) -> bool:
        return self.sides[0] != self.sides[1]


def side_by_side(pair: Sequence[Township], day: AskedDay) -> list[Row]:
    """The services on either one's list, in the order of the lists, then the powers of either."""
    receipts = TransferTownship.objects.in_force(day.day).filter(township__in=pair)
    return [*_services(pair, day, receipts), *_powers(pair, receipts)]


def _services(pair, day, receipts) -> list[Row]:
    lists = _lists_of(pair, day)
    entries = {item: entry for carried in reversed(lists) for item, entry in carried.items()}
    order = list(dict.fromkeys(item for carried in lists for item in carried))
    guides = guides_of(order, day.day)
    exceptions = {
        (handling.item_id, handling.township_id): handling
        for handling in Handling.objects.in_force(day.day)
        .filter(township__in=pair, item__in=order)
        .select_related("office")
    }
    offices = defaultdict(list)
    for township in pair:
        for office in Office.objects.standing_in(township, day.day):
            offices[township.pk, office.name].append(office)
    modes = _modes_behind(receipts)
    return [
        Row(
            entries[item].item.code,
            entries[item].name,
            tuple(
                _side(carried[item], township, guides.get(item), exceptions, offices, modes)
                if item in carried
                else Side()
                for township, carried in zip(pair, lists, strict=True)
            ),
        )
        for item in order
    ]


def _lists_of(pair, day) -> list[dict[int, Entry]]:
    """For each township the entries of the list of services that counts there, by item."""
    editions = Edition.objects.in_force(day.day, day.published_by).of_kind(PUBLIC_SERVICES)
    counting = edition_for_each(pair, list(editions.filter(list__county=pair[0].county_id).with_list()))
    entries = Entry.objects.filter(edition__in=set(counting.values())).that_residents_apply_for()
    by_edition = defaultdict(dict)
    for entry in entries.select_related("item").order_by("edition", "position"):
        by_edition[entry.edition_id][entry.item_id] = entry
    return [by_edition[counting[each].pk] if each in counting else {} for each in pair]


def _modes_behind(receipts) -> dict[tuple[int, int], str]:
    """By which modes of power an item is done in a township."""
    found = defaultdict(set)
    rows = receipts.exclude(power__power_items=None)
    for item, township, mode in rows.values_list("power__power_items__item", "township", "mode"):
        found[item, township].add(mode)
    return {key: _in_words(modes) for key, modes in found.items()}


def _in_words(modes) -> str:
    return "、".join(str(mode.label) for mode in Mode if mode in modes)


def _side(entry, township, guide: Guide | None, exceptions, offices, modes) -> Side:
    arrangement = arrange(
        entry,
        township,
        guide=guide,
        exception=exceptions.get((entry.item_id, township.pk)),
        offices=offices[township.pk, entry.responsible_unit],
    )
    office = arrangement.office.name if arrangement.office else entry.responsible_unit
    limit = arrangement.limit
    if not limit and guide:
        limit = limit_in_words(guide.statutory_limit, guide.statutory_limit_unit)
    return Side(
        is_done=not arrangement.is_suspended,
        rule=str(arrangement.rule.label) if arrangement.rule else "",
        where=" ".join(text for text in (arrangement.place, arrangement.window, office) if text),
        limit=limit,
        modes=modes.get((entry.item_id, township.pk), ""),
    )


def _powers(pair, receipts) -> list[Row]:
    held = defaultdict(dict)
    powers = {}
    rows = receipts.select_related("power__department", "office")
    for row in rows.order_by("power__department__name", "power__number", "valid_from"):
        powers[row.power_id] = row.power
        office = row.office.name if row.office else ""
        held[row.power_id][row.township_id] = Side(True, where=office, modes=str(Mode(row.mode).label))
    return [
        Row(power.code, power.name, tuple(held[key].get(each.pk, Side()) for each in pair), is_power=True)
        for key, power in powers.items()
    ]
