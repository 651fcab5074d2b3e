"""Telling items from groups, totals, notes and the rest, and filling what means "as above"."""

import pytest

from catalog.reading.layout import lay_out
from tests.catalog.reading.grids import book, grid
from tests.catalog.reading.kinds import DELEGATED, DUTIES, ENTRUSTED, POWERS, SECONDED, SERVICES

HEADER = ["序号", "事项名称", "职权类别", "实施依据", "备注"]


def laid_out(*rows, columns=SERVICES, merges="", **fields):
    return lay_out(book(grid(*rows, merges=merges)), columns, **fields)


def names(layout):
    return [row.text("name") for row in layout.rows]


def reasons(layout):
    return {one.number: one.reason for one in layout.ignored}


def codes(layout):
    return [message.code for message in layout.messages]


def item(serial, name, *more):
    return [serial, name, "行政给付", "《甲法》第一条", *more]


@pytest.mark.parametrize(
    "row",
    [
        ["一、民政（2项）"],
        ["一、民政"],
        ["民政"],
        [None, "一、民政（2项）"],
        ["一", "民政（2项）"],
        ["一", "民政"],
        ["（一）", "民政"],
        ["民政", "2项"],
        ["第一类 民政"],
        ["一、民政（2项）"] * 5,
    ],
)
def test_group_rows_are_told_from_items(row):
    layout = laid_out(HEADER, row, item(1, "甲"), item(2, "乙"), group_field="domain")
    assert names(layout) == ["甲", "乙"]
    assert [row.text("domain") for row in layout.rows] == ["民政", "民政"]
    assert reasons(layout)[2] == "group"


def test_groups_may_stand_in_groups():
    layout = laid_out(
        HEADER,
        ["一、社会事务（3项）"], ["（一）民政（2项）"], item(1, "甲"), item(2, "乙"),
        ["（二）残联（1项）"], item(1, "丙"),
        ["二、农业（1项）"], item(1, "丁"),
    )  # fmt: skip
    assert [row.groups for row in layout.rows] == [
        ("社会事务", "民政"), ("社会事务", "民政"), ("社会事务", "残联"), ("农业",),
    ]  # fmt: skip
    assert all(declared.is_met for declared in layout.declared)


def test_department_heading_in_its_own_column_names_the_department():
    layout = laid_out(
        ["序号", "部门", "事项名称", "类型"],
        [None, "县民政局", None, None], [1, None, "甲", "行政给付"], [2, None, "乙", "行政给付"],
        [None, "县水务局（1项）", None, None], [1, None, "丙", "行政检查"],
        columns=DELEGATED,
    )  # fmt: skip
    assert [row.text("department") for row in layout.rows] == ["县民政局", "县民政局", "县水务局"]


def test_group_that_names_a_body_names_the_department():
    layout = laid_out(
        ["序号", "事项名称", "类型"], ["一、县民政局（1项）"], [1, "甲", "行政给付"], columns=DELEGATED
    )
    assert layout.rows[0].text("department") == "县民政局"


def test_han_serials_number_items_where_nothing_else_does():
    layout = laid_out(HEADER, item("一", "甲"), item("（二）", "乙"), item("三", "丙"))
    assert names(layout) == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    "name", ["说明书备案", "合计表报送", "注册登记", "附件审查", "一、二级残疾人补贴", "三重一大事项"]
)
def test_items_may_begin_like_notes_and_totals(name):
    assert names(laid_out(HEADER, item(1, name))) == [name]


def test_item_without_name_is_still_a_row():
    layout = laid_out(HEADER, item(1, None), [None, None, "行政许可", "《乙法》"])
    assert names(layout) == ["", ""]
    assert layout.rows[1].address("name") == "B3"


def test_item_without_serial_among_serials_is_in_doubt():
    layout = laid_out(HEADER, item(1, "甲"), [None, "乙"])
    assert names(layout) == ["甲", "乙"]
    assert codes(layout) == ["row_in_doubt"]


