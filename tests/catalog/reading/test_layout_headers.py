"""Finding the sheet, the header and the meaning of its columns."""

import pytest

from catalog.reading.layout import lay_out
from catalog.reading.layout.headings import is_one_slip_away
from catalog.resources.duties import WithdrawnMattersResource
from tests.catalog.reading.grids import book, grid
from tests.catalog.reading.kinds import DELEGATED, DUTIES, ENTRUSTED, POWERS, SECONDED, SERVICES

WITHDRAWN = WithdrawnMattersResource.columns()
ITEM = [1, "低保申请", "行政给付", "《社会救助暂行办法》第九条"]


def fields_of(header, columns=SERVICES):
    return lay_out(book(grid(header, [1, *("甲" * (len(header) - 1))])), columns).columns


def codes(layout):
    return [message.code for message in layout.messages]


def message_of(layout, code):
    (message,) = (message for message in layout.messages if message.code == code)
    return message


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("职权\n类别", "power_type"),
        ("权 力 类 型", "power_type"),
        ("权利类型", "power_type"),
        ("设定（实施）依据", "legal_basis"),
        ("承办机钩", "responsible_unit"),
        ("服务对像", "service_target"),
        ("*责任单位（必填）", "responsible_unit"),
        ("服务对象及范围", "service_target"),
        ("法定办结时限（单位：工作日）", "statutory_limit"),
        ("联系电话：", "phone"),
    ],
)
def test_headings_are_known_by_their_meaning(heading, field):
    assert fields_of(["序号", "事项名称", heading])[heading.replace("\n", "").replace(" ", "")] == field


@pytest.mark.parametrize(
    ("written", "meant", "is_slip"),
    [
        ("权利类型", "权力类型", True),
        ("责任单单位", "责任单位", True),
        ("责单位", "责任单位", True),
        ("责单任位", "责任单位", True),
        ("受委托单位", "委托单位", False),
        ("子项名称", "主项名称", False),
        ("办理时间", "办理时限", False),
        ("备住", "备注", False),
        ("责任单位", "责任单位", False),
    ],
)
def test_one_slip_of_the_hand_is_forgiven_where_it_makes_no_other_word(written, meant, is_slip):
    assert is_one_slip_away(written, meant) is is_slip


@pytest.mark.parametrize(
    ("columns", "heading", "field"),
    [
        (WITHDRAWN, "承接部门及工作万式", "taking_over"),
        (POWERS, "责认事项内容", "responsibilities"),
        (POWERS, "实施丰体", "implementing_body"),
        (SECONDED, "派出单位名称", "department"),
        (SERVICES, "三级事项", "name"),
    ],
)
def test_a_slip_is_held_against_whole_headings(columns, heading, field):
    first = ["事项名称"] if heading != "三级事项" else []
    layout = lay_out(book(grid(["序号", "备注", *first, heading], [1, "甲", "乙", "丙"])), columns)
    assert layout.columns[heading] == field


def test_a_guess_is_said():
    layout = lay_out(book(grid(["序号", "事项名称", "权利类型"], [1, "甲", "行政许可"])), SERVICES)
    message = message_of(layout, "column_guessed")
    assert (message.level, message.cell, message.values["taken_for"]) == ("warning", "C1", "权力类型")


def test_receiver_and_owner_are_not_confused():
    fields = fields_of(["序号", "委托单位", "受委托单位", "委托事项"], ENTRUSTED)
    assert (fields["委托单位"], fields["受委托单位"]) == ("department", "receiving_body")


def test_department_serial_is_not_the_serial():
    fields = fields_of(["部门序号", "序号", "下放部门", "事权名称"], DELEGATED)
    assert (fields["部门序号"], fields["序号"]) == ("department_seq", "seq")


def test_merged_heading_over_two_columns_names_both():
    layout = lay_out(
        book(
            grid(
                ["序号", "事项名称", "委托期限", None],
                [None, None, "起", "止"],
                [1, "甲", "2024.1.1", "2026.12.31"],
                merges="A1:A2 B1:B2 C1:D1",
            )
        ),
        ENTRUSTED,
    )
    assert layout.header_rows == (1, 2)
    assert (layout.rows[0].text("valid_from"), layout.rows[0].text("valid_to")) == ("2024.1.1", "2026.12.31")


