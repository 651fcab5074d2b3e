"""A process of its own for bytes that somebody else has made, whatever they do to it.

The process limits its own memory, time and output (`limit_resources` of `child`); here it gets a place, a
clock and nothing of ours but its bytes.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from catalog.reading import limits
from catalog.reading.slots import place_for_a_child

ROOT = Path(__file__).resolve().parents[2]
# The child meets foreign files: it is told nothing of databases and keys.
PASSED_ON = ("LD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL")
WORDS_KEPT = 4_000


@dataclass(frozen=True)
class Ended:
    """How a process came to its end: `status` as the system tells it, None where its time was over; its last words."""

    status: int | None
    words: str


def run_bounded(module: str, *arguments: str, given: bytes, answer: BinaryIO) -> Ended:
    """Run `python -m module` on the bytes; what it writes stands in `answer`, which is at its beginning again.

    Raises `UnreadableWorkbook` where no place becomes free in time.
    """
    # Files, not pipes: the system itself bounds what the child can write, and nobody waits for a full pipe.
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as log, place_for_a_child():
        asked.write(given)
        asked.seek(0)
        try:
            status = subprocess.run(
                [sys.executable, "-m", module, *arguments],
                cwd=ROOT,
                env={key: os.environ[key] for key in PASSED_ON if key in os.environ},
                stdin=asked,
                stdout=answer,
                stderr=log,
                timeout=limits.CHILD_SECONDS,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            status = None
        answer.seek(0)
        log.seek(0)
        return Ended(status, log.read(WORDS_KEPT).decode("utf-8", "replace"))
