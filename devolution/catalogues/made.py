"""What a catalogue has brought into the register, kept in the record of events so that it can be undone."""

from dataclasses import dataclass, field

from accounts.journal import record
from accounts.models import Event, User
from catalog.models import Edition, Item
from catalog.models.edition import HEAVY_OF_EDITION

from ..models import Instrument, Power, Transfer

PREPARED = "prepare_catalogue"


@dataclass
class Made:
    """Keys of powers and papers, and for each transfer the codes of the townships that were named to it."""

    powers: set[int] = field(default_factory=set)
    instruments: set[int] = field(default_factory=set)
    rows: dict[int, set[str]] = field(default_factory=dict)

    @classmethod
    def by(cls, edition: Edition) -> "Made":
        """All that the edition has brought so far."""
        made = cls()
        for event in Event.objects.about(edition).filter(action=PREPARED):
            made.powers.update(event.details["powers"])
            made.instruments.update(event.details["instruments"])
            for key, codes in event.details["rows"].items():
                made.rows.setdefault(int(key), set()).update(codes)
        return made

    def note(self, edition: Edition, *, by: User | None) -> None:
        """Leave it on record as brought by the edition."""
        record(
            PREPARED,
            edition,
            by=by,
            county=edition.list.county,
            powers=sorted(self.powers),
            instruments=sorted(self.instruments),
            rows={str(key): sorted(codes) for key, codes in self.rows.items()},
        )

    def transfers(self) -> list[Transfer]:
        """The transfers to which it has named townships."""
        found = Transfer.objects.filter(pk__in=self.rows).order_by("pk")
        found = found.defer(*(f"entry__{name}" for name in HEAVY_OF_EDITION))
        parts = ("power__department", "power__county", "instrument", "entry__edition__list__county")
        return list(found.select_related(*parts))

    def transfers_of(self, *items: Item) -> list[Transfer]:
        """Those that were made from these items of the catalogue."""
        wanted = {item.pk for item in items}
        return [each for each in self.transfers() if each.entry and each.entry.item_id in wanted]

    def delete_unused(self) -> None:
        """Delete powers and papers on which nothing hangs; they have never been public."""
        free = Power.objects.filter(transfers=None, receipts=None, others=None, items=None)
        for power in free.filter(pk__in=self.powers):
            power.delete()
        papers = Instrument.objects.filter(pk__in=self.instruments, transfers=None, delegations=None)
        for paper in papers.filter(extensions=None, withdrawals=None):
            paper.delete()