@pytest.mark.parametrize(
    "row",
    [
        ["小计", None, "2项"],
        ["合计：2项"],
        [None, "合计", "2"],
        ["总计", 2],
        ["共计2项"],
    ],
)
def test_totals_are_no_items_and_are_held_against_the_rows(row):
    layout = laid_out(HEADER, item(1, "甲"), item(2, "乙"), row)
    assert len(layout.rows) == 2
    assert reasons(layout)[4] == "total"
    assert [(one.claimed, one.found) for one in layout.declared] == [(2, 2)]


def test_total_that_does_not_hold_is_said_with_both_numbers():
    layout = laid_out(HEADER, item(1, "甲"), ["合计", "3项"])
    (message,) = layout.messages
    assert (message.code, message.cell) == ("count_mismatch", "A3")
    assert (message.values["claimed"], message.values["found"], message.values["scope"]) == ("3", "1", "list")


def test_shares_in_a_total_are_not_taken_for_the_sum():
    layout = laid_out(HEADER, item(1, "甲"), item(2, "乙"), ["合计", "行政许可1项、行政给付1项"])
    assert layout.declared == ()


def test_main_and_sub_items_are_counted_apart():
    layout = laid_out(
        ["某县清单（共2个主项、3个子项）"],
        ["序号", "主项名称", "子项名称", "类型"],
        [1, "救助", "低保", "行政给付"], [None, None, "特困", "行政给付"], [2, "殡葬", "墓地", "行政许可"],
        merges="A3:A4 B3:B4",
    )  # fmt: skip
    assert {(one.unit, one.claimed, one.found) for one in layout.declared} == {("主项", 2, 2), ("子项", 3, 3)}
    assert [row.text("main_seq") for row in layout.rows] == ["1", "1", "2"]


def test_main_item_on_a_row_of_its_own_names_the_rows_below():
    layout = laid_out(
        ["序号", "主项名称", "子项名称", "类型"],
        [1, "救助", None, None], [None, None, "低保", "行政给付"], [None, None, "特困", "行政给付"],
        [2, "优待证", None, "公共服务"],
    )  # fmt: skip
    assert [(row.text("main_name"), row.text("name")) for row in layout.rows] == [
        ("救助", "低保"), ("救助", "特困"), ("优待证", "优待证"),
    ]  # fmt: skip
    assert reasons(layout)[2] == "main_item"


@pytest.mark.parametrize(
    "rows",
    [
        [["注：1.本清单动态调整。"], ["2.其他。"]],
        [["备注：", "本表一式两份"]],
        [["说明", None], [1, "本表由县民政局解释"]],
        [["填表人：张三", None, "审核人：李四"]],
        [[None, None, None, "填表人：×××", "审核人：×××"]],
        [["※本清单由县委编办解释"]],
        [["北原县民政局 2024年12月20日印发"]],
        [["注：见下"], ["一、本清单所称乡镇包括街道。"], ["二、自印发之日起施行。"]],
    ],
)
def test_notes_at_the_end_are_no_items(rows):
    layout = laid_out(HEADER, item(1, "甲"), item(2, "乙"), *rows)
    assert names(layout) == ["甲", "乙"]


