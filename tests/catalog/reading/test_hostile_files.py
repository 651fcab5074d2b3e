"""Files that are none, or that would take a server down: each is refused by its own word in bounded time."""

import io
import resource
import signal
import struct
import zipfile

import pytest

from catalog.reading import limits, slots
from catalog.reading.grid import UnreadableWorkbook
from catalog.reading.workbook import read_workbook
from tests.catalog.reading.packages import MAIN, PARTS, package, shared_texts, text_cell, worksheet, zipped
from tests.catalog.reading.test_workbook import WORKBOOKS

GOOD_SHEET = worksheet(f'<row r="1">{text_cell("A1", "甲")}</row>')


def refusal(content: bytes, name: str = "清单.xlsx"):
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(content, name)
    return caught.value.message


def code(content: bytes, name: str = "清单.xlsx") -> str:
    return refusal(content, name).code


# What is no workbook


def test_empty_file():
    assert code(b"") == "empty_file"


def test_web_page_named_xls():
    page = "<html><head><meta charset=gbk></head><table><tr><td>序号</td></tr></table></html>"
    assert code(page.encode("gbk"), "清单.xls") == "is_web_page"
    assert code(("\n <!DOCTYPE html>" + page).encode("utf-8-sig"), "清单.xls") == "is_web_page"
    assert code(page.encode("utf-16"), "清单.xls") == "is_web_page"


def test_xml_table_named_xls():
    table = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    assert code(table.encode(), "清单.xls") == "is_web_page"


def test_pdf_named_xlsx():
    assert code(b"%PDF-1.7\n...") == "is_pdf"


@pytest.mark.parametrize(
    "picture", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"MZ\x90\0\3"]
)
def test_picture_or_program(picture):
    assert code(picture * 9) == "not_a_workbook"


def test_archive_with_a_workbook_inside():
    assert code(zipped({"清单.xlsx": package(GOOD_SHEET)}), "清单.zip") == "is_archive"
    assert code(b"Rar!\x1a\x07\x01\0", "清单.rar") == "is_archive"


def test_word_document():
    assert code(zipped({"word/document.xml": '<w:document xmlns:w="urn:w"/>'})) == "is_other_document"


def test_open_document_and_binary_workbook():
    assert code(zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})) == "is_other_document"
    assert code(zipped(PARTS | {"xl/workbook.xml": "<x/>", "xl/workbook.bin": b"\0"})) == "is_other_document"


def test_old_word_document():
    content = (WORKBOOKS / "register_97.xls").read_bytes()
    renamed = content.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    assert code(renamed, "清单.doc") == "is_other_document"


# What cannot be opened


def test_file_beyond_ten_megabytes():
    message = refusal(b"1,2\n" * 3_000_000, "清单.csv")
    assert (message.code, dict(message.values)) == ("file_too_large", {"limit_mb": "10", "size_mb": "11.4"})


def test_encrypted_workbook():
    # Encrypted .xlsx are compound files with a stream of this name.
    directory = "EncryptedPackage".encode("utf-16-le")
    assert code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + directory + bytes(1000)) == "encrypted"


def test_encrypted_old_workbook():
    content = bytearray((WORKBOOKS / "register_97.xls").read_bytes())
    first, length = struct.unpack_from("<HH", content, 512)
    assert first == 0x0809  # BOF; the record behind it becomes FILEPASS
    struct.pack_into("<H", content, 512 + 4 + length, 0x002F)
    assert code(bytes(content), "清单.xls") == "encrypted"


def test_zip_with_a_password():
    content = bytearray(package(GOOD_SHEET))
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    assert code(bytes(content)) == "encrypted"


def test_workbook_with_macros():
    assert code(package(GOOD_SHEET, **{"xl__vbaProject.bin": b"\0"}), "清单.xlsm") == "has_macros"


