"""What each edition of a list is on a day: coming, in force, superseded since, ended, withdrawn.

The same law as `Edition.objects.in_force(on)`, said for every edition at once so that a page can show them
side by side. Pure: it looks at days only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .choices import EditionState, Standing
from .models import Edition, ItemList


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


@dataclass(frozen=True)
class ListOnDay:
    """One list on the day: its edition in force if there is one, what is coming, and what was before."""

    list: ItemList
    in_force: Edition | None = None
    coming: list[EditionOnDay] = field(default_factory=list)
    former: list[EditionOnDay] = field(default_factory=list)


def lists_on(editions: Iterable[Edition], on: date) -> list[ListOnDay]:
    """The lists of these public editions as they stand on the day, in the order in which they come."""
    by_list: dict[ItemList, list[Edition]] = {}
    for edition in editions:
        by_list.setdefault(edition.list, []).append(edition)
    return [_list_on_day(each, editions_on(issued, on)) for each, issued in by_list.items()]


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


def _list_on_day(item_list: ItemList, standings: list[EditionOnDay]) -> ListOnDay:
    coming = [each for each in standings if each.standing == Standing.COMING]
    past = (Standing.SUPERSEDED, Standing.ENDED)
    return ListOnDay(
        list=item_list,
        in_force=edition_in_force(standings),
        coming=coming[::-1],
        former=[each for each in standings if each.standing in past],
    )


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
