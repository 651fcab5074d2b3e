"""Rows of a sheet in the plain form that every program writes: an address, a style, a type, a value.

They are known by one pattern, which refuses everything a scan has something to say of: formulas, errors,
hidden rows, addresses of another row. So expat, which calls back for each element, sees only the rest.
"""

import re

# As far as sheets go: six figures of rows, columns up to XFD.
LETTERS = rb"(?:[A-Z]|[A-Z]{2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])"
# Of groups only plain repetitions: in Python 3.11.2 a possessive one ends in the middle of what it repeats.
PLAIN_ROW = re.compile(
    rb'<row r="(?P<row>[1-9][0-9]{0,5})"(?: (?!hidden)[A-Za-z0-9:]++="[^"<>&]*+")*>'
    rb'(?:<c r="' + LETTERS + rb'(?P=row)"(?: s="[0-9]{1,6}")?(?: t="(?:s|n|b|str|inlineStr)")?'
    rb"(?:/>|>(?:<v>[^<\x00-\x08\x0b\x0c\x0e-\x1f]*+</v>"
    rb'|<is><t(?: xml:space="preserve")?>[^<\x00-\x08\x0b\x0c\x0e-\x1f]*+</t></is>)?</c>))*</row>'
)
# Of plain rows alone: the letters of a cell that holds something, and the figures of a row that has such a cell.
FILLED_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,6}"[^>]*+><[vi]')
FILLED_ROW = re.compile(rb'<row r="([0-9]{1,6})"[^>]*+>(?:<c [^/>]*+(?:/>|></c>))*<c [^/>]*+><[vi]')
ROW = b"<row "
END_OF_ROW = b"</row>"
CELL = b"<c "
# A row longer than this is handed on in pieces, whatever it is.
LONGEST_HELD = 1024 * 1024


def plain_run(content: bytes, start: int) -> int:
    """Where the plain rows end that begin here; `start` itself where there are none, or no whole text."""
    end = start
    while row := PLAIN_ROW.match(content, end):
        end = row.end()
    try:
        content[start:end].decode("utf-8")
    except UnicodeDecodeError:
        return start
    return end


def extent(run: bytes) -> tuple[set[bytes], set[bytes]]:
    """The column letters and the row digits of the cells that hold something."""
    return set(FILLED_CELL.findall(run)), set(FILLED_ROW.findall(run))
