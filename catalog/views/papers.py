"""Papers made for printing: the one-time notice of an item, and the list on a village's notice board."""

from typing import NamedTuple

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import Office

from ..arrangements import arrange
from ..caching import stored
from ..choices import HandlingRule
from ..days import AskedDay
from ..matrix import guides_of
from ..models import Handling
from ..notices import notice_of, place_of, statutory_limit
from .items import handled_in
from .places import grouped, services_for, successions_of, township_at
from .showing import show


class WallRow(NamedTuple):
    """One item on the wall: what it is called, where it is handled, how long it takes, whom to call."""

    name: str
    where: str
    limit: str
    phone: str


@stored
def notice(request, township_code, item_code):
    """What to know and bring before coming, on one sheet with a code that leads to the page."""
    today = timezone.localdate()
    township = township_at(township_code)
    handled = handled_in(township, item_code, AskedDay(today, today))
    if handled is None or handled["arrangement"] is None:
        raise Http404
    page = reverse("township_item", args=[township.code, item_code])
    return show(
        request,
        "notice.html",
        canonical=page,
        county=township.county,
        township=township,
        item=handled["item"],
        edition=handled["edition"],
        entry=handled["entry"],
        guide=handled["guide"],
        notice=notice_of(handled["entry"], township, handled["arrangement"], handled["guide"]),
        today=today,
        page_address=request.build_absolute_uri(page),
    )


@stored
def wall(request, township_code):
    """Every item of a township in large type, for the notice boards of its villages."""
    today = timezone.localdate()
    township = township_at(township_code)
    edition = services_for(township, successions_of(township, today), AskedDay(today, today))
    if edition is None:
        raise Http404
    page = reverse("township", args=[township.code])
    return show(
        request,
        "wall.html",
        canonical=page,
        county=township.county,
        township=township,
        edition=edition,
        groups=wall_rows(township, edition, today),
        today=today,
        page_address=request.build_absolute_uri(page),
    )


def wall_rows(township, edition, on):
    """The items that residents apply for, by category as printed."""
    entries = list(edition.entries.that_residents_apply_for().order_by("position"))
    items = [entry.item_id for entry in entries]
    guides = guides_of(items, on)
    handlings = Handling.objects.in_force(on).filter(township=township).select_related("office")
    exceptions = {handling.item_id: handling for handling in handlings}
    offices = grouped(Office.objects.standing_in(township, on), lambda office: office.name)
    rows = {}
    for entry in entries:
        guide = guides.get(entry.item_id)
        arrangement = arrange(
            entry,
            township,
            guide=guide,
            exception=exceptions.get(entry.item_id),
            offices=offices.get(entry.responsible_unit, ()),
        )
        if not arrangement.is_suspended:
            row = wall_row(entry, township, arrangement, guide)
            rows.setdefault(entry.category_name, []).append(row)
    return rows


def wall_row(entry, township, arrangement, guide):
    place = place_of(township, arrangement)
    if arrangement.rule == HandlingRule.VILLAGE:
        where = "村级便民服务站"
    elif arrangement.rule == HandlingRule.COUNTY:
        where = place.where[0] if place.where else ""
    else:
        named = arrangement.office.name if arrangement.office else township.centre_name
        where = " ".join(text for text in (arrangement.place or named, arrangement.window) if text)
    return WallRow(entry.name, where, arrangement.limit or statutory_limit(guide), place.phone)
