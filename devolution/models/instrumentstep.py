from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import County
from accounts.scope import Scope
from catalog.choices import STEPS_BEFORE_ANNOUNCING, StepKind
from catalog.models.recordedstep import RecordedStep, StepsAsked

from .instrument import Instrument

STEPS_OF_ACTS = (*STEPS_BEFORE_ANNOUNCING, StepKind.ANNOUNCEMENT, StepKind.REPEAL)
TAKEN_ONCE = (StepKind.DECISION, StepKind.ANNOUNCEMENT, StepKind.REPEAL)


class InstrumentStep(RecordedStep):
    """A step on the road of a paper by which powers move."""

    scope = Scope(county="instrument__county")

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="steps", verbose_name=_("instrument")
    )

    class Meta(RecordedStep.Meta):
        verbose_name = _("step of an instrument")
        verbose_name_plural = _("steps of instruments")
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "kind"],
                condition=models.Q(kind__in=TAKEN_ONCE),
                name="devolution_instrumentstep_is_decided_announced_and_repealed_once",
                violation_error_message=_("A paper is decided, announced and repealed once."),
            ),
        ]


class InstrumentProcedure(StepsAsked):
    """Which steps a county asks of a paper before powers are put in force, extended or taken back by it."""

    scope = Scope(county="county")
    steps = (*STEPS_BEFORE_ANNOUNCING, StepKind.ANNOUNCEMENT)

    county = models.OneToOneField(
        County, models.PROTECT, related_name="instrument_procedure", verbose_name=_("county")
    )
    needs_announcement = models.BooleanField(_("an announcement"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("procedure for powers")
        verbose_name_plural = _("procedures for powers")
