"""Long lists in pages, asked for by `?page=`."""

import re

from django.core.paginator import Page, Paginator

ROWS = 50
# Some rows too many are easier to read than a last page with three.
ORPHANS = 12
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


def asked_page(request) -> int:
    """The page asked for; 1 for whatever is no page number, so that a mangled link still shows the list."""
    asked = request.GET.get("page", "")
    return int(asked) if _NUMBER.fullmatch(asked) else 1


def page_of(request, rows, *, size: int = ROWS) -> Page:
    """The asked page of a queryset or list, its rows loaded; the last one when there are not so many."""
    page = Paginator(rows, size, orphans=min(ORPHANS, size // 4)).get_page(asked_page(request))
    page.object_list = list(page.object_list)
    return page
