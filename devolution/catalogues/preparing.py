"""A confirmed catalogue becomes powers, papers and prepared transfers; a discarded one takes back what it made."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet

from accounts.choices import OfficeKind
from accounts.journal import record
from accounts.models import Event, Office, Township, User
from catalog.choices import EditionState
from catalog.models import Edition, Entry

from .. import lifecycle
from ..choices import Mode
from ..factfinding import COMPANIONS
from ..models import Instrument, Power, Transfer
from .proposals import MODE_OF_KIND, Proposal, Register

# The event that says what a catalogue has brought into the register.
PREPARED = "prepare_catalogue"
RECORD = ("title", "document_number", "made_on", "published_on", "effective_on")


def transfers_of(edition: Edition) -> QuerySet[Transfer]:
    """The transfers that a catalogue's entries speak of, by whichever edition of its list they were made."""
    items = edition.entries.exclude(item=None).values("item")
    mode = MODE_OF_KIND[edition.list.kind]
    return Transfer.objects.filter(entry__edition__list=edition.list_id, entry__item__in=items, mode=mode)


@transaction.atomic
def prepare_edition(*, edition: Edition, by: User | None) -> None:
    """Keep every entry of a draft as a prepared transfer; what is on record already stays as it is."""
    register = Register(edition.list.county, MODE_OF_KIND[edition.list.kind])
    known = {name: getattr(edition, name) for name in RECORD if getattr(edition, name)}
    made: dict[str, object] = {"powers": [], "instruments": [], "rows": {}}
    answers = _Answers(edition)
    entries = edition.entries.select_related("department", "category").prefetch_related("bases__law")
    # What goes down along with a penalty finds the penalty prepared.
    for entry in sorted(entries, key=lambda entry: (entry.power_type in COMPANIONS, entry.position)):
        proposal = register.propose(entry, entry.bases.all(), known)
        if proposal.is_of_a_power:
            _prepare(proposal, register, answers, made, by)
    record(PREPARED, edition, by=by, county=edition.list.county, **made)


@transaction.atomic
def follow_announcement(*, edition: Edition, by: User) -> None:
    """Fill in what the papers of a catalogue lacked until it was announced."""
    is_the_paper = MODE_OF_KIND[edition.list.kind] != Mode.ENTRUSTED
    for paper in Instrument.objects.filter(transfers__in=transfers_of(edition)).distinct():
        fields = {"published_on": edition.published_on}
        if is_the_paper:
            fields |= {"made_on": edition.made_on, "valid_from": edition.effective_on}
            if not _is_numbered(edition):
                fields["number"] = edition.document_number
        blank = {name: value for name, value in fields.items() if value and not getattr(paper, name)}
        for name, value in blank.items():
            setattr(paper, name, value)
        if blank:
            lifecycle.record_instrument(instrument=paper, by=by)


@transaction.atomic
def undo(*, edition: Edition, by: User | None) -> None:
    """Remove what only this draft has brought: prepared rows, and powers and papers that nothing else uses.

    What another edition of the list names as well passes to that edition.
    """
    for event in Event.objects.about(edition).filter(action=PREPARED):
        made = event.details
        passed = {}
        for key, codes in made["rows"].items():
            transfer = Transfer.objects.filter(pk=key).select_related("power", "entry").first()
            if transfer is None:
                continue
            other = _entry_elsewhere(transfer, edition)
            if other is not None:
                passed.setdefault(other.edition, {})[key] = codes
                Transfer.objects.filter(pk=key).update(entry=other)
            else:
                townships = Township.objects.filter(code__in=codes, county=transfer.power.county_id)
                lifecycle.discard(transfer=transfer, by=by, townships=townships)
        for other, rows in passed.items():
            kept = {"powers": made["powers"], "instruments": made["instruments"], "rows": rows}
            record(PREPARED, other, by=by, county=edition.list.county, **kept)
        _delete_unused(made)


