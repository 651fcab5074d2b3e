"""A bounded look at the XML parts of an .xlsx before any parser sees them, in one streaming pass.

Rows of the plain form are known by their pattern; expat walks the rest and keeps nothing but what is asked:
how far the filled cells reach, which of them hold errors or formulas without a value. What Excel never writes
(a document type, addresses outside the sheet) is refused here, because the parser that comes next aborts its
process on some of it.
"""

from collections.abc import Iterator
from functools import lru_cache
from xml.parsers import expat

from catalog.reading import limits
from catalog.reading.grid import UnreadableWorkbook
from catalog.reading.plainrows import CELL, END_OF_ROW, LONGEST_HELD, ROW, extent, plain_run


def damaged(part: str) -> UnreadableWorkbook:
    """The refusal of a part that is not what the format says."""
    return UnreadableWorkbook("damaged", part=part)


@lru_cache(maxsize=2048)
def column_of(letters: str) -> int:
    """The column that letters name, counted from 0; -1 when no sheet has it."""
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return -1
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1 if column <= limits.FORMAT_COLUMNS else -1


def row_of(digits: str) -> int:
    """The row that digits name, counted from 0; -1 when no sheet has it."""
    if not digits.isascii() or not digits.isdigit() or len(digits) > 7:
        return -1
    return int(digits) - 1 if int(digits) <= limits.FORMAT_ROWS else -1


def position_of(reference: str) -> tuple[int, int] | None:
    """Row and column of an address such as G14, counted from 0; None when it is none."""
    letters = reference.rstrip("0123456789")
    row, column = row_of(reference[len(letters) :]), column_of(letters)
    return (row, column) if row >= 0 and column >= 0 else None


def is_range(reference: str) -> bool:
    """Whether this is an address or two joined by a colon."""
    ends = reference.split(":")
    return len(ends) <= 2 and all(position_of(end) for end in ends)


