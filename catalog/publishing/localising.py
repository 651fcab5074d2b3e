"""Guide or list have changed what a township says otherwise: it takes that over, keeps its own, or needs no change."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import transaction

from accounts.journal import record
from accounts.models import County, User

from ..choices import BulkAct
from ..inheritance import Inheritance
from ..localisation import ChangeAbove, changes_above
from ..models import Handling
from .excepting import BulkRecord, Words, lay, standing_exceptions, words_of

ANSWERS = (BulkAct.TAKEN_OVER, BulkAct.KEPT, BulkAct.NO_CHANGE)
# How a field says nothing of its own.
EMPTY = {"rule": "", "office": None, "place": "", "hours": "", "phone": "", "promised_limit": None}


@transaction.atomic
def answer_changes(*, rows: Iterable[Handling], answer: BulkAct | str, by: User, on: date) -> int:
    """Answer for each of these exceptions what has changed above it; how many there were to answer.

    `TAKEN_OVER` empties the fields in question, so that the township follows guide and list again. `KEPT`
    confirms its own words as correct on the day. `NO_CHANGE` says that the change is no matter here.
    """
    asked = list(rows)
    held = standing_exceptions({row.item_id for row in asked}, {row.township_id for row in asked})
    keys = {row.pk for row in asked}
    standing = [row for row in held.values() if row.pk in keys]
    changed = changes_above(standing, on)
    inheritance = Inheritance({row.item_id for row in standing}, {row.township for row in standing}, on)
    answered, told = BulkRecord(BulkAct(answer), by), {}
    for row in standing:
        if row.pk not in changed:
            continue
        before, differing = words_of(row), changed[row.pk]
        words = _WORDS[answer](before, differing, by, on)
        words |= {"checked_against": inheritance.upstream(row.item_id, row.township)}
        answered.note(row.item, row.township, before, lay(row.item, row.township, row, words, on))
        lines = told.setdefault(row.township, {})
        lines |= {f"{row.item.code} {each.label}": [each.before, each.after] for each in differing}
    answered.keep()
    for township, lines in told.items():
        record(f"above_{answer}", township, by=by, county=township.county, changes=lines)
    for county in {township.county for township in told}:
        County.objects.note_publication(county)
    return answered.count


def _taken_over(words: Words, differing: list[ChangeAbove], by: User, on: date) -> Words:
    emptied = {_stored(each.name): EMPTY[each.name] for each in differing}
    return {**words, **emptied}


def _kept(words: Words, differing: list[ChangeAbove], by: User, on: date) -> Words:
    return {**words, "verified_on": on.isoformat(), "verified_by_id": by.pk}


def _no_change(words: Words, differing: list[ChangeAbove], by: User, on: date) -> Words:
    return dict(words)


def _stored(name: str) -> str:
    return "office_id" if name == "office" else name


_WORDS: dict[str, Callable[..., Words]] = {
    BulkAct.TAKEN_OVER: _taken_over,
    BulkAct.KEPT: _kept,
    BulkAct.NO_CHANGE: _no_change,
}
