from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.choices import TownshipKind
from accounts.scope import Scope

from ..choices import ChannelKind, GuideState, HandlingRule, LimitUnit, MaterialNeed
from .item import Item


class GuideQuerySet(models.QuerySet):
    def approved(self):
        """Guides that residents read, on whichever day; not what is still proposed."""
        return self.filter(state=GuideState.APPROVED)

    def in_force(self, on: date):
        """Approved guides whose days include the day."""
        return self.approved().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)

    def with_item_name(self):
        """Join the name the item bears in the newest edition that carries it, as `item_name`."""
        named = Item.objects.with_latest_name().filter(pk=models.OuterRef("item"))
        return self.annotate(item_name=models.Subquery(named.values("latest_name")[:1]))

    def unverified_since(self, day: date):
        """Guides nobody has confirmed to be correct since the day."""
        return self.filter(Q(verified_on__isnull=True) | Q(verified_on__lt=day))


class Guide(models.Model):
    """How to get an item done: what to bring, how long it takes, what it costs, where it is handled.

    Kept by the department between editions; a change begins a new guide and ends the one before. Somebody
    proposes it, a second person approves it, and it is in force on its day.
    What is empty is not on record. Limits are whole numbers of `…_unit`; 0 means "while you wait".
    """

    scope = Scope(county="item__county")

    item = models.ForeignKey(Item, models.PROTECT, related_name="guides", verbose_name=_("item"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("no longer valid from"), null=True, blank=True)
    popular_names = models.CharField(
        _("popular names"), max_length=200, blank=True, help_text=_("Separated by 、")
    )
    conditions = models.TextField(_("conditions"), blank=True)
    statutory_limit = models.PositiveSmallIntegerField(_("statutory limit"), null=True, blank=True)
    statutory_limit_unit = models.CharField(
        _("counted in"), max_length=1, choices=LimitUnit, default=LimitUnit.WORKING_DAYS
    )
    promised_limit = models.PositiveSmallIntegerField(_("promised limit"), null=True, blank=True)
    promised_limit_unit = models.CharField(
        _("counted in"), max_length=1, choices=LimitUnit, default=LimitUnit.WORKING_DAYS
    )
    visits = models.PositiveSmallIntegerField(_("visits needed"), null=True, blank=True)
    is_free = models.BooleanField(_("free of charge"), null=True, blank=True)
    fee_name = models.CharField(_("fee"), max_length=100, blank=True)
    fee_standard = models.CharField(_("rate of the fee"), max_length=200, blank=True)
    fee_basis = models.CharField(_("basis of the fee"), max_length=300, blank=True)
    result_name = models.CharField(_("result"), max_length=100, blank=True)
    phone = models.CharField(_("phone for questions"), max_length=50, blank=True)
    rule = models.CharField(_("where it is handled"), max_length=10, choices=HandlingRule, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=100, blank=True)
    township_kinds = models.JSONField(
        _("for which kinds of townships"),
        default=list,
        blank=True,
        help_text=_("Empty means all of them."),
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )

    state = models.CharField(
        _("state"), max_length=10, choices=GuideState, default=GuideState.APPROVED, editable=False
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved or refused by"),
    )
    refusal = models.CharField(_("why it was refused"), max_length=500, blank=True, editable=False)

    objects = GuideQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        ordering = ["item", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "valid_from"],
                condition=Q(state=GuideState.APPROVED),
                name="catalog_guide_is_one_for_item_and_day",
                violation_error_message=_("Another guide of this item begins on this day."),
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(valid_to__isnull=True, state=GuideState.APPROVED),
                name="catalog_guide_only_one_is_open",
                violation_error_message=_("The guide before this one must end first."),
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=[GuideState.WRITING, GuideState.PROPOSED]),
                name="catalog_guide_only_one_is_proposed",
                violation_error_message=_("A change of this guide is under way already."),
            ),
            models.CheckConstraint(
                condition=Q(state=GuideState.APPROVED) | Q(proposed_by__isnull=False),
                name="catalog_guide_proposal_has_its_author",
                violation_error_message=_("A proposal has somebody who makes it."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="catalog_guide_ends_after_it_begins",
                violation_error_message=_("A guide ends after the day from which it is valid."),
            ),
            models.CheckConstraint(
                condition=Q(promised_limit__isnull=True)
                | Q(statutory_limit__isnull=True)
                | ~Q(promised_limit_unit=F("statutory_limit_unit"))
                | Q(promised_limit__lte=F("statutory_limit")),
                name="catalog_guide_promise_is_within_the_law",
                violation_error_message=_("The promised limit cannot be longer than the statutory one."),
            ),
            models.CheckConstraint(
                condition=Q(fee_name="", fee_standard="", fee_basis="")
                | ~(Q(fee_name="") | Q(fee_standard="") | Q(fee_basis="")),
                name="catalog_guide_fee_is_stated_in_full",
                violation_error_message=_("A fee has a name, a rate and a basis."),
            ),
            models.CheckConstraint(
                condition=Q(fee_name="") | Q(is_free__isnull=True) | Q(is_free=False),
                name="catalog_guide_is_free_or_has_a_fee",
                violation_error_message=_("What is free of charge has no fee."),
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by__isnull=True)
                | Q(verified_on__isnull=False, verified_by__isnull=False),
                name="catalog_guide_verification_has_day_and_person",
                violation_error_message=_("A verification has a day and a person."),
            ),
        ]

    def __str__(self):
        return f"{self.item} ({self.valid_from})"

    def speaks_of(self, kind: TownshipKind) -> bool:
        """Whether the rule of handling holds for townships of this kind."""
        return not self.township_kinds or kind in self.township_kinds

    def rule_for(self, kind: TownshipKind) -> str:
        """Where townships of this kind handle the item; empty where nothing is on record for them."""
        return self.rule if self.speaks_of(kind) else ""


