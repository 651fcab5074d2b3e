"""What no table foresaw: headings told by how they are built, steps of serials, signatures, other papers."""

import pytest

from catalog.reading.layout import lay_out
from catalog.reading.layout.sheettitles import township_in
from catalog.reading.layout.wording import part_name
from catalog.resources.duties import CooperatingDutiesResource
from tests.catalog.reading.grids import book, grid
from tests.catalog.reading.kinds import DELEGATED, DUTIES, ENTRUSTED, POWERS, SECONDED, SERVICES

COOPERATING = CooperatingDutiesResource.columns()


def laid_out(*rows, columns=SERVICES, **options):
    return lay_out(book(grid(*rows)), columns, **options)


def codes(layout):
    return [message.code for message in layout.messages]


@pytest.mark.parametrize(
    ("columns", "heading", "field"),
    [
        (SERVICES, "乡镇具体承办机构", "responsible_unit"),
        (SERVICES, "受理单位", "responsible_unit"),
        (SERVICES, "惠民事项", "name"),
        (SERVICES, "受理对象范围", "service_target"),
        (SERVICES, "監督電話", "complaint_phone"),
        (DELEGATED, "原实施单位", "department"),
        (DELEGATED, "现执法主体", "receiving_body"),
        (DELEGATED, "下放至（乡镇）", "receiving_body"),
        (ENTRUSTED, "委托行政机关名称", "department"),
        (ENTRUSTED, "受委托实施机关", "receiving_body"),
        (ENTRUSTED, "公告文号", "entrustment_doc"),
        (SECONDED, "驻在乡镇", "receiving_body"),
        (SECONDED, "乡镇（街道）", "receiving_body"),
        (SECONDED, "服务区域", "receiving_body"),
        (SERVICES, "派驻部门", "department"),
        (SERVICES, "牵头负责单位", "department"),
        (POWERS, "共同责任部门", None),
        (COOPERATING, "上级牵头及配合部门", "superior_departments"),
        (COOPERATING, "镇级职责分工", "township_duties"),
        (SERVICES, "责任人及签名", None),
        (DELEGATED, "下放时间", None),
        (DELEGATED, "原行使层级及主体", None),
    ],
)
def test_a_heading_is_told_by_the_words_it_is_made_of(columns, heading, field):
    name = "服务名称" if field == "name" else "事项名称"
    known = ["序号", "依据", "备注", *([] if field == "name" else [name])]
    layout = laid_out([*known, heading], [1, "甲", "乙", "丙", "丁"][: len(known) + 1], columns=columns)
    assert layout.columns[heading] == field


def test_a_list_without_a_word_for_its_items_has_them_under_what_is_called_a_name():
    layout = laid_out(["序号", "下放权限名称", "下放单位"], [1, "甲", "县水务局"], columns=DELEGATED)
    assert layout.columns["下放权限名称"] == "name"
    assert "column_guessed" in codes(layout)


def test_headings_understood_only_by_their_words_still_make_a_header():
    layout = laid_out(
        ["许可事项", "委托行政机关", "受委托实施机关", "公告文号", "委托内容"],
        ["甲", "县水务局", "各乡镇", "水公告2024年第1号", "受理"],
        columns=ENTRUSTED,
    )
    assert layout.rows[0].text("department") == "县水务局"
    assert set(codes(layout)) == {"column_guessed"}


@pytest.mark.parametrize(("one", "two"), [("1.1", "1.2"), ("（1）", "（2）"), ("①", "②"), (1.1, 1.2)])
def test_steps_of_serials_tell_main_items_from_sub_items(one, two):
    layout = laid_out(
        ["序号", "事项名称", "依据"], [1, "救助"], [one, "低保", "甲"], [two, "特困", "乙"], [2, "殡葬", "丙"]
    )
    assert [(row.text("main_name"), row.text("name")) for row in layout.rows] == [
        ("救助", "低保"),
        ("救助", "特困"),
        ("", "殡葬"),
    ]
    assert layout.ignored[-1].reason == "main_item"


