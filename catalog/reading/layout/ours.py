"""What our own downloads carry is read to the letter.

A row with the platform's code was written by the platform: it is an item, whatever its texts look like
(合计, 同上, 一、民政), a blank in it is blank, and no heading above speaks for it. Only a merged block still
does: no download has one, so a clerk has made it.
"""

import re
from dataclasses import replace

from catalog.reading.grid import Sheet
from catalog.reading.layout.view import View, as_text
from catalog.reading.words import fold

# The column in which a report gives a workbook back with what was said of its rows.
REMARKS = "导入提示"
# The word in place of a serial, in the row that shows how a template is filled in.
EXAMPLE = "示例"
CODE = re.compile("[0-9]{1,9}")
REMARKS_BEGIN_ABOVE = 200


def is_ours(view: View, row: int, column: int | None) -> bool:
    """Whether the row carries the platform's code in that column."""
    return column is not None and CODE.fullmatch(view.text(row, column)) is not None


def is_example(text: str) -> bool:
    """Whether a row that begins with this text shows how to fill in a template."""
    return not text.isascii() and fold(text).strip("()：:") == EXAMPLE


def without_remarks(sheet: Sheet) -> Sheet:
    """The sheet without the column that a report has added behind its last, so that a mended report can be read."""
    for place, row in enumerate(sheet.rows[:REMARKS_BEGIN_ABOVE]):
        if len(row) > 1 and isinstance(row[-1], str) and as_text(row[-1]) == REMARKS:
            rows = [*sheet.rows[:place], *(_blanked(cells, len(row) - 1) for cells in sheet.rows[place:])]
            return replace(sheet, rows=tuple(rows))
    return sheet


def _blanked(cells: tuple, column: int) -> tuple:
    return cells if column >= len(cells) else (*cells[:column], None, *cells[column + 1 :])
