from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..scope import Scope

ONLY_ADDED_TO = _("The record of events is only ever added to.")


class EventQuerySet(models.QuerySet):
    def about(self, subject):
        """What has happened to one object."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def older_than(self, moment):
        return self.filter(at__lt=moment)

    def update(self, **values):
        raise ValidationError(ONLY_ADDED_TO)

    def delete(self):
        raise ValidationError(ONLY_ADDED_TO)

    def purge(self, before, lasting) -> int:
        """Remove what is older than this moment and no lasting act; the database refuses what is too young."""
        rows = self.older_than(before).exclude(action__in=lasting)
        removed, _by_model = super(EventQuerySet, rows).delete()
        return removed


class Event(models.Model):
    """One act of consequence: who did what to which object, when, from where. Only ever added to.

    The database refuses changes too (`accounts.sealing`).
    """

    scope = Scope(county="county")

    at = models.DateTimeField(_("moment"), auto_now_add=True)
    by = models.ForeignKey(
        "User", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("person")
    )
    county = models.ForeignKey(
        "County", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("county")
    )
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    action = models.CharField(_("act"), max_length=50)
    subject_type = models.CharField(_("kind of object"), max_length=100, blank=True)
    subject_id = models.BigIntegerField(_("number of the object"), null=True, blank=True)
    subject_text = models.CharField(_("object"), max_length=500, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="accounts_event_subject"),
            models.Index(fields=["county", "-at"], name="accounts_event_county_at"),
            models.Index(fields=["-at"], name="accounts_event_at"),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.subject_text}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise ValidationError(ONLY_ADDED_TO)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(ONLY_ADDED_TO)
