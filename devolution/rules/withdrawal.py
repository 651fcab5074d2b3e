"""Taking back: what the act has to state (R5)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from .row import Finding, Rule, needs
from .vocabulary import HANDED_DOWN, POLICY, SECONDED

EVERY_MODE = HANDED_DOWN | SECONDED


@dataclass(frozen=True)
class WithdrawalFacts:
    """What is said of a withdrawal."""

    reason: str = ""
    document_number: str = ""
    on: date | None = None
    has_department: bool = False


R5 = (
    needs(
        "R5a",
        _("A withdrawal states its reason."),
        (POLICY,),
        EVERY_MODE,
        lambda facts: not facts.reason,
        field="reason",
    ),
    needs(
        "R5b",
        _("A withdrawal names its document."),
        (POLICY,),
        EVERY_MODE,
        lambda facts: not facts.document_number,
        field="instrument",
    ),
    needs(
        "R5c",
        _("A withdrawal names the day from which it takes effect."),
        (POLICY,),
        EVERY_MODE,
        lambda facts: facts.on is None,
        field="on",
    ),
    needs(
        "R5d",
        _("A withdrawal names the department that takes the power over."),
        (POLICY,),
        EVERY_MODE,
        lambda facts: not facts.has_department,
        field="department",
    ),
)


def judge_withdrawal(facts: WithdrawalFacts) -> list[Finding]:
    """What the withdrawal still has to state."""
    return [Finding(rule) for rule in R5 if rule.applies(facts)]


RULES: tuple[Rule, ...] = R5
