"""Instruments: the papers by which powers move, each with its scanned file."""

import hashlib

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.acting import ActForm

from .. import lifecycle
from ..models import Instrument
from .acting import RegisterAdmin
from .roles import EVERYONE, KEEPERS

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
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/file/", view, name="devolution_instrument_file"), *super().get_urls()]

    def file_view(self, request, pk):
        """The scanned file of a paper within the person's reach."""
        paper = self.get_object(request, str(pk))
        if paper is None or not self.has_view_permission(request, paper) or not paper.file:
            raise Http404
        suffix = paper.file.name.rpartition(".")[2]
        kinds = dict(KINDS_OF_FILE.values())
        return FileResponse(
            paper.file.open("rb"),
            as_attachment=True,
            filename=f"{paper}.{suffix}",
            content_type=kinds.get(suffix, "application/octet-stream"),
        )
