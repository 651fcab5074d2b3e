"""The county's catalogues of powers, registered as list kinds when the app is ready."""

from django.utils.translation import gettext_lazy as _

from catalog.kinds import ListKind, kinds

from .resources import DelegatedPowersResource, EntrustedPowersResource, SecondedPowersResource


def register() -> None:
    """Add the three modes' catalogues to the registry."""
    kinds.extend(
        [
            ListKind("delegated_powers", _("Delegated powers"), DelegatedPowersResource),
            ListKind("entrusted_powers", _("Entrusted powers"), EntrustedPowersResource),
            ListKind("seconded_powers", _("Seconded powers"), SecondedPowersResource),
        ]
    )
