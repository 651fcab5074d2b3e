from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.scope import Scope


class CategoryManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Category(models.Model):
    """A field of township services: the policy's six basic and thirteen other fields, and one level below.

    Source: 中办发〔2017〕11号 (四). Lists word the fields in their own way;
    `aliases` holds the wordings that mean the same.
    """

    scope = Scope()

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=50, unique=True)
    name_en = models.CharField(_("name in English"), max_length=100)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_basic = models.BooleanField(_("one of the six basic fields"), default=False)
    aliases = models.CharField(
        _("other wordings"), max_length=300, blank=True, help_text=_("As lists write them, separated by 、")
    )

    objects = CategoryManager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "code"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)

    @property
    def names(self) -> list[str]:
        """Every wording that means this category, the official one first."""
        return [self.name, *(alias.strip() for alias in self.aliases.split("、") if alias.strip())]
