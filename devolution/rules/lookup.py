"""The lookup: one pure function from facts to findings, and the words a screen makes from rows."""

from .cases import CASES
from .facts import Facts
from .needs import NEEDS
from .remedies import R13
from .row import GRAVITY, Finding, Rule, Verdict
from .withdrawal import RULES as OF_WITHDRAWAL

RULES: dict[str, Rule] = {rule.code: rule for rule in (*CASES, *NEEDS, *OF_WITHDRAWAL, R13)}


def case_of(facts: Facts) -> Rule:
    """The one row of mode × type × condition that speaks of this case."""
    (rule,) = [rule for rule in CASES if rule.covers(facts)]
    return rule


def judge(facts: Facts) -> list[Finding]:
    """What the law says to a transfer, the gravest first; an empty list is a yes."""
    rules = [case_of(facts), *(rule for rule in NEEDS if rule.covers(facts))]
    findings = [Finding(rule) for rule in rules if rule.verdict != Verdict.OK]
    return sorted(findings, key=lambda finding: GRAVITY.index(finding.verdict))


def verdict_of(findings: list[Finding]) -> Verdict:
    """The gravest verdict among the findings."""
    return min((finding.verdict for finding in findings), key=GRAVITY.index, default=Verdict.OK)


def only(findings: list[Finding], verdict: Verdict) -> list[Finding]:
    """The findings of one verdict."""
    return [finding for finding in findings if finding.verdict == verdict]


def rule_called(code: str) -> Rule:
    """The row of this code; `KeyError` when there is none."""
    return RULES[code]


def help_for(field: str, mode: str) -> str:
    """What the rules tell a person who fills in this field, with the articles."""
    rows = [rule for rule in RULES.values() if rule.field == field and mode in rule.modes and rule.help_text]
    return " ".join(rule.help_message for rule in rows)
