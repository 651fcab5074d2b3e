"""An import and a confirming, killed in the middle of their transaction: nothing of them is left, and one goes on."""

import os
import signal
import sqlite3
import time
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from catalog import publishing
from catalog.choices import EditionState, RunState
from catalog.models import Basis, Edition, Entry, ImportRun, Item, ItemNumbering
from catalog.running import processes, runs
from tests.catalog.workbooks import real
from tests.outside import database_url

pytestmark = pytest.mark.django_db(transaction=True)
# Far beyond what a process needs to get there, so that only a process that never does fails the test.
PATIENCE = 60


def at(name, *args):
    return reverse(f"admin:catalog_{name}", args=args)


@pytest.fixture
def begun(monkeypatch, settings, tmp_path):
    """Large imports have real processes, on the database of the test and a folder of its own."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": folder}
    settings.VAR_DIR = settings.BASE_DIR / "var"
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "township_portal.settings")
    monkeypatch.setenv("DATABASE_URL", database_url())
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path))
    monkeypatch.setattr(runs, "LARGEST_WAITED_FOR", 0)
    monkeypatch.setattr(runs, "MOST_ENTRIES_WAITED_FOR", 0)
    begun = []
    monkeypatch.setattr(processes, "_children", begun)
    yield begun
    for process in begun:
        process.kill()
        process.wait()


@contextmanager
def stopped_at(table):
    """Whoever adds to or changes rows of the table stands still there, in the middle of a transaction."""
    if connection.vendor == "sqlite":
        yield from _endless_trigger(table)
    else:
        yield from _lock(table)


def _endless_trigger(table):
    """On SQLite a trigger that counts for ever, in both kinds of writing."""
    endless = "SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)"
    names = {"INSERT": "stop_insert", "UPDATE": "stop_update"}
    with connection.cursor() as cursor:
        for act, name in names.items():
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN {endless}; END")

    def is_there():
        # Every other writer is done within a moment: one that is not stands in the trigger.
        probe = sqlite3.connect(connection.settings_dict["NAME"], timeout=2, isolation_level=None)
        try:
            probe.execute("BEGIN IMMEDIATE")
            probe.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return True
        finally:
            probe.close()
        return False

    try:
        yield is_there
    finally:
        with connection.cursor() as cursor:
            for name in names.values():
                cursor.execute(f"DROP TRIGGER {name}")


def _lock(table):
    """On PostgreSQL a lock that writers wait for."""
    holder = psycopg.connect(**connection.get_connection_params() | {"autocommit": True})
    try:
        holder.execute("BEGIN")
        holder.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")

        def is_there():
            waiting = "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
            with connection.cursor() as cursor:
                cursor.execute(waiting, [table])
                return cursor.fetchone()[0] > 0

        yield is_there
    finally:
        holder.close()


def kill_at(table, begin, begun):
    """Begin, wait until the process stands at the table, and kill it as the system would."""
    with stopped_at(table) as is_there:
        begin()
        process = begun[-1]
        until = time.monotonic() + PATIENCE
        while not is_there():
            assert process.poll() is None, "the process ended before it came to the table"
            assert time.monotonic() < until, "the process never came to the table"
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


def test_killed_in_the_middle_of_storing_and_of_confirming(services, clerk, signed_in, begun, monkeypatch):
    browser = signed_in(clerk)

    def upload():
        file = SimpleUploadedFile("清单.xlsx", real("service_items"))
        browser.post(at("itemlist_import", services.pk), {"file": file})

    kill_at("catalog_basis", upload, begun)
    lost = ImportRun.objects.get()
    assert lost.state == RunState.RUNNING
    assert processes.is_lost(lost)
    assert [model.objects.count() for model in (Edition, Entry, Basis)] == [0, 0, 0]
    assert browser.get(at("importrun_change", lost.pk)).context["is_lost"]

    with monkeypatch.context() as patch:
        patch.setattr(runs, "begin_process", lambda run: None)
        browser.post(at("importrun_again", lost.pk), {"what": "same"})
    edition = runs.carry_out(run=ImportRun.objects.get(), on=date(2026, 3, 10)).edition
    assert edition.entries.count() == 57

    def confirm():
        runs.ask_to_confirm(edition=edition, gone=None, by=clerk)

    kill_at("catalog_entry", confirm, begun)
    lost = ImportRun.objects.get(act="confirm")
    edition.refresh_from_db()
    assert processes.is_lost(lost)
    assert edition.state == EditionState.UNCONFIRMED
    assert edition.entries.exclude(item=None).count() == Item.objects.count() == 0
    assert not ItemNumbering.objects.filter(last__gt=0).exists()

    browser.post(at("importrun_again", lost.pk))
    assert begun[-1].wait(PATIENCE) == 0
    assert ImportRun.objects.get(act="confirm").state == RunState.DONE
    edition.refresh_from_db()
    assert edition.state == EditionState.DRAFT
    assert sorted(edition.entries.values_list("item__number", flat=True)) == list(range(1, 58))
    assert publishing.edition_before(services) == edition
