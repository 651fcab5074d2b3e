"""What guide and list have changed above a township's own words since somebody there last looked. Only reads.

Nothing is raised or stored on a day: an exception remembers what guide and list said when it was last looked at,
and that is compared with what they say on the day asked about.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from .inheritance import LOCALISED, Inheritance, in_words, said_by_guide
from .models import Guide, Handling
from .reading.words import fold

# Marks of punctuation, except between figures, where they mean something (8:30-12:00, 1.5).
MARKS = re.compile(r"(?<!\d)\W|\W(?!\d)")


@dataclass(frozen=True)
class ChangeAbove:
    """One field that a township says otherwise: what was said above it, what is now, and its own words."""

    name: str
    label: str
    before: str
    after: str
    own: str


def substance(text: str) -> str:
    """What is left of a text when typing is left out of account: blanks, width, brackets, punctuation."""
    return MARKS.sub("", fold(text))


def localised(rows: QuerySet[Handling], on: date) -> QuerySet[Handling]:
    """The exceptions without an end that hold on the day and say something that guide or list may say, too."""
    says = Q(office__isnull=False) | Q(promised_limit__isnull=False)
    for name in ("rule", "place", "hours", "phone"):
        says |= ~Q(**{name: ""})
    return rows.in_force(on).filter(says, valid_to=None)


def changes_above(rows: Iterable[Handling], on: date) -> dict[int, list[ChangeAbove]]:
    """Field by field what has changed above these exceptions, by their keys; one without a change is left out."""
    rows = [row for row in rows if row.valid_to is None and row.valid_from <= on]
    if not rows:
        return {}
    inheritance = Inheritance({row.item_id for row in rows}, {row.township for row in rows}, on)
    looked_at = said_when_looked_at(rows)
    changed = {}
    for row in rows:
        seen, now = looked_at[row.pk], inheritance.upstream(row.item_id, row.township)
        differing = [
            ChangeAbove(
                name, _label(name), in_words(name, seen[name]), in_words(name, now[name]), _own(row, name)
            )
            for name in LOCALISED
            if name in seen and _says(row, name) and substance(seen[name]) != substance(now[name])
        ]
        if differing:
            changed[row.pk] = differing
    return changed


def said_when_looked_at(rows: Collection[Handling]) -> dict[int, Mapping[str, str]]:
    """What guide and list said of each of these exceptions when somebody looked at it last, by their keys."""
    former = _guides_of_unlooked(rows)
    return {row.pk: _seen(row, former) for row in rows}


def _seen(row: Handling, former: Mapping[int, list[Guide]]) -> Mapping[str, str]:
    """What was said when somebody looked last; of rows older than that record, by the guide of their day."""
    if row.checked_against is not None:
        return row.checked_against
    day = row.verified_on or row.valid_from
    guides = former.get(row.item_id, ())
    then = [
        each for each in guides if each.valid_from <= day and (each.valid_to is None or each.valid_to > day)
    ]
    return said_by_guide(then[-1], row.township) if then else {}


def _guides_of_unlooked(rows: Iterable[Handling]) -> dict[int, list[Guide]]:
    items = {row.item_id for row in rows if row.checked_against is None}
    guides: dict[int, list[Guide]] = {}
    for guide in Guide.objects.approved().filter(item__in=items).order_by("valid_from") if items else ():
        guides.setdefault(guide.item_id, []).append(guide)
    return guides


def _says(row: Handling, name: str) -> bool:
    value = getattr(row, f"{name}_id" if name == "office" else name)
    return value is not None and value != ""


def _label(name: str) -> str:
    return str(Handling._meta.get_field(name).verbose_name)


def _own(row: Handling, name: str) -> str:
    return str(row.get_rule_display() if name == "rule" else getattr(row, name))
