"""From what is on record to the plain facts that the law is asked with."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from django.db.models import Q

from accounts.choices import TownshipKind
from accounts.models import Township
from catalog.choices import PowerType
from catalog.matching import NAME_LIKENESS
from catalog.models.law import Citation
from catalog.reading.citations import title_key

from .choices import Mode, Receiver, TransferState
from .models import Instrument, Power, Transfer, TransferTownship
from .rules import PUBLISH_WITHIN, CitedBasis, Facts, Overlap, Paper, Remedies, Stage, remedies
from .wording import basis_of

RECEIVER_OF: dict[str, Receiver] = {
    kind: Receiver.TOWNSHIP for kind in TownshipKind if kind != TownshipKind.SUBDISTRICT
} | {
    TownshipKind.SUBDISTRICT: Receiver.SUBDISTRICT,
    TownshipKind.QUASI_UNIT: Receiver.QUASI_UNIT,
}
# These go down along with a penalty they belong to, or hardly at all.
COMPANIONS = (PowerType.COERCION, PowerType.INSPECTION)


def receiver_of(township: Township) -> Receiver:
    """What the township is to the law."""
    return RECEIVER_OF[township.kind]


def cited_basis(citation: Citation, power_type: str, on: date | None = None) -> CitedBasis:
    """What is known of one citation: from the law on record, the national statutes, and what staff have marked."""
    law = citation.law
    found = basis_of(
        law.title if law else citation.law_title,
        citation.articles,
        level=law.level if law else "",
        document_number=citation.document_number,
        is_known=bool(law or citation.document_number or not citation.law_title),
        is_abolished=bool(law and law.abolished_on and (on is None or law.abolished_on <= on)),
    )
    names = {
        body
        for mark, body in (
            ("names_townships", Receiver.TOWNSHIP),
            ("names_subdistricts", Receiver.SUBDISTRICT),
        )
        if getattr(citation, mark, False)
    }
    permits = {power_type} if getattr(citation, "permits_entrusting", False) else set()
    return CitedBasis(
        title=found.title,
        level=found.level,
        is_known=found.is_known,
        is_abolished=found.is_abolished,
        names=found.names | names,
        gives=found.gives | ({power_type} if names else set()),
        permits=found.permits | permits,
    )


def facts_for(
    *,
    mode: str,
    power: Power,
    bases: Iterable[Citation],
    instrument: Instrument | None = None,
    provincial_decision: Instrument | None = None,
    on: date | None = None,
    **more,
) -> Facts:
    """The facts of a transfer from its parts, stored or not yet; `more` are fields of `Facts` as they are."""
    return Facts(
        mode=mode,
        power_type=power.power_type,
        coercion=power.coercion,
        restricts_liberty=power.restricts_liberty,
        is_heavy=power.is_heavy,
        includes_enforcement=power.includes_enforcement,
        has_department=power.department_id is not None,
        bases=tuple(cited_basis(basis, power.power_type, on) for basis in bases),
        instrument=instrument.paper if instrument else Paper(),
        provincial_decision=provincial_decision.paper if provincial_decision else None,
        publication_due=_publication_due(instrument),
        on=on,
        **more,
    )


def _publication_due(paper: Instrument | None) -> date | None:
    """Looked up in the calendar only where so many days have passed that the paper may be late."""
    if paper is None or not (paper.made_on and paper.published_on):
        return None
    is_soon = (paper.published_on - paper.made_on).days <= PUBLISH_WITHIN
    return None if is_soon else paper.publication_due


def facts_of(
    transfer: Transfer, *, townships: Iterable[Township] = (), on: date | None = None, **more
) -> Facts:
    """The facts of a stored transfer; `townships` are those it goes to."""
    return facts_for(
        mode=transfer.mode,
        power=transfer.power,
        bases=transfer.power.bases.all(),
        instrument=transfer.instrument,
        provincial_decision=transfer.provincial_decision,
        on=on,
        has_authority=bool(transfer.authority or transfer.authorities),
        evaluation_due=transfer.evaluation_due,
        accompanies_penalty=accompanies_penalty(transfer, townships),
        **more,
    )


def facts_of_receipt(row: TransferTownship, facts: Facts, *, overlap: Overlap = Overlap.NONE) -> Facts:
    """The transfer's facts made those of one township, as they are asked for putting the power in force."""
    transfer, assessment = row.transfer, row.assessment
    questions = getattr(transfer, "questions", None)
    return replace(
        facts,
        stage=Stage.FORCE,
        receiver=receiver_of(row.township),
        overlap=overlap,
        is_assessed=bool(assessment and assessment.is_able),
        officers=assessment.officers if assessment else None,
        is_questioned=questions is not None,
        has_refusing_answer=bool(questions and not questions.is_answered_yes),
    )


def accompanies_penalty(transfer: Transfer, townships: Iterable[Township] = ()) -> bool:
    """Whether a penalty of the same department goes down with it: by the same paper, or to a same township."""
    if transfer.mode != Mode.DELEGATED or transfer.power.power_type not in COMPANIONS:
        return False
    penalties = Transfer.objects.filter(
        mode=Mode.DELEGATED,
        power__power_type=PowerType.PENALTY,
        power__department=transfer.power.department_id,
    )
    kept = TransferTownship.objects.exclude(state=TransferState.WITHDRAWN).filter(
        township__in=list(townships)
    )
    return penalties.filter(Q(instrument=transfer.instrument_id) | Q(receipts__in=kept)).exists()


