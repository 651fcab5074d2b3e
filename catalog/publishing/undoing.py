"""What was done to many at once, taken back for one township."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.journal import record
from accounts.models import County, User

from ..models import BulkChange, Handling, Item
from .excepting import SAID, Words, lay, standing_exceptions, words_of

# What a person would call a change; a look at what guide and list say is none.
COMPARED = (*SAID, "verified_on", "verified_by_id")


@transaction.atomic
def undo_for_township(*, change: BulkChange, by: User, on: date) -> BulkChange:
    """Have the township say again, from the day on, what it said before; refused where it has changed since."""
    change = _held(change)
    township = change.township
    if not may_undo(change, by):
        raise ValidationError(_("An editor of the county or the township itself undoes this."))
    items = Item.objects.select_related("county").in_bulk([row["item"] for row in change.rows])
    standing = standing_exceptions(items, [township])
    refused = [
        _("Item %(code)s has been changed since; undo that first, or change it by hand.")
        % {"code": row["code"]}
        for row in change.rows
        if row["item"] not in items
        or not _says_the_same(standing.get((row["item"], township.pk)), row["after"])
    ]
    if refused:
        raise ValidationError(refused)
    for row in change.rows:
        item = items[row["item"]]
        lay(item, township, standing.get((item.pk, township.pk)), row["before"], on)
    change.undone_at, change.undone_by = timezone.now(), by
    change.full_clean()
    change.save()
    County.objects.note_publication(township.county)
    codes = [row["code"] for row in change.rows]
    record("undo_in_township", township, by=by, county=township.county, items=codes)
    return change


def may_undo(change: BulkChange, by: User) -> bool:
    """Whether this person may: an editor of the county, or the township's own staff, once."""
    if change.undone_at is not None or by.county_id != change.township.county_id:
        return False
    return by.role == Role.EDITOR or (by.role == Role.TOWNSHIP and by.township_id == change.township_id)


def _says_the_same(row: Handling | None, after: Words) -> bool:
    now = words_of(row)
    if now is None or after is None:
        return now is None and after is None
    return all(now[name] == after[name] for name in COMPARED)


def _held(change: BulkChange) -> BulkChange:
    stored = BulkChange.objects.select_for_update(of=("self",)).select_related("township__county")
    try:
        return stored.get(pk=change.pk)
    except BulkChange.DoesNotExist:
        raise ValidationError(_("Somebody has deleted this in the meantime.")) from None