class Channel(models.Model):
    """One way to hand in an application, with its link where it has one."""

    scope = Scope(county="guide__item__county")

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="channels", verbose_name=_("guide"))
    kind = models.CharField(_("channel"), max_length=10, choices=ChannelKind)
    link = models.URLField(_("link"), blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["guide", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "kind"],
                name="catalog_channel_kind_is_unique_in_guide",
                violation_error_message=_("The guide names this channel already."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Material(models.Model):
    """A document to bring, with its blank form and a filled sample; what is empty is not on record."""

    scope = Scope(county="guide__item__county")

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="materials", verbose_name=_("guide"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=200)
    need = models.CharField(_("need"), max_length=12, choices=MaterialNeed, blank=True)
    originals = models.PositiveSmallIntegerField(_("originals"), null=True, blank=True)
    copies = models.PositiveSmallIntegerField(_("copies"), null=True, blank=True)
    source = models.CharField(_("where it comes from"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    blank_form = models.FileField(_("blank form"), upload_to="forms/", blank=True)
    filled_sample = models.FileField(_("filled sample"), upload_to="samples/", blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("document to bring")
        verbose_name_plural = _("documents to bring")
        ordering = ["guide", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "position"],
                name="catalog_material_position_is_unique_in_guide",
                violation_error_message=_("Two documents cannot stand in one place."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_dropped(self) -> bool:
        """Whether it was asked for once and need not be brought any more."""
        return self.need == MaterialNeed.DROPPED

    def paper(self, kind: str):
        """The blank form ("form") or the filled sample ("sample"), where there is one."""
        return {"form": self.blank_form, "sample": self.filled_sample}[kind]


class Step(models.Model):
    """One step of the procedure, in order."""

    scope = Scope(county="guide__item__county")

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="steps", verbose_name=_("guide"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=100)
    text = models.TextField(_("what happens"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["guide", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "position"],
                name="catalog_step_position_is_unique_in_guide",
                violation_error_message=_("Two steps cannot stand in one place."),
            ),
        ]

    def __str__(self):
        return self.name
