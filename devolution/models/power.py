from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.choices import TownshipKind
from accounts.models import County, Department, Township
from accounts.scope import Scope
from catalog.choices import POWER_TYPE_NAMES, PowerType
from catalog.models import Category, Item
from catalog.models.law import Citation

from ..choices import CoercionKind
from ..wording import name_key

APPLIED_FOR = (
    PowerType.LICENCE,
    PowerType.BENEFIT,
    PowerType.CONFIRMATION,
    PowerType.AWARD,
    PowerType.ADJUDICATION,
    PowerType.OTHER,
    PowerType.SERVICE,
)
HELD_BY_ONE = _("A power is held by a department, or by named kinds of townships themselves.")


class PowerNumbering(models.Model):
    """The last running number a county has given to a power; numbers are never reused."""

    scope = Scope(county="county")

    county = models.OneToOneField(County, models.PROTECT, primary_key=True, verbose_name=_("county"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("numbering of powers")
        verbose_name_plural = _("numberings of powers")

    def __str__(self):
        return f"{self.county}: {self.last}"

    @classmethod
    @transaction.atomic
    def draw(cls, county: County, count: int = 1) -> range:
        """Give out the next numbers of the county, one caller at a time."""
        cls.objects.get_or_create(county=county)
        numbering = cls.objects.select_for_update().get(county=county)
        first = numbering.last + 1
        numbering.last += count
        numbering.save()
        return range(first, first + count)


class PowerQuerySet(models.QuerySet):
    def current(self):
        """Powers that have not been linked to another as the same one."""
        return self.filter(same_as=None)

    def of_townships(self, kind: str | None = None):
        """Powers that statutes give to the townships themselves, or to one kind of them."""
        own = self.filter(department=None)
        # The quotes tell "town" from "township" in the stored list; SQLite has no `contains` for JSON.
        return own if kind is None else own.filter(township_kinds__icontains=f'"{kind}"')

    def called_like(self, *, department: Department | None, name: str, main_name: str = ""):
        """Powers of the department whose name two typists would write alike."""
        return self.current().filter(
            department=department, name_key=name_key(name), main_name_key=name_key(main_name)
        )

    def that_residents_apply_for(self):
        """Powers that do something for people; penalties, coercion, levies and inspections are none."""
        return self.filter(power_type__in=APPLIED_FOR)


class Power(models.Model):
    """What an authority may do: a department's, or the townships' own by statute.

    Known in the county by a running number that is never given again. What the law asks about its
    nature (coercion, liberty, weight) is proposed from its name and can be corrected.
    """

    scope = Scope(county="county", department="department")

    county = models.ForeignKey(County, models.PROTECT, related_name="powers", verbose_name=_("county"))
    number = models.PositiveIntegerField(_("power code"), help_text=_("A running number in the county."))
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="powers",
        verbose_name=_("department"),
        help_text=_("Empty where a statute gives the power to the townships themselves."),
    )
    township_kinds = models.JSONField(
        _("kinds of townships"),
        default=list,
        blank=True,
        help_text=_("Which kinds a statute gives the power to; only where no department holds it."),
    )
    main_name = models.CharField(_("main item"), max_length=500, blank=True)
    main_name_key = models.CharField(max_length=500, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=500)
    name_key = models.CharField(max_length=500, editable=False)
    power_type = models.CharField(_("power type"), max_length=2, choices=PowerType, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="powers", verbose_name=_("field")
    )
    responsibilities = models.TextField(_("responsibilities"), blank=True)
    accountability = models.TextField(_("accountability"), blank=True)
    coercion = models.CharField(_("kind of coercion"), max_length=20, choices=CoercionKind, blank=True)
    restricts_liberty = models.BooleanField(_("restricts personal liberty"), default=False)
    is_heavy = models.BooleanField(
        _("weighs heavily"),
        default=False,
        help_text=_("Revokes licences, halts business, or is a large fine."),
    )
    includes_enforcement = models.BooleanField(_("takes enforcement along"), default=False)
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="others",
        verbose_name=_("is the same as"),
    )
    items = models.ManyToManyField(
        Item, through="PowerItem", related_name="powers", blank=True, verbose_name=_("items")
    )

    objects = PowerQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("power")
        verbose_name_plural = _("powers")
        ordering = ["county", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "number"],
                name="devolution_power_number_is_unique_in_county",
                violation_error_message=_("The county has given this power code already."),
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="devolution_power_number_is_positive",
                violation_error_message=_("Power codes begin with 1."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="devolution_power_has_a_name",
                violation_error_message=_("A power needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(department__isnull=False, township_kinds=[])
                | Q(department__isnull=True) & ~Q(township_kinds=[]),
                name="devolution_power_has_one_holder",
                violation_error_message=HELD_BY_ONE,
            ),
            models.CheckConstraint(
                condition=Q(coercion="") | Q(power_type=PowerType.COERCION),
                name="devolution_power_only_coercion_has_a_kind",
                violation_error_message=_("Only coercion is a measure or an enforcement."),
            ),
        ]
        indexes = [models.Index(fields=["department", "name_key"], name="devolution_power_by_name")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.note_keys()
        super().save(*args, **kwargs)

    def note_keys(self) -> None:
        """Keep the names as they are compared."""
        self.name_key, self.main_name_key = name_key(self.name), name_key(self.main_name)

    @property
    def code(self) -> str:
        """The power's code as addresses and exports print it."""
        return str(self.number)

    @property
    def is_townships_own(self) -> bool:
        """Whether a statute gives it to the townships themselves, so that nothing is handed down."""
        return self.department_id is None

    @property
    def power_type_name(self) -> str:
        """The official Chinese name of the type; empty where none is stated."""
        return POWER_TYPE_NAMES[PowerType(self.power_type)] if self.power_type else ""

    def is_held_by(self, township: Township) -> bool:
        """Whether a statute gives it to townships of this kind."""
        return self.is_townships_own and township.kind in self.township_kinds

    def clean(self):
        super().clean()
        if self.department_id and self.department.county_id != self.county_id:
            raise ValidationError({"department": _("This department belongs to another county.")})
        kinds = self.township_kinds
        if not isinstance(kinds, list) or not set(kinds) <= set(TownshipKind) - {TownshipKind.QUASI_UNIT}:
            raise ValidationError({"township_kinds": _("Powers are held by kinds of townships only.")})
        if bool(kinds) == bool(self.department_id):
            raise ValidationError({"department": HELD_BY_ONE})


class PowerItem(models.Model):
    """A power by which an item of the lists is done."""

    scope = Scope(county="power__county", department="power__department")

    power = models.ForeignKey(Power, models.CASCADE, related_name="power_items", verbose_name=_("power"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="power_items", verbose_name=_("item"))

    class Meta:
        verbose_name = _("item of a power")
        verbose_name_plural = _("items of powers")
        ordering = ["power", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["power", "item"],
                name="devolution_poweritem_is_recorded_once",
                violation_error_message=_("This item is joined to the power already."),
            ),
        ]

    def __str__(self):
        return f"{self.power} · {self.item}"

    def clean(self):
        super().clean()
        if self.power_id and self.item_id and self.power.county_id != self.item.county_id:
            raise ValidationError({"item": _("This item belongs to another county.")})


class PowerBasis(Citation):
    """One citation in the legal basis of a power, with what staff know of it beyond the national statutes."""

    scope = Scope(county="power__county", department="power__department")

    power = models.ForeignKey(Power, models.CASCADE, related_name="bases", verbose_name=_("power"))
    names_townships = models.BooleanField(
        _("gives it to townships"),
        default=False,
        help_text=_("The article itself puts this power at township level."),
    )
    names_subdistricts = models.BooleanField(
        _("gives it to subdistricts"),
        default=False,
        help_text=_("The article itself puts this power at subdistrict level."),
    )
    permits_entrusting = models.BooleanField(
        _("permits entrusting"),
        default=False,
        help_text=_("The article itself lets the department entrust this power."),
    )

    class Meta(Citation.Meta):
        verbose_name = _("legal basis of a power")
        verbose_name_plural = _("legal bases of powers")
        ordering = ["power", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["power", "position"],
                name="devolution_powerbasis_position_is_unique_in_power",
                violation_error_message=_("Two citations cannot stand in one place."),
            ),
        ]
