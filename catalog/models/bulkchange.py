from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Township
from accounts.scope import Scope

from ..choices import BulkAct


class BulkChange(models.Model):
    """What one act on many exceptions did in one township, kept so that it can be undone there alone.

    `rows` holds for each item what the township said before and after: `{"item", "before", "after"}`, either of
    them null where it had no exception.
    """

    scope = Scope(county="township__county", township="township")

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="bulk_changes", verbose_name=_("township")
    )
    act = models.CharField(_("act"), max_length=20, choices=BulkAct)
    made_at = models.DateTimeField(_("moment"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    rows = models.JSONField(_("items"), encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    class Meta:
        verbose_name = _("change of many at once")
        verbose_name_plural = _("changes of many at once")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="catalog_bulkchange_undoing_has_moment_and_person",
                violation_error_message=_("What was undone has a moment and a person."),
            ),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.made_at):%Y-%m-%d %H:%M} {self.get_act_display()} · {self.township}"
