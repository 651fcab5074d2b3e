"""The law of handing powers down, as one table and one lookup. Knows no database."""

from .articles import Article
from .facts import CitedBasis, Facts, Level, Overlap, Paper, Stage
from .lookup import RULES, case_of, help_for, judge, only, rule_called, verdict_of
from .publication import PUBLISH_WITHIN, publication_due
from .remedies import Body, Remedies, ReviewOrgan, remedies
from .row import Finding, Rule, Verdict
from .withdrawal import WithdrawalFacts, judge_withdrawal

__all__ = [
    "PUBLISH_WITHIN",
    "RULES",
    "Article",
    "Body",
    "CitedBasis",
    "Facts",
    "Finding",
    "Level",
    "Overlap",
    "Paper",
    "Remedies",
    "ReviewOrgan",
    "Rule",
    "Stage",
    "Verdict",
    "WithdrawalFacts",
    "case_of",
    "help_for",
    "judge",
    "judge_withdrawal",
    "only",
    "publication_due",
    "remedies",
    "rule_called",
    "verdict_of",
]
