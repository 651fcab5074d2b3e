"""The three parts of a township's duty list, issued since 2024: basic, cooperating, withdrawn.

A workbook may hold all three, on one sheet or on three, so each kind can read the columns of the others.
"""

from ..reading.layout.wording import part_name
from .base import CoreResource
from .columns import ListField
from .headings import HEADINGS
from .widgets import DepartmentWidget, FieldWidget, LinesWidget

BASIC, COOPERATING, WITHDRAWN = "基本履职事项", "配合履职事项", "上级部门收回事项"


class DutiesResource(CoreResource):
    """What the three parts share: their own fields of duty, which are not the policy's fields of service."""

    part_field = "list_part"

    domain = ListField(
        *HEADINGS["domain"],
        attribute="category_name",
        widget=FieldWidget(),
        fills_down=True,
        is_counted=True,
    )
    list_part = ListField(*HEADINGS["list_part"], fills_down=True)

    @classmethod
    def _readable(cls):
        others = CooperatingDutiesResource.fields | WithdrawnMattersResource.fields
        return {**cls.fields, **others, **cls.fields}

    @classmethod
    def part_named(cls, text):
        name = part_name(text)
        return name if name in (BASIC, COOPERATING, WITHDRAWN) else ""

    @classmethod
    def part_told_by(cls, fields):
        if fields & {"township_duties", "superior_duties"}:
            return COOPERATING
        if fields & (WithdrawnMattersResource.fields.keys() - CoreResource.fields.keys() - {"list_part"}):
            return WITHDRAWN
        return COOPERATING if "superior_departments" in fields else BASIC


class BasicDutiesResource(DutiesResource):
    """基本履职事项: what the township does by itself; the list gives names and nothing else."""

    part = BASIC


class CooperatingDutiesResource(DutiesResource):
    """配合履职事项: what departments above do with the township's help, and who does what."""

    part = COOPERATING
    department_fields = ("superior_departments", "department")

    superior_departments = ListField(
        *HEADINGS["superior_departments"], widget=DepartmentWidget(), fills_down=True
    )
    superior_duties = ListField(*HEADINGS["superior_duties"], widget=LinesWidget())
    township_duties = ListField(*HEADINGS["township_duties"], widget=LinesWidget())


class WithdrawnMattersResource(DutiesResource):
    """上级部门收回事项: what a department above does again, and how; several lists print both in one cell."""

    part = WITHDRAWN
    department_fields = ("taking_over_department", "department")

    taking_over = ListField(
        *HEADINGS["taking_over"],
        widget=LinesWidget(),
        labelled=(
            ("taking_over_department", (*HEADINGS["taking_over_department"], "责任部门")),
            ("way_of_working", HEADINGS["way_of_working"]),
        ),
    )
    taking_over_department = ListField(
        *HEADINGS["taking_over_department"], widget=DepartmentWidget(), fills_down=True
    )
    way_of_working = ListField(*HEADINGS["way_of_working"], widget=LinesWidget())