def test_two_row_header_is_read_without_merges():
    layout = lay_out(
        book(
            grid(
                ["序号", "事项名称", "委托期限", "", "备注"],
                ["", "", "起始日期", "终止日期", ""],
                ["1", "甲", "2024.1.1", "2026.12.31", ""],
            )
        ),
        ENTRUSTED,
    )
    assert (layout.rows[0].text("valid_from"), layout.rows[0].text("valid_to")) == ("2024.1.1", "2026.12.31")


def test_main_and_sub_items_each_with_serial():
    layout = lay_out(
        book(
            grid(
                ["主项", None, "子项", None, "权力类型"],
                ["序号", "名称", "序号", "名称", None],
                [1, "农药监管", 1, "农药处罚", "行政处罚"],
                [None, None, 2, "农药检查", "行政检查"],
                merges="A1:B1 C1:D1 E1:E2 A3:A4 B3:B4",
            )
        ),
        POWERS,
    )
    assert [
        tuple(row.text(name) for name in ("main_seq", "main_name", "seq", "name")) for row in layout.rows
    ] == [("1", "农药监管", "1", "农药处罚"), ("1", "农药监管", "2", "农药检查")]


def test_name_over_two_filled_columns_holds_main_and_sub_items():
    layout = lay_out(
        book(
            grid(
                ["序号", "事项名称", None, "实施依据"],
                [1, "社会救助", "低保", "甲"],
                [2, None, "特困", "乙"],
                [3, "优待证", None, "丙"],
                merges="B1:C1 B2:B3 B4:C4",
            )
        ),
        SERVICES,
    )
    assert [(row.text("main_name"), row.text("name")) for row in layout.rows] == [
        ("社会救助", "低保"), ("社会救助", "特困"), ("优待证", "优待证"),
    ]  # fmt: skip
    assert codes(layout) == []


def test_running_numbers_under_a_blank_heading_are_the_serials():
    layout = lay_out(book(grid([None, "事项名称", "备注"], [1, "甲", None], [2, "乙", "丙"])), SERVICES)
    assert [row.text("seq") for row in layout.rows] == ["1", "2"]


def test_list_without_serials_is_read():
    layout = lay_out(book(grid(["事项名称", "承办单位"], ["甲", "民政办"], ["乙", None])), SERVICES)
    assert [row.text("name") for row in layout.rows] == ["甲", "乙"]


def test_sheet_without_header_says_what_was_looked_for_and_seen():
    layout = lay_out(book(grid(["随便", "什么"], ["甲", "乙"])), SERVICES)
    message = message_of(layout, "no_header")
    assert message.level == "error"
    assert (message.values["looked_for"], message.values["row"], message.values["seen"]) == (
        "事项名称",
        "1",
        "随便、什么",
    )


def test_missing_required_column_is_an_error():
    layout = lay_out(book(grid(["序号", "权力类型", "实施依据"], [1, "行政许可", "甲"])), SERVICES)
    assert message_of(layout, "missing_column").values["heading"] == "事项名称"
    assert layout.has_errors


def test_same_heading_twice_is_an_error_that_names_both_cells():
    layout = lay_out(book(grid(["序号", "事项名称", "事项名称"], [1, "甲", "乙"])), SERVICES)
    message = message_of(layout, "duplicate_heading")
    assert (message.level, message.cell, message.values["other_cell"]) == ("error", "C1", "B1")
    assert layout.rows[0].extra == {"事项名称": "乙"}


def test_two_headings_for_one_field_are_a_warning_and_the_more_usual_wins():
    layout = lay_out(book(grid(["序号", "项目名称", "事项名称"], [1, "甲", "乙"])), SERVICES)
    assert message_of(layout, "column_ambiguous").cell == "B1"
    assert (layout.rows[0].text("name"), layout.rows[0].extra) == ("乙", {"项目名称": "甲"})


