"""The law speaks at import: every row of a catalogue is judged, and what was found stands at its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from catalog.choices import PowerType
from catalog.importing.planning import bases_of, entry_of
from catalog.importing.taken import Intake, TakenRow
from catalog.models import Basis, Law
from catalog.reading.words import fold

from ..choices import Mode, Receiver
from ..factfinding import (
    COMPANIONS,
    accompanies_penalty,
    facts_for,
    receiver_of,
    similar_powers,
    townships_taken,
)
from ..models import TransferTownship
from ..rules import Facts, Finding, Overlap, Verdict, judge
from ..wording import name_key
from .proposals import MODE_OF_KIND, Proposal, Register

LEVELS = {Verdict.REFUSED: "error", Verdict.INCOMPLETE: "warning", Verdict.WARNING: "warning"}
# Where in the sheet a rule's field stands; what has no column is said at the name.
COLUMN_OF_FIELD = {
    "bases": "legal_basis",
    "power_type": "power_type",
    "department": "department",
    "instrument": "entrustment_doc",
    "made_on": "entrustment_doc",
    "published_on": "entrustment_doc",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "authority": "authority_scope",
    "townships": "receiving_body",
}
NAMES_SHOWN = 12


def check(intake: Intake, *, on: date | None) -> None:
    """Judge every row of a catalogue that could be read, as of the day."""
    mode = MODE_OF_KIND[intake.kind.code]
    register = Register(intake.county, mode, on)
    others = OtherModes(register)
    rows = [(taken, _proposal(taken, intake, register)) for taken in intake.rows if not taken.is_refused]
    penalties = {
        proposal.power.department_id
        for _taken, proposal in rows
        if proposal.power.power_type == PowerType.PENALTY
    }
    _refuse_named_twice(rows, intake)
    for taken, proposal in rows:
        _say_receivers(taken, proposal, intake, register)
        if mode != Mode.ENTRUSTED and not proposal.is_of_a_power:
            # The name of a posted unit alone is no power; a row nobody holds is a fault.
            if proposal.power.department_id is None:
                said = _("The row names no department, so no power is recorded from it.")
                _note(taken, intake, "no_department", "name", said)
            continue
        companion = mode == Mode.DELEGATED and proposal.power.department_id in penalties
        _say_findings(taken, proposal, intake, others, companion, on)


class OtherModes:
    """What is handed down in other modes: asked row by row only where a row could meet any of it."""

    def __init__(self, register: Register):
        rows = TransferTownship.objects.filter(power__county=register.county).exclude(mode=register.mode)
        found = rows.values_list("power__department", "power__name_key", "power__power_type").distinct()
        self._names = {(department, name) for department, name, _type in found}
        self._types = {(department, kind) for department, _name, kind in found}

    def overlap(self, proposal: Proposal) -> tuple[Overlap, list[str]]:
        """How the row meets other modes, and the townships or powers that are meant."""
        power, paper = proposal.power, proposal.instrument
        townships = proposal.townships
        if (power.department_id, name_key(power.name)) in self._names:
            period = (paper.valid_from, paper.valid_to)
            taken = townships_taken(proposal.transfer, townships, *period, prepared=True)
            if taken:
                return Overlap.SAME, [town.name for town in townships if town.pk in taken]
        if (power.department_id, power.power_type) in self._types:
            bases = [*(power.bases.all() if power.pk else ()), *proposal.bases]
            similar = similar_powers(power, townships, proposal.transfer.mode, bases=bases)
            if similar:
                return Overlap.SIMILAR, [f"{other.name} ({other.code})" for other in similar]
        return Overlap.NONE, []


def findings_of(
    proposal: Proposal, *, overlap: Overlap = Overlap.NONE, is_companion: bool = False, on: date | None = None
) -> list[Finding]:
    """What the law says to a proposal, once for each kind of receiver."""
    transfer, power = proposal.transfer, proposal.power
    if power.power_type in COMPANIONS and not is_companion:
        is_companion = accompanies_penalty(transfer, proposal.townships)
    facts = facts_for(
        mode=transfer.mode,
        power=power,
        bases=[*(power.bases.all() if power.pk else ()), *proposal.bases],
        instrument=proposal.instrument,
        provincial_decision=transfer.provincial_decision,
        on=on,
        has_authority=bool(transfer.authority or transfer.authorities),
        has_receivers=bool(proposal.receivers.townships),
        evaluation_due=transfer.evaluation_due,
        accompanies_penalty=is_companion,
        overlap=overlap,
    )
    found = {finding.code: finding for each in _for_each_receiver(facts, proposal) for finding in judge(each)}
    return list(found.values())


def _for_each_receiver(facts: Facts, proposal: Proposal) -> list[Facts]:
    receivers = {receiver_of(township) for township in proposal.receivers.townships}
    if proposal.receivers.has_committees:
        receivers.add(Receiver.VILLAGE)
    return [replace(facts, receiver=receiver) for receiver in receivers or {None}]


def _proposal(taken: TakenRow, intake: Intake, register: Register) -> Proposal:
    entry = entry_of(taken, intake.words)
    citations = bases_of(entry, taken.legal_bases, intake.words)
    _load_laws(citations)
    return register.propose(entry, citations, intake.record)


def _load_laws(citations: list[Basis]) -> None:
    laws = Law.objects.in_bulk({citation.law_id for citation in citations if citation.law_id})
    for citation in citations:
        citation.law = laws.get(citation.law_id)


def _refuse_named_twice(rows: Sequence[tuple[TakenRow, Proposal]], intake: Intake) -> None:
    """A power may have a row for each of its townships, and each township once."""
    told_apart_by = [name for name in intake.kind.resource.told_apart_by if name != "receiving_body"]
    first: dict[tuple, TakenRow] = {}
    for taken, proposal in rows:
        if not taken.values.get("name"):
            # What has no name is refused for that.
            continue
        key = tuple([fold(str(taken.shown(name))) for name in told_apart_by])
        met = {(*key, town.pk): town.name for town in proposal.receivers.townships}
        named = [place for place in met if place in first]
        if named:
            earlier = first[named[0]].row
            values = {
                "name": taken.values["name"],
                "townships": _listed([met[place] for place in named if first[place].row is earlier]),
                "other_sheet": earlier.sheet,
                "other_cell": earlier.address(
                    "receiving_body" if "receiving_body" in earlier.cells else "name"
                ),
            }
            intake.find(taken, "error", "named_twice", "receiving_body", **values)
        for place in met:
            first.setdefault(place, taken)


def _say_receivers(taken: TakenRow, proposal: Proposal, intake: Intake, register: Register) -> None:
    for name in proposal.receivers.unknown:
        said = register.townships.said_unknown(name)
        intake.find(taken, "error", "unknown_receiver", "receiving_body", sentence=said)
    if proposal.differs:
        sentence = _("The paper %(number)s is on record with another term; the term on record holds.")
        _note(taken, intake, "term_differs", "valid_to", sentence % {"number": proposal.instrument})
    if proposal.standing:
        sentence = _(
            "Handed down in this mode already, by another paper: %(townships)s. Nothing is added there."
        )
        names = _listed([township.name for township in proposal.standing])
        _note(taken, intake, "handed_down_already", "receiving_body", sentence % {"townships": names})


def _say_findings(taken, proposal, intake, others, companion, on) -> None:
    overlap, met = others.overlap(proposal)
    details = {"R4a": met, "R4b": met} | _titles(proposal, on)
    for finding in findings_of(proposal, overlap=overlap, is_companion=companion, on=on):
        sentence = finding.message
        if details.get(finding.code):
            sentence = f"{sentence} {_listed(details[finding.code])}"
        column = COLUMN_OF_FIELD.get(finding.rule.field, "name")
        verdict = finding.verdict.value
        intake.find(taken, LEVELS[finding.verdict], finding.code, column, verdict=verdict, sentence=sentence)


def _titles(proposal: Proposal, on: date | None) -> Mapping[str, list[str]]:
    """The laws that a row cites and nobody knows, or that are no longer in force."""
    unknown = [
        f"《{basis.law_title}》"
        for basis in proposal.bases
        if basis.law_title and not basis.law and not basis.document_number
    ]
    abolished = [
        f"《{basis.law.title}》"
        for basis in proposal.bases
        if basis.law and basis.law.abolished_on and (on is None or basis.law.abolished_on <= on)
    ]
    return {"R12a": unknown, "R12b": abolished}


def _note(taken: TakenRow, intake: Intake, code: str, column: str, sentence: str) -> None:
    intake.find(taken, "note", code, column, sentence=sentence)


def _listed(names: list[str]) -> str:
    shown = "、".join(names[:NAMES_SHOWN])
    return shown + "…" if len(names) > NAMES_SHOWN else shown
