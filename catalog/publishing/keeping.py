"""What residents read beside the paper: guides, and what townships do differently."""

from django.db import transaction

from accounts.journal import record
from accounts.models import County, User

from ..models import Guide, Handling
from ..search.indexing import rewrite
from ..search.own import ITEMS


@transaction.atomic
def keep_guide(*, guide: Guide, by: User) -> Guide:
    """Make a stored change of a guide public: pages of the county are asked for anew, the act is on record."""
    County.objects.note_publication(guide.item.county)
    rewrite(guide.item.county, ITEMS, codes=[guide.item.code])
    record("guide", guide, by=by, county=guide.item.county, valid_from=guide.valid_from)
    return guide


@transaction.atomic
def take_away(*, row: Guide | Handling, by: User) -> None:
    """Delete a guide or an exception of a township; residents no longer see it."""
    item = row.item
    record("delete", row, by=by, county=item.county)
    row.delete()
    County.objects.note_publication(item.county)
    rewrite(item.county, ITEMS, codes=[item.code])


@transaction.atomic
def write_handling(*, handling: Handling, by: User) -> Handling:
    """Store what a township does differently; residents see it at once."""
    handling.full_clean()
    handling.save()
    County.objects.note_publication(handling.item.county)
    record("handling", handling, by=by, county=handling.item.county, valid_from=handling.valid_from)
    return handling
