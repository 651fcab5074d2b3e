"""Working days counted: from a day on, the day itself left out."""

from collections.abc import Callable
from datetime import date, timedelta

# What a county makes or changes is published within so many working days (政府信息公开条例 26).
PUBLISH_WITHIN = 20


def is_weekday(day: date) -> bool:
    """Monday to Friday; a calendar of holidays and moved working days may take its place."""
    return day.weekday() < 5


def last_working_day(
    since: date | None, count: int, is_working_day: Callable[[date], bool] | None = None
) -> date | None:
    """The last of `count` working days after the day; None without a day."""
    if since is None:
        return None
    day, left = since, count
    while left:
        day += timedelta(days=1)
        left -= (is_working_day or is_weekday)(day)
    return day
