"""A workbook in which no header was found: what a clerk is told, and shown to name its columns."""

from catalog.reading.grid import Message, Workbook, column_letters
from catalog.reading.layout.finder import HeaderFinder
from catalog.reading.layout.header import first_values
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.shapes import Table, TableColumn
from catalog.reading.layout.view import View

# Headings below each other in one of the first columns: a form, or a table lying on its side.
COLUMNS_LOOKED_AT, FEWEST_HEADINGS = 3, 3


def unread(workbook: Workbook, headings: Headings) -> tuple[Table, ...]:
    """Every sheet by its likeliest row of headings, or by its letters alone, for a clerk to name its columns."""
    tables = []
    for sheet in workbook.sheets:
        view = View(sheet)
        row = HeaderFinder(view, headings).likeliest()
        first = 0 if row is None else row + 1
        columns = []
        for column in range(view.width):
            heading = "" if row is None else view.text(row, column)
            values = first_values(view, first, column)
            if heading or values:
                place = View.address(max(first - 1, 0), column)
                columns.append(
                    TableColumn(column_letters(column), heading, None, place, values=values, doubt="unknown")
                )
        if columns:
            tables.append(Table(view.title, () if row is None else (first,), tuple(columns)))
    return tuple(tables)


def no_header(workbook: Workbook, headings: Headings) -> Message:
    """Why no list was found: what was looked for, and the row most like a header, or that the table is turned."""
    turned = next(filter(None, (_turned(View(sheet), headings) for sheet in workbook.sheets)), None)
    if turned is not None:
        return turned
    wanted = [column for column in headings.columns.values() if column.is_required or column.role == "name"]
    looked_for = "、".join(dict.fromkeys(column.heading for column in wanted or headings.columns.values()))
    values = {"looked_for": looked_for, "sheet": "", "row": "", "seen": ""}
    for sheet in workbook.sheets:
        view = View(sheet)
        row = HeaderFinder(view, headings).likeliest()
        if row is not None:
            values |= {
                "sheet": view.title,
                "row": str(row + 1),
                "seen": "、".join(view.line(row).split("  "))[:80],
            }
            break
    return Message(
        "error", "no_header", values["sheet"], f"A{values['row']}" if values["row"] else "", values
    )


def _turned(view: View, headings: Headings) -> Message | None:
    """What is said of a sheet whose headings stand below each other, one item to a column."""
    names = {headings.field_of_role("name"), headings.field_of_role("main_name")} - {None}
    for column in range(min(COLUMNS_LOOKED_AT, view.width)):
        found = {
            candidates[0].field: row
            for row, text in enumerate(view.down(column, range(view.height)))
            # A heading that only the clerk's mapping knows has no candidates.
            if headings.knows(text) and (candidates := headings.candidates(text))
        }
        if len(found) >= FEWEST_HEADINGS and names & found.keys():
            seen = "、".join(view.text(row, column) for row in found.values())[:80]
            place = View.address(min(found.values()), column)
            return Message("error", "headings_in_column", view.title, place, {"seen": seen})
    return None