@pytest.mark.parametrize(
    "below",
    [
        [["北原县人民政府（章）"], ["2023年9月1日"]],
        [[None, None, "北原县行政审批局"], [None, None, "二〇二四年六月"], ["抄送：县委办公室"]],
        [["第1页 共1页"], ["（续上表）"]],
    ],
)
def test_who_signed_a_list_is_no_item_of_it(below):
    items = [["甲", "县水务局", "一"], ["乙", "县水务局", "二"]]
    layout = laid_out(["事项名称", "责任部门", "依据"], *items, *below)
    assert [row.text("name") for row in layout.rows] == ["甲", "乙"]
    assert {one.reason for one in layout.ignored[1:]} == {"note"}


def test_a_body_above_further_items_is_no_signature():
    layout = laid_out(["事项名称", "责任部门", "依据"], ["甲", "一", "一"], ["县水务局"], ["乙", "二", "二"])
    assert "note" not in {one.reason for one in layout.ignored}


PROJECTS = (
    ["序号", "项目名称", "总投资（万元）", "建设年限", "责任单位"],
    [1, "县城道路", 20, "2024", "住建局"],
)
PETITIONS = (["序号", "信访人姓名", "信访事项", "受理时间", "责任单位"], [1, "甲某", "噪声", "5月", "柳河镇"])


@pytest.mark.parametrize("paper", [PROJECTS, PETITIONS])
def test_another_paper_is_said_to_be_one(paper):
    layout = laid_out(["2024年台账"], *paper)
    assert layout.rows == ()
    assert codes(layout) == ["no_such_list"]


def test_a_title_or_the_clerk_speaks_for_a_list_with_columns_of_another_paper():
    assert len(laid_out(["云岭县公共服务事项目录"], *PROJECTS).rows) == 1
    assert len(laid_out(["2024年台账"], *PROJECTS, mapping={"项目名称": "name"}).rows) == 1


@pytest.mark.parametrize("row", [["单位名称", "办公地址", "联系电话"], ["序号", "单位名称", "备注"]])
def test_columns_that_any_paper_has_are_no_header(row):
    assert codes(laid_out(row, ["甲", "乙", "丙"])) == ["sheet_without_list", "no_header"]


@pytest.mark.parametrize(
    ("marks", "receivers", "kept"),
    [
        ([("√", "√"), ("√", None)], ["东岗镇、西坪镇", "东岗镇"], {}),
        ([("√", "×"), ("×", "√")], ["东岗镇", "西坪镇"], {"承接乡镇西坪镇": "×"}),
        # Two kinds of marks say two things, which nobody has explained.
        ([("√", "△"), ("√", None)], ["", ""], {"承接乡镇东岗镇": "√", "承接乡镇西坪镇": "△"}),
    ],
)
def test_marks_under_the_names_of_townships_say_who_receives(marks, receivers, kept):
    layout = laid_out(
        ["序号", "赋权事项", "承接乡镇", None],
        [None, None, "东岗镇", "西坪镇"],
        [1, "甲", *marks[0]],
        [2, "乙", *marks[1]],
        columns=DELEGATED,
    )
    assert [row.text("receiving_body") for row in layout.rows] == receivers
    assert layout.rows[0].extra == kept


def test_tables_side_by_side_are_read_one_after_the_other():
    layout = laid_out(
        ["石桥镇公共服务事项"],
        ["序号", "事项名称", None, "序号", "事项名称"],
        ["一、民政（3项）"],
        [1, "甲", None, 3, "丙"],
        [2, "乙"],
        ["二、社保（2项）"],
        [4, "丁", None, 5, "戊"],
    )
    found = [(row.text("seq"), row.text("name"), row.group, row.address("name")) for row in layout.rows]
    assert found == [
        ("1", "甲", "民政", "B4"),
        ("2", "乙", "民政", "B5"),
        ("3", "丙", "民政", "E4"),
        ("4", "丁", "社保", "B7"),
        ("5", "戊", "社保", "E7"),
    ]
    assert codes(layout) == []
    assert [one.number for one in layout.ignored] == [1, 2, 3, 6]


