from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import County
from accounts.scope import Scope

from ..search import tokens
from ..search.pinyin import spellings


class SynonymQuerySet(models.QuerySet):
    def of_county(self, county: County | int | None):
        """What everybody says, and what only people of this county say."""
        everywhere = Q(county=None)
        return self.filter(everywhere | Q(county=county) if county else everywhere)


class SynonymManager(models.Manager.from_queryset(SynonymQuerySet)):
    def get_by_natural_key(self, popular):
        return self.get(county=None, popular=popular)


class Synonym(models.Model):
    """What residents say, and what lists print for it: 低保 is 最低生活保障. Search takes one for the other.

    Extended by staff, for the whole installation or for one county. Also found by pinyin and initials (dibao, db).
    """

    scope = Scope(county="county")

    county = models.ForeignKey(
        County,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only in the county"),
        help_text=_("Empty means everywhere."),
    )
    popular = models.CharField(_("as people say"), max_length=50)
    official = models.CharField(_("as lists print"), max_length=200, help_text=_("Separated by 、"))
    spelt = models.CharField(_("pinyin and initials"), max_length=300, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = SynonymManager()

    class Meta:
        verbose_name = _("popular word")
        verbose_name_plural = _("popular words")
        ordering = ["popular"]
        constraints = [
            models.UniqueConstraint(
                fields=["popular"],
                condition=Q(county=None),
                name="catalog_synonym_is_one_for_everybody",
                violation_error_message=_("This word is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["county", "popular"],
                condition=Q(county__isnull=False),
                name="catalog_synonym_is_one_for_the_county",
                violation_error_message=_("This word is recorded already."),
            ),
        ]

    def __str__(self):
        return f"{self.popular} ↔ {self.official}"

    def save(self, *args, **kwargs):
        self.spelt = " ".join(spellings(self.popular))[:300]
        super().save(*args, **kwargs)

    def natural_key(self):
        return (self.popular,)

    @property
    def official_keys(self) -> list[str]:
        """Each wording of the lists as it is compared."""
        return [key for name in self.official.split("、") if (key := tokens.key(name))]
