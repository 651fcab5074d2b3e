"""Coming, in force, superseded, ended: by the days alone."""

from datetime import date

import pytest

from catalog.choices import EditionState, Standing
from catalog.models import Edition
from catalog.standing import edition_in_force, editions_on

from . import published

FIRST, SECOND = date(2025, 1, 1), date(2025, 7, 1)


def edition(effective_on, *, published_on=None, **values):
    return Edition(effective_on=effective_on, published_on=published_on or effective_on, **values)


def standings(on, *editions):
    return [(each.standing, each.since) for each in editions_on(editions, on)]


def test_latest_effective_edition_is_in_force():
    assert standings(date(2025, 8, 1), edition(FIRST), edition(SECOND)) == [
        (Standing.IN_FORCE, SECOND),
        (Standing.SUPERSEDED, SECOND),
    ]


def test_coming_edition_supersedes_nothing_yet():
    assert standings(date(2025, 6, 30), edition(FIRST), edition(SECOND)) == [
        (Standing.COMING, SECOND),
        (Standing.IN_FORCE, FIRST),
    ]


def test_correction_takes_over_when_it_is_published():
    correction = edition(FIRST, published_on=date(2025, 2, 1), correction=1)
    assert standings(date(2025, 3, 1), edition(FIRST), correction) == [
        (Standing.IN_FORCE, date(2025, 2, 1)),
        (Standing.SUPERSEDED, date(2025, 2, 1)),
    ]


def test_repeal_brings_nothing_back():
    ended = edition(SECOND, ended_on=date(2025, 9, 1))
    assert standings(date(2025, 9, 1), edition(FIRST), ended) == [
        (Standing.ENDED, date(2025, 9, 1)),
        (Standing.SUPERSEDED, SECOND),
    ]
    assert edition_in_force(editions_on([edition(FIRST), ended], date(2025, 9, 1))) is None


def test_edition_ended_before_the_next_began_says_so():
    ended = edition(FIRST, ended_on=date(2025, 3, 1))
    assert standings(date(2025, 8, 1), ended, edition(SECOND))[1] == (Standing.ENDED, date(2025, 3, 1))


def test_end_to_come_leaves_it_in_force():
    assert standings(date(2025, 2, 1), edition(FIRST, ended_on=SECOND)) == [(Standing.IN_FORCE, FIRST)]


@pytest.mark.django_db
@pytest.mark.parametrize("month", range(1, 13))
def test_agrees_with_the_database(services, month):
    published.issue(services, effective_on=date(2025, 2, 1))
    published.issue(services, effective_on=date(2025, 5, 1), published_on=date(2025, 6, 1))
    published.issue(services, effective_on=date(2025, 5, 1), published_on=date(2025, 7, 1), correction=1)
    published.issue(
        services, effective_on=date(2025, 9, 1), ended_on=date(2025, 11, 1), state=EditionState.REPEALED
    )
    on = date(2025, month, 15)
    said = edition_in_force(editions_on(Edition.objects.public(on), on))
    assert said == Edition.objects.in_force(on).first()
