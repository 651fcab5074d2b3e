"""So many requests in a span of time from one address, counted across workers, without keeping the address."""

import pytest
from django.test import RequestFactory

from accounts.models import PaceCount
from accounts.pacing import Pace

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(clock):
    clock("2026-03-10 12:00")

    def ask(pace, address="203.0.113.7"):
        return pace.wait(RequestFactory().get("/", REMOTE_ADDR=address))

    return ask


def test_the_one_too_many_is_told_how_long_to_wait(ask, clock):
    pace = Pace("tries", most=3, seconds=3600)
    assert [ask(pace) for _time in range(3)] == [0, 0, 0]
    clock("2026-03-10 12:50")
    assert ask(pace) == 600
    clock("2026-03-10 13:00")
    assert ask(pace) == 0


def test_addresses_and_things_are_counted_apart(ask):
    pace = Pace("tries", most=1, seconds=60)
    assert [ask(pace), ask(pace, "203.0.113.8"), ask(Pace("other", most=1, seconds=60))] == [0, 0, 0]
    assert ask(pace) > 0


def test_one_network_of_ipv6_is_one_sender(ask):
    pace = Pace("tries", most=1, seconds=60)
    ask(pace, "2001:db8:1:2::1")
    assert ask(pace, "2001:db8:1:2:ffff::9") > 0
    assert ask(pace, "2001:db8:1:3::1") == 0


def test_workers_count_together(ask):
    """Two processes hold a pace each; what one has written the other one knows."""
    first, second = (Pace("tries", most=4, seconds=60, step=2) for _worker in range(2))
    assert [ask(first), ask(first), ask(second), ask(second)] == [0, 0, 0, 0]
    assert ask(first) == 0  # not written yet, and its worker knows of two others only
    assert ask(first) > 0


def test_no_address_is_kept_and_what_is_over_goes(ask, clock):
    pace = Pace("tries", most=1, seconds=60)
    ask(pace)
    row = PaceCount.objects.get()
    assert "203" not in str(vars(row)).replace(row.key, "")
    clock("2026-03-10 12:05")
    ask(pace)
    assert PaceCount.objects.get().key != row.key
