"""Searches that found nothing: counted for the township, so that staff see which words and items are missing."""

import re

from django.db import transaction
from django.db.models import F

from accounts.models import County, Township

from ..models import MissedSearch
from . import tokens

# A telephone number or an identity number may be somebody's; neither is what lists are searched for.
MAY_BE_SOMEBODYS = re.compile(r"[0-9]{5}|[0-9x]{8}")
LONGEST = 60
# So many different words are kept of one place; whoever invents further ones finds the list full.
MOST_WORDS = 2000


def kept(words: str) -> str:
    """The words as they are kept; nothing where they may be somebody's number."""
    key = tokens.plain(words)[:LONGEST]
    return "" if MAY_BE_SOMEBODYS.search(key.replace(" ", "")) else key


@transaction.atomic
def note(words: str, *, on, county: County | None, township: Township | None, is_told: bool = False) -> None:
    """Count a search that found nothing, or with `is_told` that somebody says it should have found something.

    Without a county nobody's staff would see it, so it is not kept.
    """
    key = kept(words)
    if not (county or township) or not key:
        return
    county = township.county if township else county
    place = {"county": county, "township": township}
    rows = MissedSearch.objects.filter(**place)
    if not rows.filter(words=key).exists() and rows.count() >= MOST_WORDS:
        return
    days = {"first_on": on, "last_on": on}
    row, _is_new = MissedSearch.objects.get_or_create(**place, words=key, defaults=days)
    counted = "told" if is_told else "count"
    MissedSearch.objects.filter(pk=row.pk).update(**{counted: F(counted) + 1, "last_on": on})
