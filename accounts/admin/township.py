from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ..choices import COUNTY_ROLES, Role
from ..models import Office, Township, TownshipClass, TownshipSuccession, Village
from ..resources import (
    OfficeResource,
    TownshipClassResource,
    TownshipResource,
    TownshipSuccessionResource,
    VillageResource,
)
from .sheets import ScopedImportExportAdmin


@admin.register(TownshipClass)
class TownshipClassAdmin(ScopedImportExportAdmin):
    """The county's own grouping of its townships."""

    readers = COUNTY_ROLES
    writers = frozenset({Role.EDITOR})
    resource_classes = [TownshipClassResource]
    list_display = ["name", "code"]
    fields = ["county", "code", "name"]


@admin.register(Township)
class TownshipAdmin(ScopedImportExportAdmin):
    """The townships of the county, with their service centres."""

    readers = COUNTY_ROLES
    writers = frozenset({Role.EDITOR})
    resource_classes = [TownshipResource]
    list_display = ["code", "name", "kind", "township_class", "centre_phone"]
    list_filter = ["kind", "township_class"]
    list_select_related = ["township_class"]
    search_fields = ["name", "code"]
    fieldsets = [
        (None, {"fields": ["county", "code", "name", "kind", "township_class", "population", "area"]}),
        (
            _("Service centre"),
            {
                "fields": [
                    "centre_name",
                    "centre_address",
                    "centre_hours",
                    "centre_closed_days",
                    "centre_market_days",
                    "centre_phone",
                    ("longitude", "latitude"),
                ]
            },
        ),
    ]


@admin.register(TownshipSuccession)
class TownshipSuccessionAdmin(ScopedImportExportAdmin):
    """Which township gave way to which; further ones are recorded as a reorganisation, which asks what differs."""

    readers = COUNTY_ROLES
    writers = frozenset({Role.EDITOR})
    resource_classes = [TownshipSuccessionResource]
    list_display = ["predecessor", "successor", "effective_on", "document_number"]
    list_select_related = ["predecessor", "successor"]
    fields = ["predecessor", "successor", "effective_on", "document_number"]

    def add_view(self, request, form_url="", extra_context=None):
        return redirect("admin:accounts_reorganisation_add")

    def has_change_permission(self, request, obj=None):
        """What has followed a succession does not come back; a slip is righted by another reorganisation."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Office)
class OfficeAdmin(ScopedImportExportAdmin):
    """The offices of townships; a township's staff keep their own."""

    readers = COUNTY_ROLES
    writers = frozenset({Role.EDITOR, Role.TOWNSHIP})
    resource_classes = [OfficeResource]
    list_display = ["name", "township", "kind", "sending_department", "phone"]
    list_filter = ["kind", "township"]
    list_select_related = ["township", "sending_department"]
    search_fields = ["name", "township__name"]
    autocomplete_fields = ["township", "sending_department"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "township",
                    "name",
                    "kind",
                    "sending_department",
                    "head_count",
                    "management",
                    "phone",
                ]
            },
        ),
        (
            _("Place and hours of its own"),
            {"fields": ["address", "hours", "closed_days", "market_days", ("longitude", "latitude")]},
        ),
    ]


@admin.register(Village)
class VillageAdmin(ScopedImportExportAdmin):
    """Villages and their service points; which villages there are is for the county to say."""

    readers = COUNTY_ROLES
    writers = frozenset({Role.EDITOR, Role.TOWNSHIP})
    makers = frozenset({Role.EDITOR})
    resource_classes = [VillageResource]
    list_display = ["code", "name", "township", "service_point", "agent_phone"]
    list_filter = ["township"]
    list_select_related = ["township"]
    search_fields = ["name", "code", "township__name"]
    autocomplete_fields = ["township"]
    fields = ["township", "code", "name", "service_point", "agent_phone"]

    def get_readonly_fields(self, request, obj=None):
        return () if request.user.role == Role.EDITOR else ("code", "name")
