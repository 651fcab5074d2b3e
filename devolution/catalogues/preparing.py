"""A confirmed catalogue becomes powers, papers and prepared transfers, and their papers follow its announcement."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from accounts.models import User
from catalog.models import Edition, Entry

from .. import lifecycle
from ..choices import Mode
from ..factfinding import COMPANIONS
from ..models import Instrument, Transfer, TransferTownship
from .made import Made
from .proposals import MODE_OF_KIND, Proposal, Register, power_key

RECORD = ("title", "document_number", "made_on", "published_on", "effective_on")


def transfers_of(edition: Edition) -> QuerySet[Transfer]:
    """The transfers that a catalogue's entries speak of, by whichever edition of its list they were made."""
    items = edition.entries.exclude(item=None).values("item")
    mode = MODE_OF_KIND[edition.list.kind]
    return Transfer.objects.filter(entry__edition__list=edition.list_id, entry__item__in=items, mode=mode)


@transaction.atomic
def prepare_edition(*, edition: Edition, by: User | None) -> None:
    """Keep every entry of a draft as a prepared transfer; what is on record already stays as it is."""
    register = register_for(edition)
    made, answers = Made(), _Answers(edition)
    entries = _entries(edition)
    # What goes down along with a penalty finds the penalty prepared.
    _prepare([entry for entry in entries if entry.power_type not in COMPANIONS], register, answers, made, by)
    _prepare([entry for entry in entries if entry.power_type in COMPANIONS], register, answers, made, by)
    complete_papers(register, by, exercised=False)
    made.note(edition, by=by)


def _prepare(
    entries: Iterable[Entry], register: Register, answers: "_Answers", made: Made, by: User | None
) -> None:
    """New powers in one go; then, one by one, the rows that speak of a power on record."""
    new: dict[tuple, Proposal] = {}
    others = []
    for entry in entries:
        proposal = _propose(entry, register)
        if proposal.power.pk or power_key(proposal.power) in new:
            others.append(entry)
        elif proposal.is_of_a_power:
            new[power_key(proposal.power)] = proposal
    _keep_new(list(new.values()), register, answers, made, by)
    for entry in others:
        proposal = _propose(entry, register)
        if proposal.is_of_a_power:
            keep(proposal, register, answers.to(entry), made, by)


def _entries(edition: Edition) -> list[Entry]:
    entries = list(
        edition.entries.select_related("department", "category")
        .prefetch_related("bases__law")
        .order_by("position")
    )
    for entry in entries:
        # One edition for them all: it carries the report of the whole import.
        entry.edition = edition
    return entries


def _propose(entry: Entry, register: Register) -> Proposal:
    return register.propose(entry, entry.bases.all(), record_of(entry.edition))


@transaction.atomic
def follow_announcement(*, edition: Edition, by: User) -> None:
    """Fill in what the papers of a catalogue lacked until it was announced.

    Where the catalogue is the paper and nothing is in force by it yet, the paper says what is announced,
    whatever the draft said before.
    """
    _complete_exercised(edition, by)
    is_the_paper = MODE_OF_KIND[edition.list.kind] != Mode.ENTRUSTED
    its_own = Made.by(edition).instruments if is_the_paper else ()
    for paper in Instrument.objects.filter(transfers__in=transfers_of(edition)).distinct():
        fields = {"published_on": edition.published_on}
        if is_the_paper:
            fields |= {"made_on": edition.made_on, "valid_from": edition.effective_on}
            if not _is_numbered(edition):
                fields["number"] = edition.document_number
        rows = TransferTownship.objects.filter(transfer__instrument=paper).put_in_force()
        is_free = paper.pk in its_own and not rows.exists()
        new = {
            name: value
            for name, value in fields.items()
            if value and value != getattr(paper, name) and (is_free or not getattr(paper, name))
        }
        for name, value in new.items():
            setattr(paper, name, value)
        if new:
            lifecycle.record_instrument(instrument=paper, by=by)


