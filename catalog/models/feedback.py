from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import County, Department, Township
from accounts.scope import Scope

from ..choices import FeedbackKind, FeedbackVerdict
from .comment import Heard
from .item import Item

LONGEST_FEEDBACK = 1000


class FeedbackQuerySet(models.QuerySet):
    def answered_before(self, moment: datetime):
        """Reports whose readers have had an answer since before the moment."""
        return self.filter(answered_at__lt=moment)


class Feedback(Heard):
    """What a reader says is wrong on an item's page, or missing.

    `times` counts those who pressed the button for the same matter without writing anything: one line on a
    desk, however many there are.
    """

    scope = Scope(county="county", department="department", township="township")

    county = models.ForeignKey(County, models.PROTECT, related_name="+", verbose_name=_("county"))
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("township")
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
        help_text=_("The one behind the item when the report came in."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=FeedbackKind)
    item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    entry_name = models.CharField(_("item as printed"), max_length=500, blank=True)
    words = models.CharField(_("searched for"), max_length=60, blank=True)
    text = models.TextField(_("what the reader says"), max_length=LONGEST_FEEDBACK, blank=True)
    times = models.PositiveIntegerField(_("times"), default=1)
    verdict = models.CharField(_("what becomes of it"), max_length=10, choices=FeedbackVerdict, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a reader")
        verbose_name_plural = _("reports of readers")
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", answer="") | ~(Q(verdict="") | Q(answer="")),
                name="catalog_feedback_is_answered_in_full",
                violation_error_message=_("An answer says what becomes of the report, and why."),
            ),
            models.CheckConstraint(
                condition=~Q(entry_name="", words="", text=""),
                name="catalog_feedback_says_what_it_is_about",
                violation_error_message=_("A report names an item, or says what is missing."),
            ),
        ]

    @property
    def subject(self) -> str:
        """What it is about, in a line."""
        return self.entry_name or self.words or self.text[:60]
