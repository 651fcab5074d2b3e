"""What has happened to a power, day by day; what is only prepared has not happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Event

from .choices import Mode, TransferState, WithdrawalReason
from .models import Evaluation, Instrument, Power, TransferTownship


class Kind(models.TextChoices):
    """What can happen to a power in townships."""

    HANDED_DOWN = "handed_down", _("Handed down")
    FOUND = "found", _("Taken over as found")
    EXTENDED = "extended", _("Term extended")
    EVALUATED = "evaluated", _("Evaluated")
    EXPIRED = "expired", _("Term over")
    WITHDRAWN = "withdrawn", _("Taken back")


@dataclass
class Happening:
    """One thing that happened on one day, in all townships that share it."""

    day: date
    kind: Kind
    mode: Mode | None = None
    paper: Instrument | None = None
    document: str = ""
    last_day: date | None = None
    reason: WithdrawalReason | None = None
    department: Department | None = None
    note: str = ""
    evaluation: Evaluation | None = None
    ends_exercise: bool = False
    townships: list[str] = field(default_factory=list)

    @property
    def day_before(self) -> date:
        """The last day on which things were as before."""
        return self.day - date.resolution

    @property
    def what(self) -> tuple:
        """What makes two townships share a happening."""
        paper, department = getattr(self.paper, "pk", None), getattr(self.department, "pk", None)
        said = (self.document, self.last_day, self.reason, self.note, self.ends_exercise)
        return self.day, self.kind, self.mode, paper, department, said


def timeline(
    power: Power, rows: Iterable[TransferTownship], evaluations: Iterable[Evaluation]
) -> list[Happening]:
    """The power's days in order; `rows` are those ever put in force."""
    happenings = {}
    for row in rows:
        for happening in _of_row(row):
            first = happenings.setdefault(happening.what, happening)
            first.townships.append(row.township.name)
    found = [*happenings.values(), *map(_of_evaluation, evaluations), *_extensions(power, rows)]
    order = list(Kind)
    return sorted(found, key=lambda each: (each.day, order.index(each.kind)))


def taken_back(happenings: Iterable[Happening], on: date) -> list[Happening]:
    """What has ended by the day: taken back, or past its term."""
    ends = (Kind.EXPIRED, Kind.WITHDRAWN)
    return [each for each in happenings if each.kind in ends and each.day <= on]


def _of_row(row: TransferTownship) -> Iterator[Happening]:
    mode = Mode(row.mode)
    was_exercised = row.valid_to is None or row.valid_to > row.valid_from
    if was_exercised and row.is_as_found:
        yield Happening(row.valid_from, Kind.FOUND, mode, row.transfer.instrument, document=row.found_in)
    elif was_exercised:
        yield Happening(row.valid_from, Kind.HANDED_DOWN, mode, row.transfer.instrument)
    is_withdrawn = row.state == TransferState.WITHDRAWN
    if was_exercised and row.valid_to and not (is_withdrawn and row.valid_to == row.withdrawn_on):
        paper = row.term_instrument or row.transfer.instrument
        department = row.power.department
        yield Happening(row.valid_to, Kind.EXPIRED, mode, paper, department=department, ends_exercise=True)
    if is_withdrawn:
        yield Happening(
            row.withdrawn_on,
            Kind.WITHDRAWN,
            mode,
            row.withdrawal,
            reason=WithdrawalReason(row.withdrawal_reason),
            department=row.taken_over_by,
            note=row.withdrawal_note,
            # What was taken back before its first day, or after its term, ended nothing.
            ends_exercise=was_exercised and row.valid_to == row.withdrawn_on,
        )


def _of_evaluation(evaluation: Evaluation) -> Happening:
    names = [evaluation.township.name] if evaluation.township_id else []
    return Happening(evaluation.evaluated_on, Kind.EVALUATED, evaluation=evaluation, townships=names)


def _extensions(power: Power, rows: Iterable[TransferTownship]) -> Iterator[Happening]:
    """Every extension; a row knows only its last one, the record of events knows them all."""
    extended = {row.transfer_id for row in rows if row.term_instrument_id}
    if not extended:
        return
    events = Event.objects.filter(
        action="extend", subject_type="devolution.transfer", subject_id__in=extended
    )
    events = list(events.order_by("pk"))
    numbers = {event.details["number"] for event in events}
    papers = {
        paper.number: paper
        for paper in Instrument.objects.filter(
            county=power.county_id, number__in=numbers, valid_from__isnull=False
        )
    }
    names = {row.township.code: row.township.name for row in rows}
    for event in events:
        paper = papers.get(event.details["number"])
        valid_to = parse_date(event.details["valid_to"])
        yield Happening(
            paper.valid_from if paper else timezone.localdate(event.at),
            Kind.EXTENDED,
            paper=paper,
            last_day=valid_to - date.resolution,
            townships=[names[code] for code in event.details["townships"] if code in names],
        )
