"""The page that follows an import: a bar that moves while its process lives, and what has come of it at the end."""

import socket

import pytest

from accounts.choices import Role
from catalog.choices import RunState
from catalog.models import ImportRun, ItemList
from catalog.running import processes
from tests import factories


@pytest.fixture
def run(transactional_db):
    """An import that somebody's process is at."""
    county = factories.make_county()
    clerk = factories.make_user(Role.EDITOR, county, username="clerk")
    services = ItemList.objects.create(county=county, kind="public_services")
    return ImportRun.objects.create(
        list=services,
        asked_by=clerk,
        file_name="大清单.xlsx",
        state=RunState.RUNNING,
        host=socket.gethostname(),
        stage="rows",
        done=2_000,
        total=20_000,
    )


def test_a_bar_moves_until_the_import_ends(run, page, context, live_server, signed_in):
    session = signed_in(run.asked_by).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    bar = page.locator("progress")
    with processes.held(run):
        page.goto(f"/admin/catalog/importrun/{run.pk}/change/")
        assert bar.evaluate("bar => bar.value / bar.max") == 0.1
        ImportRun.objects.filter(pk=run.pk).update(done=10_000)
        page.locator("progress[value='10000']").wait_for()
        assert "10000" in page.locator("[data-words]").inner_text()
        ImportRun.objects.filter(pk=run.pk).update(state=RunState.REFUSED, problem="没有可导入的行。")
        page.get_by_text("没有可导入的行。").wait_for()
        assert not bar.count()
        ImportRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING)
        page.reload()
    # The lock is free and there is no result: its process is gone.
    page.locator("button[value=same]").wait_for()
