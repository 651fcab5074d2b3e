"""A table as text, .csv or .txt: its characters, its delimiter, its cells. Cells stay the text they are."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from catalog.reading.grid import UnreadableWorkbook
from catalog.reading.kinds import UTF_8_MARK, UTF_16_MARKS
from catalog.reading.wire import Sender

DELIMITERS = (",", "\t", ";")
TOLD = re.compile(r'"?sep=(?P<delimiter>[,;\t|])"?[^\S\n]*\r?\n', re.IGNORECASE)
SAMPLE_CHARACTERS = 64 * 1024
# ="0340" is how programs keep Excel from eating zeros; '=1+1 is how they keep it from calculating. Our own
# export guards what is guarded already once more, so one apostrophe is taken off and never two.
AS_TEXT = re.compile(r'="([^"]*)"')
GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def read(content: bytes, sender: Sender) -> None:
    """Send the one sheet of a text table; raises `UnreadableWorkbook`."""
    text, delimiter = _told_delimiter(decoded(content))
    # A cell of a text table may be as long as the file.
    csv.field_size_limit(len(text) + 1)
    sender.start_sheet("")
    for row in _rows(text, delimiter or delimiter_of(text)):
        sender.row([_cell(value) for value in row])
    sender.end_sheet(())


def decoded(content: bytes) -> str:
    """The text of the file: UTF-16 by its mark, else UTF-8, else GB18030."""
    if content.startswith(UTF_16_MARKS):
        encodings = ["utf-16"]
    elif content.startswith(UTF_8_MARK):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as problem:
            line = content.count(b"\n", 0, problem.start) + 1
    raise UnreadableWorkbook("csv_encoding", line=str(line))


def _told_delimiter(text: str) -> tuple[str, str]:
    """The text without the line that tells Excel the delimiter, and that delimiter."""
    told = TOLD.match(text)
    return (text[told.end() :], told["delimiter"]) if told else (text, "")


def delimiter_of(text: str) -> str:
    """The delimiter that cuts every row of the opening into the same number of cells, more than one; or most."""
    best = ",", (0, 0)
    for delimiter in DELIMITERS:
        rows = list(csv.reader(StringIO(text[:SAMPLE_CHARACTERS], newline=""), delimiter=delimiter))
        if len(text) > SAMPLE_CHARACTERS and len(rows) > 1:
            rows.pop()  # cut off in the middle
        widths = Counter(len(row) for row in rows)
        if len(rows) > 1 and len(widths) == 1 and 1 not in widths:
            # Not outdone by another that stands once in each line of many cells with several lines.
            return delimiter
        shared = max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))
        if shared > best[1]:
            best = delimiter, shared
    return best[0]


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    # Strict only to hear of a quote that never closes: it would swallow the rest of the file into one cell.
    strict = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for _ in strict:
            begun = strict.line_num + 1
    except csv.Error as problem:
        if "unexpected end of data" in str(problem):
            raise UnreadableWorkbook("csv_open_quote", line=str(begun)) from problem
    yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _cell(value: str) -> str:
    if wrapped := AS_TEXT.fullmatch(value):
        return wrapped[1]
    return value[1:] if GUARDED.match(value) else value
