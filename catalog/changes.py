"""What has changed in public, the newest first: what feeds tell, of a county and of one township.

Only what residents read counts: announced editions from their day of publication, approved guides from their
own day. Drafts, what is withdrawn, and what is still to come are no changes.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import County, Township

from .models import Edition, Entry, Guide, ItemList

CHANGES = 50  # a reader that comes once a month misses nothing
NAMED = 20  # items of one day by name; beyond, their number says it
# Names of changes are made from what they are about, so that they stay when a site moves.
SPACE = uuid.UUID("6f1ff0c4-2b0e-5d3a-9d8e-3f5a7c1b2e4d")


@dataclass(frozen=True)
class Change:
    """One thing that has happened: what it is called for ever, when it was seen, and where it is read."""

    what: str
    title: str
    address: str
    at: datetime
    lines: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """A URN that never changes and that no other change bears."""
        return name_of(self.what)


def name_of(what: str) -> str:
    return f"urn:uuid:{uuid.uuid5(SPACE, what)}"


def begin_of(day: date) -> datetime:
    """The midnight with which a day begins here."""
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


def changes_of_lists(county: County, on: date, township: Township | None = None) -> list[Change]:
    """Editions announced, of all lists of the county or of those that speak of the township."""
    editions = Edition.objects.public(on).not_withdrawn().filter(list__in=_lists(county, township))
    newest = editions.with_list().order_by("-published_on", "-announced_at", "-pk")[:CHANGES]
    return [_announced(edition) for edition in newest]


def changes_of_guides(county: County, on: date, township: Township | None = None) -> list[Change]:
    """Guides that came into force, day by day, of items that a list in force carries."""
    editions = Edition.objects.in_force(on).filter(list__in=_lists(county, township))
    carried = Entry.objects.filter(edition__in=editions)
    guides = Guide.objects.approved().filter(
        item__county=county, item__in=carried.values("item"), valid_from__lte=on
    )
    days = guides.order_by("-valid_from").values("valid_from").annotate(count=Count("pk"))[:NAMED]
    counts = {row["valid_from"]: row["count"] for row in days}
    few = [day for day, count in counts.items() if count <= NAMED]
    named: dict[date, dict[int, str]] = {day: {} for day in few}
    rows = carried.filter(item__guides__in=guides.filter(valid_from__in=few)).order_by("item__number")
    for day, number, name in rows.values_list("item__guides__valid_from", "item__number", "name"):
        if day in named:
            named[day].setdefault(number, name)
    return [_guides(county, day, count, named.get(day, {}), township) for day, count in counts.items()]


def _lists(county: County, township: Township | None):
    if township is not None:
        return ItemList.objects.applying_to(township)
    return ItemList.objects.filter(county=county)


def _announced(edition: Edition) -> Change:
    lines = [
        _("Document number: %(number)s") % {"number": edition.document_number},
        _("In force from %(day)s") % {"day": edition.effective_on.isoformat()},
    ]
    if edition.ended_on:
        lines.append(_("No longer in force from %(day)s") % {"day": edition.ended_on.isoformat()})
    address = edition.get_absolute_url()
    plain = f"edition:{edition.list.county.code}:{edition.list.slug}:{edition.day_slug}"
    title = _("Announced: %(title)s") % {"title": edition.title}
    return Change(plain, title, address, max(edition.announced_at, begin_of(edition.published_on)), lines)


def _guides(
    county: County, day: date, count: int, named: dict[int, str], township: Township | None
) -> Change:
    place = township or county
    plain = f"guides:{place.code}:{day.isoformat()}"
    if len(named) == 1:
        ((number, name),) = named.items()
        title = _("How to get it done: %(item)s") % {"item": name}
        address = _item_address(county, number, township)
    else:
        title = _("How to get things done: items with a new guide: %(count)s") % {"count": count}
        address = place.get_absolute_url()
    lines = [f"{name} ({number})" for number, name in named.items()]
    return Change(plain, title, address, begin_of(day), lines)


def _item_address(county: County, number: int, township: Township | None) -> str:
    if township is not None:
        return reverse("township_item", args=[township.code, number])
    return reverse("item", args=[county.code, number])