def test_unknown_column_is_kept():
    layout = lay_out(book(grid(["序号", "事项名称", "网格员"], [1, "甲", "张三"])), SERVICES)
    assert message_of(layout, "unknown_column").cell == "C1"
    assert layout.rows[0].extra == {"网格员": "张三"}
    assert layout.unknown_columns == ("网格员",)


def test_text_beside_the_table_is_kept_by_its_column():
    layout = lay_out(book(grid(["序号", "事项名称"], [1, "甲", None, "另注"])), SERVICES)
    assert layout.rows[0].extra == {"D列": "另注"}


def test_clerk_says_what_columns_mean():
    layout = lay_out(
        book(grid(["No", "内容", "谁", "备注", "服务对象"], [1, "甲", "民政办", "丙", "丁"])),
        SERVICES,
        mapping={"内容": "name", "C": "responsible_unit", "备注": None, "服务对象": ""},
    )
    row = layout.rows[0]
    assert (row.text("name"), row.text("responsible_unit"), row.text("remark")) == ("甲", "民政办", "")
    assert row.extra == {"服务对象": "丁"}  # kept under its heading; what is left out is not
    assert codes(layout) == []
    told = [(column.letter, column.field, column.is_left_out) for column in layout.tables[0].columns]
    assert told[1:] == [
        ("B", "name", False),
        ("C", "responsible_unit", False),
        ("D", None, True),
        ("E", None, False),
    ]


def test_columns_are_shown_with_their_doubt_and_first_values():
    layout = lay_out(book(grid(["序号", "事项名称", "网格员", "服务对像"], [1, "甲", "乙", "丙"])), SERVICES)
    shown = [(column.heading, column.doubt, column.values) for column in layout.tables[0].columns]
    assert shown[1:] == [
        ("事项名称", "", ("甲",)),
        ("网格员", "unknown", ("乙",)),
        ("服务对像", "guess", ("丙",)),
    ]


def test_a_sheet_without_headings_is_shown_for_its_columns_to_be_named():
    layout = lay_out(book(grid(["No", "什么"], [1, "甲"], [2, "乙"])), SERVICES)
    (table,) = layout.unread
    assert [(column.letter, column.heading) for column in table.columns] == [("A", "No"), ("B", "什么")]
    again = lay_out(
        book(grid(["No", "什么"], [1, "甲"], [2, "乙"])), SERVICES, mapping={"No": "seq", "什么": "name"}
    )
    assert [row.text("name") for row in again.rows] == ["甲", "乙"]


def test_clerk_is_told_of_a_mapping_that_fits_nothing():
    layout = lay_out(
        book(grid(["序号", "事项名称"], [1, "甲"])),
        SERVICES,
        mapping={"没有的列": "remark", "序号": "nonsense"},
    )
    assert codes(layout) == ["mapping_unknown_heading", "mapping_unknown_field"]


def test_sheets_with_a_list_are_all_taken_and_others_named():
    layout = lay_out(
        book(
            grid(["序号", "事项名称"], [1, "甲"], title="县民政局"),
            grid(["填表说明"], ["一、请如实填写"], title="说明"),
            grid(["序号", "事项名称"], [1, "乙"], title="县水务局"),
            grid(["序号", "事项名称"], [1, "旧"], title="旧表", is_hidden=True),
        ),
        DELEGATED,
    )
    assert layout.sheets == ("县民政局", "县水务局")
    assert [(message.code, message.sheet) for message in layout.messages] == [
        ("sheet_without_list", "说明"),
        ("hidden_sheet_skipped", "旧表"),
    ]


def test_hidden_sheet_is_used_where_no_other_carries_a_list():
    layout = lay_out(book(grid(["序号", "事项名称"], [1, "甲"], is_hidden=True)), SERVICES)
    assert len(layout.rows) == 1
    assert codes(layout) == ["hidden_sheet_used"]


@pytest.mark.parametrize("title", ["县水务局", "3.县水务局", "县水务局（1项）"])
def test_sheet_named_after_a_department_stands_in_for_the_column(title):
    layout = lay_out(book(grid(["序号", "事项名称"], [1, "甲"], title=title)), DELEGATED)
    assert layout.rows[0].text("department") == "县水务局"


