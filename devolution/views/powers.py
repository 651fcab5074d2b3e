"""Powers handed down on a day: those of a county, and those of one township."""

from collections import defaultdict

from django.db.models import Count
from django.shortcuts import get_object_or_404

from accounts.models import County
from catalog.caching import stored_unless_asked
from catalog.display import question_of
from catalog.paging import page_of
from catalog.views.days import show_trouble
from catalog.views.places import as_of, successions_of, township_at
from catalog.views.showing import show

from ..choices import Mode
from ..filters import PowerFilter
from ..models import Power, TransferTownship
from .days import day_of

QUESTIONS = ("q", "department", "mode", "type", "township", "field", "on")


@stored_unless_asked(*QUESTIONS)
def powers(request, county_code):
    county = get_object_or_404(County, code=county_code)
    day = day_of(request, county)
    if day.trouble:
        return show_trouble(request, day, county=county)
    receipts = TransferTownship.objects.in_force(day.day).of_county(county)
    narrowed = PowerFilter(question_of(request), queryset=in_order(county), receipts=receipts, day=day)
    page = page_of(request, narrowed.qs)
    return show(
        request,
        "powers.html",
        keeping=QUESTIONS,
        county=county,
        day=day,
        narrowed=narrowed,
        page=page,
        held=townships_by_mode(narrowed.receipts.filter(power__in=page.object_list)),
    )


@stored_unless_asked(*QUESTIONS)
def township_powers(request, township_code):
    township = township_at(township_code)
    day = day_of(request, township.county)
    if day.trouble:
        return show_trouble(request, day, county=township.county, township=township)
    township = as_of(township, day)
    receipts = TransferTownship.objects.in_force(day.day).of_township(township)
    narrowed = PowerFilter(
        question_of(request),
        queryset=in_order(township.county),
        receipts=receipts,
        day=day,
        of_township=True,
    )
    page = page_of(request, narrowed.qs)
    rows = narrowed.receipts.filter(power__in=page.object_list).select_related(
        "transfer__instrument", "office"
    )
    return show(
        request,
        "township_powers.html",
        keeping=QUESTIONS,
        county=township.county,
        township=township,
        successions=successions_of(township, day.day),
        day=day,
        narrowed=narrowed,
        page=page,
        rows={row.power_id: row for row in rows},
    )


def in_order(county):
    """The county's powers, department by department, with what a line of a list shows."""
    powers = Power.objects.filter(county=county).select_related("department", "category")
    return powers.order_by("department__name", "number")


def townships_by_mode(receipts):
    """For each power its modes, and in how many townships each is in force."""
    counted = (
        receipts.order_by().values_list("power", "mode").annotate(count=Count("township", distinct=True))
    )
    held = defaultdict(list)
    for power, mode, count in counted.order_by("power", "mode"):
        held[power].append((Mode(mode), count))
    return held
