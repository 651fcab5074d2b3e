"""How far a run is, written through a connection of its own: what its transaction does is not seen before its end."""

import threading
from contextlib import suppress
from types import TracebackType

from django.db import OperationalError, connection
from django.utils import timezone

from ..choices import RunState
from ..models import ImportRun

# Often enough for a bar that moves, seldom enough to cost nothing.
SECONDS = 0.5


class ProgressWriter:
    """Told by the import as `progress(stage, done, total)`; writes what it was told last twice a second."""

    def __init__(self, run: ImportRun):
        self._run = run.pk
        self._told = ("", 0, 0)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write_until_ended, daemon=True)

    def __call__(self, stage: str, done: int, total: int) -> None:
        self._told = (stage, min(done, total), total)

    def __enter__(self) -> "ProgressWriter":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _write_until_ended(self) -> None:
        try:
            if connection.vendor == "sqlite":
                # One writer at a time: while the import stores its rows, nothing is written here.
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA busy_timeout = 100")
            while not self._ended.wait(SECONDS):
                self._write()
        finally:
            connection.close()

    def _write(self) -> None:
        stage, done, total = self._told
        run = ImportRun.objects.filter(pk=self._run, state=RunState.RUNNING)
        with suppress(OperationalError):
            run.update(stage=stage, done=done, total=total, seen_at=timezone.now())
