"""Day one: a whole catalogue is taken over as found, in one act, and what is missing becomes a to-do."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.choices import EditionState
from catalog.models import Edition

from .. import lifecycle
from ..factfinding import facts_of
from ..models import Transfer, TransferTownship
from ..rules import Finding, Verdict, judge, only, rule_called
from .posting import post_units_of
from .preparing import transfers_of


@dataclass
class Outcome:
    """What came of it: powers in townships now in force, those left prepared, and why; what is not on record.

    `units` are the seconded bodies that are on record now.
    """

    in_force: int = 0
    units: int = 0
    left: list[tuple[Finding, int]] = field(default_factory=list)
    missing: list[tuple[Finding, int]] = field(default_factory=list)


def waiting_in(edition: Edition):
    """The transfers of a catalogue that are still prepared in some township."""
    found = transfers_of(edition).filter(receipts__in=TransferTownship.objects.prepared()).distinct()
    return found.select_related(
        "power__county", "power__department", "instrument", "provincial_decision"
    ).prefetch_related("power__bases__law", "receipts__township")


def missing_in(transfers: Iterable[Transfer]) -> list[tuple[Finding, int]]:
    """What the law wants and is not on record: each rule with the number of powers it speaks of."""
    found: Counter[str] = Counter()
    for transfer in transfers:
        townships = [row.township for row in transfer.receipts.all()]
        findings = judge(facts_of(transfer, townships=townships))
        found.update(finding.code for finding in only(findings, Verdict.INCOMPLETE))
    return _counted(found)


@transaction.atomic
def take_over_catalogue(*, edition: Edition, by: User, since: date, document: str) -> Outcome:
    """Show a catalogue's powers in force as they were found, from the day or from their paper's first day on."""
    if edition.state == EditionState.UNCONFIRMED:
        raise ValidationError(_("An import is confirmed before its powers are taken over."))
    transfers = list(waiting_in(edition))
    units = post_units_of(edition, by=by)
    if not (transfers or units):
        raise ValidationError(_("Nothing of this catalogue is waiting to be taken over."))
    by_day: dict[date, list[Transfer]] = defaultdict(list)
    for transfer in transfers:
        first = transfer.instrument.valid_from
        by_day[max(since, first) if first else since].append(transfer)
    rows, left = 0, Counter()
    for day, found in sorted(by_day.items()):
        taken = lifecycle.take_over_as_found(transfers=found, by=by, since=day, document=document)
        rows += len(taken.rows)
        left.update(finding.code for _row, finding in taken.left)
    return Outcome(rows, units, _counted(left), missing_in(transfers))


def _counted(found: Counter[str]) -> list[tuple[Finding, int]]:
    return [(Finding(rule_called(code)), count) for code, count in sorted(found.items())]
