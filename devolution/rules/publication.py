"""Until when a paper is published: 20 working days after it is made (政府信息公开条例 26)."""

from collections.abc import Callable
from datetime import date, timedelta

PUBLISH_WITHIN = 20


def is_weekday(day: date) -> bool:
    """Monday to Friday; a calendar of holidays and moved working days may take its place."""
    return day.weekday() < 5


def publication_due(made_on: date | None, is_working_day: Callable[[date], bool] = is_weekday) -> date | None:
    """The last day of publication; the day on which the paper is made does not count."""
    if made_on is None:
        return None
    day, left = made_on, PUBLISH_WITHIN
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day
