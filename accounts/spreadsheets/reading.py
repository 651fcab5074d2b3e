"""Reads small workbooks and CSV tables; looks at their size before a parser does.

A workbook of 2 KB can keep openpyxl busy for half a minute: the bounds are on what it unpacks to and on
the number of tags, not on the file alone.
"""

import csv
import io
import re
import zipfile
import zlib

import openpyxl
from django.utils.translation import gettext as _

from .writing import LIVE

MAX_BYTES = 2 * 1024 * 1024
MAX_PARTS = 200
MAX_PART_BYTES = 8 * 1024 * 1024
MAX_UNPACKED = 16 * 1024 * 1024
MAX_TAGS = 1_500_000
MAX_SHEETS = 20
MAX_ROWS = 2000  # a county has some hundred villages; the write lock is held for seconds, not minutes
MAX_COLUMNS = 60
MAX_CELL = 5000

# A number's formula whose result was never stored; a text's result (t="str") may well be empty.
UNCALCULATED = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*\br="([A-Z]+[0-9]+)"[^>]*>\s*'
    rb"<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
# A cell that holds something, by its column and row.
FILLED = re.compile(rb'<c\b[^>]*\br="([A-Z]+)([0-9]+)"[^>]*(?<!/)>(?!\s*</c>)')

Row = tuple[int, list]


class Unreadable(ValueError):
    """The file is no table that can be read; the message is a sentence for whoever sent it."""


def read_tables(data: bytes) -> dict[str, list[Row]]:
    """Every sheet by its name: rows that are not blank, each with its number in the sheet.

    A CSV file is one sheet without a name.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 1024**2})
    if data[:4] == b"PK\x03\x04":
        return read_workbook(data)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable(_("This is an old .xls, or it has a password. Save it as plain .xlsx."))
    return {"": read_csv(data)}


def read_workbook(data: bytes) -> dict[str, list[Row]]:
    look_inside(data)
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return {sheet.title: list(rows_of(sheet)) for sheet in workbook.worksheets}
    except Unreadable:
        raise
    except Exception as error:
        # openpyxl answers a damaged file with whatever its parser stumbled over: KeyError, TypeError, …
        raise Unreadable(_("The file is no workbook, or it is damaged.")) from error


def look_inside(data: bytes) -> None:
    """Refuse what would unpack to too much, before a parser sees it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Unreadable(_("The workbook unpacks to more than a table of this kind can need."))
            tags = 0
            for part in parts:
                text = part_of(archive, part)
                tags += text.count(b"<")
                if tags > MAX_TAGS:
                    raise Unreadable(_("The workbook unpacks to more than a table of this kind can need."))
                if part.filename.startswith("xl/worksheets/"):
                    refuse_cells(text)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(_("The file is no workbook, or it is damaged.")) from error


def refuse_cells(text: bytes) -> None:
    """Refuse a sheet with cells that a parser would leave out silently."""
    if found := UNCALCULATED.search(text):
        raise Unreadable(
            _("Cell %(cell)s holds a formula without a result. Open and save the file in Excel.")
            % {"cell": found[1].decode()}
        )
    for found in FILLED.finditer(text):
        if len(found[2]) > 7 or int(found[2]) > MAX_ROWS or column_number(found[1]) > MAX_COLUMNS:
            raise Unreadable(too_wide_or_long())


def column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number


def too_wide_or_long() -> str:
    return _("A table of this kind has at most %(rows)s rows and %(columns)s columns.") % {
        "rows": MAX_ROWS,
        "columns": MAX_COLUMNS,
    }


def part_of(archive, part) -> bytes:
    """One part of the archive, unpacked no further than the bound, whatever its header claims."""
    with archive.open(part) as stream:
        text = stream.read(MAX_PART_BYTES + 1)
    if len(text) > MAX_PART_BYTES:
        raise Unreadable(_("The workbook unpacks to more than a table of this kind can need."))
    return text


def rows_of(sheet):
    """The rows of a sheet that hold something, whatever extent the sheet claims."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1, values_only=True)
    yield from filled(enumerate(rows, 1))


def filled(rows):
    """Leave out blank rows (every WPS file ends with hundreds) and refuse what is beyond the bounds."""
    for number, values in rows:
        values = [None if isinstance(value, str) and not value.strip() else value for value in values]
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        if number > MAX_ROWS or len(values) > MAX_COLUMNS:
            raise Unreadable(too_wide_or_long())
        if any(isinstance(value, str) and len(value) > MAX_CELL for value in values):
            raise Unreadable(_("Row %(row)s has a cell that is too long.") % {"row": number})
        yield number, values


def read_csv(data: bytes) -> list[Row]:
    """A table as UTF-8 or GB18030 text, the two ways in which Excel and WPS write it in China."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable(_("The file is neither a workbook (.xlsx) nor a text table (.csv)."))
    if "\0" in text:
        raise Unreadable(_("The file is neither a workbook (.xlsx) nor a text table (.csv)."))
    try:
        rows = [[without_guard(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as error:
        raise Unreadable(_("The text table is damaged: a quotation mark is not closed.")) from error
    return list(filled(enumerate(rows, 1)))


def without_guard(cell: str) -> str:
    """Take back the apostrophe that our own export puts before a text that looks like a formula."""
    return cell[1:] if cell[:1] == "'" and LIVE.match(cell) else cell
