"""The township public-service item list: 中办发〔2017〕11号 (四)."""

from .base import CoreResource
from .columns import ListField
from .widgets import CountWidget, LimitWidget, LinesWidget


class PublicServicesResource(CoreResource):
    """What a township does for residents; columns beyond the paper's core stay as printed and fill the first guide."""

    basic_code = ListField("基本编码", "事项编码", "事项基本编码")
    implementation_code = ListField("实施编码", "实施清单编码")
    conditions = ListField("受理条件", "办理条件", "申请条件", widget=LinesWidget())
    materials = ListField(
        "申请材料", "申报材料", "所需材料", "办理材料", "提交材料", "材料清单", widget=LinesWidget()
    )
    procedure = ListField("办理流程", "办理程序", "服务流程", "工作流程", "办事流程", widget=LinesWidget())
    statutory_limit = ListField("法定办结时限", "法定时限", "法定期限", "法定办理时限", widget=LimitWidget())
    promised_limit = ListField(
        "承诺办结时限", "承诺时限", "办理时限", "办结时限", "承诺期限", "办理期限", "时限", "服务时限",
        widget=LimitWidget(),
    )  # fmt: skip
    fee = ListField(
        "收费", "收费标准", "是否收费", "收费情况", "收费标准及依据", "收费依据", widget=LinesWidget()
    )
    channels = ListField("办理形式", "办理方式", "办理渠道", "服务方式", widget=LinesWidget())
    visits = ListField("到办事现场次数", "跑动次数", "到现场次数", "最多跑动次数", widget=CountWidget())
    result = ListField("结果名称", "办理结果", "结果类型", "办结结果")
    place = ListField("办理地点", "服务地点", "办理窗口", "受理地点", fills_down=True)
    hours = ListField("办理时间", "服务时间", "办公时间", "受理时间", fills_down=True)
    phone = ListField("咨询电话", "联系电话", "咨询方式", "服务电话", "电话", fills_down=True)
    complaint_phone = ListField("监督电话", "投诉电话", "监督投诉电话", "监督投诉方式", fills_down=True)
    village_handling = ListField("村级办理方式", "村级代办", "代办方式", "村级办理")
