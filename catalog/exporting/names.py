"""What downloads are called: in Chinese, after what they hold."""

import re
from collections.abc import Callable
from typing import BinaryIO

from ..models import Edition
from .table import EditionTable
from .texttable import as_text_table
from .workbook import as_workbook

# What one file system or another does not take in a name, and what would end a header.
UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
LONGEST_NAME = 120

WRITERS: dict[str, Callable[[EditionTable], BinaryIO]] = {"xlsx": as_workbook, "csv": as_text_table}
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def export(edition: Edition, extension: str) -> tuple[BinaryIO, str]:
    """An edition as a file, and the name to save it under. Whoever offers it sees to who may have it."""
    return WRITERS[extension](EditionTable(edition)), file_name(edition, extension)


def file_name(edition: Edition, extension: str, *, suffix: str = "") -> str:
    """青禾县公共服务事项目录（2025-07-01）.xlsx; a draft says that it is one."""
    state = edition.day_slug if edition.is_public else "草案"
    title = edition.title or str(edition.list)
    return fit_name(f"{title[:LONGEST_NAME]}（{state}）{suffix}.{extension}")


def fit_name(name: str) -> str:
    """A name that every system takes, its ending kept."""
    plain = UNFIT.sub("_", name).strip(" .")
    if len(plain) <= LONGEST_NAME + 20:
        return plain or "_"
    return f"{plain[:LONGEST_NAME]}{plain[-20:]}"
