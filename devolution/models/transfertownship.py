from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import OfficeKind
from accounts.models import Department, Office, Township, TownshipSuccession
from accounts.scope import Scope
from catalog.choices import PowerType

from ..choices import Mode, Standing, TransferState, WithdrawalReason
from .assessment import Assessment
from .instrument import Instrument
from .power import Power
from .transfer import Transfer

PREPARED, IN_FORCE, WITHDRAWN = TransferState.PREPARED, TransferState.IN_FORCE, TransferState.WITHDRAWN


class TransferTownshipQuerySet(models.QuerySet):
    def prepared(self):
        """Handed down on paper only: something the law wants, or the act itself, is missing."""
        return self.filter(state=PREPARED)

    def put_in_force(self):
        """Everything that has been put in force, whatever became of it later."""
        return self.exclude(state=PREPARED)

    def in_force(self, on: date):
        """What townships exercise on the day; past its term a power is never in force."""
        return self.put_in_force().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)

    def coming(self, on: date):
        """Put in force for a later day."""
        return self.put_in_force().filter(valid_from__gt=on).exclude(valid_to=F("valid_from"))

    def awaiting_confirmation(self):
        """Prepared for a township that followed another, until a document confirms it."""
        return self.prepared().exclude(follows=None)

    def expired(self, on: date):
        """Put in force and never taken back, but past the term on the day."""
        return self.filter(state=IN_FORCE, valid_to__lte=on)

    def withdrawn(self, on: date):
        """Taken back by the day; what is taken back from a later day on is still in force."""
        return self.filter(state=WITHDRAWN, withdrawn_on__lte=on)

    def ending_within(self, days: int, on: date):
        """In force on the day, and for not more than so many days beyond it."""
        return self.in_force(on).filter(valid_to__lte=on + timedelta(days=days))

    def evaluations_overdue(self, on: date):
        """In force on the day, and not evaluated by the day on which it was due."""
        return self.in_force(on).filter(transfer__evaluation_due__lt=on)

    def overlapping(self, first: date | None, end: date | None):
        """Put in force for days that meet the half-open period; None is without bound."""
        rows = self.put_in_force().exclude(valid_to=F("valid_from"))
        if first is not None:
            rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first))
        return rows if end is None else rows.filter(valid_from__lt=end)

    def of_township(self, township: Township):
        return self.filter(township=township)

    def ended(self, township: Township, on: date):
        """What the township exercised before the day and no longer does, past its term or taken back."""
        ended = (
            self.put_in_force().filter(township=township, valid_to__lte=on).exclude(valid_to=F("valid_from"))
        )
        again = self.model._default_manager.in_force(on).filter(township=township).values("power")
        return ended.exclude(power__in=again).for_reading().order_by("-valid_to", "power__number")

    def of_county(self, county):
        return self.filter(township__county=county)

    def in_mode(self, mode: str):
        return self.filter(mode=mode)

    def not_on_record(self):
        """Taken over as found with something missing that the law wants: a to-do for staff."""
        penalty = Q(mode=Mode.DELEGATED, power__power_type=PowerType.PENALTY) & (
            Q(transfer__provincial_decision=None)
            | Q(transfer__provincial_decision__published_on=None)
            | Q(transfer__evaluation_due=None)
        )
        entrusted = Q(mode=Mode.ENTRUSTED) & (
            Q(transfer__authority="")
            | Q(transfer__instrument__published_on=None)
            | Q(transfer__instrument__valid_to=None, transfer__instrument__is_open_ended=False)
        )
        return self.filter(penalty | entrusted | Q(transfer__instrument__number=""), is_as_found=True)

    def moved_by(self, paper: Instrument):
        """Put in force, extended, confirmed or taken back by the paper."""
        by = Q(transfer__instrument=paper) | Q(term_instrument=paper)
        return self.put_in_force().filter(by | Q(confirmation=paper) | Q(withdrawal=paper))

    def for_reading(self):
        """Join what a row is shown with."""
        return self.select_related(
            "township__county",
            "power__department",
            "power__category",
            "transfer__instrument",
            "transfer__provincial_decision",
            "withdrawal",
            "taken_over_by",
            "office",
        )


