"""Columns that stand in for others, hold two fields, or are told by their values or by the clerk."""

import pytest

from catalog.reading.layout import lay_out
from catalog.reading.values import read_day
from catalog.resources.registers import PurchaseGuideResource
from tests.catalog.reading.grids import book, grid
from tests.catalog.reading.kinds import ENTRUSTED, POWERS, SECONDED, SERVICES


def laid_out(*rows, columns=SERVICES, merges="", **options):
    return lay_out(book(grid(*rows, merges=merges)), columns, **options)


def codes(layout):
    return [message.code for message in layout.messages]


def days_of(row):
    return [read_day(row.cells[name].value).day for name in ("valid_from", "valid_to")]


@pytest.mark.parametrize(
    ("term", "first", "last"),
    [
        ("2024年1月1日至2026年12月31日", "2024-01-01", "2026-12-31"),
        ("2024.1.1—2026.12.31", "2024-01-01", "2026-12-31"),
        ("2024-01-01至2026-12-31止", "2024-01-01", "2026-12-31"),
        ("20240101-20261231", "2024-01-01", "2026-12-31"),
        ("2024年1月1日至12月31日", "2024-01-01", "2024-12-31"),
        ("2024年1月1日—长期", "2024-01-01", None),
        ("自2024年1月1日起三年", "2024-01-01", "2026-12-31"),
        ("2024年1月至2026年12月", "2024-01-01", "2026-12-31"),
        ("至2026年12月31日", None, "2026-12-31"),
        ("三年", None, None),
        ("长期", None, None),
    ],
)
def test_one_column_may_hold_both_ends_of_a_term(term, first, last):
    layout = laid_out(["序号", "委托事项", "委托期限"], [1, "甲", term], columns=ENTRUSTED)
    row = layout.rows[0]
    assert [day and day.isoformat() for day in days_of(row)] == [first, last]
    assert row.text("term") == term


def test_a_term_leaves_days_of_their_own_alone():
    layout = laid_out(
        ["序号", "委托事项", "起始日期", "截止日期", "委托期限"],
        [1, "甲", "2024.1.1", None, "2023年1月1日至2026年12月31日"],
        columns=ENTRUSTED,
    )
    assert [str(day) for day in days_of(layout.rows[0])] == ["2024-01-01", "2026-12-31"]


def test_a_body_is_the_item_where_a_list_has_no_other():
    layout = laid_out(
        ["序号", "派出部门", "派驻机构", "人数"], [1, "县司法局", "司法所", 3], columns=SECONDED
    )
    assert (layout.rows[0].text("name"), layout.rows[0].text("seconded_unit")) == ("司法所", "司法所")
    assert codes(layout) == []


def test_a_body_beside_items_is_a_body():
    layout = laid_out(
        ["序号", "派驻机构", "事项名称", "人数"], [1, "司法所", "人民调解", 3], columns=SECONDED
    )
    assert (layout.rows[0].text("name"), layout.rows[0].text("seconded_unit")) == ("人民调解", "司法所")


@pytest.mark.parametrize(
    ("header", "item"),
    [
        (["一级目录", "二级目录", "三级目录"], ("公共服务", "养老", "居家养老")),
        (["一级目录", "二级目录"], ("公共服务", "养老", "养老")),
    ],
)
def test_the_deepest_level_of_a_purchase_guide_is_the_item(header, item):
    row = ["公共服务", "养老", "居家养老"][: len(header)]
    layout = laid_out(["序号", *header], [1, *row], columns=PurchaseGuideResource.columns())
    assert tuple(layout.rows[0].text(name) for name in ("domain", "main_name", "name")) == item


def test_serial_beside_serial_of_sub_items():
    layout = laid_out(["序号", "主项", "子项序号", "子项"], [1, "救助", 1, "低保"], [2, None, 2, "特困"])
    assert [(row.text("seq"), row.text("sub_seq")) for row in layout.rows] == [("1", "1"), ("2", "2")]
    assert codes(layout) == []


def test_serial_of_sub_items_is_the_serial_where_there_is_no_other():
    layout = laid_out(["主项序号", "主项", "子项序号", "子项"], [1, "救助", 1, "低保"])
    assert [layout.rows[0].text(name) for name in ("main_seq", "seq", "sub_seq")] == ["1", "1", "1"]


@pytest.mark.parametrize("merges", ["", "A2:A3 B2:B3"])
def test_serial_given_once_for_a_main_item_is_of_all_its_sub_items(merges):
    layout = laid_out(
        ["序号", "主项", "子项"],
        [1, "救助", "低保"],
        [None, None, "特困"],
        [2, "殡葬", "墓地"],
        merges=merges,
    )
    assert [(row.text("seq"), row.text("main_seq")) for row in layout.rows] == [
        ("1", "1"), ("1", "1"), ("2", "2"),
    ]  # fmt: skip


