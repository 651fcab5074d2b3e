"""A transfer on paper: entered, judged, completed, and made ready township by township."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.histories import ROWS_A_STATEMENT, insert_many
from accounts.journal import record, record_many
from accounts.models import County, Office, Township, User

from ..choices import TransferState
from ..factfinding import facts_of, find_overlap, receiver_of
from ..models import Assessment, FourQuestions, Transfer, TransferTownship
from ..rules import Finding, Overlap, judge
from .people import check_keeps, check_speaks_for
from .refusing import check_not_refused

# What a new transfer has from rows that are loaded already.
RELATIONS = ("power", "instrument", "provincial_decision", "entry")
# Once a power is in force, what it rests on is no longer typed over: that takes a new transfer.
FIXED_IN_FORCE = ("power_id", "instrument_id", "mode")


@transaction.atomic
def prepare(
    *,
    transfer: Transfer,
    townships: Iterable[Township],
    by: User | None,
    offices: Iterable[Office] = (),
) -> Transfer:
    """Store a transfer to these townships as prepared; what no paper can make lawful is refused.

    `offices` are the seconded units on which the power hangs, at most one in each township.
    """
    townships = list(townships)
    check_keeps(by, transfer.power.county, transfer.power.department)
    transfer.full_clean()
    _check_lawful(transfer, townships)
    transfer.save()
    _add_rows(transfer, townships, offices)
    _record("prepare", transfer, by=by, mode=transfer.mode, townships=_codes(townships))
    return transfer


@transaction.atomic
def prepare_many(
    *,
    county: County,
    transfers: Sequence[tuple[Transfer, Sequence[Township]]],
    by: User | None,
) -> None:
    """Store new transfers of one county, each with its townships, in a few statements.

    The law is asked of each as in `prepare`; that a paper hands a power down once is the database's to hold.
    """
    for department in {transfer.power.department for transfer, _townships in transfers}:
        check_keeps(by, county, department)
    for transfer, townships in transfers:
        transfer.full_clean(exclude=RELATIONS, validate_unique=False, validate_constraints=False)
        _check_lawful(transfer, townships)
    insert_many([transfer for transfer, _townships in transfers], by=by)
    rows = [row for planned in transfers for row in _new_rows(*planned, offices=())]
    TransferTownship.objects.bulk_create(rows, batch_size=ROWS_A_STATEMENT)
    told = [
        (transfer, {"mode": transfer.mode, "townships": _codes(townships)})
        for transfer, townships in transfers
    ]
    record_many("prepare", told, by=by, county=county)


@transaction.atomic
def add_townships(
    *, transfer: Transfer, townships: Iterable[Township], by: User | None, offices: Iterable[Office] = ()
) -> list[TransferTownship]:
    """Name further townships: they are taken on in batches, as they become ready."""
    named = set(transfer.receipts.exclude(state=TransferState.WITHDRAWN).values_list("township", flat=True))
    townships = [township for township in townships if township.pk not in named]
    check_keeps(by, transfer.power.county, transfer.power.department)
    _check_lawful(transfer, townships)
    rows = _add_rows(transfer, townships, offices)
    if rows:
        _record("prepare", transfer, by=by, townships=_codes(townships))
    return rows


@transaction.atomic
def write_transfer(*, transfer: Transfer, by: User | None) -> Transfer:
    """Store what was changed of a transfer: scope, procedure, responsibilities, decision, next evaluation, notes."""
    check_keeps(by, transfer.power.county, transfer.power.department)
    stored = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    is_public = transfer.receipts.put_in_force().exists()
    if is_public and any(getattr(stored, field) != getattr(transfer, field) for field in FIXED_IN_FORCE):
        raise ValidationError(_("The power is in force by this paper; another paper is another transfer."))
    transfer.full_clean()
    _check_lawful(transfer, list(transfer.townships.all()))
    transfer.save()
    transfer.receipts.prepared().update(power=transfer.power, mode=transfer.mode)
    if is_public:
        County.objects.note_publication(transfer.power.county)
    _record("edit", transfer, by=by)
    return transfer


@transaction.atomic
def discard(*, transfer: Transfer, by: User | None, townships: Iterable[Township] | None = None) -> None:
    """Drop what was only prepared, for these townships or all; a transfer nobody exercises goes with it."""
    check_keeps(by, transfer.power.county, transfer.power.department)
    # Held, so that nobody puts in force what is about to be deleted.
    transfer = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    rows = transfer.receipts.prepared()
    if townships is not None:
        rows = rows.filter(township__in=list(townships))
    _record("discard", transfer, by=by, townships=sorted(rows.values_list("township__code", flat=True)))
    rows.delete()
    if not (transfer.receipts.exists() or transfer.evaluations.exists() or transfer.admissions.exists()):
        transfer.delete()


@transaction.atomic
def answer_questions(*, questions: FourQuestions, by: User) -> FourQuestions:
    """Record whether the power should, need, may and can go down; the answers can be given anew until it does."""
    transfer = questions.transfer
    check_keeps(by, transfer.power.county, transfer.power.department)
    questions.answered_by = by
    questions.full_clean()
    questions.save()
    _record("questions", transfer, by=by, yes=questions.is_answered_yes)
    return questions


@transaction.atomic
def assess(*, assessment: Assessment, by: User, rows: Iterable[TransferTownship] = ()) -> Assessment:
    """Record a township's capacity, and let it stand behind these prepared powers of the same township."""
    check_keeps(by, assessment.township.county)
    assessment.assessed_by = by
    assessment.full_clean()
    assessment.save()
    for row in rows:
        if row.township_id != assessment.township_id:
            raise ValidationError(_("The assessment is of another township."))
        row.assessment = assessment
        row.save(update_fields=["assessment"])
    record("assess", assessment, by=by, county=assessment.township.county, officers=assessment.officers)
    return assessment


