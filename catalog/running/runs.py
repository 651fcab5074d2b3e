"""What is asked for and what comes of it: a workbook read into an import, an import confirmed."""

import hashlib
import socket
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User

from .. import publishing
from ..choices import EditionState, RunAct, RunState
from ..importing.collecting import collection_paused
from ..importing.drafts import store_draft
from ..importing.intake import take_in
from ..importing.planning import make_plan
from ..importing.progress import Progress, unwatched
from ..importing.report import record_of, report_of_unreadable
from ..models import Edition, ImportRun, ItemList
from ..reading.grid import UnreadableWorkbook
from .processes import AlreadyHeld, begin_process, held, is_lost, sweep_lock, under_way
from .progress import ProgressWriter
from .wishes import Wishes

# What is read while the clerk waits: some 4,000 rows of .xlsx, or 1,500 of text.
LARGEST_WAITED_FOR = 256 * 1024
MOST_ENTRIES_WAITED_FOR = 5_000
# Where confirming prepares more than the entries themselves, such as powers and transfers.
MOST_FOLLOWED_ENTRIES_WAITED_FOR = 300
# Processes of runs at one time, beside the server's own.
MOST_AT_ONCE = 3


def ask(
    *,
    item_list: ItemList,
    content: bytes,
    name: str,
    wishes: Wishes,
    by: User,
    on: date,
    instead_of: ImportRun | None = None,
) -> ImportRun:
    """Read a workbook into an import of the list: at once where it is small, else in a process of its own.

    `instead_of` is the person's run whose result this one takes the place of. Raises `ValidationError`
    where too many are under way.
    """
    is_large = len(content) > LARGEST_WAITED_FOR
    if is_large:
        _refuse_crowd()
    sha256 = hashlib.sha256(content).hexdigest()
    run = ImportRun(
        list=item_list,
        asked_by=by,
        language=translation.get_language() or "",
        file_name=name[-255:],
        sha256=sha256,
        wishes=wishes.to_keep(),
        replaces=instead_of.edition if instead_of else None,
        seen_at=timezone.now(),
    )
    run.file.name = f"lists/{sha256}"
    storage = run.file.storage
    if not storage.exists(run.file.name):
        run.file.name = storage.save(run.file.name, ContentFile(content))
    run.full_clean()
    with transaction.atomic():
        run.save()
        if instead_of is not None and instead_of.edition is None:
            instead_of.delete()
    if is_large:
        begin_process(run)
        return run
    return carry_out(run=run, on=on)


def read_again(*, run: ImportRun, wishes: Wishes, by: User, on: date) -> ImportRun:
    """Read the file of a run again with other wishes, or after its process was lost; what it stored is replaced."""
    if run.is_under_way and not is_lost(run):
        raise ValidationError(_("This import is still under way."))
    if run.edition is not None:
        if run.edition.state != EditionState.UNCONFIRMED:
            raise ValidationError(_("This import has been confirmed already; nothing was changed."))
        wishes = wishes.but(notes=(run.edition.report or {}).get("notes", {}))
    content = _content(run)
    return ask(
        item_list=run.list,
        content=content,
        name=run.file_name,
        wishes=wishes,
        by=by,
        on=on,
        instead_of=run,
    )


def takes_long_to_confirm(edition: Edition) -> bool:
    """Whether an import is confirmed in a process of its own."""
    is_followed = edition.list.list_kind.on_confirm is not None
    most = MOST_FOLLOWED_ENTRIES_WAITED_FOR if is_followed else MOST_ENTRIES_WAITED_FOR
    return edition.entries.count() > most


def ask_to_confirm(*, edition: Edition | None, gone: int | None, by: User) -> ImportRun:
    """Confirm an import in a process of its own; one whose process was lost is asked for anew."""
    if edition is None:
        raise ValidationError(_("Somebody has discarded this edition in the meantime."))
    _refuse_crowd()
    before = ImportRun.objects.filter(edition=edition, act=RunAct.CONFIRM)
    if under_way(before):
        raise ValidationError(_("This import is being confirmed already."))
    run = ImportRun(
        list=edition.list,
        act=RunAct.CONFIRM,
        asked_by=by,
        language=translation.get_language() or "",
        file_name=edition.source_name,
        wishes={"gone": gone},
        edition=edition,
        seen_at=timezone.now(),
    )
    run.full_clean()
    with transaction.atomic():
        before.delete()
        run.save()
    begin_process(run)
    return run


