"""Kinds of lists for tests: the headings counties print, and the columns of each kind."""

from dataclasses import replace

from catalog.reading.layout import Column


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SERIAL = Column(
    "seq",
    words("序号 总序号 顺序号 子项序号 事项序号 项号 序 No. NO"),
    role="serial",
)
MAIN_SERIAL = Column(
    "main_serial",
    words("主项序号 大项序号 主项编号 主项号"),
    fills_down=True,
    role="main_serial",
)
MAIN_NAME = Column(
    "main_name",
    words("主项名称 主项 大项名称 大项 事项名称主项 权力名称主项 项目名称主项 一级事项 一级目录 主项事项"),
    fills_down=True,
    role="main_name",
)
NAME = Column(
    "name",
    words(
        "事项名称 服务事项名称 服务事项 项目名称 事权名称 职权名称 权力名称 权力事项 权力事项名称 "
        "行政权力名称 行政职权名称 行政权力事项名称 公共服务事项名称 服务项目 服务项目名称 子项名称 "
        "子项 事项名称子项 权力名称子项 项目名称子项 小项名称 小项 具体事项 具体事项名称 职责事项 "
        "履职事项 委托事项 委托事项名称 赋权事项 赋权事项名称 下放事项 下放事项名称 收回事项 "
        "收回事项名称 配合事项 派驻事项 执法事项 职权事项 办理事项 事项内容 业务办理项 二级事项 "
        "二级目录 清单事项 事项 项目 名称"
    ),
    is_required=True,
    role="name",
)
POWER_TYPE = Column(
    "power_type",
    words(
        "权力类型 职权类别 职权类型 事项类型 权力类别 事项类别 权力种类 职权种类 行政权力类型 "
        "行政权力类别 权力性质 事项性质 权责类型 权责类别 服务类型 类型"
    ),
    fills_down=True,
)
DOMAIN = Column(
    "domain",
    words(
        "类别 领域 服务类别 服务领域 服务分类 所属领域 事项分类 行业领域 分类 一级分类 服务大类 大类 "
        "职责类别 事项领域 基本公共服务领域"
    ),
    fills_down=True,
    is_counted=True,
)
DEPARTMENT = Column(
    "department",
    words(
        "部门 部门名称 下放部门 委托机关 委托部门 委托单位 委托主体 委托方 赋权部门 县级部门 县直部门 "
        "县级主管部门 主管部门 业务主管部门 行业主管部门 县级职能部门 职能部门 原实施部门 原实施主体 "
        "原行使部门 原行使主体 实施部门 责任部门 对应部门 业务指导部门 指导部门 权力部门 行使部门 "
        "移交部门 部门（单位） 单位名称 所属部门 县直单位"
    ),
    fills_down=True,
    is_counted=True,
    takes_sheet_title=True,
)
DEPARTMENT_SERIAL = Column(
    "department_serial",
    words("部门序号 单位序号 部门内序号 分序号 部门编号"),
)
RESPONSIBLE_UNIT = Column(
    "responsible_unit",
    words(
        "责任单位 承办单位 承办机构 责任科室 责任站所 承办科室 承办部门 办理机构 责任主体 办理单位 "
        "承办站所 实施机构 内设机构 乡镇承办机构 负责机构 责任股室 具体承办机构 办理科室 经办机构 "
        "办理部门 责任机构"
    ),
    fills_down=True,
)
SERVICE_TARGET = Column(
    "service_target",
    words(
        "服务对象 办理对象 受理对象 适用对象 面向对象 申请对象 服务人群 申请主体 保障对象 救助对象 "
        "受益对象 行政相对人"
    ),
)
REQUIREMENTS = Column(
    "requirements",
    words("要求 服务要求 工作要求 具体要求 服务标准 办理要求 标准要求 服务质量要求 服务承诺 服务内容及要求"),
    keeps_lines=True,
)
LEGAL_BASIS = Column(
    "legal_basis",
    words(
        "实施依据 设定依据 法律依据 职权依据 权力依据 法律法规依据 事项依据 法规依据 政策依据 "
        "法律政策依据 法定依据 依据 委托依据 委托法律依据 下放依据 赋权依据 行使依据 执法依据 "
        "处罚依据 服务依据 相关依据 授权依据 文件依据 主要依据 政策法规依据 法律法规政策依据 "
        "法律法规及文件依据 设定及实施依据 依据名称 政策文件依据 办理依据 审批依据 工作依据"
    ),
    keeps_lines=True,
)
REMARK = Column(
    "remark",
    words("备注 说明 备注说明 其他说明 附注"),
    keeps_lines=True,
)
RECEIVING_BODY = Column(
    "receiving_body",
    words(
        "承接主体 受委托单位 承接单位 受委托机关 受托单位 受托机关 受委托方 受委托主体 被委托单位 "
        "被委托机关 受委托乡镇 承接乡镇 承接乡镇（街道） 承接机构 接受委托单位 委托对象 下放对象 "
        "下放乡镇 赋权对象 赋权乡镇 承接对象 下放后实施主体 承接部门"
    ),
    fills_down=True,
    keeps_lines=True,
)
AUTHORITY_SCOPE = Column(
    "authority_scope",
    words(
        "委托权限 委托范围 权限范围 委托内容 授权范围 委托权限范围 委托事项权限 委托环节 赋权范围 "
        "赋权内容 下放权限 下放范围 下放内容 下放环节 行使权限 权限"
    ),
    fills_down=True,
    within="department",
    keeps_lines=True,
)
VALID_FROM = Column(
    "valid_from",
    words(
        "委托期限起 委托期限自 起始日期 委托起始日期 委托开始日期 开始日期 生效日期 委托期限起始日期 "
        "委托时间起 有效期起 有效期限起 起始时间 委托起始时间 委托期限开始 期限起 起 自 委托日期"
    ),
    fills_down=True,
    within="department",
)
VALID_TO = Column(
    "valid_to",
    words(
        "委托期限止 委托期限至 终止日期 截止日期 委托终止日期 委托截止日期 到期日 到期日期 失效日期 "
        "结束日期 委托期限终止日期 委托时间止 有效期止 有效期限止 终止时间 截止时间 委托期限结束 "
        "期限止 止 至"
    ),
    fills_down=True,
    within="department",
)
VALID_PERIOD = Column(
    "valid_period",
    words(
        "委托期限 委托时间 期限 有效期 有效期限 委托有效期 起止时间 起止日期 委托起止时间 下放期限 授权期限"
    ),
    fills_down=True,
    within="department",
)
ENTRUSTMENT_DOC = Column(
    "entrustment_doc",
    words(
        "委托书编号 委托书文号 委托文书编号 委托书号 委托协议编号 委托文号 委托文件文号 委托文件 "
        "协议编号 委托书 文号"
    ),
    fills_down=True,
    within="department",
)
CONDITIONS = Column(
    "conditions",
    words("受理条件 办理条件 申请条件 申报条件 办事条件 服务条件 准予条件"),
    keeps_lines=True,
)
MATERIALS = Column(
    "materials",
    words("申请材料 申报材料 办理材料 所需材料 提交材料 材料清单 所需资料 申报资料 申请资料 需提供材料"),
    keeps_lines=True,
)
PROCEDURE = Column(
    "procedure",
    words("办理流程 办事流程 工作流程 服务流程 办理程序 实施程序 运行流程 操作流程 办理步骤 流程 程序"),
    keeps_lines=True,
)
STATUTORY_LIMIT = Column(
    "statutory_limit",
    words("法定办结时限 法定时限 法定期限 法定办理时限 法定办结期限 办理时限法定 办结时限法定"),
)
PROMISED_LIMIT = Column(
    "promised_limit",
    words(
        "承诺办结时限 承诺时限 承诺期限 承诺办理时限 办理时限承诺 办结时限承诺 承诺办结期限 办理时限 "
        "办结时限 服务时限 办理期限 办结期限 时限"
    ),
)
FEE = Column(
    "fee",
    words("收费标准 收费情况 是否收费 收费 收费项目 收费标准及依据 收费依据及标准"),
    keeps_lines=True,
)
CHANNELS = Column(
    "channels",
    words("办理渠道 服务渠道 办理方式 服务方式 办理形式 申请方式 办理途径 实现方式"),
    keeps_lines=True,
)
PHONE = Column(
    "phone",
    words(
        "联系电话 咨询电话 咨询方式 服务电话 办公电话 联系方式 咨询投诉电话 咨询及投诉电话 咨询监督电话 电话"
    ),
    keeps_lines=True,
)
COMPLAINT_PHONE = Column(
    "complaint_phone",
    words("监督电话 投诉电话 监督投诉电话 监督投诉方式 监督投诉渠道"),
    keeps_lines=True,
)
PLACE = Column(
    "place",
    words("办理地点 办公地点 服务地点 办公地址 地址"),
    keeps_lines=True,
)
HOURS = Column(
    "hours",
    words("办理时间 服务时间 办公时间"),
    keeps_lines=True,
)
OFFICIAL_CODE = Column(
    "official_code",
    words("事项编码 基本编码 实施编码 权力编码 职权编码 事项编号 权力编号 项目编码 编码 编号 事项代码"),
)
SUPERIOR_DEPARTMENTS = Column(
    "superior_departments",
    words(
        "对应上级部门 上级部门 上级主管部门 上级责任部门 上级牵头部门 对应县级部门 对应部门 县级部门 "
        "主责部门 牵头部门 责任部门 主管部门 对应上级单位"
    ),
    keeps_lines=True,
)
SUPERIOR_DUTIES = Column(
    "superior_duties",
    words(
        "上级部门职责 上级部门职责分工 上级部门主要职责 县级部门职责 主责部门职责 牵头部门职责 "
        "主管部门职责 部门职责 上级职责 县级职责"
    ),
    keeps_lines=True,
)
TOWNSHIP_DUTIES = Column(
    "township_duties",
    words(
        "乡镇配合职责 镇配合职责 乡配合职责 街道配合职责 镇街配合职责 乡镇（街道）配合职责 配合职责 "
        "乡镇职责 乡镇配合事项 配合内容 乡镇配合内容 配合履职内容"
    ),
    keeps_lines=True,
)
TAKING_OVER = Column(
    "taking_over",
    words(
        "承接部门及工作方式 承接部门和工作方式 承接部门与工作方式 承接部门、工作方式 "
        "收回部门及工作方式 对应上级部门及工作方式"
    ),
    keeps_lines=True,
    labelled=(
        ("taking_over_department", words("承接部门 收回部门 承接单位 对应上级部门 责任部门")),
        ("way_of_working", words("工作方式 履职方式 承接方式 工作措施 具体工作方式")),
    ),
)
TAKING_OVER_DEPARTMENT = Column(
    "taking_over_department",
    words("承接部门 收回部门 承接单位 收回单位 上级承接部门 承接上级部门 对应上级部门"),
    fills_down=True,
    keeps_lines=True,
)
WAY_OF_WORKING = Column(
    "way_of_working",
    words("工作方式 履职方式 承接方式 工作措施 实施方式 承接工作方式"),
    keeps_lines=True,
)
RESPONSIBILITIES = Column(
    "responsibilities",
    words("责任事项 责任内容 职责内容 工作职责 主要职责 职责 责任"),
    keeps_lines=True,
)
RESPONSIBILITY_BASIS = Column(
    "responsibility_basis",
    words("责任事项依据 责任依据"),
    keeps_lines=True,
)
ACCOUNTABILITY = Column(
    "accountability",
    words("追责情形 责任追究 问责情形 追责情形及依据 追责事项 追责依据 追责情形依据"),
    keeps_lines=True,
)
IMPLEMENTING_BODY = Column(
    "implementing_body",
    words("实施主体 行使主体 实施机关 权力主体 职权主体 实施单位 执法主体"),
    fills_down=True,
)
SENDING_DEPARTMENT = Column(
    "sending_department",
    words(
        "派出部门 派出单位 派出机关 派驻部门 派驻主管部门 主管部门 上级主管部门 延伸部门 管理部门 "
        "派驻单位主管部门"
    ),
    fills_down=True,
    is_counted=True,
    takes_sheet_title=True,
)
SECONDED_UNIT = Column(
    "name",
    words("派驻机构名称 派驻机构 机构名称 延伸机构 派驻单位 站所名称 延伸机构名称 派驻站所 机构"),
    is_required=True,
    role="name",
)
HEAD_COUNT = Column(
    "head_count",
    words("派驻人数 编制数 人员编制 核定编制 编制 人数 派驻人员数 在编人数 现有人数 实有人数 派驻人员"),
)
SECONDED_TO = Column(
    "receiving_body",
    words("派驻乡镇 派驻地点 驻地 覆盖乡镇 所在乡镇 服务乡镇"),
    fills_down=True,
    keeps_lines=True,
)
VILLAGE_HANDLING = Column(
    "village_handling",
    words("村级办理方式 村级代办 代办方式 村级服务方式 村（社区）办理方式 村级事项类型 办理类别"),
)

