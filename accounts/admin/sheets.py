"""Import and export of small tables in the admin, mended where the library trusts too much."""

import hashlib

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from import_export.admin import ExportMixin, ImportExportMixin
from import_export.forms import ExportForm

from .. import journal, uploads
from ..following import institutions_changed
from ..spreadsheets import Unreadable, read_tables
from ..spreadsheets.formats import FORMATS, SafeXLSX
from ..spreadsheets.reading import MAX_BYTES
from ..spreadsheets.template import template_for
from .public import PublicTableAdmin
from .scoped import ScopedAdmin

ROWS_SHOWN = 200  # of a preview; the totals speak for the rest


class SheetForm(forms.Form):
    """The file of the first step."""

    import_file = forms.FileField(
        label=gettext_lazy("Table to import"),
        help_text=gettext_lazy("A workbook (.xlsx) or a text table (.csv) of at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(mb)s MB.") % {"mb": MAX_BYTES // 1024**2}
            )
        return file


def note_table(action, *, by, **details):
    """An event about a whole table, which belongs to the person's county."""
    journal.record(action, by.county or by, by=by, county=by.county, **details)


class SheetOptions:
    """What both ways out have in common: reach, permission and formats."""

    export_form_class = ExportForm
    export_formats = FORMATS
    import_formats = FORMATS

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_resource_kwargs(self, request, *args, **kwargs):
        return {"user": request.user}

    def get_valid_export_item_pks(self, request):
        return self.get_queryset(request).values_list("pk", flat=True)

    def get_export_data(self, file_format, request, queryset, **kwargs):
        """The table that is handed out; that it was stands in the record, with its size and digest."""
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        content = data if isinstance(data, bytes) else data.encode()
        note_table(
            "export",
            by=request.user,
            table=self.opts.label_lower,
            form=file_format.get_extension(),
            rows=queryset.count(),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        return data

    def export_action(self, request):
        """Filters in the address that make no sense are dropped, as the list itself does."""
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(request.path)


class ScopedExportAdmin(SheetOptions, ExportMixin, ScopedAdmin):
    """An admin whose rows can be handed out as a table."""


class ScopedImportExportAdmin(SheetOptions, ImportExportMixin, PublicTableAdmin):
    """An admin whose rows come in and go out as a table: preview first, then stored whole or not at all."""

    import_template_name = "admin/accounts/import_sheet.html"
    import_export_change_list_template = "admin/accounts/change_list_sheets.html"

    def show(self, county):
        if county is None:
            super().show(county)
        else:
            institutions_changed(county)

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def get_urls(self):
        template = path(
            "template/",
            self.admin_site.admin_view(self.template_view),
            name="{}_{}_template".format(*self.get_model_info()),
        )
        return [template, *super().get_urls()]

    @property
    def purpose(self):
        return self.opts.label_lower

    def resource_for(self, request):
        return self.get_import_resource_classes(request)[0](**self.get_import_resource_kwargs(request))

    def template_view(self, request):
        """An empty table with the headings, choices and explanations of this import."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        response = HttpResponse(template_for(self.resource_for(request)), content_type=SafeXLSX.CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{self.opts.model_name}-template.xlsx"'
        return response

    def import_action(self, request, **kwargs):
        """The first step: read the file and show what it would do, without storing anything."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        resource = self.resource_for(request)
        form = SheetForm(request.POST or None, request.FILES or None)
        context = {}
        if form.is_valid():
            data = form.cleaned_data["import_file"].read()
            try:
                dataset = resource.dataset(read_tables(data))
            except Unreadable as error:
                form.add_error("import_file", str(error))
            else:
                context = self.seen_before_storing(request, resource, dataset, data)
        return self.import_page(request, resource, form, context)

    def seen_before_storing(self, request, resource, dataset, data):
        """The preview, and the token for its confirmation when nothing stands against it."""
        result = resource.preview(dataset)
        problems = resource.problems(dataset, result)
        token = None if problems else uploads.keep(data, by=request.user, purpose=self.purpose)
        changes = [row for row in result.valid_rows() if not row.is_skip()]
        return {
            "result": result,
            "changes": changes[:ROWS_SHOWN],
            "problems": problems[:ROWS_SHOWN],
            "unseen": max(0, len(problems or changes) - ROWS_SHOWN),
            "token": token,
        }

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        """The second step: the same content again, in one transaction."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        resource = self.resource_for(request)
        try:
            data = uploads.take(request.POST.get("token", ""), by=request.user, purpose=self.purpose)
            dataset = resource.dataset(read_tables(data))
        except (uploads.Gone, Unreadable) as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.address("import"))
        result = resource.store(dataset)
        problems = resource.problems(dataset, result)
        if problems:
            messages.error(request, _("Nothing has been stored: the data has changed since the preview."))
            return self.import_page(request, resource, SheetForm(), {"problems": problems[:ROWS_SHOWN]})
        return self.process_result(result, request, hashlib.sha256(data).hexdigest())

    def process_result(self, result, request, digest=""):
        """Say what was stored; the history of each row says who did."""
        totals = {name: result.totals[name] for name in ("new", "update", "skip")}
        self.show(request.user.county)
        note_table("imported", by=request.user, table=self.purpose, sha256=digest, **totals)
        messages.success(
            request, _("Imported: %(new)s new, %(update)s changed, %(skip)s unchanged.") % totals
        )
        return HttpResponseRedirect(self.address("changelist"))

    def import_page(self, request, resource, form, context):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import"),
            "opts": self.opts,
            "form": form,
            "columns": resource.get_import_fields(),
            **context,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.import_template_name, context)

    def address(self, step):
        return reverse(
            "admin:{}_{}_{}".format(*self.get_model_info(), step), current_app=self.admin_site.name
        )
