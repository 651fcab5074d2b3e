"""Editions: the record of a draft, its preview, and the road to its announcement."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.admin.scoped import ScopedAdmin

from .. import publishing
from ..answering import answer, warnings_to_answer
from ..choices import EditionState, RunAct
from ..forms import ConfirmForm, NotesForm, RepealForm
from ..models import Edition
from ..roadforms import AnnounceForm
from ..running import runs
from .comments import EditionComments
from .downloads import EditionDownloads
from .filters import WaitingFilter
from .preview import shown_comparison, shown_ignored, shown_messages, suggestion_forms
from .revising import EditionRevision
from .road import EditionRoad, is_coming, loss_to_type, placeholders_told
from .roles import ANNOUNCERS, EDITORS, EVERYONE_OF_THE_COUNTY
from .runs import after, columns_form
from .trying import try_form

RECORD = ["title", "document_number", "index_number", "issuing_body", "made_on", "notes"]
STATED = ["list", "state", "base", "published_on", "effective_on", "ended_on", "correction"]
ENDED = (EditionState.REPEALED, EditionState.WITHDRAWN)
SOURCE = ["source_name", "source_sha256", "created_at", "created_by", "announced_at", "announced_by"]


@admin.register(Edition)
class EditionAdmin(EditionRevision, EditionComments, EditionRoad, EditionDownloads, ScopedAdmin):
    """Editions of a county's lists. State changes through the buttons above the form, never in a field."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS
    list_display = ["__str__", "list", "state", "document_number", "effective_on"]
    list_filter = [WaitingFilter, "state", "list"]
    list_select_related = ["list__county", "list__township", "list__township_class"]
    search_fields = ["title", "document_number"]
    fieldsets = [
        (gettext_lazy("As the paper says"), {"fields": RECORD}),
        (gettext_lazy("State and days"), {"fields": STATED}),
        (gettext_lazy("Where it comes from"), {"fields": SOURCE}),
    ]
    change_form_template = "admin/catalog/edition/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).with_list()

    def has_add_permission(self, request):
        """Editions are begun from their list."""
        return False

    def has_change_permission(self, request, obj=None):
        """What is announced no longer changes, however long its form has been open."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_editable)

    def get_view_on_site_url(self, obj=None):
        """Only what residents can see has a public page."""
        return super().get_view_on_site_url(obj) if obj is not None and obj.is_public else None

    def has_delete_permission(self, request, obj=None):
        """Drafts are discarded, which leaves an event; what is announced stays."""
        return False

    def get_readonly_fields(self, request, obj=None):
        frozen = [] if obj is not None and obj.is_editable else RECORD
        return [*STATED, *SOURCE, *frozen]

    def save_model(self, request, obj, form, change):
        publishing.write_record(edition=obj, by=request.user)

    def get_urls(self):
        views = {
            "preview": self.preview_view,
            "decide": self.decide_view,
            "answer": self.answer_view,
            "confirm": self.confirm_view,
            "discard": self.discard_view,
            "announce": self.announce_view,
            "repeal": self.repeal_view,
        }
        own = self.pages_of_rows(views)
        return (
            own
            + self.revision_urls()
            + self.comment_urls()
            + self.road_urls()
            + self.download_urls()
            + super().get_urls()
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        edition = self.get_object(request, object_id)
        if edition is not None and edition.state == EditionState.UNCONFIRMED:
            return redirect("admin:catalog_edition_preview", edition.pk)
        context = {"edition": edition, "can_announce": request.user.role in ANNOUNCERS}
        if edition is not None:
            context["entry_count"] = edition.entries.count()
            context["behind"] = publishing.why_behind(edition)
            context["has_clashes"] = edition.is_open and edition.clashes.filter(decision="").exists()
            context["can_withdraw"] = is_coming(edition)
            acts = edition.list.list_kind.acts if edition.state not in ENDED else ()
            context["acts"] = [
                (act.label, reverse(act.address, args=[edition.pk]))
                for act in acts
                if request.user.role in act.roles
            ]
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def preview_view(self, request, pk):
        """The comparison with the edition before, the messages by cell, and for an import the way on."""
        edition = self._edition(request, pk)
        report = edition.report or {"messages": []}
        context = {
            **self._context(request, edition),
            "title": _("What would change") if edition.base_id else _("What was read"),
            **shown_comparison(edition),
            **shown_messages(report, request.GET.get("level")),
            "declared": [count for count in report.get("declared", []) if count["claimed"] != count["found"]],
            "ignored": shown_ignored(report),
            "suggestions": suggestion_forms(edition),
            "report": report,
            "is_import": edition.state == EditionState.UNCONFIRMED,
        }
        if context["is_import"]:
            context["confirm_form"] = self._confirm_form(request, edition)
            context["notes_form"] = self._notes_form(edition)
            context["run"] = run = edition.runs.filter(act=RunAct.IMPORT).first()
            context["columns_form"] = columns_form(run) if run else None
            context["others"] = edition.list.editions.begun_by_others(request.user)
        return TemplateResponse(request, "admin/catalog/edition/preview.html", context)

    @method_decorator(require_POST)
    def decide_view(self, request, pk):
        """Store what the clerk says of each suggested pair, all of them or none."""
        edition = self._edition(request, pk, EDITORS)
        try:
            with transaction.atomic():
                for form in suggestion_forms(edition, request.POST):
                    if not form.is_valid():
                        raise ValidationError(_("Choose one of the offered answers for every pair."))
                    if form.has_changed():
                        publishing.decide(
                            suggestion=form.instance, decision=form.cleaned_data["decision"], by=request.user
                        )
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("Your decisions are stored; the comparison below follows them."))
        return redirect("admin:catalog_edition_preview", edition.pk)

    @method_decorator(require_POST)
    def answer_view(self, request, pk):
        """Store the notes to the warnings, one for each rule."""
        edition = self._edition(request, pk, EDITORS)
        form = self._notes_form(edition, request.POST)
        try:
            if not form.is_valid():
                raise ValidationError(_("A note has at most 500 characters."))
            answer(edition=edition, notes=form.cleaned_data, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("Your notes are stored with the import."))
        return redirect("admin:catalog_edition_preview", edition.pk)

    @method_decorator(require_POST)
    def confirm_view(self, request, pk):
        """Turn the import into a draft, once."""
        edition = self._edition(request, pk, EDITORS)
        form = self._confirm_form(request, edition, request.POST)
        done = None
        if form.is_valid():
            asked = {"edition": edition, "by": request.user, "gone": form.cleaned_data.get("gone")}
            if runs.takes_long_to_confirm(edition):
                run = try_form(form, runs.ask_to_confirm, **asked)
                if run is not None:
                    return after(request, run)
            else:
                done = try_form(form, publishing.confirm, **asked)
        if done is None:
            messages.error(request, " ".join(text for found in form.errors.values() for text in found))
            return redirect("admin:catalog_edition_change", edition.pk)
        messages.success(request, _("The import is confirmed: %(title)s is a draft now.") % {"title": done})
        return redirect("admin:catalog_edition_change", edition.pk)

    def discard_view(self, request, pk):
        """Ask once, then delete a draft with its entries."""
        edition = self._edition(request, pk, EDITORS)
        if request.method != "POST":
            context = {**self._context(request, edition), "title": _("Discard this draft?")}
            return TemplateResponse(request, "admin/catalog/edition/discard.html", context)
        item_list, name = edition.list_id, str(edition)
        try:
            publishing.discard(edition=edition, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("“%(name)s” has been discarded.") % {"name": name})
        return redirect("admin:catalog_itemlist_change", item_list)

    def announce_view(self, request, pk):
        """Ask for the days, show what will change for residents, and announce."""
        edition = self._edition(request, pk, ANNOUNCERS)
        form = AnnounceForm(request.POST or None, edition=edition, gone_expected=loss_to_type(edition))
        if request.method == "POST" and form.is_valid():
            done = try_form(form, publishing.announce, edition=edition, by=request.user, **form.stated)
            if done is not None:
                messages.success(request, _("“%(title)s” has been announced.") % {"title": done.title})
                return redirect("admin:catalog_edition_change", edition.pk)
        context = {
            **self._context(request, edition),
            "title": _("Announce this edition"),
            "form": form,
            "counts": shown_comparison(edition)["counts"],
            **self.road_of(edition),
            "placeholders": placeholders_told(edition),
            "submit_label": _("Announce"),
        }
        return TemplateResponse(request, "admin/catalog/edition/announce.html", context)

    def repeal_view(self, request, pk):
        """Ask for the day and the reason, and end an announced edition."""
        edition = self._edition(request, pk, ANNOUNCERS)
        form = RepealForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            done = try_form(form, publishing.repeal, edition=edition, by=request.user, **form.cleaned_data)
            if done is not None:
                messages.success(request, _("“%(title)s” has been repealed.") % {"title": done.title})
                return redirect("admin:catalog_edition_change", edition.pk)
        context = {
            **self._context(request, edition),
            "title": _("Repeal this edition"),
            "form": form,
            "submit_label": _("Repeal"),
        }
        return TemplateResponse(request, "admin/catalog/edition/announce.html", context)

    def _edition(self, request, pk, roles=None):
        """The edition within the person's reach; for what changes it, one their role may change."""
        edition = self.get_object(request, str(pk))
        if edition is None or not self.has_view_permission(request, edition):
            raise Http404
        if roles is not None and not self.is_allowed(request, roles, edition):
            raise PermissionDenied
        return edition

    def _notes_form(self, edition, data=None):
        notes = (edition.report or {}).get("notes", {})
        return NotesForm(data, warnings=warnings_to_answer(edition), notes=notes)

    def _confirm_form(self, request, edition, data=None):
        expected = publishing.number_to_type(edition)
        return ConfirmForm(data, edition=edition, user=request.user, gone_expected=expected)

    def _context(self, request, edition):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "edition": edition,
            "item_list": edition.list,
            "back": reverse("admin:catalog_edition_change", args=[edition.pk]),
            "may_write": self.is_allowed(request, EDITORS, edition),
        }