class _Answers:
    """What the clerk has said to each rule that warned of an entry."""

    def __init__(self, edition: Edition):
        report = edition.report or {}
        self._notes: Mapping[str, str] = report.get("notes", {})
        self._codes = {
            (row["sheet"], row["row"]): {finding["code"] for finding in row.get("findings", [])}
            for row in report.get("rows", [])
        }

    def to(self, entry: Entry) -> dict[str, str]:
        codes = self._codes.get((entry.sheet, entry.row), set())
        return {code: text for code, text in self._notes.items() if code in codes}


def _prepare(proposal: Proposal, register: Register, answers: _Answers, made: dict, by: User | None) -> None:
    """Store what the register lacks of one proposal, and note what was made."""
    _record_power(proposal, made, by)
    transfer = proposal.transfer
    named = register.named(transfer)
    townships = [township for township in proposal.townships if township.pk not in named]
    if proposal.completed and proposal.instrument.pk:
        lifecycle.record_instrument(instrument=proposal.instrument, by=by)
    if not townships:
        return
    if proposal.instrument.pk is None:
        lifecycle.record_instrument(instrument=proposal.instrument, by=by)
        made["instruments"].append(proposal.instrument.pk)
    offices = _seconded_units(proposal, townships)
    if transfer.pk is None:
        transfer.power, transfer.instrument, transfer.entry = (
            proposal.power,
            proposal.instrument,
            proposal.entry,
        )
        transfer.notes = answers.to(proposal.entry)
        lifecycle.prepare(transfer=transfer, townships=townships, by=by, offices=offices)
    else:
        lifecycle.add_townships(transfer=transfer, townships=townships, by=by, offices=offices)
    rows = made["rows"].setdefault(str(transfer.pk), [])
    rows += [township.code for township in townships]
    register.keep(proposal)


def _record_power(proposal: Proposal, made: dict, by: User | None) -> None:
    power, is_new = proposal.power, proposal.power.pk is None
    if not (is_new or proposal.bases):
        return
    known = [] if is_new else list(power.bases.all())
    lifecycle.record_power(power=power, by=by, bases=[*known, *proposal.bases])
    power._prefetched_objects_cache = {}
    if is_new:
        made["powers"].append(power.pk)


def _seconded_units(proposal: Proposal, townships: Iterable[Township]) -> list[Office]:
    """The posted units on which a seconded power hangs, where the county has them on record."""
    unit = proposal.entry.details.get("seconded_unit", "")
    if proposal.transfer.mode != Mode.SECONDED or not unit:
        return []
    return list(
        Office.objects.filter(
            township__in=townships,
            name=unit,
            kind=OfficeKind.SECONDED,
            sending_department=proposal.power.department,
        )
    )


def _entry_elsewhere(transfer: Transfer, edition: Edition) -> Entry | None:
    """The entry of the same item in another edition of the list that has been confirmed."""
    if transfer.entry is None:
        return None
    entries = Entry.objects.filter(item=transfer.entry.item_id, edition__list=edition.list_id)
    others = entries.exclude(edition=edition).exclude(edition__state=EditionState.UNCONFIRMED)
    return others.select_related("edition").order_by("-edition").first()


def _delete_unused(made: Mapping[str, list[int]]) -> None:
    """Delete powers and papers on which nothing hangs; they have never been public."""
    powers = Power.objects.filter(
        pk__in=made["powers"], transfers=None, receipts=None, others=None, items=None
    )
    for power in powers:
        power.delete()
    papers = Instrument.objects.filter(pk__in=made["instruments"], transfers=None, delegations=None)
    for paper in papers.filter(extensions=None, withdrawals=None):
        paper.delete()


def _is_numbered(edition: Edition) -> bool:
    """Whether the county has a paper of this number already, which then is another one."""
    papers = Instrument.objects.filter(county=edition.list.county, number=edition.document_number)
    return papers.exists()
