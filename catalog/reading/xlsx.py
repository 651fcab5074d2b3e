"""An .xlsx, looked into before it is parsed.

The zip is inflated piece by piece under a count of real bytes, its XML is scanned, and the parser gets a
plain new package of the few parts that matter. So what was looked at and what is parsed are the same bytes,
however two readers of zips may differ about the file itself.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import python_calamine

from catalog.reading import limits
from catalog.reading.grid import Merge, UnreadableWorkbook
from catalog.reading.wire import Sender, refuse_far_cell
from catalog.reading.xmlscan import BookScan, LinkScan, PartScan, SheetScan, damaged, row_ranges

PIECE = 256 * 1024
NEEDED_ROOTS = {"Types", "Relationships", "workbook", "worksheet", "chartsheet", "sst", "styleSheet"}
# Parts that tell a clerk's other documents from a workbook.
OTHER_OFFICE = ("word/", "ppt/", "xl/workbook.bin", "mimetype")
# NotImplementedError, of unknown compression, is a RuntimeError.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class Package:
    """The parts of a workbook that were looked at: `content` to parse, and each sheet's scan by its title."""

    def __init__(self, content: bytes):
        self._links: dict[str, LinkScan] = {}
        self._sheets: dict[str, SheetScan] = {}
        self._books: dict[str, BookScan] = {}
        self._unpacked = 0
        self.content = BytesIO()
        self._copy(content)
        self.sheets = self._by_title()

    def _copy(self, content: bytes) -> None:
        try:
            with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(self.content, "w") as taken:
                members = [member for member in given.infolist() if not member.is_dir()]
                refuse_by_members(members)
                for member in members:
                    self._take(given, member, taken)
        except BROKEN_ZIP as problem:
            raise damaged("zip") from problem
        self.content.seek(0)
        if not self._books:
            raise other_document([member.filename for member in members])

    def _take(self, given: zipfile.ZipFile, member: zipfile.ZipInfo, taken: zipfile.ZipFile) -> None:
        """Inflate one part to its end; copy it when it is one of those a reader of cells needs."""
        name = member.filename
        scan = PartScan(name) if name.lower().endswith((".xml", ".rels")) else None
        copy = BytesIO()
        for piece in self._inflate(given, member):
            if scan:
                scan.feed(piece)
                copy.write(piece)
                if scan.root and scan.root not in NEEDED_ROOTS:
                    scan = None
        if scan:
            scan.feed(b"", is_last=True)
            self._file(name, scan)
            taken.writestr(name, copy.getbuffer())

    def _inflate(self, given: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
        with given.open(member) as stream:
            while piece := stream.read(PIECE):
                self._unpacked += len(piece)
                if self._unpacked > limits.MAX_UNPACKED_BYTES:
                    limit = str(limits.MAX_UNPACKED_BYTES // limits.MEBIBYTE)
                    raise UnreadableWorkbook("unpacks_too_large", limit_mb=limit)
                yield piece

    def _file(self, name: str, scan: PartScan) -> None:
        name = name.lower()
        if isinstance(scan.content, SheetScan):
            self._sheets[name] = scan.content
        elif isinstance(scan.content, LinkScan):
            self._links[name] = scan.content
        elif isinstance(scan.content, BookScan):
            self._books[name] = scan.content

    def _by_title(self) -> dict[str, SheetScan]:
        if len(self._books) > 1:
            raise damaged("workbook.xml")
        ((name, book),) = self._books.items()
        folder, base = posixpath.split(name)
        links = self._links.get(f"{folder}/_rels/{base}.rels")
        found = {}
        for title, link in book.sheets:
            target = links.targets.get(link, "").lower() if links else ""
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if part in self._sheets:
                found[title] = self._sheets[part]
        self._refuse_by_extent(found)
        return found

    def _refuse_by_extent(self, found: dict[str, SheetScan]) -> None:
        for title, sheet in found.items():
            if sheet.far_cell:
                refuse_far_cell(*sheet.far_cell, title)
        # The parser lays out every sheet as a full rectangle.
        if sum(sheet.height * sheet.width for sheet in self._sheets.values()) > limits.MAX_CELLS:
            raise UnreadableWorkbook("too_many_cells", limit=str(limits.MAX_CELLS))
        if any(sheet.far_cell for sheet in self._sheets.values()):
            raise damaged("worksheet")


def refuse_by_members(members: list[zipfile.ZipInfo]) -> None:
    """Raise `UnreadableWorkbook` for what the zip's own list of parts tells."""
    if len(members) > limits.MAX_PARTS:
        raise UnreadableWorkbook("too_many_parts", limit=str(limits.MAX_PARTS))
    names = {member.filename.lower() for member in members}
    if len(names) < len(members):
        raise damaged("zip")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableWorkbook("has_macros")
    for member in members:
        if member.flag_bits & 0x1:
            raise UnreadableWorkbook("encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(member.filename)


def other_document(names: list[str]) -> UnreadableWorkbook:
    """The refusal of a zip that holds no workbook, by what it holds instead."""
    if any(name.startswith(OTHER_OFFICE) for name in names):
        return UnreadableWorkbook("is_other_document")
    return UnreadableWorkbook("is_archive")


def read(content: bytes, sender: Sender) -> None:
    """Send every worksheet of an .xlsx; raises `UnreadableWorkbook`."""
    package = Package(content)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(package.content) as book:
            for place, about in enumerate(book.sheets_metadata):
                if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    is_hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
                    sender.start_sheet(about.name, is_hidden=is_hidden)
                    scan = package.sheets.get(about.name)
                    sender.end_sheet(_send_sheet(book.get_sheet_by_index(place), scan, sender))
    except python_calamine.PasswordError as problem:
        raise UnreadableWorkbook("encrypted") from problem
    except (python_calamine.CalamineError, OverflowError) as problem:
        # Overflow: a number under a format of hours, days or dates that no calendar reaches.
        raise damaged(str(problem)[:100]) from problem


def _send_sheet(sheet, scan: SheetScan | None, sender: Sender) -> Iterator[Merge]:
    errors: dict[int, list[tuple[int, str]]] = {}
    if scan:
        for (row, column), text in scan.errors.items():
            errors.setdefault(row, []).append((column, text))
    indent = [None] * sheet.start[1] if sheet.start else []
    for number, values in enumerate(sheet.iter_rows()):
        cells = indent + values if indent else values
        for column, text in errors.get(number, ()):
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = text
        sender.row(cells)
    if scan:
        _remark(scan, sender)
    return (
        Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )


def _remark(scan: SheetScan, sender: Sender) -> None:
    for place, text in scan.errors.items():
        sender.remark("warning", "error_value", place, value=text)
    for place in scan.without_value:
        sender.remark("warning", "formula_without_value", place)
    hidden = [row for row in scan.hidden_rows if row < scan.height]
    if hidden:
        sender.remark("note", "hidden_rows", rows=row_ranges(hidden), count=str(len(hidden)))
