from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..scope import Scope


class EventQuerySet(models.QuerySet):
    def about(self, subject):
        """What has happened to one object."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def delete(self):
        raise ValidationError(_("The record of events is only ever added to."))


class Event(models.Model):
    """One act of consequence: who did what to which object, when. Only ever added to."""

    scope = Scope(county="county")

    at = models.DateTimeField(_("moment"), auto_now_add=True)
    by = models.ForeignKey(
        "User", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("person")
    )
    county = models.ForeignKey(
        "County", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("county")
    )
    action = models.CharField(_("act"), max_length=50)
    subject_type = models.CharField(_("kind of object"), max_length=100)
    subject_id = models.BigIntegerField(_("number of the object"))
    subject_text = models.CharField(_("object"), max_length=500)
    details = models.JSONField(_("details"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="accounts_event_subject")]

    def __str__(self):
        return f"{self.action}: {self.subject_text}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise ValidationError(_("The record of events is only ever added to."))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(_("The record of events is only ever added to."))