GUIDE_COLUMNS = (
    CONDITIONS,
    MATERIALS,
    PROCEDURE,
    STATUTORY_LIMIT,
    PROMISED_LIMIT,
    FEE,
    CHANNELS,
    PHONE,
    COMPLAINT_PHONE,
    PLACE,
    HOURS,
)
SERVICES = (
    SERIAL,
    MAIN_SERIAL,
    DOMAIN,
    MAIN_NAME,
    NAME,
    POWER_TYPE,
    RESPONSIBLE_UNIT,
    replace(DEPARTMENT, takes_sheet_title=False),
    SERVICE_TARGET,
    REQUIREMENTS,
    LEGAL_BASIS,
    REMARK,
    OFFICIAL_CODE,
    VILLAGE_HANDLING,
    *GUIDE_COLUMNS,
)
DELEGATED = (
    SERIAL,
    DEPARTMENT,
    DEPARTMENT_SERIAL,
    MAIN_SERIAL,
    MAIN_NAME,
    NAME,
    POWER_TYPE,
    LEGAL_BASIS,
    RECEIVING_BODY,
    AUTHORITY_SCOPE,
    IMPLEMENTING_BODY,
    REMARK,
    OFFICIAL_CODE,
)
ENTRUSTED = (*DELEGATED, VALID_FROM, VALID_TO, VALID_PERIOD, ENTRUSTMENT_DOC)
DUTIES = (
    SERIAL,
    DOMAIN,
    NAME,
    SUPERIOR_DEPARTMENTS,
    SUPERIOR_DUTIES,
    TOWNSHIP_DUTIES,
    TAKING_OVER,
    TAKING_OVER_DEPARTMENT,
    WAY_OF_WORKING,
    REMARK,
)
POWERS = (
    SERIAL,
    DEPARTMENT,
    DEPARTMENT_SERIAL,
    MAIN_SERIAL,
    MAIN_NAME,
    NAME,
    POWER_TYPE,
    IMPLEMENTING_BODY,
    RESPONSIBLE_UNIT,
    LEGAL_BASIS,
    RESPONSIBILITIES,
    RESPONSIBILITY_BASIS,
    ACCOUNTABILITY,
    REMARK,
    OFFICIAL_CODE,
)
SECONDED = (
    SERIAL,
    SENDING_DEPARTMENT,
    SECONDED_UNIT,
    HEAD_COUNT,
    SECONDED_TO,
    RESPONSIBILITIES,
    LEGAL_BASIS,
    REMARK,
)
