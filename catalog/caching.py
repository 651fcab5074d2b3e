"""Stored pages that notice the next publication and the next midnight.

What is in force changes at midnight without a write. So a stored page is known by the county's counter of
publications **and** the local day, beside language, host, path, page number and the way it is shown. Nothing is ever
invalidated: a page that is no longer true is simply never asked for again.

Readers and proxies may keep a copy but ask before every use (`no-cache`): a list announced now is seen at the
next request, and asking costs one short query and a 304. `ConditionalGetMiddleware` answers it.
"""

import hashlib
from datetime import datetime, time, timedelta
from functools import wraps

from django.core.cache import cache
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.models import County

from .display import display_asked, question_of, shown_as_chosen
from .paging import asked_page


def stored(view, questions=()):
    """Serve a public page from the store while no one has published and the day is the same."""

    @require_safe
    @shown_as_chosen
    @wraps(view)
    def answer(request, **address):
        stamp = _stamp(request, address)
        key = _key(request, stamp, [request.GET.get(question, "") for question in questions])
        page = cache.get(key)
        if page is None:
            response = view(request, **address).render()
            if response.status_code != 200:
                add_never_cache_headers(response)
                return response
            page = response.content
            if not getattr(request, "is_kept_whole", False):
                cache.set(key, page, timeout=_seconds_to_midnight())
        response = HttpResponse(page)
        response.stamp = stamp
        response["ETag"] = quote_etag(digest_of_page(page))
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return answer


def stored_unless_asked(*questions):
    """The same for a page that also answers questions in its address, by their names.

    An answer is made anew each time: every question would be a page of its own, and the store would fill
    for whoever invents questions.
    """

    def decorate(view):
        unasked = stored(view)

        @require_safe
        @shown_as_chosen
        @wraps(view)
        def answer(request, **address):
            asked = question_of(request)
            if not any(asked.get(question) for question in questions):
                return unasked(request, **address)
            response = view(request, **address)
            patch_cache_control(response, public=True, no_cache=True)
            return response

        return answer

    return decorate


def stored_by(*questions):
    """The same for a page of few answers, each kept by these questions.

    A question it does not know the view answers with another status than 200, which is never stored: so
    nobody can fill the store by inventing questions.
    """
    return lambda view: stored(view, questions)


def _stamp(request, address) -> tuple[str, str]:
    """What a page is true for: so many public writes, and the local day."""
    publications = getattr(request, "publications", "") or publications_seen(address)
    return publications, timezone.localdate().isoformat()


def _key(request, stamp, asked=()) -> str:
    parts = [
        *stamp,
        get_language(),
        request.build_absolute_uri(request.path),
        str(asked_page(request)),
        *asked,
        display_asked(request).query,
    ]
    return "page:" + digest_of_page("\n".join(parts).encode())


def publications_seen(address) -> str:
    """How many public writes the page can have seen: its county's, or all on a page without a county."""
    # A township's code begins with its county's.
    if county_code := address.get("county_code") or address.get("township_code", "")[:6]:
        return County.objects.publications_of(county_code)
    seen = County.objects.aggregate(counties=Count("pk"), publications=Sum("publications"))
    return f"{seen['counties']}:{seen['publications']}"


def digest_of_page(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _seconds_to_midnight() -> int:
    now = timezone.localtime()
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    return int((midnight - now).total_seconds())
