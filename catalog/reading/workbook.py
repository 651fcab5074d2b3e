"""Bytes of a file to a `Workbook`, whatever the file is.

The parsing happens in a child process with limits of its own: some files of two kilobytes abort the process
that parses them, others ask it for gigabytes. The child's death is a refusal here and never more.
"""

import logging
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from catalog.reading import limits
from catalog.reading.grid import UnreadableWorkbook, Workbook
from catalog.reading.kinds import Kind, kind_of
from catalog.reading.slots import place_for_a_child
from catalog.reading.wire import UNWANTED, receive

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
# The child meets foreign files: it is told nothing of databases and keys.
PASSED_ON = ("LD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL")


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


def environment_of_child() -> dict[str, str]:
    """What a process that meets foreign files is told of ours."""
    return {key: os.environ[key] for key in PASSED_ON if key in os.environ}


def _read_in_child(content: bytes, kind: Kind) -> Workbook:
    # Files, not pipes: the system itself bounds what the child can write, and nobody waits for a full pipe.
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as log,
        place_for_a_child(),
    ):
        given.write(content)
        given.seek(0)
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "catalog.reading.child", kind],
                cwd=ROOT,
                env=environment_of_child(),
                stdin=given,
                stdout=answer,
                stderr=log,
                timeout=limits.CHILD_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as problem:
            raise _too_long(limits.CHILD_SECONDS) from problem
        answer.seek(0)
        try:
            return receive(answer)
        except ValueError as problem:
            if ended.returncode == -signal.SIGXCPU:
                raise _too_long(limits.CHILD_CPU_SECONDS) from problem
            log.seek(0)
            words = log.read(4000).decode("utf-8", "replace")
            logger.warning("reading a %s file ended with %s: %s", kind, ended.returncode, words)
            raise UnreadableWorkbook("reading_failed") from problem


def _too_long(seconds: float) -> UnreadableWorkbook:
    return UnreadableWorkbook("took_too_long", limit_seconds=str(seconds))
