"""Grids for tests: small ones typed by hand, and the four county workbooks of `tests/workbooks`."""

import json
import re
from pathlib import Path
from typing import Any

import openpyxl

from catalog.reading.grid import Merge, Sheet, Value, Workbook

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
BLOCK = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def grid(*rows: list[Value], merges: str = "", title: str = "Sheet1", is_hidden: bool = False) -> Sheet:
    """A sheet from rows, with merged blocks as Excel names them: ``"A1:H1 B3:B5"``."""
    blocks = [
        Merge(int(top) - 1, _column(left), int(bottom) - 1, _column(right))
        for left, top, right, bottom in BLOCK.findall(merges)
    ]
    return Sheet(title, tuple(tuple(row) for row in rows), tuple(blocks), is_hidden)


def book(*sheets: Sheet) -> Workbook:
    return Workbook(tuple(sheets))


def county_workbook(name: str) -> Workbook:
    file = openpyxl.load_workbook(WORKBOOKS / f"{name}.xlsx")
    sheets = []
    for sheet in file:
        blocks = [
            Merge(one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1)
            for one in sheet.merged_cells.ranges
        ]
        rows = tuple(sheet.iter_rows(values_only=True))
        sheets.append(Sheet(sheet.title, rows, tuple(blocks), sheet.sheet_state != "visible"))
    return Workbook(tuple(sheets))


def without_merges(workbook: Workbook) -> Workbook:
    """What is left of a workbook that was saved as csv."""
    return Workbook(
        tuple(
            Sheet(sheet.title, tuple(tuple("" if v is None else str(v) for v in row) for row in sheet.rows))
            for sheet in workbook.sheets
        )
    )


def expected(name: str) -> dict[str, Any]:
    return json.loads((WORKBOOKS / f"{name}.expected.json").read_text(encoding="utf-8"))


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
