"""One category of things to do, in a county and in a township."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import County, Township

from ..caching import stored
from ..kinds import PUBLIC_SERVICES
from ..models import Category, Edition, Entry
from ..paging import page_of
from .places import services_for, successions_of
from .showing import show


@stored
def category(request, county_code, category_code):
    today = timezone.localdate()
    county = get_object_or_404(County, code=county_code)
    category = get_object_or_404(Category.objects.select_related("parent"), code=category_code)
    editions = list(
        Edition.objects.in_force(today).of_kind(PUBLIC_SERVICES).filter(list__county=county).with_list()
    )
    edition = next((edition for edition in editions if edition.list.breadth == 2), None)
    return show(
        request,
        "category.html",
        county=county,
        category=category,
        edition=edition,
        narrower=[edition for edition in editions if edition.list.breadth < 2],
        page=page_of(request, things_to_do(edition, category)),
    )


@stored
def township_category(request, township_code, category_code):
    today = timezone.localdate()
    township = get_object_or_404(Township.objects.select_related("county"), code=township_code)
    category = get_object_or_404(Category.objects.select_related("parent"), code=category_code)
    successions = successions_of(township, today)
    edition = services_for(township, successions, today)
    return show(
        request,
        "township_category.html",
        county=township.county,
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
