"""What every list kind's resource has: the core columns of the paper, and how a row becomes an entry."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.resources import ModelResource

from ..models import Entry
from ..reading.layout import Column
from .columns import ListField
from .headings import ARTICLES, HEADINGS
from .widgets import (
    BasisWidget,
    BodyWidget,
    CategoryWidget,
    CountWidget,
    DepartmentWidget,
    LimitWidget,
    LinesWidget,
    PowerTypeWidget,
    ReceiversWidget,
    SerialWidget,
    UnitWidget,
    is_limit,
    is_power_type,
)


class ListResource(ModelResource):
    """The columns of one kind of list, in the order a clerk expects them.

    `group_field` and `part_field` take what group rows (一、民政) and part headings (一、基本履职事项清单)
    say, where the list has no column of its own for it. `part` is the one part of such a list that is of
    this kind. `department_fields` name the department of a row, the first that says one. `told_apart_by`
    is what no two rows may share.
    """

    group_field = "domain"
    part_field = ""
    part = ""
    department_fields: tuple[str, ...] = ("department",)
    told_apart_by: tuple[str, ...] = ("main_name", "name", "department", "responsible_unit")

    class Meta:
        model = Entry
        # Only declared columns: an entry's other fields are no business of a spreadsheet.
        exclude = [field.name for field in Entry._meta.get_fields()]

    def import_data(self, *args, **kwargs):
        """Refuse: a list enters by its preview alone, with one comparison and one way to write."""
        raise ValidationError(
            _("A list is imported from its own page, where its preview is looked at and confirmed.")
        )

    @classmethod
    def columns(cls) -> list[Column]:
        """The columns as the layout reads them; a kind's own column takes its wordings from those it inherits."""
        columns: dict[str, Column] = {}
        taken: set[str] = set()
        for name, field in sorted(cls._readable().items(), key=lambda entry: cls._distance(*entry)):
            columns[name] = field.column(name, frozenset(taken))
            taken.update(field.headings)
        return [columns[name] for name in cls._readable()]

    @classmethod
    def part_named(cls, text: str) -> str:
        """The part a heading or cell names, in the kind's own wording; empty where it names none."""
        return ""

    @classmethod
    def part_told_by(cls, fields: set[str]) -> str:
        """The part whose columns these are."""
        return cls.part

    @classmethod
    def heading_of(cls, name: str) -> str:
        """The official heading of a field that may stand in a workbook of this kind."""
        return cls._readable()[name].column_name

    @classmethod
    def _readable(cls) -> dict[str, ListField]:
        """The fields that may stand in a workbook of this kind."""
        return cls.fields

    @classmethod
    def _distance(cls, name: str, field: ListField) -> int:
        """How far above this class a field is declared; one of another class comes before what is inherited."""
        above = [far for far, one in enumerate(cls.__mro__) if getattr(one, "fields", {}).get(name) is field]
        return above[-1] * 2 if above else 1


def department_field(*headings: str) -> ListField:
    """The county department of a row, under the headings a kind of list gives it before all others."""
    return ListField(
        *headings,
        *HEADINGS["department"],
        attribute="department_name",
        widget=DepartmentWidget(),
        fills_down=True,
        is_counted=True,
        phone_behind="phone",
        takes_sheet_title=True,
        is_common=True,
    )


class CoreResource(ListResource):
    """The columns nearly every list has; a kind adds its own."""

    department_fields = ("department", "implementing_body")

    item_code = ListField(*HEADINGS["item_code"], attribute="item__number", role="own_code")
    official_code = ListField(*HEADINGS["official_code"], role="code")
    seq = ListField(*HEADINGS["seq"], attribute="serial", widget=SerialWidget(), role="serial")
    main_seq = ListField(
        *HEADINGS["main_seq"],
        attribute="main_serial",
        widget=SerialWidget(),
        role="main_serial",
        fills_down=True,
    )
    sub_seq = ListField(*HEADINGS["sub_seq"], widget=SerialWidget(), stands_in_for="seq")
    domain = ListField(
        *HEADINGS["domain"],
        attribute="category_name",
        widget=CategoryWidget(),
        fills_down=True,
        is_counted=True,
        is_common=True,
    )
    main_name = ListField(
        *HEADINGS["main_name"],
        attribute="main_name",
        role="main_name",
        fills_down=True,
        is_counted=True,
        stands_in_for="name",
    )
    name = ListField(*HEADINGS["name"], attribute="name", role="name", is_required=True)
    power_type = ListField(
        *HEADINGS["power_type"],
        attribute="power_type",
        widget=PowerTypeWidget(),
        fills_down=True,
        recognises=is_power_type,
        takes_marks=True,
    )
    department = department_field("责任部门")
    implementing_body = ListField(*HEADINGS["implementing_body"], widget=BodyWidget(), fills_down=True)
    responsible_unit = ListField(
        *HEADINGS["responsible_unit"],
        attribute="responsible_unit",
        widget=UnitWidget(),
        fills_down=True,
        phone_behind="phone",
        is_counted=True,
        is_common=True,
    )
    receiving_body = ListField(
        *HEADINGS["receiving_body"],
        attribute="receiving_body",
        widget=ReceiversWidget(),
        fills_down=True,
        takes_marks=True,
    )
    service_target = ListField(*HEADINGS["service_target"], attribute="service_target")
    requirements = ListField(*HEADINGS["requirements"], attribute="requirements", widget=LinesWidget())
    legal_basis = ListField(
        *HEADINGS["legal_basis"], attribute="legal_basis", widget=BasisWidget(), goes_on_in=ARTICLES
    )
    remark = ListField(*HEADINGS["remark"], attribute="remark", widget=LinesWidget(), is_common=True)


class HandledResource(CoreResource):
    """Lists that also say how an item is handled; these columns stay as printed and fill the first guide."""

    conditions = ListField(*HEADINGS["conditions"], widget=LinesWidget())
    materials = ListField(*HEADINGS["materials"], widget=LinesWidget())
    procedure = ListField(*HEADINGS["procedure"], widget=LinesWidget())
    statutory_limit = ListField(*HEADINGS["statutory_limit"], widget=LimitWidget())
    promised_limit = ListField(
        *HEADINGS["promised_limit"],
        widget=LimitWidget(),
        recognises=is_limit,
        mistaken_for="hours",
        limit_by_law="statutory_limit",
    )
    fee = ListField(*HEADINGS["fee"], widget=LinesWidget())
    channels = ListField(*HEADINGS["channels"], widget=LinesWidget())
    visits = ListField(*HEADINGS["visits"], widget=CountWidget())
    result = ListField(*HEADINGS["result"], is_common=True)
    place = ListField(*HEADINGS["place"], fills_down=True, is_common=True)
    hours = ListField(*HEADINGS["hours"], fills_down=True, is_common=True)
    phone = ListField(*HEADINGS["phone"], fills_down=True, is_common=True)
    complaint_phone = ListField(*HEADINGS["complaint_phone"], fills_down=True)
