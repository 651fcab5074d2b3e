"""A draft, the edition it was begun from, and the one announced since: who changed what.

Entries are told by their item. What only one side has changed is that side's; what both have changed
otherwise is a clash, which a person decides. Reads the database, writes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .comparison import FieldChange, field_changes
from .models import Edition, Entry


@dataclass(frozen=True)
class Overlap:
    """One item that both sides have changed: as it was, in the draft, and in the newer edition; None is gone."""

    before: Entry | None
    mine: Entry | None
    theirs: Entry | None

    @property
    def name(self) -> str:
        return (self.mine or self.theirs or self.before).name

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """Where draft and newer edition differ; `before` is the newer edition's, `after` the draft's."""
        return field_changes(self.theirs, self.mine) if self.mine and self.theirs else ()


@dataclass
class ThreeWay:
    """What carrying a draft over to the newer edition would do.

    `taken` are entries of the newer edition for items the draft left alone, `dropped` entries of the draft
    that the newer edition no longer has; `renumbered` are the draft's own new entries that the newer edition
    has under an item of its own.
    """

    newer: Edition
    taken: list[Entry] = field(default_factory=list)
    dropped: list[Entry] = field(default_factory=list)
    renumbered: list[tuple[Entry, Entry]] = field(default_factory=list)
    clashes: list[Overlap] = field(default_factory=list)
    own: int = 0


def three_way(draft: Edition, newer: Edition) -> ThreeWay:
    """Lay the draft, its base and the newer edition side by side."""
    before = _by_item(Entry.objects.filter(edition=draft.base_id)) if draft.base_id else {}
    mine = _by_item(draft.entries.all())
    theirs = _by_item(newer.entries.all())
    plan = ThreeWay(newer)
    _meet_by_name(plan, before, mine, theirs)
    for item in dict.fromkeys([*theirs, *mine, *before]):
        _weigh(plan, before.get(item), mine.get(item), theirs.get(item))
    _keep_names_apart(plan, mine)
    return plan


def key_of(entry: Entry) -> tuple[str, ...]:
    """What must not stand twice in an edition."""
    return (entry.main_name, entry.name, entry.department_name, entry.responsible_unit)


def _by_item(entries: Iterable[Entry]) -> dict[int, Entry]:
    return {entry.item_id: entry for entry in entries.order_by("position")}


def _meet_by_name(plan: ThreeWay, before: dict, mine: dict, theirs: dict) -> None:
    """An entry that both sides have added is one item: the announced code is the one that stays."""
    added = {
        key_of(entry): entry for item, entry in theirs.items() if item not in before and item not in mine
    }
    for item, entry in list(mine.items()):
        twin = added.get(key_of(entry))
        if item not in before and item not in theirs and twin is not None:
            plan.renumbered.append((entry, twin))
            mine[twin.item_id] = mine.pop(item)


def _weigh(plan: ThreeWay, before: Entry | None, mine: Entry | None, theirs: Entry | None) -> None:
    is_mine, is_theirs = _digest(before) != _digest(mine), _digest(before) != _digest(theirs)
    if is_mine and is_theirs and _digest(mine) != _digest(theirs):
        plan.clashes.append(Overlap(before, mine, theirs))
    elif is_theirs and not is_mine:
        if theirs is not None:
            plan.taken.append(theirs)
        else:
            plan.dropped.append(mine)
    elif is_mine and not is_theirs:
        plan.own += 1


def _keep_names_apart(plan: ThreeWay, mine: dict[int, Entry]) -> None:
    """What would put one name into the draft twice is no plain taking over either."""
    left_alone = {entry.item_id for entry in [*plan.taken, *plan.dropped]}
    held = {key_of(entry) for item, entry in mine.items() if item not in left_alone}
    for entry in [entry for entry in plan.taken if key_of(entry) in held]:
        plan.taken.remove(entry)
        plan.clashes.append(Overlap(None, mine.get(entry.item_id), entry))


def _digest(entry: Entry | None) -> str | None:
    return entry.digest if entry is not None else None
