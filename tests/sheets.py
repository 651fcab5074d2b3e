"""Real workbooks for tests: what a clerk would upload."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook


def workbook(*rows, **sheets) -> bytes:
    """A workbook whose first sheet holds the rows; further sheets by their names."""
    book = Workbook()
    book.remove(book.active)
    for title, lines in {**({"Sheet1": rows} if rows else {}), **sheets}.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(content, name="table.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def cells(content, sheet=None):
    """The cells of a sheet as they were written, row by row."""
    book = load_workbook(io.BytesIO(content))
    return list((book[sheet] if sheet else book.worksheets[0]).iter_rows())


def values(content, sheet=None) -> list[list]:
    return [[cell.value for cell in row] for row in cells(content, sheet)]
