from copy import copy
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..choices import TownshipKind
from ..scope import Scope
from .place import Place, closed_days_field, coordinates_come_in_pairs, degrees_field, market_days_field


class TownshipClass(models.Model):
    """A county's own grouping of its townships (经济强镇, 特色小城镇), for lists that hold for one class."""

    scope = Scope(county="county")

    county = models.ForeignKey(
        "County", models.PROTECT, related_name="township_classes", verbose_name=_("county")
    )
    code = models.CharField(
        _("code"),
        max_length=30,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", _("Small letters, digits and _ only."))],
        help_text=_("Part of the address of its lists."),
    )
    name = models.CharField(_("name"), max_length=50)

    class Meta:
        verbose_name = _("class of townships")
        verbose_name_plural = _("classes of townships")
        ordering = ["county", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"],
                name="accounts_townshipclass_code_is_unique_in_county",
                violation_error_message=_("The county already has a class of this code."),
            ),
        ]

    def __str__(self):
        return self.name


class TownshipQuerySet(models.QuerySet):
    def governments(self):
        """Townships that are governments; quasi-units hold no powers and have no list."""
        return self.exclude(kind=TownshipKind.QUASI_UNIT)

    def standing(self, on: date):
        """Those that have not given way to another by the day."""
        return self.exclude(successions__effective_on__lte=on)


class Township(models.Model):
    """A township, town, ethnic township, sumu or subdistrict, known by its nine-digit division code."""

    scope = Scope(county="county", township="pk")

    county = models.ForeignKey("County", models.PROTECT, related_name="townships", verbose_name=_("county"))
    code = models.CharField(
        _("division code"),
        max_length=9,
        unique=True,
        validators=[RegexValidator(r"^\d{9}$", _("A township's division code has nine digits."))],
        help_text=_("Nine digits; the first six are the county's."),
    )
    name = models.CharField(_("name"), max_length=50)
    kind = models.CharField(_("kind"), max_length=20, choices=TownshipKind)
    township_class = models.ForeignKey(
        TownshipClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="townships",
        verbose_name=_("class"),
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    area = models.DecimalField(_("area in km²"), max_digits=8, decimal_places=2, null=True, blank=True)
    centre_name = models.CharField(_("service centre"), max_length=100, blank=True)
    centre_address = models.CharField(_("address of the centre"), max_length=200, blank=True)
    centre_hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    centre_closed_days = closed_days_field()
    centre_market_days = market_days_field()
    centre_phone = models.CharField(_("phone of the centre"), max_length=50, blank=True)
    longitude = degrees_field(_("longitude"))
    latitude = degrees_field(_("latitude"))

    objects = TownshipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("township")
        verbose_name_plural = _("townships")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"],
                name="accounts_township_name_is_unique_in_county",
                violation_error_message=_("The county already has a township of this name."),
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^\d{9}$"),
                name="accounts_township_code_has_nine_digits",
                violation_error_message=_("A township's division code has nine digits."),
            ),
            coordinates_come_in_pairs("accounts_township_coordinates_come_in_pairs"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("township", args=[self.code])

    def as_called_on(self, on: date) -> "Township":
        """The same under the name it bore or will bear on the day, by its renamings; not to be saved."""
        called = copy(self)
        renamings = list(self.renamings.order_by("effective_on", "pk"))
        later = [each.former_name for each in renamings if each.effective_on > on]
        waiting = [each.new_name for each in renamings if not each.is_carried_out]
        called.name = later[0] if later else waiting[-1] if waiting else self.name
        return called

    @property
    def centre(self) -> Place:
        """The service centre residents go to."""
        return Place(
            name=self.centre_name,
            address=self.centre_address,
            hours=self.centre_hours,
            closed_days=self.centre_closed_days,
            market_days=self.centre_market_days,
            phone=self.centre_phone,
            longitude=self.longitude,
            latitude=self.latitude,
        )

    def clean(self):
        super().clean()
        if len(self.code) != 9 or not self.code.isdecimal():
            return
        if self.county_id and not self.code.startswith(self.county.code):
            raise ValidationError(
                {
                    "code": _("The code %(code)s does not begin with the county's %(county)s.")
                    % {"code": self.code, "county": self.county.code}
                }
            )
        if self.kind and self.kind not in TownshipKind.allowed_for(self.code):
            raise ValidationError(
                {
                    "kind": _("The code %(code)s is not that of a %(kind)s.")
                    % {"code": self.code, "kind": self.get_kind_display()}
                }
            )
        if self.township_class_id and self.township_class.county_id != self.county_id:
            raise ValidationError({"township_class": _("This class belongs to another county.")})


class TownshipSuccession(models.Model):
    """A township that gave way to another by merger, split or renaming, from a day on."""

    scope = Scope(county="predecessor__county", township="predecessor")

    predecessor = models.ForeignKey(
        Township, models.PROTECT, related_name="successions", verbose_name=_("township that ends")
    )
    successor = models.ForeignKey(
        Township, models.PROTECT, related_name="+", verbose_name=_("township that follows")
    )
    effective_on = models.DateField(_("from"))
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    reorganisation = models.ForeignKey(
        "Reorganisation",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="township_successions",
        verbose_name=_("reorganisation"),
    )

    class Meta:
        verbose_name = _("succession of townships")
        verbose_name_plural = _("successions of townships")
        ordering = ["effective_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="accounts_townshipsuccession_is_recorded_once",
                violation_error_message=_("This succession is recorded already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="accounts_townshipsuccession_joins_two_townships",
                violation_error_message=_("A township cannot follow itself."),
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
