"""
The whole suite on SQLite and on PostgreSQL: `python -m tests.both_databases [arguments of pytest]`.

Browser tests walk once, on PostgreSQL, where the pages of one walk come through several connections as in
production; where there is no PostgreSQL they walk on SQLite. What touches no database, or is marked as the same
on all of them (`once`), is told once, on SQLite. Each run has a worker for every core,
and each worker a database of its own.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from .postgres import NoPostgres, temporary_cluster

WORKERS = ["-n", "auto", "--dist", "worksteal"]
NOTHING_COLLECTED = 5
INTERRUPTED = 2


def counts(report):
    """What one run came to, in words, from the report pytest wrote."""
    try:
        suite = ElementTree.parse(report).getroot().find("testsuite")
    except (OSError, ElementTree.ParseError):
        return "no result"
    total, failures, errors, skipped = (
        int(suite.get(name)) for name in ["tests", "failures", "errors", "skipped"]
    )
    parts = {"failed": failures, "errors": errors, "skipped": skipped}
    passed = [f"{total - sum(parts.values())} passed"]
    return ", ".join(passed + [f"{number} {word}" for word, number in parts.items() if number])


def run(title, arguments, report, database_url=None):
    """One run of pytest; its exit status, and its counts for the end."""
    print(f"\n==> Tests on {title}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    if database_url:
        environment["TEST_DATABASE_URL"] = database_url
    command = [sys.executable, "-m", "pytest", *WORKERS, f"--junit-xml={report}", *arguments]
    status = subprocess.run(command, env=environment, check=False).returncode
    return status, f"{title}: {counts(report)}"


def run_both(arguments, folder):
    """The statuses and the lines to print for both databases."""
    with contextlib.ExitStack() as stack:
        try:
            cluster = stack.enter_context(temporary_cluster())
        except NoPostgres as reason:
            status, line = run("SQLite", arguments, folder / "sqlite.xml")
            missing = 1 if os.environ.get("CI") == "true" else 0
            return [status, missing], [line, f"PostgreSQL: not run, {reason}"]
        # First, so that a -m among the arguments wins.
        status, line = run("SQLite", ["-m", "not browser", *arguments], folder / "sqlite.xml")
        if status == INTERRUPTED:
            return [status], [line]
        second_status, second_line = run(
            "PostgreSQL", ["--with-database", *arguments], folder / "postgresql.xml", cluster
        )
        return [status, second_status], [line, second_line]


def overall(statuses):
    """One status: the first bad one. That nothing was collected is bad only when it is so everywhere."""
    bad = [status for status in statuses if status not in (0, NOTHING_COLLECTED)]
    if bad:
        return bad[0]
    return 0 if 0 in statuses else NOTHING_COLLECTED


def main(arguments):
    """Run, print both counts at the very end, and answer as pytest would."""
    # Being told to end is answered like Ctrl-C, so that the server goes too.
    for told in [signal.SIGTERM, signal.SIGHUP]:
        signal.signal(told, lambda number, frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="portal-tests-") as folder:
        try:
            statuses, lines = run_both(arguments, Path(folder))
        except KeyboardInterrupt:
            return 128 + signal.SIGINT
    print("\n==> Result")
    print("\n".join(lines), flush=True)
    return overall(statuses)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
