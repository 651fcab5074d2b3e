"""Side filters that draw the same lines as the desk, on today's date and for the person who asks."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import waiting


class WaitingFilter(admin.SimpleListFilter):
    """Editions that want something done on their road."""

    title = _("waiting")
    parameter_name = "waiting"
    lines = {
        "me": (_("for me"), lambda rows, user, today: waiting.drafts_for(user, rows)),
        "comment": (
            _("comment about to close or over"),
            lambda rows, user, today: waiting.closing(today, rows),
        ),
        "publication": (_("publication due"), lambda rows, user, today: waiting.to_publish(today, rows)),
    }

    def lookups(self, request, model_admin):
        self.user = request.user
        return [(code, label) for code, (label, _narrow) in self.lines.items()]

    def queryset(self, request, queryset):
        if self.value() not in self.lines:
            return queryset
        _label, narrow = self.lines[self.value()]
        return narrow(queryset, request.user, timezone.localdate())


class GuideWaitingFilter(WaitingFilter):
    """Guides that want a second look."""

    lines = {
        "me": (_("for my answer"), lambda rows, user, today: waiting.proposals_for(user, rows)),
        "refused": (_("refused, mine"), lambda rows, user, today: waiting.refused_of(user, rows)),
        "unverified": (
            _("not verified for a year"),
            lambda rows, user, today: waiting.unverified(user, today, rows),
        ),
    }


class HandlingWaitingFilter(WaitingFilter):
    """Exceptions above which something has changed."""

    lines = {
        "changed": (
            _("guide or list have changed"),
            lambda rows, user, today: waiting.changed_above(today, rows),
        ),
    }


class OfficeFilter(admin.SimpleListFilter):
    """Entries in force that no office of the person's reach is on record for."""

    title = _("handling office")
    parameter_name = "office"

    def lookups(self, request, model_admin):
        return [("missing", _("not on record"))]

    def queryset(self, request, queryset):
        if self.value() != "missing":
            return queryset
        return waiting.without_office(request.user, timezone.localdate(), queryset)
