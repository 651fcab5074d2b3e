from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.scope import Scope

from ..choices import SuggestionDecision
from .entry import Entry
from .item import Item


class Suggestion(models.Model):
    """A row of a draft that may be an item of the edition before under another name.

    Nothing is joined by guess: until a clerk decides, the row is new and the item gone.
    """

    scope = Scope(county="entry__edition__list__county")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="suggestions", verbose_name=_("entry"))
    item = models.ForeignKey(Item, models.CASCADE, related_name="+", verbose_name=_("item before"))
    reason = models.CharField(_("why it is suggested"), max_length=20)
    decision = models.CharField(_("decision"), max_length=10, choices=SuggestionDecision, blank=True)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["entry", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "item"],
                name="catalog_suggestion_pairs_are_unique",
                violation_error_message=_("This pair is suggested already."),
            ),
        ]

    def __str__(self):
        return f"{self.entry} ← {self.item}"
