"""The county's catalogues of powers, registered as list kinds when the app is ready."""

from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from catalog.kinds import EditionAct, ListKind, kinds
from catalog.models import Edition

from .catalogues import following, judging, posting, preparing
from .resources import DelegatedPowersResource, EntrustedPowersResource, SecondedPowersResource

TAKE_OVER = EditionAct(
    _("Take over as found"),
    "admin:devolution_transfer_take_over",
    frozenset({Role.EDITOR, Role.APPROVER}),
)


def _announced(*, edition: Edition, by: User) -> None:
    """An announced catalogue completes its papers and puts its units on record."""
    preparing.follow_announcement(edition=edition, by=by)
    posting.post_units_of(edition, by=by)


def register() -> None:
    """Add the three modes' catalogues to the registry."""
    kinds.extend(
        ListKind(
            code,
            title,
            resource,
            is_kept=True,
            is_found_by_items=False,  # found as powers
            checks=judging.check,
            on_confirm=preparing.prepare_edition,
            on_announce=_announced,
            on_write=following.follow_entry,
            on_remove=following.forget_entry,
            on_discard=following.undo,
            acts=(TAKE_OVER,),
        )
        for code, title, resource in (
            ("delegated_powers", _("Delegated powers"), DelegatedPowersResource),
            ("entrusted_powers", _("Entrusted powers"), EntrustedPowersResource),
            ("seconded_powers", _("Seconded powers"), SecondedPowersResource),
        )
    )