def _complete_exercised(edition: Edition, by: User) -> None:
    """What is in force gains the citations and the days of its paper that the catalogue adds."""
    register = register_for(edition)
    for entry in _entries(edition):
        proposal = _propose(entry, register)
        if proposal.bases and register.is_exercised(proposal.power):
            _record_power(proposal, Made(), by)
    complete_papers(register, by, exercised=True)


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


def register_for(edition: Edition) -> Register:
    """The county's register in the catalogue's mode, as of the day on which the draft was begun."""
    begun_on = timezone.localdate(edition.created_at)
    return Register(edition.list.county, MODE_OF_KIND[edition.list.kind], begun_on)


def record_of(edition: Edition) -> dict[str, object]:
    """What is known of the edition as a paper: number, title and days."""
    return {name: getattr(edition, name) for name in RECORD if getattr(edition, name)}


def keep(
    proposal: Proposal, register: Register, notes: Mapping[str, str], made: Made, by: User | None
) -> None:
    """Store what the register lacks of one proposal, and note what was made.

    A power or a paper that is in force gains nothing from a draft: that waits for its announcement.
    """
    if not register.is_exercised(proposal.power):
        _record_power(proposal, made, by)
    transfer = proposal.transfer
    named = register.named(transfer)
    townships = [township for township in proposal.townships if township.pk not in named]
    if not townships:
        return
    if transfer.pk is None:
        _join(proposal, notes, made, by)
        lifecycle.prepare(transfer=transfer, townships=townships, by=by)
    else:
        lifecycle.add_townships(transfer=transfer, townships=townships, by=by)
    made.rows.setdefault(transfer.pk, set()).update(township.code for township in townships)
    register.keep([proposal])


def _keep_new(
    proposals: list[Proposal], register: Register, answers: "_Answers", made: Made, by: User | None
) -> None:
    """Store powers nobody has on record, and hand them to their townships on paper."""
    powers = [(proposal.power, proposal.bases) for proposal in proposals]
    lifecycle.record_new_powers(county=register.county, powers=powers, by=by)
    made.powers.update(power.pk for power, _bases in powers)
    prefetch_related_objects([power for power, _bases in powers], "bases__law")
    going = [proposal for proposal in proposals if proposal.townships]
    for proposal in going:
        _join(proposal, answers.to(proposal.entry), made, by)
    planned = [(proposal.transfer, proposal.townships) for proposal in going]
    lifecycle.prepare_many(county=register.county, transfers=planned, by=by)
    for transfer, townships in planned:
        made.rows[transfer.pk] = {township.code for township in townships}
    register.keep(proposals)


def _join(proposal: Proposal, notes: Mapping[str, str], made: Made, by: User | None) -> None:
    """Make one of the parts of a new transfer; a paper that nobody has on record is recorded."""
    if proposal.instrument.pk is None:
        lifecycle.record_instrument(instrument=proposal.instrument, by=by)
        made.instruments.add(proposal.instrument.pk)
    transfer = proposal.transfer
    transfer.power, transfer.instrument = proposal.power, proposal.instrument
    transfer.entry, transfer.notes = proposal.entry, dict(notes)


def complete_papers(register: Register, by: User | None, *, exercised: bool) -> None:
    """Store what rows have added to papers on record: to those by which powers are in force, or to the others."""
    for paper in register.completed.values():
        if register.is_exercised(paper) == exercised:
            lifecycle.record_instrument(instrument=paper, by=by)


def _record_power(proposal: Proposal, made: Made, by: User | None) -> None:
    power, is_new = proposal.power, proposal.power.pk is None
    if not (is_new or proposal.bases):
        return
    known = [] if is_new else list(power.bases.all())
    lifecycle.record_power(power=power, by=by, bases=[*known, *proposal.bases])
    power._prefetched_objects_cache = {}
    if is_new:
        made.powers.add(power.pk)


def _is_numbered(edition: Edition) -> bool:
    """Whether the county has a paper of this number already, which then is another one."""
    papers = Instrument.objects.filter(county=edition.list.county, number=edition.document_number)
    return papers.exists()
