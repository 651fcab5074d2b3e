"""A change of a guide on the staff's screens: begun, handed in, compared, approved or refused."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import publishing
from ..choices import GuideState
from ..difference import shown_field
from ..guidechanges import guide_changes
from ..roadforms import ReasonForm
from .trying import try_form


class GuideProposals:
    """The pages on which a guide is changed; mixed into its admin."""

    change_form_template = "admin/catalog/guide/change_form.html"

    def get_urls(self):
        views = {
            "propose": self.propose_view,
            "submit": self.submit_view,
            "take_back": self.take_back_view,
            "answer": self.answer_view,
        }
        return self.pages_of_rows(views) + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        guide = self.get_object(request, object_id)
        context = {"guide": guide}
        if guide is not None:
            is_own = guide.proposed_by_id == request.user.pk
            context |= {
                "may_propose": guide.state == GuideState.APPROVED and self._may_propose(request, guide),
                "may_submit": is_own and guide.state in (GuideState.WRITING, GuideState.REFUSED),
                "may_take_back": is_own and guide.state == GuideState.PROPOSED,
                "may_answer": publishing.may_answer(guide, request.user),
            }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    @method_decorator(require_POST)
    def propose_view(self, request, pk):
        """Open a copy of the guide to be changed."""
        guide = self._guide(request, pk)
        act, day = publishing.propose_guide, timezone.localdate()
        proposal = self._try(request, act, item=guide.item, by=request.user, valid_from=day)
        if proposal is not None:
            messages.success(request, _("Change what is to change, save, and hand it in."))
        return redirect("admin:catalog_guide_change", proposal.pk if proposal else pk)

    @method_decorator(require_POST)
    def submit_view(self, request, pk):
        """Hand a proposal to the second person."""
        guide = self._guide(request, pk)
        day = timezone.localdate()
        if self._try(request, publishing.submit_guide, guide=guide, by=request.user, on=day):
            messages.success(request, _("The proposal is handed in; a second person decides."))
        return redirect("admin:catalog_guide_change", pk)

    @method_decorator(require_POST)
    def take_back_view(self, request, pk):
        """Take a proposal back to go on writing."""
        guide = self._guide(request, pk)
        if self._try(request, publishing.take_back_guide, guide=guide, by=request.user):
            messages.success(request, _("The proposal is yours again."))
        return redirect("admin:catalog_guide_change", pk)

    def answer_view(self, request, pk):
        """What a proposal changes for residents, and the two answers to it."""
        guide = self._guide(request, pk)
        if guide.state == GuideState.APPROVED:
            return redirect("admin:catalog_guide_change", pk)
        form = ReasonForm(request.POST or None)
        form.fields["reason"].required = "refuse" in request.POST
        if request.method == "POST":
            if not publishing.may_answer(guide, request.user):
                raise PermissionDenied
            if form.is_valid() and self._answer(request, guide, form):
                return redirect("admin:catalog_guide_change", pk)
        before = guide.item.guides.approved().in_force(guide.valid_from).first()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Proposed change of a guide"),
            "guide": guide,
            "before": before,
            "fields": [shown_field(change) for change in guide_changes(before, guide)],
            "form": form if publishing.may_answer(guide, request.user) else None,
            "back": reverse("admin:catalog_guide_change", args=[pk]),
        }
        return TemplateResponse(request, "admin/catalog/guide/answer.html", context)

    def _answer(self, request, guide, form):
        if "refuse" in request.POST:
            stated = {"reason": form.cleaned_data["reason"]}
            act, said = publishing.refuse_guide, _("The proposal is refused; its author reads why.")
        else:
            stated = {"on": timezone.localdate()}
            act, said = publishing.approve_guide, _("The guide is approved.")
        done = try_form(form, act, guide=guide, by=request.user, **stated)
        if done is not None:
            messages.success(request, said)
        return done

    def _may_propose(self, request, guide):
        try:
            publishing.check_proposer(guide.item, request.user)
        except ValidationError:
            return False
        return True

    def _guide(self, request, pk):
        guide = self.get_object(request, str(pk))
        if guide is None or not self.has_view_permission(request, guide):
            raise Http404
        return guide

    def _try(self, request, act, **arguments):
        try:
            return act(**arguments)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return None
