"""Where the tables of a sheet begin and end: headers that begin one, and headers that a page only repeats."""

from dataclasses import dataclass

from catalog.reading.layout.finder import HeaderFinder
from catalog.reading.layout.header import Header
from catalog.reading.layout.headings import Headings
from catalog.reading.layout.surroundings import said_above
from catalog.reading.layout.view import View


@dataclass(frozen=True)
class Tables:
    """The headers of a sheet's tables, each with the row at which its table ends, and the rows of repeated ones."""

    headers: list[tuple[Header, int]]
    repeats: set[int]


def find_tables(view: View, first: Header, headings: Headings) -> Tables:
    """The tables under the first header and under those below it."""
    headers, ends = [first], []
    repeats: set[int] = set()
    said = said_above(view, range(first.top), headings)
    for header in HeaderFinder(view, headings).further(first):
        top = _top_of(view, headings, header, headers[-1])
        says = said_above(view, range(top, header.top), headings)
        # 委托机关：县水务局 above the same headings begins the table of another body.
        if header.repeats(headers[-1]) and says.items() <= said.items():
            repeats.update(header.rows)
            continue
        headers.append(header)
        ends.append(top)
        said |= says
    return Tables(list(zip(headers, [*ends, view.height], strict=True)), repeats)


def _top_of(view: View, headings: Headings, header: Header, previous: Header) -> int:
    """Where the lines above a further header begin: below the last row of more than a text, or of labels."""
    row = header.top
    while row - 1 >= previous.first and _is_above_a_table(view, headings, row - 1):
        row -= 1
    return row


def _is_above_a_table(view: View, headings: Headings, row: int) -> bool:
    texts = {text for _, text in view.own(row)}
    return len(texts) <= 1 or len(said_above(view, range(row, row + 1), headings)) == len(texts)
