"""The process of a run: begun beside the server, known to live by a lock that ends with it.

A lock of the operating system is let go of at the very moment its process ends, however it ends; so a run
whose lock is free and which has no result has none to come.
"""

import fcntl
import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ..choices import RunState
from ..models import ImportRun

logger = logging.getLogger(__name__)

# A process that was begun and has not taken its lock by then never will.
PATIENCE = timedelta(seconds=60)
# Processes begun by this one: looked after, so that none stays behind as a zombie.
_children: list[subprocess.Popen] = []


class AlreadyHeld(RuntimeError):
    """Another process is carrying out the run."""


def begin_process(run: ImportRun) -> None:
    """Carry the run out in a process of its own, which neither a closed page nor a server's restart ends."""
    _children[:] = [child for child in _children if child.poll() is None]
    child = subprocess.Popen(
        [sys.executable, "manage.py", "carry_out_run", str(run.pk)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    _children.append(child)


@contextmanager
def held(run: ImportRun) -> Iterator[None]:
    """Hold the run's lock; raises `AlreadyHeld` where another process does."""
    place = _place(run)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise AlreadyHeld from problem
        try:
            yield
        finally:
            place.unlink(missing_ok=True)


def is_lost(run: ImportRun) -> bool:
    """Whether the run has no result and its process is gone: nothing was stored and nothing will be."""
    if not run.is_under_way:
        return False
    now = timezone.now()
    last_sign = run.seen_at or run.asked_at
    if run.state == RunState.WAITING or (run.host and run.host != socket.gethostname()):
        return now - last_sign > PATIENCE
    return not _is_held(run)


def under_way(runs) -> list[ImportRun]:
    """Those of the runs whose process is at work or about to begin."""
    return [run for run in runs.under_way() if not is_lost(run)]


def sweep_lock(run: ImportRun) -> None:
    """Remove what a killed process left of its lock."""
    with suppress(OSError):
        _place(run).unlink()


def _place(run: ImportRun) -> Path:
    return settings.VAR_DIR / "runs" / run.lock


def _is_held(run: ImportRun) -> bool:
    try:
        with _place(run).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
