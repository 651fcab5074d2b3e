"""Working days follow the week and the calendar of holidays, which site administrators keep."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from catalog.models import Holiday
from catalog.workdays import WorkCalendar

WEEK = WorkCalendar()
# The week of 1 October 2025: closed from Wednesday 1 to Wednesday 8, worked on Sunday 28 September and Saturday 11.
NATIONAL_DAY = WorkCalendar(
    closed=frozenset(date(2025, 10, day) for day in range(1, 9)),
    open=frozenset({date(2025, 9, 28), date(2025, 10, 11)}),
)


def test_a_week_has_five_working_days():
    assert WEEK.last_of(5, date(2025, 3, 3)) == date(2025, 3, 10)
    assert WEEK.last_of(1, date(2025, 3, 7)) == date(2025, 3, 10)
    assert WEEK.last_of(0, date(2025, 3, 8)) == date(2025, 3, 8)


def test_holidays_put_a_day_off_and_moved_working_days_bring_it_nearer():
    assert NATIONAL_DAY.last_of(3, date(2025, 9, 26)) == date(2025, 9, 30)
    assert NATIONAL_DAY.last_of(3, date(2025, 9, 30)) == date(2025, 10, 11)
    assert WEEK.last_of(3, date(2025, 9, 30)) == date(2025, 10, 3)


def test_days_between_count_back_to_the_same_day():
    after, last = date(2025, 9, 20), date(2025, 10, 20)
    assert NATIONAL_DAY.last_of(NATIONAL_DAY.between(after, last), after) == last
    assert NATIONAL_DAY.between(date(2025, 9, 30), date(2025, 10, 8)) == 0


@pytest.fixture
def shipped(db):
    call_command("loaddata", "holidays", verbosity=0)
    return Holiday.objects.calendar()


def test_the_shipped_calendar_is_that_of_the_announcements(shipped):
    """国办发明电〔2024〕12号 for 2025: seven days of New Year and National Day, two Sundays worked."""
    assert not shipped.is_working_day(date(2025, 1, 28))
    assert shipped.is_working_day(date(2025, 9, 28))
    # Every weekend day that is worked is one, and every year has 11 or 13 days of holiday of its own.
    assert all(day.weekday() > 4 for day in shipped.open)
    for year in (2024, 2025, 2026):
        free = sum(day.weekday() < 5 for day in shipped.closed if day.year == year)
        worked = sum(day.year == year for day in shipped.open)
        assert 0 <= free - worked <= 13


def test_site_administrators_keep_the_calendar_and_others_read_it(site_admin, clerk, signed_in):
    data = {"day": "2027-01-01", "name": "元旦"}
    address = reverse("admin:catalog_holiday_add")
    assert signed_in(clerk).post(address, data).status_code == 403
    assert signed_in(site_admin).post(address, data).status_code == 302
    assert not Holiday.objects.calendar().is_working_day(date(2027, 1, 1))
    assert "2027" in signed_in(clerk).get(reverse("admin:catalog_holiday_changelist")).content.decode()
