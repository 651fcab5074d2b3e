"""The list kinds of the catalogue itself, registered when the app is ready."""

from django.utils.translation import gettext_lazy as _

from .kinds import PUBLIC_SERVICES, ListKind, kinds
from .resources.duties import BasicDutiesResource, CooperatingDutiesResource, WithdrawnMattersResource
from .resources.public_services import PublicServicesResource
from .resources.registers import (
    PowerAndResponsibilityResource,
    PurchaseGuideResource,
    VillageMattersResource,
)


def register() -> None:
    """Add the catalogue's kinds to the registry."""
    kinds.extend(
        [
            ListKind(PUBLIC_SERVICES, _("Public services"), PublicServicesResource, is_kept=True),
            ListKind("basic_duties", _("Basic duties"), BasicDutiesResource, is_of_one_township=True),
            ListKind(
                "cooperating_duties",
                _("Cooperating duties"),
                CooperatingDutiesResource,
                is_of_one_township=True,
            ),
            ListKind(
                "withdrawn_matters",
                _("Withdrawn matters"),
                WithdrawnMattersResource,
                is_of_one_township=True,
                is_found_by_items=False,  # nobody gets them done in a township any more
            ),
            ListKind(
                "power_and_responsibility", _("Powers and responsibilities"), PowerAndResponsibilityResource
            ),
            ListKind("purchase_guide", _("Guide to purchasing services"), PurchaseGuideResource),
            ListKind("village_matters", _("Matters handled in villages"), VillageMattersResource),
        ]
    )
