"""A small load on the loopback: so many connections, each asking again as soon as it is answered."""

import itertools
import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Answered:
    """What came back: statuses, and how long each answer took in seconds."""

    taken: list[float] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.taken) / self.seconds

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.taken, n=100)[98]


def ask(port: int, path: str, headers: str = "") -> tuple[int, bytes]:
    """One request on a connection of its own: the status and everything that came."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n".encode()
        )
        pieces = []
        while piece := connection.recv(262_144):
            pieces.append(piece)
    answer = b"".join(pieces)
    return int(answer[9:12]), answer


def etag_of(answer: bytes) -> str:
    """The validator of an answer."""
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    return next(
        line.partition(":")[2].strip() for line in head.splitlines() if line.lower().startswith("etag:")
    )


def load(
    ports: Sequence[int], asked: Sequence[tuple[str, str]], *, seconds: float, connections: int = 8
) -> Answered:
    """Ask for these pairs of path and headers in turn, for so many seconds."""
    answered, turn, lock = Answered(), itertools.count(), threading.Lock()
    begun = time.perf_counter()
    end = begun + seconds

    def keep_asking(port):
        taken, statuses = [], set()
        while (start := time.perf_counter()) < end:
            path, headers = asked[next(turn) % len(asked)]
            status, _answer = ask(port, path, headers)
            taken.append(time.perf_counter() - start)
            statuses.add(status)
        with lock:
            answered.taken += taken
            answered.statuses |= statuses

    threads = [
        threading.Thread(target=keep_asking, args=(ports[number % len(ports)],))
        for number in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answered.seconds = time.perf_counter() - begun
    return answered
