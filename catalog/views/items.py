"""One item: what it is in the county, and how one township handles it."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import Office, Village

from ..arrangements import arrange
from ..caching import stored_unless_asked
from ..choices import HandlingRule
from ..days import asked_day
from ..keptqueries import give, kept_query
from ..kinds import PUBLIC_SERVICES
from ..limits import limit_in_words
from ..models import Basis, Channel, Edition, Entry, Guide, Handling, Material, Step
from ..models.edition import edition_for_each
from ..resting import looked_up_once
from .days import first_day, show_trouble
from .places import (
    as_of,
    governments_on,
    grouped,
    services_for,
    services_in_force,
    successions_of,
    township_at,
)
from .showing import show

# What the pages of an item print of an entry and of what it is joined with: less than half of all there is.
SHOWN = (
    *("serial", "name", "power_type", "category_name", "department_name", "responsible_unit"),
    *("service_target", "requirements", "legal_basis", "remark"),
    *("item__number", "item__county", "department"),
    *("category__code", "category__name", "category__name_en"),
    *("edition__state", "edition__title", "edition__document_number", "edition__issuing_body"),
    *("edition__published_on", "edition__effective_on", "edition__ended_on", "edition__correction"),
    *("edition__list__kind", "edition__list__township__code", "edition__list__township_class__code"),
)
JOINED = (
    *("item__county", "category", "department"),
    *("edition__list__township", "edition__list__township_class"),
)


@stored_unless_asked("on")
def item(request, county_code, item_code):
    entries = public_entries(county_code, item_code)
    if not entries:
        raise Http404  # it stands in drafts only, or nowhere
    item = entries[0].item
    day = asked_day(request, lambda: first_day(entry.edition for entry in entries))
    if day.trouble:
        return show_trouble(request, day, county=item.county)
    in_force = {edition.pk: edition for edition in in_force_in(item.county_id, day.day, day.published_by)}
    current = widest_first(entry for entry in entries if entry.edition_id in in_force)
    if not current:
        return not_in_force(request, entries, day)
    here, elsewhere = townships_handling(current, in_force.values(), item.county, day.day)
    return show(
        request,
        "item.html",
        keeping=["on"],
        county=item.county,
        item=item,
        entry=current[0],
        current=current,
        others=[entry for entry in entries if entry.edition_id not in in_force],
        day=day,
        handling_it=here,
        elsewhere=elsewhere,
        **guide_of(item, day.day),
    )


@stored_unless_asked("on")
def township_item(request, township_code, item_code):
    township = township_at(township_code)
    address = township.county.code, item_code
    day = asked_day(request, lambda: first_day(entry.edition for entry in public_entries(*address)))
    if day.trouble:
        if not public_entries(*address):
            raise Http404
        return show_trouble(request, day, county=township.county, township=township)
    township = as_of(township, day)
    handled = handled_in(township, item_code, day)
    if handled is None:
        return not_in_force(request, public_entries(*address), day)
    arrangement, villages, carriers = handled["arrangement"], [], []
    if arrangement and arrangement.rule == HandlingRule.VILLAGE:
        villages = list(Village.objects.standing_in(township, day.day))
    elif not arrangement and not handled["successions"]:
        carriers = carriers_of(handled["current"], township.county, day)
    return show(
        request,
        "township_item.html",
        canonical=reverse("item", args=address),
        keeping=["on"],
        county=township.county,
        township=township,
        villages=villages,
        carriers=carriers,
        day=day,
        **handled,
    )


def handled_in(township, number, day):
    """What the day's lists and guide say of the item of this number, and how the township handles it.

    None where no list in force carries the item; the `arrangement` is None where the township's own does not.
    """
    successions = successions_of(township, day.day)
    edition = services_for(township, successions, day)
    current = entries_on(township.county.code, number, day)
    if not current:
        return None
    item = current[0].item
    entry = next((each for each in current if edition and each.edition_id == edition.pk), None)
    guide = guide_of(item, day.day)
    arrangement = None
    if entry is not None and entry.is_applied_for:
        exceptions = exceptions_in_force(item.pk, township.pk, day.day)
        arrangement = arrange(
            entry,
            township,
            guide=guide["guide"],
            exception=exceptions[0] if exceptions else None,
            offices=offices_called(entry.responsible_unit, township.pk, day.day),
        )
    return {
        "successions": successions,
        "edition": edition,
        "item": item,
        "entry": entry or current[0],
        "current": current,
        "arrangement": arrangement,
        **guide,
    }


def not_in_force(request, entries, day):
    """No list in force carries the item on the day: not found, but the papers that carry it are named.

    An item that stands in drafts only is not found at all.
    """
    if not entries:
        raise Http404
    return show(
        request,
        "item_not_in_force.html",
        status=404,
        keeping=["on"],
        county=entries[0].item.county,
        item=entries[0].item,
        entries=entries,
        day=day,
    )


@looked_up_once
def entries_on(county_code, number, day):
    """An item as the editions in force on the day print it, those of the services list first."""
    return widest_first(_complete(printed_in_force(county_code, number, day.day, day.published_by)))


@looked_up_once
def public_entries(county_code, number):
    """An item as each edition that can be read today prints it, the latest edition first."""
    return _complete(printed_until(county_code, number, timezone.localdate()))


def _complete(entries):
    """The entries of an item, each with its legal bases and the county, which all of them share."""
    if entries:
        bases = grouped(bases_of_entries(entries[0].item_id), lambda basis: basis.entry_id)
        for entry in entries:
            entry.edition.list.county = entry.item.county
            give(entry, "bases", bases.get(entry.pk, []))
    return entries


def _printed(county_code, number):
    entries = Entry.objects.filter(item__county__code=county_code, item__number=number)
    return entries.select_related(*JOINED).only(*SHOWN)


@kept_query
def printed_in_force(county_code, number, on, published_by):
    return _printed(county_code, number).in_force(on, published_by).order_by()


@kept_query
def printed_until(county_code, number, on):
    entries = _printed(county_code, number).public(on)
    return entries.order_by("-edition__effective_on", "-edition__correction")


@kept_query
def bases_of_entries(item):
    return Basis.objects.filter(entry__item=item).order_by("position")


@looked_up_once
@kept_query
def in_force_in(county, on, published_by):
    """The editions in force of a county, with no more than whose list each is."""
    editions = Edition.objects.in_force(on, published_by).filter(list__county=county)
    return editions.select_related("list").only("list").order_by()


@kept_query
def guides_in_force(item, on):
    return Guide.objects.in_force(on).filter(item=item).order_by("-valid_from")


@kept_query
def rows_of_guide(guide, *, model):
    """The materials, steps or channels of a guide."""
    # Their own order without the guide it begins with, which would be joined for its own.
    return model.objects.filter(guide=guide).order_by(*model._meta.ordering[1:])


@kept_query
def exceptions_in_force(item, township, on):
    exceptions = Handling.objects.in_force(on).filter(item=item, township=township)
    return exceptions.select_related("office").order_by("-valid_from")


@kept_query
def offices_called(name, township, on):
    return Office.objects.standing_in_place(township, on).filter(name=name).order_by("name")


def widest_first(entries):
    """Entries of the services list before other kinds, the county's before those of a class or township."""
    return sorted(
        entries, key=lambda entry: (entry.edition.list.kind != PUBLIC_SERVICES, -entry.edition.list.breadth)
    )


