"""Whole answers of public pages, kept in front of everything else.

A page that has been made is sent again as it went out, compressed and with all its headers, without a walk through
the middlewares: its address finds it, and one short query for the county's counter of publications says, with the local
day, whether it is still true. What is not is made anew and takes its place. So a publication is seen at the very next
request and nothing outlives midnight, as `caching` promises.

Each worker keeps its own, as many as the cache of settings.CACHES holds.
"""

import re
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders
from django.utils import timezone
from django.utils.http import parse_etags

from accounts.models import County

from .display import COOKIE

# The addresses of a county or a township, whose code begins with the county's; others change with every county.
PLACE = re.compile(r"/(?:en/)?(?:([0-9]{6})|t/([0-9]{6})[0-9]{3})/")
# Questions of which a page has few answers; whatever else is asked takes the long way.
FEW = re.compile(r"(?:page=[1-9][0-9]{0,5}|mode=elder|contrast=high|mode=elder&contrast=high)?")
# What a 304 says of the answer that the reader has (RFC 9110, 15.4.5); the rest stands as it was sent with it.
SAID_AGAIN = ("Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Last-Modified", "Vary")


@dataclass(frozen=True)
class Kept:
    """An answer with the publications and the day it was made for."""

    stamp: tuple[str, str]
    content: bytes
    headers: ResponseHeaders
    headers_of_304: ResponseHeaders
    etag: str


class KeptAnswers:
    """The outermost middleware: answers from what is kept, or keeps what the others answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        place = PLACE.match(request.path_info) if is_plain(request) else None
        if place is None:
            return self.get_response(request)
        key = key_of(request)
        kept = cache.get(key)
        publications = County.objects.publications_of(place[1] or place[2])
        if kept is not None and kept.stamp == (publications, timezone.localdate().isoformat()):
            return answer(request, kept)
        request.publications = publications
        return self.made(request, key)

    def made(self, request, key):
        """The answer of the others, kept when it is a public page; a whole one even for who asks for changes only."""
        request.is_kept_whole = True
        asked = request.META.pop("HTTP_IF_NONE_MATCH", None)
        response = self.get_response(request)
        stamp = getattr(response, "stamp", None)
        if asked is not None:
            request.META["HTTP_IF_NONE_MATCH"] = asked
        if stamp is None or response.status_code != 200 or response.cookies:
            return response
        said_again = {name: response[name] for name in SAID_AGAIN if response.has_header(name)}
        kept = Kept(
            stamp,
            response.content,
            response.headers,
            ResponseHeaders(said_again),
            response["ETag"].removeprefix("W/"),
        )
        cache.set(key, kept)
        return answer(request, kept)


def is_plain(request) -> bool:
    """Whether the address alone says what is answered; a way of showing that a cookie remembers is another matter.

    Data and feeds, whose addresses end without a slash, answer by validators of their own and are never kept.
    """
    return (
        request.method == "GET"
        and request.path_info.endswith("/")
        and FEW.fullmatch(request.META.get("QUERY_STRING", "")) is not None
        and COOKIE not in request.META.get("HTTP_COOKIE", "")
    )


def key_of(request) -> str:
    """Everything an answer depends on beside the publications and the day. A host nobody allowed keeps nothing."""
    meta = request.META
    is_compressed = "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "")
    host = meta.get("HTTP_HOST", "")
    return f"kept:{request.scheme}:{host}:{is_compressed}:{request.get_full_path()}"


def answer(request, kept: Kept) -> HttpResponse:
    """The kept answer, or only that nothing has changed since."""
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked is not None and (
        asked == "*" or kept.etag in {tag.removeprefix("W/") for tag in parse_etags(asked)}
    ):
        response = HttpResponseNotModified()
        response.headers = kept.headers_of_304
        return response
    # Headers as they were kept: setting each anew would cost as much as finding the answer.
    response = HttpResponse(kept.content)
    response.headers = kept.headers
    return response
