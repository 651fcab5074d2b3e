"""How the cells of our workbooks look: stated once a workbook and lent to each cell.

Stating a font for each of 200,000 cells takes longer than writing them.
"""

import re

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from accounts.spreadsheets import inert

LINE = Side(style="thin", color="808080")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
SHADE = PatternFill("solid", fgColor="E7EEF5")
TOP_LEFT = Alignment(vertical="top", wrap_text=True)
TOP_CENTRE = Alignment(horizontal="center", vertical="top", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
GREY = Font(color="7F7F7F", italic=True)
# A text that looks like an escape of the format is escaped itself, or a program would show it unescaped.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

LOOKS = {
    "text": {"alignment": TOP_LEFT, "border": BOX, "number_format": "@", "quotePrefix": True},
    "number": {"alignment": TOP_CENTRE, "border": BOX},
    "heading": {"font": Font(bold=True), "fill": SHADE, "alignment": CENTRE, "border": BOX},
    "group": {"font": Font(bold=True), "alignment": Alignment(vertical="center"), "border": BOX},
    "title": {"font": Font(bold=True, size=18), "alignment": CENTRE},
    "record": {"font": Font(size=11), "alignment": CENTRE},
    "note": {"alignment": TOP_LEFT},
    "example": {
        "font": GREY,
        "alignment": TOP_LEFT,
        "border": BOX,
        "number_format": "@",
        "quotePrefix": True,
    },
}


class Wardrobe:
    """Makes the cells of one sheet, each in one of a few looks."""

    def __init__(self, sheet):
        self.sheet = sheet
        self._styles = {name: _styled(WriteOnlyCell(sheet), look)._style for name, look in LOOKS.items()}

    def cell(self, value: str | int, look: str = "") -> WriteOnlyCell:
        """A cell whose text is a text, whatever it begins with; numbers are numbers, an empty text is empty."""
        is_text = isinstance(value, str)
        cell = WriteOnlyCell(self.sheet)
        if is_text and value:
            # Set past the property, which would take "=1+1" for a formula and "1e5" for a number.
            cell._value, cell.data_type = ESCAPE.sub("_x005F_", inert(value)), "s"
        elif not is_text:
            cell.value = value
        cell._style = self._styles[look or ("text" if is_text else "number")]
        return cell

    def line(self, text: str, look: str, width: int) -> list[WriteOnlyCell]:
        """A row whose first cell speaks for all its cells, which are to be merged."""
        return [self.cell(text, look), *(self.cell("", look) for _ in range(width - 1))]


def _styled(cell: WriteOnlyCell, look: dict) -> WriteOnlyCell:
    for name, value in look.items():
        setattr(cell, name, value)
    return cell
