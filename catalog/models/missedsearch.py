from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import County, Township
from accounts.scope import Scope


class MissedSearch(models.Model):
    """Words for which residents of a township have found nothing; a count and days, nothing of a person.

    Words with long numbers are not kept, for they may be somebody's.
    """

    scope = Scope(county="county", township="township")

    county = models.ForeignKey(
        County, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("county")
    )
    township = models.ForeignKey(
        Township, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("township")
    )
    words = models.CharField(_("words"), max_length=60)
    count = models.PositiveIntegerField(_("times"), default=0)
    told = models.PositiveIntegerField(_("said to be missing"), default=0)
    first_on = models.DateField(_("first on"))
    last_on = models.DateField(_("last on"))

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        ordering = ["-told", "-count", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["words"],
                condition=Q(county=None),
                name="catalog_missedsearch_is_counted_once",
                violation_error_message=_("These words are counted already."),
            ),
            models.UniqueConstraint(
                fields=["county", "words"],
                condition=Q(county__isnull=False, township=None),
                name="catalog_missedsearch_is_counted_once_in_the_county",
                violation_error_message=_("These words are counted already."),
            ),
            models.UniqueConstraint(
                fields=["township", "words"],
                condition=Q(township__isnull=False),
                name="catalog_missedsearch_is_counted_once_in_the_township",
                violation_error_message=_("These words are counted already."),
            ),
        ]

    def __str__(self):
        return self.words
