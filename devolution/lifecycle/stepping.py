"""The steps on the road of a paper: recorded, struck again, and asked for before powers move by it."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.journal import record
from accounts.models import User
from catalog.choices import StepKind

from ..choices import InstrumentKind
from ..models import Instrument, InstrumentProcedure, InstrumentStep, TransferTownship
from ..models.instrumentstep import STEPS_OF_ACTS
from .people import check_keeps


@transaction.atomic
def record_step(
    *,
    instrument: Instrument,
    by: User,
    kind: StepKind,
    done_on: date,
    today: date,
    number: str = "",
    note: str = "",
) -> InstrumentStep:
    """Put a step of a paper on record, on its day or later."""
    check_keeps(by, instrument.county)
    if kind not in STEPS_OF_ACTS:
        raise ValidationError({"kind": _("This is no step of a paper by which powers move.")})
    if done_on > today:
        raise ValidationError(
            {"done_on": _("A step is recorded once it is done; this day is still to come.")}
        )
    step = InstrumentStep(instrument=instrument, kind=kind, by=by, done_on=done_on, number=number, note=note)
    step.full_clean()
    step.save()
    record("step", instrument, by=by, county=instrument.county, step=kind, done_on=done_on, number=number)
    return step


@transaction.atomic
def strike_step(*, step: InstrumentStep, by: User, reason: str) -> None:
    """Take a step off the record, until powers have moved by the paper."""
    paper = Instrument.objects.select_for_update().get(pk=step.instrument_id)
    check_keeps(by, paper.county)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this step is struck.")})
    if TransferTownship.objects.moved_by(paper).exists():
        raise ValidationError(_("Powers have moved by this paper; its steps stay on record."))
    told = {"step": step.kind, "done_on": step.done_on, "reason": reason}
    record("step_struck", paper, by=by, county=paper.county, **told)
    step.delete()


def missing_steps(paper: Instrument) -> list[StepKind]:
    """What the county asks of its papers and this one has not on record; nothing of what the province decides."""
    if paper.kind == InstrumentKind.PROVINCIAL_DECISION:
        return []
    recorded = set(paper.steps.values_list("kind", flat=True))
    return [kind for kind in InstrumentProcedure.of(paper.county).obligatory if kind not in recorded]


def check_steps(papers: Iterable[Instrument]) -> None:
    """Refuse to move powers by a paper that has not gone the county's road."""
    errors = []
    for paper in papers:
        if missing := missing_steps(paper):
            steps = "、".join(str(kind.label) for kind in missing)
            errors.append(
                ValidationError(
                    _("%(paper)s: the county asks for these steps, which are not on record yet: %(steps)s.")
                    % {"paper": paper, "steps": steps}
                )
            )
    if errors:
        raise ValidationError(errors)
