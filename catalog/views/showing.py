"""What every public page hands to its template beside its own content."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.template.response import TemplateResponse
from django.urls import get_script_prefix
from django.utils import translation
from django.views.decorators.cache import never_cache

from ..display import display_asked, question_of, shown_as_chosen
from ..paging import asked_page


class Page(TemplateResponse):
    """A public page, whose links go on showing pages the way this one is shown."""

    @property
    def rendered_content(self):
        origin = f"{self._request.scheme}://{self._request.get_host()}"
        return display_asked(self._request).kept_throughout(super().rendered_content, origin)


def show(request, template, *, canonical=None, status=None, keeping=(), asking=(), **content):
    """Answer with a public page.

    `canonical` is the path that search engines should know, when it is not the page's own; `keeping`
    names the questions in the address that the page in the other language asks too, `asking` gives them
    as pairs where they have been looked at already.
    """
    asked = [*asking, *((name, value) for name in keeping if (value := question_of(request).get(name)))]
    if (number := asked_page(request)) > 1:
        asked.append(("page", number))
    query = f"?{urlencode(asked)}" if asked else ""
    paths = _paths(request)
    alternates = {code: request.build_absolute_uri(path + query) for code, path in paths.items()}
    own = alternates[translation.get_language()]
    content |= {
        "canonical": request.build_absolute_uri(canonical) if canonical else own,
        "own_address": own,
        "own_path": paths[translation.get_language()] + query,
        "display": display_asked(request),
        "alternates": alternates,
    }
    return Page(request, template, content, status=status)


def unlisted(view):
    """A page that no search engine and no store keeps."""

    @never_cache
    @shown_as_chosen
    @wraps(view)
    def answer(request, **address):
        response = view(request, **address)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def _paths(request) -> dict[str, str]:
    """The page's path in each language: the same one, behind the code of every language but the portal's own."""
    own, active = settings.LANGUAGE_CODE, translation.get_language()
    base = get_script_prefix()
    path = request.path.removeprefix(base)
    if active != own:
        path = path.removeprefix(f"{active}/")
    return {
        code: f"{base}{path}" if code == own else f"{base}{code}/{path}" for code, _name in settings.LANGUAGES
    }
