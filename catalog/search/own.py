"""The sources of the catalogue itself, registered when the app is ready."""

from django.utils.translation import gettext_lazy as _

from .items import item_address, item_documents
from .places import township_address, township_documents, village_documents
from .sources import Source, sources

ITEMS, TOWNSHIPS, VILLAGES = "items", "townships", "villages"


def register() -> None:
    """Add items, townships and villages to the registry."""
    sources.extend(
        [
            Source(ITEMS, _("Items"), item_documents, item_address, rank=1),
            Source(TOWNSHIPS, _("Townships"), township_documents, township_address, rank=0),
            Source(VILLAGES, _("Villages"), village_documents, township_address, rank=8),
        ]
    )
