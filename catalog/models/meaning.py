from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import County
from accounts.scope import Scope

from ..kinds import kind_called, kind_choices


class ColumnMeaning(models.Model):
    """What a county says one heading means in its lists of one kind; its next file is read by it.

    Without a `field` the column is kept under its heading, or left out where `is_left_out`.
    """

    scope = Scope(county="county")

    county = models.ForeignKey(
        County, models.PROTECT, related_name="column_meanings", verbose_name=_("county")
    )
    kind = models.CharField(_("kind"), max_length=40, choices=kind_choices)
    heading = models.CharField(_("heading as printed"), max_length=400)
    key = models.CharField(_("heading as compared"), max_length=400, editable=False)
    field = models.CharField(_("column of the list"), max_length=60, blank=True)
    is_left_out = models.BooleanField(_("not imported"), default=False)
    decided_at = models.DateTimeField(_("decided at"), auto_now=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("meaning of a heading")
        verbose_name_plural = _("meanings of headings")
        ordering = ["county", "kind", "heading"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "key"],
                name="catalog_columnmeaning_is_one_for_a_heading",
                violation_error_message=_("The county has decided on this heading already."),
            ),
            models.CheckConstraint(
                condition=~Q(key=""),
                name="catalog_columnmeaning_has_a_heading",
                violation_error_message=_("A column without a heading has nothing to be known by."),
            ),
            models.CheckConstraint(
                condition=Q(is_left_out=False) | Q(field=""),
                name="catalog_columnmeaning_left_out_has_no_field",
                violation_error_message=_("A column that is not imported stands for no column of the list."),
            ),
        ]

    def __str__(self):
        return self.heading

    @property
    def said(self) -> str | None:
        """The meaning as the layout takes it: a field, an empty text, or None."""
        return None if self.is_left_out else self.field

    @property
    def told(self) -> str:
        """The meaning in a clerk's words."""
        if self.is_left_out:
            return str(_("not imported"))
        if not self.field:
            return str(_("kept under its heading"))
        columns = {column.field: column.heading for column in kind_called(self.kind).resource.columns()}
        return columns.get(self.field, self.field)
