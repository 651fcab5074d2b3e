from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.scope import Scope

from ..workdays import WorkCalendar


class HolidayQuerySet(models.QuerySet):
    def calendar(self, first: date | None = None) -> WorkCalendar:
        """The days on record as a calendar, from a day on or all of them."""
        days = self if first is None else self.filter(day__gte=first)
        found = dict(days.values_list("day", "is_workday"))
        return WorkCalendar(
            closed=frozenset(day for day, is_workday in found.items() if not is_workday),
            open=frozenset(day for day, is_workday in found.items() if is_workday),
        )


class Holiday(models.Model):
    """A day on which offices are closed although it may be a weekday, or open although it is a weekend.

    The State Council's office announces them every year (国务院办公厅关于部分节假日安排的通知).
    """

    scope = Scope()

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("holiday"), max_length=50)
    is_workday = models.BooleanField(
        _("working day"), default=False, help_text=_("A weekend day that is worked instead of a holiday.")
    )

    objects = HolidayQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("holiday or moved working day")
        verbose_name_plural = _("holidays and moved working days")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day} {self.name}"
