"""An .xls of Excel 97 to 2003, as WPS and older office systems still write it."""

import os
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import xlrd

from catalog.reading import limits
from catalog.reading.grid import Merge, UnreadableWorkbook
from catalog.reading.wire import Sender
from catalog.reading.xmlscan import damaged, row_ranges

# Names of streams inside the compound file, as they stand in its directory.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")


def read(content: bytes, sender: Sender) -> None:
    """Send every worksheet of an .xls; raises `UnreadableWorkbook`."""
    if ENCRYPTED in content:
        raise UnreadableWorkbook("encrypted")
    if MACROS in content:
        raise UnreadableWorkbook("has_macros")
    with _open(content) as book:
        if book.nsheets > limits.MAX_SHEETS:
            raise UnreadableWorkbook("too_many_sheets", limit=str(limits.MAX_SHEETS))
        for sheet in book.sheets():
            sender.start_sheet(sheet.name, is_hidden=bool(sheet.visibility))
            for row in range(sheet.nrows):
                sender.row(_row(sheet, row, book.datemode, sender))
            hidden = [row for row, about in sheet.rowinfo_map.items() if about.hidden and row < sheet.nrows]
            if hidden:
                sender.remark("note", "hidden_rows", rows=row_ranges(hidden), count=str(len(hidden)))
            sender.end_sheet(_merges(sheet))


def _open(content: bytes) -> xlrd.book.Book:
    try:
        with open(os.devnull, "w") as nowhere:
            # Without formats xlrd tells neither merges nor dates.
            return xlrd.open_workbook(
                file_contents=content, formatting_info=True, ragged_rows=True, logfile=nowhere
            )
    except MemoryError:
        raise
    except xlrd.XLRDError as problem:
        if "encrypted" in str(problem):
            raise UnreadableWorkbook("encrypted") from problem
        if "Can't find workbook" in str(problem):
            raise UnreadableWorkbook("is_other_document") from problem
        raise damaged(str(problem)[:100]) from problem
    except Exception as problem:
        # xlrd meets broken bytes with whatever its own code happens to raise: IndexError, struct.error, …
        raise damaged(type(problem).__name__) from problem


def _row(sheet: xlrd.sheet.Sheet, row: int, datemode: int, sender: Sender) -> Iterator[Any]:
    for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
        if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            yield None
        elif kind == xlrd.XL_CELL_DATE:
            yield _moment(value, datemode)
        elif kind == xlrd.XL_CELL_BOOLEAN:
            yield bool(value)
        elif kind == xlrd.XL_CELL_ERROR:
            text = xlrd.error_text_from_code.get(value, "#VALUE!")
            sender.remark("warning", "error_value", (row, column), value=text)
            yield text
        else:
            yield value


def _moment(serial: float, datemode: int) -> datetime | time | float | Any:
    try:
        moment = xlrd.xldate_as_datetime(serial, datemode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return serial
    if 0 <= serial < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment


def _merges(sheet: xlrd.sheet.Sheet) -> Iterator[Merge]:
    if len(sheet.merged_cells) > limits.MAX_MERGES:
        raise UnreadableWorkbook("too_many_merges", limit=str(limits.MAX_MERGES))
    for top, below, left, after in sheet.merged_cells:
        yield Merge(top, left, below - 1, after - 1)
