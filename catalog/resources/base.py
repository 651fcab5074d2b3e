"""What every list kind's resource has: the core columns of the paper, and how a row becomes an entry."""

from import_export.resources import ModelResource

from ..models import Entry
from ..reading.layout import Column
from .columns import ListField
from .widgets import (
    BasisWidget,
    CategoryWidget,
    DepartmentWidget,
    LinesWidget,
    NamesWidget,
    PowerTypeWidget,
    SerialWidget,
    UnitWidget,
)


class ListResource(ModelResource):
    """The columns of one kind of list, in the order a clerk expects them.

    `group_field` and `part_field` take what group rows (一、民政) and part headings (一、基本履职事项清单)
    say, where the list has no column of its own for it.
    """

    group_field = "domain"
    part_field = ""

    class Meta:
        model = Entry
        # Only declared columns: an entry's other fields are no business of a spreadsheet.
        exclude = [field.name for field in Entry._meta.get_fields()]

    @classmethod
    def columns(cls) -> list[Column]:
        """The columns as the layout reads them."""
        return [field.column(name) for name, field in cls.fields.items()]


class CoreResource(ListResource):
    """The columns nearly every list has; a kind adds its own."""

    item_code = ListField("平台编码", "平台事项编码", attribute="item__number")
    seq = ListField(
        "序号", "编号", "序", "项目序号", "事项序号", "总序号", "顺序号",
        attribute="serial", widget=SerialWidget(), role="serial",
    )  # fmt: skip
    main_seq = ListField(
        "主项序号", "大项序号", "一级序号",
        attribute="main_serial", widget=SerialWidget(), role="main_serial", fills_down=True,
    )  # fmt: skip
    sub_seq = ListField("子项序号", "小项序号", "二级序号", widget=SerialWidget())
    domain = ListField(
        "类别", "事项类别", "服务类别", "服务领域", "领域", "所属领域", "事项领域", "分类", "事项分类", "项目类别",
        "大类", "业务类别", "服务类型", "一级类别",
        attribute="category_name", widget=CategoryWidget(), fills_down=True, is_counted=True,
    )  # fmt: skip
    main_name = ListField(
        "主项名称", "主项", "大项名称", "大项", "事项主项", "主项事项名称", "一级事项", "一级目录", "权力事项主项",
        attribute="main_name", role="main_name", fills_down=True,
    )  # fmt: skip
    name = ListField(
        "事项名称", "项目名称", "服务事项", "服务项目", "事项", "项目", "子项名称", "子项", "小项名称", "服务事项名称",
        "服务项目名称", "公共服务事项", "公共服务事项名称", "权力名称", "职权名称", "事权名称", "权力事项",
        "权力事项名称", "职权事项", "行政权力名称", "行政权力事项名称", "行政职权名称", "下放事项", "下放事项名称",
        "赋权事项", "赋权事项名称", "委托事项", "委托事项名称", "名称", "内容", "事项内容", "履职事项", "职责事项",
        "二级事项", "业务办理项", "业务办理项名称", "具体事项",
        attribute="name", role="name", is_required=True,
    )  # fmt: skip
    power_type = ListField(
        "权力类型", "职权类别", "职权类型", "权力类别", "事项类型", "行政权力类型", "行政权力类别", "事项性质",
        "权力性质", "权力种类", "职权种类",
        attribute="power_type", widget=PowerTypeWidget(), fills_down=True,
    )  # fmt: skip
    department = ListField(
        "责任部门", "主管部门", "实施部门", "部门", "部门名称", "县级部门", "县级主管部门", "县级责任部门",
        "业务主管部门", "牵头部门", "实施主体", "实施机关", "行使主体", "职权部门", "县直部门", "所属部门",
        "业务指导部门", "县级职能部门", "责任主体", "行业主管部门",
        attribute="department_name", widget=DepartmentWidget(), fills_down=True, is_counted=True,
        takes_sheet_title=True,
    )  # fmt: skip
    responsible_unit = ListField(
        "责任单位", "承办单位", "承办机构", "责任科室", "承办科室", "经办机构", "办理机构", "责任机构", "承办站所",
        "责任站所", "具体承办单位", "办理单位", "乡镇承办机构",
        attribute="responsible_unit", widget=UnitWidget(), fills_down=True, is_counted=True,
    )  # fmt: skip
    receiving_body = ListField(
        "承接主体", "承接单位", "承接乡镇", "受委托单位", "受委托机关", "受托单位", "承接机关", "承接对象",
        "适用乡镇", "实施乡镇", "下放对象", "赋权对象", "赋权乡镇", "接受单位",
        attribute="receiving_body", widget=NamesWidget(), fills_down=True,
    )  # fmt: skip
    service_target = ListField(
        "服务对象", "办理对象", "申请对象", "适用对象", "受理对象", "行政相对人", "管理对象", "服务群体",
        attribute="service_target", fills_down=False,
    )  # fmt: skip
    requirements = ListField(
        "服务要求", "要求", "工作要求", "服务标准", "服务内容", "服务内容及要求", "办理要求", "服务质量要求",
        attribute="requirements", widget=LinesWidget(),
    )  # fmt: skip
    legal_basis = ListField(
        "设定依据", "实施依据", "法律依据", "职权依据", "权力依据", "依据", "法律法规依据", "政策依据", "法定依据",
        "设立依据", "委托依据", "委托法律依据", "赋权依据", "行使依据", "法律政策依据", "文件依据", "下放依据",
        "法律法规及政策依据", "事项依据", "服务依据",
        attribute="legal_basis", widget=BasisWidget(), fills_down=False,
    )  # fmt: skip
    remark = ListField("备注", "说明", "附注", "备考", attribute="remark", widget=LinesWidget())
