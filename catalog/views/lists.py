"""The lists themselves: all of a county, one with its editions, one edition, one entry for citing."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import County

from ..caching import stored
from ..models import Edition, Entry, ItemList
from ..paging import page_of
from ..standing import edition_in_force, editions_on
from .places import grouped
from .showing import show


@stored
def lists(request, county_code):
    today = timezone.localdate()
    county = get_object_or_404(County, code=county_code)
    editions = Edition.objects.public(today).filter(list__county=county).with_list()
    by_list = grouped(
        editions.order_by("list__kind", "list__township_class", "list__township"), lambda each: each.list
    )
    page = page_of(request, list(by_list))
    in_force = {each: edition_in_force(editions_on(by_list[each], today)) for each in page}
    return show(request, "lists.html", county=county, page=page, in_force=in_force)


@stored
def item_list(request, county_code, list_slug):
    today = timezone.localdate()
    item_list = list_at(county_code, list_slug)
    standings = standings_of(item_list, today)
    edition = edition_in_force(standings)
    return show(
        request,
        "list.html",
        county=item_list.county,
        item_list=item_list,
        edition=edition,
        standings=standings,
        page=page_of(request, entries_of(edition)),
    )


@stored
def edition(request, county_code, list_slug, day):
    today = timezone.localdate()
    item_list = list_at(county_code, list_slug)
    standing = standing_at(item_list, day, today)
    return show(
        request,
        "edition.html",
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
    item_list = list_at(county_code, list_slug)
    standing = standing_at(item_list, day, today)
    entry = get_object_or_404(
        Entry.objects.filter(edition=standing.edition).for_reading(),
        item__number=item_code,
    )
    return show(
        request,
        "entry.html",
        county=item_list.county,
        item_list=item_list,
        edition=standing.edition,
        standing=standing,
        entry=entry,
        item_is_in_force=Entry.objects.in_force(today).filter(item=entry.item_id).exists(),
    )


def list_at(county_code, list_slug):
    return get_object_or_404(
        ItemList.objects.filter(county__code=county_code).with_slug(list_slug).with_holder()
    )


def standings_of(item_list, today):
    """Every public edition of a list as it stands today; a list nobody has announced is not there."""
    editions = Edition.objects.public(today).filter(list=item_list).defer("report")
    standings = editions_on(editions, today)
    if not standings:
        raise Http404
    for each in standings:
        each.edition.list = item_list
    return standings


def standing_at(item_list, day, today):
    """The edition an address names, as it stands today."""
    for each in standings_of(item_list, today):
        if (each.edition.effective_on, each.edition.correction) == day:
            return each
    raise Http404


def entries_of(edition):
    """All entries of an edition in the order of the paper."""
    if edition is None:
        return Entry.objects.none()
    return edition.entries.select_related("item").order_by("position")