def test_sheets_named_short_stand_in_where_there_are_several():
    sheets = [grid(["序号", "事项名称"], [1, "甲"], title=title) for title in ("民政", "水务")]
    assert [row.text("department") for row in lay_out(book(*sheets), DELEGATED).rows] == ["民政", "水务"]
    assert lay_out(book(sheets[0]), DELEGATED).rows[0].text("department") == ""


def test_title_named_after_a_department_stands_in_for_the_column():
    layout = lay_out(book(grid(["北原县水务局下放事项清单"], ["序号", "事项名称"], [1, "甲"])), DELEGATED)
    assert layout.rows[0].text("department") == "北原县水务局"


def test_title_may_run_over_rows():
    layout = lay_out(
        book(
            grid(
                ["附件1"],
                ["北原县乡镇"],
                ["公共服务事项目录"],
                ["（2025年版）"],
                ["序号", "事项名称"],
                [1, "甲"],
            )
        ),
        SERVICES,
    )
    assert layout.title == "北原县乡镇公共服务事项目录（2025年版）"


def test_three_tables_of_a_duty_list_each_have_their_columns():
    layout = lay_out(
        book(
            grid(
                ["榆树镇履行职责事项清单"],
                ["一、基本履职事项清单"],
                ["序号", "事项名称"],
                [1, "学习贯彻"],
                [],
                ["二、配合履职事项清单"],
                ["序号", "事项名称", "对应上级部门", "上级部门职责", "乡镇配合职责"],
                ["一、民生服务（1项）"],
                [1, "低保", "县民政局\n县财政局", "1.县民政局：审批；\n2.县财政局：拨款。", "受理"],
                ["三、上级部门收回事项清单"],
                ["序号", "事项名称", "承接部门及工作方式"],
                [1, "燃气检查", "承接部门：县住房和城乡建设局\n工作方式：定期检查。"],
            )
        ),
        DUTIES,
        group_field="domain",
        part_field="list_part",
    )
    assert [row.text("list_part") for row in layout.rows] == [
        "基本履职事项",
        "配合履职事项",
        "上级部门收回事项",
    ]
    assert layout.rows[1].text("domain") == "民生服务"
    assert layout.rows[1].text("superior_departments") == "县民政局\n县财政局"
    assert layout.rows[2].text("taking_over_department") == "县住房和城乡建设局"
    assert layout.rows[2].text("way_of_working") == "定期检查。"
    assert layout.rows[2].text("domain") == ""


def test_parts_in_three_sheets_are_named_by_title_or_sheet():
    layout = lay_out(
        book(
            grid(["榆树镇基本履职事项清单"], ["序号", "事项名称"], [1, "甲"], title="1"),
            grid(["序号", "事项名称", "上级部门"], [1, "乙", "县公安局"], title="配合履职"),
        ),
        DUTIES,
        part_field="list_part",
    )
    assert [row.text("list_part") for row in layout.rows] == ["基本履职事项", "配合履职事项"]


def test_summary_beside_its_sheets_is_said():
    layout = lay_out(
        book(
            grid(["序号", "事项名称"], [1, "甲"], [2, "乙"], title="汇总"),
            grid(["序号", "事项名称"], [1, "甲"], title="县民政局"),
            grid(["序号", "事项名称"], [1, "乙"], title="县水务局"),
        ),
        DELEGATED,
    )
    assert message_of(layout, "sheet_repeats_others").sheet == "汇总"


def test_document_number_may_stand_in_brackets_behind_the_title():
    layout = lay_out(
        book(
            grid(
                ["北原县乡镇政府公共服务事项目录清单（北政办发[2025]12 号）"], ["序号", "事项名称"], [1, "甲"]
            )
        ),
        SERVICES,
    )
    assert layout.document_number == "北政办发〔2025〕12号"


def test_document_numbers_cited_in_sentences_are_not_the_lists_own():
    layout = lay_out(
        book(grid(["北原县清单"], ["序号", "事项名称"], [1, "甲"], ["注：依据国发〔2015〕52号制定。"])),
        SERVICES,
    )
    assert layout.document_number == ""


