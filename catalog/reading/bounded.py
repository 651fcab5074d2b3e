"""A process of its own for bytes that somebody else has made, whatever they do to it.

The process limits its own memory, time and output (`limit_resources` of `child`); here it gets a place, a
clock and nothing of ours but its bytes.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from catalog.reading import limits
from catalog.reading.slots import place_for_a_child

ROOT = Path(__file__).resolve().parents[2]
# The child meets foreign files: it is told nothing of databases and keys.
PASSED_ON = ("LD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL")
WORDS_KEPT = 4_000
# How long a reader waits for more, in seconds, and how much it takes at once.
PAUSE = 0.002
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Ended:
    """How a process came to its end: `status` as the system tells it, None where its time was over; its last words."""

    status: int | None
    words: str


class Bounded:
    """A process at work; what it writes can be read while it goes on, and stands in `answer` when it has ended."""

    def __init__(self, process: subprocess.Popen, answer: BinaryIO, log: BinaryIO):
        self._process, self._answer, self._log = process, answer, log
        self._until = time.monotonic() + limits.CHILD_SECONDS
        self._is_late = False

    def lines(self) -> Iterator[bytes]:
        """Every line of the answer as soon as it is whole, to the end of the process."""
        place, held = 0, []
        has_ended = False
        while not has_ended:
            has_ended = self._has_ended()
            # From a place of our own: the file's is where the process goes on writing.
            while piece := os.pread(self._answer.fileno(), PIECE, place):
                place += len(piece)
                *whole, rest = piece.split(b"\n")
                for line in whole:
                    yield b"".join([*held, line])
                    held = []
                held.append(rest)
            if not has_ended:
                time.sleep(PAUSE)

    def ended(self) -> Ended:
        """Wait for the end of the process."""
        while not self._has_ended():
            time.sleep(PAUSE)
        self._answer.seek(0)
        self._log.seek(0)
        status = None if self._is_late else self._process.returncode
        return Ended(status, self._log.read(WORDS_KEPT).decode("utf-8", "replace"))

    def _has_ended(self) -> bool:
        if self._process.poll() is None and time.monotonic() > self._until:
            self._is_late = True
            self._process.kill()
            self._process.wait()
        return self._process.returncode is not None


@contextmanager
def bounded(module: str, *arguments: str, given: bytes, answer: BinaryIO) -> Iterator[Bounded]:
    """Begin `python -m module` on the bytes; what it writes goes to the file `answer`.

    Raises `UnreadableWorkbook` where no place becomes free in time.
    """
    # Files, not pipes: the system itself bounds what the child can write, and nobody waits for a full pipe.
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as log, place_for_a_child():
        asked.write(given)
        asked.seek(0)
        with subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={key: os.environ[key] for key in PASSED_ON if key in os.environ},
            stdin=asked,
            stdout=answer,
            stderr=log,
        ) as process:
            try:
                yield Bounded(process, answer, log)
            finally:
                process.kill()


def run_bounded(module: str, *arguments: str, given: bytes, answer: BinaryIO) -> Ended:
    """Run `python -m module` to its end; what it has written stands in `answer`, which is at its beginning again.

    Raises `UnreadableWorkbook` where no place becomes free in time.
    """
    with bounded(module, *arguments, given=given, answer=answer) as process:
        return process.ended()
