"""Sitemaps: an index of counties, each in parts by the codes of its items, and what robots are asked to leave alone.

A part holds at most `CODES` items and powers in both languages, far below the 50,000 addresses and 50 MB of the
protocol, and costs the same few queries however many counties there are. A day of change is given only where it is
known: of editions, and of items by edition and guide.
"""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import County
from catalog.models import Category, Edition, Entry, Guide, Item
from catalog.standing import editions_on
from catalog.validating import validated
from catalog.views.places import grouped, successors_by_township
from devolution.models import Power, TransferTownship

CODES = 4000
XML = "application/xml; charset=utf-8"
PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
Page = tuple[str, date | None]

# Staff pages, drafts behind their links, receipts, and answers to questions, of which there is no end.
CLOSED = ("preview/", "search/", "townships/")
CLOSED_ANYWHERE = ("/admin/", "/*/drafts/", "/*/receipts/", "/*/choose/")


@validated
def robots(request):
    closed = [*CLOSED_ANYWHERE, *(root + page for root in _roots().values() for page in CLOSED)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    index = request.build_absolute_uri(reverse("sitemap_index"))
    return HttpResponse(
        "\n".join([*lines, f"Sitemap: {index}", ""]), content_type="text/plain; charset=utf-8"
    )


@validated
def sitemap_index(request):
    """Every county with its parts, and the pages of no county."""
    highest = dict(Item.objects.order_by().values_list("county__code").annotate(Max("number")))
    paths = [reverse("portal_sitemap")]
    for code in County.objects.order_by("code").values_list("code", flat=True):
        parts = -(-highest.get(code, 1) // CODES)
        paths += [reverse("county_sitemap", args=[code, part]) for part in range(1, parts + 1)]
    return _sent(_index(map(request.build_absolute_uri, paths)))


@validated
def portal_sitemap(request):
    return _sent(_pages(request, [(reverse("home"), None), (reverse("open_data"), None)]))


@validated
def county_sitemap(request, county_code, part):
    county = get_object_or_404(County, code=county_code)
    today = timezone.localdate()
    codes = range((part - 1) * CODES + 1, part * CODES + 1)
    pages = pages_of_items(county, codes, today) + pages_of_powers(county, codes)
    if part == 1:
        pages = pages_of_place(county, today) + pages_of_lists(county, today) + pages
    elif part < 1 or not Item.objects.filter(county=county, number__gte=codes[0]).exists():
        raise Http404
    # The county's own page in each part, because one without any would not be valid.
    return _sent(_pages(request, [(reverse("county", args=[county.code]), None), *pages]))


def pages_of_place(county: County, today: date) -> list[Page]:
    """The county's pages, its categories, and its townships that still stand."""
    names = ("lists", "powers", "admissions", "county_open_data")
    pages = [reverse(name, args=[county.code]) for name in names]
    editions = Edition.objects.in_force(today).filter(list__county=county)
    categories = Category.objects.filter(entries__edition__in=editions).distinct().order_by("code")
    pages += [
        reverse("category", args=[county.code, code]) for code in categories.values_list("code", flat=True)
    ]
    ended = successors_by_township(county, today)
    for township in county.townships.all():
        if township.pk not in ended:
            own = ("township", "township_powers", "power_list")
            pages += [reverse(name, args=[township.code]) for name in own]
    return [(page, None) for page in pages]


def pages_of_lists(county: County, today: date) -> list[Page]:
    """Lists and editions; one changes with its own standing, the list with its latest edition."""
    editions = Edition.objects.public(today).filter(list__county=county).with_list()
    pages: list[Page] = []
    for item_list, members in grouped(editions.order_by("list"), lambda edition: edition.list).items():
        days = {
            each.edition: each.since if each.since <= today else each.edition.published_on
            for each in editions_on(members, today)
        }
        pages.append((item_list.get_absolute_url(), max(days.values())))
        pages += [(edition.get_absolute_url(), day) for edition, day in days.items()]
    return pages


def pages_of_items(county: County, codes: range, today: date) -> list[Page]:
    """Items that a list in force carries, with the day of its edition or of its guide, whichever is later."""
    items = Item.objects.filter(county=county, number__gte=codes[0], number__lte=codes[-1])
    editions = Edition.objects.in_force(today).filter(list__county=county)
    since: dict[int, date] = {}
    rows = Entry.objects.filter(item__in=items, edition__in=editions).order_by("item__number")
    for number, *days in rows.values_list("item__number", "edition__effective_on", "edition__published_on"):
        since[number] = max(*days, since.get(number, date.min))
    guides = Guide.objects.in_force(today).filter(item__in=items)
    for number, day in guides.values_list("item__number", "valid_from"):
        if number in since:
            since[number] = max(day, since[number])
    return [(reverse("item", args=[county.code, number]), day) for number, day in since.items()]


def pages_of_powers(county: County, codes: range) -> list[Page]:
    """Powers that have ever been put in force."""
    exercised = TransferTownship.objects.put_in_force().of_county(county)
    powers = Power.objects.filter(
        county=county, pk__in=exercised.values("power"), number__gte=codes[0], number__lte=codes[-1]
    )
    numbers = powers.order_by("number").values_list("number", flat=True)
    return [(reverse("power", args=[county.code, number]), None) for number in numbers]


def _roots() -> dict[str, str]:
    """Where the pages of each language begin."""
    roots = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            roots["zh-Hans" if code == "zh-hans" else code] = reverse("home")
    return roots


def _pages(request, pages: list[Page]) -> Iterator[str]:
    """Each page in each language, naming the others; paths are those of the default language."""
    roots = {language: request.build_absolute_uri(root) for language, root in _roots().items()}
    below = len(next(iter(_roots().values())))
    yield (
        f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{PROTOCOL}"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    for path, day in pages:
        addresses = {language: root + path[below:] for language, root in roots.items()}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
            for language, address in addresses.items()
        )
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        for address in addresses.values():
            yield f"<url><loc>{address}</loc>{changed}{others}</url>\n"
    yield "</urlset>\n"


def _index(addresses) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{PROTOCOL}">\n'
    for address in addresses:
        yield f"<sitemap><loc>{address}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def _sent(pieces: Iterator[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(pieces, content_type=XML)
