"""What townships say otherwise than guide and list, stored for many at once; what equals them is not stored."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction

from accounts.journal import record
from accounts.models import County, Township, User

from ..choices import BulkAct, HandlingRule
from ..inheritance import Inheritance
from ..localisation import said_when_looked_at
from ..matrix import inherited_rule
from ..models import BulkChange, Handling, Item

# What an exception can say; one that says none of it has no reason to stand.
SAID = ("rule", "office_id", "place", "window", "hours", "phone", "promised_limit", "is_suspended", "note")
# When somebody looked at it, and what guide and list said then.
LOOKED_AT = ("verified_on", "verified_by_id", "checked_against")

# The township's own words beside an item, by the names of the fields; None where it has none.
Words = Mapping[str, object] | None
Standing = dict[tuple[int, int], Handling]


@transaction.atomic
def set_rule(*, cells: Iterable[tuple[Item, Township]], rule: HandlingRule | str, by: User, on: date) -> int:
    """Say for these items and townships where they are handled, from the day on; how many changed.

    An empty rule, or the guide's own, takes the exception away; what it says beside the rule stays. An
    exception that began earlier ends with the day, so that former days go on being answered as they were.
    """
    cells = list(cells)
    items, townships = {item.pk for item, _township in cells}, {township for _item, township in cells}
    inheritance, standing = Inheritance(items, townships, on), standing_exceptions(items, townships)
    looked_at = said_when_looked_at(standing.values())
    changed = BulkRecord(BulkAct.RULE, by)
    for item, township in cells:
        wanted = "" if rule == inherited_rule(inheritance.guides.get(item.pk), township) else rule
        before = standing.get((item.pk, township.pk))
        if (before.rule if before else "") == wanted:
            continue
        upstream = inheritance.upstream(item.pk, township)
        seen = looked_at[before.pk] if before else upstream
        words = (words_of(before) or {}) | {
            "rule": wanted,
            "checked_against": seen | {"rule": upstream["rule"]},
        }
        changed.note(item, township, words_of(before), lay(item, township, before, words, on))
    for township, rows in changed.by_township.items():
        codes = [row["code"] for row in rows]
        record("handling", township, by=by, county=township.county, items=codes, rule=rule)
    changed.keep()
    for county in {township.county for township in changed.by_township}:
        County.objects.note_publication(county)
    return changed.count


def standing_exceptions(items: Iterable[int], townships: Iterable[Township | int]) -> Standing:
    """The open exceptions of these items and townships by their keys, held until the transaction ends."""
    rows = Handling.objects.select_for_update(of=("self",)).filter(valid_to=None)
    rows = rows.select_related("item__county", "township__county", "office")
    rows = rows.filter(item__in=list(items), township__in=list(townships))
    return {(row.item_id, row.township_id): row for row in rows}


def words_of(row: Handling | None) -> Words:
    """Everything an exception says, and when somebody looked at it, as it can be kept in JSON."""
    if row is None:
        return None
    words = {name: getattr(row, name) for name in (*SAID, *LOOKED_AT)}
    return words | {"verified_on": row.verified_on.isoformat() if row.verified_on else None}


def says_anything(words: Words) -> bool:
    """Whether an exception has a reason to stand; a limit of 0 says "while you wait"."""
    return words is not None and any(
        words[name] is not None and words[name] is not False and words[name] != ""
        for name in SAID
        if name in words
    )


def lay(item: Item, township: Township, standing: Handling | None, words: Words, on: date) -> Handling | None:
    """Have the township say these words from the day on; the exception that stands then, if any.

    Where only the looking is new nothing begins anew, because it is no change.
    """
    if (
        standing is not None
        and words is not None
        and all(getattr(standing, name) == words[name] for name in SAID)
    ):
        row = standing
    elif standing is not None and standing.valid_from >= on:
        row = standing
        if not says_anything(words):
            row.delete()
            return None
    else:
        if standing is not None:
            standing.valid_to = on
            standing.save()
        if not says_anything(words):
            return None
        row = Handling(item=item, township=township, valid_from=on)
    for name, value in words.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


class BulkRecord:
    """What an act does township by township: kept for undoing where it touched more than one exception."""

    def __init__(self, act: BulkAct, by: User):
        self.act, self.by = act, by
        self.by_township: dict[Township, list[dict[str, object]]] = {}

    @property
    def count(self) -> int:
        return sum(map(len, self.by_township.values()))

    def note(self, item: Item, township: Township, before: Words, after: Handling | None) -> None:
        row = {"item": item.pk, "code": item.code, "before": before, "after": words_of(after)}
        self.by_township.setdefault(township, []).append(row)

    def keep(self) -> None:
        """Store it."""
        if self.count > 1:
            BulkChange.objects.bulk_create(
                BulkChange(township=township, act=self.act, made_by=self.by, rows=rows)
                for township, rows in self.by_township.items()
            )


def note_many(act: BulkAct, changed: Iterable[tuple[Handling, Words]], *, by: User) -> None:
    """Keep what an act did to these exceptions, each beside what it said before; what has ended stays as it is."""
    noted = BulkRecord(act, by)
    for row, before in changed:
        if row.valid_to is None:
            noted.note(row.item, row.township, before, row)
    noted.keep()


def look_at(rows: Collection[Handling], on: date) -> None:
    """Note on these exceptions, unsaved, what guide and list say on the day."""
    inheritance = Inheritance({row.item_id for row in rows}, {row.township for row in rows}, on)
    for row in rows:
        row.checked_against = inheritance.upstream(row.item_id, row.township)