def test_numbers_under_a_heading_of_codes_are_serials():
    assert laid_out(["编号", "事项名称"], [1, "甲"], [2, "乙"]).columns["编号"] == "seq"
    assert laid_out(["编号", "事项名称"], ["QH0001", "甲"]).columns["编号"] == "official_code"
    both = laid_out(["序号", "编号", "事项名称"], [1, 11, "甲"]).columns
    assert (both["序号"], both["编号"]) == ("seq", "official_code")


def test_power_types_are_known_under_a_vague_heading():
    layout = laid_out(["序号", "事项名称", "事项类别"], [1, "甲", "行政许可"], [2, "乙", "其他行政权力"])
    assert layout.columns["事项类别"] == "power_type"
    assert codes(layout) == ["column_guessed"]
    assert laid_out(["序号", "事项名称", "事项类别"], [1, "甲", "社会保险"]).columns["事项类别"] == "domain"


def test_header_may_have_three_rows():
    layout = laid_out(
        ["序号", "事项名称", "办理要求", None, None, "备注"],
        [None, None, "办理时限", None, "收费", None],
        [None, None, "法定", "承诺", None, None],
        [1, "甲", 20, 10, "不收费", "乙"],
        merges="A1:A3 B1:B3 C1:E1 C2:D2 E2:E3 F1:F3",
    )
    row = layout.rows[0]
    assert layout.header_rows == (1, 2, 3)
    assert [row.text(name) for name in ("statutory_limit", "promised_limit", "fee", "remark")] == [
        "20", "10", "不收费", "乙",
    ]  # fmt: skip


def test_first_item_is_no_third_row_of_a_header():
    layout = laid_out(
        ["序号", "服务事项", None, "备注"], [None, "主项", "子项", None], [None, "救助", "低保", "甲"],
        columns=POWERS,
    )  # fmt: skip
    assert layout.header_rows == (1, 2)
    assert [row.text("name") for row in layout.rows] == ["低保"]


def test_letters_name_the_columns_of_a_sheet_without_header():
    layout = laid_out(
        ["北原县清单"], [1, "甲", "行政许可"], [2, "乙", "行政给付"],
        mapping={"A": "seq", "B": "name", "C": "power_type"},
    )  # fmt: skip
    assert [(row.text("seq"), row.text("name"), row.text("power_type")) for row in layout.rows] == [
        ("1", "甲", "行政许可"), ("2", "乙", "行政给付"),
    ]  # fmt: skip
    assert (layout.title, layout.header_rows, codes(layout)) == ("北原县清单", (), [])


def test_header_repeated_with_other_merges_is_the_same_header():
    layout = laid_out(
        ["序号", "服务事项", None, "备注"], [None, "主项", "子项", None], [1, "救助", "低保", "甲"],
        ["序号", "服务事项", "服务事项", "备 注"], ["序号", "主项", "子项", "备注"], [2, "殡葬", "墓地", "乙"],
        merges="A1:A2 B1:C1 D1:D2",
    )  # fmt: skip
    assert [one.reason for one in layout.ignored] == ["header"] * 2 + ["repeated_header"] * 2
    assert len(layout.tables) == 1


def test_subtotal_may_count_all_that_stands_above():
    layout = laid_out(
        ["序号", "事项名称"], ["一、民政（1项）", None], [1, "甲"], ["二、水务（2项）", None],
        [2, "乙"], [3, "丙"], ["小计", "以上共3项"],
    )  # fmt: skip
    assert codes(layout) == []


def test_document_number_with_a_blank_before_its_bracket():
    layout = laid_out(["北原县清单"], ["青政办发 [2025] 12号"], ["序号", "事项名称"], [1, "甲"])
    assert layout.document_number == "青政办发〔2025〕12号"


@pytest.mark.parametrize(
    ("main", "sub"), [("项目", "子项"), ("事项名称", "具体事项"), ("服务事项", "小项名称")]
)
def test_a_name_beside_a_sub_item_is_the_main_items(main, sub):
    layout = laid_out(
        ["序号", main, sub, "权力类型"],
        [1, "救助", "低保", "行政给付"], [None, None, "特困", "行政给付"], [2, "优待证", None, "公共服务"],
        merges="A2:A3 B2:B3",
    )  # fmt: skip
    assert [(row.text("main_name"), row.text("name")) for row in layout.rows] == [
        ("救助", "低保"), ("救助", "特困"), ("优待证", "优待证"),
    ]  # fmt: skip
    assert codes(layout) == []
