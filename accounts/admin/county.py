from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .. import journal
from ..choices import Role
from ..models import County
from ..resources import CountyResource
from .sheets import ScopedImportExportAdmin


@admin.register(County)
class CountyAdmin(ScopedImportExportAdmin):
    """The counties of this installation; site administrators keep them."""

    readers = frozenset({Role.EDITOR, Role.KEEPER, Role.AUDITOR})
    writers = frozenset({Role.SITE_ADMIN})
    resource_classes = [CountyResource]
    list_display = ["code", "name", "prefecture", "province"]
    search_fields = ["code", "name"]
    fieldsets = [
        (None, {"fields": ["code", "name", "prefecture", "province", "needs_second_person"]}),
        (
            _("Website record"),
            {
                "fields": ["organiser", "undertaker", "contact", "site_code", "icp_record", "police_record"],
                "description": _("Stands at the foot of every public page of the county."),
            },
        ),
        (
            _("County service hall"),
            {
                "fields": [
                    "hall_name",
                    "hall_address",
                    "hall_hours",
                    "hall_closed_days",
                    "hall_market_days",
                    "hall_phone",
                    ("hall_longitude", "hall_latitude"),
                    "hotline",
                ]
            },
        ),
        (_("Open data"), {"fields": ["data_licence"]}),
    ]

    def save_model(self, request, obj, form, change):
        """Who may announce alone is decided here, so what changes is on record."""
        changes = journal.changes_in(obj)
        super().save_model(request, obj, form, change)
        act = "changed" if change else "added"
        journal.record(act, obj, by=request.user, county=obj, changes=changes)
