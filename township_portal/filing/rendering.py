"""Pages through their own views, without a server: no middleware, no store, nobody signed in."""

import inspect
import mimetypes
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation

from catalog.exporting.names import CONTENT_TYPES

ENDINGS = {kind: f".{ending}" for ending, kind in CONTENT_TYPES.items()}


@dataclass(frozen=True)
class Rendered:
    """What an address answers: its bytes, and for what is no page the ending of its file."""

    content: bytes
    is_page: bool
    ending: str


class AskedForFiles(HttpRequest):
    """A request as somebody would send it who reads the site at the address where the files will lie."""

    def __init__(self, origin: str, path: str, query: str):
        super().__init__()
        self.method = "GET"
        self.path = self.path_info = path
        self.GET = QueryDict(query)
        asked = urlsplit(origin)
        self._given_scheme, self._given_host = asked.scheme, asked.netloc
        self.META = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}

    def get_host(self):
        return self._given_host

    def _get_scheme(self):
        return self._given_scheme


def language_of(path: str) -> str:
    """The language of a page, which its address tells."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


def match_of(path: str) -> ResolverMatch | None:
    """The view behind a path, None where no address of ours is like it."""
    with translation.override(language_of(path)):
        try:
            return resolve(path)
        except Resolver404:
            return None


def render(origin: str, path: str, query: str) -> Rendered | None:
    """What the portal answers to the address; None where it has nothing there."""
    match = match_of(path)
    request = AskedForFiles(origin, path, query)
    request.resolver_match = match
    with translation.override(language_of(path)):
        try:
            # The view itself, inside of what stores its pages or hands out validators.
            response = inspect.unwrap(match.func)(request, *match.args, **match.kwargs)
            if hasattr(response, "render"):
                response.render()
        except Http404:
            return None
        content = _content(response)
    if response.status_code != 200:
        return None
    kind = response["Content-Type"].split(";")[0]
    ending = ENDINGS.get(response["Content-Type"]) or ENDINGS.get(kind) or mimetypes.guess_extension(kind)
    return Rendered(content, kind == "text/html", ending or ".bin")


def _content(response: HttpResponseBase) -> bytes:
    """All of an answer. Its file is closed, but not the answer: that would end the connection to the database."""
    if not response.streaming:
        return response.content
    try:
        return b"".join(response.streaming_content)
    finally:
        if file := getattr(response, "file_to_stream", None):
            file.close()
