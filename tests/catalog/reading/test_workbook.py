"""Reading ordinary files: every value as it is meant, and a word about what a clerk should look at."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from openpyxl.styles import Border, Side

from catalog.reading import bounded
from catalog.reading.grid import Merge, UnreadableWorkbook
from catalog.reading.workbook import read_workbook
from tests.catalog.reading.packages import package, shared_texts, text_cell, worksheet

WORKBOOKS = Path(__file__).parents[2] / "workbooks"


def saved(book: openpyxl.Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def workbook_of(*rows) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def read(content: bytes, name: str = "清单.xlsx"):
    return read_workbook(content, name)


def only_sheet(content: bytes, name: str = "清单.xlsx"):
    (sheet,) = read(content, name).sheets
    return sheet


def remarks(content: bytes) -> list[tuple]:
    return [(message.level, message.code, message.cell) for message in read(content).messages]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("basic_duties", 96),
        ("delegated_powers", 62),
        ("entrusted_powers", 49),
        ("service_items", 63),
    ],
)
def test_published_list_reads(name, rows):
    workbook = read((WORKBOOKS / f"{name}.xlsx").read_bytes())

    assert [len(sheet.rows) for sheet in workbook.sheets] == [rows]
    assert workbook.sheets[0].merges
    assert workbook.messages == ()


def test_service_list_keeps_values_and_merges():
    sheet = only_sheet((WORKBOOKS / "service_items.xlsx").read_bytes())

    assert sheet.title == "Sheet1"
    assert sheet.rows[2][:4] == ("序号", "类别", "项目名称", "职权\n类别")
    assert sheet.rows[3][:2] == (1, "基本公共教育")
    assert sheet.rows[4][:2] == (2, None)
    assert Merge(0, 0, 0, 7) in sheet.merges


def test_values_keep_their_kind():
    day, moment = date(2024, 1, 1), datetime(2024, 1, 1, 8, 30)
    content = saved(workbook_of(["文本", " 前后 ", 3, 3.0, 2.5, True, day, moment, time(8, 30), None, "末"]))

    row = only_sheet(content).rows[0]

    assert row == ("文本", " 前后 ", 3, 3, 2.5, True, day, moment, time(8, 30), None, "末")
    assert [type(value) for value in row[2:6]] == [int, int, float, bool]


def test_length_of_time_becomes_text():
    assert only_sheet(saved(workbook_of([timedelta(hours=36, minutes=5)]))).rows == (("36:05:00",),)


def test_code_stored_as_number_stays_whole():
    assert only_sheet(saved(workbook_of([340000000001]))).rows == ((340000000001,),)


def test_number_beyond_fifteen_digits_is_a_warning():
    content = saved(workbook_of(["码", 340000000001234567]))

    assert type(only_sheet(content).rows[0][1]) is int
    assert remarks(content) == [("warning", "long_number", "B1")]


def test_line_breaks_become_one_kind():
    cell = text_cell("A1", "甲_x000D_\n乙&#13;丙\t丁")
    assert only_sheet(package(worksheet(f'<row r="1">{cell}</row>'))).rows == (("甲\n乙\n丙\t丁",),)


def test_control_characters_are_removed_and_noted():
    content = package(worksheet(f'<row r="2">{text_cell("C2", "甲_x0007__x001F_乙")}</row>'))

    assert only_sheet(content).rows == ((), (None, None, "甲乙"))
    assert remarks(content) == [("note", "control_characters_removed", "C2")]


def test_long_text_is_kept():
    assert only_sheet(saved(workbook_of(["职" * 32_767]))).rows[0][0] == "职" * 32_767
    assert only_sheet(("序号,依据\n1," + "职" * 200_000).encode(), "甲.csv").rows[1][1] == "职" * 200_000


def test_error_cell_becomes_text_and_warning():
    rows = '<row r="3"><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3"><v>1</v></c></row>'
    content = package(worksheet(rows))

    assert only_sheet(content).rows[2] == (None, "#DIV/0!", 1)
    assert remarks(content) == [("warning", "error_value", "B3")]


def test_number_that_is_none_is_an_error_value():
    content = package(worksheet('<row><c><v>NaN</v></c><c><v>1e999</v></c><c t="n"><v>1</v></c></row>'))

    assert only_sheet(content).rows == (("#NUM!", "#NUM!", 1),)
    assert remarks(content) == [("warning", "error_value", "A1"), ("warning", "error_value", "B1")]


def test_formula_without_value_is_a_warning():
    assert remarks(saved(workbook_of(["合计", "=1+1", "=A1"]))) == [
        ("warning", "formula_without_value", "B1"),
        ("warning", "formula_without_value", "C1"),
    ]


def test_formula_with_value_is_its_value():
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="str"><f>A1</f><v>二</v></c></row>'
    )
    content = package(worksheet(rows))

    assert only_sheet(content).rows == ((2, None, "二"),)
    assert remarks(content) == []


def test_formula_of_an_extension_is_no_cell():
    after = '<extLst xmlns:xm="urn:x"><xm:f>甲!$A$1</xm:f></extLst>'
    content = package(worksheet(f'<row r="1">{text_cell("A1", "甲")}</row>', after=after))

    assert remarks(content) == []


def test_many_remarks_are_counted_not_listed():
    messages = read(saved(workbook_of(*[["=1+1"]] * 130, ["末"]))).messages

    assert len(messages) == 101
    assert messages[-1].code == "more_of_the_same"
    assert dict(messages[-1].values) == {"about": "formula_without_value", "count": "30"}


def test_hidden_sheet_is_marked():
    book = workbook_of(["甲"])
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.create_sheet("深藏").sheet_state = "veryHidden"

    assert [(sheet.title, sheet.is_hidden) for sheet in read(saved(book)).sheets] == [
        ("Sheet", False),
        ("隐藏", True),
        ("深藏", True),
    ]


def test_hidden_rows_are_read_and_noted():
    book = workbook_of(["甲"], ["乙"], ["丙"], ["丁"], ["戊"])
    for row in (2, 3, 5, 900):
        book.active.row_dimensions[row].hidden = True
    workbook = read(saved(book))

    assert len(workbook.sheets[0].rows) == 5
    (message,) = workbook.messages
    assert (message.code, dict(message.values)) == ("hidden_rows", {"rows": "2-3, 5", "count": "3"})


def test_chart_sheets_are_left_out():
    book = workbook_of(["甲"])
    book.create_chartsheet("图")
    assert [sheet.title for sheet in read(saved(book)).sheets] == ["Sheet"]


def test_styled_blank_rows_and_columns_are_ignored():
    book = workbook_of(["序号", "事项"], [1, "低保"])
    for row in range(3, 2003):
        for column in range(1, 12):
            book.active.cell(row, column).border = Border(left=Side("thin"))
    assert only_sheet(saved(book)).rows == (("序号", "事项"), (1, "低保"))


def test_blank_texts_at_the_end_are_trimmed():
    assert only_sheet(saved(workbook_of(["甲", "　", " "], [" ", None], ["  "]))).rows == (("甲",),)


def test_declared_dimension_is_not_believed():
    rows = f'<row r="1">{text_cell("A1", "甲")}</row><row r="4">{text_cell("C4", "乙")}</row>'
    content = package(worksheet(rows, before='<dimension ref="A1:XFD1048576"/>'))

    assert only_sheet(content).rows == (("甲",), (), (), (None, None, "乙"))


def test_table_away_from_the_corner_keeps_its_addresses():
    content = package(
        worksheet(f'<row r="3">{text_cell("C3", "甲")}</row><row r="4">{text_cell("D4", "乙")}</row>')
    )
    assert only_sheet(content).rows == ((), (), (None, None, "甲"), (None, None, None, "乙"))


def test_merges_are_cut_to_the_filled_cells():
    rows = f'<row r="1">{text_cell("A1", "标题")}</row><row r="3">{text_cell("B3", "甲")}</row>'
    blocks = ("A1:XFD1", "A2:A1048576", "Z2:AA9", "B3:B9")
    merges = "".join(f'<mergeCell ref="{block}"/>' for block in blocks)
    content = package(worksheet(rows, after=f"<mergeCells>{merges}</mergeCells>"))

    assert set(only_sheet(content).merges) == {Merge(0, 0, 0, 1), Merge(1, 0, 2, 0)}


def test_shared_texts_are_read():
    rows = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
    texts = shared_texts("<si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r><rPh><t>音</t></rPh></si>")
    assert only_sheet(package(worksheet(rows), xl__sharedStrings_xml=texts)).rows == (("乙丙", "甲"),)


def test_blank_workbook_has_a_sheet_without_rows():
    assert only_sheet(saved(openpyxl.Workbook())).rows == ()


def test_old_workbook_reads_like_a_new_one():
    workbook = read((WORKBOOKS / "register_97.xls").read_bytes(), "清单.xls")
    register, explanation = workbook.sheets

    assert register.title == "权力清单"
    assert len(register.rows) == 4
    assert register.rows[2] == (1, "民政", "临时救助", 340000000001, date(2024, 1, 1))
    assert register.rows[3] == (2, None, "特困供养", 2.5, datetime(2024, 1, 1, 8, 30), True, "#N/A")
    assert set(register.merges) == {Merge(0, 0, 0, 4), Merge(2, 1, 3, 1)}
    assert explanation.is_hidden
    assert [(message.code, message.cell) for message in workbook.messages] == [
        ("error_value", "G4"),
        ("hidden_rows", ""),
    ]


TABLE = "序号,事项名称\r\n001,低保\r\n"
TABLE_ROWS = (("序号", "事项名称"), ("001", "低保"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_table_reads_in_every_encoding(encoding):
    sheet = only_sheet(TABLE.encode(encoding), "服务事项.csv")

    assert sheet.title == "服务事项"
    assert sheet.rows == TABLE_ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_line_that_tells_the_delimiter_is_no_row(delimiter):
    told = f"sep={delimiter}\r\n" + TABLE.replace(",", delimiter)
    assert only_sheet(told.encode(), "甲.csv").rows == TABLE_ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiter_is_found(delimiter):
    assert only_sheet(TABLE.replace(",", delimiter).encode(), "甲.txt").rows == TABLE_ROWS


def test_quoted_cells_may_hold_anything():
    content = '序号,依据\n1,"《法》第一条;第二条,\n第三条""甲"""\n'.encode()
    assert only_sheet(content, "甲.csv").rows[1] == ("1", '《法》第一条;第二条,\n第三条"甲"')


