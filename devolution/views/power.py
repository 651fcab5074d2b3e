"""One power: who exercises it, who answers for it, by which paper, and what has become of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from catalog.caching import stored_unless_asked
from catalog.models import Entry
from catalog.views.days import show_trouble
from catalog.views.showing import show

from ..answering import ways_of
from ..choices import Standing
from ..models import Evaluation, Power, TransferTownship
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
    happenings = timeline(power, rows, evaluations_of(power))
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
    """The power of this code, or the one it has been linked to as the same."""
    powers = Power.objects.select_related(
        "county", "department", "category", "same_as__county", "same_as__department", "same_as__category"
    ).prefetch_related("bases__law")
    power = get_object_or_404(powers, county__code=county_code, number=power_code)
    if power.same_as_id is None:
        return power
    return powers.get(pk=power.same_as_id)


def rows_of(power):
    """Where it was ever put in force, each township with what the page shows of it; prepared rows are none."""
    rows = list(
        TransferTownship.objects.put_in_force()
        .filter(power=power)
        .for_reading()
        .select_related(
            "township",
            "transfer__instrument__department",
            "transfer__provincial_decision",
            "term_instrument",
            "confirmation",
            "withdrawal",
            "taken_over_by",
            "office",
        )
        .order_by("transfer", "township__code", "valid_from")
    )
    transfers = {}
    for row in rows:
        row.power = power
        # One object for each transfer, with the power whose legal basis is loaded.
        row.transfer = transfers.setdefault(row.transfer_id, row.transfer)
        row.transfer.power = power
    return rows


def evaluations_of(power):
    """What evaluations of it have come to; those of transfers that were only ever prepared stay inside."""
    exercised = TransferTownship.objects.put_in_force().filter(power=power)
    evaluations = Evaluation.objects.filter(transfer__in=exercised.values("transfer"))
    return list(evaluations.select_related("township").order_by("evaluated_on", "pk"))


def entries_done_by(power, day):
    """The items of the lists in force that are done by this power, by their names there."""
    entries = Entry.objects.in_force(day.day, day.published_by).filter(item__power_items__power=power)
    named = {entry.item: entry for entry in entries.select_related("item").order_by("position")}
    return list(named.values())
