"""Workbooks for tests: the real ones beside the tests, and small ones written for one fact."""

import io
import json
from pathlib import Path

import openpyxl

FOLDER = Path(__file__).resolve().parent.parent / "workbooks"
HEADING = ["序号", "类别", "项目名称", "职权类别", "责任单位", "服务对象", "实施依据", "备注"]


def real(name: str) -> bytes:
    """One of the workbooks laid out as counties publish them."""
    return (FOLDER / f"{name}.xlsx").read_bytes()


def expected(name: str) -> dict:
    """What a reader finds in it."""
    return json.loads((FOLDER / f"{name}.expected.json").read_text(encoding="utf-8"))


def written(rows: list[list], *, title="青禾县公共服务事项目录", heading=HEADING) -> bytes:
    """A workbook with a title, a heading and these rows."""
    book = openpyxl.Workbook()
    for row in [[title], heading, *rows]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def service_rows() -> list[list]:
    """The 57 rows of the real service list, with merged cells filled in."""
    sheet = openpyxl.load_workbook(FOLDER / "service_items.xlsx").active
    rows, above = [], {}
    for cells in sheet.iter_rows(min_row=4, max_row=60, values_only=True):
        row = list(cells)
        for column in (1, 4):
            row[column] = above[column] = row[column] or above.get(column)
        rows.append(row)
    return rows
