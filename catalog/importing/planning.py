"""What storing an intake would do: which rows are which items, and what is new, changed and gone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..countywords import CountyWords
from ..matching import Identity, Matching, match
from ..models import Basis, Edition, Entry
from ..reading.citations import title_key
from .progress import Progress, unwatched
from .taken import Intake, TakenRow

SHORTEST_CODE = 6


@dataclass
class Plan:
    """The entries an intake makes beside those of the edition before.

    `entries[i]` belongs to `intake.rows[i]`; `carried` are entries of departments the import does not
    speak for, taken over unchanged.
    """

    intake: Intake
    base: Edition | None
    known: list[Entry]
    entries: list[Entry]
    matching: Matching
    carried: list[Entry] = field(default_factory=list)

    def verdict(self, place: int) -> str:
        """new, changed, unchanged or refused: what becomes of the row at this place."""
        if self.intake.rows[place].is_refused:
            return "refused"
        if place not in self.matching.pairs:
            return "new"
        before = self.known[self.matching.pairs[place]]
        return "unchanged" if before.digest == self.entries[place].digest else "changed"

    @property
    def gone(self) -> list[Entry]:
        """Entries of the edition before that no row speaks of any more."""
        met = set(self.matching.pairs.values())
        return [entry for place, entry in enumerate(self.known) if place not in met]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, unchanged and refused, and how many entries are gone."""
        verdicts = Counter(self.verdict(place) for place in range(len(self.entries)))
        counts = {name: verdicts[name] for name in ("new", "changed", "unchanged", "refused")}
        counts["unchanged"] += len(self.carried)
        return counts | {"gone": len(self.gone)}


def make_plan(intake: Intake, base: Edition | None, *, progress: Progress = unwatched) -> Plan:
    """Match the rows of an intake with the entries of the edition before."""
    progress("compare", 0, 1)
    known, carried = [], []
    if base is not None:
        entries = base.entries.select_related("item", "department").prefetch_related("bases")
        for entry in entries.order_by("position"):
            (known if _is_spoken_for(entry, intake) else carried).append(entry)
    entries = [_entry(taken, intake) for taken in intake.rows]
    matching = Matching()
    if known:
        rows = [_identity_of_row(taken) for taken in intake.rows]
        matching = match(rows, [_identity_of_entry(entry) for entry in known])
    for row, place in matching.pairs.items():
        entries[row].item = known[place].item
    progress("compare", 1, 1)
    return Plan(intake, base, known, entries, matching, carried)


def bases_of(entry: Entry, cited: Sequence[Mapping[str, object]], words: CountyWords) -> list[Basis]:
    """The legal basis of an entry as citations, unsaved, with the laws that are on record."""
    return [
        Basis(
            entry=entry,
            position=position,
            text=citation["text"],
            law_id=words.law(citation["law_title"]) if citation["law_title"] else None,
            law_title=citation["law_title"][:300],
            document_number=citation["document_number"][:100],
            article=citation["article"][:200],
            articles=list(citation["articles"]),
            is_parsed=citation["is_parsed"],
        )
        for position, citation in enumerate(cited, start=1)
    ]


def _is_spoken_for(entry: Entry, intake: Intake) -> bool:
    if not intake.only:
        return True
    return entry.department is not None and entry.department.name in intake.only


def _entry(taken: TakenRow, intake: Intake) -> Entry:
    entry = Entry(**taken.values, details=taken.details, sheet=taken.row.sheet[:100], row=taken.row.number)
    entry.category = intake.words.category(entry.category_name)
    entry.department = taken.department(intake.words)
    entry.digest = entry.compute_digest()
    return entry


def _identity_of_row(taken: TakenRow) -> Identity:
    values = taken.values
    if taken.is_refused:
        # A refused row is matched by its name alone, so that its item is not reported as gone as well.
        return Identity(name=values.get("name", ""), main_name=values.get("main_name", ""))
    code = str(taken.fields.get("item_code", "") or "")
    return Identity(
        name=values.get("name", ""),
        main_name=values.get("main_name", ""),
        department=values.get("department_name", ""),
        unit=values.get("responsible_unit", ""),
        category=values.get("category_name", ""),
        own_code=code,
        codes=_codes(taken.details),
        articles=_articles(taken.legal_bases),
    )


def _identity_of_entry(entry: Entry) -> Identity:
    return Identity(
        name=entry.name,
        main_name=entry.main_name,
        department=entry.department_name,
        unit=entry.responsible_unit,
        category=entry.category_name,
        own_code=entry.item.code if entry.item else "",
        codes=_codes(entry.details),
        articles=_articles(map(vars, entry.bases.all())),
    )


def _codes(details: dict) -> frozenset[str]:
    """The official codes, marked so that one never passes for another."""
    codes = set()
    for name in ("basic_code", "implementation_code", "official_code"):
        code = details.get(name, "")
        # A running number under 编号 is no code: serials match nothing.
        if len(code) >= SHORTEST_CODE:
            codes.add(f"{name}:{code}")
    return frozenset(codes)


def _articles(cited: Iterable[Mapping[str, object]]) -> frozenset[str]:
    """Every article cited, by law and number: what two wordings of one item still share."""
    return frozenset(
        f"{title_key(citation['law_title']) or citation['document_number']}#{article}"
        for citation in cited
        for article in citation["articles"]
    )
