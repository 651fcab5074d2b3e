"""Instruments: the papers by which powers move, each with its scanned file."""

import hashlib

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.admin.acting import ActForm

from .. import lifecycle
from ..forms import PaperStepForm
from ..models import Instrument
from .acting import RegisterAdmin, do
from .roles import EVERYONE, KEEPERS, OFFICE

MEBIBYTE = 2**20
LARGEST_FILE = 20 * MEBIBYTE
# What a scanner makes, known by the first bytes and not by the name.
KINDS_OF_FILE = {
    b"%PDF-": ("pdf", "application/pdf"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"\x89PNG\r\n": ("png", "image/png"),
}


class InstrumentForm(ActForm):
    """A paper; its file is known by its digest and gets a name that tells nothing."""

    class Meta:
        widgets = {"file": forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})}

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if not file or "file" not in self.changed_data:
            return file
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("A scanned file has at most %(limit)d MB.") % {"limit": LARGEST_FILE // MEBIBYTE}
            )
        content = file.read()
        file.seek(0)
        kind = next((kind for begins, kind in KINDS_OF_FILE.items() if content.startswith(begins)), None)
        if kind is None:
            raise ValidationError(_("A scanned file is a PDF, a JPEG or a PNG."))
        self.instance.file_sha256 = hashlib.sha256(content).hexdigest()
        file.name = f"{self.instance.file_sha256}.{kind[0]}"
        return file


@admin.register(Instrument)
class InstrumentAdmin(RegisterAdmin):
    """The county's papers; the scanned file is for staff and has no public address."""

    form = InstrumentForm
    readers = EVERYONE
    writers = KEEPERS
    list_display = ["__str__", "kind", "title", "department", "made_on", "valid_from", "last_day"]
    list_filter = ["kind", "department"]
    list_select_related = ["department"]
    search_fields = ["number", "title"]
    readonly_fields = ["scan", "publication_due"]
    fieldsets = [
        (
            gettext_lazy("The paper"),
            {"fields": ["county", "kind", "title", "number", "issuing_body", "department"]},
        ),
        (
            gettext_lazy("Days"),
            {
                "fields": [
                    "made_on",
                    "published_on",
                    "publication",
                    "publication_due",
                    "valid_from",
                    "valid_to",
                    "is_open_ended",
                    "term_text",
                ]
            },
        ),
        (gettext_lazy("Scanned file"), {"fields": ["file", "scan"]}),
    ]

    @admin.display(description=gettext_lazy("last day"))
    def last_day(self, paper):
        return paper.last_day

    @admin.display(description=gettext_lazy("to be published by"))
    def publication_due(self, paper):
        return paper.publication_due

    @admin.display(description=gettext_lazy("stored file"))
    def scan(self, paper):
        if not (paper.pk and paper.file):
            return ""
        address = reverse("admin:devolution_instrument_file", args=[paper.pk])
        return format_html('<a href="{}">{}</a>', address, _("Download"))

    def act(self, row, form, user):
        lifecycle.record_instrument(instrument=row, by=user)

    def get_urls(self):
        views = {"file": self.file_view, "road": self.road_view}
        strike = self.admin_site.admin_view(self.strike_view)
        return [
            path("<int:pk>/road/<int:step>/strike/", strike, name="devolution_instrument_strike"),
            *self.pages_of_rows(views),
            *super().get_urls(),
        ]

    def road_view(self, request, pk):
        """The steps on record, those the county still asks for, and a form for the next one."""
        paper = self._paper(request, pk)
        may_record = request.user.role in OFFICE
        if request.method == "POST" and not may_record:
            raise PermissionDenied
        today = timezone.localdate()
        form = PaperStepForm(request.POST or None, initial={"done_on": today})
        if request.method == "POST" and form.is_valid():
            stated = {"instrument": paper, "by": request.user, "today": today, **form.cleaned_data}
            if do(form, lifecycle.record_step, **stated) is not None:
                messages.success(request, _("The step is on record."))
                return redirect("admin:devolution_instrument_road", paper.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Road of the paper"),
            "paper": paper,
            "steps": paper.steps.select_related("by"),
            "missing": lifecycle.missing_steps(paper),
            "publication_due": None if paper.published_on else paper.publication_due,
            "form": form if may_record else None,
            "back": reverse("admin:devolution_instrument_change", args=[paper.pk]),
        }
        return TemplateResponse(request, "admin/devolution/instrument/road.html", context)

    @method_decorator(require_POST)
    def strike_view(self, request, pk, step):
        """Take a step off the record, with a reason."""
        paper = self._paper(request, pk)
        step = paper.steps.filter(pk=step).first()
        if step is None or request.user.role not in OFFICE:
            raise Http404
        try:
            lifecycle.strike_step(step=step, by=request.user, reason=request.POST.get("reason", ""))
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("The step is struck."))
        return redirect("admin:devolution_instrument_road", paper.pk)

    def _paper(self, request, pk) -> Instrument:
        """A paper within the person's reach."""
        paper = self.get_object(request, str(pk))
        if paper is None or not self.has_view_permission(request, paper):
            raise Http404
        return paper

    def file_view(self, request, pk):
        """The scanned file of a paper within the person's reach."""
        paper = self._paper(request, pk)
        if not paper.file:
            raise Http404
        suffix = paper.file.name.rpartition(".")[2]
        kinds = dict(KINDS_OF_FILE.values())
        return FileResponse(
            paper.file.open("rb"),
            as_attachment=True,
            filename=f"{paper}.{suffix}",
            content_type=kinds.get(suffix, "application/octet-stream"),
        )
