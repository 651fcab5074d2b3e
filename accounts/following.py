"""When a county's institutions change: upper apps register what of theirs follows, in the same transaction."""

from collections.abc import Callable

from django.db import transaction

from .models import County

followers: list[Callable[[County], object]] = []


@transaction.atomic
def institutions_changed(county: County) -> None:
    """Make a stored change of departments, townships, offices or villages public."""
    County.objects.note_publication(county)
    for follow in followers:
        follow(county)