@transaction.atomic
def accept(*, row: TransferTownship, by: User, on: date, words: str = "") -> TransferTownship:
    """Record that the township takes the power on."""
    check_speaks_for(by, row.township)
    row.accepted_on, row.acceptance = on, words
    row.full_clean()
    row.save(update_fields=["accepted_on", "acceptance"])
    _record("accept", row.transfer, by=by, townships=[row.township.code], on=on)
    return row


def examine(transfer: Transfer, townships: Iterable[Township], *, on: date | None = None) -> list[Finding]:
    """What the law says to a transfer at entry, once for each kind of receiver; nothing is stored."""
    townships = list(townships)
    stored = transfer.instrument_id and transfer.power_id
    overlap = find_overlap(transfer, townships) if stored and townships else Overlap.NONE
    receivers = {receiver_of(township) for township in townships} or {None}
    found: dict[str, Finding] = {}
    for receiver in receivers:
        facts = facts_of(
            transfer,
            townships=townships,
            on=on,
            receiver=receiver,
            has_receivers=bool(townships),
            overlap=overlap,
        )
        found |= {finding.code: finding for finding in judge(facts)}
    return list(found.values())


def _check_lawful(transfer: Transfer, townships: list[Township]) -> None:
    for township in townships:
        if township.county_id != transfer.power.county_id:
            raise ValidationError(_("%(township)s belongs to another county.") % {"township": township})
    facts = facts_of(transfer, townships=townships)
    by_receiver = {receiver_of(township): township for township in townships} or {None: None}
    for receiver, township in by_receiver.items():
        subject = f"{transfer.power} · {township}" if township else transfer.power
        check_not_refused(replace(facts, receiver=receiver), subject)


def _add_rows(transfer, townships, offices) -> list[TransferTownship]:
    return TransferTownship.objects.bulk_create(_new_rows(transfer, townships, offices))


def _new_rows(transfer, townships, offices) -> list[TransferTownship]:
    office_in = {office.township_id: office for office in offices}
    rows = []
    for township in townships:
        row = TransferTownship(
            transfer=transfer,
            township=township,
            power=transfer.power,
            mode=transfer.mode,
            office=office_in.get(township.pk),
        )
        row.clean()
        rows.append(row)
    return rows


def _codes(townships: Iterable[Township]) -> list[str]:
    return sorted(township.code for township in townships)


def _record(action: str, transfer: Transfer, *, by: User | None, **details) -> None:
    record(action, transfer, by=by, county=transfer.power.county, **details)
