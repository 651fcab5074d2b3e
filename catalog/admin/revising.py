"""A reviewer's view of a draft, and what a draft does when another edition was announced in between."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from .. import publishing
from ..choices import ClashDecision, EditionState
from ..comparison import compare
from ..difference import shown_difference, shown_field
from ..models import Edition
from ..threeway import Overlap, three_way
from .roles import EDITORS


class EditionRevision:
    """The difference of a draft, printable, and carrying it over; mixed into the admin of editions."""

    def revision_urls(self):
        views = {"difference": self.difference_view, "carry": self.carry_view}
        return self.pages_of_rows(views)

    def difference_view(self, request, pk):
        """Everything a draft would change, field by field, to be read on paper too."""
        edition = self._edition(request, pk)
        if edition.state == EditionState.UNCONFIRMED:
            return redirect("admin:catalog_edition_preview", edition.pk)
        context = {
            **self._context(request, edition),
            **shown_difference(compare(edition)),
            **self.road_of(edition),
            "title": _("Difference from the edition before"),
            "behind": publishing.why_behind(edition),
        }
        return TemplateResponse(request, "admin/catalog/edition/difference.html", context)

    def carry_view(self, request, pk):
        """What both have changed; carry the draft over, then decide entry by entry whose words stand."""
        edition = self._edition(request, pk)
        if not edition.is_open:
            raise Http404
        if request.method == "POST":
            edition = self._edition(request, pk, EDITORS)
            try:
                self._carry(request, edition)
            except ValidationError as problem:
                messages.error(request, " ".join(problem.messages))
            return redirect("admin:catalog_edition_carry", edition.pk)
        newer = publishing.newer_edition(edition)
        plan = three_way(edition, newer) if newer else None
        context = {
            **self._context(request, edition),
            "title": _("Carry the draft over"),
            "newer": newer,
            "behind": publishing.why_behind(edition),
            "plan": plan,
            "overlaps": [shown_overlap(overlap) for overlap in plan.clashes] if plan else [],
            "clashes": []
            if newer
            else [(clash, shown_overlap(_overlap(clash))) for clash in _clashes(edition)],
            "decisions": [choice for choice in ClashDecision.choices if choice[0]],
        }
        return TemplateResponse(request, "admin/catalog/edition/carry.html", context)

    @transaction.atomic
    def _carry(self, request, edition: Edition) -> None:
        """Carry over where there is something to carry, else store the decisions that were posted."""
        if publishing.newer_edition(edition) is not None:
            plan = publishing.carry_over(edition=edition, by=request.user)
            said = _(
                "The draft is carried over: %(taken)s entries follow the newer edition, %(clashes)s wait for you."
            )
            counts = {"taken": len(plan.taken) + len(plan.dropped), "clashes": len(plan.clashes)}
            messages.success(request, said % counts)
            return
        decided = 0
        for clash in _clashes(edition):
            decision = request.POST.get(f"clash-{clash.pk}", "")
            if decision:
                publishing.decide_clash(clash=clash, decision=decision, by=request.user)
                decided += 1
        messages.success(request, _("Decided: %(count)s.") % {"count": decided})


def shown_overlap(overlap: Overlap) -> dict[str, object]:
    return {
        "name": overlap.name,
        "mine": overlap.mine,
        "theirs": overlap.theirs,
        "fields": list(map(shown_field, overlap.fields)),
    }


def _clashes(edition: Edition):
    return edition.clashes.filter(decision="").select_related("item", "theirs__edition")


def _overlap(clash) -> Overlap:
    mine = clash.edition.entries.filter(item=clash.item_id).first()
    before = None if mine or clash.theirs else clash.edition.base.entries.filter(item=clash.item_id).first()
    return Overlap(before, mine, clash.theirs)
