"""What every test stands on. The cast and the factories of the apps come on top of this."""

import os

import pytest
from django.conf import settings
from django.db import connection


def is_ci():
    """Whether a missing tool is a failure rather than a reason to skip."""
    return os.environ.get("CI") == "true"


def pytest_collection_modifyitems(items):
    """Skip on SQLite what only PostgreSQL can show."""
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL; `make test` brings one"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """
    An SQLite file instead of memory: a database in memory is one connection shared by all threads, so a
    live server would answer the requests of one page inside each other's transactions.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
