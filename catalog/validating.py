"""Answers that are not stored but carry a validator, so that asking again costs one short query.

What they say follows from the county's publications, the local day, the language and the address, like a
stored page; but a file of thousands of rows is made only for who does not have it yet. Made twice, a workbook
differs in its own time stamps, so the validator is a weak one.
"""

from functools import wraps

from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from .caching import digest_of_page, publications_seen


def validated(view):
    """Let everybody keep the answer and ask before each use whether it still holds."""
    conditional = condition(etag_func=_validator)(view)

    @require_safe
    @wraps(view)
    def answer(request, **address):
        response = conditional(request, **address)
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return answer


def _validator(request, **address) -> str:
    parts = [
        publications_seen(address),
        timezone.localdate().isoformat(),
        get_language(),
        request.build_absolute_uri(request.path),
    ]
    seen = "\n".join(parts)
    return f'W/"{digest_of_page(seen.encode())}"'
