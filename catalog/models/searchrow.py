from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import County
from accounts.scope import Scope


class SearchRowQuerySet(models.QuerySet):
    def standing(self, on: date):
        """Rows whose days include the day; what ends or begins at midnight needs no write."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


class SearchRow(models.Model):
    """One thing as residents find it, over the days in which it can be found so.

    Made from what the sources say and never edited: `rebuild_search` gives the same rows again. Known by kind and code,
    it holds no key of the row it speaks of. Texts ending in `_key` are compared exactly, those ending in `_tokens` feed
    the index of the database, which a migration has laid beside this table.
    """

    scope = Scope(county="county")

    county = models.ForeignKey(County, models.CASCADE, related_name="+", verbose_name=_("county"))
    source = models.CharField(_("kind"), max_length=20)
    code = models.CharField(_("code"), max_length=20)
    number = models.BigIntegerField(_("code as a number"))
    title = models.CharField(_("title"), max_length=500)
    popular_names = models.CharField(_("popular names"), max_length=500, blank=True)
    line = models.CharField(_("line"), max_length=300, blank=True)
    facets = models.CharField(_("facets"), max_length=500, blank=True)
    places = models.TextField(_("places"), blank=True)
    valid_from = models.DateField(_("found from"))
    valid_to = models.DateField(_("no longer found from"), null=True, blank=True)
    title_key = models.TextField()
    names_key = models.TextField(blank=True)
    text_key = models.TextField(blank=True)
    title_tokens = models.TextField()
    text_tokens = models.TextField(blank=True)
    digest = models.CharField(max_length=32)

    objects = SearchRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of the search index")
        verbose_name_plural = _("rows of the search index")
        ordering = ["county", "source", "number", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "source", "code", "valid_from"],
                name="catalog_searchrow_is_one_for_thing_and_day",
                violation_error_message=_("The index holds this already."),
            ),
        ]

    def __str__(self):
        return self.title
