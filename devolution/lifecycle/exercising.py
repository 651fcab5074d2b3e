"""Powers put in force, and what happens while they are: handed down, taken over as found, evaluated, extended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.journal import record, record_many
from accounts.models import County, Township, User

from ..choices import EvaluationVerdict, InstrumentKind, TransferState
from ..factfinding import Held, facts_of, facts_of_receipt, townships_taken
from ..models import Evaluation, Instrument, Power, Transfer, TransferTownship
from ..rules import Facts, Finding, Overlap, rule_called
from .holding import lock_powers
from .people import check_decides, check_keeps
from .refusing import check_not_refused, hindrances, said_of
from .showing import show
from .stepping import check_steps


@dataclass
class TakenOver:
    """What came of taking over: the rows now in force, and those left prepared with the reason."""

    rows: list[TransferTownship] = field(default_factory=list)
    left: list[tuple[TransferTownship, Finding]] = field(default_factory=list)


@transaction.atomic
def hand_down(
    *,
    transfers: Iterable[Transfer],
    by: User,
    valid_from: date,
    townships: Iterable[Township] | None = None,
    notes: Mapping[str, str] | None = None,
    confirmation: Instrument | None = None,
) -> list[TransferTownship]:
    """Put prepared transfers in force from a day on: many powers, many townships, one act, all or nothing.

    `townships` narrows it to those that are ready; `notes` answers warnings, one for each rule. After a
    reorganisation one paper, the `confirmation`, may say of all of them that they go on.
    """
    transfers = _loaded(transfers)
    county = _county_of(transfers)
    check_decides(by, county, transfers)
    if confirmation is not None:
        _check_confirms(confirmation, county, valid_from)
    # What one paper confirms for all has gone its road under its own paper before.
    check_steps([confirmation] if confirmation else {transfer.instrument for transfer in transfers})
    errors, done = [], []
    held, prepared = Held(transfers), _prepared_rows(transfers, townships)
    for transfer in transfers:
        answered = {**transfer.notes, **(notes or {})}
        rows = prepared[transfer.pk]
        for row, facts in _facts_of_rows(transfer, rows, valid_from, held):
            found = hindrances(facts, answered)
            errors += [said_of(row, finding) for finding in found]
        errors += _errors_of_days(transfer, rows, valid_from)
        if confirmation is not None:
            errors += [_not_following(row) for row in rows if row.follows_id is None]
        transfer.notes = answered
        done += rows
        if not errors:
            _put_in_force(rows, held, by=by, valid_from=valid_from, confirmation=confirmation)
            transfer.save()
            _record("hand_down", transfer, rows, by=by, valid_from=valid_from)
    if errors:
        raise ValidationError(errors)
    if not done:
        raise ValidationError(_("Nothing is prepared for these townships."))
    show(county, {transfer.power for transfer in transfers})
    return done


@transaction.atomic
def take_over_as_found(
    *,
    transfers: Iterable[Transfer],
    by: User,
    since: date,
    document: str,
    townships: Iterable[Township] | None = None,
) -> TakenOver:
    """Day one: show prepared transfers in force as they were found, with what is on record of them.

    What is missing stays a to-do. What the law refuses cannot be taken over; where another mode is
    in force already (R4) the row stays prepared and is handed back with the reason.
    """
    if not document.strip():
        raise ValidationError({"document": _("Name the document in which these powers were found.")})
    transfers = _loaded(transfers)
    county = _county_of(transfers)
    check_decides(by, county, transfers)
    taken, acts = TakenOver(), []
    held, prepared = Held(transfers), _prepared_rows(transfers, townships)
    for transfer in transfers:
        ours = []
        for row, facts in _facts_of_rows(transfer, prepared[transfer.pk], since, held):
            check_not_refused(facts, row)
            _check_stands(row, since)
            if facts.overlap == Overlap.SAME:
                taken.left.append((row, Finding(rule_called("R4a"))))
            elif (end := transfer.instrument.valid_to) and end <= since:
                taken.left.append((row, Finding(rule_called("R2"))))
            else:
                ours.append(row)
        _put_in_force(ours, held, by=by, valid_from=since, found_in=document.strip())
        if ours:
            codes = sorted(row.township.code for row in ours)
            acts.append((transfer, {"townships": codes, "since": since, "document": document}))
        taken.rows += ours
    record_many("take_over", acts, by=by, county=county)
    if taken.rows:
        show(county, {row.power for row in taken.rows})
    return taken


@transaction.atomic
def evaluate(*, evaluation: Evaluation, by: User) -> Evaluation:
    """Record an evaluation; one of all townships sets the day of the next (行政处罚法 24).

    A verdict changes nothing by itself: taking back is its own act.
    """
    transfer = evaluation.transfer
    check_keeps(by, transfer.power.county, transfer.power.department)
    if not transfer.receipts.put_in_force().exists():
        raise ValidationError(_("The power has not been put in force yet; there is nothing to evaluate."))
    if evaluation.next_due is None and evaluation.verdict != EvaluationVerdict.WITHDRAW:
        evaluation.next_due = next_evaluation(evaluation.evaluated_on)
    evaluation.recorded_by = by
    evaluation.full_clean()
    evaluation.save()
    if evaluation.township_id is None and evaluation.next_due:
        transfer.evaluation_due = evaluation.next_due
        transfer.save(update_fields=["evaluation_due"])
    County.objects.note_publication(transfer.power.county)
    _record("evaluate", transfer, (), by=by, verdict=evaluation.verdict, cases=evaluation.cases)
    return evaluation


def next_evaluation(on: date) -> date:
    """When a power evaluated or put in force on the day is to be evaluated (again)."""
    month = on.month - 1 + settings.EVALUATION_MONTHS
    year, month = on.year + month // 12, month % 12 + 1
    # The 31st falls back to the 28th: a day that every month has.
    return date(year, month, min(on.day, 28))


@transaction.atomic
def extend(*, rows: Iterable[TransferTownship], instrument: Instrument, by: User) -> list[TransferTownship]:
    """Prolong what is in force by a further paper, without a gap: it is published before the old term is over."""
    rows = list(
        TransferTownship.objects.filter(pk__in=[row.pk for row in rows]).select_related("transfer__power")
    )
    transfers = _loaded({row.transfer for row in rows})
    county = _county_of(transfers)
    check_decides(by, county)
    check_steps([instrument])
    rows = list(
        TransferTownship.objects.select_for_update(of=("self",))
        .filter(pk__in=[row.pk for row in rows])
        .select_related("transfer__power", "transfer__instrument", "township")
        .order_by("pk")
    )
    errors = [said for row in rows for said in _errors_of_extension(row, instrument)]
    if errors:
        raise ValidationError(errors)
    by_transfer = defaultdict(list)
    for row in rows:
        row.valid_to, row.term_instrument = instrument.valid_to, instrument
        row.save(update_fields=["valid_to", "term_instrument"])
        by_transfer[row.transfer].append(row)
    for transfer, extended in by_transfer.items():
        _record("extend", transfer, extended, by=by, number=instrument.number, valid_to=instrument.valid_to)
    show(county, {transfer.power for transfer in by_transfer})
    return rows


def _errors_of_extension(row: TransferTownship, paper: Instrument) -> list[ValidationError]:
    def refuse(sentence):
        return [ValidationError(f"{row}: {sentence}")]

    if row.state != TransferState.IN_FORCE or row.valid_to is None:
        return refuse(_("Only a power in force with a dated term can be extended."))
    if paper.kind == InstrumentKind.WITHDRAWAL or paper.county_id != row.township.county_id:
        return refuse(_("This paper cannot extend the power."))
    if not (paper.number and paper.valid_from and paper.valid_to and paper.published_on):
        return refuse(_("An extension has a number, a first and a last day, and a day of publication."))
    if paper.valid_from > row.valid_to or paper.published_on > row.valid_to:
        return refuse(_("The term was over before the extension; hand the power down anew."))
    if paper.valid_to <= row.valid_to:
        return refuse(_("The extension ends no later than the present term."))
    if succession := row.township.successions.filter(effective_on__lt=paper.valid_to).first():
        sentence = _("This township has given way to another: %(succession)s.")
        return refuse(sentence % {"succession": succession})
    if townships_taken(row.transfer, [row.township], row.valid_to, paper.valid_to, prepared=False):
        return [said_of(row, Finding(rule_called("R4a")))]
    return []


def _facts_of_rows(
    transfer: Transfer, rows, valid_from: date, held: Held
) -> list[tuple[TransferTownship, Facts]]:
    """Each row with what the law is asked with on putting it in force."""
    townships = [row.township for row in rows]
    facts = facts_of(transfer, townships=townships, on=valid_from)
    taken = held.townships(transfer.power, valid_from, transfer.instrument.valid_to)
    return [
        (
            row,
            facts_of_receipt(row, facts, overlap=Overlap.SAME if row.township_id in taken else Overlap.NONE),
        )
        for row in rows
    ]


def _errors_of_days(transfer: Transfer, rows, valid_from: date) -> list[ValidationError]:
    errors = []
    first = transfer.instrument.valid_from
    if first and valid_from < first:
        sentence = _("The paper is valid from %(day)s only.") % {"day": first}
        errors.append(ValidationError(f"{transfer}: {sentence}"))
    for row in rows:
        try:
            _check_stands(row, valid_from)
        except ValidationError as problem:
            errors.append(ValidationError(f"{transfer}: {problem.messages[0]}"))
    return errors


def _check_stands(row: TransferTownship, first: date) -> None:
    """A township that has given way receives nothing more, and one that follows nothing before its day."""
    if row.follows and first < row.follows.effective_on:
        raise ValidationError(
            _("%(township)s follows from %(day)s only.")
            % {"township": row.township, "day": row.follows.effective_on}
        )
    for succession in row.township.successions.all():
        if succession.effective_on <= first:
            raise ValidationError(
                _("This township has given way to another: %(succession)s.") % {"succession": succession}
            )


def _check_confirms(paper: Instrument, county: County, valid_from: date) -> None:
    if paper.kind == InstrumentKind.WITHDRAWAL or paper.county_id != county.pk:
        raise ValidationError({"confirmation": _("This paper cannot confirm powers of the county.")})
    if not (paper.number and paper.published_on):
        raise ValidationError(
            {"confirmation": _("A paper that confirms powers has a number and a day of publication.")}
        )
    first = paper.valid_from or paper.published_on
    if valid_from < first:
        raise ValidationError({"valid_from": _("The paper is valid from %(day)s only.") % {"day": first}})
    if paper.valid_to and paper.valid_to <= valid_from:
        raise ValidationError({"confirmation": _("The paper is no longer valid on this day.")})


def _not_following(row: TransferTownship) -> ValidationError:
    sentence = _("One paper for all confirms only what follows a reorganisation.")
    return ValidationError(f"{row}: {sentence}")


def _put_in_force(
    rows: list[TransferTownship],
    held: Held,
    *,
    by: User,
    valid_from: date,
    found_in: str = "",
    confirmation: Instrument | None = None,
) -> None:
    """Rows of one transfer begin on a day; in one statement for each last day, because they say the same."""
    values = {
        "state": TransferState.IN_FORCE,
        "valid_from": valid_from,
        "put_in_force_at": timezone.now(),
        "put_in_force_by": by,
        "is_as_found": bool(found_in),
        "found_in": found_in,
        "confirmation": confirmation,
    }
    by_end = defaultdict(list)
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
        row.valid_to = _end_of(row, confirmation)
        row.clean()
        held.add(row)
        by_end[row.valid_to].append(row.pk)
    for valid_to, keys in by_end.items():
        TransferTownship.objects.filter(pk__in=keys).update(**values, valid_to=valid_to)


def _end_of(row: TransferTownship, confirmation: Instrument | None) -> date | None:
    """The day on which the first of these is over: the paper, what confirms it, and the township itself."""
    ends = [row.transfer.instrument.valid_to, confirmation and confirmation.valid_to]
    ends += [succession.effective_on for succession in row.township.successions.all()]
    return min((end for end in ends if end), default=None)


def _loaded(transfers: Iterable[Transfer]) -> list[Transfer]:
    """The transfers as they are stored now, held with powers and papers, with all that is asked of them."""
    keys = [transfer.pk for transfer in transfers]
    lock_powers(Power.objects.filter(transfers__in=keys))
    return list(
        Transfer.objects.select_for_update(of=("self", "instrument"))
        .filter(pk__in=keys)
        .select_related(
            "power__county", "power__department", "instrument", "provincial_decision", "questions"
        )
        .prefetch_related("power__bases__law")
        .order_by("pk")
    )


def _prepared_rows(
    transfers: Iterable[Transfer], townships: Iterable[Township] | None
) -> dict[int, list[TransferTownship]]:
    """What is prepared of each transfer, by its key, in these townships or in all."""
    transfers = {transfer.pk: transfer for transfer in transfers}
    rows = TransferTownship.objects.prepared().filter(transfer__in=transfers)
    if townships is not None:
        rows = rows.filter(township__in=list(townships))
    found = {key: [] for key in transfers}
    rows = rows.select_related("township", "assessment", "office", "follows")
    for row in rows.prefetch_related("township__successions").order_by("pk"):
        row.transfer = transfers[row.transfer_id]
        row.power = row.transfer.power
        found[row.transfer_id].append(row)
    return found


def _county_of(transfers: list[Transfer]) -> County:
    counties = {transfer.power.county for transfer in transfers}
    if len(counties) != 1:
        raise ValidationError(_("Choose transfers of one county."))
    return counties.pop()


def _record(action: str, transfer: Transfer, rows, *, by: User | None, **details) -> None:
    codes = sorted(row.township.code for row in rows)
    record(action, transfer, by=by, county=transfer.power.county, townships=codes, **details)
