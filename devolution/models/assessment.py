from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Township
from accounts.scope import Scope


class Assessment(models.Model):
    """Whether a township can carry what is to come: people, place, equipment, training (行政处罚法 21, 24, 42).

    One assessment may stand behind many powers.
    """

    scope = Scope(county="township__county", township="township")

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="assessments", verbose_name=_("township")
    )
    assessed_on = models.DateField(_("assessed on"))
    officers = models.PositiveSmallIntegerField(
        _("licensed officers"), help_text=_("With a licence to enforce; every case takes two.")
    )
    place = models.TextField(_("place"), blank=True)
    equipment = models.TextField(_("equipment"), blank=True)
    training = models.TextField(_("training"), blank=True)
    is_able = models.BooleanField(_("can carry it"), default=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("assessment of a township")
        verbose_name_plural = _("assessments of townships")
        ordering = ["township", "-assessed_on", "-pk"]

    def __str__(self):
        return f"{self.township} · {self.assessed_on}"
