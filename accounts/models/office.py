from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..choices import OfficeKind
from ..scope import Scope
from .place import Place, closed_days_field, coordinates_come_in_pairs, degrees_field, market_days_field
from .placing import PlacedQuerySet


class Office(models.Model):
    """A body inside a township: office, centre, station, or a unit a county department has seconded."""

    scope = Scope(county="township__county", township="township")

    township = models.ForeignKey(
        "Township", models.PROTECT, related_name="offices", verbose_name=_("township")
    )
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=OfficeKind, default=OfficeKind.OFFICE)
    sending_department = models.ForeignKey(
        "Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seconded_offices",
        verbose_name=_("sending department"),
    )
    head_count = models.PositiveSmallIntegerField(_("posts"), null=True, blank=True)
    management = models.TextField(
        _("daily management"), blank=True, help_text=_("Of a seconded unit: who directs its daily work.")
    )
    address = models.CharField(
        _("address"),
        max_length=200,
        blank=True,
        help_text=_("Where it sits, if that is not the service centre."),
    )
    hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    closed_days = closed_days_field()
    market_days = market_days_field()
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    longitude = degrees_field(_("longitude"))
    latitude = degrees_field(_("latitude"))

    objects = PlacedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["township", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "name"],
                name="accounts_office_name_is_unique_in_township",
                violation_error_message=_("The township already has an office of this name."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind=OfficeKind.SECONDED, sending_department__isnull=False)
                | (~models.Q(kind=OfficeKind.SECONDED) & models.Q(sending_department__isnull=True)),
                name="accounts_office_seconded_has_sender",
                violation_error_message=_(
                    "A seconded unit names the department that sends it; other offices name none."
                ),
            ),
            coordinates_come_in_pairs("accounts_office_coordinates_come_in_pairs"),
        ]

    def __str__(self):
        return self.name

    @property
    def place(self) -> Place:
        """Where it sits and when it is open, as far as that is its own."""
        return Place(
            address=self.address,
            hours=self.hours,
            closed_days=self.closed_days,
            market_days=self.market_days,
            phone=self.phone,
            longitude=self.longitude,
            latitude=self.latitude,
        )

    def clean(self):
        super().clean()
        if (
            self.sending_department_id
            and self.township_id
            and self.sending_department.county_id != self.township.county_id
        ):
            raise ValidationError({"sending_department": _("This department belongs to another county.")})
