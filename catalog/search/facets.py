"""What hits can be narrowed by. A source brings its own facets; those of the catalogue stand here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..choices import ChannelKind, HandlingRule
from .doors import GROUPS, LIFE_EVENTS


@dataclass(frozen=True)
class Facet:
    """One question in the address and its answers; without `labels` the values are categories."""

    code: str
    label: str | Promise
    labels: Mapping[str, str | Promise] = field(default_factory=dict)
    # Asked by links only (the second door), so that the form stays short.
    is_shown: bool = True


CATEGORY = "category"

facets: list[Facet] = [
    Facet(CATEGORY, _("Category")),
    Facet("audience", _("For whom"), {door.code: door.label for door in GROUPS}),
    Facet("channel", _("How to apply"), dict(ChannelKind.choices)),
    Facet("free", _("Fee"), {"yes": _("Free of charge"), "no": _("With a fee")}),
    Facet("handled", _("Where it is handled"), dict(HandlingRule.choices)),
    Facet("event", _("Event in life"), {door.code: door.label for door in LIFE_EVENTS}, is_shown=False),
]


def facet_called(code: str) -> Facet:
    """The facet of this code; `KeyError` when there is none."""
    for facet in facets:
        if facet.code == code:
            return facet
    raise KeyError(code)