def test_lines_of_long_texts_go_on_without_merges():
    layout = laid_out(
        ["序号", "职权名称", "职权依据", "责任事项"],
        ["1", "甲", "《水法》第一条", "受理"],
        ["", "", "", "审查"],
        ["", "", "《水法》第二条", "决定"],
        ["2", "乙", "", ""],
        ["", "", "注：以上均为行政许可。"],
        columns=POWERS,
    )
    assert [row.text("responsibilities") for row in layout.rows] == ["受理\n审查\n决定", ""]
    assert layout.rows[0].text("legal_basis") == "《水法》第一条\n《水法》第二条"
    assert [one.reason for one in layout.ignored] == ["header", "continuation", "continuation", "note"]


def test_numbers_before_the_names_are_serials_where_there_is_no_column_for_them():
    names = ["1.甲", "2、乙", "（3）丙", "1.丁"]
    layout = laid_out(["事项名称", "服务对象"], *([name, "居民"] for name in names))
    assert [(row.text("seq"), row.text("name")) for row in layout.rows] == [
        ("1", "甲"),
        ("2", "乙"),
        ("3", "丙"),
        ("1", "丁"),
    ]
    names[1] = "乙"
    layout = laid_out(["事项名称", "服务对象"], *([name, "居民"] for name in names))
    assert [row.text("name") for row in layout.rows] == names


def test_a_table_of_other_things_below_a_list_is_left_out_and_said_so():
    layout = laid_out(
        ["序号", "事项名称", "责任部门", "电话"],
        [1, "甲", "县民政局", "1"],
        [],
        ["乡镇联系方式"],
        ["序号", "乡镇", "地址"],
        [1, "东岗镇", "街口"],
    )
    assert [row.text("name") for row in layout.rows] == ["甲"]
    assert codes(layout)[-1] == "table_left_out"
    assert [one.reason for one in layout.ignored][-2:] == ["other_table", "other_table"]


@pytest.mark.parametrize(
    "title", ["云顶街道配合上级部门履职事项清单", "配合县级部门履职事项", "乡镇配合履职事项清单"]
)
def test_helping_the_departments_above_is_not_what_they_took_back(title):
    assert part_name(title) == "配合履职事项"


def test_a_main_item_named_again_with_its_sub_items_is_a_heading():
    layout = laid_out(
        ["主项名称", "子项名称", "依据"], ["救助", None, None], ["救助", "低保", "甲"], ["救助", "特困", "乙"]
    )
    assert [row.text("name") for row in layout.rows] == ["低保", "特困"]


@pytest.mark.parametrize("count", ["（2项）", "（共2个子项）", "（3项）"])
def test_a_main_item_may_say_how_many_sub_items_it_has(count):
    layout = laid_out(
        ["序号", "事项名称", "依据"], [1, f"救助{count}"], ["1.1", "低保", "甲"], ["1.2", "特困", "乙"]
    )
    assert [row.text("main_name") for row in layout.rows] == ["救助", "救助"]
    assert [one.is_met for one in layout.declared] == ["3" not in count]
    layout = laid_out(["主项名称", "子项名称"], [f"救助{count}", "低保"], ["", "特困"])
    assert [row.text("main_name") for row in layout.rows] == ["救助", "救助"]
    assert [one.is_met for one in layout.declared] == ["3" not in count]


def test_a_group_may_have_its_count_in_a_cell_of_its_own():
    layout = laid_out(["序号", "事项名称", "备注"], ["一", "民政", "2项"], [1, "甲"], [2, "乙"])
    assert [row.group for row in layout.rows] == ["民政", "民政"]
    assert [(one.claimed, one.found) for one in layout.declared] == [(2, 2)]


