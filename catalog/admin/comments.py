"""Public comment on the staff's screens: opened and closed on a draft's road, answered one by one."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.choices import Role

from .. import publishing
from ..choices import EditionState
from ..commentforms import CloseCommentForm, OpenCommentForm, SummaryForm
from ..models import Comment
from ..roadforms import ReasonForm
from .answering import HeardAdmin
from .roles import ANNOUNCERS, EDITORS, EVERYONE_OF_THE_COUNTY
from .trying import try_form


@admin.register(Comment)
class CommentAdmin(HeardAdmin):
    """What the public said of drafts; editors and departments answer, nobody changes what was said."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS | {Role.DEPARTMENT}
    list_display = ["receipt", "beginning", "entry_name", "received_on", "verdict"]
    list_filter = ["verdict", "round"]
    list_select_related = ["round__edition__list"]
    search_fields = ["receipt", "text", "entry_name"]
    fields = ["receipt", "round", "entry_name", "text", "received_on", "verdict", "answer"]

    @admin.display(description=gettext_lazy("comment"))
    def beginning(self, comment):
        return comment.text[:60]

    def save_model(self, request, obj, form, change):
        publishing.answer_comment(comment=obj, by=request.user, verdict=obj.verdict, answer=obj.answer)


class EditionComments:
    """Opening, closing and summing up on the road of a draft; mixed into the admin of editions."""

    def comment_urls(self):
        views = {
            "open_comment": self.open_comment_view,
            "close_comment": self.close_comment_view,
            "summary": self.summary_view,
            "give_up": self.give_up_view,
        }
        return self.pages_of_rows(views)

    def comments_of(self, request, edition) -> dict[str, object]:
        """What the road page says of public comment, with the form for what can happen next."""
        rounds = list(edition.rounds.with_counts())
        for period in rounds:
            period.address = request.build_absolute_uri(period.get_absolute_url())
        may_act = edition.is_open and self.is_allowed(request, ANNOUNCERS, edition)
        is_open = edition.state == EditionState.OPEN_FOR_COMMENT
        last = rounds[-1] if rounds else None
        return {
            "rounds": rounds,
            "open_form": OpenCommentForm() if may_act and edition.state == EditionState.DRAFT else None,
            "close_form": CloseCommentForm() if may_act and is_open else None,
            "is_running": bool(last and last.is_running(timezone.localdate())),
            "summary_form": SummaryForm(initial={"summary": last.summary})
            if may_act and last and not is_open
            else None,
            "give_up_form": ReasonForm() if may_act and rounds else None,
        }

    @method_decorator(require_POST)
    def open_comment_view(self, request, pk):
        """Freeze the draft and show it under an address of its own."""
        form = OpenCommentForm(request.POST)
        return self._act(request, pk, form, publishing.open_comment, _("The draft is open for comment."))

    @method_decorator(require_POST)
    def close_comment_view(self, request, pk):
        """End the period; before its day with a reason."""
        form = CloseCommentForm(request.POST)
        said = _("The comment period is closed; the draft can be edited again.")
        return self._act(request, pk, form, publishing.close_comment, said)

    @method_decorator(require_POST)
    def give_up_view(self, request, pk):
        """End the road of a draft that the public has seen."""
        return self._act(
            request, pk, ReasonForm(request.POST), publishing.give_up, _("The draft is given up.")
        )

    @method_decorator(require_POST)
    def summary_view(self, request, pk):
        """Store what is published of the comments."""
        edition = self._edition(request, pk, ANNOUNCERS)
        form = SummaryForm(request.POST)
        period = edition.rounds.last()
        if period is not None and form.is_valid():
            publish = publishing.write_summary
            if try_form(form, publish, period=period, by=request.user, **form.cleaned_data):
                messages.success(request, _("The summary is stored; it is published with the edition."))
        self._tell(request, form)
        return redirect("admin:catalog_edition_road", edition.pk)

    def _act(self, request, pk, form, act, said):
        edition = self._edition(request, pk, ANNOUNCERS)
        if form.is_valid():
            stated = {"on": timezone.localdate(), **form.cleaned_data}
            if try_form(form, act, edition=edition, by=request.user, **stated):
                messages.success(request, said)
        self._tell(request, form)
        return redirect("admin:catalog_edition_road", edition.pk)

    def _tell(self, request, form):
        for found in form.errors.values():
            messages.error(request, " ".join(found))
