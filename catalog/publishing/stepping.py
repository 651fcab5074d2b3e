"""The steps on the road of an edition: recorded, struck again, and asked for before announcing."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ..choices import STEPS_BEFORE_ANNOUNCING, EditionState, StepKind
from ..models import Edition, EditionStep, Procedure
from .holding import locked, note_act


@transaction.atomic
def record_step(
    *, edition: Edition, by: User, kind: StepKind, done_on: date, number: str = "", note: str = ""
) -> EditionStep:
    """Put a step on record. A decision freezes the draft: what was decided is what will be announced."""
    edition = locked(edition)
    if not edition.is_open:
        raise ValidationError(_("Steps are recorded while the edition is on its road to the announcement."))
    if kind not in STEPS_BEFORE_ANNOUNCING:
        raise ValidationError({"kind": _("This step records itself when it happens.")})
    if done_on > timezone.localdate():
        raise ValidationError(
            {"done_on": _("A step is recorded once it is done; this day is still to come.")}
        )
    if kind == StepKind.DECISION:
        _freeze(edition)
    step = note_step(edition, kind, by=by, done_on=done_on, number=number, note=note)
    note_act("step", edition, by=by, step=kind, done_on=done_on, number=number)
    return step


@transaction.atomic
def strike_step(*, step: EditionStep, by: User, reason: str) -> None:
    """Take a step off the record of a draft; taking back its decision makes the draft editable again."""
    edition = locked(step.edition)
    if not edition.is_open:
        raise ValidationError(_("The steps of an announced edition stay on record."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this step is struck.")})
    if step.kind == StepKind.DECISION:
        edition.state = EditionState.DRAFT
        edition.save()
    note_act("step_struck", edition, by=by, step=step.kind, done_on=step.done_on, reason=reason)
    step.delete()


def missing_steps(edition: Edition) -> list[StepKind]:
    """What the county asks of a change and this edition has not on record, in the order of the road."""
    recorded = set(edition.steps.values_list("kind", flat=True))
    return [kind for kind in Procedure.of(edition.list.county).obligatory if kind not in recorded]


def note_step(edition: Edition, kind: StepKind, *, by: User | None, done_on: date, **said) -> EditionStep:
    """Store a step inside the act that it records."""
    step = EditionStep(edition=edition, kind=kind, by=by, done_on=done_on, **said)
    step.full_clean()
    step.save()
    return step


def _freeze(edition: Edition) -> None:
    if edition.state == EditionState.OPEN_FOR_COMMENT:
        raise ValidationError({"kind": _("The draft is still open for comment; close the period first.")})
    if not edition.entries.exists():
        raise ValidationError({"kind": _("The edition has no entries yet.")})
    edition.state = EditionState.DECIDED
    edition.save()