class TransferTownship(models.Model):
    """One power in one township: prepared, put in force, taken back.

    Repeats power and mode of its transfer, so that "one mode for one power, township and period" can
    be held by the database. The stored state is only what people did; whether it is in force on a day
    follows from the days, which are half-open.
    """

    scope = Scope(county="township__county", department="power__department", township="township")

    transfer = models.ForeignKey(
        Transfer, models.PROTECT, related_name="receipts", verbose_name=_("transfer")
    )
    township = models.ForeignKey(
        Township, models.PROTECT, related_name="receipts", verbose_name=_("township")
    )
    power = models.ForeignKey(
        Power, models.PROTECT, editable=False, related_name="receipts", verbose_name=_("power")
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=TransferState, default=PREPARED, editable=False
    )
    valid_from = models.DateField(_("exercised from"), null=True, blank=True, editable=False)
    valid_to = models.DateField(_("no longer exercised from"), null=True, blank=True, editable=False)
    term_instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="extensions",
        verbose_name=_("extended by"),
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="receipts",
        verbose_name=_("seconded unit"),
    )
    assessment = models.ForeignKey(
        Assessment,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="receipts",
        verbose_name=_("assessment"),
    )
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True, editable=False)
    acceptance = models.CharField(_("words of acceptance"), max_length=300, blank=True, editable=False)
    put_in_force_at = models.DateTimeField(_("put in force at"), null=True, blank=True, editable=False)
    put_in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("put in force by"),
    )
    is_as_found = models.BooleanField(_("taken over as found"), default=False, editable=False)
    found_in = models.CharField(_("document it was found in"), max_length=200, blank=True, editable=False)
    withdrawn_on = models.DateField(_("taken back from"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(
        _("reason for taking back"), max_length=20, choices=WithdrawalReason, blank=True, editable=False
    )
    withdrawal_note = models.TextField(_("words on taking back"), blank=True, editable=False)
    withdrawal = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="withdrawals",
        verbose_name=_("withdrawal decision"),
    )
    taken_over_by = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("department that takes over"),
    )

    follows = models.ForeignKey(
        TownshipSuccession,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="receipts",
        verbose_name=_("follows by reorganisation"),
    )
    confirmation = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="confirmations",
        verbose_name=_("confirmed by"),
    )

    objects = TransferTownshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("power in a township")
        verbose_name_plural = _("powers in townships")
        ordering = ["township", "power", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "township"],
                condition=~Q(state=WITHDRAWN),
                name="devolution_transfertownship_names_a_township_once",
                violation_error_message=_("This transfer names the township already."),
            ),
            models.CheckConstraint(
                condition=Q(state=PREPARED, put_in_force_at__isnull=True, put_in_force_by__isnull=True)
                | (~Q(state=PREPARED) & Q(put_in_force_at__isnull=False, valid_from__isnull=False)),
                name="devolution_transfertownship_in_force_has_its_moment",
                violation_error_message=_("What is put in force has a first day and a moment."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from"))
                | Q(state=WITHDRAWN, valid_to__gte=F("valid_from")),
                name="devolution_transfertownship_ends_after_it_begins",
                violation_error_message=_(
                    "A power is exercised for at least one day, unless taken back before."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=WITHDRAWN,
                    withdrawn_on__isnull=False,
                    valid_to__isnull=False,
                    valid_to__lte=F("withdrawn_on"),
                )
                & ~Q(withdrawal_reason="")
                | ~Q(state=WITHDRAWN)
                & Q(withdrawn_on__isnull=True, withdrawal_reason="", withdrawal__isnull=True)
                & Q(taken_over_by__isnull=True),
                name="devolution_transfertownship_withdrawal_is_whole",
                violation_error_message=_("What is taken back has a day and a reason, and nothing else has."),
            ),
            models.CheckConstraint(
                condition=Q(confirmation=None) | Q(follows__isnull=False) & ~Q(state=PREPARED),
                name="devolution_transfertownship_only_what_follows_is_confirmed",
                violation_error_message=_("One paper for all confirms only what follows a reorganisation."),
            ),
            models.CheckConstraint(
                condition=Q(is_as_found=True) & ~Q(found_in="") | Q(is_as_found=False, found_in=""),
                name="devolution_transfertownship_found_in_a_document",
                violation_error_message=_("What is taken over as found names the document it was found in."),
            ),
        ]
        indexes = [
            models.Index(fields=["township", "state", "valid_from"], name="devolution_receipt_of_township"),
            models.Index(fields=["power", "township"], name="devolution_receipt_of_power"),
        ]

    def __str__(self):
        return f"{self.power} · {self.township}"

    def clean(self):
        super().clean()
        if self.transfer_id and (self.power_id, self.mode) != (self.transfer.power_id, self.transfer.mode):
            raise ValidationError(_("Power and mode are those of the transfer."))
        if self.township_id and self.power_id and self.township.county_id != self.power.county_id:
            raise ValidationError({"township": _("This township belongs to another county.")})
        if self.office_id:
            self._clean_office()

    def _clean_office(self):
        if self.mode != Mode.SECONDED or self.office.kind != OfficeKind.SECONDED:
            raise ValidationError({"office": _("Only a seconded power hangs on a seconded unit.")})
        if self.office.township_id != self.township_id:
            raise ValidationError({"office": _("This office belongs to another township.")})
        if self.office.sending_department_id != self.power.department_id:
            raise ValidationError({"office": _("Another department sends this unit.")})

    def standing(self, on: date) -> Standing:
        """What it is on the day; the same line as the querysets draw."""
        if self.state == PREPARED:
            return Standing.PREPARED
        if self.valid_to is not None and self.valid_to <= on:
            return Standing.WITHDRAWN if self.state == WITHDRAWN else Standing.EXPIRED
        return Standing.COMING if self.valid_from > on else Standing.IN_FORCE

    @property
    def last_day(self) -> date | None:
        """The last day on which it is exercised."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None