class PartScan:
    """A part of the package, fed piece by piece. `root` is its first element, without prefix."""

    def __init__(self, part: str):
        self.part = part
        self.root = ""
        self.content: SheetScan | BookScan | LinkScan | TextScan | None = None
        self._held = b""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._first

    def feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        """Take the next bytes; raises `UnreadableWorkbook` for what is refused."""
        if not self.root:
            # What part this is stands before its first row, which need not be walked then.
            ahead = max(0, chunk.find(ROW))
            self._parse(chunk[:ahead])
            chunk = chunk[ahead:]
        if isinstance(self.content, SheetScan):
            chunk = self._held + chunk
            rest = chunk[self._take_rows(chunk, self.content) :]
            is_held = not is_last and len(rest) <= LONGEST_HELD
            self._held, chunk = (rest, b"") if is_held else (b"", rest)
        self._parse(chunk, is_last=is_last)
        if is_last and isinstance(self.content, SheetScan):
            self.content.close_cell()

    def _take_rows(self, content: bytes, sheet: "SheetScan") -> int:
        """Deal with every whole row, plain ones without the parser; gives the place where the rest begins."""
        done = 0
        while (start := content.find(ROW, done)) >= 0:
            closed = content.find(END_OF_ROW, start)
            if closed < 0:
                break
            self._parse(content[done:start])
            # Only behind a tag: what stands inside one is no row.
            is_behind_a_tag = content[max(0, start - 1) : start] == b">"
            end = plain_run(content, start) if is_behind_a_tag else start
            if end == start or not sheet.take_plain(content[start:end]):
                end = closed + len(END_OF_ROW)
                self._parse(content[start:end])
            done = end
        return done

    def _parse(self, chunk: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as problem:
            raise damaged(self.part) from problem

    def _doctype(self, *_declared) -> None:
        raise UnreadableWorkbook("has_doctype", part=self.part)

    def _first(self, name: str, _attributes: dict[str, str]) -> None:
        prefix, colon, self.root = name.rpartition(":")
        kind = {"worksheet": SheetScan, "workbook": BookScan, "Relationships": LinkScan, "sst": TextScan}
        self._parser.StartElementHandler = None
        if self.root in kind:
            self.content = kind[self.root](self.part, self._parser)
            # Extensions bring elements of the same names under prefixes of their own; those are not cells.
            taken = {prefix + colon + name: take for name, take in self.content.takes.items()}
            self._parser.StartElementHandler = _dispatch(taken)


def _dispatch(taken: dict):
    find = taken.get

    def start(name: str, attributes: dict[str, str]) -> None:
        take = find(name)
        if take:
            take(attributes)

    return start


class BookScan:
    """The list of sheets of a workbook: title and the identifier of the link to the sheet's part."""

    def __init__(self, part: str, _parser):
        self.sheets: list[tuple[str, str]] = []
        self.takes = {"sheet": self._sheet}

    def _sheet(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) >= limits.MAX_SHEETS:
            raise UnreadableWorkbook("too_many_sheets", limit=str(limits.MAX_SHEETS))
        link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        self.sheets.append((attributes.get("name", ""), link))


class LinkScan:
    """The links of a part: identifier to target."""

    def __init__(self, part: str, _parser):
        self.targets: dict[str, str] = {}
        self.takes = {"Relationship": self._link}

    def _link(self, attributes: dict[str, str]) -> None:
        self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class TextScan:
    """The texts that cells share; only their number matters here."""

    def __init__(self, part: str, _parser):
        self._count = 0
        self.takes = {"si": self._text}

    def _text(self, _attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > limits.MAX_SHARED_TEXTS:
            raise UnreadableWorkbook("too_many_texts", limit=str(limits.MAX_SHARED_TEXTS))


class SheetScan:
    """How far a sheet's filled cells reach, and the cells a reader cannot tell from blank ones.

    `height` and `width` count rows and columns from the corner A1. The dimension that the file declares is
    never believed: many programs write the whole sheet there. `far_cell` is the first filled one beyond the
    limits.
    """

    def __init__(self, part: str, parser):
        self.height = self.width = self.cells = 0
        self.far_cell: tuple[int, int] | None = None
        self.errors: dict[tuple[int, int], str] = {}
        self.without_value: list[tuple[int, int]] = []
        self.hidden_rows: list[int] = []
        self.takes = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._value,
            "is": self._filled,
            "f": self._formula,
            "mergeCell": self._merge,
            "dimension": self._dimension,
        }
        self._part, self._parser = part, parser
        self._rows = self._merges = 0
        self._row, self._column, self._type = -1, -1, ""
        self._row_digits = ""
        self._has_formula = self._has_value = False
        self._value_text = ""

    def close_cell(self) -> None:
        """Judge the cell that ends here."""
        if self._type == "e" and self._has_value:
            self.errors[self._row, self._column] = self._value_text.strip()[:20] or "#VALUE!"
        elif self._has_formula and not self._value_text.strip() and not self._gives_empty_text():
            self.without_value.append((self._row, self._column))
        self._parser.CharacterDataHandler = None
        self._has_formula = self._has_value = False
        self._type = self._value_text = ""

    def take_plain(self, run: bytes) -> bool:
        """Take rows known by their pattern alone; False, and nothing is taken, where they reach too far."""
        letters, digits = extent(run)
        width = max((column_of(one.decode()) for one in letters), default=-1) + 1
        height = max(map(int, digits), default=0)
        if width > limits.MAX_COLUMNS or height > limits.MAX_ROWS:
            return False
        self.close_cell()
        self._count_cells(run.count(CELL))
        self._rows += run.count(ROW)
        self.height, self.width = max(self.height, height), max(self.width, width)
        last = run.rindex(ROW) + len(ROW) + len(b'r="')
        self._row = int(run[last : run.index(b'"', last)]) - 1
        self._column, self._row_digits = -1, str(self._row + 1)
        if self._rows > limits.FORMAT_ROWS:
            raise damaged(self._part)
        return True

    def _count_cells(self, count: int) -> None:
        self.cells += count
        if self.cells > limits.MAX_CELLS:
            raise UnreadableWorkbook("too_many_cells", limit=str(limits.MAX_CELLS))

    def _gives_empty_text(self) -> bool:
        return self._type == "str" and self._has_value

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.close_cell()
        self._rows += 1
        digits = attributes.get("r")
        self._row = self._row + 1 if digits is None else row_of(digits)
        if self._row < 0:
            raise damaged(self._part)
        if self._rows > limits.FORMAT_ROWS or self._row >= limits.FORMAT_ROWS:
            raise damaged(self._part)
        self._column = -1
        self._row_digits = str(self._row + 1)
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.append(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._has_value or self._has_formula:
            self.close_cell()
        self._count_cells(1)
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            self._column = column_of(letters)
            digits = reference[len(letters) :]
            if digits != self._row_digits:
                self._row, self._row_digits = row_of(digits), digits
        if not (self._row >= 0 and 0 <= self._column < limits.FORMAT_COLUMNS):
            raise damaged(self._part)
        self._type = attributes.get("t", "")

    def _filled(self, _attributes: dict[str, str] | None = None) -> None:
        if self._row >= self.height or self._column >= self.width:
            self.height, self.width = max(self.height, self._row + 1), max(self.width, self._column + 1)
            if not self.far_cell and (self._row >= limits.MAX_ROWS or self._column >= limits.MAX_COLUMNS):
                self.far_cell = self._row, self._column

    def _formula(self, _attributes: dict[str, str]) -> None:
        self._filled()
        self._has_formula = True

    def _value(self, _attributes: dict[str, str]) -> None:
        self._filled()
        if self._has_formula or self._type == "e":
            self._has_value = True
            self._parser.CharacterDataHandler = self._text

    def _text(self, text: str) -> None:
        if len(self._value_text) < 100:
            self._value_text += text[:100]

    def _merge(self, attributes: dict[str, str]) -> None:
        self._merges += 1
        if self._merges > limits.MAX_MERGES:
            raise UnreadableWorkbook("too_many_merges", limit=str(limits.MAX_MERGES))
        if not is_range(attributes.get("ref", "")):
            raise damaged(self._part)

    def _dimension(self, attributes: dict[str, str]) -> None:
        if not is_range(attributes.get("ref", "")):
            raise damaged(self._part)


def row_ranges(rows: Iterator[int]) -> str:
    """Rows counted from 0 as a clerk reads them: 4-6, 9; cut after ten pieces."""
    pieces: list[list[int]] = []
    for row in sorted(set(rows)):
        if pieces and row == pieces[-1][1] + 1:
            pieces[-1][1] = row
        else:
            pieces.append([row, row])
    shown = [f"{first + 1}" if first == last else f"{first + 1}-{last + 1}" for first, last in pieces[:10]]
    return ", ".join(shown) + (" …" if len(pieces) > 10 else "")
