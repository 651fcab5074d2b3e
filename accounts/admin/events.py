from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from .. import journal
from ..acts import ACTS
from ..choices import Role
from ..models import Event
from ..resources import EventResource
from .sheets import ScopedExportAdmin

OF_ACCOUNTS = ("accounts.user", "accounts.county", "")


class ActFilter(admin.SimpleListFilter):
    """Acts by their names; asking the record which ones occur would mean reading all of it."""

    title = _("act")
    parameter_name = "action"

    def lookups(self, request, model_admin):
        words = journal.acts() if request.user.role == Role.AUDITOR else ACTS
        return sorted(words.items(), key=lambda pair: str(pair[1]))

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() in journal.acts() else queryset


@admin.register(Event)
class EventAdmin(ScopedExportAdmin):
    """The record of events: an auditor reads all of the county's, others those of accounts.

    Nobody adds, changes or deletes here, whatever their role; the database refuses it as well.
    """

    readers = frozenset({Role.AUDITOR, Role.KEEPER, Role.SITE_ADMIN})
    resource_classes = [EventResource]
    list_display = ["at", "act", "thing", "by", "address", "what"]
    list_display_links = ["at"]
    list_filter = [ActFilter]
    list_select_related = ["by"]
    search_fields = ["subject_text", "by__username", "by__last_name", "by__first_name", "=address"]
    date_hierarchy = "at"
    fields = ["at", "act", "thing", "by", "county", "address", "what"]
    readonly_fields = fields

    def get_queryset(self, request):
        events = super().get_queryset(request)
        return events if request.user.role == Role.AUDITOR else events.filter(subject_type__in=OF_ACCOUNTS)

    @admin.display(description=_("act"), ordering="action")
    def act(self, event):
        return journal.act_in_words(event)

    @admin.display(description=_("object"), ordering="subject_text")
    def thing(self, event):
        return format_html("{} {}", journal.subject_in_words(event.subject_type), event.subject_text)

    @admin.display(description=_("details"))
    def what(self, event):
        return format_html_join("", "<div>{}</div>", ((line,) for line in journal.details_in_words(event)))