def test_guards_against_formulas_are_taken_off():
    content = "编码,甲\n=\"0340\",'=1+1\n'普通,'-5\n".encode()
    assert only_sheet(content, "甲.csv").rows[1:] == (("0340", "=1+1"), ("'普通", "-5"))


def test_quote_that_never_closes_is_refused_with_its_line():
    with pytest.raises(UnreadableWorkbook) as refusal:
        read('序号,事项\n1,低保\n2,"特困\n3,临时\n'.encode(), "甲.csv")
    assert refusal.value.message.code == "csv_open_quote"
    assert refusal.value.message.values["line"] == "3"


def test_unknown_encoding_is_refused_with_its_line():
    with pytest.raises(UnreadableWorkbook) as refusal:
        read("序号,事项\n".encode("gb18030") + b"1,\xff\xff\n", "甲.csv")
    assert refusal.value.message.code == "csv_encoding"
    assert refusal.value.message.values["line"] == "2"


def test_extension_decides_nothing():
    assert only_sheet(saved(workbook_of(["甲"])), "清单.csv").rows == (("甲",),)
    assert only_sheet(TABLE.encode(), "清单.xlsx").rows == TABLE_ROWS


def test_lines_are_whole_however_the_pieces_fall(tmp_path, monkeypatch):
    monkeypatch.setattr(bounded, "PIECE", 4)
    with (tmp_path / "answer").open("w+b") as answer:
        answer.write(b"a\nlonger than a piece\n\nb\nbroken off")
        answer.flush()
        ended = SimpleNamespace(poll=lambda: 0, returncode=0)
        lines = bounded.Bounded(ended, answer, answer).lines()
        assert list(lines) == [b"a", b"longer than a piece", b"", b"b"]
