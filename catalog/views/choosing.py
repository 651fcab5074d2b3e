"""Choosing one's township: by county, or by a part of its name or of a village's."""

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.models import County, Township

from ..display import shown_as_chosen
from ..paging import page_of
from ..search.finding import Asked, find
from ..search.form import PickerForm
from .places import COUNTIES, FEW, grouped, successions_of
from .remembering import forget, remember, remembered
from .showing import show

NAMED = 30  # townships offered for one part of a name


@require_safe
@shown_as_chosen
def townships(request):
    """Every county with its townships, or those whose name or village is asked for."""
    form = PickerForm(request.GET)
    form.is_valid()
    words = form.cleaned_data["q"]
    county = County.objects.filter(code=form.cleaned_data.get("county") or None).first()
    today = timezone.localdate()
    counties = County.objects.order_by("code")
    page = page_of(request, counties.filter(pk=county.pk) if county else counties, size=COUNTIES)
    has_few = page.paginator.count <= FEW
    if has_few and not words:
        standing = Township.objects.exclude(successions__effective_on__lte=today).order_by("code")
        prefetch_related_objects(
            page.object_list, Prefetch("townships", standing, to_attr="standing_townships")
        )
    response = show(
        request,
        "townships.html",
        asking=[("q", words)] if words else [],
        **({"county": county} if county else {}),
        question=words,
        page=page,
        has_few=has_few,
        groups=grouped(page, lambda each: (each.province, each.prefecture)),
        named=named_so(words, county, today) if words else [],
        counties=counties_named_so(words) if words else [],
        mine=remembered(request),
    )
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
@shown_as_chosen
def choose_township(request, township_code):
    """Remember the township and go to its page; one that gave way leads to the township that followed.

    Where several followed, its page lets the reader choose, and none is remembered before.
    """
    township = get_object_or_404(Township, code=township_code)
    following = [each.successor for each in successions_of(township, timezone.localdate())]
    chosen = following[0] if len(following) == 1 else None if following else township
    # The page of the one that ended says what has become of it, and leads on.
    response = HttpResponseRedirect(reverse("township", args=[township.code]))
    if chosen is not None:
        remember(response, chosen)
    add_never_cache_headers(response)
    return response


@require_safe
@shown_as_chosen
def forget_township(request):
    response = HttpResponseRedirect(reverse("townships"))
    forget(response)
    add_never_cache_headers(response)
    return response


def named_so(words, county, today):
    """Townships of that name and those with a village of that name, each once, with the village that led there."""
    found = {}
    for source in PickerForm.SOURCES:
        for row in find(Asked(words, today, county, source=source), size=NAMED).rows:
            code = row["code"][:9]
            found.setdefault(code, {"row": row, "villages": []})
            if code != row["code"]:
                found[code]["villages"].append(row["title"])
    townships = Township.objects.filter(code__in=found).select_related("county")
    by_code = {township.code: township for township in townships.prefetch_related("successions__successor")}
    return [
        {
            "township": by_code[code],
            "villages": entry["villages"],
            "successors": [
                each.successor for each in by_code[code].successions.all() if each.effective_on <= today
            ],
        }
        for code, entry in found.items()
        if code in by_code
    ][:NAMED]


def counties_named_so(words):
    return list(County.objects.filter(name__contains=words).order_by("code")[:NAMED])
