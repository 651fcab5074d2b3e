"""One value over several columns: 实施依据 over 法律法规名称 and 条款."""

from dataclasses import replace

from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.rowcells import RowCells
from catalog.reading.layout.view import View, as_printed
from catalog.reading.words import fold, mend_lines


def find_parts(header: Header, headings: Headings) -> None:
    """The columns right of a field's own that say the rest of it are its parts from now on."""
    labels = {label.column: label for label in header.labels}
    for column in headings.columns.values():
        own = header.column_of(column.field)
        if not column.goes_on_in or own is None:
            continue
        wanted = {fold(heading) for heading in column.goes_on_in}
        place = own + 1
        while place in labels and fold(labels[place].texts[-1]) in wanted and _is_free(header, place):
            header.parts[place] = column.field
            header.fields.pop(place, None)
            header.guessed.pop(place, None)
            place += 1
    header.rivals = [rival for rival in header.rivals if rival[0] not in header.parts]


def _is_free(header: Header, column: int) -> bool:
    return column not in header.by_hand and (column not in header.fields or column in header.guessed)


def join_parts(view: View, header: Header, row: int, cells: RowCells) -> None:
    """Complete the fields of a row by what stands in their further columns."""
    for column, field in header.parts.items():
        said, cell = mend_lines(as_printed(view.value(row, column))), cells[field]
        if said:
            text = _beside(cell.text, said)
            cells[field] = replace(cell, text=text, value=text, printed=text)


def _beside(text: str, said: str) -> str:
    """The article behind its law, line by line where both have as many; another law on a line of its own."""
    if not text:
        return said
    first, second = text.split("\n"), said.split("\n")
    if len(first) != len(second) or any("《" in line for line in second):
        return f"{text}\n{said}"
    return "\n".join(one + other for one, other in zip(first, second, strict=True))
