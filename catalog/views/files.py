"""Blank forms and filled samples of the guides in force; uploads have no other public address."""

from pathlib import PurePath

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Guide, Material


@require_safe
def item_file(request, county_code, item_code, position, paper):
    """One paper of the guide in force, named after the document it is for."""
    guides = Guide.objects.in_force(timezone.localdate()).filter(
        item__county__code=county_code, item__number=item_code
    )
    material = get_object_or_404(Material, guide__in=guides, position=position)
    file = material.paper(paper)
    if not file or not file.storage.exists(file.name):
        raise Http404
    name = f"{material.name}{PurePath(file.name).suffix}"
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, no-cache"
    return response
