"""The calendar of holidays as a table to bring in once a year."""

from django.utils.translation import gettext_lazy as _

from accounts.resources import Column, ScopedResource
from accounts.resources.widgets import DayWidget, WordWidget

from ..models import Holiday

WORDS = {False: "放假", True: "上班"}


class OpenWidget(WordWidget):
    """Closed or open, by the word of the announcement."""

    def clean(self, value, row=None, **kwargs):
        return {"True": True, "False": False}.get(super().clean(value, row, **kwargs))


class HolidayResource(ScopedResource):
    """Days on which offices are closed, and weekend days that are worked instead."""

    sheet = "节假日"

    day = Column("day", "日期", DayWidget(), is_required=True)
    name = Column("name", "节日", is_required=True)
    is_workday = Column(
        "is_workday",
        "安排",
        OpenWidget(WORDS, {"补班": True, "休息": False}),
        is_required=True,
        explanation=_("Weekends without an entry are free, other days are worked."),
    )

    class Meta:
        model = Holiday
        import_id_fields = ["day"]
        fields = ("day", "name", "is_workday")