def test_truncated_zip():
    content = (WORKBOOKS / "service_items.xlsx").read_bytes()
    for length in (4, 500, len(content) // 2, len(content) - 10):
        assert code(content[:length]) == "damaged"


def test_old_workbook_cut_short_or_garbled():
    content = (WORKBOOKS / "register_97.xls").read_bytes()
    for broken in (content[:8], content[:600], content[:512] + bytes(3000)):
        assert code(broken, "清单.xls") in {"damaged", "is_other_document"}


def test_broken_bytes_inside_a_part():
    content = bytearray(package(GOOD_SHEET, xl__styles_xml=f'<styleSheet xmlns="{MAIN}">' + "x" * 5000))
    assert code(bytes(content)) == "damaged"
    content = bytearray((WORKBOOKS / "service_items.xlsx").read_bytes())
    content[3000] ^= 0xFF
    assert code(bytes(content)) == "damaged"


# What is made to take the server down


def test_small_file_with_one_far_cell():
    rows = f'<row r="1">{text_cell("A1", "甲")}</row><row r="1048576">{text_cell("XFD1048576", "乙")}</row>'
    content = package(worksheet(rows, before='<dimension ref="A1:XFD1048576"/>'))

    message = refusal(content)

    assert len(content) < 2_400
    assert message.code == "too_many_rows"
    assert dict(message.values) == {"limit": "120000", "cell": "XFD1048576", "sheet": "清单"}


def test_far_column():
    message = refusal(package(worksheet(f'<row r="2">{text_cell("GS2", "甲")}</row>')))
    assert (message.code, message.values["cell"]) == ("too_many_columns", "GS2")


@pytest.mark.parametrize("place", ["ZZZZZZZ1", "A99999999999", "XFE1", "A1048577", "A0", "1", "A", "甲1", ""])
def test_address_outside_every_sheet(place):
    # The parser aborts its process on the first two.
    assert code(package(worksheet(f'<row r="1"><c r="{place}"><v>1</v></c></row>'))) == "damaged"
    assert (
        code(package(worksheet("", after=f'<mergeCells><mergeCell ref="A1:{place}"/></mergeCells>')))
        == "damaged"
    )
    assert code(package(worksheet("", before=f'<dimension ref="A1:{place}"/>'))) == "damaged"


def test_million_rows_in_a_small_file():
    content = package(worksheet("<row><c><v>1</v></c></row>" * 1_000_000))
    assert len(content) < 145_000
    assert code(content) == "too_many_rows"


def test_flood_of_shared_texts():
    content = package(GOOD_SHEET, xl__sharedStrings_xml=shared_texts("<si/>" * 15_000_000))
    assert code(content) == "too_many_texts"


def test_flood_of_blank_cells():
    content = package(worksheet(("<row>" + "<c/>" * 100 + "</row>") * 150_000))
    assert len(content) < 400_000
    assert code(content) == "too_many_cells"


def test_wide_and_high_rectangle():
    rows = '<row r="1"><c r="GR1"><v>1</v></c></row><row r="120000"><c r="A120000"><v>1</v></c></row>'
    assert code(package(worksheet(rows))) == "too_many_cells"


def test_zip_bomb():
    assert code(package(worksheet(" " * (101 * limits.MEBIBYTE)))) == "unpacks_too_large"


def test_zip_bomb_in_a_part_nobody_reads():
    assert code(package(GOOD_SHEET, xl__media__a=bytes(101 * limits.MEBIBYTE))) == "unpacks_too_large"


def test_zip_that_lies_about_its_sizes():
    content = bytearray(package(worksheet(" " * limits.MEBIBYTE)))
    place = content.index(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<I", content, place + 24, 100)
        place = content.find(b"PK\x01\x02", place + 1)
    assert code(bytes(content)) == "damaged"


def test_zip_of_many_parts():
    assert code(package(GOOD_SHEET, **{f"part{number}": b"" for number in range(2_001)})) == "too_many_parts"


def test_zip_with_a_part_twice():
    content = io.BytesIO(package(GOOD_SHEET))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/worksheets/SHEET1.xml", GOOD_SHEET)
    assert code(content.getvalue()) == "damaged"


def test_workbook_of_many_sheets():
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="s"/>' for number in range(201))
    book = PARTS["xl/workbook.xml"].replace("<sheets>", "<sheets>" + sheets)
    assert code(package(GOOD_SHEET, xl__workbook_xml=book)) == "too_many_sheets"


def test_entity_bomb():
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "lol">{entities}]>' + GOOD_SHEET.replace("甲", "&e9;")
    for part in ("xl__worksheets__sheet1_xml", "xl__sharedStrings_xml", "xl__workbook_xml"):
        assert code(package(GOOD_SHEET, **{part: bomb})) == "has_doctype"


def test_entity_of_a_foreign_file():
    bomb = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + GOOD_SHEET.replace("甲", "&e;")
    assert code(package(bomb)) == "has_doctype"


def test_merges_laid_over_each_other():
    rows = "".join(f'<row r="{row}">{text_cell(f"C{row}", "甲")}</row>' for row in range(1, 10))
    merges = "<mergeCells>" + '<mergeCell ref="A1:C9"/>' * 50 + "</mergeCells>"
    assert code(package(worksheet(rows, after=merges))) == "overlapping_merges"


def test_text_table_of_many_rows_or_columns():
    assert code(b"1\n" * 120_001, "清单.csv") == "too_many_rows"
    assert code(b"1," * 200 + b"1", "清单.csv") == "too_many_columns"
    assert code(b"1," * 2_000_000 + b"1", "清单.csv") == "too_many_columns"


# What kills the child


def long_text_in_every_cell(*, length: int, cells: int) -> bytes:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, cells + 1))
    return package(worksheet(rows), xl__sharedStrings_xml=shared_texts(f"<si><t>{'职' * length}</t></si>"))


