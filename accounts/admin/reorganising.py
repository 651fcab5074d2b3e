"""Merger, split and renaming: what differs is listed and asked, and one confirmation stores all of it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ..choices import COUNTY_ROLES, Role
from ..models import Reorganisation
from ..reorganisingforms import AnswersForm, BodiesForm
from ..succession import carry_out_due, differences_of, record_reorganisation
from .acting import put_on_form
from .scoped import ScopedAdmin

NOBODY = frozenset()


@admin.register(Reorganisation)
class ReorganisationAdmin(ScopedAdmin):
    """What was reorganised, and the page on which it is done. What is stored is an act and stays as it is."""

    readers = COUNTY_ROLES
    writers = NOBODY
    makers = frozenset({Role.EDITOR})
    removers = NOBODY
    list_display = ["kind", "bodies", "effective_on", "document_number", "carried_out_on"]
    list_filter = ["kind"]
    fields = ["kind", "bodies", "effective_on", "document_number", "recorded_by", "carried_out_on"]
    readonly_fields = fields
    change_list_template = "admin/accounts/reorganisation/change_list.html"

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("township", "department")
            .prefetch_related(
                "township_successions__predecessor",
                "township_successions__successor",
                "department_successions__predecessor",
                "department_successions__successor",
            )
        )

    @admin.display(description=gettext_lazy("from and to"))
    def bodies(self, reorganisation):
        if reorganisation.new_name:
            return f"{reorganisation.former_name} → {reorganisation.new_name}"
        pairs = [
            *reorganisation.township_successions.all(),
            *reorganisation.department_successions.all(),
        ]
        old = dict.fromkeys(pair.predecessor.name for pair in pairs)
        new = dict.fromkeys(pair.successor.name for pair in pairs)
        return f"{'、'.join(old)} → {'、'.join(new)}"

    def get_urls(self):
        view = self.admin_site.admin_view(self.carry_out_view)
        return [path("carry-out/", view, name="accounts_reorganisation_carry_out"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        due = self.get_queryset(request).due(timezone.localdate())
        shown = {"due": due.count() if self.has_add_permission(request) else 0}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        """First who gives way to whom; then what differs, each with its choice; then one confirmation."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        said = request.POST if request.method == "POST" else request.GET
        form = BodiesForm(said if "kind" in said else None, user=request.user, of=said.get("of", ""))
        plan, differences, answers = None, [], None
        if form.is_bound and form.is_valid():
            plan = form.plan
            try:
                differences = differences_of(plan)
            except ValidationError as problem:
                plan = None
                put_on_form(form, problem)
            else:
                is_sent = request.method == "POST"
                answers = AnswersForm(request.POST if is_sent else None, differences=differences, plan=plan)
                if is_sent and answers.is_valid() and self._record(request, plan, answers):
                    return redirect("admin:accounts_reorganisation_changelist")
        return self._page(request, form, plan, differences, answers)

    def _record(self, request, plan, answers) -> bool:
        """Store it; a refusal stands above the answers, and then nothing is stored."""
        try:
            moved = record_reorganisation(
                plan=plan, answers=answers.answers, by=request.user, today=timezone.localdate()
            )
        except ValidationError as problem:
            put_on_form(answers, problem)
            return False
        for label, count in moved.items():
            messages.info(request, _("%(label)s: %(count)s") % {"label": label, "count": count})
        done = plan.reorganisation.is_carried_out
        messages.success(
            request,
            _("Recorded and carried out.") if done else _("Recorded; it is carried out on its day."),
        )
        return True

    def _page(self, request, form, plan, differences, answers):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Merger, split, renaming"),
            "form": form,
            "of": form.of,
            "ways": [
                (of, label, f"{reverse('admin:accounts_reorganisation_add')}?of={of}")
                for of, label in BodiesForm.OF.items()
            ],
            "plan": plan,
            "answers": answers,
            "known": [each for each in differences if not each.options],
        }
        return TemplateResponse(request, "admin/accounts/reorganisation/add.html", context)

    @method_decorator(require_POST)
    def carry_out_view(self, request):
        """Change what is edited in place for every reorganisation whose day has come."""
        if not self.has_add_permission(request):
            raise Http404
        try:
            done = carry_out_due(county=request.user.county, on=timezone.localdate(), by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("Carried out: %(count)s.") % {"count": len(done)})
        return redirect("admin:accounts_reorganisation_changelist")
