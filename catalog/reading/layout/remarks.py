"""What a clerk should know about a header that was found."""

from collections.abc import Iterator

from catalog.reading.grid import Message
from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.shapes import Column
from catalog.reading.layout.view import View
from catalog.reading.words import fold


def header_messages(view: View, header: Header, headings: Headings) -> Iterator[Message]:
    """What a clerk should know about a header: guesses, rivals, unknown and missing columns."""
    by_column = {label.column: label for label in header.labels}

    def cell(column: int) -> str:
        label = by_column[column]
        return View.address(label.row, column)

    guessed = {column: candidate.field for column, candidate in header.guessed.items()}
    guessed |= header.parts
    if header.marks:
        guessed |= dict.fromkeys(header.marks.named, header.marks.field)
    for column, field in guessed.items():
        values = {"heading": by_column[column].printed, "taken_for": headings.columns[field].heading}
        yield Message("warning", "column_guessed", view.title, cell(column), values)
    for column, holder in header.rivals:
        one, other = by_column[column], by_column[holder]
        same = fold(one.printed) == fold(other.printed)
        values = {"heading": one.printed, "other": other.printed, "other_cell": cell(holder)}
        yield Message(
            "error" if same else "warning",
            "duplicate_heading" if same else "column_ambiguous",
            view.title,
            cell(column),
            values,
        )
    spoken_of = {*header.fields, *guessed, *header.by_hand, *(column for column, _ in header.rivals)}
    for label in header.labels:
        if label.column not in spoken_of and label.is_own:
            values = {"heading": label.printed}
            yield Message("warning", "unknown_column", view.title, cell(label.column), values)
    first = View.address(header.top, 0)
    for missing in missing_columns(header, headings):
        values = {"heading": missing.heading, "also": "、".join(missing.headings[1:5])}
        yield Message("error", "missing_column", view.title, first, values)


def missing_columns(header: Header, headings: Headings) -> list[Column]:
    """Required columns the header does not have; a sheet's title or a cell's labels may stand in for one."""
    present = {*header.fields.values(), *header.also}
    labelled = {name for found in present for name, _ in headings.columns[found].labelled}
    return [
        column
        for column in headings.columns.values()
        if column.is_required and column.field not in present | labelled and not column.takes_sheet_title
    ]
