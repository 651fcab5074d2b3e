from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Township
from accounts.scope import Scope
from catalog.models import Entry

from ..choices import Authority, InstrumentKind, Mode
from .instrument import Instrument
from .power import Power

INSTRUMENTS_OF: dict[str, frozenset[str]] = {
    Mode.DELEGATED: frozenset({InstrumentKind.COUNTY_NOTICE, InstrumentKind.PROVINCIAL_DECISION}),
    Mode.ENTRUSTED: frozenset({InstrumentKind.ENTRUSTMENT}),
    Mode.SECONDED: frozenset({InstrumentKind.SECONDMENT_PLAN}),
}


class Transfer(models.Model):
    """A department's power handed down by one instrument in one mode; to whom stands in its townships."""

    scope = Scope(county="power__county", department="power__department")

    power = models.ForeignKey(Power, models.PROTECT, related_name="transfers", verbose_name=_("power"))
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="transfers", verbose_name=_("instrument")
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode)
    provincial_decision = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("provincial decision"),
    )
    authority = models.CharField(
        _("scope of authority"), max_length=300, blank=True, help_text=_("As the instrument words it.")
    )
    authorities = models.JSONField(_("steps the township takes"), default=list, blank=True)
    procedure = models.TextField(_("procedure"), blank=True)
    department_responsibilities = models.TextField(_("what the department answers for"), blank=True)
    township_responsibilities = models.TextField(_("what the township answers for"), blank=True)
    evaluation_due = models.DateField(_("next evaluation due"), null=True, blank=True)
    notes = models.JSONField(
        _("notes to warnings"), default=dict, blank=True, help_text=_("One note for each rule that warns.")
    )
    remark = models.TextField(_("remark"), blank=True)
    entry = models.ForeignKey(
        Entry,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="transfers",
        verbose_name=_("entry of the catalogue"),
    )
    townships = models.ManyToManyField(
        Township, through="TransferTownship", related_name="transfers", verbose_name=_("townships")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["power", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["power", "instrument", "mode"],
                name="devolution_transfer_is_one_for_power_and_instrument",
                violation_error_message=_("This instrument hands the power down in this mode already."),
            ),
            models.CheckConstraint(
                condition=Q(provincial_decision__isnull=True) | Q(mode=Mode.DELEGATED),
                name="devolution_transfer_only_delegation_has_a_decision",
                violation_error_message=_("Only a delegation rests on a provincial decision."),
            ),
        ]

    def __str__(self):
        return f"{self.power} · {self.get_mode_display()}"

    def clean(self):
        super().clean()
        self._clean_power()
        if self.instrument_id and self.instrument.kind not in INSTRUMENTS_OF.get(self.mode, ()):
            raise ValidationError(
                {"instrument": _("A power is not handed down in this mode by such a paper.")}
            )
        decision = self.provincial_decision
        if decision is not None and decision.kind != InstrumentKind.PROVINCIAL_DECISION:
            raise ValidationError({"provincial_decision": _("This paper is no provincial decision.")})
        if not set(self.authorities) <= set(Authority):
            raise ValidationError({"authorities": _("This is no step of a procedure.")})

    def _clean_power(self):
        if not self.power_id:
            return
        if self.power.is_townships_own:
            raise ValidationError(
                {
                    "power": _(
                        "A statute gives this power to the townships themselves; nothing is handed down."
                    )
                }
            )
        papers = [
            paper for paper in (self.instrument_id and self.instrument, self.provincial_decision) if paper
        ]
        if any(paper.county_id != self.power.county_id for paper in papers):
            raise ValidationError({"instrument": _("This instrument belongs to another county.")})
