"""Room for so many parsing processes on a machine, whoever begins them: the server's workers, imports, commands.

A place is a lock on a file, which the operating system lets go of when its process ends, however it ends.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from catalog.reading import limits
from catalog.reading.grid import UnreadableWorkbook

FOLDER = Path(__file__).resolve().parents[2] / "var" / "readers"
PAUSE = 0.1


@contextmanager
def place_for_a_child() -> Iterator[None]:
    """Wait for a place and hold it; raises `UnreadableWorkbook` where none becomes free in time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + limits.WAIT_SECONDS
    with ExitStack() as opened:
        files = [
            opened.enter_context((FOLDER / str(number)).open("w")) for number in range(limits.MAX_CHILDREN)
        ]
        while not any(_takes(file) for file in files):
            if time.monotonic() > until:
                raise UnreadableWorkbook("too_many_readers", limit=str(limits.MAX_CHILDREN))
            time.sleep(PAUSE)
        yield


def _takes(file) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
