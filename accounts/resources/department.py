from django.utils.translation import gettext_lazy as _

from ..choices import DEPARTMENT_LINE_NAMES, DepartmentLine
from ..models import Department
from .base import Column, ScopedResource
from .widgets import WordWidget


class DepartmentResource(ScopedResource):
    """The departments of a county, by their full names."""

    sheet = "部门"

    name = Column("name", "名称", is_required=True, explanation=_("The full name, as on the seal."))
    short_names = Column("short_names", "简称", explanation=_("Names that lists use for it, separated by 、"))
    nameplates = Column("nameplates", "挂牌名称", explanation=_("Other names it bears, separated by 、"))
    line = Column("line", "隶属", WordWidget(DEPARTMENT_LINE_NAMES), default=DepartmentLine.UNRECORDED.value)
    review_organ = Column("review_organ", "复议机关", explanation=_("Only where it is not the usual one."))
    court = Column("court", "管辖法院", explanation=_("Only where it is not the usual one."))
    phone = Column("phone", "咨询电话")
    complaint_phone = Column("complaint_phone", "投诉电话")

    class Meta:
        model = Department
        import_id_fields = ["name"]
        fields = (
            "name",
            "short_names",
            "nameplates",
            "line",
            "review_organ",
            "court",
            "phone",
            "complaint_phone",
        )
