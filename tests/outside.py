"""What a process outside the tests needs to work on their database."""

from django.db import connection


def database_url() -> str:
    """The address of the database this test runs on."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    # A path before the name is where the socket is.
    host = f"/{known['HOST']}" if known["HOST"].startswith("/") else known["HOST"]
    who = ":".join(filter(None, (known["USER"], known["PASSWORD"])))
    place = ":".join(filter(None, (host, str(known["PORT"]))))
    return f"postgres://{who}@{place}/{known['NAME']}"
