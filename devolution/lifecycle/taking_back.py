"""Taking back: one act for many powers and townships; history stays."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.journal import record
from accounts.models import County, Department, User

from ..choices import InstrumentKind, TransferState, WithdrawalReason
from ..models import Instrument, Power, Transfer, TransferTownship
from ..rules import WithdrawalFacts, judge_withdrawal
from .holding import lock_powers
from .people import check_decides
from .showing import show
from .stepping import check_steps


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
    rows = locked_rows(rows)
    county = _county_of(rows)
    check_decides(by, county)
    if instrument.kind != InstrumentKind.WITHDRAWAL or instrument.county_id != county.pk:
        raise ValidationError({"instrument": _("This paper is no withdrawal decision of the county.")})
    check_steps([instrument])
    if department.county_id != county.pk:
        raise ValidationError({"department": _("This department belongs to another county.")})
    end_rows(rows, reason=reason, instrument=instrument, on=on, departments=lambda row: department, note=note)
    record_rows(
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


def locked_rows(rows: Iterable[TransferTownship]) -> list[TransferTownship]:
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


def end_rows(rows, *, reason, instrument, on, departments, note) -> None:
    """Store that rows in force end on a day; `departments` says of each who does the work from then on."""
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


def record_rows(action, rows, *, by, **details) -> None:
    """One event for each transfer, naming its townships."""
    by_transfer = defaultdict(list)
    for row in rows:
        by_transfer[row.transfer].append(row.township.code)
    for transfer, codes in by_transfer.items():
        record(action, transfer, by=by, county=transfer.power.county, townships=sorted(codes), **details)
