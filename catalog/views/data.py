"""Lists to take away: each edition as a text table, a workbook and a record, at an address that stays."""

from django.http import FileResponse, Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import County

from ..exporting.names import CONTENT_TYPES, export
from ..exporting.record import as_record, edition_as_record, list_as_record
from ..models import Edition
from ..standing import edition_in_force, editions_on
from ..validating import validated
from .lists import editions_at, standing_at
from .places import grouped


@validated
def list_data(request, county_code, list_slug, form):
    """The edition in force, whichever it is on the day."""
    today = timezone.localdate()
    edition = edition_in_force(editions_on(editions_at(county_code, list_slug), today))
    if edition is None:
        raise Http404
    return taken_away(request, edition, form)


@validated
def edition_data(request, county_code, list_slug, day, form):
    """One edition, for ever."""
    editions = editions_at(county_code, list_slug)
    today = timezone.localdate()
    return taken_away(request, standing_at(editions, day, today).edition, form)


@validated
def county_data(request, county_code):
    """Every list of a county with its public editions, for a program that wants them all."""
    today = timezone.localdate()
    county = get_object_or_404(County, code=county_code)
    editions = Edition.objects.public(today).filter(list__county=county).with_list()
    by_list = grouped(
        editions.order_by(
            "list__kind", "list__township_class", "list__township", "-effective_on", "-correction"
        ),
        lambda each: each.list,
    )
    absolute = request.build_absolute_uri
    record = {
        "county": {"code": county.code, "name": county.name},
        "licence": county.data_licence or None,
        "lists": [
            list_as_record(item_list, absolute)
            | {"editions": [edition_as_record(edition, absolute) for edition in members]}
            for item_list, members in by_list.items()
        ],
    }
    return readable_anywhere(JsonResponse(record, json_dumps_params={"ensure_ascii": False}))


def taken_away(request, edition, form):
    if form == "json":
        pieces = as_record(edition, request.build_absolute_uri)
        return readable_anywhere(StreamingHttpResponse(pieces, content_type="application/json"))
    file, name = export(edition, form)
    return readable_anywhere(
        FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[form])
    )


def readable_anywhere(response):
    """Pages of other sites may read what is public, too; no cookie goes along."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
