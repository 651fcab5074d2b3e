from django.core.validators import RegexValidator
from django.db import connections, models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..scope import Scope
from .place import Place, closed_days_field, coordinates_come_in_pairs, degrees_field, market_days_field


class CountyQuerySet(models.QuerySet):
    def note_publication(self, county):
        """Count one public write, so that every stored page of the county is asked for anew.

        None where what was written belongs to no county and stands on the pages of all of them.
        """
        counties = self.all() if county is None else self.filter(pk=county.pk)
        counties.update(publications=F("publications") + 1)

    def publications_of(self, code: str) -> str:
        """How many counties have this code, and how many public writes they have seen: "1:12"; as `caching` says it.

        Plain SQL, because every answer of a kept page waits for it and building the query costs five times the rest.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT publications FROM accounts_county WHERE code = %s", [code])
            row = cursor.fetchone()
        return f"1:{row[0]}" if row else ""


class County(models.Model):
    """A county, city or district that keeps lists here, with the record its website footer must show."""

    scope = Scope(county="pk")

    code = models.CharField(
        _("division code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}$", _("A county's division code has six digits."))],
        help_text=_("Six digits, as in GB/T 2260."),
    )
    name = models.CharField(_("name"), max_length=50)
    prefecture = models.CharField(_("prefecture"), max_length=50, blank=True)
    province = models.CharField(_("province"), max_length=50, blank=True)
    organiser = models.CharField(_("website organiser"), max_length=100, blank=True)
    undertaker = models.CharField(_("website operator"), max_length=100, blank=True)
    contact = models.CharField(_("website contact"), max_length=100, blank=True)
    site_code = models.CharField(
        _("website identification code"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{10}$", _("A website identification code has ten digits."))],
    )
    icp_record = models.CharField(_("ICP record"), max_length=50, blank=True)
    police_record = models.CharField(_("public security record"), max_length=50, blank=True)
    hall_name = models.CharField(_("county service hall"), max_length=100, blank=True)
    hall_address = models.CharField(_("address of the hall"), max_length=200, blank=True)
    hall_hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    hall_closed_days = closed_days_field()
    hall_market_days = market_days_field()
    hall_phone = models.CharField(_("phone of the hall"), max_length=50, blank=True)
    hall_longitude = degrees_field(_("longitude"))
    hall_latitude = degrees_field(_("latitude"))
    hotline = models.CharField(_("hotline"), max_length=50, default="12345")
    data_licence = models.CharField(
        _("terms for open data"),
        max_length=300,
        blank=True,
        help_text=_("Under which licence what is published may be used again; empty means not on record."),
    )
    needs_second_person = models.BooleanField(
        _("a second person announces"),
        default=True,
        help_text=_("Who has edited a draft cannot announce it."),
    )
    publications = models.PositiveIntegerField(
        _("publication counter"),
        default=0,
        editable=False,
        help_text=_("Rises with every public write; stored pages are known by it."),
    )

    objects = CountyQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["publications"])

    class Meta:
        verbose_name = _("county")
        verbose_name_plural = _("counties")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^\d{6}$"),
                name="accounts_county_code_has_six_digits",
                violation_error_message=_("A county's division code has six digits."),
            ),
            coordinates_come_in_pairs("accounts_county_hall_coordinates_come_in_pairs", "hall_"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("county", args=[self.code])

    @property
    def hall(self) -> Place:
        """The county's service hall, where one goes with what no township handles."""
        return Place(
            name=self.hall_name,
            address=self.hall_address,
            hours=self.hall_hours,
            closed_days=self.hall_closed_days,
            market_days=self.hall_market_days,
            phone=self.hall_phone,
            longitude=self.hall_longitude,
            latitude=self.hall_latitude,
        )
