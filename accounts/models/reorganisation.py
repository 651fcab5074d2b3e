from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import ReorganisationKind
from ..scope import Scope
from .county import County
from .department import Department
from .office import Office
from .township import Township
from .village import Village


class ReorganisationQuerySet(models.QuerySet):
    def due(self, on: date):
        """Those whose day has come and of which something is still to be carried out."""
        return self.filter(effective_on__lte=on, carried_out_on=None)


class Reorganisation(models.Model):
    """A merger, a split or a renaming of townships or departments, decided once and for one day.

    What is dated follows from that day by itself. What is edited in place (names, villages, offices, holders of
    powers) is carried out once the day has come. `answers` says what was chosen for each difference, by its key.
    """

    scope = Scope(county="county")

    county = models.ForeignKey(
        County, models.PROTECT, related_name="reorganisations", verbose_name=_("county")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReorganisationKind)
    effective_on = models.DateField(_("from"))
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    answers = models.JSONField(_("what was chosen"), default=dict, blank=True)
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="renamings", verbose_name=_("township")
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renamings",
        verbose_name=_("department"),
    )
    former_name = models.CharField(_("former name"), max_length=100, blank=True)
    new_name = models.CharField(_("new name"), max_length=100, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    carried_out_on = models.DateField(_("carried out on"), null=True, blank=True)

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reorganisation")
        verbose_name_plural = _("reorganisations")
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_name="", former_name="", township=None, department=None)
                | (
                    Q(kind=ReorganisationKind.RENAMING)
                    & ~Q(new_name="")
                    & ~Q(former_name="")
                    & (
                        Q(township=None, department__isnull=False)
                        | Q(township__isnull=False, department=None)
                    )
                ),
                name="accounts_reorganisation_renames_one_body",
                violation_error_message=_("A new name is given to one township or to one department."),
            ),
            models.CheckConstraint(
                condition=Q(carried_out_on=None) | Q(carried_out_on__gte=models.F("effective_on")),
                name="accounts_reorganisation_is_carried_out_on_its_day_or_later",
                violation_error_message=_("It is carried out on its day or later."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.effective_on}"

    @property
    def is_carried_out(self) -> bool:
        return self.carried_out_on is not None


class DepartmentSuccession(models.Model):
    """A department that gave way to another, from a day on."""

    scope = Scope(county="predecessor__county", department="predecessor")

    reorganisation = models.ForeignKey(
        Reorganisation,
        models.PROTECT,
        related_name="department_successions",
        verbose_name=_("reorganisation"),
    )
    predecessor = models.ForeignKey(
        Department, models.PROTECT, related_name="successions", verbose_name=_("department that ends")
    )
    successor = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=_("department that follows")
    )

    class Meta:
        verbose_name = _("succession of departments")
        verbose_name_plural = _("successions of departments")
        ordering = ["reorganisation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="accounts_departmentsuccession_is_recorded_once",
                violation_error_message=_("This succession is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")),
                name="accounts_departmentsuccession_joins_two_departments",
                violation_error_message=_("A department cannot follow itself."),
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"

    def clean(self):
        super().clean()
        if self.predecessor.county_id != self.successor.county_id:
            raise ValidationError({"successor": _("This department belongs to another county.")})


class Move(models.Model):
    """A village or an office that goes to another township with a reorganisation, on its day."""

    scope = Scope(county="reorganisation__county", township="to")

    reorganisation = models.ForeignKey(
        Reorganisation, models.PROTECT, related_name="moves", verbose_name=_("reorganisation")
    )
    village = models.ForeignKey(
        Village, models.CASCADE, null=True, blank=True, related_name="moves", verbose_name=_("village")
    )
    office = models.ForeignKey(
        Office, models.CASCADE, null=True, blank=True, related_name="moves", verbose_name=_("office")
    )
    former = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name=_("former township"))
    to = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name=_("township"))
    new_name = models.CharField(
        _("new name"), max_length=100, blank=True, help_text=_("Where the township has one of its name.")
    )

    class Meta:
        verbose_name = _("move to another township")
        verbose_name_plural = _("moves to other townships")
        ordering = ["reorganisation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(village=None, office__isnull=False) | Q(village__isnull=False, office=None),
                name="accounts_move_is_of_a_village_or_an_office",
                violation_error_message=_("A village moves, or an office."),
            ),
        ]

    def __str__(self):
        return f"{self.village or self.office} → {self.to}"
