"""What storing an intake would do: which rows are which items, and what is new, changed and gone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from django.db.models import QuerySet

from ..countywords import CountyWords
from ..matching import Identity, Matching, guess, pair
from ..models import Basis, Edition, Entry
from ..reading.citations import title_key
from .collecting import collection_paused
from .progress import Progress, unwatched
from .taken import Intake, TakenRow

SHORTEST_CODE = 6
# What a statement of SQLite may ask for by key, with room to spare.
KEYS_A_QUERY = 500


class Known(NamedTuple):
    """An entry of the edition before, as far as rows are recognised by it."""

    pk: int
    item_id: int | None
    number: int | None
    main_name: str
    name: str
    department_name: str
    responsible_unit: str
    receiving_body: str
    category_name: str
    details: Mapping[str, object]
    digest: str

    @property
    def code(self) -> str:
        """The code of its item, empty where it has none."""
        return "" if self.number is None else str(self.number)


@dataclass
class Plan:
    """What becomes of an intake's rows beside the entries of the edition before.

    `carried` are the entries of departments the import does not speak for, taken over unchanged.
    """

    intake: Intake
    base: Edition | None
    known: list[Known]
    matching: Matching
    carried: QuerySet[Entry]

    def verdict(self, place: int) -> str:
        """new, changed, unchanged or refused: what becomes of the row at this place."""
        if self.intake.rows[place].is_refused:
            return "refused"
        if place not in self.matching.pairs:
            return "new"
        before = self.known[self.matching.pairs[place]]
        return "unchanged" if before.digest == self.intake.rows[place].digest else "changed"

    def item_of(self, place: int) -> int | None:
        """The primary key of the item that the row at this place is, None for a new one."""
        known = self.matching.pairs.get(place)
        return None if known is None else self.known[known].item_id

    def count_new(self) -> int:
        """How many rows are of no item yet."""
        return len(self.intake.rows) - sum(self.item_of(place) is not None for place in self.matching.pairs)

    @cached_property
    def gone(self) -> list[Known]:
        """Entries of the edition before that no row speaks of any more."""
        met = set(self.matching.pairs.values())
        return [entry for place, entry in enumerate(self.known) if place not in met]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, unchanged and refused, and how many entries are gone."""
        verdicts = Counter(map(self.verdict, range(len(self.intake.rows))))
        counts = {name: verdicts[name] for name in ("new", "changed", "unchanged", "refused")}
        counts["unchanged"] += self.carried.count()
        return counts | {"gone": len(self.gone)}


@collection_paused()
def make_plan(intake: Intake, base: Edition | None, *, progress: Progress = unwatched) -> Plan:
    """Match the rows of an intake with the entries of the edition before."""
    progress("compare", 0, 1)
    before = base.entries.order_by("position") if base else Entry.objects.none()
    spoken_for, carried = before, Entry.objects.none()
    if intake.only:
        spoken_for = before.filter(department__name__in=intake.only)
        carried = before.exclude(department__name__in=intake.only)
    columns = [name if name != "number" else "item__number" for name in Known._fields]
    known = [Known(*values) for values in spoken_for.values_list(*columns)]
    plan = Plan(intake, base, known, _matched(intake, known), carried)
    progress("compare", 1, 1)
    return plan


def entry_of(taken: TakenRow, words: CountyWords) -> Entry:
    """The entry a row becomes, unsaved and without its edition."""
    entry = Entry(**taken.values, details=taken.details)
    entry.category = words.category(entry.category_name)
    entry.department = taken.department(words)
    return entry


def bases_of(entry: Entry, cited: Sequence[Mapping[str, object]], words: CountyWords) -> list[Basis]:
    """The legal basis of an entry as citations, unsaved, with the laws that are on record."""
    return [
        Basis(entry=entry, position=position, **citation_fields(one, words))
        for position, one in enumerate(cited, start=1)
    ]


def citation_fields(citation: Mapping[str, object], words: CountyWords) -> dict[str, object]:
    """A citation as it is stored, cut to the widths of its columns; the printed text is kept whole."""
    return {
        "text": citation["text"],
        "law_id": words.law(citation["law_title"]) if citation["law_title"] else None,
        "law_title": citation["law_title"][:300],
        "document_number": citation["document_number"][:100],
        "article": citation["article"][:200],
        "articles": list(citation["articles"]),
        "is_parsed": citation["is_parsed"],
    }


def _matched(intake: Intake, known: Sequence[Known]) -> Matching:
    """Who is who; what is cited is looked up only for what is left over, where it may tell a renamed item."""
    if not known:
        return Matching()
    rows = [_identity_of_row(taken) for taken in intake.rows]
    identities = [_identity_of_entry(entry) for entry in known]
    pairs = pair(rows, identities)
    new = [row for row in range(len(rows)) if row not in pairs]
    met = set(pairs.values())
    gone = [place for place in range(len(known)) if place not in met]
    if new and gone:
        cited = _cited_by([known[place].pk for place in gone])
        for place in gone:
            identities[place] = replace(identities[place], articles=cited.get(known[place].pk, frozenset()))
        for row in new:
            if not intake.rows[row].is_refused:
                rows[row] = replace(rows[row], articles=_articles(intake.rows[row].legal_bases))
    return Matching(pairs, guess(rows, identities, new, gone))


def _cited_by(entries: Sequence[int]) -> dict[int, frozenset[str]]:
    """The articles that these entries cite."""
    cited: dict[int, list[Mapping[str, object]]] = {}
    for start in range(0, len(entries), KEYS_A_QUERY):
        found = Basis.objects.filter(entry__in=entries[start : start + KEYS_A_QUERY])
        for basis in found.values("entry_id", "law_title", "document_number", "articles"):
            cited.setdefault(basis["entry_id"], []).append(basis)
    return {entry: _articles(bases) for entry, bases in cited.items()}


def _identity_of_row(taken: TakenRow) -> Identity:
    values = taken.values
    if taken.is_refused:
        # A refused row is matched by its name alone, so that its item is not reported as gone as well.
        return Identity(name=values.get("name", ""), main_name=values.get("main_name", ""))
    return Identity(
        name=values.get("name", ""),
        main_name=values.get("main_name", ""),
        department=values.get("department_name", ""),
        unit=values.get("responsible_unit", ""),
        receivers=values.get("receiving_body", ""),
        category=values.get("category_name", ""),
        own_code=str(taken.shown("item_code") or ""),
        codes=_codes(taken.details),
    )


def _identity_of_entry(entry: Known) -> Identity:
    return Identity(
        name=entry.name,
        main_name=entry.main_name,
        department=entry.department_name,
        unit=entry.responsible_unit,
        receivers=entry.receiving_body,
        category=entry.category_name,
        own_code=entry.code,
        codes=_codes(entry.details),
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
