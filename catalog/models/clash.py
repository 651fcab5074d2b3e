from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.scope import Scope

from ..choices import ClashDecision
from .edition import Edition
from .entry import Entry
from .item import Item


class Clash(models.Model):
    """An item that a draft and the edition announced in the meantime have both changed.

    The draft's words stand until somebody decides; a draft with an open clash is not announced.
    """

    scope = Scope(county="edition__list__county")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="clashes", verbose_name=_("edition"))
    item = models.ForeignKey(Item, models.CASCADE, related_name="+", verbose_name=_("item"))
    theirs = models.ForeignKey(
        Entry,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entry of the newer edition"),
    )
    decision = models.CharField(_("decision"), max_length=10, choices=ClashDecision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    class Meta:
        verbose_name = _("clash")
        verbose_name_plural = _("clashes")
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "item"],
                name="catalog_clash_is_noted_once",
                violation_error_message=_("This clash is noted already."),
            ),
        ]

    def __str__(self):
        return f"{self.item} · {self.edition}"
