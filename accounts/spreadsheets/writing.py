"""Writes tables in which a text stays a text: no formula comes alive, no character breaks the file."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
# Spreadsheets of East Asian editions take the full-width signs for the others.
LIVE = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
LONGEST_CELL = 32767  # Excel's own bound
BOLD = Font(bold=True)
SHADE = PatternFill("solid", fgColor="DDEBF7")
WRAP = Alignment(vertical="top", wrap_text=True)


def inert(text: str) -> str:
    """The text without characters that no spreadsheet can hold."""
    return CONTROL.sub("", text)[:LONGEST_CELL]


def cell_for(sheet, value, *, is_heading=False) -> WriteOnlyCell:
    """A cell with a text as text, also when it begins with an equals sign; numbers and days as they are."""
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = inert(value)
        if cell.value:
            cell.data_type = "s"
            cell.quotePrefix = True
        cell.number_format = "@"
    else:
        cell.value = value
    cell.alignment = WRAP
    if is_heading:
        cell.font, cell.fill = BOLD, SHADE
    return cell


def add_sheet(workbook: Workbook, title: str, headings: Sequence[str], rows: Iterable[Sequence], widths=()):
    """One sheet with a bold, frozen heading row."""
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings):
        width = widths[place] if place < len(widths) else max(12, 2 * len(heading) + 4)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    sheet.append([cell_for(sheet, heading, is_heading=True) for heading in headings])
    for row in rows:
        sheet.append([cell_for(sheet, value) for value in row])
    return sheet


def as_workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """A workbook of one sheet."""
    workbook = Workbook(write_only=True)
    add_sheet(workbook, title, headings, rows)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def as_csv(headings: Sequence[str], rows: Iterable[Sequence]) -> str:
    """A text table with a byte order mark, by which Excel knows UTF-8."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for row in (headings, *rows):
        writer.writerow([guarded(value) for value in row])
    return "\ufeff" + stream.getvalue()


def guarded(value):
    """An apostrophe before whatever a spreadsheet would take for a formula, and before what has one already.

    So that a reader who takes one off again has every text as it was.
    """
    if not isinstance(value, str):
        return value
    text = inert(value)
    return f"'{text}" if LIVE.match(text) else text
