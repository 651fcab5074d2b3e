from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.scope import Scope

from .transfer import Transfer


class FourQuestions(models.Model):
    """What is asked before a new power goes down: 该不该放, 必不必要放, 允不允许放, 能不能放."""

    scope = Scope(county="transfer__power__county", department="transfer__power__department")

    transfer = models.OneToOneField(
        Transfer, models.CASCADE, related_name="questions", verbose_name=_("transfer")
    )
    should = models.BooleanField(_("should it go down?"))
    should_because = models.TextField(_("why it should or should not"), blank=True)
    needed = models.BooleanField(_("is it needed?"))
    needed_because = models.TextField(_("why it is needed or not"), blank=True)
    allowed = models.BooleanField(_("is it allowed?"))
    allowed_because = models.TextField(_("why it is allowed or not"), blank=True)
    possible = models.BooleanField(_("can the townships carry it?"))
    possible_because = models.TextField(_("why they can or cannot"), blank=True)
    answered_on = models.DateField(_("answered on"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("four questions")
        verbose_name_plural = _("four questions")
        ordering = ["transfer"]

    def __str__(self):
        return str(self.transfer)

    @property
    def is_answered_yes(self) -> bool:
        """Whether nothing stands against handing it down."""
        return self.should and self.needed and self.allowed and self.possible
