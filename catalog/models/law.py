from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.scope import Scope


class LawManager(models.Manager):
    def get_by_natural_key(self, title):
        return self.get(title=title)


class Law(models.Model):
    """A law, regulation or rule that lists cite; its title stands without 中华人民共和国."""

    scope = Scope()

    title = models.CharField(_("title"), max_length=200, unique=True)
    short_titles = models.CharField(
        _("short titles"), max_length=200, blank=True, help_text=_("Separated by 、")
    )
    level = models.CharField(_("level"), max_length=50, blank=True)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)

    objects = LawManager()

    class Meta:
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        ordering = ["title"]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.title,)


class LawVersion(models.Model):
    """One version of a law, known by the day it was passed or published."""

    scope = Scope()

    law = models.ForeignKey(Law, models.CASCADE, related_name="versions", verbose_name=_("law"))
    made_on = models.DateField(_("version of"))

    class Meta:
        verbose_name = _("version of a law")
        verbose_name_plural = _("versions of laws")
        ordering = ["law", "made_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["law", "made_on"],
                name="catalog_lawversion_day_is_unique",
                violation_error_message=_("This version is recorded already."),
            ),
        ]

    def __str__(self):
        return f"{self.law} ({self.made_on})"


class Citation(models.Model):
    """A legal basis as a paper prints it, taken apart as far as it can be.

    What cannot be parsed keeps its text and `is_parsed=False`.
    """

    position = models.PositiveSmallIntegerField(_("position"))
    text = models.TextField(_("as printed"))
    law = models.ForeignKey(
        Law, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("law")
    )
    law_title = models.CharField(_("title as printed"), max_length=300, blank=True)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    article = models.CharField(_("article"), max_length=200, blank=True)
    articles = models.JSONField(
        _("articles in figures"), default=list, blank=True, help_text=_("11(2) is article 11, paragraph 2.")
    )
    is_parsed = models.BooleanField(_("understood"), default=True)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self):
        return self.text
