"""Choosing how pages are shown: the choice goes into the address, and into a cookie for the next time."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from ..display import COOKIE, LONGEST, display_asked
from .remembering import YEAR


@require_safe
def choose_display(request):
    """Back to the page somebody came from, shown as they have chosen; no other site is led to."""
    display = display_asked(request)
    page = request.GET.get("to", "")[:LONGEST]
    if not page.startswith("/") or not url_has_allowed_host_and_scheme(page, None):
        page = "/"
    response = HttpResponseRedirect(display.kept_in(page))
    if display.pairs:
        response.set_cookie(
            COOKIE, display.query, YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    add_never_cache_headers(response)
    return response
