"""The page for an address that leads nowhere; Django's own views show the other errors."""

import re

from django.http import HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from accounts.models import County

from ..display import display_asked

# The county whose page, list or township somebody was looking for.
_COUNTY = re.compile(r"^/(?:en/)?(?:t/)?([0-9]{6})(?![0-9]{4})")


def too_many(request, seconds):
    """Say when the sender may come back; for what is limited by `accounts.pacing`."""
    page = _shown(request, "429.html", {"minutes": -(-seconds // 60)})
    return HttpResponse(page, status=429, headers={"Retry-After": str(seconds)})


@never_cache
def not_found(request, exception):
    """Say so in plain words, and lead back; never stored, for the address may be good tomorrow."""
    sought = _COUNTY.match(request.path_info)
    county = County.objects.filter(code=sought[1]).first() if sought else None
    return HttpResponseNotFound(_shown(request, "404.html", {"county": county}))


def _shown(request, template, content):
    display = display_asked(request)
    page = render_to_string(template, {**content, "display": display}, request)
    return display.kept_throughout(page)
