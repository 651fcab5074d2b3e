"""Where residents go: an address, hours and coordinates, said alike of a hall, a centre and an office."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """One place as a page shows it; empty is what nobody has recorded.

    Hours, closed days and market days are the words of its notice. Coordinates are degrees, both or none.
    """

    name: str = ""
    address: str = ""
    hours: str = ""
    closed_days: str = ""
    market_days: str = ""
    phone: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None


def closed_days_field() -> models.CharField:
    """The days on which a place is shut, as its notice prints them."""
    return models.CharField(
        _("closed days"),
        max_length=200,
        blank=True,
        help_text=_("As the notice prints it: weekends and public holidays, for example."),
    )


def market_days_field() -> models.CharField:
    """The days of the market, when many come to town, and what holds on them."""
    return models.CharField(
        _("market days"),
        max_length=200,
        blank=True,
        help_text=_(
            "When the market is held, by which calendar, and what holds at the windows then: "
            "the third and eighth of each ten days of the lunar calendar, open at weekends too, for example."
        ),
    )


def degrees_field(label) -> models.DecimalField:
    """A longitude or a latitude, to a tenth of a metre."""
    return models.DecimalField(label, max_digits=9, decimal_places=6, null=True, blank=True)


def coordinates_come_in_pairs(name: str, prefix: str = "") -> models.CheckConstraint:
    """Both coordinates within the globe, or neither; `name` is the constraint's, `prefix` the fields'."""
    longitude, latitude = f"{prefix}longitude", f"{prefix}latitude"
    return models.CheckConstraint(
        condition=Q(**{f"{longitude}__isnull": True, f"{latitude}__isnull": True})
        # Said to be filled, because a comparison with nothing is not false and would let half a pair in.
        | Q(**{f"{longitude}__isnull": False, f"{latitude}__isnull": False})
        & Q(
            **{
                f"{longitude}__gte": -180,
                f"{longitude}__lte": 180,
                f"{latitude}__gte": -90,
                f"{latitude}__lte": 90,
            }
        ),
        name=name,
        violation_error_message=_("Longitude and latitude come together, in degrees."),
    )
