"""Side filters that draw the same lines as the querysets, on today's date."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Standing


class StandingFilter(admin.SimpleListFilter):
    """Prepared, coming, in force, expired or taken back."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return Standing.choices

    def queryset(self, request, queryset):
        today = timezone.localdate()
        lines = {
            Standing.PREPARED: queryset.prepared,
            Standing.COMING: lambda: queryset.coming(today),
            Standing.IN_FORCE: lambda: queryset.in_force(today),
            Standing.EXPIRED: lambda: queryset.expired(today),
            Standing.WITHDRAWN: lambda: queryset.withdrawn(today),
        }
        return lines[self.value()]() if self.value() in lines else queryset


class DueFilter(admin.SimpleListFilter):
    """What wants somebody's attention."""

    title = _("due")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [
            ("ending90", _("ending within 90 days")),
            ("ending30", _("ending within 30 days")),
            ("evaluation", _("evaluation overdue")),
            ("record", _("not on record")),
            ("following", _("to be confirmed after a reorganisation")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        lines = {
            "ending90": lambda: queryset.ending_within(90, today),
            "ending30": lambda: queryset.ending_within(30, today),
            "evaluation": lambda: queryset.evaluations_overdue(today),
            "record": lambda: queryset.in_force(today).not_on_record(),
            "following": queryset.awaiting_confirmation,
        }
        return lines[self.value()]() if self.value() in lines else queryset
