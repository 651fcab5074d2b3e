"""The process that writes messages into a workbook: what to say and the file on standard input, .xlsx out.

Run as ``python -m catalog.exporting.marking`` under the reader's limits, because the library that keeps a
workbook's looks takes whatever a file asks of it: one merged block over the whole sheet is 17 billion cells.
Knows no Django.
"""

import json
import os
import re
import sys
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from catalog.reading.child import limit_resources
from catalog.reading.layout.ours import REMARKS

ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
FILLS = {
    "error": PatternFill("solid", fgColor="FFC7CE"),
    "warning": PatternFill("solid", fgColor="FFEB9C"),
    "note": PatternFill("solid", fgColor="DDEBF7"),
}
WRAP = Alignment(vertical="top", wrap_text=True)
BOLD = Font(bold=True)
LONGEST_TEXT, LONGEST_COMMENT = 32_000, 1_000


def mark(
    book: Workbook, messages: list[dict[str, str]], levels: dict[str, str], read_as: dict[str, str]
) -> None:
    """Add a column of messages to each sheet that has some, mark their cells, and list all on a sheet of its own.

    `read_as` gives the names under which sheets were read where they differ.
    """
    for sheet in book.worksheets:
        title = read_as.get(sheet.title, sheet.title)
        own = [message for message in messages if message["sheet"] == title]
        if own:
            _mark_sheet(sheet, own, levels)
    listing = book.create_sheet(_free_title(book))
    for letter, width in zip("ABCD", (8, 20, 10, 100), strict=True):
        listing.column_dimensions[letter].width = width
    _write_row(listing, 1, ("级别", "工作表", "单元格", "提示"), BOLD)
    for place, message in enumerate(messages, start=2):
        words = (levels[message["level"]], message["sheet"], message["cell"], message["text"])
        _write_row(listing, place, words)


def rebuilt(sheets: list[dict]) -> Workbook:
    """A workbook of the same cells, for what cannot be opened as it is."""
    book = Workbook()
    book.remove(book.active)
    for given in sheets:
        sheet = book.create_sheet(given["title"])
        for row, values in enumerate(given["rows"], start=1):
            for column, value in enumerate(values, start=1):
                if value is not None:
                    _write(sheet.cell(row, column), value)
        for top, left, bottom, right in given["merges"]:
            area = f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"
            sheet.merge_cells(area)
    return book


def _mark_sheet(sheet, messages: list[dict[str, str]], levels: dict[str, str]) -> None:
    filled = (cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None)
    column = max(filled, default=0) + 1
    sheet.column_dimensions[get_column_letter(column)].width = 60
    _write(sheet.cell(1, column), REMARKS).font = BOLD
    said: dict[int, list[str]] = {}
    for message in messages:
        found = ADDRESS.fullmatch(message["cell"])
        if not found:
            continue
        text = f"{levels[message['level']]}（{message['cell']}）：{message['text']}"
        said.setdefault(int(found[2]), []).append(text)
        _mark_cell(sheet[message["cell"]], message["level"], text)
    for row, texts in said.items():
        if row > 1:
            _write(sheet.cell(row, column), "\n".join(texts)).alignment = WRAP


def _mark_cell(cell, level: str, text: str) -> None:
    cell.fill = FILLS[level]
    if isinstance(cell, Cell):
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(_plain(before + text)[:LONGEST_COMMENT], REMARKS, height=160, width=320)


def _write_row(sheet, row: int, texts, font: Font | None = None) -> None:
    for column, text in enumerate(texts, start=1):
        cell = _write(sheet.cell(row, column), text)
        cell.alignment = WRAP
        if font:
            cell.font = font


def _write(cell, value):
    """A text as a text, whatever it begins with."""
    if isinstance(value, str):
        cell._value, cell.data_type = _plain(value)[:LONGEST_TEXT], "s"
        cell.quotePrefix = True
    else:
        cell.value = value
    return cell


def _plain(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _free_title(book: Workbook) -> str:
    return REMARKS if REMARKS not in book.sheetnames else f"{REMARKS}{len(book.sheetnames)}"


def main() -> None:
    """Read the task and the file, answer with the marked workbook."""
    limit_resources()
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    task = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    if task["sheets"] is None:
        # Values, not formulas: the file can be read again as it is, and nothing in it is alive.
        book, read_as = load_workbook(BytesIO(content), data_only=True, keep_links=False), {}
    else:
        book = rebuilt(task["sheets"])
        read_as = {sheet["title"]: sheet["read_as"] for sheet in task["sheets"]}
    mark(book, task["messages"], task["levels"], read_as)
    # Whole or not at all: a half answer would pass for a file.
    made = BytesIO()
    book.save(made)
    answer.write(made.getbuffer())
    answer.close()


if __name__ == "__main__":
    main()
