from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import County
from accounts.scope import Scope

from ..choices import SuccessionKind


class ItemNumbering(models.Model):
    """The last running number a county has given to an item; numbers are never reused."""

    scope = Scope(county="county")

    county = models.OneToOneField(County, models.PROTECT, primary_key=True, verbose_name=_("county"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("numbering of items")
        verbose_name_plural = _("numberings of items")

    def __str__(self):
        return f"{self.county}: {self.last}"

    @classmethod
    @transaction.atomic
    def draw(cls, county: County, count: int) -> range:
        """Give out the next `count` numbers of the county, one caller at a time."""
        cls.objects.get_or_create(county=county)
        numbering = cls.objects.select_for_update().get(county=county)
        first = numbering.last + 1
        numbering.last += count
        numbering.save()
        return range(first, first + count)


class ItemQuerySet(models.QuerySet):
    def with_latest_name(self):
        """Join the name an item bears in the newest edition that carries it, as `latest_name`."""
        entries = (
            apps.get_model("catalog", "Entry")
            .objects.filter(item=models.OuterRef("pk"))
            .order_by(F("edition__effective_on").desc(nulls_last=True), "-edition__correction", "-edition_id")
        )
        return self.annotate(latest_name=models.Subquery(entries.values("name")[:1]))

    def for_choosing(self):
        """Items as a select shows them: by name and code."""
        return self.with_latest_name()


class Item(models.Model):
    """What lives through the editions: one thing a township does, under one code for ever."""

    scope = Scope(county="county")

    county = models.ForeignKey(County, models.PROTECT, related_name="items", verbose_name=_("county"))
    number = models.PositiveIntegerField(_("item code"), help_text=_("A running number in the county."))
    basic_code = models.CharField(_("basic code"), max_length=12, blank=True)
    implementation_code = models.CharField(_("implementation code"), max_length=31, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["county", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "number"],
                name="catalog_item_number_is_unique_in_county",
                violation_error_message=_("The county has given this item code already."),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gt=0),
                name="catalog_item_number_is_positive",
                violation_error_message=_("Item codes begin with 1."),
            ),
        ]

    def __str__(self):
        """The code, behind the name where it was joined."""
        name = getattr(self, "latest_name", None)
        return f"{name} ({self.code})" if name else self.code

    def get_absolute_url(self):
        return reverse("item", args=[self.county.code, self.code])

    @property
    def code(self) -> str:
        """The item's code as addresses and exports print it."""
        return str(self.number)


class Succession(models.Model):
    """An item that follows another from an edition on: split from it, merged from it, or in its place."""

    scope = Scope(county="edition__list__county")

    edition = models.ForeignKey(
        "Edition", models.PROTECT, related_name="successions", verbose_name=_("edition")
    )
    predecessor = models.ForeignKey(
        Item, models.PROTECT, related_name="successors", verbose_name=_("item before")
    )
    successor = models.ForeignKey(
        Item, models.PROTECT, related_name="predecessors", verbose_name=_("item after")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SuccessionKind)

    class Meta:
        verbose_name = _("succession of items")
        verbose_name_plural = _("successions of items")
        ordering = ["edition", "predecessor", "successor"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "predecessor", "successor"],
                name="catalog_succession_is_recorded_once",
                violation_error_message=_("This succession is recorded already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="catalog_succession_joins_two_items",
                violation_error_message=_("An item cannot follow itself."),
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