def alike(power: Power) -> Q:
    """The receipts of a power, or of one that its department calls the same."""
    same = Q(power=power.pk)
    if power.department_id and power.name_key:
        same |= Q(
            power__department=power.department_id,
            power__name_key=power.name_key,
            power__main_name_key=power.main_name_key,
        )
    return same


def townships_taken(
    transfer: Transfer, townships: Iterable[Township], first: date | None, end: date | None, *, prepared: bool
) -> set[int]:
    """Keys of the townships in which the same power is handed down already for days of the period (R4).

    With `prepared`, papers in another mode that are not yet in force count too.
    """
    rows = TransferTownship.objects.filter(alike(transfer.power), township__in=list(townships))
    taken = rows.overlapping(first, end)
    if prepared and transfer.pk:
        taken = taken.exclude(transfer=transfer.pk)
    keys = set(taken.values_list("township", flat=True))
    if prepared:
        others = rows.prepared().exclude(mode=transfer.mode)
        papers = Q(transfer__instrument__valid_to=None)
        if first is not None:
            papers |= Q(transfer__instrument__valid_to__gt=first)
        starts = Q() if end is None else Q(transfer__instrument__valid_from=None)
        if end is not None:
            starts |= Q(transfer__instrument__valid_from__lt=end)
        keys |= set(others.filter(papers & starts).values_list("township", flat=True))
    return keys


class Held:
    """What is in force of many powers, or of powers called the same: loaded once for an act on all of them (R4).

    Says the same as `townships_taken` without what is prepared, and hears of what the act itself does.
    """

    def __init__(self, transfers: Iterable[Transfer]):
        departments = {transfer.power.department_id for transfer in transfers}
        names = {transfer.power.name_key for transfer in transfers}
        rows = TransferTownship.objects.put_in_force().filter(
            power__department__in=departments, power__name_key__in=names
        )
        self._periods: dict[tuple, list[tuple]] = {}
        for row in rows.select_related("power"):
            self.add(row)

    def add(self, row: TransferTownship) -> None:
        """Know of a row that has been put in force, as it stands."""
        if row.valid_from != row.valid_to:
            periods = self._periods.setdefault(self._key(row.power), [])
            periods.append((row.township_id, row.valid_from, row.valid_to))

    def townships(self, power: Power, first: date, end: date | None) -> set[int]:
        """Keys of the townships in which the power is in force on some day of the half-open period."""
        return {
            township
            for township, begins, ends in self._periods.get(self._key(power), ())
            if (ends is None or ends > first) and (end is None or begins < end)
        }

    @staticmethod
    def _key(power: Power) -> tuple:
        return power.department_id, power.name_key, power.main_name_key


def similar_powers(
    power: Power, townships: Iterable[Township], mode: str, bases: Iterable[Citation] | None = None
) -> list[Power]:
    """Powers of the department in another mode, of like type and article and a similar name (R4b).

    `bases` stand in for those of a power that is not stored yet.
    """
    if not power.department_id:
        return []
    cited = articles_cited(power.bases.all() if bases is None else bases)
    found = (
        Power.objects.current()
        .filter(department=power.department_id, power_type=power.power_type)
        .filter(receipts__township__in=list(townships))
        .exclude(receipts__mode=mode)
        .exclude(pk=power.pk)
        .exclude(name_key=power.name_key)
        .distinct()
        .prefetch_related("bases")
    )
    return [
        other
        for other in found
        if cited & articles_cited(other.bases.all())
        and SequenceMatcher(None, power.name_key, other.name_key, autojunk=False).ratio() >= NAME_LIKENESS
    ]


def articles_cited(bases: Iterable[Citation]) -> set[tuple[str, str]]:
    """Laws with the numbers of their cited articles; one paper names the paragraph where another does not."""
    return {
        (title_key(basis.law_title), re.match(r"[0-9-]*", article)[0])
        for basis in bases
        for article in basis.articles
    }


def find_overlap(transfer: Transfer, townships: Iterable[Township]) -> Overlap:
    """How a transfer that is being entered meets others in its townships, within its instrument's term."""
    townships = list(townships)
    paper = transfer.instrument
    if townships_taken(transfer, townships, paper.valid_from, paper.valid_to, prepared=True):
        return Overlap.SAME
    return Overlap.SIMILAR if similar_powers(transfer.power, townships, transfer.mode) else Overlap.NONE


def remedies_of(transfer: Transfer, on: date | None = None, *, receiver: str | None = None) -> Remedies:
    """In whose name a transferred power is exercised, who answers, and where to appeal.

    A statute may name one kind of receiver and not another, so the answer can differ by kind.
    """
    department = transfer.power.department
    facts = facts_for(
        mode=transfer.mode,
        power=transfer.power,
        bases=transfer.power.bases.all(),
        provincial_decision=transfer.provincial_decision,
        on=on,
        receiver=receiver,
    )
    return remedies(
        mode=transfer.mode,
        line=department.line,
        recorded_organ=department.review_organ,
        court=department.court,
        is_entrustment_in_effect=facts.is_entrustment_in_effect,
    )
