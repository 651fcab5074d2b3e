from django.contrib import admin

from ..choices import Role
from ..models import Event
from ..resources import EventResource
from .sheets import ScopedExportAdmin

OF_ACCOUNTS = ("accounts.user", "accounts.county")


@admin.register(Event)
class EventAdmin(ScopedExportAdmin):
    """The record of events: an auditor reads all of the county's, others those of accounts."""

    readers = frozenset({Role.AUDITOR, Role.KEEPER, Role.SITE_ADMIN})
    resource_classes = [EventResource]
    list_display = ["at", "by", "action", "subject_type", "subject_text"]
    list_filter = ["action", "subject_type"]
    list_select_related = ["by"]
    search_fields = ["subject_text", "by__username"]
    date_hierarchy = "at"

    def get_queryset(self, request):
        events = super().get_queryset(request)
        return events if request.user.role == Role.AUDITOR else events.filter(subject_type__in=OF_ACCOUNTS)
