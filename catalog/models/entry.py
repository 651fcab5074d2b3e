import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from accounts.scope import Scope

from ..choices import POWER_TYPE_NAMES, PowerType
from .category import Category
from .edition import HEAVY_OF_EDITION, Edition
from .item import Item
from .law import Citation

# The values a paper prints; two entries with the same digest of them say the same.
PRINTED_FIELDS = (
    "main_name",
    "name",
    "power_type",
    "category_name",
    "department_name",
    "responsible_unit",
    "receiving_body",
    "service_target",
    "requirements",
    "legal_basis",
    "remark",
    "details",
)

# Those of them that are fields of their own; the details come last.
TEXTS = PRINTED_FIELDS[:-1]

# What a table of many entries prints of each.
LINE = (
    "serial",
    "main_name",
    "name",
    "power_type",
    "category_name",
    "responsible_unit",
    "service_target",
    "item__number",
)

# What no two entries of an edition share; a kind of list may be stricter, and says so in its resource.
TOLD_APART_BY = ("main_name", "name", "department_name", "responsible_unit", "receiving_body")

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_encode_text = json.encoder.encode_basestring

# Beside a detail that does not say all its words (长期 names no day) the words are kept under its name with this.
WORDS = "_printed"

# What the administration does to people, not for them: nobody applies for it.
NEVER_APPLIED_FOR = (PowerType.PENALTY, PowerType.COERCION, PowerType.LEVY, PowerType.INSPECTION)


class EntryQuerySet(models.QuerySet):
    def public(self, on: date):
        """Entries of the editions a resident may read on the day."""
        return self._of(Edition.objects.public(on))

    def in_force(self, on: date, published_by: date | None = None):
        """Entries of the editions that are in force on the day; `published_by` as of editions."""
        return self._of(Edition.objects.in_force(on, published_by))

    def _of(self, editions):
        # Asked of each entry: `edition__in` makes SQLite look through the editions of all counties first.
        return self.filter(Exists(editions.filter(pk=OuterRef("edition"))))

    def that_residents_apply_for(self):
        """Entries a resident can apply for; penalties, coercion, levies and inspections are none."""
        return self.exclude(power_type__in=NEVER_APPLIED_FOR)

    def in_category(self, category: Category):
        """Entries of the category or of one below it."""
        return self.filter(Q(category=category) | Q(category__parent=category))

    def for_reading(self):
        """Join what an entry is shown with, but not the import's report, heavier than all the rest."""
        return (
            self.select_related("item", "category", "department", "edition__list__county")
            .select_related("edition__list__township", "edition__list__township_class")
            .defer(*HEAVY_OF_EDITION)
            .prefetch_related("bases")
        )

    def as_lines(self):
        """Only what a long table prints of an entry, as named tuples in the order of the paper.

        Fifty rows as models, each with its item, take three times as long.
        """
        return self.order_by("position").values_list(*LINE, named=True)

    def matching(self, words: str):
        """Entries whose name or service object contains the words."""
        return self.filter(
            Q(name__icontains=words) | Q(main_name__icontains=words) | Q(service_target__icontains=words)
        )


class NameKeyField(models.CharField):
    """A digest of what tells an entry apart, kept by every way of saving one.

    The texts themselves may be longer than an index of PostgreSQL takes.
    """

    def pre_save(self, model_instance, add):
        key = name_key_of([getattr(model_instance, name) for name in TOLD_APART_BY])
        setattr(model_instance, self.attname, key)
        return key


