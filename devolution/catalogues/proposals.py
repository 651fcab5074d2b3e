"""What a row of a catalogue proposes: a power, the paper that hands it down, and the townships that receive it.

The same for a row that is only read and for an entry that is stored, so that the law judges both alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from accounts.models import County, Township
from catalog.models import Entry
from catalog.models.entry import WORDS
from catalog.models.law import Citation
from catalog.reading.citations import title_key
from catalog.reading.values import read_day

from ..choices import InstrumentKind, Mode, TransferState
from ..lifecycle import propose_nature
from ..models import Instrument, Power, PowerBasis, Transfer, TransferTownship
from ..wording import authorities, name_key
from .receivers import Receivers, Townships

MODE_OF_KIND: dict[str, Mode] = {
    "delegated_powers": Mode.DELEGATED,
    "entrusted_powers": Mode.ENTRUSTED,
    "seconded_powers": Mode.SECONDED,
}
PAPER_OF_MODE: dict[Mode, InstrumentKind] = {
    Mode.DELEGATED: InstrumentKind.COUNTY_NOTICE,
    Mode.ENTRUSTED: InstrumentKind.ENTRUSTMENT,
    Mode.SECONDED: InstrumentKind.SECONDMENT_PLAN,
}
TERM = ("valid_from", "valid_to")
OF_THE_TERM = (*TERM, "is_open_ended", "term_text")
COMPLETED = ("number", "made_on", "published_on", *TERM)
ONE_DAY = timedelta(days=1)
CITED = ("text", "law", "law_title", "document_number", "article", "articles", "is_parsed")


@dataclass
class Proposal:
    """One row as the register would keep it; power, paper and transfer are stored ones where they are known.

    `standing` are townships in which the power is handed down in this mode already, by another paper.
    `differs` says that the row prints another term than the paper on record.
    """

    entry: Entry
    power: Power
    bases: list[PowerBasis]
    instrument: Instrument
    transfer: Transfer
    receivers: Receivers
    standing: list[Township] = field(default_factory=list)
    differs: bool = False

    @property
    def townships(self) -> list[Township]:
        """The townships to which this paper hands the power."""
        standing = {township.pk for township in self.standing}
        return [township for township in self.receivers.townships if township.pk not in standing]

    @property
    def is_of_a_power(self) -> bool:
        """Whether the row is a power at all: a department's, and not just the name of a posted unit."""
        unit = self.entry.details.get("seconded_unit", "")
        is_unit_alone = bool(unit) and unit == self.entry.name and not self.entry.power_type
        return self.power.department_id is not None and not is_unit_alone


