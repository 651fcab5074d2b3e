"""Feeds of what has changed in a county and in a township, as Atom (RFC 4287)."""

import re
from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import County, Township
from catalog.changes import CHANGES, changes_of_guides, changes_of_lists, name_of
from catalog.validating import validated
from devolution.changes import changes_of_powers

ATOM = "application/atom+xml; charset=utf-8"
# What XML cannot hold, escaped or not.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SOURCES = (changes_of_lists, changes_of_guides, changes_of_powers)
# Of a feed that has nothing to tell yet.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@validated
def county_changes(request, county_code):
    county = get_object_or_404(County, code=county_code)
    return feed(request, county, reverse("county_changes", args=[county.code]))


@validated
def township_changes(request, township_code):
    township = get_object_or_404(Township.objects.select_related("county"), code=township_code)
    own = reverse("township_changes", args=[township.code])
    return feed(request, township.county, own, township=township)


def feed(request, county, own, *, township=None):
    """The newest changes of all apps, each with its address in the language of the feed."""
    today = timezone.localdate()
    place = township or county
    found = [change for source in SOURCES for change in source(county, today, township)]
    newest = sorted(found, key=lambda change: (change.at, change.name), reverse=True)[:CHANGES]
    text = render_to_string(
        "feed.xml",
        {
            "name": name_of(f"feed:{place.code}"),
            "title": _("Changes in %(place)s") % {"place": place.name},
            "author": county.organiser or county.name,
            "own": request.build_absolute_uri(own),
            "page": request.build_absolute_uri(place.get_absolute_url()),
            "updated": newest[0].at if newest else NEVER,
            "changes": [(change, request.build_absolute_uri(change.address)) for change in newest],
        },
    )
    return HttpResponse(NO_XML.sub("", text), content_type=ATOM)
