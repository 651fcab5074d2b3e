"""An edition as a text table: UTF-8 with the mark by which spreadsheets know it, headings in the first row."""

import csv
import io
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from accounts.spreadsheets.writing import guarded

from .table import EditionTable
from .workbook import IN_MEMORY


def as_text_table(table: EditionTable) -> BinaryIO:
    """The edition as .csv in a temporary file that stands at its beginning."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed by the response it is sent in
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(column.heading) for column in table.columns])
    for row in table.rows():
        writer.writerow([guarded(value) for value in row])
    text.detach()
    file.seek(0)
    return file