class Register:
    """What a county has on record in one mode, loaded once for a whole catalogue read on a day."""

    def __init__(self, county: County, mode: Mode, on: date | None = None):
        self.county, self.mode = county, mode
        self.townships = Townships(county, on)
        powers = Power.objects.current().filter(county=county).exclude(department=None)
        self._powers = {power_key(power): power for power in powers.prefetch_related("bases__law")}
        self._papers: dict[tuple, Instrument] = {}
        # Papers on record to which rows have added what they lacked.
        self.completed: dict[int, Instrument] = {}
        for paper in Instrument.objects.filter(county=county, kind=PAPER_OF_MODE[mode]).order_by("-pk"):
            self._papers[_paper_key(paper)] = paper
        self._transfers: dict[tuple[int, int], Transfer] = {}
        transfers = Transfer.objects.filter(power__county=county, mode=mode)
        for transfer in transfers.select_related("provincial_decision"):
            self._transfers[transfer.power_id, transfer.instrument_id] = transfer
        rows = TransferTownship.objects.filter(power__county=county, mode=mode)
        self._rows: dict[int, list[TransferTownship]] = {}
        for row in rows.select_related("transfer__instrument"):
            self._rows.setdefault(row.power_id, []).append(row)
        exercised = TransferTownship.objects.put_in_force().filter(power__county=county)
        pairs = exercised.values_list("power", "transfer__instrument").distinct()
        self._exercised = {
            Power: {power for power, _paper in pairs},
            Instrument: {paper for _power, paper in pairs},
        }

    def propose(self, entry: Entry, citations: Iterable[Citation], record: Mapping[str, object]) -> Proposal:
        """What the row means; `record` is what is known of the edition: number, title and days."""
        power = self._power(entry)
        printed = paper_printed(entry, self.county, self.mode, record)
        instrument = self._known_paper(power, printed) or printed
        self._papers.setdefault(_paper_key(instrument), instrument)
        transfer = self._transfers.get((power.pk, instrument.pk))
        transfer = transfer or Transfer(mode=self.mode, **said_of_transfer(entry))
        transfer.power, transfer.instrument = power, instrument
        proposal = Proposal(
            entry,
            power,
            _missing_bases(power, citations),
            instrument,
            transfer,
            self.townships.named_in(entry.receiving_body),
        )
        proposal.standing = self._standing(proposal)
        if _complete(instrument, printed) and instrument.pk:
            self.completed[instrument.pk] = instrument
        proposal.differs = any(
            getattr(printed, name) and getattr(printed, name) != getattr(instrument, name) for name in TERM
        )
        return proposal

    def keep(self, proposals: Sequence[Proposal]) -> None:
        """Know what has been stored of these proposals when the next row is read."""
        for proposal in proposals:
            power, paper, transfer = proposal.power, proposal.instrument, proposal.transfer
            self._powers[power_key(power)] = power
            self._papers[_paper_key(paper)] = paper
            self._transfers[power.pk, paper.pk] = transfer
            others = self._rows.get(power.pk, [])
            self._rows[power.pk] = [row for row in others if row.transfer_id != transfer.pk]
        transfers = {proposal.transfer.pk for proposal in proposals}
        rows = TransferTownship.objects.filter(transfer__in=transfers)
        for row in rows.select_related("transfer__instrument"):
            self._rows[row.power_id].append(row)

    def named(self, transfer: Transfer) -> set[int]:
        """Townships that the transfer names or has named: what was taken back is not handed down by the same paper."""
        rows = self._rows.get(transfer.power.pk, []) if transfer.pk else []
        return {row.township_id for row in rows if row.transfer_id == transfer.pk}

    def is_exercised(self, thing: Power | Instrument) -> bool:
        """Whether the power has been in force, or anything by the paper; residents see it then."""
        return thing.pk in self._exercised[type(thing)]

    def _power(self, entry: Entry) -> Power:
        power = Power(county=self.county, **said_of_power(entry))
        power.name_key, power.main_name_key = name_key(power.name), name_key(power.main_name)
        return self._powers.get(power_key(power)) or propose_nature(power)

    def _known_paper(self, power: Power, printed: Instrument) -> Instrument | None:
        """The paper on record: of this number, or the one without a number that this sheet now gives it."""
        known = self._papers.get(_paper_key(printed))
        if known is not None or not printed.number:
            return known
        for row in self._rows.get(power.pk, []):
            paper = row.transfer.instrument
            if not paper.number and paper.department_id == printed.department_id:
                return paper
        return None

    def _standing(self, proposal: Proposal) -> list[Township]:
        paper, transfer = proposal.instrument, proposal.transfer
        held = {
            row.township_id
            for row in self._rows.get(proposal.power.pk, [])
            if row.state != TransferState.WITHDRAWN and row.transfer_id != transfer.pk and _meets(row, paper)
        }
        return [township for township in proposal.receivers.townships if township.pk in held]


def paper_printed(entry: Entry, county: County, mode: Mode, record: Mapping[str, object]) -> Instrument:
    """The paper as the row prints it; but for an entrustment it is the catalogue itself."""
    paper = Instrument(county=county, kind=PAPER_OF_MODE[mode], published_on=record.get("published_on"))
    if mode == Mode.ENTRUSTED:
        paper.department = entry.department
        paper.number = entry.details.get("entrustment_doc", "")[:100]
        _read_term(paper, entry)
    else:
        paper.number = str(record.get("document_number", ""))
        paper.title = str(record.get("title", ""))
        paper.made_on, paper.valid_from = record.get("made_on"), record.get("effective_on")
    paper.clean()
    return paper


