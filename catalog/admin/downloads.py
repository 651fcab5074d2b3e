"""What staff take out of an edition: the list in three forms, the file it came from, what an import said of it."""

from django.http import FileResponse, Http404
from django.template.response import TemplateResponse
from django.urls import path

from accounts.journal import record

from ..choices import EditionState
from ..exporting.names import CONTENT_TYPES, WRITERS, export, file_name, fit_name
from ..exporting.reports import marked_workbook
from ..exporting.table import EditionTable
from ..models import Edition
from ..reading.grid import UnreadableWorkbook


def attachment(file, name: str, content_type: str = "application/octet-stream") -> FileResponse:
    """A file to save, never to open in the page; its name arrives as it is, in Chinese too."""
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)


class EditionDownloads:
    """The ways out of an edition, for whoever may see it; mixed into its admin. Each leaves an event."""

    def download_urls(self):
        views = {"paper": self.paper_view, "source": self.source_view, "report": self.report_view}
        pages = self.pages_of_rows(views)
        export_view = self.admin_site.admin_view(self.export_view)
        return [path("<int:pk>/export.<str:form>", export_view, name="catalog_edition_export"), *pages]

    def export_view(self, request, pk, form):
        """The edition as .xlsx laid out like the official form, or as .csv."""
        edition = self._confirmed(request, pk)
        if form not in WRITERS:
            raise Http404
        file, name = export(edition, form)
        self._record(request, edition, form)
        return attachment(file, name, CONTENT_TYPES[form])

    def paper_view(self, request, pk):
        """The edition as a paper to print, sign and seal."""
        edition = self._confirmed(request, pk)
        self._record(request, edition, "A4")
        context = {"edition": edition, "table": EditionTable(edition)}
        return TemplateResponse(request, "admin/catalog/edition/paper.html", context)

    def source_view(self, request, pk):
        """The file from which the edition was read, as it was uploaded."""
        edition = self._edition(request, pk)
        content = self._source(edition)
        self._record(request, edition, "source")
        return attachment(content, fit_name(edition.source_name or f"{edition.source_sha256}.xlsx"))

    def report_view(self, request, pk):
        """The same file with what the import said of its cells."""
        edition = self._edition(request, pk)
        messages = (edition.report or {}).get("messages", [])
        with self._source(edition) as file:
            content = file.read()
        try:
            marked = marked_workbook(content, edition.source_name, messages)
        except UnreadableWorkbook as problem:
            raise Http404 from problem
        self._record(request, edition, "report")
        return attachment(marked, file_name(edition, "xlsx", suffix="（导入提示）"), CONTENT_TYPES["xlsx"])

    def _confirmed(self, request, pk) -> Edition:
        edition = self._edition(request, pk)
        if edition.state == EditionState.UNCONFIRMED:
            raise Http404
        return edition

    def _source(self, edition: Edition):
        if not edition.source_file:
            raise Http404
        try:
            return edition.source_file.open("rb")
        except FileNotFoundError as problem:
            raise Http404 from problem

    def _record(self, request, edition: Edition, form: str) -> None:
        record("export", edition, by=request.user, county=edition.list.county, form=form)
