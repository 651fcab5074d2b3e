"""What each edition of a list is on a day: coming, in force, superseded since, ended, withdrawn.

The same law as `Edition.objects.in_force(on)`, said for every edition at once so that a page can show them
side by side. Pure: it looks at days only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .choices import EditionState, Standing
from .models import Edition


@dataclass(frozen=True)
class EditionOnDay:
    """One edition, what it is on the day, since when, and which edition took its place."""

    edition: Edition
    standing: Standing
    since: date
    successor: Edition | None = None

    @property
    def is_in_force(self) -> bool:
        return self.standing == Standing.IN_FORCE


def editions_on(editions: Iterable[Edition], on: date) -> list[EditionOnDay]:
    """The public editions of one list as they stand on the day, the latest first."""
    latest_first = sorted(editions, key=lambda each: (each.effective_on, each.correction), reverse=True)
    standings = []
    successor = None
    for edition in latest_first:
        standings.append(_on_day(edition, successor, on))
        if edition.effective_on <= on and edition.state != EditionState.WITHDRAWN:
            successor = edition
    return standings


def edition_in_force(standings: Iterable[EditionOnDay]) -> Edition | None:
    """The one edition of the list that is in force, if any is."""
    return next((each.edition for each in standings if each.is_in_force), None)


def _on_day(edition: Edition, successor: Edition | None, on: date) -> EditionOnDay:
    if edition.state == EditionState.WITHDRAWN:
        return EditionOnDay(edition, Standing.WITHDRAWN, edition.ended_on)
    if edition.effective_on > on:
        return EditionOnDay(edition, Standing.COMING, edition.effective_on)
    has_ended = edition.ended_on is not None and edition.ended_on <= on
    if has_ended and (successor is None or edition.ended_on <= successor.takes_over_on):
        return EditionOnDay(edition, Standing.ENDED, edition.ended_on)
    if successor is not None:
        return EditionOnDay(edition, Standing.SUPERSEDED, successor.takes_over_on, successor)
    return EditionOnDay(edition, Standing.IN_FORCE, edition.takes_over_on)