def carry_out(*, run: ImportRun, on: date, progress: Progress = unwatched) -> ImportRun:
    """Do what was asked, in the language of who asked; the result and the run's end are stored as one.

    Raises `AlreadyHeld` where another process is at it.
    """
    with held(run), translation.override(run.language or None):
        run.refresh_from_db()
        if run.state != RunState.WAITING:
            raise AlreadyHeld
        run.state, run.host, run.seen_at = RunState.RUNNING, socket.gethostname(), timezone.now()
        run.save()
        try:
            if run.act == RunAct.CONFIRM:
                _confirm(run, progress)
            else:
                _import(run, on, progress)
        except ValidationError as problem:
            _end(run, RunState.REFUSED, problem=" ".join(problem.messages))
        return run


def carry_out_watched(*, run: ImportRun, on: date) -> ImportRun:
    """Carry the run out, telling how far it is to whoever looks."""
    with ProgressWriter(run) as progress:
        return carry_out(run=run, on=on, progress=progress)


def sweep_runs() -> None:
    """Remove runs older than an import lives, and files that nothing else was read from."""
    for run in ImportRun.objects.filter(asked_at__lt=timezone.now() - publishing.UNCONFIRMED_LIVES):
        if run.is_under_way and not is_lost(run):
            continue
        sweep_lock(run)
        run.delete()
        others = ImportRun.objects.filter(sha256=run.sha256).exists()
        if run.file and not others and not Edition.objects.filter(source_sha256=run.sha256).exists():
            run.file.storage.delete(run.file.name)


def _refuse_crowd() -> None:
    if len(under_way(ImportRun.objects.all())) >= MOST_AT_ONCE:
        raise ValidationError(
            _("%(count)s large imports are under way on this server. Try again in a few minutes.")
            % {"count": MOST_AT_ONCE}
        )


@collection_paused()
def _import(run: ImportRun, on: date, progress: Progress) -> None:
    wishes, item_list, content = Wishes.of(run.wishes), run.list, _content(run)
    try:
        intake = take_in(
            content,
            run.file_name,
            kind=item_list.list_kind,
            county=item_list.county,
            only=wishes.only,
            mapping=wishes.mapping,
            stated=wishes.stated,
            notes=wishes.notes,
            on=on,
            progress=progress,
        )
    except UnreadableWorkbook as problem:
        report = report_of_unreadable(problem.message, run.file_name, item_list.kind)
        _end(run, RunState.REFUSED, report=report)
        return
    if wishes.leave_out_refused:
        intake.leave_out_refused()
    plan = make_plan(intake, publishing.edition_before(item_list), progress=progress)
    if intake.has_errors:
        _end(run, RunState.REFUSED, report=record_of(plan))
        return
    with transaction.atomic():
        edition = store_draft(plan=plan, item_list=item_list, by=run.asked_by, progress=progress)
        _discard_replaced(run)
        _end(run, RunState.DONE, edition=edition)


def _content(run: ImportRun) -> bytes:
    try:
        with run.file.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        raise ValidationError(_("The workbook is no longer kept. Upload it again.")) from None


def _discard_replaced(run: ImportRun) -> None:
    """The import read with other wishes takes the place of the one before, unless that was confirmed meanwhile."""
    before = run.replaces
    if before is not None and before.state == EditionState.UNCONFIRMED:
        run.replaces = None
        ImportRun.objects.filter(edition=before).delete()
        publishing.discard(edition=before, by=run.asked_by)


def _confirm(run: ImportRun, progress: Progress) -> None:
    if run.edition is None:
        raise ValidationError(_("Somebody has discarded this edition in the meantime."))
    with transaction.atomic():
        publishing.confirm(
            edition=run.edition, by=run.asked_by, gone=run.wishes.get("gone"), progress=progress
        )
        _end(run, RunState.DONE)


def _end(run: ImportRun, state: RunState, **result) -> None:
    run.state, run.seen_at = state, timezone.now()
    for name, value in result.items():
        setattr(run, name, value)
    run.full_clean()
    run.save()
