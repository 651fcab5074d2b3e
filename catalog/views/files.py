"""Blank forms and filled samples of the guides in force; uploads have no other public address."""

from datetime import date
from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..days import asked_day
from ..models import Guide, Material


@require_safe
def item_file(request, county_code, item_code, position, paper):
    """One paper of the guide in force on the day, named after the document it is for."""
    day = asked_day(request, lambda: date.min)
    if day.trouble:
        raise Http404
    guides = Guide.objects.in_force(day.day).filter(item__county__code=county_code, item__number=item_code)
    material = get_object_or_404(Material, guide__in=guides, position=position)
    file = material.paper(paper)
    if not file or not file.storage.exists(file.name):
        raise Http404
    name = f"{material.name}{PurePath(file.name).suffix}"
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, no-cache"
    return response