def townships_handling(current, in_force, county, on):
    """The townships whose own services list carries the item, and those whose list does not."""
    carrying = {
        entry.edition_id
        for entry in current
        if entry.is_applied_for and entry.edition.list.kind == PUBLIC_SERVICES
    }
    townships = governments_on(county, on)
    services = [edition for edition in in_force if edition.list.kind == PUBLIC_SERVICES]
    counting = edition_for_each(townships, services)
    here = [each for each in townships if each in counting and counting[each].pk in carrying]
    return here, [each for each in townships if each not in here]


def carriers_of(current, county, day):
    """Each entry in force with the townships whose own services list it stands on, few or none."""
    townships = governments_on(county, day.day)
    services = services_in_force(county.pk, day.day, day.published_by)
    counting = edition_for_each(townships, services)
    return [
        (
            entry,
            [
                each
                for each in townships
                if entry.is_applied_for and each in counting and counting[each].pk == entry.edition_id
            ],
        )
        for entry in current
    ]


@looked_up_once
def guide_of(item, on):
    """The guide in force on the day, with its limits in words."""
    guide = next(iter(guides_in_force(item.pk, on)), None)
    limits = {"statutory": "", "promised": ""}
    if guide is not None:
        for name, model in (("materials", Material), ("steps", Step), ("channels", Channel)):
            give(guide, name, rows_of_guide(guide.pk, model=model))
        limits["statutory"] = limit_in_words(guide.statutory_limit, guide.statutory_limit_unit)
        limits["promised"] = limit_in_words(guide.promised_limit, guide.promised_limit_unit)
    return {"guide": guide, "limits": limits}
