"""Files made to take a server down, uploaded to a real gunicorn of two workers while somebody reads.

For each: the seconds until it is refused, and the slowest page that a reader got meanwhile. No worker may die.
Makes a county of its own in an SQLite file that is thrown away:

    python -m bench.hostile
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.catalog.reading.packages import package, shared_texts, text_cell, worksheet

BASE = Path(__file__).resolve().parent.parent
MEBIBYTE = 1024 * 1024
CSRF = "a" * 32
PATIENCE = 60


def far_cell() -> bytes:
    cells = f'<row r="1">{text_cell("A1", "甲")}</row><row r="1048576">{text_cell("XFD1048576", "乙")}</row>'
    return package(worksheet(cells, before='<dimension ref="A1:XFD1048576"/>'))


def one_text_in_many_cells(length: int, cells: int) -> bytes:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, cells + 1))
    return package(worksheet(rows), xl__sharedStrings_xml=shared_texts(f"<si><t>{'职' * length}</t></si>"))


CASES: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: package(worksheet(" " * (101 * MEBIBYTE))),
    "one far cell": far_cell,
    "a million styled blanks": lambda: package(worksheet(("<row>" + '<c s="1"/>' * 100 + "</row>") * 10_000)),
    "15 million styled blanks": lambda: package(
        worksheet(("<row>" + '<c s="1"/>' * 100 + "</row>") * 70_000)
    ),
    "15 million shared strings": lambda: package(
        worksheet(""), xl__sharedStrings_xml=shared_texts("<si/>" * 15_000_000)
    ),
    "a million rows": lambda: package(worksheet("<row><c><v>1</v></c></row>" * 1_000_000)),
    "an address that aborts the parser": lambda: package(
        worksheet('<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>')
    ),
    "one long text in 2,000 cells, which aborts the parser": lambda: one_text_in_many_cells(MEBIBYTE, 2_000),
    "an answer beyond its limit": lambda: one_text_in_many_cells(MEBIBYTE, 60),
    "cut short": lambda: package(worksheet(""))[:400],
}


@dataclass(frozen=True)
class Outcome:
    """What came of one file, in seconds; `state` is the run's."""

    state: str
    refused_after: float
    pages_read: int
    slowest_page: float


class Portal:
    """A gunicorn of two workers on a port of this machine, and a clerk signed in to it."""

    def __init__(self, process: subprocess.Popen, port: int):
        self.process, self.port = process, port

    def ask(self, path: str, session: str = "", method: str = "GET", body=None, **headers):
        """Status, headers and body of one request on a connection of its own."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            cookies = f"sessionid={session}; csrftoken={CSRF}" if session else ""
            sent = {"Cookie": cookies, "X-CSRFToken": CSRF, **headers}
            link.request(method, path, body, {name: value for name, value in sent.items() if value})
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        finally:
            link.close()

    def workers(self) -> set[str]:
        """The process numbers of the workers."""
        pid = self.process.pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())

    def upload(self, content: bytes, path: str, session: str) -> str:
        """Upload a workbook, follow its run to the end; gives its state, by the page it ends at."""
        body, kind = _form(content)
        status, headers, text = self.ask(path, session, "POST", body, **{"Content-Type": kind})
        if status != 302:
            return f"{status}: {re.sub('<[^>]+>', ' ', text)[:200]}"
        place = headers["Location"]
        until = time.monotonic() + PATIENCE
        while "importrun" in place and time.monotonic() < until:
            _status, _headers, told = self.ask(place.replace("change", "progress"), session)
            if not json.loads(told)["is_under_way"]:
                break
            time.sleep(0.1)
        status, _headers, text = self.ask(place, session)
        return "refused" if status == 200 and "errornote" in text else f"{status} {place}"


def _form(content: bytes) -> tuple[bytes, str]:
    mark = "----bench"
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="list.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return head.encode() + content + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Portal]:
    """Gunicorn as production begins it, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "township_portal/gunicorn.py"],
        cwd=BASE,
        env=environment | {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "2"},
        stdout=subprocess.DEVNULL,
    )
    portal = Portal(process, port)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                portal.ask("/")
                break
            except OSError:
                if time.monotonic() > until or process.poll() is not None:
                    raise
                time.sleep(0.1)
        yield portal
    finally:
        process.terminate()
        process.wait(PATIENCE)


def upload_while_reading(portal: Portal, content: bytes, *, to: str, session: str, page: str) -> Outcome:
    """Upload one file while a reader asks for a public page again and again."""
    ended = threading.Event()
    took: list[float] = []
    faults: list[object] = []

    def read():
        while not ended.is_set():
            start = time.perf_counter()
            status, _headers, _text = portal.ask(page)
            took.append(time.perf_counter() - start)
            if status != 200:
                faults.append(status)
            time.sleep(0.1)

    reader = threading.Thread(target=read)
    reader.start()
    start = time.perf_counter()
    try:
        state = portal.upload(content, to, session)
        refused_after = time.perf_counter() - start
    finally:
        ended.set()
        reader.join()
    if faults:
        state = f"a reader was answered with {faults[0]}"
    return Outcome(state, refused_after, len(took), max(took, default=0.0))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-hostile-") as folder:
        environment = os.environ | {
            "PORTAL_ENV_FILE": "tests/none.env",
            "DJANGO_SETTINGS_MODULE": "township_portal.settings",
            "SECRET_KEY": "for-one-measurement-only-" + "x" * 40,
            "PORTAL_HTTPS": "0",
            "PORTAL_DEMO": "1",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
            "MEDIA_ROOT": folder,
            "LOG_LEVEL": "ERROR",
        }
        for command in (["migrate"], ["collectstatic", "--no-input"], ["shell", "-c", COUNTY]):
            made = subprocess.run(
                [sys.executable, "manage.py", *command, "-v", "0"],
                cwd=BASE,
                env=environment,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
        session, number = made.stdout.split()[-2:]
        with serving(environment) as portal:
            before = portal.workers()
            for name, make in CASES.items():
                content = make()
                path = f"/admin/catalog/itemlist/{number}/import/"
                found = upload_while_reading(portal, content, to=path, session=session, page="/990101/")
                print(
                    f"{name:<55} {len(content) / 1024:8.1f} KB  {found.state:<8} after {found.refused_after:5.2f} s; "
                    f"{found.pages_read:>4} pages meanwhile, the slowest {found.slowest_page * 1000:6.0f} ms",
                    flush=True,
                )
            print("workers: " + ("all alive" if portal.workers() == before else "SOME DIED"))


COUNTY = """
from django.test import Client
from accounts.models import County, User
from catalog.models import ItemList
county = County.objects.create(code="990101", name="试验县")
clerk = User.objects.create_user("clerk", role="editor", county=county)
client = Client()
client.force_login(clerk)
print(client.cookies["sessionid"].value, ItemList.objects.create(county=county, kind="public_services").pk)
"""


if __name__ == "__main__":
    main()
