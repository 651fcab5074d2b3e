"""Taking back: one act for many powers and townships; history stays."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.journal import record
from accounts.models import County, Department, TownshipSuccession, User

from ..choices import InstrumentKind, TransferState, WithdrawalReason
from ..models import Instrument, Power, Transfer, TransferTownship
from ..rules import WithdrawalFacts, judge_withdrawal
from .holding import lock_powers
from .people import check_decides
from .showing import show


@transaction.atomic
def withdraw(
    *,
    rows: Iterable[TransferTownship],
    by: User,
    reason: str,
    instrument: Instrument,
    on: date,
    department: Department,
    note: str = "",
) -> list[TransferTownship]:
    """Take powers back from a day on, with reason, document and the department that does the work from then on."""
    facts = WithdrawalFacts(
        reason=reason,
        document_number=instrument.number if instrument else "",
        on=on,
        has_department=department is not None,
    )
    findings = judge_withdrawal(facts)
    if findings:
        raise ValidationError({finding.rule.field: finding.message for finding in findings})
    rows = _locked(rows)
    county = _county_of(rows)
    check_decides(by, county)
    if instrument.kind != InstrumentKind.WITHDRAWAL or instrument.county_id != county.pk:
        raise ValidationError({"instrument": _("This paper is no withdrawal decision of the county.")})
    if department.county_id != county.pk:
        raise ValidationError({"department": _("This department belongs to another county.")})
    _end(rows, reason=reason, instrument=instrument, on=on, departments=lambda row: department, note=note)
    _record(
        "withdraw", rows, by=by, reason=reason, number=instrument.number, on=on, department=department.name
    )
    show(county, {row.power for row in rows})
    return rows


@transaction.atomic
def end_by_law(
    *, powers: Iterable[Power], by: User, instrument: Instrument, on: date, note: str = ""
) -> list[TransferTownship]:
    """A change of law ends powers in every township; each goes back to the department that holds it."""
    rows = TransferTownship.objects.filter(power__in=list(powers), state=TransferState.IN_FORCE)
    by_department = defaultdict(list)
    for row in rows.exclude(valid_to__lte=on).select_related("power__department"):
        by_department[row.power.department].append(row)
    ended = []
    for department, theirs in by_department.items():
        ended += withdraw(
            rows=theirs,
            by=by,
            reason=WithdrawalReason.LAW_CHANGE,
            instrument=instrument,
            on=on,
            department=department,
            note=note,
        )
    return ended


@transaction.atomic
def follow_succession(*, succession: TownshipSuccession, by: User | None) -> int:
    """A township gives way: its powers end with it and are prepared for the one that follows.

    Whoever goes on exercising a power answers for what was done (行政诉讼法 26); that the successor may
    exercise it is a decision of its own. Returns how many rows have ended or moved.
    """
    old, new, on = succession.predecessor, succession.successor, succession.effective_on
    going = TransferTownship.objects.of_township(old).exclude(state=TransferState.WITHDRAWN)
    rows = _locked(going.exclude(state=TransferState.IN_FORCE, valid_to__lte=on))
    running = [row for row in rows if row.state == TransferState.IN_FORCE]
    if running:
        _end(
            running,
            reason=WithdrawalReason.REORGANISATION,
            instrument=_paper_of(succession),
            on=on,
            departments=lambda row: row.power.department,
            note=str(succession),
        )
        _record("withdraw", running, by=by, reason=WithdrawalReason.REORGANISATION, on=on, successor=new.code)
    for row in rows:
        if not row.transfer.receipts.filter(township=new).exclude(state=TransferState.WITHDRAWN).exists():
            following = TransferTownship(transfer=row.transfer, township=new, power=row.power, mode=row.mode)
            following.clean()
            following.save()
    TransferTownship.objects.prepared().filter(pk__in=[row.pk for row in rows]).delete()
    if running:
        show(old.county, {row.power for row in running})
    return len(rows)


def _paper_of(succession: TownshipSuccession) -> Instrument | None:
    """The decision on the townships as a paper; none where its number is not on record."""
    if not succession.document_number:
        return None
    paper, _is_new = Instrument.objects.get_or_create(
        county=succession.predecessor.county,
        kind=InstrumentKind.WITHDRAWAL,
        number=succession.document_number,
        defaults={"title": str(succession)},
    )
    return paper


def _locked(rows: Iterable[TransferTownship]) -> list[TransferTownship]:
    """The rows as they are stored now, their powers held first, in one order for everybody."""
    keys = [row.pk for row in rows]
    lock_powers(Power.objects.filter(receipts__in=keys))
    list(Transfer.objects.select_for_update().filter(receipts__in=keys).order_by("pk").values_list("pk"))
    return list(
        TransferTownship.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("transfer__power__county", "power__department", "township__county")
        .order_by("pk")
    )


def _county_of(rows: list[TransferTownship]) -> County:
    counties = {row.township.county for row in rows}
    if len(counties) != 1:
        raise ValidationError(_("Choose powers of townships of one county."))
    return counties.pop()


def _end(rows, *, reason, instrument, on, departments, note) -> None:
    errors = []
    for row in rows:
        if row.state != TransferState.IN_FORCE:
            errors.append(ValidationError(_("%(row)s is not in force.") % {"row": row}))
            continue
        row.state, row.withdrawn_on, row.withdrawal_reason = TransferState.WITHDRAWN, on, reason
        row.withdrawal, row.withdrawal_note, row.taken_over_by = instrument, note, departments(row)
        # Taken back before its first day, it was never exercised; past its term, it had ended before.
        row.valid_to = max(row.valid_from, min(on, row.valid_to or on))
        row.withdrawn_on = max(on, row.valid_to)
        row.clean()
    if errors:
        raise ValidationError(errors)
    fields = [
        "state",
        "withdrawn_on",
        "withdrawal_reason",
        "withdrawal",
        "withdrawal_note",
        "taken_over_by",
        "valid_to",
    ]
    TransferTownship.objects.bulk_update(rows, fields, batch_size=200)


def _record(action, rows, *, by, **details) -> None:
    """One event for each transfer, naming its townships."""
    by_transfer = defaultdict(list)
    for row in rows:
        by_transfer[row.transfer].append(row.township.code)
    for transfer, codes in by_transfer.items():
        record(action, transfer, by=by, county=transfer.power.county, townships=sorted(codes), **details)
