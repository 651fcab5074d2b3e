"""Imports under way: how far they are, what came of them, and reading the same file again with other wishes."""

from functools import partial
from pathlib import PurePath

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.admin.scoped import ScopedAdmin

from ..choices import EditionState, RunAct, RunState
from ..exporting.names import CONTENT_TYPES, fit_name
from ..exporting.reports import marked_workbook
from ..forms import MappingForm
from ..importing.meanings import forget, remember
from ..models import ColumnMeaning, ImportRun
from ..reading.grid import UnreadableWorkbook
from ..running import runs
from ..running.processes import is_lost
from ..running.wishes import Wishes
from ..sentences import sentence, stage_in_words
from .downloads import attachment
from .preview import shown_ignored, shown_messages
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY

# Of imports that wait for their clerk, the newest are shown beside the list.
SHOWN = 5


@admin.register(ImportRun)
class ImportRunAdmin(ScopedAdmin):
    """A clerk's own imports: each has a page that follows it to its end."""

    readers = EDITORS
    list_display = ["__str__", "list", "act", "standing", "asked_at"]
    list_select_related = ["list__county", "list__township", "list__township_class"]

    @admin.display(description=gettext_lazy("state"))
    def standing(self, run):
        return standing_in_words(run)

    def get_queryset(self, request):
        return super().get_queryset(request).asked_by(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        views = {
            "progress": self.progress_view,
            "again": self.again_view,
            "columns": self.columns_view,
            "marked": self.marked_view,
        }
        return self.pages_of_rows(views) + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """How far the import is, why it was refused, or on to its preview."""
        run = self._own(request, object_id)
        if run.state == RunState.DONE:
            return after(request, run)
        return TemplateResponse(
            request,
            "admin/catalog/importrun/run.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "run": run,
                "item_list": run.list,
                "title": _("Import “%(file)s”") % {"file": run},
                "is_lost": is_lost(run),
                "words": stage_in_words(run.stage, run.done, run.total),
                **shown_result(run.report, request.GET.get("level")),
                "columns_form": columns_form(run),
            },
        )

    def progress_view(self, request, pk):
        """How far the import is, for the page that follows it."""
        run = self._own(request, pk)
        return JsonResponse(
            {
                "is_under_way": run.is_under_way and not is_lost(run),
                "words": stage_in_words(run.stage, run.done, run.total),
                "done": run.done,
                "total": run.total,
            }
        )

    @method_decorator(require_POST)
    def again_view(self, request, pk):
        """The same once more: as it was, without the refused rows, for some departments or for the whole list."""
        run = self._own(request, pk)
        if run.act == RunAct.CONFIRM:
            act = partial(runs.ask_to_confirm, edition=run.edition, gone=run.wishes.get("gone"))
            return self._try(request, run, act)
        wishes, report = Wishes.of(run.wishes), report_of_result(run)
        match request.POST.get("what"):
            case "leave_out":
                wishes = wishes.but(leave_out_refused=True)
            case "only":
                wishes = wishes.but(only=tuple(report.get("suggested_only", ())))
            case "whole":
                wishes = wishes.but(only=())
        return self._read_again(request, run, wishes)

    @method_decorator(require_POST)
    def columns_view(self, request, pk):
        """Read the same file again with its columns as the clerk says."""
        run = self._own(request, pk)
        form = columns_form(run, request.POST)
        if form is None or not form.is_valid():
            words = [text for found in form.errors.values() for text in found] if form else []
            messages.error(request, " ".join(words) or _("This file shows no columns to choose for."))
            return after(request, run)
        if form.cleaned_data["is_remembered"]:
            county, kind = run.list.county, run.list.kind
            remember(county=county, kind=kind, mapping=form.mapping, by=request.user)
        wishes = Wishes.of(run.wishes)
        return self._read_again(request, run, wishes.but(mapping={**wishes.mapping, **form.mapping}))

    def marked_view(self, request, pk):
        """A refused file back with what was said of its cells."""
        run = self._own(request, pk)
        if run.report is None or not run.report["sheets"]:
            raise Http404
        try:
            with run.file.open("rb") as file:
                marked = marked_workbook(file.read(), run.file_name, run.report["messages"])
        except FileNotFoundError as problem:
            raise Http404 from problem
        except UnreadableWorkbook as problem:
            messages.error(request, sentence(problem.message.code, problem.message.values))
            return redirect("admin:catalog_importrun_change", run.pk)
        name = fit_name(f"{PurePath(run.file_name).stem}（导入提示）.xlsx")
        return attachment(marked, name, CONTENT_TYPES["xlsx"])

    def _read_again(self, request, run, wishes):
        act = partial(runs.read_again, run=run, wishes=wishes, on=timezone.localdate())
        return self._try(request, run, act)

    def _try(self, request, run, act):
        try:
            again = act(by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return after(request, run)
        return after(request, again)

    def _own(self, request, pk) -> ImportRun:
        """The person's own run of a list they may still write to."""
        run = self.get_object(request, str(pk))
        if run is None:
            raise Http404
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        return run


@admin.register(ColumnMeaning)
class ColumnMeaningAdmin(ScopedAdmin):
    """What the county has decided about headings: made in a preview, seen and taken back here."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS
    list_display = ["heading", "kind", "meaning", "decided_by", "decided_at"]
    list_filter = ["kind"]
    list_select_related = ["decided_by"]
    search_fields = ["heading"]
    fields = ["kind", "heading", "meaning", "decided_by", "decided_at"]
    readonly_fields = ["meaning"]

    @admin.display(description=gettext_lazy("is read as"))
    def meaning(self, row):
        return row.told

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def delete_model(self, request, obj):
        forget(meaning=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for meaning in queryset:
            forget(meaning=meaning, by=request.user)


def after(request, run: ImportRun):
    """Where a run leads: to its own page, and once it is done to what has come of it."""
    if run.state != RunState.DONE:
        return redirect("admin:catalog_importrun_change", run.pk)
    if run.edition_id is None:
        messages.info(request, _("What was read from “%(file)s” has been discarded.") % {"file": run})
        return redirect("admin:catalog_itemlist_change", run.list_id)
    if run.edition.state == EditionState.UNCONFIRMED:
        return redirect("admin:catalog_edition_preview", run.edition_id)
    if run.act == RunAct.CONFIRM:
        done = _("The import is confirmed: %(title)s is a draft now.") % {"title": run.edition}
        messages.success(request, done)
    return redirect("admin:catalog_edition_change", run.edition_id)


def report_of_result(run: ImportRun) -> dict:
    """What there is to say of what was read: kept with the edition where one was stored, else with the run."""
    return (run.edition.report if run.edition else run.report) or {}


def columns_form(run: ImportRun, data=None) -> MappingForm | None:
    """The columns of the file with what they were taken for; None where none were found."""
    tables = report_of_result(run).get("tables", [])
    return MappingForm(data, kind=run.list.list_kind, tables=tables) if tables else None


def shown_result(report: dict | None, level: str | None) -> dict[str, object]:
    """A refused run's report for its page."""
    if report is None:
        return {}
    return {"report": report, "ignored": shown_ignored(report), **shown_messages(report, level)}


def without_result(found, person) -> list[dict[str, object]]:
    """A person's imports that are under way, ended without a result or were refused, newest first."""
    shown = found.asked_by(person).exclude(state=RunState.DONE)[:SHOWN]
    return [{"run": run, "standing": standing_in_words(run), "is_lost": is_lost(run)} for run in shown]


def standing_in_words(run: ImportRun) -> str:
    return str(_("ended without a result")) if is_lost(run) else run.get_state_display()
