from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import County, Township, TownshipClass
from accounts.scope import Scope

from ..choices import EditionState
from ..kinds import ListKind, kind_called, kind_choices


class ItemListQuerySet(models.QuerySet):
    def applying_to(self, township: Township):
        """The lists that speak of this township: its own, its class's and the county's."""
        of_the_class = models.Q(township_class=township.township_class_id)
        if township.township_class_id is None:
            of_the_class = models.Q(pk__in=[])
        whole_county = models.Q(township=None, township_class=None)
        return self.filter(
            models.Q(county=township.county_id) & (models.Q(township=township) | of_the_class | whole_county)
        )

    def with_edition_count(self):
        """Count the confirmed editions, as `edition_count`."""
        confirmed = ~models.Q(editions__state=EditionState.UNCONFIRMED)
        return self.annotate(edition_count=models.Count("editions", filter=confirmed))

    def with_slug(self, slug: str):
        """The list of a county whose address ends so; the reverse of `ItemList.slug`."""
        kind, _dash, scope = slug.partition("-")
        if scope.isdecimal():
            return self.filter(kind=kind, township__code=scope)
        if scope:
            return self.filter(kind=kind, township_class__code=scope)
        return self.for_whole_county(kind)

    def for_whole_county(self, kind: str):
        return self.filter(kind=kind, township=None, township_class=None)


class ItemList(models.Model):
    """A list a county keeps: one kind for the whole county, one class of townships or one township."""

    scope = Scope(county="county")

    county = models.ForeignKey(County, models.PROTECT, related_name="lists", verbose_name=_("county"))
    kind = models.CharField(_("kind"), max_length=40, choices=kind_choices)
    township_class = models.ForeignKey(
        TownshipClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lists",
        verbose_name=_("only for the class"),
    )
    township = models.ForeignKey(
        Township,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lists",
        verbose_name=_("only for the township"),
    )

    objects = ItemListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        ordering = ["county", "kind", "township_class", "township"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(township__isnull=True) | models.Q(township_class__isnull=True),
                name="catalog_itemlist_has_one_scope",
                violation_error_message=_(
                    "A list is for one class of townships or for one township, not both."
                ),
            ),
            models.UniqueConstraint(
                fields=["county", "kind"],
                condition=models.Q(township=None, township_class=None),
                name="catalog_itemlist_is_one_for_the_county",
                violation_error_message=_("The county already keeps a list of this kind."),
            ),
            models.UniqueConstraint(
                fields=["township_class", "kind"],
                condition=models.Q(township_class__isnull=False),
                name="catalog_itemlist_is_one_for_the_class",
                violation_error_message=_("There already is a list of this kind for this class."),
            ),
            models.UniqueConstraint(
                fields=["township", "kind"],
                condition=models.Q(township__isnull=False),
                name="catalog_itemlist_is_one_for_the_township",
                violation_error_message=_("There already is a list of this kind for this township."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.holder}"

    def get_absolute_url(self):
        return reverse("list", args=[self.county.code, self.slug])

    @property
    def list_kind(self) -> ListKind:
        return kind_called(self.kind)

    @property
    def holder(self) -> County | Township | TownshipClass:
        """For whom the list is."""
        return self.township or self.township_class or self.county

    @property
    def slug(self) -> str:
        """The last part of its address: the kind, and the class or township when it is only for them."""
        if self.township or self.township_class:
            return f"{self.kind}-{self.holder.code}"
        return self.kind

    @property
    def breadth(self) -> int:
        """How wide it reaches: 0 one township, 1 one class, 2 the whole county."""
        if self.township_id:
            return 0
        return 1 if self.township_class_id else 2

    def clean(self):
        super().clean()
        for field in ("township", "township_class"):
            body = getattr(self, field)
            if body is not None and body.county_id != self.county_id:
                raise ValidationError({field: _("This belongs to another county.")})