class Entry(models.Model):
    """An item as the paper says it in one edition, cell for cell; frozen with its edition.

    `serial` and `main_serial` are the paper's own numbers and identify nothing.
    What only one kind of list has stands in `details`, named by the kind's resource.
    """

    scope = Scope(county="edition__list__county")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries", verbose_name=_("edition"))
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("item")
    )
    position = models.PositiveIntegerField(_("place in the list"))
    serial = models.PositiveIntegerField(_("serial"), null=True, blank=True)
    main_serial = models.PositiveIntegerField(_("serial of the main item"), null=True, blank=True)
    main_name = models.CharField(_("main item"), max_length=500, blank=True)
    name = models.CharField(_("name"), max_length=500)
    power_type = models.CharField(_("power type"), max_length=2, choices=PowerType, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("category")
    )
    category_name = models.CharField(_("category as printed"), max_length=100, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("department"),
    )
    department_name = models.CharField(_("department as printed"), max_length=200, blank=True)
    responsible_unit = models.CharField(_("responsible unit"), max_length=200, blank=True)
    receiving_body = models.CharField(_("receivers as printed"), max_length=500, blank=True)
    service_target = models.TextField(_("service object"), blank=True)
    requirements = models.TextField(_("requirements"), blank=True)
    legal_basis = models.TextField(_("legal basis as printed"), blank=True)
    remark = models.TextField(_("remark"), blank=True)
    details = models.JSONField(_("further columns"), default=dict, blank=True)
    digest = models.CharField(_("digest of what is printed"), max_length=64, editable=False)
    name_key = NameKeyField(_("digest of what tells it apart"), max_length=32, editable=False)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True, editable=False)
    row = models.PositiveIntegerField(_("row"), null=True, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "item"],
                name="catalog_entry_item_stands_once_in_edition",
                violation_error_message=_("This item stands in the edition already."),
            ),
            models.UniqueConstraint(
                fields=["edition", "name_key"],
                name="catalog_entry_name_stands_once_in_edition",
                violation_error_message=_(
                    "The edition already has an entry of this main item, name, department and responsible unit."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="catalog_entry_has_a_name",
                violation_error_message=_("An entry needs a name."),
            ),
        ]
        indexes = [models.Index(fields=["edition", "position"], name="catalog_entry_in_order")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        edition = self.edition
        return reverse(
            "entry",
            args=[edition.list.county.code, edition.list.slug, edition.day_slug, self.item.code],
        )

    def clean(self):
        """Bring the key up to date before the constraints are asked."""
        self._meta.get_field("name_key").pre_save(self, add=False)

    @property
    def is_applied_for(self) -> bool:
        """Whether a resident can apply for it; the same line as `that_residents_apply_for`."""
        return self.power_type not in NEVER_APPLIED_FOR

    @property
    def power_type_name(self) -> str:
        """The official Chinese name of the type, as exports print it; empty where the list states none."""
        return POWER_TYPE_NAMES[PowerType(self.power_type)] if self.power_type else ""

    @property
    def printed_details(self) -> list[tuple[str, str]]:
        """What the paper says beyond the core columns: its headings and what stands under them."""
        return list(details_as_printed(self.details, self.edition.list.list_kind.resource.fields).items())

    def compute_digest(self) -> str:
        """SHA-256 of what the paper prints, in hexadecimal."""
        return digest_of([getattr(self, name) for name in PRINTED_FIELDS])


def details_as_printed(details: Mapping[str, object], columns: Mapping[str, object]) -> dict[str, str]:
    """Stored details as their paper says them: heading and text, by the columns of the kind's resource."""
    texts: dict[str, str] = {}
    for name, value in details.items():
        base = name.removesuffix(WORDS)
        if base != name and base in columns:
            texts[base] = _as_text(value)
        else:
            texts.setdefault(name, _as_text(value))
    return {columns[name].column_name if name in columns else name: text for name, text in texts.items()}


def name_key_of(told_apart_by: Sequence[str]) -> str:
    """A digest of the values of `TOLD_APART_BY`, in hexadecimal."""
    return hashlib.blake2b("\x1f".join(told_apart_by).encode(), digest_size=16).hexdigest()


def digest_of(printed: Sequence[object]) -> str:
    """SHA-256 of the values of `PRINTED_FIELDS`, in hexadecimal."""
    *texts, details = printed
    # The array that the encoder would write, at a third of the cost.
    parts = [*map(_encode_text, texts), _ENCODER.encode(details) if details else "{}"]
    return hashlib.sha256(f"[{','.join(parts)}]".encode()).hexdigest()


def _as_text(value) -> str:
    """A stored detail as one reads it: names joined, a limit with its unit."""
    if isinstance(value, dict):
        return f"{value['value']}{value['unit']}"  # PostgreSQL keeps the keys in an order of its own
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)


class Basis(Citation):
    """One citation in the legal basis of an entry."""

    scope = Scope(county="entry__edition__list__county")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="bases", verbose_name=_("entry"))

    class Meta(Citation.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["entry", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "position"],
                name="catalog_basis_position_is_unique_in_entry",
                violation_error_message=_("Two citations cannot stand in one place."),
            ),
        ]
