"""The items of a county's lists as they can be found, over the days of their editions and guides."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import pairwise

from django.urls import reverse

from accounts.models import County

from ..kinds import PUBLIC_SERVICES, kinds
from ..models import Edition, Entry, Guide
from .doors import events_of, groups_of
from .sources import Document

LONGEST_LINE = 300
COLUMNS = (
    "main_name",
    "name",
    "category_name",
    "category__code",
    "department_name",
    "responsible_unit",
    "service_target",
    "requirements",
    "power_type",
)


def item_address(county_code: str, code: str, township_code: str) -> str:
    """The township's page of an item where a township is chosen, else the item's own."""
    if township_code:
        return reverse("township_item", args=[township_code, int(code)])
    return reverse("item", args=[county_code, int(code)])


def item_documents(county: County, *, on: date, codes: Collection[str] | None = None) -> Iterator[Document]:
    """Each item of the lists in force on the day or announced for later, one document for each span of days.

    An item that several lists carry is found once, by the name in the widest of them, with what the others print
    as further names.
    """
    terms = edition_terms(county, on)
    entries = _entries(terms, codes)
    guides = _guides(county, on, codes)
    for number, rows in entries.items():
        for first, end in _spans([terms[row["edition_id"]] for row in rows] + guides[number], on):
            standing = [row for row in rows if _covers(terms[row["edition_id"]], first)]
            if standing:
                guide = next((guide for guide in guides[number] if _covers(guide, first)), None)
                yield _document(number, standing, guide and guide[2], first, end)


def edition_terms(county: County, on: date) -> dict[int, tuple[date, date | None, tuple]]:
    """From when to when each announced edition stands, and how wide it reaches; those past the day left out."""
    searched = [kind.code for kind in kinds if kind.is_found_by_items]
    editions = Edition.objects.announced().filter(list__county=county, list__kind__in=searched)
    by_list = defaultdict(list)
    for edition in editions.with_list().order_by("effective_on", "correction"):
        by_list[edition.list_id].append(edition)
    terms = {}
    for following in by_list.values():
        for place, edition in enumerate(following):
            ends = [later.takes_over_on for later in following[place + 1 :]]
            ends += [edition.ended_on] if edition.ended_on else []
            end = min(ends, default=None)
            if end is None or end > max(on, edition.takes_over_on):
                width = (edition.list.kind != PUBLIC_SERVICES, -edition.list.breadth, edition.list.slug)
                terms[edition.pk] = (edition.takes_over_on, end, width)
    return terms


def _entries(terms, codes) -> dict[int, list[dict]]:
    """The rows of these editions by item, of each item the widest first."""
    rows = Entry.objects.filter(edition__in=terms, item__isnull=False)
    if codes is not None:
        rows = rows.filter(item__number__in=[int(code) for code in codes])
    by_item = defaultdict(list)
    for row in rows.order_by("item__number").values("edition_id", "item__number", *COLUMNS):
        by_item[row["item__number"]].append(row)
    for rows_of_item in by_item.values():
        rows_of_item.sort(key=lambda row: terms[row["edition_id"]][2])
    return by_item


def _guides(county, on, codes) -> dict[int, list[tuple]]:
    guides = Guide.objects.approved().filter(item__county=county).exclude(valid_to__lte=on)
    if codes is not None:
        guides = guides.filter(item__number__in=[int(code) for code in codes])
    by_item = defaultdict(list)
    for guide in guides.select_related("item").prefetch_related("channels", "materials").order_by("pk"):
        by_item[guide.item.number].append((guide.valid_from, guide.valid_to, guide))
    return by_item


def _spans(terms: Iterable[tuple], on: date) -> Iterator[tuple[date, date | None]]:
    """The days from the first of these terms, cut wherever one begins or ends; nothing before the day asked for.

    What began earlier keeps its first day, so that the same rows come out whenever they are made.
    """
    cuts = {day for first, end, *_rest in terms for day in (first, end) if day is not None}
    bounds: list[date | None] = [*sorted(cuts), None]
    for first, end in pairwise(bounds):
        if end is None or end > on:
            yield first, end


def _covers(term: tuple, day: date) -> bool:
    return term[0] <= day and (term[1] is None or term[1] > day)


def _document(number, rows, guide, first, end) -> Document:
    row = rows[0]
    others = [name for each in rows for name in (each["name"], each["main_name"])]
    names = [*(guide.popular_names.split("、") if guide else []), *others]
    names = [name.strip() for name in dict.fromkeys(names) if name.strip() and name != row["name"]]
    target = row["service_target"]
    told = [
        row[column] for column in ("category_name", "responsible_unit", "department_name", "requirements")
    ]
    if guide:
        told += [guide.conditions, guide.result_name]
        told += [material.name for material in guide.materials.all()]
    return Document(
        code=str(number),
        title=row["name"],
        popular_names=tuple(names),
        text="\n".join(filter(None, [target, *told])),
        line=target[:LONGEST_LINE],
        facets=tuple(_facets(row, guide)),
        places=tuple(f"e:{each['edition_id']}" for each in rows),
        valid_from=first,
        valid_to=end,
    )


def _facets(row, guide) -> Iterator[tuple[str, str]]:
    said = f"{row['name']} {row['main_name']}"
    if row["category__code"]:
        yield "category", row["category__code"]
    yield from (("audience", code) for code in groups_of(f"{said} {row['service_target']}"))
    yield from (("event", code) for code in events_of(said))
    if guide is None:
        return
    yield from (("channel", channel.kind) for channel in guide.channels.all())
    if guide.is_free is not None:
        yield "free", "yes" if guide.is_free else "no"
    if guide.rule:
        yield "handled", guide.rule
