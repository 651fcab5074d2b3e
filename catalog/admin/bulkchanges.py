"""What was done to many exceptions at once, township by township, with the way to undo it for one."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.admin.scoped import ScopedAdmin
from accounts.models import Office

from .. import publishing
from ..choices import HandlingRule
from ..models import BulkChange, Handling, Item
from .roles import EVERYONE_OF_THE_COUNTY

SHOWN = (
    "rule",
    "office_id",
    "place",
    "window",
    "hours",
    "phone",
    "promised_limit",
    "is_suspended",
    "note",
    "verified_on",
)


@admin.register(BulkChange)
class BulkChangeAdmin(ScopedAdmin):
    """The list of such changes; nothing is typed here."""

    readers = EVERYONE_OF_THE_COUNTY
    list_display = ["made_at", "act", "township", "item_count", "made_by", "undone_at"]
    list_filter = ["township", "act"]
    list_select_related = ["township", "made_by"]
    fields = ["made_at", "act", "township", "made_by", "undone_at", "undone_by"]
    change_form_template = "admin/catalog/bulkchange/change_form.html"

    @admin.display(description=gettext_lazy("items"))
    def item_count(self, change):
        return len(change.rows)

    def get_urls(self):
        return self.pages_of_rows({"undo": self.undo_view}) + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        change = self.get_object(request, object_id)
        context = {}
        if change is not None:
            context = {"told": told(change), "may_undo": publishing.may_undo(change, request.user)}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    @method_decorator(require_POST)
    def undo_view(self, request, pk):
        """Undo the change in its township; a refusal says which items stand in the way."""
        change = self.get_object(request, str(pk))
        if change is None or not self.has_view_permission(request, change):
            raise Http404
        if not publishing.may_undo(change, request.user) and change.undone_at is None:
            raise PermissionDenied
        try:
            publishing.undo_for_township(change=change, by=request.user, on=timezone.localdate())
        except ValidationError as problem:
            for sentence in problem.messages:
                messages.error(request, sentence)
        else:
            said = _("Undone for %(township)s: it says again what it said before.")
            messages.success(request, said % {"township": change.township})
        return redirect("admin:catalog_bulkchange_change", pk)


def told(change: BulkChange) -> list[dict[str, object]]:
    """Item by item what the township said before and after, in words."""
    items = Item.objects.with_latest_name().in_bulk([row["item"] for row in change.rows])
    sides = [row[side] for row in change.rows for side in ("before", "after") if row[side]]
    offices = Office.objects.in_bulk({side["office_id"] for side in sides} - {None})
    return [
        {
            "item": items.get(row["item"], row["code"]),
            "before": _in_words(row["before"], offices),
            "after": _in_words(row["after"], offices),
        }
        for row in change.rows
    ]


def _in_words(words, offices) -> list[str]:
    """What an exception says, a line a field; nothing where everything is inherited."""
    lines = []
    for name in SHOWN:
        value = (words or {}).get(name)
        if value is None or value is False or value == "":
            continue
        if name == "rule":
            value = HandlingRule(value).label
        elif name == "office_id":
            value = offices.get(value, value)
        elif value is True:
            value = _("yes")
        label = Handling._meta.get_field(name.removesuffix("_id")).verbose_name
        lines.append(_("%(field)s: %(value)s") % {"field": label, "value": value})
    return lines
