import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import County
from accounts.scope import Scope

from ..choices import CommentVerdict, EditionState
from .edition import HEAVY_OF_EDITION, Edition
from .item import Item

# Without letters and figures that are taken for one another on paper and on the phone.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
TOKEN = 14
RECEIPT = 10
LONGEST_COMMENT = 2000


def draw_token() -> str:
    """The part of an address that only those know who were given it."""
    return "".join(secrets.choice(ALPHABET) for _place in range(TOKEN))


def draw_receipt() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(RECEIPT)).upper()


class CommentRoundQuerySet(models.QuerySet):
    def running(self, on: date):
        """Periods in which comments are taken on the day."""
        return self.filter(opens_on__lte=on, closes_on__gt=on, ended_on__isnull=True)

    def of_county(self, county: County):
        """Those of a county with the editions they are about, the first to end first."""
        rounds = self.filter(edition__list__county=county, edition__state=EditionState.OPEN_FOR_COMMENT)
        lists = ("county", "township", "township_class")
        joined = rounds.select_related(*(f"edition__list__{name}" for name in lists))
        return joined.defer(*HEAVY_OF_EDITION).order_by("closes_on", "pk")

    def with_counts(self):
        """Count the comments and what became of them, as `received`, `open`, `taken`, `partly`, `not_taken`."""
        verdicts = {
            verdict.name.lower(): Count("comments", filter=Q(comments__verdict=verdict))
            for verdict in CommentVerdict
        }
        return self.annotate(received=Count("comments"), **verdicts)


class CommentRound(models.Model):
    """One period in which the public comments on a draft, under an address given with the notice.

    Half-open: `closes_on` is the first day on which no comment is taken. `ended_on` says that somebody closed
    it, `reason` why where that was before its day. `digest` is that of the words which were shown.
    """

    scope = Scope(county="edition__list__county")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rounds", verbose_name=_("edition"))
    token = models.CharField(_("address"), max_length=40, unique=True, default=draw_token, editable=False)
    opens_on = models.DateField(_("comment opens on"))
    closes_on = models.DateField(_("comment closes on"))
    ended_on = models.DateField(_("closed on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    notice = models.TextField(_("notice"), max_length=4000, blank=True)
    summary = models.TextField(_("summary of the comments"), max_length=8000, blank=True)
    digest = models.CharField(_("digest of what was shown"), max_length=64, editable=False)

    objects = CommentRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("public comment")
        verbose_name_plural = _("public comments")
        ordering = ["edition", "opens_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on")),
                name="catalog_commentround_closes_after_it_opens",
                violation_error_message=_("A comment period lasts a day at least."),
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(ended_on__isnull=True),
                name="catalog_commentround_is_one_at_a_time",
                violation_error_message=_("A draft is open for comment once at a time."),
            ),
        ]

    def __str__(self):
        return f"{self.edition} ({self.opens_on} – {self.last_day})"

    def get_absolute_url(self):
        return reverse("draft", args=[self.edition.list.county.code, self.token])

    @property
    def last_day(self) -> date:
        """The last day on which comments are taken, as a notice prints it."""
        return self.closes_on - timedelta(days=1)

    @property
    def was_cut_short(self) -> bool:
        return self.ended_on is not None and self.ended_on < self.closes_on

    def is_running(self, on: date) -> bool:
        return self.ended_on is None and self.opens_on <= on < self.closes_on


class Heard(models.Model):
    """What somebody from outside says, with the number by which they find the answer.

    Nobody is asked for a name, and no address is kept. What becomes of it (`verdict`) and why (`answer`) each
    kind words for itself; `hearing.store_answer` writes them.
    """

    receipt = models.CharField(
        _("receipt number"), max_length=20, unique=True, default=draw_receipt, editable=False
    )
    received_on = models.DateField(_("received on"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.receipt


class Comment(Heard):
    """What somebody said of a draft."""

    scope = Scope(county="round__edition__list__county")

    round = models.ForeignKey(
        CommentRound, models.PROTECT, related_name="comments", verbose_name=_("public comment")
    )
    item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    entry_name = models.CharField(_("entry as printed in the draft"), max_length=500, blank=True)
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    verdict = models.CharField(_("what becomes of it"), max_length=10, choices=CommentVerdict, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["round", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", answer="") | ~(Q(verdict="") | Q(answer="")),
                name="catalog_comment_is_answered_in_full",
                violation_error_message=_("An answer says what becomes of the comment, and why."),
            ),
        ]
