"""Who is who: which row of a new paper is which item of the edition before.

Passes go from the surest to the loosest and take only pairs that are unique on
both sides; serials never match anything. What remains is only suggested. Pure:
knows no Django.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from .reading.words import fold

# Below this share of common characters two names are not offered as a renaming.
NAME_LIKENESS = 0.6
MOST_SUGGESTIONS_A_ROW = 3
# Names laid side by side for a whole paper: where one list takes the place of another, it is another list.
MOST_COMPARISONS = 200_000


@dataclass(frozen=True)
class Identity:
    """What a row or a known item can be recognised by; texts as printed."""

    name: str
    main_name: str = ""
    department: str = ""
    unit: str = ""
    receivers: str = ""
    category: str = ""
    own_code: str = ""
    codes: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Guess:
    """A row and a known item that look related, by their places in the two sequences."""

    row: int
    known: int
    reason: str


@dataclass
class Matching:
    """Pairs found (row → known), and guesses for what remains; whatever is in neither is new or gone."""

    pairs: dict[int, int] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)


def _own_code_keys(identity: Identity) -> Iterable[Hashable]:
    if identity.own_code:
        yield identity.own_code


def _code_keys(identity: Identity) -> Iterable[Hashable]:
    return identity.codes


def _name_receivers_keys(identity: Identity) -> Iterable[Hashable]:
    if identity.receivers:
        yield (*_name(identity), fold(identity.department), fold(identity.unit), fold(identity.receivers))


def _name_unit_keys(identity: Identity) -> Iterable[Hashable]:
    yield (*_name(identity), fold(identity.department), fold(identity.unit))


def _name_department_keys(identity: Identity) -> Iterable[Hashable]:
    yield (*_name(identity), fold(identity.department))


def _name_keys(identity: Identity) -> Iterable[Hashable]:
    yield _name(identity)


def _name(identity: Identity) -> tuple[str, str]:
    return fold(identity.main_name), fold(identity.name)


PASSES: tuple[Callable[[Identity], Iterable[Hashable]], ...] = (
    # Before the official ones, which several items may share.
    _own_code_keys,
    _code_keys,
    # A department posts units of one name to many townships.
    _name_receivers_keys,
    # Two offices may each have an item of one name; without this pass the same file would not match itself.
    _name_unit_keys,
    _name_department_keys,
    _name_keys,
)


def match(rows: Sequence[Identity], known: Sequence[Identity]) -> Matching:
    """Pair the rows of a paper with the items of the edition before, and guess at the rest."""
    pairs = pair(rows, known)
    met = set(pairs.values())
    new = [row for row in range(len(rows)) if row not in pairs]
    gone = [item for item in range(len(known)) if item not in met]
    return Matching(pairs, guess(rows, known, new, gone))


def pair(rows: Sequence[Identity], known: Sequence[Identity]) -> dict[int, int]:
    """Rows and known items that are the same for certain, by their places in the two sequences."""
    pairs: dict[int, int] = {}
    for keys_of in PASSES:
        free_rows = [row for row in range(len(rows)) if row not in pairs]
        met = set(pairs.values())
        free_known = [item for item in range(len(known)) if item not in met]
        if free_rows and free_known:
            pairs |= _unique_pairs(
                _places_by_key(free_rows, rows, keys_of), _places_by_key(free_known, known, keys_of)
            )
    return pairs


def _places_by_key(places, identities, keys_of) -> dict[Hashable, list[int]]:
    found = defaultdict(list)
    for place in places:
        for key in keys_of(identities[place]):
            found[key].append(place)
    return found


def _unique_pairs(rows_by_key, known_by_key) -> dict[int, int]:
    """Pairs whose key points to one row and one item, where neither is claimed by another key."""
    claims = defaultdict(set)
    claimed = defaultdict(set)
    for key, row_places in rows_by_key.items():
        for row in row_places:
            for item in known_by_key.get(key, ()):
                claims[row].add(item)
                claimed[item].add(row)
    return {
        row: next(iter(items))
        for row, items in claims.items()
        if len(items) == 1 and len(claimed[next(iter(items))]) == 1
    }


def guess(
    rows: Sequence[Identity], known: Sequence[Identity], new: Sequence[int], gone: Sequence[int]
) -> list[Guess]:
    """For every new row the gone items it may come from, the likeliest first.

    Only items of the same place or with a shared article come into question; of very many the first.
    """
    by_article: dict[str, list[int]] = defaultdict(list)
    by_place: dict[tuple[str, str], list[int]] = defaultdict(list)
    for item in gone:
        by_place[_place(known[item])].append(item)
        for article in known[item].articles:
            by_article[article].append(item)
    most = MOST_COMPARISONS // max(1, len(new)) + 1
    guesses = []
    for row in new:
        citing = {item for article in rows[row].articles for item in by_article.get(article, ())}
        near = [item for item in by_place.get(_place(rows[row]), ()) if item not in citing]
        offers = [(*_likeness(rows[row], known[item]), item) for item in [*sorted(citing), *near][:most]]
        offers = sorted((offer for offer in offers if offer[0] > 0), key=lambda offer: (-offer[0], offer[2]))
        guesses += [Guess(row, item, reason) for _, reason, item in offers[:MOST_SUGGESTIONS_A_ROW]]
    return guesses


def _place(identity: Identity) -> tuple[str, str]:
    return fold(identity.department), fold(identity.category)


def _likeness(row: Identity, item: Identity) -> tuple[float, str]:
    """How alike two identities are, from 0, and why: a shared article, or a similar name in the same place."""
    names = SequenceMatcher(None, fold(row.name), fold(item.name), autojunk=False)
    if row.articles & item.articles:
        return 1 + names.ratio(), "article"
    # Cheaper first: what cannot come near enough is not compared in full.
    may_be = names.real_quick_ratio() >= NAME_LIKENESS and names.quick_ratio() >= NAME_LIKENESS
    if may_be and (alike := names.ratio()) >= NAME_LIKENESS:
        return alike, "name"
    return 0, ""
