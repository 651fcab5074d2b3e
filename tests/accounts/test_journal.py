"""The record of events: only added to, in words, not to be forged; and what may leave it."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import journal, sealing
from accounts.models import Event
from tests.accounts.test_forms import opened
from tests.sheets import values
from township_portal.checks import check_kept_events

LIST = "/admin/accounts/event/"
RECORDING = {"record", "journal.record", "_record", "note_act", "note_table"}
BASE = Path(__file__).resolve().parent.parent.parent


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def event(department, clerk):
    return journal.record("export", department, by=clerk, county=department.county, rows=1)


@pytest.fixture
def aged(department, monkeypatch):
    """Events of some days ago, as they would stand there by now."""

    def aged(action, days):
        moment = timezone.now() - timedelta(days=days)
        with monkeypatch.context() as patch:
            patch.setattr("django.utils.timezone.now", lambda: moment)
            return journal.record(action, department, by=None, county=department.county)

    return aged


@pytest.mark.django_db
def test_no_way_of_the_portal_changes_or_deletes(event):
    for act in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(action="nothing"),
    ):
        with pytest.raises(ValidationError):
            act()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_event SET action = 'nothing'", "DELETE FROM accounts_event"]
)
def test_the_database_refuses_it_too(event, statement):
    with pytest.raises(IntegrityError, match="only ever added to"):
        execute(statement)
    assert Event.objects.get().action == "export"


@pytest.mark.postgres
@pytest.mark.django_db
def test_nor_is_the_table_emptied():
    with pytest.raises(IntegrityError, match="only ever added to"):
        execute("TRUNCATE accounts_event")


@pytest.mark.django_db
def test_purging_takes_the_old_and_leaves_the_young_and_the_lasting(aged, settings, capsys):
    settings.EVENTS_KEPT_DAYS = 200
    for action, days in [("sign_in", 201), ("sign_in", 199), ("edit", 5000)]:
        aged(action, days)
    call_command("purge_events", dry_run=True)
    assert Event.objects.count() == 3
    call_command("purge_events")
    assert "1 events removed" in capsys.readouterr().out
    assert sorted(Event.objects.values_list("action", flat=True)) == ["edit", "purge", "sign_in"]
    assert Event.objects.get(action="purge").details["count"] == 1


@pytest.mark.django_db
def test_no_setting_opens_the_record_before_its_time(aged, settings):
    settings.EVENTS_KEPT_DAYS = sealing.KEPT_AT_LEAST - 1
    aged("sign_in", sealing.KEPT_AT_LEAST - 1)
    assert [error.id for error in check_kept_events(None)] == ["township_portal.E003"]
    with pytest.raises(CommandError):
        call_command("purge_events")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.purge(timezone.now(), set())
    settings.EVENTS_KEPT_DAYS = sealing.KEPT_AT_LEAST
    assert not check_kept_events(None)


@pytest.mark.django_db
def test_line_breaks_and_turned_writing_forge_no_entry(signed_in, auditor, department):
    department.name = "县民政局\n2026-01-01 admin 公布\u202e"
    journal.record(
        "export", department, by=auditor, county=department.county, reason="a\r\nb", more=["\u2028"]
    )
    event = Event.objects.get()
    assert event.subject_text == "县民政局\\n2026-01-01 admin 公布\\u202e"
    assert event.details == {"reason": "a\\r\\nb", "more": ["\\u2028"]}
    answer = signed_in(auditor).post(f"{LIST}export/", {"format": "1", "resource": "0"})
    assert len(answer.content.decode("utf-8-sig").splitlines()) == 2


@pytest.mark.django_db
def test_an_event_has_the_address_it_came_from(signed_in, clerk, department, settings):
    settings.PORTAL_PROXIES = 1
    heard = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.7", "REMOTE_ADDR": "10.0.0.1"}
    post = {"format": "0", "resource": "0"}
    signed_in(clerk).post("/admin/accounts/department/export/", post, **heard)
    event = Event.objects.get(action="export")
    assert event.address == "203.0.113.7"  # what our proxy heard, not what the client said
    assert (event.details["rows"], len(event.details["sha256"])) == (1, 64)
    journal.record("sign_out", clerk, by=None, county=None)
    assert Event.objects.get(action="sign_out").address is None


@pytest.mark.django_db
def test_the_auditor_searches_narrows_and_takes_it_out(signed_in, auditor, event, other_county):
    journal.record("export", other_county, by=None, county=other_county)
    journal.record("edit", event.county, by=None, county=event.county, changes={"name": ["甲", "乙"]})
    browser = signed_in(auditor)
    page = browser.get(LIST, {"q": "clerk", "action": "export"})
    assert [row.pk for row in page.context["cl"].result_list] == [event.pk]
    assert "北原县" not in browser.get(LIST).content.decode()
    sheet = values(browser.post(f"{LIST}export/", {"format": "0", "resource": "0"}).content)
    assert len(sheet) == 3
    assert "“甲” → “乙”" in str(sheet)


@pytest.mark.django_db
def test_nobody_writes_in_the_admin(signed_in, site_admin, keeper, auditor, event):
    for person in (site_admin, keeper, auditor):
        browser = signed_in(person)
        for view in ("change", "delete"):
            browser.post(reverse(f"admin:accounts_event_{view}", args=[event.pk]), {"action": "nothing"})
        assert browser.post(f"{LIST}add/", {"action": "nothing"}).status_code == 403
        browser.post(LIST, {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"})
    assert [row.action for row in Event.objects.exclude(action="sign_in")] == ["export"]


def recorded_acts():
    """Every act that the code writes into the record, by reading the code."""
    for config in apps.get_app_configs():
        folder = BASE / config.name
        if not folder.is_dir():
            continue
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                act = node.args[0]
                if ast.unparse(node.func) in RECORDING and isinstance(act, ast.Constant):
                    yield act.value


def test_every_act_has_a_name():
    assert len(set(recorded_acts())) > 30
    assert set(recorded_acts()) - journal.acts().keys() == set()
    assert journal.lasting_acts() <= journal.acts().keys()


@pytest.mark.django_db
def test_a_county_that_changes_its_rules_is_on_record(signed_in, site_admin, county):
    browser = signed_in(site_admin)
    address = reverse("admin:accounts_county_change", args=[county.pk])
    assert browser.post(address, opened(browser, address) | {"needs_second_person": ""}).status_code == 302
    event = Event.objects.get(action="changed")
    assert event.details["changes"] == {"needs_second_person": ["是", "否"]}
    assert journal.details_in_words(event) == ["由另一人公布：“是” → “否”"]
