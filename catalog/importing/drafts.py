"""The one function that stores what was read: a whole edition in one short transaction, or nothing."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.journal import record
from accounts.models import User

from ..choices import EditionState
from ..models import Basis, Edition, Entry, ItemList, Suggestion
from ..resources.widgets import legal_bases
from .planning import Plan, bases_of
from .progress import Progress, unwatched
from .report import report_of

ROWS_A_STATEMENT = 500


def store_draft(
    *, plan: Plan, item_list: ItemList, by: User | None, progress: Progress = unwatched, **record_fields
) -> Edition:
    """Store the plan as an unconfirmed edition of the list, seen by this person alone.

    `record_fields` (title, document_number, days) win over what the sheet says; `progress` is told how far it
    is. Raises `ValidationError` when a row is refused or a field of the record cannot be taken; nothing is
    stored then.
    """
    intake = plan.intake
    progress("store", 0, len(intake.rows))
    if intake.has_errors:
        raise ValidationError(_("Nothing was stored: the workbook has errors."))
    edition = Edition(
        list=item_list,
        state=EditionState.UNCONFIRMED,
        base=plan.base,
        created_by=by,
        source_name=intake.name[-255:],
        source_sha256=intake.sha256,
        report=report_of(plan),
        **(intake.record | record_fields),
    )
    edition.source_file.name = f"lists/{intake.sha256}"
    edition.full_clean()
    storage = edition.source_file.storage
    if not storage.exists(edition.source_file.name):
        # Before the transaction: a file nobody points to is harmless, a row that points nowhere is not.
        edition.source_file.name = storage.save(edition.source_file.name, ContentFile(intake.content))
    with transaction.atomic():
        edition.save()
        entries = _insert_entries(edition, plan)
        _insert_bases(entries, plan)
        _insert_suggestions(entries, plan)
        record("import", edition, by=by, county=intake.county, sha256=intake.sha256, counts=plan.counts)
    progress("store", len(intake.rows), len(intake.rows))
    return edition


def _insert_entries(edition: Edition, plan: Plan) -> list[Entry]:
    entries = plan.entries + [_copy(entry) for entry in plan.carried]
    for position, entry in enumerate(entries, start=1):
        entry.edition, entry.position = edition, position
    return Entry.objects.bulk_create(entries, batch_size=ROWS_A_STATEMENT)


def _insert_bases(entries: list[Entry], plan: Plan) -> None:
    cited = [taken.legal_bases for taken in plan.intake.rows]
    cited += [legal_bases(entry.legal_basis) for entry in plan.carried]
    bases = [
        basis
        for entry, citations in zip(entries, cited, strict=True)
        for basis in bases_of(entry, citations, plan.intake.words)
    ]
    Basis.objects.bulk_create(bases, batch_size=ROWS_A_STATEMENT)


def _insert_suggestions(entries: list[Entry], plan: Plan) -> None:
    Suggestion.objects.bulk_create(
        [
            Suggestion(entry=entries[guess.row], item=plan.known[guess.known].item, reason=guess.reason)
            for guess in plan.matching.guesses
        ],
        batch_size=ROWS_A_STATEMENT,
    )


def _copy(entry: Entry) -> Entry:
    """The same entry for another edition, unsaved."""
    fields = {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}
    del fields["id"]
    return Entry(**fields)
