"""Imports outside the request: begun, followed, found again, refused in a crowd, and lost with their process."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.terminal import TerminalProgress
from catalog.choices import EditionState, RunAct, RunState
from catalog.models import Edition, ImportRun
from catalog.running import processes, runs
from catalog.running.progress import ProgressWriter
from tests.catalog.workbooks import real, service_rows, written
from tests.factories import make_user


def at(name, *args):
    return reverse(f"admin:catalog_{name}", args=args)


@pytest.fixture(autouse=True)
def begun(monkeypatch):
    """Every import is a large one; its process is written down and not begun."""
    begun = []
    monkeypatch.setattr(runs, "LARGEST_WAITED_FOR", 0)
    monkeypatch.setattr(runs, "MOST_ENTRIES_WAITED_FOR", 0)
    monkeypatch.setattr(runs, "begin_process", begun.append)
    return begun


@pytest.fixture
def browser(clerk, signed_in):
    return signed_in(clerk)


@pytest.fixture
def upload(services, browser):
    """Upload a workbook as the clerk: gives the page it leads to."""

    def upload(content=None):
        data = {"file": SimpleUploadedFile("清单.xlsx", content or real("service_items"))}
        return browser.post(at("itemlist_import", services.pk), data, follow=True)

    return upload


def carry_out(run):
    return runs.carry_out(run=run, on=timezone.localdate())


def lose(run):
    """What a killed process leaves: a run under way whose lock nobody holds."""
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, host=processes.socket.gethostname())


def test_a_large_file_is_followed_on_a_page_that_ends_at_the_preview(upload, browser, begun):
    page = upload()
    (run,) = begun
    assert page.redirect_chain[-1][0] == at("importrun_change", run.pk)
    assert "<progress" in page.content.decode()
    assert "http-equiv" in page.content.decode()
    assert browser.get(at("importrun_progress", run.pk)).json()["is_under_way"]
    carry_out(run)
    assert not browser.get(at("importrun_progress", run.pk)).json()["is_under_way"]
    edition = Edition.objects.get()
    assert browser.get(at("importrun_change", run.pk)).url == at("edition_preview", edition.pk)
    assert edition.entries.count() == 57


def test_a_confirming_of_many_entries_is_followed_too(upload, browser, begun):
    upload()
    edition = carry_out(begun[0]).edition
    token = browser.get(at("edition_preview", edition.pk)).context["confirm_form"].initial["token"]
    response = browser.post(at("edition_confirm", edition.pk), {"token": token})
    confirming = begun[1]
    assert response.url == at("importrun_change", confirming.pk)
    again = browser.post(at("edition_confirm", edition.pk), {"token": token}, follow=True)
    assert len(begun) == 2
    assert again.context["messages"]
    carry_out(confirming)
    edition.refresh_from_db()
    assert (edition.state, edition.entries.filter(item=None).count()) == (EditionState.DRAFT, 0)
    assert browser.get(at("importrun_change", confirming.pk)).url == at("edition_change", edition.pk)


def test_a_refused_confirming_says_why(upload, clerk, begun):
    upload()
    edition = carry_out(begun[0]).edition
    run = runs.ask_to_confirm(edition=edition, gone=None, by=clerk)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.DRAFT)
    carry_out(run)
    assert run.state == RunState.REFUSED
    assert run.problem


def test_a_run_is_found_again_beside_its_list_and_on_the_desk(upload, services, browser, begun):
    upload()
    for address in (
        at("itemlist_change", services.pk),
        at("itemlist_import", services.pk),
        at("importrun_changelist"),
    ):
        assert at("importrun_change", begun[0].pk) in browser.get(address).content.decode()
    assert at("importrun_changelist") in browser.get(reverse("admin:index")).content.decode()


def test_a_run_is_its_clerks_alone(upload, county, other_clerk, signed_in, begun):
    upload()
    for stranger in (make_user(Role.EDITOR, county), other_clerk):
        address = at("importrun_progress", begun[0].pk)
        assert signed_in(stranger).get(address).status_code == 404
        assert not signed_in(stranger).get(at("importrun_changelist")).context["cl"].result_count


def test_a_run_whose_process_is_gone_says_so_and_can_be_tried_again(upload, browser, begun):
    upload()
    lost = begun[0]
    lose(lost)
    page = browser.get(at("importrun_change", lost.pk))
    assert page.context["is_lost"]
    assert not browser.get(at("importrun_progress", lost.pk)).json()["is_under_way"]
    browser.post(at("importrun_again", lost.pk), {"what": "same"})
    carry_out(begun[1])
    assert Edition.objects.get().entries.count() == 57
    assert ImportRun.objects.get() == begun[1]


def test_a_run_that_holds_its_lock_is_alive_and_carried_out_once(upload, begun):
    upload()
    run = begun[0]
    lose(run)
    run.refresh_from_db()
    with processes.held(run):
        assert not processes.is_lost(run)
        with pytest.raises(processes.AlreadyHeld):
            carry_out(run)
    assert processes.is_lost(run)


def test_a_run_of_another_machine_is_judged_by_its_last_sign(upload, begun):
    upload()
    run = begun[0]
    run.state, run.host, run.seen_at = RunState.RUNNING, "another", timezone.now()
    assert not processes.is_lost(run)
    run.seen_at -= timedelta(minutes=5)
    assert processes.is_lost(run)


def test_in_a_crowd_the_next_is_told_to_come_back(upload, begun):
    for _each in range(runs.MOST_AT_ONCE):
        upload()
    page = upload()
    assert str(runs.MOST_AT_ONCE) in page.context["form"].non_field_errors()[0]
    assert len(begun) == runs.MOST_AT_ONCE
    lose(begun[0])
    upload()
    assert len(begun) == runs.MOST_AT_ONCE + 1


def test_a_run_under_way_is_not_begun_twice(upload, clerk, begun):
    upload()
    wishes = runs.Wishes()
    with pytest.raises(ValidationError):
        runs.read_again(run=begun[0], wishes=wishes, by=clerk, on=timezone.localdate())


def test_a_refused_file_keeps_its_report_for_the_page(upload, browser, begun):
    rows = service_rows()
    rows[3][2] = None
    upload(written(rows))
    carry_out(begun[0])
    page = browser.get(at("importrun_change", begun[0].pk) + "?level=error")
    assert [message["cell"] for message in page.context["messages_shown"]] == ["C6"]
    assert not Edition.objects.exists()


def test_old_runs_go_and_take_with_them_what_nothing_else_was_read_from(upload, begun, clock):
    upload(written([[None] * 3]))
    upload()
    refused, stored = carry_out(begun[0]), carry_out(begun[1])
    storage = refused.file.storage
    clock("2030-01-01 12:00")
    runs.sweep_runs()
    assert not ImportRun.objects.exists()
    assert not storage.exists(refused.file.name)
    assert storage.exists(stored.file.name)


def test_the_command_carries_out_what_was_asked_and_nothing_twice(upload, begun):
    upload()
    call_command("carry_out_run", begun[0].pk)
    assert Edition.objects.get().entries.count() == 57
    for number in (begun[0].pk, 0):
        with pytest.raises(CommandError):
            call_command("carry_out_run", number)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_before_the_transaction_ends(upload, begun):
    upload()
    run = begun[0]
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING)
    writer = ProgressWriter(run)
    writer("store", 5, 20)
    writer._write()
    run.refresh_from_db()
    assert (run.stage, run.done, run.total) == ("store", 5, 20)


# --- At a terminal ---


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "is_quiet", "shown"),
    [
        (io.StringIO(), False, "read …\nrows …\n"),
        (io.StringIO(), True, ""),
        (Terminal(), True, ""),
    ],
)
def test_what_is_no_terminal_gets_a_line_for_each_stage(stream, is_quiet, shown):
    progress = TerminalProgress(stream, is_quiet=is_quiet)
    for told in (("read", 0, 1), ("read", 1, 1), ("rows", 0, 10), ("rows", 5, 10), ("rows", 10, 10)):
        progress(*told)
    assert stream.getvalue() == shown


def test_a_terminal_gets_a_bar_that_fills():
    stream = Terminal()
    progress = TerminalProgress(stream)
    progress("rows", 5, 10)
    assert stream.getvalue().count("#") == 15
    assert "5 of 10" in stream.getvalue()
    progress("rows", 10, 10)
    assert stream.getvalue().endswith("\n")


# --- Constraints, from both sides ---


@pytest.mark.parametrize(
    ("values", "is_fine"),
    [
        ({"done": 5, "total": 5}, True),
        ({"done": 6, "total": 5}, False),
        ({"state": RunState.REFUSED, "problem": "因为"}, True),
        ({"state": RunState.REFUSED, "report": {}}, True),
        ({"state": RunState.REFUSED}, False),
    ],
)
def test_a_run_says_only_what_can_be(values, is_fine, services, clerk):
    run = ImportRun(list=services, asked_by=clerk, act=RunAct.IMPORT, **values)
    if is_fine:
        run.full_clean()
        run.save()
        return
    with pytest.raises(ValidationError):
        run.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        run.save()
