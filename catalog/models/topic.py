from django.db import models
from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from accounts.models import County
from accounts.scope import Scope

MOST_TOPICS = 12


class TopicQuerySet(models.QuerySet):
    def words_of(self, county: County) -> list[str]:
        """The words that a county offers, in its order."""
        return list(self.filter(county=county).values_list("words", flat=True)[:MOST_TOPICS])

    def commonest(self) -> list[str]:
        """The words that most counties offer, for a page that belongs to none of them."""
        counted = self.order_by().values("words").annotate(counties=Count("pk"), first=Min("position"))
        return [row["words"] for row in counted.order_by("-counties", "first", "words")[:MOST_TOPICS]]


class Topic(models.Model):
    """What residents of a county ask for most, in their words, as its staff know it: a search behind one link.

    Put there by people, because what readers search for is not written down unless they find nothing.
    """

    scope = Scope(county="county")

    county = models.ForeignKey(County, models.CASCADE, related_name="topics", verbose_name=_("county"))
    words = models.CharField(
        _("words"), max_length=20, help_text=_("As residents say it; the link searches for these words.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("popular topic")
        verbose_name_plural = _("popular topics")
        ordering = ["county", "position", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "words"],
                name="catalog_topic_is_offered_once",
                violation_error_message=_("These words are offered already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(words=""),
                name="catalog_topic_has_words",
                violation_error_message=_("A topic has words."),
            ),
        ]

    def __str__(self):
        return self.words
