"""An edition held for writing, and the note that is left of every act."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.journal import record
from accounts.models import User

from ..choices import EditionState
from ..models import Edition


def locked(edition: Edition) -> Edition:
    """The edition as it is stored now, held against other writers until the transaction ends."""
    stored = Edition.objects.with_list().select_for_update(of=("self",))
    try:
        return stored.get(pk=edition.pk)
    except Edition.DoesNotExist:
        raise ValidationError(_("Somebody has discarded this edition in the meantime.")) from None


def locked_for_writing(edition: Edition) -> Edition:
    stored = locked(edition)
    if not stored.is_editable:
        raise ValidationError(_why_frozen(stored))
    return stored


def _why_frozen(edition: Edition) -> str:
    if edition.state == EditionState.OPEN_FOR_COMMENT:
        return _("This draft is open for comment and stays as it is; close the period first, with a reason.")
    if edition.state == EditionState.DECIDED:
        return _("This draft has been decided as it is; strike the decision before changing it.")
    return _("This edition is announced; its entries no longer change.")


def note_act(action: str, edition: Edition, *, by: User | None, **details) -> None:
    record(action, edition, by=by, county=edition.list.county, **details)
