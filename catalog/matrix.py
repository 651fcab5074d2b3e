"""Items beside townships: the guide's rule, and where a township departs from it. Only the exceptions are stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import County, Township

from .choices import HandlingRule
from .kinds import PUBLIC_SERVICES
from .models import Edition, Entry, Guide, Handling
from .models.edition import edition_for_each


@dataclass(frozen=True)
class Cell:
    """One item in one township: what holds there, and the exception it comes from if it is not inherited."""

    item_id: int
    township: Township
    rule: HandlingRule | None
    exception: Handling | None = None

    @property
    def key(self) -> str:
        return f"{self.item_id}-{self.township.pk}"

    @property
    def is_inherited(self) -> bool:
        """Whether the rule is the guide's own."""
        return self.exception is None or not self.exception.rule


@dataclass(frozen=True)
class Row:
    """One item with its rule and a cell for each township; None where its list does not carry the item."""

    entry: Entry
    guide: Guide | None
    cells: Sequence[Cell | None]


def services_of(county: County, townships: Iterable[Township], on: date) -> dict[Township, Edition]:
    """The list of services that counts for each township on the day."""
    editions = Edition.objects.in_force(on).of_kind(PUBLIC_SERVICES).filter(list__county=county).with_list()
    return edition_for_each(townships, list(editions))


def entries_of(counting: dict[Township, Edition]) -> list[Entry]:
    """Every item of these lists once, as its widest list prints it, in its order."""
    editions = sorted(set(counting.values()), key=lambda edition: -edition.list.breadth)
    found: dict[int, Entry] = {}
    for edition in editions:
        for entry in edition.entries.that_residents_apply_for().select_related("item").order_by("position"):
            found.setdefault(entry.item_id, entry)
    return list(found.values())


def rows_of(entries: Sequence[Entry], counting: dict[Township, Edition], on: date) -> list[Row]:
    """The matrix of these items and townships on the day."""
    items = [entry.item_id for entry in entries]
    guides = guides_of(items, on)
    exceptions = {
        (handling.item_id, handling.township_id): handling
        for handling in Handling.objects.in_force(on).filter(item__in=items, township__in=list(counting))
    }
    carried = {
        edition: set(edition.entries.filter(item__in=items).values_list("item_id", flat=True))
        for edition in set(counting.values())
    }
    return [
        Row(
            entry,
            guides.get(entry.item_id),
            [
                _cell(entry.item_id, township, guides.get(entry.item_id), exceptions)
                if entry.item_id in carried[edition]
                else None
                for township, edition in counting.items()
            ],
        )
        for entry in entries
    ]


def guides_of(items: Iterable[int], on: date) -> dict[int, Guide]:
    """The guide in force on the day, by item; where two are, the later one, as on the item's page."""
    guides = Guide.objects.in_force(on).filter(item__in=list(items)).order_by("valid_from")
    return {guide.item_id: guide for guide in guides}


def inherited_rule(guide: Guide | None, township: Township) -> str:
    """What the guide says for a township of this kind; empty where nothing is on record."""
    return guide.rule_for(township.kind) if guide else ""


def _cell(item_id: int, township: Township, guide: Guide | None, exceptions: dict) -> Cell:
    exception = exceptions.get((item_id, township.pk))
    rule = (exception.rule if exception else "") or inherited_rule(guide, township)
    return Cell(item_id, township, HandlingRule(rule) if rule else None, exception)
