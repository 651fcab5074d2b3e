from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.reading.values import (
    document_number,
    find_days,
    find_document_number,
    first_day,
    last_day,
    number,
    read_day,
    read_department,
    read_departments,
    read_limit,
    read_period,
    read_serial,
    serial_number,
    split_count,
    split_names,
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("十二", 12),
        ("二十", 20),
        ("一百一十九", 119),
        ("一百零五", 105),
        ("两", 2),
        ("二〇二四", 2024),
        ("１２", 12),
        ("十十", None),
        ("甲", None),
    ],
)
def test_numerals_are_read(printed, value):
    assert number(printed) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (3, 3), (3.0, 3), ("3.0", 3), ("１２", 12), ("1７", 17), ("40 ", 40), ("33.", 33), ("（一）", 1),
        ("㈠", 1), ("①", 1), ("十二", 12),
        ("二十一、", 21), ("（１２）", 12), ("1-2", 2), ("第3项", 3), ("No.5", 5), ("№ 5", 5),
    ],
)  # fmt: skip
def test_serials_are_read(cell, value):
    assert serial_number(cell) == value


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        "小计",
        "附件1",
        "一、民政（5项）",
        "（一）党的建设",
        True,
        -1,
        float("nan"),
        "1234567890123456",
    ],
)
def test_other_cells_are_no_serials(cell):
    assert read_serial(cell) is None


def test_serial_of_a_sub_item_names_its_main_item():
    assert read_serial("2-3").numbers == (2, 3)
    assert read_serial(2.3).numbers == (2, 3)


def test_serial_knows_how_it_is_written():
    assert [read_serial(text).style for text in ("12", "十二", "（一）")] == ["figures", "han", "brackets"]


@pytest.mark.parametrize(
    "cell",
    [
        "2024.1.1", "2024年1月1日", "2024/1/1", "2024-01-01", "２０２４．１．１", "二〇二四年一月一日",
        "20240101", 20240101, 45292, 45292.0,
        "45292", datetime(2024, 1, 1, 8, 30), date(2024, 1, 1), "2024-01-01 00:00:00", " 2024年 1月 1日 ",
        "2024年1月1日（星期一）",
    ],
)  # fmt: skip
def test_days_are_read(cell):
    assert read_day(cell).day == date(2024, 1, 1)


@pytest.mark.parametrize(
    "cell",
    ["2024年1月", "2024年", "长期", "三年", "自签订之日起", "2024.13.1", "2023.2.29", "", None, 12, "待定"],
)
def test_what_names_no_day_has_none(cell):
    assert read_day(cell).day is None


def test_words_of_a_term_are_kept_and_understood():
    assert read_day("长期").is_open_ended
    assert read_day("三年").term_in_months == 36
    assert read_day("自签订之日起").is_relative
    assert (read_day("自签订之日起三年").term_in_months, read_day("自签订之日起三年").printed) == (
        36,
        "自签订之日起三年",
    )
    assert read_day("2024年1月").term_in_months is None


@pytest.mark.parametrize(
    "cell", ["2024年1月1日至2026年12月31日", "2024.1.1-2026.12.31", "自2024年1月1日起至2026年12月31日止"]
)
def test_period_has_two_days(cell):
    assert [day.day for day in read_period(cell)] == [date(2024, 1, 1), date(2026, 12, 31)]


@pytest.mark.parametrize(
    "cell",
    [
        "2024年1月至2026年12月", "2024.1-2026.12", "2024年至2026年", "2024-2026年", "二〇二四年一月至二〇二六年十二月",
        "自2024年1月起至2026年12月底止", "2024年1月1日至2026年12月", "自2024年1月1日起三年", "三年（自2024年1月起）",
    ],
)  # fmt: skip
def test_months_and_years_of_a_term_are_whole(cell):
    assert [day.day for day in read_period(cell)] == [date(2024, 1, 1), date(2026, 12, 31)]


def test_a_term_from_a_leap_day_ends_with_the_month_that_is_shorter():
    assert read_period("自2024年2月29日起一年")[1].day == date(2025, 2, 28)


