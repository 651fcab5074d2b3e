"""What a catalogue has prepared follows it: entries typed, changed or removed in a draft, and a draft discarded.

What is in force is never changed by a paper that is still being written.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.histories import change_many
from accounts.models import Township, User
from catalog.choices import EditionState
from catalog.countywords import CountyWords
from catalog.importing.planning import bases_of
from catalog.models import Edition, Entry
from catalog.resources.widgets import legal_bases

from .. import lifecycle
from ..choices import InstrumentKind, Mode
from ..models import Instrument, Power, Transfer, TransferTownship
from .made import Made
from .preparing import complete_papers, keep, record_of, register_for
from .proposals import (
    MODE_OF_KIND,
    OF_THE_TERM,
    Proposal,
    Register,
    basis_key,
    paper_printed,
    said_of_power,
    said_of_transfer,
)
from .speaking import Speakers

# Nobody is asked what to say to a warning of a typed entry; it is asked for when the power is put in force.
NO_NOTES: Mapping[str, str] = {}


@transaction.atomic
def follow_entry(*, entry: Entry, before: Entry | None, by: User | None) -> None:
    """An entry of a confirmed draft was typed: what was prepared from it says the same from now on.

    Raises `ValidationError` where the law refuses what the entry says, or where it names no township
    of the county.
    """
    edition = entry.edition
    made, speakers = Made.by(edition), Speakers()
    beside = speakers.beside(before) if before is not None else []
    ours = made.transfers_of(entry.item, *(one.item for one in beside))
    if before is not None and not beside:
        for transfer in ours:
            _rewrite_power(transfer.power, entry, before, made, ours, by)
            _rewrite_term(transfer.instrument, entry, made, ours, by)
    proposal, register = _propose(entry, made)
    _check_receivers(proposal, register)
    _check_named_once(proposal, speakers)
    elsewhere = speakers.codes_named(beside)
    for transfer in ours:
        is_kept = proposal.is_of_a_power and transfer.pk == proposal.transfer.pk
        named = {township.code for township in proposal.townships} if is_kept else set()
        _let_go(transfer, made.rows[transfer.pk] - named - elsewhere, made, edition, speakers, by)
        if is_kept and before is not None and transfer.entry.item_id == entry.item_id:
            _fill_in_anew(transfer, entry, before, by)
        elif beside and not is_kept:
            change_many(Transfer.objects.filter(pk=transfer.pk, entry=entry), by=by, entry=beside[0])
    # Once more, because what has been let go stands in nobody's way any longer.
    proposal, register = _propose(entry, made)
    new = Made()
    if proposal.is_of_a_power:
        keep(proposal, register, NO_NOTES, new, by)
        complete_papers(register, by, exercised=False)
    new.note(edition, by=by)
    made.delete_unused()


@transaction.atomic
def forget_entry(*, entry: Entry, by: User | None) -> None:
    """An entry leaves a confirmed draft: what only it had prepared goes with it."""
    made, speakers = Made.by(entry.edition), Speakers()
    beside = speakers.beside(entry)
    elsewhere = speakers.codes_named(beside)
    for transfer in made.transfers_of(entry.item, *(one.item for one in beside)):
        _let_go(transfer, made.rows[transfer.pk] - elsewhere, made, entry.edition, speakers, by)
    heir = beside[0] if beside else _entry_elsewhere([entry.item_id], entry.edition)
    change_many(Transfer.objects.filter(entry=entry), by=by, entry=heir)
    made.delete_unused()


@transaction.atomic
def undo(*, edition: Edition, by: User | None) -> None:
    """Remove what only this draft has brought: prepared rows, and powers and papers that nothing else uses.

    What another edition of the list names as well passes to that edition.
    """
    made, speakers = Made.by(edition), Speakers()
    for transfer in made.transfers():
        _let_go(transfer, made.rows[transfer.pk], made, edition, speakers, by)
    made.delete_unused()


def _propose(entry: Entry, made: Made) -> tuple[Proposal, Register]:
    edition = entry.edition
    register = register_for(edition)
    return register.propose(entry, entry.bases.select_related("law"), _known(edition, made)), register


def _known(edition: Edition, made: Made) -> dict[str, object]:
    """The record of the paper; where the catalogue is the paper, of the one that it has brought already."""
    paper = Instrument.objects.filter(pk__in=made.instruments).first()
    if paper is None or MODE_OF_KIND[edition.list.kind] == Mode.ENTRUSTED:
        return record_of(edition)
    return {
        "title": paper.title,
        "document_number": paper.number,
        "made_on": paper.made_on,
        "published_on": paper.published_on,
        "effective_on": paper.valid_from,
    }


def _check_receivers(proposal: Proposal, register: Register) -> None:
    said = [register.townships.said_unknown(name) for name in proposal.receivers.unknown]
    if said:
        raise ValidationError({"receiving_body": said})


def _check_named_once(proposal: Proposal, speakers: Speakers) -> None:
    """A power may have a row for each of its townships, and each township once."""
    for one in speakers.beside(proposal.entry):
        if one.responsible_unit == proposal.entry.responsible_unit:
            codes = speakers.codes_named([one])
            named = [town.name for town in proposal.receivers.townships if town.code in codes]
            if named:
                said = _("Another row hands this power to %(townships)s already.")
                raise ValidationError({"receiving_body": said % {"townships": "、".join(named)}})


def _let_go(
    transfer: Transfer, codes: set[str], made: Made, edition: Edition, speakers: Speakers, by: User | None
) -> None:
    """Drop the rows prepared for these townships, except where another edition of the list names them."""
    speaking = [transfer.entry, *speakers.beside(transfer.entry)] if transfer.entry else []
    other = _entry_elsewhere([one.item_id for one in speaking], edition)
    passed = set()
    if other is not None:
        passed = codes & speakers.codes_named([other, *speakers.beside(other)])
        change_many(Transfer.objects.filter(pk=transfer.pk), by=by, entry=other)
    if passed:
        powers, papers = made.powers & {transfer.power_id}, made.instruments & {transfer.instrument_id}
        Made(powers, papers, {transfer.pk: passed}).note(other.edition, by=by)
    if codes - passed:
        townships = Township.objects.filter(code__in=codes - passed, county=edition.list.county)
        lifecycle.discard(transfer=transfer, by=by, townships=townships)


def _entry_elsewhere(items: list[int], edition: Edition) -> Entry | None:
    """The entry of one of the items in another edition of the list that has been confirmed."""
    entries = Entry.objects.filter(item__in=items, edition__list=edition.list_id)
    others = entries.exclude(edition=edition).exclude(edition__state=EditionState.UNCONFIRMED)
    return others.select_related("edition__list__county").order_by("-edition", "position").first()


def _rewrite_power(
    power: Power, entry: Entry, before: Entry, made: Made, ours: list[Transfer], by: User | None
) -> None:
    """Have a power say what its entry says now, while nobody else speaks of it and nobody exercises it."""
    if entry.department is None or not _is_ours_alone(power, made, ours):
        return
    said = said_of_power(before)
    changed = {name: value for name, value in said_of_power(entry).items() if value != said[name]}
    if _is_known(power, changed):
        return
    for name, value in changed.items():
        setattr(power, name, value)
    if changed.keys() & {"name", "power_type"}:
        power.coercion, power.restricts_liberty = "", False
        power.is_heavy = power.includes_enforcement = False
        lifecycle.propose_nature(power)
    gone = _bases_gone(entry, before)
    kept = [basis for basis in power.bases.all() if basis_key(basis) not in gone]
    if changed or gone:
        lifecycle.record_power(power=power, by=by, bases=kept)


def _is_ours_alone(power: Power, made: Made, ours: list[Transfer]) -> bool:
    elsewhere = power.transfers.exclude(pk__in=[transfer.pk for transfer in ours])
    is_used = elsewhere.exists() or power.receipts.put_in_force().exists() or power.others.exists()
    return power.pk in made.powers and not is_used


def _rewrite_term(paper: Instrument, entry: Entry, made: Made, ours: list[Transfer], by: User | None) -> None:
    """Mend the term of a paper that hands down nothing but what this entry says, and nothing in force."""
    printed = paper_printed(entry, paper.county, MODE_OF_KIND[entry.edition.list.kind], {})
    others = paper.transfers.exclude(pk__in=[transfer.pk for transfer in ours])
    rows = TransferTownship.objects.put_in_force().filter(transfer__instrument=paper)
    is_free = paper.pk in made.instruments and not (others.exists() or rows.exists())
    if paper.kind != InstrumentKind.ENTRUSTMENT or printed.number != paper.number or not is_free:
        return
    if any(getattr(paper, name) != getattr(printed, name) for name in OF_THE_TERM):
        for name in OF_THE_TERM:
            setattr(paper, name, getattr(printed, name))
        lifecycle.record_instrument(instrument=paper, by=by)


def _is_known(power: Power, changed: Mapping[str, object]) -> bool:
    """Whether the department has another power of the name that is to be given."""
    named = {name: changed.get(name, getattr(power, name)) for name in ("department", "name", "main_name")}
    return Power.objects.called_like(**named).exclude(pk=power.pk).exists()


def _bases_gone(entry: Entry, before: Entry) -> set[tuple]:
    """What the entry cited before and does not cite any more."""
    if entry.legal_basis == before.legal_basis:
        return set()
    words = CountyWords(entry.edition.list.county)
    cited = bases_of(before, legal_bases(before.legal_basis), words)
    return {basis_key(basis) for basis in cited} - {basis_key(basis) for basis in entry.bases.all()}


def _fill_in_anew(transfer: Transfer, entry: Entry, before: Entry, by: User | None) -> None:
    """Have a transfer that is nowhere in force say what its entry says now; the law is asked again."""
    if transfer.receipts.put_in_force().exists() or not Transfer.objects.filter(pk=transfer.pk).exists():
        return
    said = said_of_transfer(before)
    for name, value in said_of_transfer(entry).items():
        if value != said[name]:
            setattr(transfer, name, value)
    lifecycle.write_transfer(transfer=transfer, by=by)
