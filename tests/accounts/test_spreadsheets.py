"""Small tables: what is read, what is refused before a parser sees it, and what is written."""

import io
import time
import zipfile

import pytest
from openpyxl import load_workbook

from accounts.spreadsheets import Unreadable, as_csv, as_workbook, read_tables
from accounts.spreadsheets.reading import MAX_BYTES, MAX_ROWS
from tests.sheets import cells, workbook

FORMULAS = ["=1+1", "==1+1", '=HYPERLINK("http://x")', "+1", "-1", "@x", "\tx"]


def packed(**changes) -> bytes:
    """A workbook with parts replaced, as no honest program writes it."""
    source = zipfile.ZipFile(io.BytesIO(workbook(["名称"], ["县财政局"])))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            archive.writestr(part.filename, changes.pop(part.filename, None) or source.read(part))
        for name, content in changes.items():
            archive.writestr(name, content)
    return stream.getvalue()


def sheet(rows, dimension="A1:A2") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<worksheet xmlns="{space}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    ).encode()


SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = {
    "not a zip": b"PK\x03\x04" + b"x" * 100,
    "old or encrypted": b"\xd0\xcf\x11\xe0" + b"x" * 100,
    "binary": b"\x00\x01\x02\xff\xfe" * 100,
    "nul": b"a,b\n\x00,1\n",
    "empty zip": b"PK\x05\x06" + b"\0" * 18,
    "too large": b"x" * (MAX_BYTES + 1),
    "many parts": packed(**{f"x/{number}": b"1" for number in range(300)}),
    "blanks": packed(**{"xl/blanks.xml": b" " * 9_000_000}),
    "tags": packed(**{SHEET: sheet("<x/>" * 1_600_000)}),
    "strings": packed(**{"xl/sharedStrings.xml": b"<sst>" + b"<si/>" * 1_600_000 + b"</sst>"}),
    "entities": packed(**{SHEET: b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + sheet("&b;")}),
    "far rows": packed(**{SHEET: sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')}),
    "far columns": packed(**{SHEET: sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')}),
    "broken": packed(**{SHEET: b"<worksheet><sheetData>"}),
    "long cell": workbook(["名称"], ["长" * 6000]),
    "many rows": workbook(*[[number] for number in range(MAX_ROWS + 2)]),
    "many columns": workbook(list(range(100))),
    "uncalculated": packed(**{SHEET: sheet('<row r="1"><c r="A1"><f>1+1</f><v></v></c></row>')}),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused_quickly(content):
    started = time.monotonic()
    with pytest.raises(Unreadable) as told:
        read_tables(content)
    assert str(told.value)
    assert time.monotonic() - started < 5


def test_a_claimed_extent_is_not_believed():
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="XFD1" s="0"/></row>'
    content = packed(**{SHEET: sheet(rows, "A1:XFD1048576")})
    assert read_tables(content) == {"Sheet1": [(1, ["名称"])]}


def test_blank_rows_and_cells_at_the_end_are_left_out():
    content = workbook(["名称", None, " "], [None], ["县财政局", " "], *[[None, ""]] * 2000)
    assert read_tables(content) == {"Sheet1": [(1, ["名称"]), (3, ["县财政局"])]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_tables_are_read_in_both_encodings(encoding):
    assert read_tables("名称,简称\r\n县财政局,财政局\r\n".encode(encoding)) == {
        "": [(1, ["名称", "简称"]), (2, ["县财政局", "财政局"])]
    }


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_stays_a_text_in_a_workbook(text):
    content = as_workbook("部门", ["名称"], [[text]])
    cell = cells(content)[1][0]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix
    assert not zipfile.ZipFile(io.BytesIO(content)).read(SHEET).count(b"<f")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_stays_a_text_in_csv_and_comes_back(text):
    content = as_csv(["名称"], [[text]])
    assert content.splitlines()[1].strip('"').startswith("'")
    assert read_tables(content.encode())[""][1] == (2, [text])


def test_what_no_spreadsheet_can_hold_is_left_out():
    content = as_workbook("部门", ["名称"], [["县\x00财\x0b政\ud800局"], [None], [12], [""]])
    sheet = load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet["A"]] == ["名称", "县财政局", None, 12, None]
    assert "县财政局" in as_csv(["名称"], [["县\x00财\x0b政\ud800局"]])
