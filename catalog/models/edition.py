from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.models import Township
from accounts.scope import Scope

from ..choices import EditionState
from ..workdays import WorkCalendar
from .itemlist import ItemList

PUBLIC_STATES = (EditionState.ANNOUNCED, EditionState.REPEALED, EditionState.WITHDRAWN)
# What a county makes or changes is published within so many working days (政府信息公开条例 26).
PUBLISH_WITHIN = 20

# What only the desk and a list's own page read of an edition, and weighs more than all of its entries.
HEAVY = ("report", "tally")
HEAVY_OF_EDITION = tuple(f"edition__{name}" for name in HEAVY)

OPEN_STATES = (EditionState.DRAFT, EditionState.OPEN_FOR_COMMENT, EditionState.DECIDED)


class EditionQuerySet(models.QuerySet):
    def announced(self):
        """Editions that have been announced, whatever became of them later."""
        return self.filter(state__in=PUBLIC_STATES)

    def not_withdrawn(self):
        """Without those that were taken back before their day; they never held and nothing follows them."""
        return self.exclude(state=EditionState.WITHDRAWN)

    def in_force(self, on: date, published_by: date | None = None):
        """The edition of each list that is in force on the day: published, effective, the latest, not ended.

        For a day to come `published_by` is today: what is published later is nobody's to read yet.
        """
        latest = (
            Edition.objects.announced()
            .not_withdrawn()
            .filter(list=OuterRef("list"), effective_on__lte=on, published_on__lte=published_by or on)
            .order_by("-effective_on", "-correction")
        )
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on), pk=Subquery(latest.values("pk")[:1])
        )

    def public(self, on: date):
        """Editions a resident may read on the day: in force, former, and announced for a coming day.

        One that was withdrawn before it was published has never been anybody's to read.
        """
        published = self.announced().filter(published_on__lte=on)
        return published.exclude(state=EditionState.WITHDRAWN, ended_on__lt=F("published_on"))

    def of_kind(self, kind: str):
        return self.filter(list__kind=kind)

    def for_township(self, township: Township):
        """Editions of every list that speaks of the township, the narrowest scope first."""
        lists = ItemList.objects.applying_to(township)
        return self.filter(list__in=lists).order_by(
            F("list__township").asc(nulls_last=True), F("list__township_class").asc(nulls_last=True)
        )

    def counting_for(self, township: Township, on: date, published_by: date | None = None):
        """The edition of each list that holds for the township on the day; of one kind the first one counts.

        Whole list by whole list: a township with a list of its own takes nothing from the county's.
        """
        return self.in_force(on, published_by).for_township(township)

    def first_day(self) -> date | None:
        """The first day on which one of these editions was in force."""
        took_over = Greatest("effective_on", "published_on")
        return self.not_withdrawn().aggregate(first=Min(took_over))["first"]

    def for_choosing(self):
        """Editions as a select shows them, which for one without a title names its list."""
        return self.with_list()

    def with_list(self):
        """Join the list and whose it is; leave what is heavy where it is."""
        return self.select_related("list__county", "list__township", "list__township_class").defer(*HEAVY)

    def drafts(self):
        """Editions still being worked on, confirmed or not."""
        return self.exclude(state__in=(*PUBLIC_STATES, EditionState.GIVEN_UP))

    def visible_to(self, user):
        """Editions a member of staff may see: what was read and not confirmed is its clerk's alone."""
        return self.exclude(~Q(created_by=user), state=EditionState.UNCONFIRMED)

    def begun_by_others(self, user):
        """Drafts and imports that somebody else is at work on."""
        return self.drafts().exclude(created_by=user).select_related("created_by").defer(*HEAVY)

    def with_entry_count(self):
        """Count the entries, as `entry_count`."""
        return self.annotate(entry_count=models.Count("entries")).defer(*HEAVY)

    def latest_first(self):
        return self.order_by("-effective_on", "-correction", "-pk")


