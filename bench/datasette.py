"""Datasette beside us: the same rows in one table with an index on the county, served by two processes.

It is installed from the package index into an environment of its own that later runs use again; the project does not
depend on it.
"""

import contextlib
import sqlite3
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from .servers import free_port, running

HOME = Path(tempfile.gettempdir()) / "bench-datasette-environment"
VERSION = "datasette==0.65.*"
TABLE = """
    CREATE TABLE entries AS
    SELECT c.code AS county, e.position, e.name, e.category_name AS category, e.power_type AS type,
        e.department_name AS department, e.responsible_unit, e.service_target, e.requirements, e.legal_basis
    FROM ours.catalog_entry e
    JOIN ours.catalog_edition d ON d.id = e.edition_id
    JOIN ours.catalog_itemlist l ON l.id = d.list_id
    JOIN ours.accounts_county c ON c.id = l.county_id
"""


def program() -> Path:
    """The command, installed when it is not there."""
    command = HOME / "bin" / "datasette"
    if not command.exists():
        venv.create(HOME, with_pip=True)
        install = [HOME / "bin" / "python", "-m", "pip", "install", "--quiet", VERSION, "setuptools<81"]
        subprocess.run(install, check=True, stdout=sys.stderr)
    return command


@contextlib.contextmanager
def serving_datasette(database: str, folder: Path):
    """The ports of two processes that serve the entries of this database."""
    path = folder / "items.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("ATTACH ? AS ours", [database])
        connection.execute(TABLE)
        connection.execute("CREATE INDEX by_county ON entries (county, position)")
        connection.commit()
    with contextlib.ExitStack() as stack:
        ports = []
        for _process in range(2):
            port = free_port()
            command = [
                str(program()),
                "serve",
                "--immutable",
                str(path),
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
            ]
            stack.enter_context(running(command, port, {}))
            ports.append(port)
        yield ports
