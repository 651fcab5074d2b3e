"""Until when a paper is published: 20 working days after it is made (政府信息公开条例 26)."""

from datetime import date

from catalog.workdays import WorkCalendar

PUBLISH_WITHIN = 20


def publication_due(made_on: date | None, calendar: WorkCalendar) -> date | None:
    """The last day of publication; the day on which the paper is made does not count."""
    return calendar.last_of(PUBLISH_WITHIN, made_on) if made_on else None
