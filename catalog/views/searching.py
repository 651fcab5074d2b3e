"""Search: the question, the hits with what narrows them, and what to do when there are none."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.models import County, Township
from accounts.pacing import Pace

from ..display import question_of, shown_as_chosen
from ..feedbackforms import FeedbackForm
from ..hearing import report_missing
from ..kinds import PUBLIC_SERVICES
from ..models import Category, Edition, Topic
from ..models.edition import edition_for_each
from ..paging import asked_page
from ..search import missing
from ..search.doors import SECOND_DOOR
from ..search.facets import CATEGORY, facets
from ..search.finding import Asked, Found, find
from ..search.form import SearchForm
from ..search.own import ITEMS
from ..search.sources import source_called
from .errors import too_many
from .hearing import REPORTS
from .places import governments_on
from .remembering import remembered_code
from .showing import show

HITS = 20
FEW = 3  # hits of other counties, where one's own has none
# A whole office behind one address searches more slowly than this.
SEARCHES = Pace("search", most=600, seconds=60, step=20)
# Nobody reads on so far; whoever asks for a further page gets this one.
MOST_PAGES = 50


@dataclass(frozen=True)
class Hit:
    """One line of the results: where it leads, and what tells it from others of the same name."""

    title: str
    line: str
    address: str
    county: str = ""
    kind: str = ""
    is_elsewhere: bool = False
    # The townships that do handle it, where one's own does not; none where only the county does.
    handled_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """One value of a facet: what it is called, how many hits it would leave, whether it is chosen."""

    value: str
    label: str
    count: int
    is_chosen: bool


@require_safe
@shown_as_chosen
def search(request):
    if seconds := SEARCHES.wait(request):
        return too_many(request, seconds)
    form = SearchForm(question_of(request), list(Category.objects.all()))
    form.is_valid()
    if not names_place(request) and (code := remembered_code(request)):
        return asked_for_township(request, form, code)
    county, township = place_of(form)
    words = form.cleaned_data["q"]
    asked = Asked(words, timezone.localdate(), county, township, form.chosen)
    number = min(asked_page(request), MOST_PAGES)
    found = find(asked, start=(number - 1) * HITS, size=HITS)
    paginator = Paginator(range(min(found.total, HITS * MOST_PAGES)), HITS)
    page = paginator.get_page(number)
    if page.number != number:
        found = find(asked, start=(page.number - 1) * HITS, size=HITS)
    elsewhere = None
    if words and not found.total and not form.chosen:
        missing.note(words, on=asked.on, county=county, township=township)
        if county:
            elsewhere = find(replace(asked, county=None, township=None), size=FEW)
    response = show(
        request,
        "search.html",
        asking=form.asked(),
        **({"county": county} if county else {}),
        township=township,
        form=form,
        question=words,
        page=page,
        found=found,
        hits=hits_of(found.rows, found, county, township, asked.on),
        nearest=hits_of(found.nearest, found, county, township, asked.on),
        elsewhere=[hit_of(row, elsewhere, None, None) for row in elsewhere.rows] if elsewhere else [],
        offers=offers_of(form, found),
        chips=chips_of(form),
        # What a link has asked and no box of the form shows: narrowing further keeps it.
        unseen=[
            (facet.code, value)
            for facet in facets
            if not facet.is_shown
            for value in form.chosen.get(facet.code, [])
        ],
        heading=heading_of(form),
        topics=topics_of(county) if not found.total else [],
        **SECOND_DOOR,
        here=urlencode(form.asked()),
        within=urlencode([pair for pair in form.asked() if pair[0] in ("county", "township")]),
        is_asked=bool(words or form.chosen),
    )
    patch_cache_control(response, public=True, no_cache=True)
    if not names_place(request):
        patch_vary_headers(response, ["Cookie"])
    return response


@csrf_exempt  # nobody signs in here, so nobody's rights can be misused; a token would set a cookie on every reader
@require_POST
@shown_as_chosen
def missing_item(request):
    """Tell the staff that residents miss what they searched for; the receipt number leads to their answer."""
    form, said = SearchForm(request.POST, []), FeedbackForm(request.POST)
    form.is_valid()
    if is_from_elsewhere(request):
        return redirect(f"{reverse('search')}?{urlencode(form.asked())}")
    if seconds := REPORTS.wait(request):
        return too_many(request, seconds)
    county, township = place_of(form)
    words = form.cleaned_data["q"]
    text = said.cleaned_data["text"] if said.is_valid() else ""
    taken = report_missing(county=county, township=township, words=words, text=text, on=timezone.localdate())
    if taken is not None:
        return redirect("receipt", county.code, taken.receipt)
    response = show(
        request,
        "missing_item.html",
        **({"county": county} if county else {}),
        township=township,
        question=words,
        within=urlencode([pair for pair in form.asked() if pair[0] in ("county", "township")]),
    )
    add_never_cache_headers(response)
    return response


def is_from_elsewhere(request):
    """Whether a page of another site sent the form; browsers that do not say so are believed."""
    origin = request.headers.get("Origin")
    is_foreign = origin is not None and urlsplit(origin).netloc != request.get_host()
    return is_foreign or request.headers.get("Sec-Fetch-Site") == "cross-site"


def names_place(request):
    return "county" in request.GET or "township" in request.GET


def asked_for_township(request, form, code):
    """The same question for the township chosen before, so that the address says what the page shows."""
    asked = [*form.asked(), ("township", code), ("page", asked_page(request))]
    response = HttpResponseRedirect(f"{reverse('search')}?{urlencode(asked)}")
    add_never_cache_headers(response)
    patch_vary_headers(response, ["Cookie"])
    return response


def place_of(form):
    """The county and township asked for; those that are not here are none."""
    if code := form.cleaned_data.get("township"):
        township = Township.objects.select_related("county").filter(code=code).first()
        if township:
            return township.county, township
    code = form.cleaned_data.get("county")
    return (County.objects.filter(code=code).first() if code else None), None


def hits_of(rows, found, county, township, on):
    """The hits, those that one's own township does not handle with the townships that do."""
    hits = [hit_of(row, found, county, township) for row in rows]
    if not any(hit.is_elsewhere for hit in hits):
        return hits
    townships = handling_townships(county, on)
    named = [tuple(name for name, place in townships if place in row["places"].split()) for row in rows]
    return [
        replace(hit, handled_in=names) if hit.is_elsewhere else hit
        for hit, names in zip(hits, named, strict=True)
    ]


