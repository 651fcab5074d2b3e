"""A clerk's workbook back with what was said of it: a column of messages, marked cells, and a list of all."""

import json
import logging
import re
import tempfile
from collections.abc import Sequence
from typing import BinaryIO

from django.utils.translation import gettext as _

from ..reading.bounded import run_bounded
from ..reading.grid import Workbook
from ..reading.kinds import kind_of
from ..reading.workbook import read_workbook

logger = logging.getLogger(__name__)

# Real lists have a quarter of it; beyond, the messages come without the cells.
MOST_CELLS = 150_000
# What a workbook takes in no name of a sheet; the name of a text file may hold it.
UNFIT = re.compile(r"[\\\[\]:*?/\x00-\x1f']")


def marked_workbook(content: bytes, name: str, messages: Sequence[dict[str, str]]) -> BinaryIO:
    """The file with its messages as .xlsx; raises `UnreadableWorkbook` where the file was never readable.

    An .xlsx keeps its looks; any other file, and one that cannot be opened within bounds, comes as the same
    cells in a new workbook.
    """
    workbook = read_workbook(content, name)
    cells = sum(len(row) for sheet in workbook.sheets for row in sheet.rows)
    task = {"messages": list(messages), "levels": _levels(), "sheets": None}
    if kind_of(content) == "xlsx" and cells <= MOST_CELLS:
        marked = _in_child(task, content)
        if marked is not None:
            return marked
    marked = _in_child(task | {"sheets": _sheets(workbook) if cells <= MOST_CELLS else []}, b"")
    if marked is None:
        marked = _in_child(task | {"sheets": []}, b"")
    if marked is None:
        raise RuntimeError("a list of messages could not be written")
    return marked


def _levels() -> dict[str, str]:
    return {"error": _("Error"), "warning": _("Warning"), "note": _("Note")}


def _sheets(workbook: Workbook) -> list[dict[str, object]]:
    return [
        {
            "title": f"{place} {UNFIT.sub('', sheet.title)}"[:31],
            "read_as": sheet.title,
            "rows": sheet.rows,
            "merges": [(merge.top, merge.left, merge.bottom, merge.right) for merge in sheet.merges],
        }
        for place, sheet in enumerate(workbook.sheets, start=1)
    ]


def _in_child(task: dict, content: bytes) -> BinaryIO | None:
    """What the marking process answers, or None where it came to its end before."""
    answer = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the response it is sent in
    given = json.dumps(task, default=str).encode() + b"\n" + content
    ended = run_bounded("catalog.exporting.marking", given=given, answer=answer)
    if ended.status == 0:
        return answer
    logger.warning("marking a workbook ended with %s: %s", ended.status, ended.words)
    answer.close()
    return None
