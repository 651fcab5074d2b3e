"""The catalogues of powers that a county hands down, by mode."""

from catalog.resources.base import CoreResource
from catalog.resources.columns import ListField
from catalog.resources.widgets import CountWidget, DayWidget, DepartmentWidget, LinesWidget, SerialWidget


class DelegatedPowersResource(CoreResource):
    """下放（赋权）目录: powers the townships exercise in their own name."""

    group_field = "department"

    department = ListField(
        "下放部门", "赋权部门", "原实施部门", "原实施主体", "原行使主体", "下放单位", "部门", "部门名称", "责任部门",
        "主管部门", "实施部门", "实施主体", "县级部门", "县直部门", "原实施机关", "放权部门", "业务主管部门",
        attribute="department_name", widget=DepartmentWidget(), fills_down=True, is_counted=True,
        takes_sheet_title=True,
    )  # fmt: skip
    department_seq = ListField("部门序号", "部门内序号", widget=SerialWidget())
    way_of_delegation = ListField("下放方式", "赋权方式", "承接方式", fills_down=True)
    supervision = ListField("监管措施", "事中事后监管措施", "监管方式", widget=LinesWidget())


class EntrustedPowersResource(CoreResource):
    """委托目录: powers the townships exercise in the department's name (行政处罚法 20, 行政许可法 24)."""

    group_field = "department"

    department = ListField(
        "委托机关", "委托部门", "委托单位", "委托主体", "委托方", "部门", "部门名称", "主管部门", "责任部门",
        attribute="department_name", widget=DepartmentWidget(), fills_down=True, is_counted=True,
        takes_sheet_title=True,
    )  # fmt: skip
    authority_scope = ListField("委托权限", "委托范围", "委托权限范围", "权限", "委托内容", "委托事项权限")
    valid_from = ListField(
        "委托期限起", "委托起始日期", "起始日期", "开始日期", "委托开始时间", "委托期限自", "生效日期",
        widget=DayWidget(), fills_down=True, within="department",
    )  # fmt: skip
    valid_to = ListField(
        "委托期限止", "委托截止日期", "截止日期", "终止日期", "结束日期", "委托结束时间", "委托期限至", "到期日期",
        widget=DayWidget(), fills_down=True, within="department",
    )  # fmt: skip
    term = ListField("委托期限", "委托期", "委托时间", "期限", fills_down=True, within="department")
    entrustment_doc = ListField(
        "委托书编号", "委托书文号", "委托文号", "委托协议编号", "委托书", "委托协议", "委托文书编号",
        fills_down=True, within="department",
    )  # fmt: skip


class SecondedPowersResource(CoreResource):
    """派驻目录: what units that departments post to townships do in the department's name."""

    group_field = "department"

    department = ListField(
        "派出部门", "派驻部门", "派出单位", "派出机关", "派出主体", "主管部门", "部门", "部门名称", "县级主管部门",
        attribute="department_name", widget=DepartmentWidget(), fills_down=True, is_counted=True,
        takes_sheet_title=True,
    )  # fmt: skip
    seconded_unit = ListField(
        "派驻机构",
        "派驻机构名称",
        "派驻单位",
        "派出机构",
        "派出机构名称",
        "机构名称",
        "派驻站所",
        fills_down=True,
    )
    head_count = ListField(
        "派驻人数", "人数", "编制数", "人员数", "派驻人员", "人员编制", widget=CountWidget()
    )
    duties = ListField("主要职责", "工作职责", "职责", "延伸服务内容", "职能职责", widget=LinesWidget())
    management = ListField("管理体制", "管理方式", "日常管理", widget=LinesWidget())