class Edition(models.Model):
    """One issue of a list, citable for ever: its title, document number, days and entries.

    A correction is an edition of the same effective day with a correction number above 0.
    """

    scope = Scope(county="list__county")

    list = models.ForeignKey(ItemList, models.PROTECT, related_name="editions", verbose_name=_("list"))
    state = models.CharField(
        _("state"), max_length=20, choices=EditionState, default=EditionState.DRAFT, editable=False
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    document_number = models.CharField(
        _("document number"), max_length=100, blank=True, help_text=_("Such as 青政办发〔2025〕12号.")
    )
    index_number = models.CharField(_("index number"), max_length=100, blank=True)
    issuing_body = models.CharField(_("issuing body"), max_length=100, blank=True)
    made_on = models.DateField(_("made on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    effective_on = models.DateField(_("effective from"), null=True, blank=True)
    ended_on = models.DateField(
        _("no longer in force from"), null=True, blank=True, help_text=_("The first day it no longer holds.")
    )
    correction = models.PositiveSmallIntegerField(_("correction number"), default=0)
    base = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="revisions",
        verbose_name=_("compared with"),
    )
    notes = models.TextField(_("notes of the list"), blank=True)
    source_file = models.FileField(_("workbook"), upload_to="lists/", blank=True, editable=False)
    source_name = models.CharField(_("name of the file"), max_length=255, blank=True, editable=False)
    source_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)
    report = models.JSONField(_("report of the import"), null=True, blank=True, editable=False)
    # What `tallies` counts when the edition is announced.
    tally = models.JSONField(_("counts of its entries"), null=True, editable=False)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("begun by"),
    )
    announced_at = models.DateTimeField(_("announced at"), null=True, blank=True, editable=False)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("announced by"),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["list", "-effective_on", "-correction", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC_STATES)
                | (
                    ~Q(title="")
                    & ~Q(document_number="")
                    & Q(published_on__isnull=False, effective_on__isnull=False)
                ),
                name="catalog_edition_announced_has_its_record",
                violation_error_message=_(
                    "An announced edition has a title, a document number, a day of publication "
                    "and a day from which it is in force."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state__in=PUBLIC_STATES, announced_at__isnull=False)
                | (~Q(state__in=PUBLIC_STATES) & Q(announced_at__isnull=True, announced_by__isnull=True)),
                name="catalog_edition_announced_has_its_moment",
                violation_error_message=_("Only an announced edition has a moment of announcement."),
            ),
            models.UniqueConstraint(
                fields=["list", "effective_on", "correction"],
                condition=Q(state__in=PUBLIC_STATES),
                name="catalog_edition_is_one_for_list_and_day",
                violation_error_message=_(
                    "Another edition of this list takes effect on this day already; a correction gets a number."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(effective_on__isnull=False, ended_on__gt=F("effective_on"))
                | Q(state=EditionState.WITHDRAWN),
                name="catalog_edition_ends_after_it_begins",
                violation_error_message=_("An edition ends after the day from which it is in force."),
            ),
            models.CheckConstraint(
                condition=Q(source_file="", source_sha256="") | ~(Q(source_file="") | Q(source_sha256="")),
                name="catalog_edition_source_has_its_digest",
                violation_error_message=_("A stored workbook is known by its SHA-256."),
            ),
        ]

    def __str__(self):
        """The name with what tells editions of one name apart: the day, or for a draft when it was begun."""
        if self.is_public:
            return f"{self.name} ({self.day_slug})"
        begun = f" {localtime(self.created_at):%Y-%m-%d %H:%M}" if self.created_at else ""
        return f"{self.name} ({self.get_state_display()}{begun})"

    def get_absolute_url(self):
        return reverse("edition", args=[self.list.county.code, self.list.slug, self.day_slug])

    @property
    def name(self) -> str:
        """Its title, or the list it is of while it has none."""
        return self.title or str(self.list)

    @property
    def day_slug(self) -> str:
        """The last part of its address: the effective day, and the number of a correction."""
        return self.effective_on.isoformat() + (f"-{self.correction}" if self.correction else "")

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def takes_over_on(self) -> date:
        """The day from which it stands in the place of the edition before: effective and published."""
        return max(self.effective_on, self.published_on)

    @property
    def is_editable(self) -> bool:
        """Entries can be written while the edition is a draft; afterwards it is frozen."""
        return self.state in (EditionState.UNCONFIRMED, EditionState.DRAFT)

    @property
    def is_open(self) -> bool:
        """Whether it is on its road: confirmed, and neither announced nor anything after that."""
        return self.state in OPEN_STATES

    def publication_due(self, calendar: WorkCalendar) -> date | None:
        """Until when it is published, counted from the day on which it was made, which itself does not count."""
        return calendar.last_of(PUBLISH_WITHIN, self.made_on) if self.made_on else None


def edition_for_each(townships, editions) -> dict[Township, Edition]:
    """Which of these editions of one kind counts for each township.

    Its own, else its class's, else the county's: the same choice as `counting_for`, for many townships at
    once. A township without an edition is left out.
    """
    own = {edition.list.township_id: edition for edition in editions if edition.list.township_id}
    of_class = {
        edition.list.township_class_id: edition for edition in editions if edition.list.township_class_id
    }
    of_county = next((edition for edition in editions if edition.list.breadth == 2), None)
    counting = {}
    for township in townships:
        edition = own.get(township.pk) or of_class.get(township.township_class_id) or of_county
        if edition is not None:
            counting[township] = edition
    return counting
