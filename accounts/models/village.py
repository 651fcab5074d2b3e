from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..scope import Scope
from .placing import PlacedQuerySet


class Village(models.Model):
    """A village or community with its service point, known by its twelve-digit division code."""

    scope = Scope(county="township__county", township="township")

    township = models.ForeignKey(
        "Township", models.PROTECT, related_name="villages", verbose_name=_("township")
    )
    code = models.CharField(
        _("division code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^\d{12}$", _("A village's division code has twelve digits."))],
        help_text=_("Twelve digits; the first nine are the township's."),
    )
    name = models.CharField(_("name"), max_length=50)
    service_point = models.CharField(_("service point"), max_length=200, blank=True)
    agent_phone = models.CharField(_("agent's duty phone"), max_length=50, blank=True)

    objects = PlacedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "name"],
                name="accounts_village_name_is_unique_in_township",
                violation_error_message=_("The township already has a village of this name."),
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^\d{12}$"),
                name="accounts_village_code_has_twelve_digits",
                violation_error_message=_("A village's division code has twelve digits."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.township_id and self.code and not self.code.startswith(self.township.code):
            if self.pk and self.moves.filter(to=self.township_id).exists():
                return  # it came with its code from a township that gave way, until it is given another
            raise ValidationError(
                {
                    "code": _("The code %(code)s does not begin with the township's %(township)s.")
                    % {"code": self.code, "township": self.township.code}
                }
            )
