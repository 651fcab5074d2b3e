"""What goes from the child process to its parent: one JSON document a line, no pickled objects.

A list is some rows; an object is everything else (`sheet`, `merges`, `message`, `refusal`, `end`). Days and
times, which JSON lacks, are objects of one key.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from catalog.reading import limits
from catalog.reading.grid import Merge, Message, Sheet, UnreadableWorkbook, Workbook, address

# Controls but tab and line feed, halves of surrogate pairs, and code points that no text may hold.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Excel keeps 15 digits of a number, whatever was typed.
EXACT_BELOW = 10**15
WHOLE_BELOW = 1e21
# Cells that go into one line: a line for every row would cost more than what stands in it.
CELLS_A_LINE = 2_000


class Sender:
    """Writes sheets as they are read, each cell in its final form, and the remarks made on the way."""

    def __init__(self, stream: BinaryIO):
        self._stream = stream
        self._sent = 0
        self._encode = json.JSONEncoder(
            ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_encoded
        ).encode
        self._title = ""
        self._row = 0
        self._rows: list[list] = []
        self._waiting = 0
        self._blank_rows = 0
        self._height = self._width = 0
        self._remarks: Counter[str] = Counter()

    def start_sheet(self, title: str, *, is_hidden: bool = False) -> None:
        self._title = UNWANTED.sub("", title)
        self._row = self._blank_rows = self._height = self._width = 0
        self._remarks = Counter()
        self._send({"sheet": self._title, "is_hidden": is_hidden})

    def row(self, values: Iterable[Any]) -> None:
        """Take the next row of the sheet; blank cells and rows at the end are left out."""
        cells = [
            # Most texts hold nothing but what is printed, and most numbers are whole.
            (value or None) if type(value) is str and value.isprintable() else self._cell(value, column)
            for column, value in enumerate(values)
        ]
        while cells and (cells[-1] is None or _is_blank(cells[-1])):
            cells.pop()
        self._row += 1
        if not cells:
            self._blank_rows += 1
            return
        refuse_far_cell(self._row - 1, len(cells) - 1, self._title)
        if self._blank_rows:
            self._rows += [[]] * self._blank_rows
            self._blank_rows = 0
        self._height, self._width = self._row, max(self._width, len(cells))
        self._rows.append(cells)
        self._waiting += len(cells)
        if self._waiting >= CELLS_A_LINE:
            self._send_rows()

    def remark(self, level: str, code: str, at: tuple[int, int] | None = None, **values: str) -> None:
        """Say something about a cell (row and column counted from 0) or about the sheet."""
        self._remarks[code] += 1
        if self._remarks[code] <= limits.MESSAGES_PER_CODE:
            cell = address(*at) if at else ""
            self._send({"message": [level, code, self._title, cell, _plain(values)]})

    def end_sheet(self, merges: Iterable[Merge]) -> None:
        """Close the sheet; merges are cut to the cells that hold something."""
        self._send_rows()
        for code, count in self._remarks.items():
            if count > limits.MESSAGES_PER_CODE:
                rest = {"about": code, "count": str(count - limits.MESSAGES_PER_CODE)}
                self._send({"message": ["note", "more_of_the_same", self._title, "", rest]})
        self._send({"merges": self._cut(merges)})

    def refuse(self, refusal: UnreadableWorkbook) -> None:
        self._send({"refusal": refusal.message.code, "values": _plain(refusal.message.values)})

    def end(self) -> None:
        self._send({"end": True})
        self._stream.flush()

    def _send_rows(self) -> None:
        if self._rows:
            rows, self._rows, self._waiting = self._rows, [], 0
            self._send(rows)

    def _send(self, document: list | dict) -> None:
        line = self._encode(document).encode("utf-8") + b"\n"
        self._sent += len(line)
        # A refusal must still find room, hence only rows are counted out.
        if self._sent > limits.MAX_ANSWER_BYTES and isinstance(document, list):
            raise UnreadableWorkbook(
                "too_much_text", limit_mb=str(limits.MAX_ANSWER_BYTES // limits.MEBIBYTE)
            )
        self._stream.write(line)

    def _cell(self, value: Any, column: int) -> Any:
        kind = type(value)
        if kind is str:
            return self._text(value, column) if UNWANTED.search(value) else value or None
        if kind is float:
            return self._number(value, column)
        if kind is int and abs(value) >= EXACT_BELOW:
            self.remark("warning", "long_number", (self._row, column), value=str(value))
        if kind is timedelta:
            return _duration(value)
        return value

    def _text(self, text: str, column: int) -> str | None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text, removed = UNWANTED.subn("", text)
        if removed:
            self.remark("note", "control_characters_removed", (self._row, column), count=str(removed))
        return text or None

    def _number(self, number: float, column: int) -> int | float | str:
        if number.is_integer() and -EXACT_BELOW < number < EXACT_BELOW:
            return int(number)
        if not math.isfinite(number):
            self.remark("warning", "error_value", (self._row, column), value="#NUM!")
            return "#NUM!"
        if number.is_integer() and abs(number) < WHOLE_BELOW:
            return self._cell(int(number), column)
        return number

    def _cut(self, merges: Iterable[Merge]) -> list[list[int]]:
        kept = []
        covered = 0
        for merge in merges:
            bottom, right = min(merge.bottom, self._height - 1), min(merge.right, self._width - 1)
            area = (bottom - merge.top + 1) * (right - merge.left + 1)
            if bottom >= merge.top and right >= merge.left and area > 1:
                kept.append([merge.top, merge.left, bottom, right])
                covered += area
        # Whoever fills merged blocks later writes each block once: overlapping ones would multiply that.
        if covered > self._height * self._width:
            raise UnreadableWorkbook("overlapping_merges", sheet=self._title)
        return kept


def refuse_far_cell(row: int, column: int, title: str) -> None:
    """Raise `UnreadableWorkbook` for a filled cell beyond the limits, naming it."""
    if row < limits.MAX_ROWS and column < limits.MAX_COLUMNS:
        return
    where = {"cell": address(row, column), "sheet": title}
    if row >= limits.MAX_ROWS:
        raise UnreadableWorkbook("too_many_rows", limit=str(limits.MAX_ROWS), **where)
    raise UnreadableWorkbook("too_many_columns", limit=str(limits.MAX_COLUMNS), **where)


def receive(stream: Iterable[bytes]) -> Workbook:
    """The workbook a child has sent.

    Raises `UnreadableWorkbook` as the child did, and `ValueError` when the answer breaks off.
    """
    decode = json.JSONDecoder(object_hook=_decoded).decode
    share = dict[str, str]().setdefault
    sheets: list[Sheet] = []
    messages: list[Message] = []
    rows: list[tuple] = []
    opened: dict = {}
    for line in stream:
        document = decode(line.decode("utf-8"))
        if isinstance(document, list):
            # The same department stands in a thousand cells: one string serves them all.
            rows += [tuple([share(v, v) if type(v) is str else v for v in row]) for row in document]
        elif "sheet" in document:
            opened, rows = document, []
        elif "merges" in document:
            sheets.append(_sheet(opened, rows, document["merges"]))
        elif "message" in document:
            level, code, title, cell, values = document["message"]
            messages.append(Message(level, code, title, cell, values))
        elif "refusal" in document:
            raise UnreadableWorkbook(document["refusal"], **document["values"])
        elif "end" in document:
            return Workbook(tuple(sheets), tuple(messages))
    raise ValueError("the answer of the child has no end")


def _sheet(opened: dict, rows: list[tuple], merges: Sequence[Sequence[int]]) -> Sheet:
    return Sheet(
        title=opened["sheet"],
        rows=tuple(rows),
        merges=tuple(Merge(*corners) for corners in merges),
        is_hidden=opened["is_hidden"],
    )


def _plain(values: Mapping[str, str]) -> dict[str, str]:
    # Names of parts and texts of errors come from the file.
    return {name: UNWANTED.sub("", value) for name, value in values.items()}


def _is_blank(value: Any) -> bool:
    return value is None or (type(value) is str and not value.strip())


def _duration(length: timedelta) -> str:
    minutes, seconds = divmod(abs(round(length.total_seconds())), 60)
    sign = "-" if length < timedelta(0) else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _encoded(value: Any) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    raise TypeError(f"no cell holds a {type(value).__name__}")


def _decoded(document: dict) -> Any:
    if len(document) == 1:
        ((kind, value),) = document.items()
        reader = {"date": date, "datetime": datetime, "time": time}.get(kind)
        if reader and isinstance(value, str):
            return reader.fromisoformat(value)
    return document