def handling_townships(county, on):
    """Each township of the county by name, with the edition of services that counts for it as a place."""
    townships = governments_on(county, on)
    services = Edition.objects.in_force(on).of_kind(PUBLIC_SERVICES).filter(list__county=county)
    counting = edition_for_each(townships, services.with_list())
    return [(each.name, f"e:{counting[each].pk}") for each in townships if each in counting]


def hit_of(row, found: Found, county, township) -> Hit:
    source = source_called(row["source"])
    in_county = township is not None and row["county__code"] == county.code
    return Hit(
        title=row["title"],
        line=row["line"],
        address=source.address(row["county__code"], row["code"], township.code if in_county else ""),
        county="" if county else row["county__name"],
        kind="" if source.code == ITEMS else source.label,
        is_elsewhere=in_county and source.code == ITEMS and not found.own_places & set(row["places"].split()),
    )


def offers_of(form, found):
    """The facets that hits differ in, each with its values, the most frequent first."""
    offers = []
    for facet in facets:
        chosen = form.chosen.get(facet.code, [])
        counts = found.counts.get(facet.code, {})
        values = sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), value))
        if facet.is_shown and (len(values) > 1 or chosen):
            offers.append(
                (
                    facet,
                    [
                        Offer(value, label_of(form, facet, value), counts.get(value, 0), value in chosen)
                        for value in values
                    ],
                )
            )
    return offers


def heading_of(form):
    """What the page is about where no words were asked: the one door somebody came through."""
    asked = [(facet, value) for facet in facets for value in form.chosen.get(facet.code, [])]
    return label_of(form, *asked[0]) if len(asked) == 1 and not form.cleaned_data["q"] else ""


def topics_of(county):
    """What residents ask for most, of the county or of all."""
    return Topic.objects.words_of(county) if county else Topic.objects.commonest()


def label_of(form, facet, value):
    """What a value is called; a category has its name in two languages."""
    label = form.facet_labels[facet.code].get(value, value)
    if facet.code == CATEGORY and isinstance(label, Category):
        return label.name if translation.get_language() == "zh-hans" else label.name_en
    return label


def chips_of(form):
    """What the hits are narrowed by: the facet, the value, and the address without it."""
    asked = form.asked()
    return [
        (
            facet.label,
            label_of(form, facet, value),
            urlencode([pair for pair in asked if pair != (facet.code, value)]),
        )
        for facet in facets
        for value in form.chosen.get(facet.code, [])
    ]
