"""The catalogues of powers that a county hands down, by mode."""

from catalog.reading.values import first_day, last_day
from catalog.resources.base import HandledResource, department_field
from catalog.resources.columns import ListField
from catalog.resources.headings import HEADINGS
from catalog.resources.widgets import (
    CountWidget,
    DayWidget,
    LinesWidget,
    ReceiversWidget,
    SerialWidget,
    TextWidget,
)


def receivers_field(*headings: str) -> ListField:
    """The townships a power goes to; `headings` are a mode's own words for them."""
    return ListField(
        *headings,
        *HEADINGS["receiving_body"],
        attribute="receiving_body",
        widget=ReceiversWidget(),
        fills_down=True,
        takes_marks=True,
        takes_township=True,
    )


class DevolvedResource(HandledResource):
    """What the three modes share: a department's powers, listed department by department.

    A power handed down to several townships may have a row for each of them.
    """

    group_field = "department"
    told_apart_by = ("main_name", "name", "department", "responsible_unit", "receiving_body")

    receiving_body = receivers_field()
    department_seq = ListField(*HEADINGS["department_seq"], widget=SerialWidget())
    authority_scope = ListField(
        *HEADINGS["authority_scope"], widget=LinesWidget(), fills_down=True, within="department"
    )
    supervision = ListField(*HEADINGS["supervision"], widget=LinesWidget())


class DelegatedPowersResource(DevolvedResource):
    """下放（赋权）目录: powers the townships exercise in their own name."""

    department = department_field("下放部门", "赋权部门", "下放单位", "放权部门", "下放机关")
    way_of_delegation = ListField(*HEADINGS["way_of_delegation"], fills_down=True)


class EntrustedPowersResource(DevolvedResource):
    """委托目录: powers the townships exercise in the department's name (行政处罚法 20, 行政许可法 24)."""

    department = department_field("委托机关", "委托部门", "委托单位", "委托主体", "委托方")
    valid_from = ListField(
        *HEADINGS["valid_from"], widget=DayWidget(first_day), fills_down=True, within="department"
    )
    valid_to = ListField(
        *HEADINGS["valid_to"], widget=DayWidget(last_day), fills_down=True, within="department"
    )
    term = ListField(
        *HEADINGS["term"],
        widget=TextWidget(),
        fills_down=True,
        within="department",
        period=("valid_from", "valid_to"),
    )
    entrustment_doc = ListField(*HEADINGS["entrustment_doc"], fills_down=True, within="department")


class SecondedPowersResource(DevolvedResource):
    """派驻目录: what units that departments post to townships do in the department's name.

    A list of the units themselves has no items: there the unit is the item, and several townships may have
    one of the same name.
    """

    department = department_field(
        "派出部门", "派驻部门", "派出单位", "派出机关", "派出主体", "延伸部门", "管理部门"
    )
    seconded_unit = ListField(*HEADINGS["seconded_unit"], fills_down=True, stands_in_for="name")
    receiving_body = receivers_field(*HEADINGS["seconded_to"])
    head_count = ListField(*HEADINGS["head_count"], widget=CountWidget())
    posts = ListField(*HEADINGS["posts"], widget=CountWidget(), stands_in_for="head_count")
    duties = ListField(*HEADINGS["duties"], widget=LinesWidget())
    management = ListField(*HEADINGS["management"], widget=LinesWidget())
