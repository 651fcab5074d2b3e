"""The look at a sheet's XML: rows known by their pattern say what expat would have said of them."""

import pytest

from catalog.reading import xmlscan
from catalog.reading.grid import UnreadableWorkbook

HEAD = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="x"><dimension ref="A1"/><sheetData>'
TAIL = '</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
PLAIN = (
    '<row r="1" spans="1:3" ht="13.8"><c r="A1" s="2" t="s"><v>0</v></c><c r="B1"/><c r="C1"><v>4.5</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve"> 低保 &amp; </t></is></c></row>'
    '<row r="3"><c r="AB3" s="1"></c></row>'
)
ODD = [
    '<row r="4" hidden="1"><c r="A4"><v>1</v></c></row>',
    '<row r="5"><c r="D5" t="e"><v>#REF!</v></c><c r="A5"><f>B1</f></c></row>',
    '<row><c><v>1</v></c></row>',
    '<row r="7"/>',
    '<row r="8"><c r="A8" t="str"><f>B1</f><v></v></c></row>\n  <row r="9">\n<c r="B9"><v>2</v></c></row>',
    '<row r="10"><c r="A11"><v>1</v></c></row>',
]  # fmt: skip


def scanned(xml: str, piece: int) -> dict:
    scan, content = xmlscan.PartScan("sheet1.xml"), xml.encode()
    for start in range(0, len(content), piece):
        scan.feed(content[start : start + piece])
    scan.feed(b"", is_last=True)
    told = ("height", "width", "cells", "errors", "without_value", "hidden_rows", "far_cell")
    return {name: getattr(scan.content, name) for name in told}


@pytest.mark.parametrize("piece", [7, 90, 100_000])
@pytest.mark.parametrize("odd", ["", *ODD, "".join(ODD)])
def test_plain_rows_are_seen_as_expat_sees_them(odd, piece, monkeypatch):
    later = PLAIN.replace('"1"', '"21"').replace('"A1"', '"A21"')
    xml = HEAD + " " + PLAIN + odd + later.replace('"B1"', '"B21"').replace('"C1"', '"C21"') + TAIL
    seen = scanned(xml, piece)
    monkeypatch.setattr(xmlscan, "plain_run", lambda content, start: start)
    assert seen == scanned(xml, piece)
    assert seen["cells"] >= 9


@pytest.mark.parametrize(
    "row",
    [
        '<row r="4"><c r="XFE4"><v>1</v></c></row>',
        '<row r="9999999"><c r="A9999999"><v>1</v></c></row>',
        '<row r="4"><c r="A4"><v>1</v></row>',
        '<row r="4"><c r="A4"><v>\x01</v></c></row>',
        '<row r="4" r="5"<c r="A4"><v>1</v></c></row>',
    ],
)
def test_a_row_out_of_form_is_refused_among_plain_ones(row):
    with pytest.raises(UnreadableWorkbook):
        scanned(HEAD + PLAIN + row + PLAIN + TAIL, 100_000)
