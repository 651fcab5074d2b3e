"""Further lists a county keeps: powers and responsibilities, services to purchase, matters of villages."""

from .base import CoreResource
from .columns import ListField
from .widgets import LinesWidget


class PowerAndResponsibilityResource(CoreResource):
    """权责清单: a body's powers with what it must do and is accountable for."""

    group_field = "department"

    power_code = ListField("职权编码", "权力编码", "事项编码", "职权编号")
    responsibilities = ListField(
        "责任事项", "责任", "职责事项内容", "对应责任事项", "责任内容", "责任清单", widget=LinesWidget()
    )
    responsibility_basis = ListField("责任事项依据", "责任依据", "履责依据", widget=LinesWidget())
    accountability = ListField(
        "追责情形", "追责情形及依据", "责任追究", "问责情形", "追责对象范围", widget=LinesWidget()
    )
    accountability_basis = ListField("追责依据", "追责情形依据", "问责依据", widget=LinesWidget())
    exercise_level = ListField("行使层级", "实施层级", "管理层级")
    supervision = ListField("监督方式", "监督电话", "投诉电话")


class PurchaseGuideResource(CoreResource):
    """政府购买服务指导目录: what services a county may buy: 中办发〔2017〕11号 (十一)."""

    catalogue_code = ListField("目录编码", "代码", "编码", "目录代码")
    level_one = ListField("一级目录名称", fills_down=True)
    level_two = ListField("二级目录", "二级目录名称", fills_down=True)
    level_three = ListField("三级目录", "三级目录名称", fills_down=True)
    purchaser = ListField("购买主体", "购买单位", fills_down=True)
    provider = ListField("承接主体类型", "服务提供主体")
    description = ListField("项目说明", "服务说明", "目录说明", widget=LinesWidget())


class VillageMattersResource(CoreResource):
    """村级事项: what is handled in the village: directly, by an agent, assisted, or only made known."""

    handling = ListField("办理方式", "村级办理方式", "办理类型", "代办方式", "服务方式", fills_down=True)
    materials = ListField("申请材料", "所需材料", "办理材料", widget=LinesWidget())
    promised_limit = ListField("办理时限", "承诺时限")
    phone = ListField("咨询电话", "联系电话", fills_down=True)
