"""An edition as a workbook laid out like the official form: title, document number, headings, groups, notes."""

from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ..resources.widgets import LinesWidget, SerialWidget
from .styles import Wardrobe
from .table import CODE, EditionTable, PrintedColumn, group_heading

SHEET = "清单"
IN_MEMORY = 2 * 1024 * 1024
# As a heading takes it; names and texts are given more.
WIDTH, WIDE, NARROW = 16, 40, 7
WIDTHS = {"name": 34, "main_name": 26, CODE: 10}


def as_workbook(table: EditionTable) -> BinaryIO:
    """The edition as .xlsx, written row by row into a temporary file that stands at its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    number = table.edition.document_number
    _set_up(sheet, [width_of(column) for column in table.columns], header=3 if number else 2)
    writer = _FormWriter(sheet, len(table.columns))
    writer.line(table.title, "title", height=36)
    if number:
        writer.line(number, "record", height=20)
    writer.row([column.heading for column in table.columns], "heading")
    _write_entries(writer, table)
    if table.edition.notes.strip():
        writer.line(f"注：{table.edition.notes.strip()}", "note", height=60)
    return saved(book)


def saved(book: Workbook) -> BinaryIO:
    """The workbook in a temporary file, on disk where it is large."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed by the response it is sent in
    book.save(file)
    file.seek(0)
    return file


def width_of(column: PrintedColumn) -> int:
    """How wide a column is, by what stands in it."""
    if column.name in WIDTHS:
        return WIDTHS[column.name]
    widget = column.field.widget if column.field else None
    if isinstance(widget, SerialWidget):
        return NARROW
    return WIDE if isinstance(widget, LinesWidget) else max(WIDTH, 2 * len(column.heading) + 2)


def _write_entries(writer: "_FormWriter", table: EditionTable) -> None:
    rows = table.rows()
    groups = table.groups
    for place, (name, count) in enumerate(groups, start=1):
        writer.line(group_heading(place, name, count), "group", height=20)
        for _ in range(count):
            # An entry removed while this is written shortens the last group, and nothing else.
            if (row := next(rows, None)) is not None:
                writer.row(row)
    for row in rows:
        writer.row(row)


def _set_up(sheet, widths: list[int], *, header: int) -> None:
    """A4 across, as wide as the page, the rows down to the headings on each; all of it before the first row."""
    sheet.freeze_panes = f"A{header + 1}"
    sheet.print_title_rows = f"1:{header}"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"


class _FormWriter:
    """Writes rows below each other and knows how many there are."""

    def __init__(self, sheet, width: int):
        self.sheet, self.width, self.height = sheet, width, 0
        self._wardrobe = Wardrobe(sheet)

    def row(self, values: list[str | int], look: str = "") -> None:
        self.height += 1
        self.sheet.append([self._wardrobe.cell(value, look) for value in values])

    def line(self, text: str, look: str, *, height: int) -> None:
        """One text over the whole width."""
        self.height += 1
        self.sheet.row_dimensions[self.height].height = height
        self.sheet.append(self._wardrobe.line(text, look, self.width))
        if self.width > 1:
            self.sheet.merged_cells.add(f"A{self.height}:{get_column_letter(self.width)}{self.height}")
