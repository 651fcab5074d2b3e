"""What a file is by its first bytes. The extension is the sender's word and decides nothing."""

from typing import Literal

from catalog.reading.grid import UnreadableWorkbook

Kind = Literal["xlsx", "xls", "text"]

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-"
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", EMPTY_ZIP)
# A web page, an XML table or a web archive is what some systems hand out under the name .xls.
MARKUP = (
    b"<!doctype",
    b"<html",
    b"<?xml",
    b"<table",
    b"<head",
    b"<body",
    b"<meta",
    b"<style",
    b"mime-version:",
)
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF_8_MARK = b"\xef\xbb\xbf"

# Control bytes that a text table has no use for; tab, line feed and carriage return are left out.
CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 13})


def kind_of(content: bytes) -> Kind:
    """The kind of reader a file needs; raises `UnreadableWorkbook` for what is none of ours."""
    if not content:
        raise UnreadableWorkbook("empty_file")
    if content.startswith(ZIP):
        return "xlsx"
    if content.startswith(COMPOUND_FILE):
        return "xls"
    if content.startswith(PDF):
        raise UnreadableWorkbook("is_pdf")
    if content.startswith(ARCHIVES):
        raise UnreadableWorkbook("is_archive")
    if _opening(content).startswith(MARKUP):
        raise UnreadableWorkbook("is_web_page")
    if not _looks_like_text(content):
        raise UnreadableWorkbook("not_a_workbook")
    return "text"


def _opening(content: bytes) -> bytes:
    opening = content[:2048]
    if opening.startswith(UTF_16_MARKS):
        opening = opening.replace(b"\0", b"")[2:]
    return opening.removeprefix(UTF_8_MARK).lstrip().lower()


def _looks_like_text(content: bytes) -> bool:
    if content.startswith(UTF_16_MARKS):
        return True
    controls = len(content) - len(content.translate(None, CONTROL_BYTES))
    # A stray control byte in a text table is a slip; NUL, or one in a hundred, is a picture or a program.
    return b"\0" not in content and controls * 100 <= len(content)
