from django.utils.translation import gettext_lazy as _

from ..models import County
from .base import Column, ScopedResource
from .township import CLOSED, MARKET
from .widgets import CodeWidget, NumberWidget


class CountyResource(ScopedResource):
    """The counties of one installation, with the record their website footer shows."""

    sheet = "县"

    code = Column(
        "code", "行政区划代码", CodeWidget(), is_required=True, explanation=_("Six digits, set as text.")
    )
    name = Column("name", "名称", is_required=True)
    prefecture = Column("prefecture", "所属市州")
    province = Column("province", "所属省份")
    organiser = Column("organiser", "网站主办单位")
    undertaker = Column("undertaker", "网站承办单位")
    contact = Column("contact", "网站联系方式")
    site_code = Column("site_code", "网站标识码", CodeWidget(), explanation=_("Ten digits, set as text."))
    icp_record = Column("icp_record", "ICP备案号")
    police_record = Column("police_record", "公安备案号")
    data_licence = Column("data_licence", "开放数据许可")
    hall_name = Column("hall_name", "县级政务服务中心")
    hall_address = Column("hall_address", "中心地址")
    hall_hours = Column("hall_hours", "办公时间")
    hall_closed_days = Column("hall_closed_days", "休息日", explanation=CLOSED)
    hall_market_days = Column("hall_market_days", "赶集日", explanation=MARKET)
    hall_phone = Column("hall_phone", "中心电话")
    hall_longitude = Column(
        "hall_longitude", "经度", NumberWidget(is_whole=False), explanation=_("In degrees.")
    )
    hall_latitude = Column(
        "hall_latitude", "纬度", NumberWidget(is_whole=False), explanation=_("In degrees.")
    )
    hotline = Column("hotline", "服务热线", default="12345")

    class Meta:
        model = County
        import_id_fields = ["code"]
        fields = (
            "code",
            "name",
            "prefecture",
            "province",
            "organiser",
            "undertaker",
            "contact",
            "site_code",
            "icp_record",
            "police_record",
            "data_licence",
            "hall_name",
            "hall_address",
            "hall_hours",
            "hall_closed_days",
            "hall_market_days",
            "hall_phone",
            "hall_longitude",
            "hall_latitude",
            "hotline",
        )
