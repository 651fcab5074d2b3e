"""Lookups that many pages repeat, made once while nothing can change: when the whole site is written to files.

Outside of that every page asks the database for itself, because somebody may have published since.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.utils.translation import get_language

MOST = 20_000  # answers kept; beyond, they are looked up anew

_known: ContextVar[dict | None] = ContextVar("known_at_rest", default=None)


@contextmanager
def at_rest() -> Iterator[None]:
    """Everything inside may take it that the register stays as it is."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def looked_up_once(lookup):
    """A lookup by rows and days whose answer is read and never changed; made once in each language while at rest."""

    @wraps(lookup)
    def answer(*asked):
        known = _known.get()
        if known is None:
            return lookup(*asked)
        key = lookup, get_language(), *(tuple(each) if isinstance(each, list) else each for each in asked)
        if key not in known:
            if len(known) >= MOST:
                known.clear()
            known[key] = lookup(*asked)
        return known[key]

    return answer