@pytest.mark.parametrize(
    "remark", ["（以下空白）", "（注：实行动态管理（每年一次）。）", "[此页无正文]", "——以下空白——"]
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_remark_in_brackets_is_no_item(remark, place):
    row = [None, None, None]
    row[place] = remark
    layout = lay_out(
        book(grid(["序号", "事项名称", "备注"], [1, "甲事项", "乙"], row, [2, "（涉外）丙事项", None])),
        SERVICES,
    )
    assert [found.text("name") for found in layout.rows] == ["甲事项", "（涉外）丙事项"]
    assert [one.reason for one in layout.ignored] == ["header", "note"]
    assert layout.messages == ()


def test_header_and_title_repeated_at_a_page_break_are_ignored():
    layout = laid_out(
        ["北原县清单"],
        HEADER,
        item(1, "甲"),
        ["北原县清单"],
        ["序\n号", *HEADER[1:]],
        item(2, "乙"),
        merges="A1:E1 A4:E4",
    )
    assert names(layout) == ["甲", "乙"]
    assert reasons(layout) == {1: "title", 2: "header", 4: "title", 5: "repeated_header"}


def test_numbers_of_columns_and_bare_serials_are_ignored():
    layout = laid_out(HEADER, [1, 2, 3, 4, 5], item(1, "甲"), [2], [3])
    assert names(layout) == ["甲"]
    assert reasons(layout) == {1: "header", 2: "column_numbers", 4: "serial_only", 5: "serial_only"}


def test_further_lines_of_a_merged_item_are_joined_to_it():
    layout = laid_out(
        HEADER, item(1, "甲"), [None, None, None, "《乙条例》第二条"], merges="A2:A3 B2:B3 C2:C3"
    )
    assert len(layout.rows) == 1
    assert layout.rows[0].text("legal_basis") == "《甲法》第一条\n《乙条例》第二条"


def test_merged_block_fills_every_column():
    layout = laid_out(HEADER, item(1, "甲", "限建成区"), [2, "乙", None, None, None], merges="D2:D3 E2:E3")
    assert [row.text("remark") for row in layout.rows] == ["限建成区", "限建成区"]
    assert layout.rows[1].cells["legal_basis"].filled_from == "D2"


def test_blanks_mean_above_only_where_the_column_may_fill():
    layout = laid_out(HEADER, item(1, "甲", "限建成区"), [2, "乙"], [3, "丙"])
    assert [row.text("power_type") for row in layout.rows] == ["行政给付"] * 3
    assert [row.text("legal_basis") for row in layout.rows[1:]] == ["", ""]
    assert [row.text("remark") for row in layout.rows[1:]] == ["", ""]


def test_blanks_are_blanks_where_the_sheet_repeats_itself():
    layout = laid_out(HEADER, item(1, "甲"), item(2, "乙"), item(3, "丙"), [4, "丁", None, "《乙法》"])
    assert layout.rows[3].text("power_type") == ""


def test_blanks_take_nothing_from_before_a_group():
    layout = laid_out(
        HEADER,
        ["一、民政（2项）"],
        item(1, "甲"),
        [2, "乙"],
        ["二、水务（2项）"],
        [1, "丙"],
        item(2, "丁"),
        item(3, "戊"),
    )
    assert [row.text("power_type") for row in layout.rows][:3] == ["行政给付", "行政给付", ""]


@pytest.mark.parametrize("same", ["同上", "〃", "（同上）", "同前", '"'])
def test_same_as_above_is_written_in_many_ways(same):
    layout = laid_out(HEADER, item(1, "甲", "限建成区"), [2, "乙", same, same, same])
    assert [layout.rows[1].text(name) for name in ("power_type", "legal_basis", "remark")] == [
        "行政给付", "《甲法》第一条", "限建成区",
    ]  # fmt: skip


def test_same_as_above_with_nothing_above_is_said():
    layout = laid_out(HEADER, [1, "甲", "同上", "《甲法》"])
    assert [(one.code, one.cell) for one in layout.messages] == [("nothing_above", "C2")]


def test_entrustment_of_one_department_does_not_fill_anothers():
    layout = laid_out(
        ["序号", "委托机关", "委托事项", "委托书编号"],
        [1, "县民政局", "甲", "北民委〔2024〕1号"], [2, None, "乙", None], [3, "县水务局", "丙", None],
        columns=ENTRUSTED,
    )  # fmt: skip
    assert [row.text("entrustment_doc") for row in layout.rows] == [
        "北民委〔2024〕1号",
        "北民委〔2024〕1号",
        "",
    ]


def test_cell_merged_over_two_columns_is_read_into_the_first_and_said():
    layout = laid_out(
        ["序号", "事项名称", "委托期限起", "委托期限止"],
        [1, "甲", "长期", None],
        columns=ENTRUSTED,
        merges="C2:D2",
    )
    assert (layout.rows[0].text("valid_from"), layout.rows[0].text("valid_to")) == ("长期", "")
    assert [(one.code, one.cell) for one in layout.messages] == [("merged_across", "C2")]


def test_withdrawn_matters_without_labels_begin_with_the_body():
    layout = laid_out(
        ["序号", "事项名称", "承接部门及工作方式"],
        [1, "甲", "县应急管理局\n由县应急管理局开展检查。"],
        [2, "乙", "承接部门：县水务局；工作方式：巡查"], [3, "丙", "不再开展"],
        columns=DUTIES,
    )  # fmt: skip
    assert [row.text("taking_over_department") for row in layout.rows] == ["县应急管理局", "县水务局", ""]
    assert [row.text("way_of_working") for row in layout.rows] == ["由县应急管理局开展检查。", "巡查", ""]


def test_seconded_bodies_are_read():
    layout = laid_out(
        ["北原县派驻乡镇机构目录"],
        ["序号", "派出部门", "派驻机构名称", "派驻人数", "派驻乡镇"],
        [1, "县自然资源局", "自然资源所", 3.0, "榆树镇、柳河镇"],
        columns=SECONDED,
    )
    row = layout.rows[0]
    assert (row.text("department"), row.text("name"), row.text("head_count")) == (
        "县自然资源局",
        "自然资源所",
        "3",
    )


def test_old_power_list_with_everything_wrong_at_once():
    layout = laid_out(
        ["附件1："], ["北原县乡镇权责清单"], ["（2016年本）"], ["填报单位：县编办", None, None, "2016.5.1"],
        ["序\n号", "职权名称", "权利类型", "实施主体", "设定依 据", "责任事项", "追责情形", "备 注"],
        ["一", "县民政局（2项）"],
        ["1.", "低保审批", "行政给付", "镇政府", "《办法》第一条", "1.受理；\n2.审查", "玩忽职守", None],
        ["２.", "五保\n审批", "〃", "〃", "同上", None, None, None],
        ["序号", "职权名称", "权利类型", "实施主体", "设定依据", "责任事项", "追责情形", "备注"],
        ["二", "县农业局 （共1项）"],
        ["3.", "说明书备案", "其他权力", "镇政府", "", "", "", ""],
        ["小计", "1"], ["总计", "3项"],
        ["备注：", "本表一式两份"],
        ["填表人：张三", None, "审核人：李四", None, None, "填表日期：2016年5月1日"],
        columns=POWERS,
    )  # fmt: skip
    assert [(row.text("department"), row.text("name"), row.text("power_type")) for row in layout.rows] == [
        ("县民政局", "低保审批", "行政给付"), ("县民政局", "五保审批", "行政给付"),
        ("县农业局", "说明书备案", "其他权力"),
    ]  # fmt: skip
    assert layout.title == "北原县乡镇权责清单（2016年本）"
    assert codes(layout) == ["column_guessed"]
    assert all(declared.is_met for declared in layout.declared)


@pytest.mark.parametrize("before", ["——", "　　", "  ", "- ", "· "])
def test_names_that_are_set_in_are_sub_items_of_the_one_above(before):
    layout = laid_out(
        ["序号", "服务事项", "承办单位", "所需材料"],
        [1, "社会保险服务", None, None],
        [None, before + "参保登记", "便民服务中心", "身份证"],
        [None, before + "待遇申领", "便民服务中心", "户口簿"],
        [2, "档案查询", "综合办", "介绍信"],
        [3, "户籍服务", None, None],
        [None, before + "迁移证明", "便民服务中心", None],
    )
    assert [(row.text("main_name"), row.text("name")) for row in layout.rows] == [
        ("社会保险服务", "参保登记"), ("社会保险服务", "待遇申领"), ("", "档案查询"), ("户籍服务", "迁移证明"),
    ]  # fmt: skip
    assert [one.reason for one in layout.ignored] == ["header", "main_item", "main_item"]
    assert layout.messages == ()


def test_a_padded_name_among_others_is_no_sub_item():
    layout = laid_out(HEADER, item(1, "甲事项"), item(2, "　　乙事项"), item(3, "　　丙事项"))
    assert [(row.text("main_name"), row.text("name")) for row in layout.rows] == [
        ("", "甲事项"), ("", "乙事项"), ("", "丙事项"),
    ]  # fmt: skip


def test_a_main_item_as_full_as_its_sub_items_is_kept_and_in_doubt():
    layout = laid_out(
        HEADER, item(1.0, "甲事项"), item(1.1, "乙事项"), item(1.2, "丙事项"), item(2.0, "丁事项")
    )
    assert names(layout) == ["甲事项", "乙事项", "丙事项", "丁事项"]
    assert [(message.code, message.cell) for message in layout.messages] == [("row_in_doubt", "A2")]


@pytest.mark.parametrize(
    "printed",
    ["便民服务中心 0000-6610001", "便民服务中心\n电话：0000-6610001", "便民服务中心（0000-6610001）"],
)
def test_a_phone_behind_a_unit_is_taken_apart(printed):
    layout = laid_out(["序号", "事项名称", "承办机构及电话"], [1, "甲", printed], [2, "乙", "第2办公室"])
    assert [(row.text("responsible_unit"), row.text("phone")) for row in layout.rows] == [
        ("便民服务中心", "0000-6610001"), ("第2办公室", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        ["委托机关：县林业局", None, "受委托机关：白塔镇"],
        ["委托机关：县林业局　　受委托机关：白塔镇", None, None],
    ],
)
def test_a_row_of_labels_speaks_of_the_rows_below(said):
    layout = laid_out(["序号", "委托事项", "权力类别"], said, [1, "木材检查", "行政检查"], columns=ENTRUSTED)
    assert [row.groups for row in layout.rows] == [("委托机关：县林业局", "受委托机关：白塔镇")]
    assert layout.rows[0].text("department") == "县林业局"


def test_limits_of_both_kinds_in_one_cell_are_told_apart():
    layout = laid_out(
        ["序号", "事项名称", "办理时限"], [1, "甲", "法定20个工作日，承诺3个工作日"], [2, "乙", "即办"]
    )
    assert [(row.text("statutory_limit"), row.text("promised_limit")) for row in layout.rows] == [
        ("20个工作日", "3个工作日"), ("", "即办"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "printed",
    ["承诺3个工作日（法定节假日除外）", "承诺1个工作日，遇法定节日顺延", "法定20日，承诺3日，其中初审1日"],
)
def test_a_limit_explained_stays_whole(printed):
    layout = laid_out(["序号", "事项名称", "承诺办结时限"], [1, "甲", printed])
    assert (layout.rows[0].text("statutory_limit"), layout.rows[0].text("promised_limit")) == ("", printed)


@pytest.mark.parametrize(
    "printed", ["县民政局0000-6610001、县残联0000-6610002", "营业执照编号12345678", "第12条第20240101"]
)
def test_what_is_no_name_with_its_phone_stays_whole(printed):
    layout = laid_out(["序号", "事项名称", "责任单位"], [1, "甲", printed])
    assert (layout.rows[0].text("responsible_unit"), layout.rows[0].text("phone")) == (printed, "")


def test_a_row_cut_off_by_the_end_of_a_sheet_is_not_lost():
    first = grid(["序号", "事项名称", "责任部门"], [1, "甲", "县教育局"], [2, "乙", "县教育局"], title="一")
    second = grid(["续表"], [None, "丙", "县人社局"], [3, "丁", "县民政局"], title="二")
    layout = lay_out(book(first, second), SERVICES)
    assert [row.text("name") for row in layout.rows] == ["甲", "乙", "丙", "丁"]
    people = grid([3, "张三", "13800000000"], title="联系人")
    assert len(lay_out(book(first, people), SERVICES).rows) == 2


def test_items_with_latin_names_are_no_translated_headings():
    layout = laid_out(["事项名称", "备注"], ["ETC", "GPS"], ["社保卡申领", ""])
    assert [row.text("name") for row in layout.rows] == ["ETC", "社保卡申领"]


def test_a_sheet_without_headings_goes_on_where_it_counts_on():
    first = grid(["序号", "事项名称"], ["一、民政"], [1, "甲"], [2, "乙"], title="一")
    second = grid(["续表"], [3, "丙"], ["二、教育"], [4, "丁"], title="二")
    layout = lay_out(book(first, second), SERVICES)
    assert [(row.text("name"), row.group) for row in layout.rows] == [
        ("甲", "民政"), ("乙", "民政"), ("丙", "民政"), ("丁", "教育"),
    ]  # fmt: skip
    assert [(one.code, one.sheet) for one in layout.messages] == [("sheet_goes_on", "二")]
    other = grid([5, "戊"], [6, "己"], title="三")
    assert len(lay_out(book(first, other), SERVICES).rows) == 2
