"""What can be taken away as data, where, and what stands in each column."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import County

from ..caching import stored
from ..kinds import PUBLIC_SERVICES, ListKind, kinds
from ..models import Edition
from ..resources.columns import ListField
from ..resources.widgets import (
    BasisWidget,
    DayWidget,
    LimitWidget,
    LinesWidget,
    NamesWidget,
    PowerTypeWidget,
    SerialWidget,
    TextWidget,
)
from .showing import show

# From the special to the general: the first that fits says what stands in a column.
CONTENTS: list[tuple[type, str | Promise]] = [
    (PowerTypeWidget, _("a power type by its official name")),
    (NamesWidget, _("one name or several, joined by 、")),
    (BasisWidget, _("citations, one a line")),
    (LimitWidget, _("a time limit with its unit, as printed")),
    (DayWidget, _("a day, or the printed words where they name none")),
    (SerialWidget, _("a whole number")),
    (LinesWidget, _("text, with the line breaks of the paper")),
    (TextWidget, _("text")),
]


@dataclass(frozen=True)
class DocumentedColumn:
    """A column as its kind declares it: its name in JSON, its heading in tables, what stands in it."""

    name: str
    heading: str
    content: str | Promise


@stored
def open_data(request):
    example = (
        Edition.objects.in_force(timezone.localdate()).with_list().order_by("list__county__code").first()
    )
    return documented(request, example)


@stored
def county_open_data(request, county_code):
    county = get_object_or_404(County, code=county_code)
    editions = Edition.objects.in_force(timezone.localdate()).filter(list__county=county).with_list()
    return documented(request, editions.order_by("list__kind").first(), county=county)


def documented(request, example, **place):
    kept = sorted((kind for kind in kinds if kind.is_kept), key=lambda kind: kind.code != PUBLIC_SERVICES)
    first = first_item_of(example) if example else None
    columns = [(kind, columns_of(kind)) for kind in kept]
    return show(request, "open_data.html", example=example, example_item=first, columns=columns, **place)


def first_item_of(edition: Edition) -> int | None:
    """The code of the first item of an edition that residents apply for."""
    entries = edition.entries.that_residents_apply_for().order_by("position")
    return entries.values_list("item__number", flat=True).first()


def columns_of(kind: ListKind) -> list[DocumentedColumn]:
    return [
        DocumentedColumn(name, field.column_name, content_of(field))
        for name, field in kind.resource.fields.items()
    ]


def content_of(field: ListField) -> str | Promise:
    if field.layout.get("role") == "own_code":
        return _("the code of the item in the county, a whole number that never changes")
    return next(words for widget, words in CONTENTS if isinstance(field.widget, widget))