def said_of_power(entry: Entry) -> dict[str, object]:
    """What a power takes from its entry, by field."""
    return {
        "department": entry.department,
        "main_name": entry.main_name,
        "name": entry.name,
        "power_type": entry.power_type,
        "category": entry.category,
        "responsibilities": entry.details.get("responsibilities", ""),
        "accountability": entry.details.get("accountability", ""),
    }


def said_of_transfer(entry: Entry) -> dict[str, object]:
    """What a transfer takes from its entry, by field."""
    scope = entry.details.get("authority_scope", "")
    return {
        "authority": scope[:300],
        "authorities": authorities(scope),
        "procedure": entry.details.get("procedure", ""),
        "department_responsibilities": entry.details.get("supervision", ""),
        "remark": entry.remark,
    }


def _read_term(paper: Instrument, entry: Entry) -> None:
    """The term of an entrustment; its last day is printed, the first day it no longer holds is kept."""
    details = entry.details
    printed = [details.get(name + WORDS) or details.get(name, "") for name in ("valid_from", "valid_to")]
    first, last = (read_day(text) for text in printed)
    paper.valid_from = first.day
    paper.valid_to = last.day + ONE_DAY if last.day else None
    if paper.valid_from and paper.valid_to and paper.valid_to <= paper.valid_from:
        # A typing error, such as the wrong year: no term is on record then, and the words are kept.
        paper.valid_to = None
    paper.is_open_ended = not paper.valid_to and (first.is_open_ended or last.is_open_ended)
    if not (paper.valid_from and paper.valid_to):
        paper.term_text = "、".join(dict.fromkeys(text for text in printed if text))[:200]


def _complete(known: Instrument, printed: Instrument) -> bool:
    """Fill in what a paper lacked and the sheet now says, if there is anything."""
    if known is printed:
        return False
    blank = [name for name in COMPLETED if getattr(printed, name) and not getattr(known, name)]
    if known.is_open_ended and "valid_to" in blank:
        known.is_open_ended = False
    for name in blank:
        setattr(known, name, getattr(printed, name))
    return bool(blank)


def _meets(row: TransferTownship, paper: Instrument) -> bool:
    """Whether the days of a row, or of its paper while it is prepared, meet those of another paper."""
    is_prepared = row.state == TransferState.PREPARED
    first = row.transfer.instrument.valid_from if is_prepared else row.valid_from
    end = row.transfer.instrument.valid_to if is_prepared else row.valid_to
    begins_in_time = paper.valid_to is None or first is None or first < paper.valid_to
    return begins_in_time and (end is None or paper.valid_from is None or end > paper.valid_from)


def _missing_bases(power: Power, citations: Iterable[Citation]) -> list[PowerBasis]:
    """What the row cites and the power does not yet."""
    known = {basis_key(basis) for basis in power.bases.all()} if power.pk else set()
    missing = []
    for citation in citations:
        if basis_key(citation) not in known:
            known.add(basis_key(citation))
            missing.append(PowerBasis(**{name: getattr(citation, name) for name in CITED}))
    return missing


def basis_key(citation: Citation) -> tuple:
    title = title_key(citation.law_title) or citation.document_number or citation.text
    return title, tuple(citation.articles)


def power_key(power: Power) -> tuple:
    """What makes two rows speak of one power."""
    return power.department_id, power.name_key, power.main_name_key


def _paper_key(paper: Instrument) -> tuple:
    """A paper is known by its number; one without is the same for one department, title and term."""
    if paper.number:
        return (paper.number,)
    return "", paper.department_id, paper.title, paper.valid_from, paper.valid_to, paper.term_text
