from django.db import models

from ..scope import Scope


class PaceCount(models.Model):
    """How often somebody has asked for one thing within one span of time.

    `key` is a keyed digest: neither the address nor the thing can be read from it, and the row goes when its
    span is over.
    """

    scope = Scope()

    key = models.CharField(max_length=64, primary_key=True)
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = "count of a pace"
        verbose_name_plural = "counts of paces"

    def __str__(self):
        return f"{self.count}"
