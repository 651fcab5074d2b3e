"""What every test stands on. The cast and the factories of the apps come on top of this."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test import Client, TransactionTestCase
from django.utils import translation

from accounts import sealing
from accounts.choices import Role
from catalog.reading import limits
from tests import factories
from tests.histories import models_with_history, watched

# Many workers of tests read at once, and none of them should wait for another.
limits.MAX_CHILDREN = 64


def is_ci():
    """Whether a missing tool is a failure rather than a reason to skip."""
    return os.environ.get("CI") == "true"


def pytest_addoption(parser):
    parser.addoption(
        "--with-database",
        action="store_true",
        help="leave out the tests that touch no database, or to which every database says the same",
    )


DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def touches_database(item):
    """Whether a test, or a fixture it stands on, asks for the database."""
    return bool(item.get_closest_marker("django_db")) or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


def pytest_collection_modifyitems(config, items):
    """Leave out what was not asked for, and skip on SQLite what only PostgreSQL can show."""
    if config.getoption("--with-database"):
        told = {item: touches_database(item) and not item.get_closest_marker("once") for item in items}
        config.hook.pytest_deselected(items=[item for item, is_again in told.items() if not is_again])
        items[:] = [item for item, is_again in told.items() if is_again]
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL; `make test` brings one"))


@pytest.fixture(autouse=True)
def no_stored_pages():
    """Counters begin anew with every test, so a page stored by another one would be taken for this one's."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def emptying_opens_the_record():
    """
    Tests that commit empty every table afterwards, which the triggers on the record of events refuse, as
    they should. For that one moment, and nowhere else, they are taken away.
    """
    empty = TransactionTestCase._fixture_teardown

    def unsealed(case):
        sealing.unseal(connection)
        empty(case)
        sealing.seal(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unsealed)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_change_past_its_history():
    """Whatever path a test walks: rows that keep a history are changed with it."""
    kept = models_with_history()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("bulk_create", "bulk_update", "update"):
            patch.setattr(QuerySet, name, watched(name, kept))
        yield


@pytest.fixture
def clock(monkeypatch):
    """Move the portal's clock: `clock("2026-03-10 23:59")`, in the time of Shanghai."""

    def clock(moment):
        now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    return clock


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """
    An SQLite file instead of memory: a database in memory is one connection shared by all threads, so a
    live server would answer the requests of one page inside each other's transactions.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def speaks_chinese():
    """A page read in English leaves its thread speaking English; the next test begins in Chinese again."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


# --- The cast: two counties, each with its people; `clerk` works in the one, `other_clerk` in the other ---


@pytest.fixture
def resident(client):
    """Somebody without an account."""
    return client


@pytest.fixture
def county(db):
    return factories.make_county("990101", "青禾县")


@pytest.fixture
def other_county(db):
    return factories.make_county("990102", "北原县")


@pytest.fixture
def department(county):
    return factories.make_department(county, "县民政局", short_names="民政局")


@pytest.fixture
def other_department(other_county):
    return factories.make_department(other_county, "县水务局")


@pytest.fixture
def township(county):
    return factories.make_township(county, 100, "谷雨镇")


@pytest.fixture
def sister_township(county):
    """Another township of the same county."""
    return factories.make_township(county, 101, "芒种镇")


@pytest.fixture
def other_township(other_county):
    return factories.make_township(other_county, 100, "榆树镇")


@pytest.fixture
def clerk(county):
    """Who edits the county's lists."""
    return factories.make_user(Role.EDITOR, county, username="clerk")


@pytest.fixture
def other_clerk(other_county):
    return factories.make_user(Role.EDITOR, other_county, username="other_clerk")


@pytest.fixture
def approver(county):
    return factories.make_user(Role.APPROVER, county, username="approver")


@pytest.fixture
def auditor(county):
    return factories.make_user(Role.AUDITOR, county, username="auditor")


@pytest.fixture
def keeper(county):
    return factories.make_user(Role.KEEPER, county, username="keeper")


@pytest.fixture
def department_clerk(department):
    return factories.make_user(Role.DEPARTMENT, department=department, username="department_clerk")


@pytest.fixture
def township_clerk(township):
    return factories.make_user(Role.TOWNSHIP, township=township, username="township_clerk")


@pytest.fixture
def site_admin(db):
    return factories.make_user(Role.SITE_ADMIN, username="site_admin")


@pytest.fixture
def signed_in():
    """A browser of its own for a person: `signed_in(clerk).get(…)`."""

    def signed_in(person):
        browser = Client()
        browser.force_login(person)
        return browser

    return signed_in
