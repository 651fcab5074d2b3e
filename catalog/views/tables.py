"""Tables to take away from public pages."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from accounts.spreadsheets.writing import as_csv, as_workbook

from ..exporting.names import CONTENT_TYPES, fit_name


def table_file(ending, title, headings, rows):
    """A table as .xlsx or .csv, named after its title."""
    content = as_workbook(title[:31], headings, rows) if ending == "xlsx" else as_csv(headings, rows)
    response = HttpResponse(content, content_type=CONTENT_TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, fit_name(f"{title}.{ending}"))
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, no_cache=True)
    return response
