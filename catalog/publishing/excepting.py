"""Where items are handled, said for many townships at once: what equals the guide's rule is not stored."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.journal import record
from accounts.models import County, Township, User

from ..choices import HandlingRule
from ..matrix import guides_of, inherited_rule
from ..models import Handling, Item

# What an exception can say; one that says none of it has no reason to stand.
SAID = ("rule", "office_id", "place", "window", "hours", "phone", "promised_limit", "is_suspended", "note")


@transaction.atomic
def set_rule(*, cells: Iterable[tuple[Item, Township]], rule: HandlingRule | str, by: User, on: date) -> int:
    """Say for these items and townships where they are handled, from the day on; how many changed.

    An empty rule, or the guide's own, takes the exception away; what it says beside the rule stays. An
    exception that began earlier ends with the day, so that former days go on being answered as they were.
    """
    changed: dict[Township, list[str]] = {}
    cells = list(cells)
    guides = guides_of({item.pk for item, _township in cells}, on)
    for item, township in cells:
        wanted = "" if rule == inherited_rule(guides.get(item.pk), township) else rule
        if _write(item, township, wanted, on):
            changed.setdefault(township, []).append(item.code)
    for township, codes in changed.items():
        record("handling", township, by=by, county=township.county, items=codes, rule=rule)
    for county in {township.county for township in changed}:
        County.objects.note_publication(county)
    return sum(map(len, changed.values()))


def _write(item: Item, township: Township, rule: str, on: date) -> bool:
    """Store one cell; whether anything had to be changed."""
    standing = (
        Handling.objects.select_for_update().filter(item=item, township=township, valid_to=None).first()
    )
    if (standing.rule if standing else "") == rule:
        return False
    row = Handling(item=item, township=township, valid_from=on)
    if standing is not None and standing.valid_from >= on:
        row = standing
    elif standing is not None:
        for name in SAID:
            setattr(row, name, getattr(standing, name))
        standing.valid_to = on
        standing.save()
    row.rule = rule
    if any(getattr(row, name) for name in SAID):
        row.full_clean()
        row.save()
    elif row.pk is not None:
        row.delete()
    return True
