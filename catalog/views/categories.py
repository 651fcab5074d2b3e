"""One category of things to do, in a county and in a township."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import County

from ..caching import stored_unless_asked
from ..days import asked_day
from ..kinds import PUBLIC_SERVICES
from ..models import Category, Edition, Entry
from ..paging import page_of
from .days import show_trouble
from .places import as_of, day_of_services, services_for, successions_of, township_at
from .showing import show


@stored_unless_asked("on")
def category(request, county_code, category_code):
    county = get_object_or_404(County, code=county_code)
    category = get_object_or_404(Category.objects.select_related("parent"), code=category_code)
    services = Edition.objects.of_kind(PUBLIC_SERVICES).filter(list__county=county)
    day = asked_day(request, services.public(timezone.localdate()).first_day)
    if day.trouble:
        return show_trouble(request, day, county=county)
    editions = list(services.in_force(day.day, day.published_by).with_list())
    edition = next((edition for edition in editions if edition.list.breadth == 2), None)
    return show(
        request,
        "category.html",
        keeping=["on"],
        county=county,
        day=day,
        category=category,
        edition=edition,
        narrower=[edition for edition in editions if edition.list.breadth < 2],
        page=page_of(request, things_to_do(edition, category)),
    )


@stored_unless_asked("on")
def township_category(request, township_code, category_code):
    township = township_at(township_code)
    category = get_object_or_404(Category.objects.select_related("parent"), code=category_code)
    day = day_of_services(request, township)
    if day.trouble:
        return show_trouble(request, day, county=township.county, township=township)
    township = as_of(township, day)
    successions = successions_of(township, day.day)
    edition = services_for(township, successions, day)
    return show(
        request,
        "township_category.html",
        keeping=["on"],
        county=township.county,
        day=day,
        township=township,
        successions=successions,
        category=category,
        edition=edition,
        page=page_of(request, things_to_do(edition, category)),
    )


def things_to_do(edition, category):
    """What residents can apply for in one category of an edition, in the order of the paper."""
    if edition is None:
        return Entry.objects.none()
    entries = edition.entries.that_residents_apply_for().in_category(category)
    return entries.select_related("item").order_by("position")
