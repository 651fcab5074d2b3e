"""How the law's findings become refusals that a person understands."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..rules import Facts, Finding, Verdict, judge, only


def check_not_refused(facts: Facts, subject: object) -> list[Finding]:
    """Refuse what no paper can make lawful; give back whatever else the law says."""
    findings = judge(facts)
    refused = only(findings, Verdict.REFUSED)
    if refused:
        raise ValidationError([said_of(subject, finding) for finding in refused])
    return findings


def missing_notes(findings: Iterable[Finding], notes: Mapping[str, str]) -> list[Finding]:
    """Warnings nobody has answered with a note."""
    return [
        finding
        for finding in findings
        if finding.verdict == Verdict.WARNING and not notes.get(finding.code, "").strip()
    ]


def hindrances(facts: Facts, notes: Mapping[str, str]) -> list[Finding]:
    """Everything that keeps a power from being put in force: refused, incomplete, or a warning without a note."""
    findings = judge(facts)
    graver = [finding for finding in findings if finding.verdict in (Verdict.REFUSED, Verdict.INCOMPLETE)]
    return graver + missing_notes(findings, notes)


def said_of(subject: object, finding: Finding) -> ValidationError:
    """The finding as an error about one power in one township; a warning asks for its note."""
    sentence = finding.message
    if finding.verdict == Verdict.WARNING:
        sentence = _("%(sentence)s Rule %(code)s wants a note.") % {
            "sentence": sentence,
            "code": finding.code,
        }
    return ValidationError(f"{subject}: {sentence}", code=finding.code)
