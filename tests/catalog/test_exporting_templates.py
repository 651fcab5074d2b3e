"""Templates to fill in, and workbooks that come back with what was said of them."""

import io
import json
import zipfile

import openpyxl
import pytest

from catalog.exporting import reports
from catalog.exporting.reports import marked_workbook
from catalog.exporting.template import template_for
from catalog.importing.report import told
from catalog.kinds import kind_called, kinds
from catalog.reading.grid import UnreadableWorkbook
from tests.catalog.workbooks import HEADING, real, written

pytestmark = pytest.mark.once


def opened(file):
    with file:
        return openpyxl.load_workbook(io.BytesIO(file.read()))


@pytest.fixture
def template(qinghe):
    """The template of a kind, as a workbook to fill in."""
    return lambda kind: opened(template_for(kind_called(kind), qinghe))


def content_of(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# --- Templates ---


@pytest.mark.parametrize("kind", [kind.code for kind in kinds])
def test_a_blank_template_holds_no_row(kind, template, read):
    intake = read(content_of(template(kind)), kind=kind)
    assert [message.code for message in intake.messages if message.level == "error"] == ["no_rows"]
    assert "example" in {row.reason for row in intake.layout.ignored}


@pytest.mark.parametrize("kind", [kind.code for kind in kinds])
def test_a_filled_template_reads_without_a_remark(kind, template, read):
    book = template(kind)
    sheet = book["清单"]
    headings = [cell.value for cell in sheet[2]]
    sheet.cell(4, 1, 1)
    sheet.cell(
        4, headings.index(kind_called(kind).resource.fields["name"].column_name) + 1, "高龄津贴申请受理"
    )
    intake = read(content_of(book), kind=kind, is_judged=False)
    assert [taken.values["name"] for taken in intake.rows] == ["高龄津贴申请受理"]
    assert {(message.code, message.sheet) for message in intake.messages} == {("sheet_without_list", "选项")}


def test_a_template_offers_the_countys_own_words_and_says_how_to_fill_it_in(template):
    book = template("public_services")
    rules = {rule.promptTitle: rule for rule in book["清单"].data_validations.dataValidation}
    choices = [[cell.value for cell in column if cell.value] for column in book["选项"].columns]
    offered = {title: rule for title, rule in rules.items() if rule.type == "list"}
    assert book["选项"].sheet_state == "hidden"
    assert len(offered) == len(choices)
    assert offered["权力类型"].showErrorMessage
    assert not offered["责任部门"].showErrorMessage
    assert "县民政局" in choices[list(offered).index("责任部门")]
    assert {"公共服务中心", "县民政局"} <= set(choices[list(offered).index("责任单位")])
    assert rules["事项名称"].prompt.startswith("必填")


def test_a_template_keeps_texts_texts(template):
    sheet = template("entrusted_powers")["清单"]
    formats = {cell.value: sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[2]}
    assert formats["序号"] == "0"
    assert formats["事项名称"] == "@"
    assert formats["委托期限起"] == "yyyy-mm-dd"


def test_a_row_that_begins_otherwise_is_no_example(read):
    content = written([[1, "基本社会服务", "示例", "行政给付", "公共服务中心", "", "", ""]])
    assert [taken.values["name"] for taken in read(content).rows] == ["示例"]


# --- Reports ---


ROWS = [
    [1, "基本社会服务", "低保申请", "行政许司", "公共服务中心", "", "", ""],
    [2, "基本社会服务", "=1+1", "行政给付", "没有中心", "", "", ""],
]


def marked(content, intake, name="清单.xlsx"):
    return opened(marked_workbook(content, name, [told(message) for message in intake.messages]))


def styled() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(written(ROWS)))
    book.active.column_dimensions["C"].width = 50
    book.active["A1"].font = openpyxl.styles.Font(size=20)
    book.active["C4"].data_type = "s"
    return content_of(book)


def test_the_same_workbook_comes_back_with_messages_and_marks(read):
    content = styled()
    sheet = marked(content, read(content))["Sheet"]
    assert (sheet.column_dimensions["C"].width, sheet["A1"].font.size) == (50, 20)
    assert sheet["I1"].value == "导入提示"
    assert "D3" in sheet["I3"].value
    assert sheet["D3"].fill.fgColor.rgb == "00FFC7CE"
    assert "行政许" in sheet["D3"].comment.text
    assert (sheet["C4"].value, sheet["C4"].data_type) == ("=1+1", "s")


def test_all_messages_stand_on_a_sheet_of_their_own(read):
    content = styled()
    intake = read(content)
    assert marked(content, intake)["导入提示"].max_row == len(intake.messages) + 1


def test_a_mended_report_can_be_uploaded_as_it_is(read):
    content = styled()
    book = marked(content, read(content))
    book["Sheet"]["D3"], book["Sheet"]["E4"] = "行政许可", "公共服务中心"
    again = read(content_of(book))
    assert not again.has_errors
    assert [taken.details for taken in again.rows] == [{}, {}]


@pytest.mark.parametrize("name", ["清单.csv", "a[1]:很长的名字" + "长" * 40 + ".csv"])
def test_a_text_table_comes_back_as_a_workbook(name, read):
    lines = [",".join(HEADING), *(",".join(map(str, row)) for row in ROWS)]
    content = "\n".join(lines).encode()
    book = marked(content, read(content, name=name), name)
    assert book.worksheets[0]["C3"].value == "=1+1"
    assert book.worksheets[0]["C3"].data_type == "s"
    assert book.worksheets[0]["D2"].fill.fgColor.rgb == "00FFC7CE"


def test_what_cannot_be_opened_as_it_is_comes_back_rebuilt(read):
    """A block merged over the whole sheet: the reader cuts it, a library that keeps looks would not end."""
    source = zipfile.ZipFile(io.BytesIO(written(ROWS)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part in source.infolist():
            text = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                merge = b'</sheetData><mergeCells count="1"><mergeCell ref="J20:XFD1048576"/></mergeCells>'
                text = text.replace(b"</sheetData>", merge)
            archive.writestr(part.filename, text)
    content = stream.getvalue()
    sheet = marked(content, read(content)).worksheets[0]
    assert sheet["C3"].value == "低保申请"
    assert sheet["I1"].value == "导入提示"


def test_a_very_large_file_comes_back_as_its_messages(read, monkeypatch):
    monkeypatch.setattr(reports, "MOST_CELLS", 10)
    content = styled()
    assert marked(content, read(content)).sheetnames == ["导入提示"]


def test_what_was_never_readable_has_no_report():
    with pytest.raises(UnreadableWorkbook):
        marked_workbook(b"%PDF-1.7", "清单.xlsx", [])


def test_a_real_list_comes_back_and_reads_the_same(read):
    content = real("service_items")
    intake = read(content)
    again = read(content_of(marked(content, intake)))
    assert [taken.values for taken in again.rows] == [taken.values for taken in intake.rows]
    assert json.dumps(again.record, default=str) == json.dumps(intake.record, default=str)
