"""The three parts of a township's duty list, issued since 2024: basic, cooperating, withdrawn."""

from .base import CoreResource
from .columns import ListField
from .widgets import DepartmentWidget, LinesWidget


class DutiesResource(CoreResource):
    """What the three parts share: their own fields of duty, which are not the policy's fields of service."""

    part_field = "list_part"

    domain = ListField(
        "类别", "事项类别", "领域", "履职领域", "分类",
        attribute="category_name", fills_down=True, is_counted=True,
    )  # fmt: skip
    list_part = ListField("履职类型", "清单类型")


class BasicDutiesResource(DutiesResource):
    """基本履职事项: what the township does by itself; the list gives names and nothing else."""


class CooperatingDutiesResource(DutiesResource):
    """配合履职事项: what departments above do with the township's help, and who does what."""

    superior_departments = ListField(
        "对应上级部门", "上级部门", "对应的上级部门", "牵头上级部门", "上级主管部门", "对口上级部门", "牵头部门",
        widget=DepartmentWidget(), fills_down=True, is_counted=True,
    )  # fmt: skip
    superior_duties = ListField(
        "上级部门职责", "上级职责", "部门职责", "上级部门工作职责", "上级部门主要职责", widget=LinesWidget()
    )
    township_duties = ListField(
        "乡镇配合职责", "配合职责", "镇配合职责", "乡镇(街道)配合职责", "街道配合职责", "乡配合职责", "乡镇职责",
        widget=LinesWidget(),
    )  # fmt: skip


class WithdrawnMattersResource(DutiesResource):
    """上级部门收回事项: what a department above does again, and how; several lists print both in one cell."""

    taking_over = ListField(
        "承接部门及工作方式", "承接部门和工作方式", "承接部门、工作方式", "收回部门及工作方式",
        widget=LinesWidget(),
        labelled=(
            ("taking_over_department", ("承接部门", "收回部门", "承接单位")),
            ("way_of_working", ("工作方式", "履职方式", "工作方法")),
        ),
    )  # fmt: skip
    taking_over_department = ListField(
        "承接部门", "收回部门", "上级承接部门", "承接的上级部门",
        widget=DepartmentWidget(), fills_down=True, is_counted=True,
    )  # fmt: skip
    way_of_working = ListField("工作方式", "承接工作方式", "履职方式", "工作方法", widget=LinesWidget())
