"""Working days: Monday to Friday, but for the holidays and moved working days of a calendar. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class WorkCalendar:
    """Days that depart from the week: `closed` offices on weekdays or weekends, `open` ones on weekends."""

    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day."""
        return day in self.open or (day.weekday() < 5 and day not in self.closed)

    def last_of(self, count: int, after: date) -> date:
        """The last of so many working days after a day, which itself does not count."""
        day = after
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def between(self, after: date, until: date) -> int:
        """How many working days lie after the one day, up to and with the other."""
        days = (after + timedelta(days=number) for number in range(1, (until - after).days + 1))
        return sum(self.is_working_day(day) for day in days)