def test_the_same_headings_under_other_labels_begin_another_table():
    heading = ["序号", "委托事项", "权力类别"]
    sheet = grid(
        ["委托机关：县林业局", None, "受委托机关：白塔镇"],
        heading,
        [1, "木材运输检查", "行政检查"],
        heading,
        [2, "森林防火检查", "行政检查"],
        [],
        ["委托机关：县水务局", None, "受委托机关：石桥乡"],
        heading,
        [1, "河道采砂检查", "行政检查"],
    )
    layout = lay_out(book(sheet), ENTRUSTED)
    assert [(row.text("department"), row.text("receiving_body")) for row in layout.rows] == [
        ("县林业局", "白塔镇"), ("县林业局", "白塔镇"), ("县水务局", "石桥乡"),
    ]  # fmt: skip
    assert layout.messages == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["2025年版", "甲县公共服务事项目录"],
        ["甲县", "公共服务事项目录"],
        ["甲县公共服务事项目录", "（2024年3月公布）"],
        ["甲县公共服务事项目录", "（二〇二四年三月）"],
    ],
)
def test_years_and_days_beside_a_title_are_no_part_of_it(lines):
    sheet = grid(*([line] for line in lines), ["序号", "事项名称", "备注"], [1, "甲", None])
    assert lay_out(book(sheet), SERVICES).title == "甲县公共服务事项目录"


def test_headings_may_stand_in_english_as_well():
    below = [["序号", "事项名称", "事项类型"], ["No.", "Item", "Type"]]
    beside = [["序号\nNo.", "事项名称（Item Name）", "事项类型/Type"]]
    for rows in (below, beside):
        layout = lay_out(book(grid(*rows, [1, "失业登记", "公共服务"])), SERVICES)
        assert [row.text("name") for row in layout.rows] == ["失业登记"]
        assert list(layout.columns.values()) == ["seq", "name", "power_type"]
        assert layout.messages == ()


def test_kinds_of_power_may_be_marked_in_columns():
    sheet = grid(
        ["序号", "权力名称", "权力类型", None, None],
        [None, None, "行政许可", "行政处罚", "行政检查"],
        [1, "宅基地审批", "√", None, None],
        [2, "违建查处", None, "√", "√"],
        merges="A1:A2 B1:B2 C1:E1",
    )
    layout = lay_out(book(sheet), POWERS)
    assert [row.text("power_type") for row in layout.rows] == ["行政许可", "行政处罚、行政检查"]


def test_a_basis_may_have_a_column_for_each_level_of_law():
    sheet = grid(
        ["序号", "事项名称", "设定依据", None, None],
        [None, None, "法律", "行政法规", "规章及文件"],
        [1, "取水许可", "《水法》第四十八条", "《取水条例》第三条", None],
        [2, "采砂检查", None, None, "《河道办法》第九条"],
        merges="A1:A2 B1:B2 C1:E1",
    )
    rows = lay_out(book(sheet), DELEGATED).rows
    assert [row.text("legal_basis") for row in rows] == [
        "《水法》第四十八条\n《取水条例》第三条", "《河道办法》第九条",
    ]  # fmt: skip


def test_the_list_behind_a_notice_has_a_title_of_its_own():
    above = [
        ["甲县办公室关于公布下放事项目录的通知"],
        ["各乡镇人民政府："],
        ["附件"],
        ["甲县下放乡镇事项目录"],
    ]
    sheet = grid(*above, ["序号", "事项名称", "下放部门"], [1, "甲", "县水务局"])
    assert lay_out(book(sheet), DELEGATED).title == "甲县下放乡镇事项目录"


def test_what_is_handed_down_names_the_items_where_nothing_else_does():
    heading, row = ["序号", "委托职权", "权力类别", "受委托单位"], [1, "公路巡查", "行政检查", "白塔镇"]
    assert lay_out(book(grid(heading, row)), ENTRUSTED).columns["委托职权"] == "name"
    beside = lay_out(book(grid([*heading, "委托事项"], [*row, "乙"])), ENTRUSTED)
    assert beside.columns["委托职权"] == "authority_scope"
