from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Office, Township
from accounts.scope import Scope

from ..choices import HandlingRule
from .item import Item


class HandlingQuerySet(models.QuerySet):
    def in_force(self, on: date):
        """Exceptions whose days include the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


class Handling(models.Model):
    """What one township does differently with one item; an empty field means the guide's rule holds."""

    scope = Scope(county="item__county", township="township")

    item = models.ForeignKey(Item, models.PROTECT, related_name="handlings", verbose_name=_("item"))
    township = models.ForeignKey(
        Township, models.PROTECT, related_name="handlings", verbose_name=_("township")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("no longer valid from"), null=True, blank=True)
    rule = models.CharField(_("where it is handled"), max_length=10, choices=HandlingRule, blank=True)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="handlings", verbose_name=_("office")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    window = models.CharField(_("window"), max_length=50, blank=True)
    hours = models.CharField(_("hours"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    promised_limit = models.PositiveSmallIntegerField(_("shorter limit"), null=True, blank=True)
    is_suspended = models.BooleanField(_("suspended"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )
    # What guide and list said when somebody last looked; None of rows that are older than this record.
    checked_against = models.JSONField(null=True, blank=True, editable=False)

    objects = HandlingQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["checked_against"])

    class Meta:
        verbose_name = _("handling in a township")
        verbose_name_plural = _("handling in townships")
        ordering = ["township", "item", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "township"],
                condition=Q(valid_to__isnull=True),
                name="catalog_handling_only_one_is_open",
                violation_error_message=_("The exception before this one must end first."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="catalog_handling_ends_after_it_begins",
                violation_error_message=_("An exception ends after the day from which it is valid."),
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by__isnull=True)
                | Q(verified_on__isnull=False, verified_by__isnull=False),
                name="catalog_handling_verification_has_day_and_person",
                violation_error_message=_("A verification has a day and a person."),
            ),
        ]

    def __str__(self):
        return f"{self.item} · {self.township}"

    def clean(self):
        super().clean()
        if self.office_id and self.office.township_id != self.township_id:
            raise ValidationError({"office": _("This office belongs to another township.")})
        if self.item_id and self.township_id and self.item.county_id != self.township.county_id:
            raise ValidationError({"township": _("This township belongs to another county.")})
