"""How townships exercise a power on a day: by which paper, in whose name, and who answers for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .choices import Mode
from .factfinding import receiver_of, remedies_of
from .models import Transfer, TransferTownship
from .rules import Body, Remedies, Rule, rule_called


@dataclass(frozen=True)
class Way:
    """One transfer in the townships for which the law answers alike."""

    transfer: Transfer
    remedies: Remedies
    rows: list[TransferTownship]

    @property
    def mode(self) -> Mode:
        return Mode(self.transfer.mode)

    @property
    def is_in_townships_name(self) -> bool:
        return self.remedies.name == Body.TOWNSHIP

    @property
    def is_answered_by_township(self) -> bool:
        return self.remedies.defendant == Body.TOWNSHIP

    @property
    def doubt(self) -> Rule | None:
        """What the law says to a delegation that a court takes for an entrustment (R6)."""
        in_effect = self.mode == Mode.DELEGATED and not self.is_answered_by_township
        return rule_called("R6") if in_effect else None

    @property
    def articles(self) -> str:
        """What the answers rest on."""
        return "、".join(str(article) for article in self.remedies.articles)


def ways_of(rows: Iterable[TransferTownship], on: date) -> list[Way]:
    """The rows by transfer, and apart where a statute names towns but not subdistricts (R8)."""
    ways = {}
    for row in rows:
        key = row.transfer_id, receiver_of(row.township)
        if key not in ways:
            ways[key] = Way(row.transfer, remedies_of(row.transfer, on, receiver=key[1]), [])
        ways[key].rows.append(row)
    return _joined(ways.values())


def _joined(ways: Iterable[Way]) -> list[Way]:
    """Ways of one transfer that are answered alike are one."""
    joined = {}
    for way in ways:
        first = joined.setdefault((way.transfer.pk, way.remedies.defendant), way)
        if first is not way:
            first.rows.extend(way.rows)
    return list(joined.values())
