"""How a township handles an item on a day: the guide's rule, with the township's exception laid over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Office, Township

from .choices import HandlingRule, LimitUnit
from .limits import limit_in_words
from .models import Entry, Guide, Handling


@dataclass(frozen=True)
class Arrangement:
    """Where and how a resident of one township gets one item done; empty is what nobody has recorded."""

    rule: HandlingRule | None = None
    decided_by: str = ""
    office: Office | None = None
    place: str = ""
    window: str = ""
    hours: str = ""
    phone: str = ""
    limit: str = ""
    note: str = ""
    is_suspended: bool = False
    verified_on: date | None = None


def arrange(
    entry: Entry,
    township: Township,
    *,
    guide: Guide | None,
    exception: Handling | None,
    offices: Iterable[Office],
) -> Arrangement:
    """Lay the exception over the rule, field by field; what the exception leaves empty is inherited.

    The office is the exception's, else the township's office of the name that the list prints as responsible.
    """
    exception = exception or Handling()
    named = next((office for office in offices if office.name == entry.responsible_unit), None)
    office = exception.office or named
    rule = exception.rule or (guide.rule_for(township.kind) if guide else "")
    return Arrangement(
        rule=HandlingRule(rule) if rule else None,
        decided_by=guide.decided_by if guide else "",
        office=office,
        place=exception.place,
        window=exception.window,
        hours=exception.hours,
        phone=exception.phone or (office.phone if office else ""),
        limit=_limit(guide, exception),
        note=exception.note,
        is_suspended=exception.is_suspended,
        verified_on=exception.verified_on,
    )


def _limit(guide: Guide | None, exception: Handling) -> str:
    unit = guide.promised_limit_unit if guide else LimitUnit.WORKING_DAYS
    if exception.promised_limit is not None:
        return limit_in_words(exception.promised_limit, unit)
    return limit_in_words(guide.promised_limit, unit) if guide else ""
