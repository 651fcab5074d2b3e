"""The servers that are measured: each on a port of the loopback, ended by its own process and no other."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .load import ask

BASE = Path(__file__).resolve().parent.parent
START_SECONDS = 60


@dataclass
class Server:
    """One running server."""

    port: int
    process: subprocess.Popen

    @property
    def largest_worker(self) -> float:
        """The memory of the largest of its workers, resident, in MB."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return max(_resident(int(child)) for child in children)


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(command: Sequence[str], port: int, environment: dict, path: str = "/") -> Iterator[Server]:
    """The server of this command, once it answers; gone afterwards."""
    process = subprocess.Popen(
        command, cwd=BASE, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(process, port, path)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen, port: int, path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError, ValueError):
            ask(port, path)
            return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args[0]} does not answer")


def gunicorn(application: str, environment: dict, path: str = "/"):
    """Two sync workers with the portal's own configuration."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "township_portal/gunicorn.py", application]
    return running(command, port, environment | {"PORT": str(port), "WEB_CONCURRENCY": "2"}, path)
