from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..choices import DepartmentLine
from ..scope import Scope


class Department(models.Model):
    """A county department: the body that owns a power or stands behind an item."""

    scope = Scope(county="county", department="pk")

    county = models.ForeignKey("County", models.PROTECT, related_name="departments", verbose_name=_("county"))
    name = models.CharField(_("full name"), max_length=100)
    short_names = models.CharField(
        _("short names"), max_length=200, blank=True, help_text=_("As lists write them, separated by 、")
    )
    nameplates = models.CharField(
        _("second nameplates"),
        max_length=200,
        blank=True,
        help_text=_("Other names it bears, separated by 、"),
    )
    line = models.CharField(
        _("line"), max_length=20, choices=DepartmentLine, blank=True, default=DepartmentLine.UNRECORDED
    )
    review_organ = models.CharField(
        _("review organ"), max_length=100, blank=True, help_text=_("Only where it is not the usual one.")
    )
    court = models.CharField(
        _("court"), max_length=100, blank=True, help_text=_("Only where it is not the usual one.")
    )
    phone = models.CharField(_("phone for questions"), max_length=50, blank=True)
    complaint_phone = models.CharField(_("phone for complaints"), max_length=50, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["county", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"],
                name="accounts_department_name_is_unique_in_county",
                violation_error_message=_("The county already has a department of this name."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="accounts_department_has_a_name",
                violation_error_message=_("A department needs a name."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def names(self) -> list[str]:
        """Every name under which a list may mean this department, the full one first."""
        others = f"{self.short_names}、{self.nameplates}".split("、")
        return [self.name, *(name.strip() for name in others if name.strip())]
