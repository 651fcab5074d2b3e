from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import County
from accounts.scope import Scope

from ..choices import STEPS_BEFORE_ANNOUNCING, StepKind
from .edition import Edition


class RecordedStep(models.Model):
    """A step of a procedure as it is put on record: what, on which day, under which number, by whom.

    Abstract: whatever goes a recorded road has a table of its own.
    """

    kind = models.CharField(_("step on the road"), max_length=20, choices=StepKind)
    done_on = models.DateField(_("day"))
    number = models.CharField(
        _("reference number"),
        max_length=100,
        blank=True,
        help_text=_("Of the opinion, the minutes or the document."),
    )
    note = models.CharField(_("remark"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        abstract = True
        ordering = ["done_on", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.done_on}"


class EditionStep(RecordedStep):
    """A step on the road of one edition."""

    scope = Scope(county="edition__list__county")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="steps", verbose_name=_("edition"))

    class Meta(RecordedStep.Meta):
        verbose_name = _("step of an edition")
        verbose_name_plural = _("steps of editions")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind"],
                condition=models.Q(kind__in=[StepKind.DECISION, StepKind.ANNOUNCEMENT]),
                name="catalog_editionstep_is_decided_and_announced_once",
                violation_error_message=_("An edition is decided once and announced once."),
            ),
        ]


class StepsAsked(models.Model):
    """Which steps a county asks for before something holds; without a row, none.

    Abstract: whatever goes a recorded road has a table of its own, with its `county`.
    """

    # In the order of the road; each has its field.
    steps = STEPS_BEFORE_ANNOUNCING

    needs_review = models.BooleanField(_("a department review"), default=False)
    needs_comment = models.BooleanField(_("a public comment"), default=False)
    needs_legality = models.BooleanField(_("a legality review"), default=False)
    needs_decision = models.BooleanField(_("a decision"), default=False)

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.county)

    @classmethod
    def of(cls, county: County) -> Self:
        """What the county has said, or that it asks nothing."""
        return cls.objects.filter(county=county).first() or cls(county=county)

    @property
    def obligatory(self) -> list[StepKind]:
        """The steps it asks for, in their order."""
        return [kind for kind in self.steps if getattr(self, f"needs_{kind.value}")]


class Procedure(StepsAsked):
    """Which steps a county asks of a change before it is announced."""

    scope = Scope(county="county")

    county = models.OneToOneField(County, models.PROTECT, related_name="procedure", verbose_name=_("county"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("procedure of a county")
        verbose_name_plural = _("procedures of counties")
