"""What residents read beside the paper: guides, and what townships do differently."""

from django.db import transaction

from accounts.journal import record
from accounts.models import County, User

from ..models import Guide, Handling


@transaction.atomic
def keep_guide(*, guide: Guide, by: User) -> Guide:
    """Make a stored change of a guide public: pages of the county are asked for anew, the act is on record."""
    County.objects.note_publication(guide.item.county)
    record("guide", guide, by=by, county=guide.item.county, valid_from=guide.valid_from)
    return guide


@transaction.atomic
def take_away(*, row: Guide | Handling, by: User) -> None:
    """Delete a guide or an exception of a township; residents no longer see it."""
    county = row.item.county
    record("delete", row, by=by, county=county)
    row.delete()
    County.objects.note_publication(county)


@transaction.atomic
def write_handling(*, handling: Handling, by: User) -> Handling:
    """Store what a township does differently; residents see it at once."""
    handling.full_clean()
    handling.save()
    County.objects.note_publication(handling.item.county)
    record("handling", handling, by=by, county=handling.item.county, valid_from=handling.valid_from)
    return handling
