from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Township
from accounts.scope import Scope

from ..choices import EvaluationVerdict, Quality
from .transfer import Transfer


class Evaluation(models.Model):
    """What the exercise of a transferred power has come to, in all its townships or in one (行政处罚法 24)."""

    scope = Scope(county="transfer__power__county", department="transfer__power__department")

    transfer = models.ForeignKey(
        Transfer, models.PROTECT, related_name="evaluations", verbose_name=_("transfer")
    )
    township = models.ForeignKey(
        Township,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluations",
        verbose_name=_("township"),
        help_text=_("Empty where the evaluation speaks of all of them."),
    )
    evaluated_on = models.DateField(_("evaluated on"))
    cases = models.PositiveIntegerField(_("cases handled"))
    quality = models.CharField(_("quality"), max_length=10, choices=Quality)
    verdict = models.CharField(_("verdict"), max_length=10, choices=EvaluationVerdict)
    findings = models.TextField(_("findings"), blank=True)
    next_due = models.DateField(_("next one due"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["transfer", "-evaluated_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_due__isnull=True) | Q(next_due__gt=F("evaluated_on")),
                name="devolution_evaluation_next_one_is_later",
                violation_error_message=_("The next evaluation is due after this one."),
            ),
        ]

    def __str__(self):
        return f"{self.transfer} · {self.evaluated_on}"

    def clean(self):
        super().clean()
        if self.township_id and self.township.county_id != self.transfer.power.county_id:
            raise ValidationError({"township": _("This township belongs to another county.")})
