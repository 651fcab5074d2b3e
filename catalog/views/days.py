"""Pages on a day that is asked for: what leads to them, and what is said where a day has no page."""

from ..choices import EditionState
from .showing import show


def first_day(editions):
    """The first day on which one of these editions was in force, of editions at hand."""
    held = (each.takes_over_on for each in editions if each.state != EditionState.WITHDRAWN)
    return min(held, default=None)


def show_trouble(request, day, **content):
    """Say in a sentence why nothing is shown for the day, and lead to today."""
    return show(request, "no_such_day.html", here=request.path, day=day, **content)
