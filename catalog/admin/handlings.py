"""What townships do differently: what they inherit beside it, and what has changed above it."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.choices import Role

from .. import publishing
from ..choices import BulkAct
from ..handlingforms import HandlingForm
from ..localisation import changes_above
from ..models import Handling, Item
from .filters import HandlingWaitingFilter
from .guides import PublicRowAdmin, confirm_rows, note_verifier
from .matrix import HandlingMatrix
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY

DIFFERING = ["rule", "office", "place", "window", "hours", "phone", "promised_limit", "is_suspended", "note"]


class HandlingList(ChangeList):
    """The list of exceptions; of those on the page it knows what has changed above them."""

    def get_results(self, request):
        super().get_results(request)
        if "changed_fields" in self.list_display:
            self.result_list = list(self.result_list)
            changed = changes_above(self.result_list, timezone.localdate())
            for row in self.result_list:
                row.changes_above = changed.get(row.pk, [])


@admin.register(Handling)
class HandlingAdmin(HandlingMatrix, PublicRowAdmin):
    """What one township does differently; empty fields follow guide, list and centre."""

    form = HandlingForm
    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS | {Role.TOWNSHIP}
    list_display = ["item_name", "township", "rule", "is_suspended", "valid_from", "valid_to"]
    list_filter = [HandlingWaitingFilter, "township", "is_suspended"]
    list_select_related = ["item", "township", "office"]
    autocomplete_fields = ["item", "office"]
    actions = ["confirm_correct", "take_over", "keep_own", "need_no_change"]
    change_form_template = "admin/catalog/handling/change_form.html"
    fieldsets = [
        (None, {"fields": ["item", "township", "valid_from", "valid_to"]}),
        (
            gettext_lazy("What differs here"),
            {
                "fields": DIFFERING,
                "description": gettext_lazy(
                    "Fill in only what differs. What is left empty, or emptied again, follows the value beside it."
                ),
            },
        ),
        (gettext_lazy("Looked at"), {"fields": ["verified_on"]}),
    ]

    def get_queryset(self, request):
        named = Item.objects.with_latest_name().filter(pk=OuterRef("item"))
        return super().get_queryset(request).annotate(item_name=Subquery(named.values("latest_name")[:1]))

    def get_changelist(self, request, **kwargs):
        return HandlingList

    def get_list_display(self, request):
        """What has changed above an exception is shown where the list is about that."""
        columns = super().get_list_display(request)
        is_about_changes = request.GET.get(HandlingWaitingFilter.parameter_name) == "changed"
        return [*columns[:2], "changed_fields", *columns[2:]] if is_about_changes else columns

    @admin.display(description=gettext_lazy("item"), ordering="item__number")
    def item_name(self, handling):
        return f"{handling.item_name or ''} ({handling.item.code})"

    @admin.display(description=gettext_lazy("what has changed"))
    def changed_fields(self, handling):
        said = _("%(field)s: %(before)s → %(after)s (own: %(own)s)")
        lines = [
            {
                "field": each.label,
                "before": each.before or "—",
                "after": each.after or "—",
                "own": each.own,
            }
            for each in handling.changes_above
        ]
        return format_html_join("", "<div>{}</div>", ((said % line,) for line in lines))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.on = timezone.localdate()
        return form

    def get_fieldsets(self, request, obj=None):
        """Item and township of a stored exception stay; its item is shown by its name."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            fields = fieldsets[0][1]["fields"]
            fieldsets[0][1]["fields"] = ["item_name" if name == "item" else name for name in fields]
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return ["item_name", "township"] if obj else []

    def get_changeform_initial_data(self, request):
        return {"valid_from": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def get_urls(self):
        return self.pages_of_rows({"answer": self.answer_view}) + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        handling = self.get_object(request, object_id)
        context = {}
        if handling is not None:
            context["changes"] = changes_above([handling], timezone.localdate()).get(handling.pk, [])
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    @method_decorator(require_POST)
    def answer_view(self, request, pk):
        """Take over what has changed above one exception, keep its words, or say that it is no matter here."""
        handling = self.get_object(request, str(pk))
        if handling is None:
            raise Http404
        if not self.has_change_permission(request, handling):
            raise PermissionDenied
        if request.POST.get("answer") in publishing.ANSWERS:
            self._answer(request, [handling], request.POST["answer"])
        still = self.get_object(request, str(pk))
        if still is None or still.valid_to is not None:
            return redirect("admin:catalog_handling_changelist")
        return redirect("admin:catalog_handling_change", pk)

    @admin.action(description=gettext_lazy("Confirm: still correct today"), permissions=["change"])
    def confirm_correct(self, request, queryset):
        """The same for what townships do differently."""
        confirm_rows(request, queryset)

    @admin.action(description=gettext_lazy("Take over what has changed above"), permissions=["change"])
    def take_over(self, request, queryset):
        self._answer(request, queryset, BulkAct.TAKEN_OVER)

    @admin.action(description=gettext_lazy("Keep our own words"), permissions=["change"])
    def keep_own(self, request, queryset):
        self._answer(request, queryset, BulkAct.KEPT)

    @admin.action(description=gettext_lazy("No change needed here"), permissions=["change"])
    def need_no_change(self, request, queryset):
        self._answer(request, queryset, BulkAct.NO_CHANGE)

    def _answer(self, request, rows, answer):
        try:
            count = publishing.answer_changes(
                rows=rows, answer=answer, by=request.user, on=timezone.localdate()
            )
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return
        said = _("Answered: %(count)s. Where nothing had changed above, nothing was done.")
        messages.success(request, said % {"count": count})

    def save_model(self, request, obj, form, change):
        note_verifier(obj, form, request.user)
        publishing.write_handling(handling=obj, by=request.user, on=timezone.localdate())
