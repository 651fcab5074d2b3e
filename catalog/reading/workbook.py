"""Bytes of a file to a `Workbook`, whatever the file is.

The parsing happens in a child process with limits of its own: some files of two kilobytes abort the process
that parses them, others ask it for gigabytes. The child's death is a refusal here and never more.
"""

import logging
import signal
import tempfile
from dataclasses import replace
from pathlib import PureWindowsPath

from catalog.reading import limits
from catalog.reading.bounded import bounded
from catalog.reading.grid import UnreadableWorkbook, Workbook
from catalog.reading.kinds import Kind, kind_of
from catalog.reading.wire import UNWANTED, receive

logger = logging.getLogger(__name__)


def read_workbook(content: bytes, name: str) -> Workbook:
    """Read an .xlsx, .xls or text table; `name` is the file's name and titles a text table's only sheet.

    Raises `UnreadableWorkbook` for every file that cannot be read within the limits.
    """
    if len(content) > limits.MAX_FILE_BYTES:
        limit, size = limits.MAX_FILE_BYTES // limits.MEBIBYTE, len(content) / limits.MEBIBYTE
        raise UnreadableWorkbook("file_too_large", limit_mb=str(limit), size_mb=f"{size:.1f}")
    kind = kind_of(content)
    workbook = _read_in_child(content, kind)
    if kind == "text":
        # Knows both kinds of slashes; some browsers send the whole path.
        title = UNWANTED.sub("", PureWindowsPath(name).stem)
        workbook = Workbook(
            tuple(replace(sheet, title=title) for sheet in workbook.sheets),
            tuple(replace(message, sheet=title) for message in workbook.messages),
        )
    return workbook


def _read_in_child(content: bytes, kind: Kind) -> Workbook:
    with (
        tempfile.TemporaryFile() as answer,
        bounded("catalog.reading.child", kind, given=content, answer=answer) as child,
    ):
        try:
            return receive(child.lines())
        except ValueError as problem:
            ended = child.ended()
            if ended.status is None:
                raise _too_long(limits.CHILD_SECONDS) from problem
            if ended.status == -signal.SIGXCPU:
                raise _too_long(limits.CHILD_CPU_SECONDS) from problem
            logger.warning("reading a %s file ended with %s: %s", kind, ended.status, ended.words)
            raise UnreadableWorkbook("reading_failed") from problem


def _too_long(seconds: float) -> UnreadableWorkbook:
    return UnreadableWorkbook("took_too_long", limit_seconds=str(seconds))
