"""The day a public page is asked for: today, or that of `?on=2025-03-01`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

AHEAD = timedelta(days=366)


class Trouble(models.TextChoices):
    """Why a page cannot speak of the day it is asked for."""

    NO_DAY = "no_day", _("This is not a day. Write it as in 2025-03-01.")
    TOO_EARLY = "too_early", _("Nothing is on record here for so early a day.")
    TOO_LATE = "too_late", _("Nobody can say so far ahead what will be in force: a year is the limit.")


@dataclass(frozen=True)
class AskedDay:
    """The day a page speaks of, and how its links go on speaking of it."""

    day: date
    today: date
    is_asked: bool = False
    trouble: Trouble | None = None
    first: date | None = None

    @property
    def published_by(self) -> date:
        """Until when an edition must have been published to count on the day; what comes later nobody may read."""
        return min(self.day, self.today)

    @property
    def asked(self) -> dict[str, str]:
        """What an address asks of the day; nothing today."""
        return {"on": self.day.isoformat()} if self.is_asked else {}

    @property
    def query(self) -> str:
        """What a link to another page of the day ends in; empty today."""
        return f"?on={self.day.isoformat()}" if self.is_asked else ""

    @property
    def further(self) -> str:
        """What stands before another question in the address of the same page: `on=2025-03-01&`; empty today."""
        return f"{self.query[1:]}&" if self.is_asked else ""


def asked_day(request, first_of: Callable[[], date | None]) -> AskedDay:
    """The day of the request; `first_of` finds the first day on record and is called only for a day asked for."""
    today = timezone.localdate()
    asked = request.GET.get("on", "").strip()
    if not asked:
        return AskedDay(today, today)
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return AskedDay(today, today, trouble=Trouble.NO_DAY)
    first = first_of()
    trouble = None
    if day > today + AHEAD:
        trouble = Trouble.TOO_LATE
    elif day < today and (first is None or day < first):
        trouble = Trouble.TOO_EARLY
    return AskedDay(day, today, is_asked=day != today, trouble=trouble, first=first)
