"""Powers when townships or departments give way: they end with the township, and wait for the one that follows.

Whoever goes on exercising a power answers for what was done (行政诉讼法 26); that the one that follows may
exercise it is a decision of its own.
"""

from collections.abc import Iterable
from itertools import combinations

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Township, TownshipSuccession, User
from accounts.succession import Difference, Option, Plan
from accounts.succession.institutions import CHANGED
from accounts.succession.planning import key_of

from ..choices import InstrumentKind, TransferState, WithdrawalReason
from ..models import Instrument, Power, TransferTownship
from .showing import show
from .taking_back import end_rows, locked_rows, record_rows

NOT = "none"


def differences(plan: Plan) -> list[Difference]:
    """Powers that only some of the parts exercise, or in another mode, for another term, by another paper."""
    if not plan.is_of_townships:
        return _of_departments(plan)
    if plan.successor is None:
        return []
    found = []
    for key, rows in _by_power(plan).items():
        by_transfer: dict[int, list[TransferTownship]] = {}
        for row in rows.values():
            by_transfer.setdefault(row.transfer_id, []).append(row)
        is_alike = len(by_transfer) == 1 and len(rows) == len(plan.parties)
        if is_alike:
            continue
        subject = next(iter(rows.values())).power.name
        options = [
            Option(key_of(same[0].township), _in_words(same), tuple(key_of(row.township) for row in same[1:]))
            for same in by_transfer.values()
        ]
        if plan.successor.pk in rows:
            # It goes on with what it has; the others' are told, for nothing of theirs is prepared.
            subject = f"{subject}: " + "；".join(option.label for option in options)
            found.append(Difference(key, _("Powers that go on as they are"), subject))
            continue
        options.append(Option(NOT, _("not for the township that follows")))
        found.append(Difference(key, _("Powers"), subject, tuple(options)))
    return found


def move(plan: Plan, *, by: User | None) -> int:
    """End the powers of what gives way on the day, and prepare those that were chosen; how many ended or moved."""
    if not plan.is_of_townships or not plan.successors:
        return 0
    rows = locked_rows(_concerned(plan))
    chosen = [row for key, held in _by_power(plan).items() for row in _chosen(plan, key, held)]
    prepared = [row for row in rows if row.state == TransferState.PREPARED]
    _end_running(plan, rows, by)
    for successor in plan.successors:
        _prepare(plan, [*chosen, *prepared], successor)
    TransferTownship.objects.filter(pk__in=[row.pk for row in prepared]).delete()
    return len(rows)


def carry_out(plan: Plan, *, by: User | None) -> None:
    """A department's powers are held by the one that follows it; another name is shown wherever powers are."""
    if plan.is_of_townships:
        return
    powers = list(Power.objects.filter(department__in=plan.predecessors).order_by("pk"))
    for power in powers if plan.successors else ():
        # A power recorded since the reorganisation was planned has not been asked about.
        power.department = plan.follower(f"holder:{power.pk}") or plan.successors[0]
        power._history_user, power._change_reason = by, CHANGED
        power.full_clean(exclude=["name_key", "main_name_key"])
        power.save()
    if powers:
        show(plan.county, powers)


def _concerned(plan: Plan) -> list[TransferTownship]:
    """What is prepared for those that give way, or runs beyond the day."""
    rows = TransferTownship.objects.filter(township__in=plan.predecessors)
    return list(rows.exclude(~Q(state=TransferState.PREPARED) & Q(valid_to__lte=plan.on)))


def _by_power(plan: Plan) -> dict[str, dict[int, TransferTownship]]:
    """What each township exercises up to the day, by power; namesakes of a department are one power (R4).

    Read before anything is ended, or after the same reorganisation has ended it.
    """
    everybody = [*plan.predecessors, *plan.successors]
    running = Q(state=TransferState.IN_FORCE) & (Q(valid_to=None) | Q(valid_to__gt=plan.on))
    ended = Q(withdrawal_reason=WithdrawalReason.REORGANISATION, withdrawn_on=plan.on)
    rows = TransferTownship.objects.filter(running | ended, township__in=everybody).for_reading()
    first: dict[tuple, int] = {}
    found: dict[str, dict[int, TransferTownship]] = {}
    for row in rows.order_by("power__number", "valid_from", "pk"):
        alike = (row.power.department_id, row.power.name_key)
        key = f"power:{first.setdefault(alike, row.power_id)}"
        found.setdefault(key, {}).setdefault(row.township_id, row)
    return found