@pytest.mark.parametrize("heading", ["民政", "民政（2项）"])
def test_a_heading_in_the_column_of_names_is_passed_over_by_the_serials(heading):
    rows = ["", heading, ""], ["1", "甲", "一"], ["2", "乙", ""]
    layout = laid_out(["序号", "事项名称", "备注"], *rows, ["", "社保"], ["3", "丙", "二"])
    assert [(row.text("name"), row.group) for row in layout.rows] == [
        ("甲", "民政"),
        ("乙", "民政"),
        ("丙", "社保"),
    ]
    layout = laid_out(["序号", "事项名称", "备注"], *rows, ["", "丙"], ["4", "丁", "二"])
    assert [row.text("name") for row in layout.rows] == ["甲", "乙", "丙", "丁"]
    assert "row_in_doubt" in codes(layout)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["云岭县城市管理局", "权责事项清单"], "云岭县城市管理局权责事项清单"),
        (["云岭县城市管理局", "云岭县权责事项清单"], "云岭县权责事项清单"),
        (["附件1－1", "权责事项清单"], "权责事项清单"),
    ],
)
def test_a_title_may_begin_with_whose_list_it_is(lines, title):
    layout = laid_out(*([line] for line in lines), ["序号", "事项名称"], [1, "甲"])
    assert layout.title == title


def test_a_sheet_or_title_names_the_kind_of_all_its_powers():
    rows = (["序号", "事项名称", "实施部门"], [1, "甲", "县水务局"])
    one, two = grid(*rows, title="行政处罚"), grid(["行政许可事项目录"], *rows, title="二")
    layout = lay_out(book(one, two), DELEGATED)
    assert [row.text("power_type") for row in layout.rows] == ["行政处罚", "行政许可"]
    layout = lay_out(book(grid(["行政许可和行政处罚事项目录"], *rows)), DELEGATED)
    assert layout.rows[0].text("power_type") == ""


def test_red_letterhead_over_a_paper_is_not_its_title():
    layout = laid_out(
        ["北原县人民政府文件"],
        ["北政规〔2023〕4号"],
        ["北原县公共服务事项清单"],
        ["序号", "事项名称"],
        [1, "甲"],
    )
    assert (layout.title, layout.document_number) == ("北原县公共服务事项清单", "北政规〔2023〕4号")


def test_a_field_given_up_by_one_column_goes_to_the_one_it_beat():
    items = [[n, "社会救助", f"事项{n}", "行政给付"] for n in (1, 2, 3)]
    layout = laid_out(["序号", "服务领域", "服务事项名称", "事项类别"], *items)
    assert {name: layout.rows[0].text(name) for name in ("domain", "power_type")} == {
        "domain": "社会救助",
        "power_type": "行政给付",
    }
    assert codes(layout) == ["column_guessed"]


def test_a_table_without_serials_below_a_blank_row_is_left_out_and_said_so():
    header = ["序号", "事项名称", "职权类别"]
    items = [[n, f"低保事项{n}", "行政给付"] for n in (1, 2, 3)]
    changes = [["修订记录"], ["版本", "日期", "内容"], ["V1.0", "2023.1.1", "首次发布"]]
    layout = laid_out(header, *items, [], *changes)
    assert [row.text("name") for row in layout.rows] == ["低保事项1", "低保事项2", "低保事项3"]
    assert codes(layout) == ["table_left_out"]
    layout = laid_out(header, *items, [], ["", "没有序号的事项", "行政给付"], ["", "另一项", "行政给付"])
    assert len(layout.rows) == 5


