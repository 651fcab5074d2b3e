"""Files made by hand, byte for byte: what no spreadsheet program would write."""

import zipfile
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="清单" sheetId="1" r:id="s"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">'
    f'<Relationship Id="s" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    """The XML of a sheet with these rows, and what stands before and after them."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def text_cell(reference: str, text: str) -> str:
    """A cell that holds its own text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def shared_texts(items: str) -> str:
    """The XML of the table of texts."""
    return f'<sst xmlns="{MAIN}">{items}</sst>'


def package(sheet: str = worksheet(""), **parts: str | bytes) -> bytes:
    """An .xlsx with one sheet; `parts` adds or replaces parts, `__` for a slash, `_xml` for the ending."""
    given = PARTS | {"xl/worksheets/sheet1.xml": sheet}
    given |= {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    return zipped(given)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()
