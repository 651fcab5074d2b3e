"""One power: who exercises it, who answers for it, by which paper, and what has become of it."""

from django.http import Http404
from django.urls import reverse

from catalog.caching import stored_unless_asked
from catalog.keptqueries import give, kept_query
from catalog.models import Entry
from catalog.views.days import show_trouble
from catalog.views.showing import show

from ..answering import ways_of
from ..choices import Standing
from ..models import Evaluation, Power, PowerBasis, TransferTownship
from ..timeline import taken_back, timeline
from .days import day_of


@stored_unless_asked("on")
def power(request, county_code, power_code):
    power = power_at(county_code, power_code)
    rows = rows_of(power)
    if not rows and not power.is_townships_own:
        raise Http404
    day = day_of(request, power.county)
    if day.trouble:
        return show_trouble(request, day, county=power.county)
    happenings = timeline(power, rows, evaluations_of(power.pk))
    in_force = [row for row in rows if row.standing(day.day) == Standing.IN_FORCE]
    return show(
        request,
        "power.html",
        # A code that was linked to another power leads to it, and is known by its address.
        canonical=reverse("power", args=[county_code, power.number]) if power.number != power_code else None,
        keeping=["on"],
        county=power.county,
        power=power,
        day=day,
        ways=ways_of(in_force, day.day),
        coming=[row for row in rows if row.standing(day.day) == Standing.COMING],
        ended=taken_back(happenings, day.day),
        evaluations=[each for each in happenings if each.evaluation and each.day <= day.day],
        happenings=happenings,
        entries=entries_done_by(power, day),
    )


def power_at(county_code, power_code):
    """The power of this code, or the one it has been linked to as the same, with its legal bases."""
    powers = powers_numbered(county_code, power_code)
    if powers and powers[0].same_as_id is not None:
        powers = powers_known_as(powers[0].same_as_id)
    if not powers:
        raise Http404
    (power,) = powers
    give(power, "bases", bases_of_power(power.pk))
    return power


def rows_of(power):
    """Where it was ever put in force, each township with what the page shows of it; prepared rows are none."""
    rows = rows_put_in_force(power.pk)
    transfers = {}
    for row in rows:
        row.power = power
        # One object for each transfer, with the power whose legal basis is loaded.
        row.transfer = transfers.setdefault(row.transfer_id, row.transfer)
        row.transfer.power = power
    return rows


def entries_done_by(power, day):
    """The items of the lists in force that are done by this power, by their names there."""
    named = {entry.item: entry for entry in entries_by_power(power.pk, day.day, day.published_by)}
    return list(named.values())


@kept_query
def powers_numbered(county_code, number):
    powers = Power.objects.filter(county__code=county_code, number=number)
    return powers.select_related("county", "department", "category")


@kept_query
def powers_known_as(key):
    return Power.objects.filter(pk=key).select_related("county", "department", "category")


@kept_query
def bases_of_power(power):
    return PowerBasis.objects.filter(power=power).select_related("law").order_by("position")


@kept_query
def rows_put_in_force(power):
    rows = TransferTownship.objects.put_in_force().filter(power=power).for_reading()
    return rows.select_related(
        "township",
        "transfer__instrument__department",
        "transfer__provincial_decision",
        "term_instrument",
        "confirmation",
        "withdrawal",
        "taken_over_by",
        "office",
    ).order_by("transfer", "township__code", "valid_from")


@kept_query
def evaluations_of(power):
    """What evaluations of it have come to; those of transfers that were only ever prepared stay inside."""
    exercised = TransferTownship.objects.put_in_force().filter(power=power)
    evaluations = Evaluation.objects.filter(transfer__in=exercised.values("transfer"))
    return evaluations.select_related("township").order_by("evaluated_on", "pk")


@kept_query
def entries_by_power(power, on, published_by):
    entries = Entry.objects.in_force(on, published_by).filter(item__power_items__power=power)
    return entries.select_related("item").order_by("position")