@pytest.mark.parametrize("is_wide", [True, False])
def test_a_basis_in_two_columns_is_one(is_wide):
    upper = ["序号", "事项名称", "实施依据", None]
    lower = [None, None, "法律法规名称", "条款"] if is_wide else ["序号", "事项名称", "法律法规名称", "条款"]
    rows = [
        [1, "采伐许可", "《森林法》", "第五十七条"],
        [2, "取水许可", "《水法》\n《行政许可法》", "第七条\n第十条"],
    ]
    layout = laid_out(*([upper] if is_wide else []), lower, *rows)
    assert [row.text("legal_basis") for row in layout.rows] == [
        "《森林法》第五十七条",
        "《水法》第七条\n《行政许可法》第十条",
    ]
    assert [row.extra for row in layout.rows] == [{}, {}]
    assert codes(layout) == ["column_guessed"]


def test_lines_above_that_name_the_parties_speak_of_every_row():
    header = ["序号", "委托事项", "事项类型", "委托权限"]
    parties = ["委托机关：县水务局", None, "受委托机关：榆树镇人民政府"]
    layout = laid_out(
        ["委托清单"], parties, header, [1, "河道采砂检查", "行政检查", "检查"], columns=ENTRUSTED
    )
    told = {name: layout.rows[0].text(name) for name in ("department", "receiving_body")}
    assert told == {"department": "县水务局", "receiving_body": "榆树镇人民政府"}
    assert layout.header_rows == (3,)


def test_marks_below_a_row_that_numbers_the_columns_are_no_receivers():
    upper = ["序号", "事项名称", "权力类型", "支出责任", None]
    lower = [None, None, None, "县级", "乡镇"]
    numbers = ["（1）", "（2）", "（3）", "（4）", "（5）"]
    rows = [numbers, [1, "采伐许可", "行政许可", "√", "√"]]
    layout = laid_out(upper, lower, *rows, columns=DELEGATED)
    assert layout.rows[0].text("receiving_body") == ""


def test_a_table_lying_on_its_side_is_told_what_to_do_with_it():
    rows = [["序号", 1, 2], ["事项名称", "低保申请", "特困供养"], ["事项类型", "行政给付", "行政给付"]]
    layout = laid_out(["榆树镇公共服务事项"], *rows, ["设定依据", "《甲法》第一条", "《乙法》第二条"])
    (message,) = [message for message in layout.messages if message.level == "error"]
    assert (message.code, message.cell) == ("headings_in_column", "A2")
    assert message.values["seen"] == "序号、事项名称、事项类型、设定依据"


def test_a_main_item_that_is_nothing_but_a_count_fills_nothing():
    layout = laid_out(["序号", "主项名称", "子项名称", "类别"], [1, "共53项", None, "民政"])
    cell = layout.rows[0].cells["name"]
    assert (cell.text, cell.filled_from) == ("", None)


def test_a_page_counts_its_own_rows():
    header = ["序号", "事项名称", "类别"]
    rows = [[n, f"低保事项{n}", "民政"] for n in range(1, 6)]
    pages = [
        header,
        *rows[:3],
        ["本页小计", None, 3],
        header,
        *rows[3:],
        ["本页小计", None, 2],
        ["总计", "5项"],
    ]
    layout = laid_out(*pages)
    assert [(one.claimed, one.found) for one in layout.declared] == [(3, 3), (2, 2), (5, 5)]


def test_who_checked_a_list_is_no_item_of_it():
    header = ["序号", "事项名称", "职权类别", "备注"]
    signed = ["审核：", "甲", "填表：乙", "联系电话：0000-1234"]
    layout = laid_out(header, [1, "低保申请", "行政给付", None], signed)
    assert [row.text("name") for row in layout.rows] == ["低保申请"]


