"""A confirmed catalogue becomes powers, papers and prepared transfers, and their papers follow its announcement."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet

from accounts.choices import OfficeKind
from accounts.models import Office, Township, User
from catalog.models import Edition, Entry

from .. import lifecycle
from ..choices import Mode
from ..factfinding import COMPANIONS
from ..models import Instrument, Transfer, TransferTownship
from .made import Made
from .proposals import MODE_OF_KIND, Proposal, Register

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
    known = record_of(edition)
    made = Made()
    answers = _Answers(edition)
    entries = edition.entries.select_related("department", "category").prefetch_related("bases__law")
    # What goes down along with a penalty finds the penalty prepared.
    for entry in sorted(entries, key=lambda entry: (entry.power_type in COMPANIONS, entry.position)):
        proposal = register.propose(entry, entry.bases.all(), known)
        if proposal.is_of_a_power:
            keep(proposal, register, answers.to(entry), made, by)
    made.note(edition, by=by)


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
    register = Register(edition.list.county, MODE_OF_KIND[edition.list.kind])
    for entry in edition.entries.select_related("department", "category").prefetch_related("bases__law"):
        proposal = register.propose(entry, entry.bases.all(), record_of(edition))
        if proposal.bases and register.is_exercised(proposal.power):
            _record_power(proposal, Made(), by)
        if proposal.completed and register.is_exercised(proposal.instrument):
            lifecycle.record_instrument(instrument=proposal.instrument, by=by)


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
    if proposal.completed and proposal.instrument.pk and not register.is_exercised(proposal.instrument):
        lifecycle.record_instrument(instrument=proposal.instrument, by=by)
    if not townships:
        return
    if proposal.instrument.pk is None:
        lifecycle.record_instrument(instrument=proposal.instrument, by=by)
        made.instruments.add(proposal.instrument.pk)
    offices = _seconded_units(proposal, townships)
    if transfer.pk is None:
        transfer.power, transfer.instrument, transfer.entry = (
            proposal.power,
            proposal.instrument,
            proposal.entry,
        )
        transfer.notes = dict(notes)
        lifecycle.prepare(transfer=transfer, townships=townships, by=by, offices=offices)
    else:
        lifecycle.add_townships(transfer=transfer, townships=townships, by=by, offices=offices)
    made.rows.setdefault(transfer.pk, set()).update(township.code for township in townships)
    register.keep(proposal)


def _record_power(proposal: Proposal, made: Made, by: User | None) -> None:
    power, is_new = proposal.power, proposal.power.pk is None
    if not (is_new or proposal.bases):
        return
    known = [] if is_new else list(power.bases.all())
    lifecycle.record_power(power=power, by=by, bases=[*known, *proposal.bases])
    power._prefetched_objects_cache = {}
    if is_new:
        made.powers.add(power.pk)


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


def _is_numbered(edition: Edition) -> bool:
    """Whether the county has a paper of this number already, which then is another one."""
    papers = Instrument.objects.filter(county=edition.list.county, number=edition.document_number)
    return papers.exists()
