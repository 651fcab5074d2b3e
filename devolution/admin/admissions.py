"""Requests to bring unlisted work to townships: asked, answered by each township, decided."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.scoped import ScopedInline

from .. import lifecycle
from ..choices import AdmissionState
from ..forms import DecideForm, LeadForm
from ..models import Admission, Opinion
from .acting import RegisterAdmin, act_page, do
from .roles import EVERYONE, KEEPERS, NOBODY, OFFICE, SPEAKERS

ASKED = ["county", "department", "name", "reason", "basis", "means", "townships", "requested_on"]
DECIDED = ["state", "decided_on", "document_number", "decision", "transfer", "edition"]


class OpinionInline(ScopedInline, admin.TabularInline):
    """What the townships have said."""

    model = Opinion
    readers = EVERYONE
    writers = NOBODY
    fields = ["township", "verdict", "text", "given_on"]
    readonly_fields = fields
    can_delete = False


@admin.register(Admission)
class AdmissionAdmin(RegisterAdmin):
    """Requests for admission; decided by the county once every township has been heard."""

    readers = EVERYONE
    writers = KEEPERS
    list_display = ["name", "department", "requested_on", "state", "decided_on"]
    list_filter = ["state", "department"]
    list_select_related = ["department"]
    search_fields = ["name"]
    inlines = [OpinionInline]
    change_form_template = "admin/devolution/admission/change_form.html"
    fieldsets = [
        (gettext_lazy("What is asked"), {"fields": ASKED}),
        (gettext_lazy("What was decided"), {"fields": DECIDED}),
    ]

    def act(self, row, form, user):
        lifecycle.request_admission(admission=row, townships=form.cleaned_data["townships"], by=user)

    def has_change_permission(self, request, obj=None):
        """What the townships were asked does not change under their hands."""
        return False

    def get_readonly_fields(self, request, obj=None):
        return DECIDED

    def change_view(self, request, object_id, form_url="", extra_context=None):
        admission = self.get_object(request, object_id)
        may = admission is not None and admission.state == AdmissionState.REQUESTED
        leads = admission is not None and admission.state == AdmissionState.ADMITTED
        is_open = leads and not (admission.transfer_id or admission.edition_id)
        context = {
            "can_decide": may and request.user.role in OFFICE,
            "can_lead": is_open and request.user.role in KEEPERS,
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def get_urls(self):
        views = {"decide": self.decide_view, "lead": self.lead_view}
        return self.pages_of_rows(views) + super().get_urls()

    def decide_view(self, request, pk):
        """Admit or refuse, with day, number and words."""
        admission = self._admission(request, pk, OFFICE)
        form = DecideForm(request.POST or None, initial={"on": timezone.localdate()})
        back = reverse("admin:devolution_admission_change", args=[admission.pk])
        if request.method == "POST" and form.is_valid():
            act = lifecycle.decide_admission
            if do(form, act, admission=admission, by=request.user, **form.cleaned_data) is not None:
                messages.success(request, _("The decision is on record."))
                return redirect(back)
        return act_page(
            self,
            request,
            form,
            title=_("Decide the request"),
            intro=admission.name,
            submit=_("Decide"),
            back=back,
        )

    def lead_view(self, request, pk):
        """Admitted work goes by a paper to the townships, or onto the draft of a list."""
        admission = self._admission(request, pk, KEEPERS)
        form = LeadForm(request.POST or None, user=request.user)
        back = reverse("admin:devolution_admission_change", args=[admission.pk])
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            if form.is_for_a_list:
                act, chosen = lifecycle.lead_into_edition, {"edition": said["edition"]}
            else:
                names = ("instrument", "mode", "power_type")
                act, chosen = lifecycle.lead_into_transfer, {name: said[name] for name in names}
            if do(form, act, admission=admission, by=request.user, **chosen) is not None:
                messages.success(request, _("What the request has led to is on record."))
                return redirect(back)
        return act_page(
            self,
            request,
            form,
            title=_("Lead the admitted work on"),
            intro=admission.name,
            submit=_("Lead on"),
            back=back,
        )

    def _admission(self, request, pk, roles):
        """The request within the person's reach, for these roles."""
        admission = self.get_object(request, str(pk))
        if admission is None or not self.has_view_permission(request, admission):
            raise Http404
        if request.user.role not in roles:
            raise PermissionDenied
        return admission


@admin.register(Opinion)
class OpinionAdmin(RegisterAdmin):
    """What townships say to requests; can be said anew until the county decides."""

    readers = EVERYONE
    writers = SPEAKERS
    list_display = ["admission", "township", "verdict", "given_on"]
    list_filter = ["verdict", "township"]
    list_select_related = ["admission", "township"]
    fields = ["admission", "township", "verdict", "text", "given_on"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "admission":
            kwargs["queryset"] = Admission.objects.waiting()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return ["admission", "township"] if obj else []

    def act(self, row, form, user):
        lifecycle.give_opinion(opinion=row, by=user)
