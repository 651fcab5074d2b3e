"""Hostile files against a real gunicorn of two workers: refused while others read, and no worker dies of them."""

import os

import pytest
from django.urls import reverse

from bench.hostile import CASES, serving, upload_while_reading
from catalog.models import Edition, ImportRun
from tests.outside import database_url

pytestmark = pytest.mark.once


@pytest.mark.django_db(transaction=True)
def test_hostile_files_are_refused_while_residents_read(services, clerk, signed_in, tmp_path):
    # One for each way to an end: by the look before parsing, by its bounds, and by the parser's own death.
    names = ("one far cell", "zip bomb", "one long text in 2,000 cells, which aborts the parser")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_URL": database_url(),
    }
    session = signed_in(clerk).cookies["sessionid"].value
    address = reverse("admin:catalog_itemlist_import", args=[services.pk])
    with serving(environment) as portal:
        workers = portal.workers()
        for name in names:
            found = upload_while_reading(portal, CASES[name](), to=address, session=session, page="/990101/")
            assert (name, found.state) == (name, "refused")
            assert found.pages_read > 0
        assert portal.workers() == workers
        assert len(workers) == 2
    codes = [run.report["messages"][0]["code"] for run in ImportRun.objects.order_by("pk")]
    assert codes[:2] == ["too_many_rows", "unpacks_too_large"]
    # On a busy machine its time is over before its memory is.
    assert codes[2] in {"reading_failed", "took_too_long"}
    assert not Edition.objects.exists()
