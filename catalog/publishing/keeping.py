"""What residents read beside the paper: guides, and what townships do differently."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from simple_history.utils import bulk_update_with_history

from accounts.journal import record
from accounts.models import County, User

from ..choices import BulkAct
from ..models import Guide, Handling
from ..search.indexing import rewrite
from ..search.own import ITEMS
from .excepting import look_at, note_many, words_of


@transaction.atomic
def keep_guide(*, guide: Guide, by: User) -> Guide:
    """Make a stored change of a guide public: pages of the county are asked for anew, the act is on record."""
    County.objects.note_publication(guide.item.county)
    rewrite(guide.item.county, ITEMS, codes=[guide.item.code])
    record("guide", guide, by=by, county=guide.item.county, valid_from=guide.valid_from)
    return guide


@transaction.atomic
def confirm_correct(*, rows: QuerySet, by: User, on: date) -> int:
    """Note for guides or exceptions that somebody has found them still correct; how many there were.

    A verification is no change: each row keeps its days, and its history says who looked. Whoever finds an
    exception still correct has seen what guide and list say now.
    """
    bodies = ["item__county", "township"] if rows.model is Handling else ["item__county"]
    confirmed = list(rows.select_related(*bodies))
    before = [words_of(row) for row in confirmed if isinstance(row, Handling)]
    if before:
        look_at(confirmed, on)
    for row in confirmed:
        row.verified_on, row.verified_by = on, by
    if confirmed:
        names = ["verified_on", "verified_by", *(["checked_against"] if before else [])]
        bulk_update_with_history(confirmed, rows.model, names, default_user=by)
    if before:
        note_many(BulkAct.CONFIRMED, zip(confirmed, before, strict=True), by=by)
    for county in {row.item.county for row in confirmed}:
        codes = [row.item.code for row in confirmed if row.item.county == county]
        County.objects.note_publication(county)
        record("verify", county, by=by, county=county, items=codes)
    return len(confirmed)


@transaction.atomic
def take_away(*, row: Guide | Handling, by: User) -> None:
    """Delete a guide or an exception of a township; residents no longer see it."""
    item = row.item
    record("delete", row, by=by, county=item.county)
    row.delete()
    County.objects.note_publication(item.county)
    rewrite(item.county, ITEMS, codes=[item.code])


@transaction.atomic
def write_handling(*, handling: Handling, by: User, on: date) -> Handling:
    """Store what a township does differently; residents see it at once.

    Whoever writes it has seen what guide and list say on the day.
    """
    look_at([handling], on)
    handling.full_clean()
    handling.save()
    County.objects.note_publication(handling.item.county)
    record("handling", handling, by=by, county=handling.item.county, valid_from=handling.valid_from)
    return handling