def test_an_end_of_a_term_may_be_a_month():
    assert (first_day("2024年2月"), last_day("2024年2月")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert last_day("2024年13月") is last_day("三年") is last_day("2024") is None


@pytest.mark.parametrize("cell", ["1-2", "2024年12月至2024年1月", "2023.2.29-2024.1.1", "100-200"])
def test_what_is_no_term_has_no_days(cell):
    assert [day.day for day in read_period(cell)] == [None, None]


@pytest.mark.parametrize("cell", ["2024年1月1日至长期", "自2024年1月1日起长期有效"])
def test_period_may_have_an_open_end(cell):
    first, last = read_period(cell)
    assert first.day == date(2024, 1, 1)
    assert last.is_open_ended


@pytest.mark.parametrize(
    "cell", ["青 山 乡、石桥镇", "青  山  乡 石桥镇", "青　山　乡\n石桥 镇", "青 山乡，石 桥 镇"]
)
def test_blanks_between_the_characters_of_a_name_are_padding(cell):
    assert split_names(cell) == ["青山乡", "石桥镇"]


def test_days_are_found_in_a_line():
    assert [day for day, _, _ in find_days("北政规〔2024〕2号 2024年1月15日公布")] == [date(2024, 1, 15)]


@pytest.mark.parametrize(
    ("cell", "amount", "unit"),
    [
        ("30个工作日", 30, "工作日"), ("60自然日", 60, "自然日"), ("三十个工作日", 30, "工作日"),
        ("自受理之日起20个工作日内", 20, "工作日"),
        ("20", 20, "工作日"), (20.0, 20, "工作日"), ("5日", 5, "自然日"), ("当场办结", 0, "工作日"),
        ("即办", 0, "工作日"), ("即时办结", 0, "工作日"),
    ],
)  # fmt: skip
def test_limits_have_amount_and_unit(cell, amount, unit):
    assert (read_limit(cell).amount, read_limit(cell).unit) == (amount, unit)


@pytest.mark.parametrize("cell", ["无", "—", "", None, "无法定时限", "/"])
def test_no_limit_is_understood(cell):
    assert read_limit(cell).is_none


@pytest.mark.parametrize(
    "cell", ["3个月", "24小时", "法定20个工作日，承诺5个工作日", "视情况而定", "1个工作日（即办）"]
)
def test_limits_without_one_number_of_days_stay_words(cell):
    limit = read_limit(cell)
    assert (limit.is_read, limit.printed) == (False, cell)


def test_assumed_units_say_so():
    assert read_limit("20").is_unit_assumed
    assert read_limit("5日").is_unit_assumed
    assert not read_limit("5个工作日").is_unit_assumed


@pytest.mark.parametrize(
    "printed",
    [
        "青政办发〔2025〕12号",
        "青政办发[2025]12号",
        "青政办发（2025）12号",
        "青政办发【２０２５】１２号",
        "青政办发［2025］12 号",
        "青政办发〔2025〕第012号",
        "（青政办发〔2025〕12号）",
    ],
)
def test_document_numbers_are_kept_in_one_form(printed):
    assert document_number(printed) == "青政办发〔2025〕12号"


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("国务院令第649号", "国务院令第649号"),
        ("主席令第七十号", "主席令第70号"),
        ("农业农村部令2021年第1号", "农业农村部令2021年第1号"),
        ("公告2020年第5号", "公告2020年第5号"),
    ],
)
def test_orders_and_announcements_have_their_own_form(printed, kept):
    assert document_number(printed) == kept


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("北政规〔2024〕2 号    2024年1月15日公布", "北政规〔2024〕2号"),
        ("根据国发（2015）52号文件执行", "国发〔2015〕52号"),
        ("文号：北政规〔2024〕2号", "北政规〔2024〕2号"),
        ("2024年1月15日公布", None),
    ],
)
def test_document_number_is_found_in_a_line(line, found):
    assert find_document_number(line) == found


def test_a_sentence_is_no_document_number():
    assert document_number("根据国发〔2015〕52号文件执行") is None


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("榆树镇、柳河镇、青山乡、\n红旗满族乡", ["榆树镇", "柳河镇", "青山乡", "红旗满族乡"]),
        ("县公安局\n县民政局", ["县公安局", "县民政局"]),
        ("1.县公安局\n2.县住房和城乡\n建设局", ["县公安局", "县住房和城乡建设局"]),
        ("1.县公安局2.县民政局", ["县公安局", "县民政局"]),
        ("（1）县公安局；（2）县民政局。", ["县公安局", "县民政局"]),
        (
            "县住房和城乡建设局（县人防办、县城管局）、县水务局",
            ["县住房和城乡建设局（县人防办、县城管局）", "县水务局"],
        ),
        ("榆树镇 柳河镇", ["榆树镇", "柳河镇"]),
        ("各乡镇人民政府", ["各乡镇人民政府"]),
        ("", []),
    ],
)
def test_names_of_a_cell_are_listed(cell, names):
    assert split_names(cell) == names


def test_department_may_carry_its_count():
    department = read_department("县自然资源局\n（5项）")
    assert (department.name, department.count, department.second_names) == ("县自然资源局", 5, ())


def test_department_may_carry_a_second_nameplate():
    department = read_department("县住房和城乡建设局（县人防办）")
    assert (department.name, department.second_names) == ("县住房和城乡建设局", ("县人防办",))


def test_departments_may_carry_roles():
    departments = read_departments("牵头部门：县公安局\n配合部门：县教育局、县司法局（协办）")
    assert [(one.name, one.role) for one in departments] == [
        ("县公安局", "牵头"),
        ("县教育局", "配合"),
        ("县司法局", "协办"),
    ]


def test_a_role_may_stand_before_a_department_without_further_words():
    assert [one.name for one in read_departments("牵头：县民政局\n配合：县财政局")] == [
        "县民政局",
        "县财政局",
    ]


def test_count_is_split_from_a_heading():
    assert split_count("民政（5项）") == ("民政", 5)
    assert split_count("民政 共5项") == ("民政", 5)
    assert split_count("三重一大") == ("三重一大", None)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.datetimes(), st.dates()))
def test_nothing_in_a_cell_makes_reading_fail(value):
    for read in (read_serial, read_day, read_limit, read_period):
        read(value)
    text = str(value)
    for read in (document_number, split_names, split_count, read_department, find_days):
        read(text)
