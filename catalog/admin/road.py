"""The road of a draft on the staff's screens: its steps, what is still missing, and the way back."""

from itertools import islice

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.journal import record
from accounts.models import Event

from .. import publishing
from ..choices import EditionState
from ..models import Edition, Holiday, Procedure
from ..placeholders import placeholders_in
from ..previewing import GOOD_FOR, link_to
from ..roadforms import ReasonForm, StepForm
from .roles import ANNOUNCERS
from .trying import try_form

# What changes the words of a draft.
PLACEHOLDERS = 20  # named on a page
EDITS = ("begin", "confirm", "edit", "carry_over")


class EditionRoad:
    """The pages on which an edition goes its road; mixed into its admin."""

    def road_urls(self):
        views = {
            "road": self.road_view,
            "withdraw": self.withdraw_view,
            "preview_page": self.preview_page_view,
            "preview_link": self.preview_link_view,
        }
        pages = self.pages_of_rows(views)
        strike = self.admin_site.admin_view(self.strike_view)
        return [path("<int:pk>/road/<int:step>/strike/", strike, name="catalog_edition_strike"), *pages]

    def road_view(self, request, pk):
        """The steps on record, those still missing, and a form for the next one."""
        edition = self._edition(request, pk)
        may_record = edition.is_open and self.is_allowed(request, ANNOUNCERS, edition)
        form = StepForm(request.POST or None, initial={"done_on": timezone.localdate()})
        if request.method == "POST":
            self._edition(request, pk, ANNOUNCERS)
            if form.is_valid():
                stated = form.cleaned_data
                if try_form(form, publishing.record_step, edition=edition, by=request.user, **stated):
                    messages.success(request, _("The step is on record."))
                    return redirect("admin:catalog_edition_road", edition.pk)
        context = {
            **self._context(request, edition),
            **self.road_of(edition),
            **self.comments_of(request, edition),
            "placeholders": placeholders_told(edition) if edition.is_open else [],
            "title": _("Road of the change"),
            "form": form if may_record else None,
            "may_strike": may_record,
        }
        return TemplateResponse(request, "admin/catalog/edition/road.html", context)

    @method_decorator(require_POST)
    def strike_view(self, request, pk, step):
        """Take a step off the record, with a reason."""
        edition = self._edition(request, pk, ANNOUNCERS)
        step = edition.steps.filter(pk=step).first()
        if step is None:
            raise Http404
        try:
            publishing.strike_step(step=step, by=request.user, reason=request.POST.get("reason", ""))
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("The step is struck."))
        return redirect("admin:catalog_edition_road", edition.pk)

    @method_decorator(require_POST)
    def preview_link_view(self, request, pk):
        """Make a link that shows the draft for some days to somebody without an account."""
        edition = self._edition(request, pk, ANNOUNCERS)
        if not edition.is_open:
            raise Http404
        record("preview_link", edition, by=request.user, county=edition.list.county)
        address = request.build_absolute_uri(reverse("preview", args=[link_to(edition)]))
        said = _("Whoever has this link sees the draft for %(days)s days, without an account: %(address)s")
        messages.success(request, said % {"days": GOOD_FOR.days, "address": address})
        return redirect("admin:catalog_edition_road", edition.pk)

    def preview_page_view(self, request, pk):
        """The draft as the public page it would be."""
        edition = self._edition(request, pk)
        if edition.is_public:
            return redirect(edition)
        if not edition.is_open:
            raise Http404
        return redirect("preview", link_to(edition))

    def withdraw_view(self, request, pk):
        """Ask for the reason, and take back an edition before its day."""
        edition = self._edition(request, pk, ANNOUNCERS)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            stated = {"on": timezone.localdate(), **form.cleaned_data}
            if try_form(form, publishing.withdraw, edition=edition, by=request.user, **stated):
                messages.success(request, _("The edition is withdrawn; it will not come into force."))
                return redirect("admin:catalog_edition_change", edition.pk)
        context = {
            **self._context(request, edition),
            "title": _("Withdraw this edition before its day"),
            "form": form,
            "submit_label": _("Withdraw"),
        }
        return TemplateResponse(request, "admin/catalog/edition/announce.html", context)

    def road_of(self, edition: Edition) -> dict[str, object]:
        """What a page says of the road: steps in order, what the county asks beyond them, the due day."""
        edits = Event.objects.about(edition).filter(action__in=EDITS)
        last_edit = edits.values_list("at", flat=True).first()
        steps = list(edition.steps.select_related("by"))
        for step in steps:
            step.is_before_edit = bool(edition.is_open and last_edit and step.recorded_at < last_edit)
        return {
            "steps": steps,
            "missing": publishing.missing_steps(edition) if edition.is_open else [],
            "obligatory": Procedure.of(edition.list.county).obligatory,
            "publication_due": edition.publication_due(Holiday.objects.calendar(edition.made_on))
            if edition.is_open
            else None,
        }


def placeholders_told(edition: Edition) -> list[str]:
    """What is still to be filled in, in sentences; said while drafting, refused when announcing."""
    return [publishing.placeholder_told(each) for each in islice(placeholders_in(edition), PLACEHOLDERS)]


def loss_to_type(edition: Edition) -> int | None:
    """How many gone entries are typed to announce the draft; None where they are few or confirmed already."""
    expected = publishing.number_to_type(edition)
    if expected is None or expected <= publishing.confirmed_loss(edition):
        return None
    return expected


def is_coming(edition: Edition) -> bool:
    """Whether it is announced for a day that has not come."""
    return edition.state == EditionState.ANNOUNCED and edition.takes_over_on > timezone.localdate()