def _chosen(plan: Plan, key: str, rows: dict[int, TransferTownship]) -> Iterable[TransferTownship]:
    """The row after which the power is prepared, if it is."""
    answer = plan.answers.get(key)
    of_old = [row for row in rows.values() if row.township in plan.predecessors]
    if answer is None:
        return of_old[:1]
    return [row for row in of_old if key_of(row.township) == answer]


def _end_running(plan: Plan, rows: list[TransferTownship], by: User | None) -> None:
    running = [row for row in rows if row.state == TransferState.IN_FORCE]
    leaving = [row for row in rows if row.state == TransferState.WITHDRAWN]
    for row in leaving:
        # Taken back from a later day on: it ends with its township all the same.
        row.valid_to = max(row.valid_from, plan.on)
        row.save(update_fields=["valid_to"])
    note = str(plan.reorganisation)
    end_rows(
        running,
        reason=WithdrawalReason.REORGANISATION,
        instrument=_paper_of(plan) if running else None,
        on=plan.on,
        departments=lambda row: row.power.department,
        note=note,
    )
    codes = [successor.code for successor in plan.successors]
    reason = WithdrawalReason.REORGANISATION
    record_rows("withdraw", running, by=by, reason=reason, on=plan.on, successor="、".join(codes))
    if running or leaving:
        show(plan.county, {row.power for row in [*running, *leaving]})


def _prepare(plan: Plan, rows: Iterable[TransferTownship], successor: Township) -> None:
    """Name the successor on the papers of these rows, once each; what it exercises or has prepared stays."""
    known = TransferTownship.objects.filter(township=successor).exclude(state=TransferState.WITHDRAWN)
    standing = set(known.values_list("transfer", flat=True))
    exercised = {
        (row.power.department_id, row.power.name_key)
        for row in known.overlapping(plan.on, None).select_related("power")
    }
    for row in rows:
        alike = (row.power.department_id, row.power.name_key)
        if row.transfer_id in standing or alike in exercised:
            continue
        standing.add(row.transfer_id)
        following = TransferTownship(
            transfer=row.transfer,
            township=successor,
            power=row.power,
            mode=row.mode,
            follows=TownshipSuccession.objects.get(predecessor=row.township, successor=successor),
        )
        following.clean()
        following.save()


def _paper_of(plan: Plan) -> Instrument | None:
    """The decision on the townships as a paper; none where its number is not on record."""
    number = plan.reorganisation.document_number
    if not number:
        return None
    paper = Instrument(county=plan.county, kind=InstrumentKind.WITHDRAWAL, number=number)
    paper.clean()
    known = Instrument.objects.filter(county=plan.county, kind=paper.kind, number=paper.number).first()
    if known is None:
        paper.title = str(plan.reorganisation)
        paper.full_clean()
        paper.save()
    return known or paper


def _in_words(rows: list[TransferTownship]) -> str:
    """Mode, last day and paper of one transfer, and which townships exercise it by it."""
    row = rows[0]
    last = _("until %(day)s") % {"day": row.last_day} if row.valid_to else _("no last day")
    names = "、".join(each.township.name for each in rows)
    return f"{row.get_mode_display()}，{last}，{row.transfer.instrument}（{names}）"


def _of_departments(plan: Plan) -> list[Difference]:
    """In a split, who is to hold each power; in a merger, no township may exercise one in two modes after it."""
    powers = Power.objects.current().filter(department__in=plan.parties).select_related("department")
    if len(plan.successors) > 1:
        every = Power.objects.filter(department__in=plan.predecessors).order_by("number")
        return [
            Difference(f"holder:{power.pk}", _("Powers"), power.name, plan.each_successor) for power in every
        ]
    by_name: dict[str, list[Power]] = {}
    for power in powers.order_by("number"):
        by_name.setdefault(power.name_key, []).append(power)
    for alike in by_name.values():
        for one, other in combinations(alike, 2):
            _check_never_both(one, other)
    return []


def _check_never_both(one: Power, other: Power) -> None:
    """Namesakes of two departments become one power, and one mode at a time holds for it (R4)."""
    if one.department_id == other.department_id:
        return
    for row in TransferTownship.objects.filter(power=one).put_in_force().select_related("township"):
        same = TransferTownship.objects.filter(power=other, township=row.township_id)
        if row.valid_from != row.valid_to and same.overlapping(row.valid_from, row.valid_to).exists():
            raise ValidationError(
                _(
                    "%(power)s of both departments is in force in %(township)s at the same time; "
                    "take one of them back first."
                )
                % {"power": one, "township": row.township}
            )