@pytest.mark.parametrize(
    ("columns", "heading", "field"),
    [
        (SERVICES, "服务时限（法定）", "statutory_limit"),
        (SERVICES, "法定服务时限", "statutory_limit"),
        (SERVICES, "承诺办理时间", "promised_limit"),
        (SERVICES, "项目（大项）", "main_name"),
        (ENTRUSTED, "委托期限（起始）", "valid_from"),
        (ENTRUSTED, "委托结束", "valid_to"),
        (ENTRUSTED, "委托职权名称", "name"),
        (ENTRUSTED, "委托方式", None),
        (DELEGATED, "处罚种类", None),
        (SECONDED, "编制性质", None),
    ],
)
def test_the_word_that_tells_a_heading_from_its_counterpart_is_read(columns, heading, field):
    others = ["序号", "备注"] if field == "name" else ["序号", "服务事项"]
    layout = lay_out(book(grid([*others, heading], [1, "低保申请", "甲"])), columns)
    assert layout.columns[heading] == field


def test_hours_that_are_limits_are_limits():
    header = ["序号", "事项名称", "办理时间"]
    layout = laid_out(header, [1, "低保申请", "20个工作日"], [2, "户口登记", "当场办结"])
    assert layout.columns["办理时间"] == "promised_limit"
    layout = laid_out(header, [1, "低保申请", "周一至周五"], [2, "户口登记", "周一至周五"])
    assert layout.columns["办理时间"] == "hours"


def test_sheets_and_titles_named_after_townships_say_who_receives():
    rows = [["序号", "事项名称", "权力类型", "赋权部门"], [1, "对滥伐林木的处罚", "行政处罚", "县林业局"]]
    sheets = [grid(*rows, title=name) for name in ("榆树镇", "2.柳河乡")]
    layout = lay_out(book(*sheets, grid(["城关街道承接事项清单"], *rows, title="Sheet3")), DELEGATED)
    receivers = [row.text("receiving_body") for row in layout.rows]
    assert receivers == ["榆树镇", "柳河乡", "城关街道"]
    assert codes(layout) == []


@pytest.mark.parametrize(
    "title", ["北原县乡镇赋权事项清单", "经济强镇赋权事项", "赋予榆树镇行政权力", "各镇"]
)
def test_a_title_of_all_townships_or_of_some_names_none(title):
    assert township_in(title) == ""


def test_sub_items_are_numbered_before_their_names_where_the_serials_count_main_items():
    header = ["序号", "主项名称", "子项名称", "类别"]
    rows = [
        [1, "一、社会救助", "1.低保申请", "甲"],
        [None, None, "2.特困供养", "甲"],
        [2, "二、社会保险", "1.参保登记", "乙"],
        [None, None, "2.待遇申领", "乙"],
        [3, "三、就业", "1.失业登记", "乙"],
    ]
    layout = laid_out(header, *rows)
    told = [[row.text(name) for name in ("main_seq", "main_name", "seq", "name")] for row in layout.rows]
    assert told[1:4] == [
        ["1", "社会救助", "2", "特困供养"],
        ["2", "社会保险", "1", "参保登记"],
        ["2", "社会保险", "2", "待遇申领"],
    ]


def test_marked_serials_and_headings_are_read_without_their_marks():
    header = ["序号", "事项名称", "职权类别", "备注"]
    rows = [["◆一、民政：2项"], ["★1", "低保申请", "行政给付"], [2, "特困供养", "行政给付"]]
    layout = laid_out(header, *rows, ["◆二、县水务局：1项"], ["3*", "取水初审", "行政许可"])
    assert [(row.text("seq"), row.group) for row in layout.rows] == [
        ("★1", "民政"),
        ("2", "民政"),
        ("3*", "县水务局"),
    ]
    assert [(one.name, one.claimed, one.found) for one in layout.declared] == [
        ("民政", 2, 2),
        ("县水务局", 1, 1),
    ]


def test_a_part_below_the_name_of_its_township_is_the_title():
    rows = [["榆树镇"], ["基本履职事项清单（1项）"], ["序号", "事项名称"], [1, "党建"]]
    layout = lay_out(book(grid(*rows)), DUTIES, part_field="list_part")
    assert layout.title == "榆树镇基本履职事项清单（1项）"
    assert layout.rows[0].part == "基本履职事项"
    assert [(one.claimed, one.found) for one in layout.declared] == [(1, 1)]
