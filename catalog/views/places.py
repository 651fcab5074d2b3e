"""Where people live: all counties, one county, one township."""

from django.db.models import Count, Min, Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.choices import OfficeKind, TownshipKind
from accounts.models import County, Move, Office, Reorganisation, Township, TownshipSuccession, Village

from ..caching import stored, stored_unless_asked
from ..days import AskedDay, asked_day
from ..keptqueries import kept_query
from ..kinds import PUBLIC_SERVICES
from ..models import CommentRound, Edition, Entry, Topic
from ..models.edition import edition_for_each
from ..paging import page_of
from ..resting import looked_up_once
from ..search.doors import SECOND_DOOR
from ..standing import lists_on
from .days import show_trouble
from .showing import show

COUNTIES = 200  # rows of one link each
FEW = 4  # counties whose townships fit on the front page
SERVICES = 100  # rows of a link and a line
WHOLE = 3000  # what a township's handbook holds, which is printed in one go


@stored
def home(request):
    today = timezone.localdate()
    page = page_of(request, County.objects.order_by("code"), size=COUNTIES)
    has_few = page.paginator.count <= FEW
    if has_few:
        standing = Township.objects.standing(today)
        townships = Prefetch("townships", queryset=standing, to_attr="standing_townships")
        prefetch_related_objects(page.object_list, townships)
    return show(
        request,
        "home.html",
        page=page,
        groups=grouped(page, lambda county: (county.province, county.prefecture)),
        has_few=has_few,
        county=page[0] if page.paginator.count == 1 else None,
        topics=Topic.objects.commonest(),
        **SECOND_DOOR,
    )


@stored
def county(request, county_code):
    today = timezone.localdate()
    county = get_object_or_404(County, code=county_code)
    successors = successors_by_township(county, today)
    townships = grouped(
        (township for township in county.townships.all() if township.pk not in successors),
        lambda township: TownshipKind(township.kind),
    )
    editions = Edition.objects.public(today).filter(list__county=county, list__township=None).with_list()
    lists = lists_on(editions.order_by("list__kind", "list__township_class"), today)
    in_force = [each.in_force for each in lists if each.in_force]
    services = next((e for e in in_force if e.list.kind == PUBLIC_SERVICES and e.list.breadth == 2), None)
    return show(
        request,
        "county.html",
        county=county,
        townships=townships,
        successions=[pair for pairs in successors.values() for pair in pairs],
        lists=lists,
        periods=list(CommentRound.objects.running(today).of_county(county)),
        departments=list(
            county.departments.exclude(successions__reorganisation__effective_on__lte=today).order_by("name")
        ),
        categories=categories_of(services) if services else [],
        topics=Topic.objects.words_of(county),
        **SECOND_DOOR,
    )


@stored_unless_asked("on", "whole")
def township(request, township_code):
    township = township_at(township_code)
    day = day_of_services(request, township)
    if day.trouble:
        return show_trouble(request, day, county=township.county, township=township)
    township = as_of(township, day)
    successions = successions_of(township, day.day)
    edition = services_for(township, successions, day)
    entries = Entry.objects.none()
    if edition is not None:
        entries = edition.entries.that_residents_apply_for().select_related("item", "category")
    is_whole = bool(request.GET.get("whole"))
    page = page_of(request, entries.order_by("position"), size=WHOLE if is_whole else SERVICES)
    offices = Office.objects.standing_in(township, day.day)
    offices = list(offices.select_related("sending_department").order_by("kind", "name"))
    return show(
        request,
        "township.html",
        canonical=reverse("township", args=[township.code]) if is_whole else None,
        keeping=["on", "whole"],
        county=township.county,
        township=township,
        successions=successions,
        renamings=renamings_of(township, day.day),
        edition=edition,
        page=page,
        groups=grouped(page, lambda entry: (entry.category_name, entry.category)),
        offices=[office for office in offices if office.kind != OfficeKind.SECONDED],
        units=[office for office in offices if office.kind == OfficeKind.SECONDED],
        villages=list(Village.objects.standing_in(township, day.day)),
        topics=Topic.objects.words_of(township.county),
        day=day,
        **SECOND_DOOR,
        is_whole=is_whole,
    )


@looked_up_once
def township_at(code):
    townships = _townships_called(code)
    if not townships:
        raise Http404
    return townships[0]


@kept_query
def _townships_called(code):
    return Township.objects.filter(code=code).select_related("county").order_by()


def as_of(township, day):
    """The township under the name of the day that is asked for."""
    return township.as_called_on(day.day) if day.is_asked else township


@looked_up_once
def governments_on(county, on):
    """The townships of a county that keep lists and have not given way by the day."""
    return _governments_of(county.pk, on)


@kept_query
def _governments_of(county, on):
    return Township.objects.filter(county=county).governments().standing(on).order_by("code")


def day_of_services(request, township) -> AskedDay:
    """The day asked for, within what has been published of the township's services."""
    editions = Edition.objects.public(timezone.localdate()).for_township(township).of_kind(PUBLIC_SERVICES)
    return asked_day(request, editions.first_day)


@looked_up_once
def services_for(township, successions, day):
    """The one edition that says what the township's office does for people.

    Quasi-units have none, and a township that has given way to another no longer has one.
    """
    if successions or township.kind == TownshipKind.QUASI_UNIT:
        return None
    editions = services_in_force(township.county_id, day.day, day.published_by)
    return edition_for_each([township], editions).get(township)


@looked_up_once
@kept_query
def services_in_force(county, on, published_by):
    """The editions of a county's services lists that are in force, the county's own and any for a part of it."""
    editions = Edition.objects.in_force(on, published_by).of_kind(PUBLIC_SERVICES)
    return editions.filter(list__county=county).with_list().order_by()


@looked_up_once
def successions_of(township, on):
    """What has taken the township's place by the day; where it is several, each with the villages it received."""
    successions = _successions_of(township.pk, on)
    if len(successions) > 1:
        moves = Move.objects.filter(former=township).exclude(village=None).order_by("village__code")
        received = grouped(moves.select_related("village"), lambda move: (move.reorganisation_id, move.to_id))
        for each in successions:
            came = received.get((each.reorganisation_id, each.successor_id), [])
            each.villages = [move.village.name for move in came]
    return successions


@kept_query
def _successions_of(township, on):
    return TownshipSuccession.objects.filter(predecessor=township, effective_on__lte=on).select_related(
        "successor"
    )


def renamings_of(township, on):
    """The names it bore before, the last one first."""
    return list(Reorganisation.objects.filter(township=township, effective_on__lte=on))


@looked_up_once
def successors_by_township(county, on):
    """The successions in force in a county, by the township that ended."""
    successions = TownshipSuccession.objects.filter(
        predecessor__county=county, effective_on__lte=on
    ).select_related("predecessor", "successor")
    return grouped(successions, lambda succession: succession.predecessor_id)


def categories_of(edition):
    """The categories of an edition as printed, in its order, with how many things to do each has."""
    return list(
        edition.entries.that_residents_apply_for()
        .order_by()
        .values("category_name", "category__code", "category__name_en")
        .annotate(count=Count("pk"), first=Min("position"))
        .order_by("first")
    )


def grouped(rows, key):
    """The rows in groups, groups and rows in the order in which they come."""
    groups = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
