"""The lists themselves: all of a county, one with its editions, one edition, one entry for citing."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import County

from ..caching import stored, stored_unless_asked
from ..choices import EditionState
from ..days import asked_day
from ..display import question_of
from ..keptqueries import kept_query
from ..models import Edition, Entry, ItemList
from ..paging import page_of
from ..resting import looked_up_once
from ..standing import edition_in_force, editions_on
from ..tallies import FACETS, narrowed
from .days import first_day, show_trouble
from .places import grouped
from .showing import show


@stored_unless_asked("on")
def lists(request, county_code):
    county = get_object_or_404(County, code=county_code)
    editions = Edition.objects.public(timezone.localdate()).filter(list__county=county).with_list()
    editions = list(editions.order_by("list__kind", "list__township_class", "list__township"))
    day = asked_day(request, lambda: first_day(editions))
    if day.trouble:
        return show_trouble(request, day, county=county)
    by_list = grouped(published_by(day, editions), lambda each: each.list)
    page = page_of(request, list(by_list))
    in_force = {each: edition_in_force(editions_on(by_list[each], day.day)) for each in page}
    return show(request, "lists.html", keeping=["on"], county=county, day=day, page=page, in_force=in_force)


@stored_unless_asked("on", *FACETS)
def item_list(request, county_code, list_slug):
    editions = editions_at(county_code, list_slug)
    item_list = editions[0].list
    day = asked_day(request, lambda: first_day(editions))
    if day.trouble:
        return show_trouble(request, day, county=item_list.county)
    standings = editions_on(published_by(day, editions), day.day)
    edition = edition_in_force(standings)
    left = narrowed(edition, question_of(request), day.asked)
    return show(
        request,
        "list.html",
        before=edition_before(edition, editions),
        keeping=["on", *FACETS],
        day=day,
        county=item_list.county,
        item_list=item_list,
        edition=edition,
        standings=standings,
        narrowed=left,
        page=left.page_of(request) if left else page_of(request, []),
    )


@stored
def edition(request, county_code, list_slug, day):
    editions = editions_at(county_code, list_slug)
    standing = standing_at(editions, day, timezone.localdate())
    item_list = standing.edition.list
    return show(
        request,
        "edition.html",
        before=edition_before(standing.edition, editions),
        county=item_list.county,
        item_list=item_list,
        edition=standing.edition,
        standing=standing,
        steps=list(standing.edition.steps.all()),
        rounds=list(standing.edition.rounds.with_counts()),
        page=page_of(request, entries_of(standing.edition)),
    )


@stored
def entry(request, county_code, list_slug, day, item_code):
    today = timezone.localdate()
    standing = standing_at(editions_at(county_code, list_slug), day, today)
    entry = entry_at(standing.edition, item_code)
    return show(
        request,
        "entry.html",
        county=standing.edition.list.county,
        item_list=standing.edition.list,
        edition=standing.edition,
        standing=standing,
        entry=entry,
        item_is_in_force=bool(in_force_of(entry.item_id, today)),
    )


@looked_up_once
def editions_at(county_code, list_slug):
    """Every edition of a list that can be read today, with the list and what is counted, in one query.

    A list nobody has announced is not there.
    """
    kind, dash, _scope = list_slug.partition("-")
    if dash:
        lists = ItemList.objects.filter(county__code=county_code).with_slug(list_slug)
        editions = list(of_lists(Edition.objects.filter(list__in=lists), timezone.localdate()))
    else:
        editions = editions_for_whole_county(county_code, kind, timezone.localdate())
    if not editions:
        raise Http404
    return editions


@kept_query
def editions_for_whole_county(county_code, kind, today):
    lists = ItemList.objects.filter(county__code=county_code).for_whole_county(kind)
    return of_lists(Edition.objects.filter(list__in=lists), today)


def of_lists(editions, today):
    """Those that can be read today, with what is counted, but not the import's report, heavier than all the rest."""
    return editions.public(today).with_list().defer(None).defer("report").order_by()


def entry_at(edition, number):
    """The entry of an edition that is the item of this number."""
    entries = entries_numbered(edition.pk, number)
    if not entries:
        raise Http404
    entries[0].edition = edition
    return entries[0]


@kept_query
def entries_numbered(edition, number):
    return Entry.objects.filter(edition=edition, item__number=number).select_related("item")


@kept_query
def in_force_of(item, today):
    """The entries in force of an item, with nothing of them."""
    return Entry.objects.in_force(today).filter(item=item).only("pk").order_by()


def published_by(day, editions):
    """Those of the editions that could be read on the day."""
    return [each for each in editions if each.published_on <= day.published_by]


def comparable(editions):
    """Of the editions of a list those that have held or will, the latest first."""
    held = [each for each in editions if each.state != EditionState.WITHDRAWN]
    return sorted(held, key=lambda each: (each.effective_on, each.correction), reverse=True)


def edition_before(edition, editions):
    """The one of the list's editions that this one follows; None of the first, and of one that never held."""
    following = comparable(editions)
    if edition is None or edition not in following:
        return None
    return next(iter(following[following.index(edition) + 1 :]), None)


def standing_at(editions, day, today):
    """The edition of a list that an address names, as it stands today."""
    for each in editions_on(editions, today):
        if (each.edition.effective_on, each.edition.correction) == day:
            return each
    raise Http404


def entries_of(edition):
    """The lines of an edition in the order of the paper."""
    return edition.entries.as_lines()
