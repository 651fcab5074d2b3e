from django.utils.translation import gettext_lazy as _

from ..choices import (
    OFFICE_KIND_ALIASES,
    OFFICE_KIND_NAMES,
    TOWNSHIP_KIND_ALIASES,
    TOWNSHIP_KIND_NAMES,
    OfficeKind,
)
from ..models import Department, Office, Township, TownshipClass, TownshipSuccession, Village
from ..succession import move_along
from .base import Column, ScopedResource
from .widgets import BodyWidget, CodeWidget, DayWidget, NumberWidget, WordWidget

CLOSED = _("When it is shut, as the notice prints it.")
MARKET = _("When the market is held, by which calendar, and what holds at the windows then.")


class TownshipClassResource(ScopedResource):
    """A county's own grouping of its townships."""

    sheet = "乡镇分类"

    code = Column(
        "code",
        "代码",
        CodeWidget(),
        is_required=True,
        explanation=_("Small letters, digits and _ only; part of the address of its lists."),
    )
    name = Column("name", "名称", is_required=True)

    class Meta:
        model = TownshipClass
        import_id_fields = ["code"]
        fields = ("code", "name")


class TownshipResource(ScopedResource):
    """The townships of a county, by their division codes."""

    sheet = "乡镇"

    code = Column(
        "code",
        "行政区划代码",
        CodeWidget(),
        is_required=True,
        explanation=_("Nine digits, set as text; the first six are the county's."),
    )
    name = Column("name", "名称", is_required=True)
    kind = Column("kind", "类型", WordWidget(TOWNSHIP_KIND_NAMES, TOWNSHIP_KIND_ALIASES), is_required=True)
    township_class = Column(
        "township_class", "分类", BodyWidget(TownshipClass), explanation=_("The name of a class, if any.")
    )
    population = Column("population", "人口", NumberWidget(), explanation=_("Registered residents."))
    area = Column("area", "面积（平方公里）", NumberWidget(is_whole=False))
    centre_name = Column("centre_name", "便民服务中心")
    centre_address = Column("centre_address", "中心地址")
    centre_hours = Column("centre_hours", "办公时间")
    centre_closed_days = Column("centre_closed_days", "休息日", explanation=CLOSED)
    centre_market_days = Column("centre_market_days", "赶集日", explanation=MARKET)
    centre_phone = Column("centre_phone", "中心电话")
    longitude = Column("longitude", "经度", NumberWidget(is_whole=False), explanation=_("In degrees."))
    latitude = Column("latitude", "纬度", NumberWidget(is_whole=False), explanation=_("In degrees."))

    class Meta:
        model = Township
        import_id_fields = ["code"]
        fields = (
            "code",
            "name",
            "kind",
            "township_class",
            "population",
            "area",
            "centre_name",
            "centre_address",
            "centre_hours",
            "centre_closed_days",
            "centre_market_days",
            "centre_phone",
            "longitude",
            "latitude",
        )


class TownshipSuccessionResource(ScopedResource):
    """Which township gave way to which."""

    sheet = "乡镇沿革"

    predecessor = Column("predecessor", "原乡镇", BodyWidget(Township), is_required=True)
    successor = Column("successor", "新乡镇", BodyWidget(Township), is_required=True)
    effective_on = Column(
        "effective_on", "生效日期", DayWidget(), is_required=True, explanation=_("Such as 2025-07-01.")
    )
    document_number = Column("document_number", "文号")

    class Meta:
        model = TownshipSuccession
        import_id_fields = ["predecessor", "successor"]
        fields = ("predecessor", "successor", "effective_on", "document_number")

    def after_save_instance(self, instance, row, **kwargs):
        """A succession from a sheet moves what is kept as one typed by hand does."""
        move_along(succession=instance, by=self.user)


class OfficeResource(ScopedResource):
    """The offices, centres, stations and seconded units of townships."""

    sheet = "内设机构"

    township = Column(
        "township",
        "乡镇",
        BodyWidget(Township),
        is_required=True,
        explanation=_("Its name or nine-digit code."),
    )
    name = Column("name", "名称", is_required=True)
    kind = Column(
        "kind", "类型", WordWidget(OFFICE_KIND_NAMES, OFFICE_KIND_ALIASES), default=OfficeKind.OFFICE.value
    )
    sending_department = Column(
        "sending_department",
        "派出部门",
        BodyWidget(Department),
        explanation=_("For seconded units, and only for them."),
    )
    head_count = Column("head_count", "编制人数", NumberWidget())
    management = Column("management", "日常管理")
    phone = Column("phone", "电话")
    address = Column("address", "地址", explanation=_("Where it sits, if that is not the service centre."))
    hours = Column("hours", "办公时间")
    closed_days = Column("closed_days", "休息日", explanation=CLOSED)
    market_days = Column("market_days", "赶集日", explanation=MARKET)
    longitude = Column("longitude", "经度", NumberWidget(is_whole=False), explanation=_("In degrees."))
    latitude = Column("latitude", "纬度", NumberWidget(is_whole=False), explanation=_("In degrees."))

    class Meta:
        model = Office
        import_id_fields = ["township", "name"]
        fields = (
            "township",
            "name",
            "kind",
            "sending_department",
            "head_count",
            "management",
            "phone",
            "address",
            "hours",
            "closed_days",
            "market_days",
            "longitude",
            "latitude",
        )


class VillageResource(ScopedResource):
    """The villages and communities of townships, by their division codes."""

    sheet = "村"

    code = Column(
        "code",
        "行政区划代码",
        CodeWidget(),
        is_required=True,
        explanation=_("Twelve digits, set as text; the first nine are the township's."),
    )
    name = Column("name", "名称", is_required=True)
    township = Column(
        "township",
        "乡镇",
        BodyWidget(Township),
        is_required=True,
        explanation=_("Its name or nine-digit code."),
    )
    service_point = Column("service_point", "服务点")
    agent_phone = Column("agent_phone", "代办员值守电话")

    class Meta:
        model = Village
        import_id_fields = ["code"]
        fields = ("code", "name", "township", "service_point", "agent_phone")
