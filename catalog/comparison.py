"""The one comparison of an edition with the edition before: preview, reviewer and public page all read it."""

from dataclasses import dataclass, field

from .choices import SuccessionKind, SuggestionDecision
from .models import Edition, Entry, Succession, Suggestion
from .models.entry import PRINTED_FIELDS


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


@dataclass
class Comparison:
    """An edition beside the one before it. `new` and `gone` leave out what a kinship explains."""

    new: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    kinships: list[Kinship] = field(default_factory=list)

    @property
    def renamed(self) -> list[Change]:
        return [change for change in self.changed if change.is_renamed]

    @property
    def counts(self) -> dict[str, int]:
        """How many entries are new, changed, unchanged and gone, as the import report names them."""
        successors = {kinship.entry.pk for kinship in self.kinships}
        predecessors = {kinship.before.pk for kinship in self.kinships}
        return {
            "new": len(self.new) + len(successors),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "gone": len(self.gone) + len(predecessors),
        }


def compare(edition: Edition) -> Comparison:
    """Compare an edition with its base; without a base every entry is new."""
    entries = list(edition.entries.order_by("position"))
    before = {}
    if edition.base_id:
        base_entries = Entry.objects.filter(edition=edition.base_id).order_by("position")
        before = {entry.item_id: entry for entry in base_entries}
    comparison = Comparison(kinships=_kinships(edition, entries, before))
    explained = {kinship.entry.pk for kinship in comparison.kinships}
    for entry in entries:
        old = before.get(entry.item_id) if entry.item_id else None
        if old is None:
            if entry.pk not in explained:
                comparison.new.append(entry)
        elif old.digest == entry.digest:
            comparison.unchanged.append(entry)
        else:
            comparison.changed.append(Change(entry, old, field_changes(old, entry)))
    kept = {entry.item_id for entry in entries}
    followed = {kinship.before.item_id for kinship in comparison.kinships}
    comparison.gone = [old for item, old in before.items() if item not in kept | followed]
    return comparison


def field_changes(before: Entry, after: Entry) -> tuple[FieldChange, ...]:
    """The printed values in which two entries differ, in the paper's order."""
    changes = []
    for name in PRINTED_FIELDS:
        if name == "details":
            changes += _detail_changes(before.details, after.details)
        elif getattr(before, name) != getattr(after, name):
            label = Entry._meta.get_field(name).verbose_name
            changes.append(FieldChange(label, _shown(before, name), _shown(after, name)))
    return tuple(changes)


def _shown(entry: Entry, name: str) -> str:
    return entry.power_type_name if name == "power_type" else getattr(entry, name)


def _detail_changes(before: dict, after: dict) -> list[FieldChange]:
    labels = sorted(before.keys() | after.keys())
    return [
        FieldChange(label, str(before.get(label, "")), str(after.get(label, "")))
        for label in labels
        if before.get(label) != after.get(label)
    ]


def _kinships(edition: Edition, entries: list[Entry], before: dict[int, Entry]) -> list[Kinship]:
    """What clerks said of split and merged items: as decided in a preview, or as recorded once confirmed."""
    decided = Suggestion.objects.filter(
        entry__edition=edition, decision__in=[SuggestionDecision.SPLIT, SuggestionDecision.MERGED]
    ).values_list("entry_id", "item_id", "decision")
    by_entry = {entry.pk: entry for entry in entries}
    found = [(by_entry[entry], item, SuccessionKind(decision)) for entry, item, decision in decided]
    by_item = {entry.item_id: entry for entry in entries if entry.item_id}
    recorded = Succession.objects.filter(edition=edition).values_list(
        "successor_id", "predecessor_id", "kind"
    )
    found += [(by_item[new], old, SuccessionKind(kind)) for new, old, kind in recorded if new in by_item]
    return [Kinship(kind, entry, before[item]) for entry, item, kind in found if item in before]
