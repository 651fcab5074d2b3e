"""What a reorganisation is to do: who gives way to whom from which day, and what was chosen where parts differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..choices import ReorganisationKind
from ..models import Department, DepartmentSuccession, Reorganisation, Township, TownshipSuccession

Body = Township | Department


@dataclass(frozen=True)
class Option:
    """One answer to a difference: `value` is the key of a part whose way it is, or a word of its own.

    `also` are the keys of further parts that do alike.
    """

    value: str
    label: str
    also: tuple[str, ...] = ()

    @property
    def meant_by(self) -> tuple[str, ...]:
        return (self.value, *self.also)


@dataclass(frozen=True)
class Difference:
    """One thing in which the parts differ. Without options there is nothing to choose, only to know."""

    key: str
    group: str
    subject: str
    options: tuple[Option, ...] = ()


def differing(key: str, group: str, subject: str, said: Iterable[tuple[str, Sequence[Body]]]) -> Difference:
    """A difference between parts: each way in words, with those whose way it is."""
    options = [
        Option(
            key_of(who[0]),
            f"{words}（{'、'.join(body.name for body in who)}）",
            tuple(key_of(body) for body in who[1:]),
        )
        for words, who in said
    ]
    return Difference(key, group, subject, tuple(options))


@dataclass
class Plan:
    """A reorganisation with the bodies it is about; `successors` are empty where a body only gets a new name."""

    reorganisation: Reorganisation
    predecessors: list[Body]
    successors: list[Body] = field(default_factory=list)

    @property
    def county(self):
        return self.reorganisation.county

    @property
    def on(self) -> date:
        return self.reorganisation.effective_on

    @property
    def answers(self) -> Mapping[str, str]:
        return self.reorganisation.answers

    @property
    def is_of_townships(self) -> bool:
        return isinstance(self.predecessors[0], Township)

    @property
    def successor(self) -> Body | None:
        """The one that follows; None where there are several, or only a new name."""
        return self.successors[0] if len(self.successors) == 1 else None

    @cached_property
    def each_successor(self) -> tuple[Option, ...]:
        """The choices where several follow and something can go to any of them."""
        return tuple(Option(key_of(body), body.name) for body in self.successors)

    def follower(self, key: str) -> Body | None:
        """Who follows with what was asked under the key: the only one, or the chosen one; None where nobody was."""
        answer = self.answers.get(key, "")
        return self.successor or next((body for body in self.successors if key_of(body) == answer), None)

    @cached_property
    def parties(self) -> list[Body]:
        """Whose ways are compared: those that end, and the one that follows where it has stood before."""
        return [*self.predecessors, *([self.successor] if self.successor and self.has_stood else [])]

    @cached_property
    def has_stood(self) -> bool:
        """Whether the one that follows has ways of its own, or is made for the day."""
        if self.successor is None or not self.is_of_townships:
            return self.successor is not None
        return self.successor.villages.exists() or self.successor.offices.exists()

    def check(self) -> None:
        """Refuse with a sentence what is no reorganisation; asks the database for what has given way before."""
        _check_shape(self)
        bodies = [*self.predecessors, *self.successors]
        if any(body.county_id != self.county.pk for body in bodies):
            raise ValidationError(_("Choose bodies of one county."))
        if both := set(self.predecessors) & set(self.successors):
            raise ValidationError(
                _("%(name)s stands on both sides. What goes on is named only as the one that follows.")
                % {"name": both.pop()}
            )
        gone = body_successions(self).filter(predecessor__in=bodies).select_related("predecessor")
        if first := gone.first():
            raise ValidationError(
                _("%(name)s has given way already: %(succession)s.")
                % {"name": first.predecessor, "succession": first}
            )


def body_successions(plan: Plan):
    """The table in which successions of such bodies stand."""
    model = TownshipSuccession if plan.is_of_townships else DepartmentSuccession
    return model.objects.all()


def key_of(body: Body) -> str:
    """How an answer names a body."""
    return body.code if isinstance(body, Township) else str(body.pk)


def plan_of(succession: TownshipSuccession) -> Plan:
    """One recorded succession by itself, as a sheet brings it."""
    given = {"effective_on": succession.effective_on, "document_number": succession.document_number}
    reorganisation = Reorganisation(
        county=succession.predecessor.county, kind=ReorganisationKind.MERGER, **given
    )
    return Plan(reorganisation, [succession.predecessor], [succession.successor])


def _check_shape(plan: Plan) -> None:
    kind, new_name = plan.reorganisation.kind, plan.reorganisation.new_name
    if kind == ReorganisationKind.MERGER and len(plan.successors) != 1:
        raise ValidationError({"successors": _("A merger leads to one that follows; choose it.")})
    if kind == ReorganisationKind.SPLIT and (len(plan.predecessors) != 1 or len(plan.successors) < 2):
        raise ValidationError(
            {"successors": _("A split divides one into two or more that follow; choose them.")}
        )
    if kind != ReorganisationKind.RENAMING:
        if new_name:
            raise ValidationError({"new_name": _("A new name is given by a renaming only.")})
        return
    if len(plan.predecessors) != 1 or bool(new_name) == (len(plan.successors) == 1):
        raise ValidationError(
            {
                "new_name": _(
                    "A renaming is of one body. Type its new name, or choose the one that follows "
                    "where it gets a new code."
                )
            }
        )
    if len(plan.successors) > 1:
        raise ValidationError({"successors": _("A renaming leads to one that follows.")})
    if new_name == plan.predecessors[0].name:
        raise ValidationError({"new_name": _("This is its name already.")})
