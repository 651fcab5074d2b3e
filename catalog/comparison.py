"""The one comparison of an edition with the edition before: preview, reviewer and public page all read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from .choices import SuccessionKind, SuggestionDecision
from .models import Edition, Entry, Succession, Suggestion
from .models.edition import HEAVY_OF_EDITION
from .models.entry import PRINTED_FIELDS, details_as_printed

# What a statement of SQLite may ask for by key, with room to spare.
KEYS_A_QUERY = 500


@dataclass(frozen=True)
class FieldChange:
    """One printed value that differs; both sides as a reader sees them."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """An item that stands in both editions with something printed otherwise."""

    entry: Entry
    before: Entry
    fields: tuple[FieldChange, ...]

    @property
    def is_renamed(self) -> bool:
        return (self.entry.main_name, self.entry.name) != (self.before.main_name, self.before.name)

    @property
    def is_moved(self) -> bool:
        """Whether another department stands behind it now."""
        return self.entry.department_name != self.before.department_name


@dataclass(frozen=True)
class Kinship:
    """A new entry that was split from, merged from or put in the place of an item of the edition before."""

    kind: SuccessionKind
    entry: Entry
    before: Entry


@dataclass(frozen=True)
class Comparison:
    """An edition beside the one before it. `new` and `gone` leave out what a kinship explains.

    `counts` is how many entries are new, changed, unchanged and gone, as the import report names them, however
    many of them were asked for.
    """

    new: list[Entry]
    gone: list[Entry]
    changed: list[Change]
    unchanged: list[Entry]
    kinships: list[Kinship]
    counts: Mapping[str, int]

    @property
    def renamed(self) -> list[Change]:
        return [change for change in self.changed if change.is_renamed]


def compare(edition: Edition, most: int | None = None) -> Comparison:
    """Compare an edition with its base, by item and digest; without a base every entry is new.

    Of each kind of difference the first `most` are loaded, in the paper's order.
    """
    return _compare(edition, edition.base_id, _kinships(edition), most)


def compare_editions(before: Edition, after: Edition) -> Comparison:
    """Compare two announced editions of one list, however many lie between them; what is unchanged is counted."""
    return _compare(after, before.pk, _kinships_between(before, after), None, with_unchanged=False)


def _compare(
    edition: Edition, base: int | None, kinships: list[Kinship], most: int | None, with_unchanged: bool = True
) -> Comparison:
    before = Entry.objects.filter(edition=base, item=OuterRef("item"))
    entries = edition.entries.select_related("item").annotate(
        digest_before=Subquery(before.values("digest")[:1])
    )
    entries = entries.order_by("position")
    explained = {kinship.entry.pk for kinship in kinships}
    new = entries.filter(digest_before=None).exclude(pk__in=explained)
    unchanged = entries.filter(digest_before=F("digest"))
    changed = entries.exclude(digest_before=None).exclude(digest_before=F("digest"))
    found = entries.aggregate(
        all=Count("pk"),
        met=Count("digest_before"),
        unchanged=Count("pk", filter=Q(digest_before=F("digest"))),
    )
    return Comparison(
        new=list(new[:most]),
        gone=list(_gone(edition, base, kinships)[:most]),
        changed=_changes(edition, base, list(changed[:most])),
        unchanged=list(unchanged[:most]) if with_unchanged else [],
        kinships=kinships,
        counts={
            "new": found["all"] - found["met"],
            "changed": found["met"] - found["unchanged"],
            "unchanged": found["unchanged"],
            "gone": _count_gone(edition, base, kinships),
        },
    )


def count_gone(edition: Edition) -> int:
    """How many entries of the edition before have no successor of the same item, what a kinship explains too."""
    return _count_gone(edition, edition.base_id, _kinships(edition))


def _gone(edition: Edition, base: int | None, kinships: list[Kinship]) -> QuerySet[Entry]:
    before = Entry.objects.filter(edition=base).select_related("item").order_by("position")
    followed = {kinship.before.item_id for kinship in kinships}
    return before.exclude(Exists(edition.entries.filter(item=OuterRef("item")))).exclude(item__in=followed)


def _count_gone(edition: Edition, base: int | None, kinships: list[Kinship]) -> int:
    return _gone(edition, base, kinships).count() + len({kinship.before.pk for kinship in kinships})


def _changes(edition: Edition, base: int | None, entries: list[Entry]) -> list[Change]:
    before = _of_items(base, {entry.item_id for entry in entries})
    pairs = ((entry, before[entry.item_id]) for entry in entries)
    columns = edition.list.list_kind.resource.fields
    return [Change(entry, old, field_changes(old, entry, columns)) for entry, old in pairs]


def _of_items(edition: int | None, items: set[int]) -> dict[int, Entry]:
    """The entries of an edition by their items; asked in portions that every database takes."""
    wanted, found = sorted(items), {}
    for start in range(0, len(wanted), KEYS_A_QUERY):
        entries = Entry.objects.filter(edition=edition, item__in=wanted[start : start + KEYS_A_QUERY])
        found |= {entry.item_id: entry for entry in entries.select_related("item")}
    return found


def field_changes(
    before: Entry, after: Entry, columns: Mapping[str, object] = MappingProxyType({})
) -> tuple[FieldChange, ...]:
    """The printed values in which two entries differ, in the paper's order.

    `columns` are those of the kind's resource; without them details keep the names they are stored under.
    """
    changes = []
    for name in PRINTED_FIELDS:
        if name == "details":
            changes += _detail_changes(
                details_as_printed(before.details, columns), details_as_printed(after.details, columns)
            )
        elif getattr(before, name) != getattr(after, name):
            label = Entry._meta.get_field(name).verbose_name
            changes.append(FieldChange(label, _shown(before, name), _shown(after, name)))
    return tuple(changes)


def _shown(entry: Entry, name: str) -> str:
    return entry.power_type_name if name == "power_type" else getattr(entry, name)


def _detail_changes(before: dict[str, str], after: dict[str, str]) -> list[FieldChange]:
    labels = sorted(before.keys() | after.keys())
    return [
        FieldChange(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label) != after.get(label)
    ]


def _kinships(edition: Edition) -> list[Kinship]:
    """What clerks said of split and merged items: as decided in a preview, or as recorded once confirmed."""
    if edition.base_id is None:
        return []
    decided = Suggestion.objects.filter(
        entry__edition=edition, decision__in=[SuggestionDecision.SPLIT, SuggestionDecision.MERGED]
    ).select_related("entry")
    found = [(one.entry, one.item_id, SuccessionKind(one.decision)) for one in decided]
    recorded = list(Succession.objects.filter(edition=edition))
    by_item = _of_items(edition.pk, {one.successor_id for one in recorded})
    found += [
        (by_item[one.successor_id], one.predecessor_id, SuccessionKind(one.kind))
        for one in recorded
        if one.successor_id in by_item
    ]
    before = _of_items(edition.base_id, {item for _entry, item, _kind in found})
    return [Kinship(kind, entry, before[item]) for entry, item, kind in found if item in before]


def _kinships_between(before: Edition, after: Edition) -> list[Kinship]:
    """What was recorded from the one edition to the other, step by step joined into one."""
    steps = Succession.objects.filter(edition__list=after.list_id, edition__in=Edition.objects.announced())
    steps = steps.select_related("edition").defer(*HEAVY_OF_EDITION)
    steps = steps.order_by("edition__effective_on", "edition__correction", "pk")
    kinds: dict[tuple[int, int], str] = {}
    for step in steps:
        if _place(before) < _place(step.edition) <= _place(after):
            origins = [first for first, last in kinds if last == step.predecessor_id]
            kinds |= {(first, step.successor_id): step.kind for first in (step.predecessor_id, *origins)}
    old = _of_items(before.pk, {first for first, _last in kinds})
    new = _of_items(after.pk, {last for _first, last in kinds})
    return [
        Kinship(SuccessionKind(kind), new[last], old[first])
        for (first, last), kind in kinds.items()
        if first != last and first in old and last in new
    ]


def _place(edition: Edition) -> tuple:
    """Where an edition stands among those of its list."""
    return edition.effective_on, edition.correction