def test_file_that_aborts_the_parser(caplog):
    # One text of three megabytes in 2,000 cells: the parser copies it until memory ends, then aborts.
    content = long_text_in_every_cell(length=limits.MEBIBYTE, cells=2_000)
    assert len(content) < 40_000
    with caplog.at_level("WARNING"):
        assert code(content) == "reading_failed"
    assert f"ended with -{signal.SIGABRT.value}" in caplog.text


def test_answer_beyond_its_limit():
    content = long_text_in_every_cell(length=limits.MEBIBYTE, cells=60)
    assert code(content) == "too_much_text"


def test_child_that_takes_too_long(monkeypatch):
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.01)
    assert code(package(GOOD_SHEET)) == "took_too_long"


def test_no_more_children_than_there_are_places(monkeypatch, tmp_path):
    monkeypatch.setattr(slots, "FOLDER", tmp_path)
    monkeypatch.setattr(limits, "MAX_CHILDREN", 1)
    monkeypatch.setattr(limits, "WAIT_SECONDS", 0)
    with slots.place_for_a_child():
        assert code(package(GOOD_SHEET)) == "too_many_readers"
    assert read_workbook(package(GOOD_SHEET), "清单.xlsx").sheets


def test_hostile_files_leave_the_caller_small():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    code(long_text_in_every_cell(length=limits.MEBIBYTE, cells=60))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


def test_child_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("PYTHONSTARTUP", "x")
    monkeypatch.setenv("PYTHONPATH", "nowhere")
    assert read_workbook(package(GOOD_SHEET), "清单.xlsx").sheets[0].rows == (("甲",),)


# What is large and honest


def test_hundred_thousand_rows_read():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c>{text_cell(f"B{n}", "县民政局")}<c><v>{n}.5</v></c></row>'
        for n in range(1, 100_001)
    )

    (read,) = read_workbook(package(worksheet(rows)), "清单.xlsx").sheets

    assert len(read.rows) == 100_000
    assert read.rows[-1] == (100_000, "县民政局", 100_000.5)
