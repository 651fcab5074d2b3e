"""Reorganisations put on record and carried out: the only writer of successions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..following import institutions_changed
from ..journal import record
from ..models import County, DepartmentSuccession, Reorganisation, Township, TownshipSuccession, User
from .planning import Difference, Plan, plan_of


def _nothing_differs(plan: Plan) -> list[Difference]:
    return []


def _nothing_to_carry_out(plan: Plan, *, by: User | None) -> None:
    pass


@dataclass(frozen=True)
class Mover:
    """What an app keeps for townships or departments, and how it follows a reorganisation.

    `move` writes what is dated, when the reorganisation is recorded, and says how many rows have followed.
    `carry_out` changes what is edited in place, once the day has come. Both find the answers in the plan.
    """

    label: str
    move: Callable[..., int]
    differences: Callable[[Plan], list[Difference]] = _nothing_differs
    carry_out: Callable[..., None] = _nothing_to_carry_out


movers: list[Mover] = []


def differences_of(plan: Plan) -> list[Difference]:
    """Everything in which the parts differ, app by app; `ValidationError` where the plan cannot be."""
    plan.check()
    return [difference for mover in movers for difference in mover.differences(plan)]


@transaction.atomic
def record_reorganisation(
    *, plan: Plan, answers: Mapping[str, str], by: User | None, today: date
) -> dict[str, int]:
    """Store a reorganisation with all that follows from it, or nothing; counts of what has moved, by label.

    Every difference with options has its answer. What is edited in place follows on `today` if the day has
    come, else `carry_out_due` does it.
    """
    # Two clerks of one county wait for each other, and the second finds what the first has recorded.
    County.objects.select_for_update().get(pk=plan.county.pk)
    _check_answered(differences_of(plan), answers)
    reorganisation = plan.reorganisation
    reorganisation.answers, reorganisation.recorded_by = dict(answers), by
    if reorganisation.new_name:
        body = plan.predecessors[0]
        reorganisation.former_name = body.name
        setattr(reorganisation, "township" if plan.is_of_townships else "department", body)
    reorganisation.full_clean()
    reorganisation.save()
    for succession in _successions(plan):
        succession.full_clean()
        succession.save()
    moved = {str(mover.label): mover.move(plan, by=by) for mover in movers}
    record("reorganise", reorganisation, by=by, county=plan.county, bodies=_told(plan), moved=moved)
    if reorganisation.effective_on <= today:
        _carry_out(plan, by=by, on=today)
    institutions_changed(plan.county)
    return moved


@transaction.atomic
def carry_out_due(*, county: County, on: date, by: User | None) -> list[Reorganisation]:
    """Change what is edited in place for every reorganisation of the county whose day has come."""
    due = list(
        Reorganisation.objects.select_for_update(of=("self",))
        .filter(county=county)
        .due(on)
        .order_by("effective_on", "pk")
    )
    for reorganisation in due:
        _carry_out(stored_plan(reorganisation), by=by, on=on)
    if due:
        institutions_changed(county)
    return due


@transaction.atomic
def move_along(*, succession: TownshipSuccession, by: User | None) -> dict[str, int]:
    """Let every app end or move what it keeps; refused where the parts differ, for a sheet cannot be asked."""
    plan = plan_of(succession)
    asked = [each for mover in movers for each in mover.differences(plan) if each.options]
    if asked:
        raise ValidationError(
            _("They differ in %(subject)s, among others; record this as a reorganisation, which asks.")
            % {"subject": asked[0].subject}
        )
    moved = {str(mover.label): mover.move(plan, by=by) for mover in movers}
    record("succession", succession, by=by, county=plan.county, moved=moved)
    return moved


def stored_plan(reorganisation: Reorganisation) -> Plan:
    """The plan of a recorded reorganisation."""
    renamed = reorganisation.township or reorganisation.department
    if renamed:
        return Plan(reorganisation, [renamed])
    pairs = list(reorganisation.township_successions.select_related("predecessor", "successor")) or list(
        reorganisation.department_successions.select_related("predecessor", "successor")
    )
    return Plan(
        reorganisation,
        list(dict.fromkeys(pair.predecessor for pair in pairs)),
        list(dict.fromkeys(pair.successor for pair in pairs)),
    )


def _check_answered(differences: list[Difference], answers: Mapping[str, str]) -> None:
    for difference in differences:
        allowed = {option.value for option in difference.options}
        if allowed and answers.get(difference.key) not in allowed:
            raise ValidationError(
                _("%(group)s, %(subject)s: choose what is to hold.")
                % {"group": difference.group, "subject": difference.subject}
            )


def _successions(plan: Plan):
    """A row for each that gives way and each that follows it."""
    for old in plan.predecessors:
        for new in plan.successors:
            pair = {"predecessor": old, "successor": new, "reorganisation": plan.reorganisation}
            if isinstance(old, Township):
                number = plan.reorganisation.document_number
                yield TownshipSuccession(**pair, effective_on=plan.on, document_number=number)
            else:
                yield DepartmentSuccession(**pair)


def _carry_out(plan: Plan, *, by: User | None, on: date) -> None:
    for mover in movers:
        mover.carry_out(plan, by=by)
    plan.reorganisation.carried_out_on = on
    plan.reorganisation.save(update_fields=["carried_out_on"])
    record("carry_out", plan.reorganisation, by=by, county=plan.county, bodies=_told(plan))


def _told(plan: Plan) -> str:
    old = "、".join(body.name for body in plan.predecessors)
    new = "、".join(body.name for body in plan.successors) or plan.reorganisation.new_name
    return f"{old} → {new}"
