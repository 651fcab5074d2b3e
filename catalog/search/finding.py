"""From what a resident typed to hits in order, the same on both databases.

First whatever has the words in its title or popular names, as typed or in the words of lists; when that is
little, whatever has them in its text; and when no title has them, what is nearest: one wrong character, or most of
what is meant. Few rows are ranked here; of many, the database counts and orders by the same keys.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Length

from accounts.models import County, Township

from ..models import Edition, SearchRow
from ..models import Synonym as StoredSynonym
from . import tokens
from .dialects import Token, Wanted, every, having, some, tokens_of
from .questions import Concept, Synonym, Vocabulary, Ways, concepts, core_words, typed_words, ways_to_say
from .ranking import ANSWERS, RESEMBLES, Texts, scores
from .sources import sources

# Titles answer alone when they give so many.
ENOUGH = 20
# So many rows are ranked here; of more, the database counts and orders.
RANKED = 400
# In so few counties single pairs of characters may be asked for; in a whole province they would match everything.
FEW_COUNTIES = 4
NEAREST = 5
MOST_SAID = 40
IN_ORDER = (Length("title_key"), "county__code", "source", "number", "valid_from")

EQUAL, NAMED, CALLED, TOLD, MEANT = range(5)
COLUMNS = (
    "pk",
    "source",
    "code",
    "number",
    "title",
    "line",
    "facets",
    "places",
    "title_key",
    "names_key",
    "county__code",
    "county__name",
)


@dataclass(frozen=True)
class Asked:
    """What is looked for, where and when. `chosen` holds the values asked for of each facet."""

    text: str
    on: date
    county: County | None = None
    township: Township | None = None
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class Found:
    """The hits of one page in order, how many there are, and how many each facet value would leave.

    `nearest` is offered where there are no hits.
    """

    rows: list[dict]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    nearest: list[dict] = field(default_factory=list)
    own_places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Field:
    """The rows a question may be answered from, and what orders them."""

    rows: QuerySet
    scope: tuple[Wanted, ...]
    own_places: frozenset[str]
    is_narrow: bool


def find(asked: Asked, *, start: int = 0, size: int = 20) -> Found:
    """The hits for a question, of them those from `start` on."""
    typed = typed_words(asked.text)
    if not typed:
        return _browsed(asked, start, size)
    vocabulary = vocabulary_of(asked.county)
    cores = core_words(typed, vocabulary)
    field = field_of(asked)
    for words in (typed, cores) if cores and cores != typed else (typed,):
        ways = ways_to_say(words, vocabulary)
        rows = _titled(ways, field)
        if len(rows) > RANKED:
            return _counted(ways, asked, field, start, size)
        if rows:
            return _page(_with_told(rows, ways, field), asked, field, start, size)
    hits, nearest = _meant(cores or typed, vocabulary, field)
    return _page(hits, asked, field, start, size, nearest=nearest)


def _browsed(asked: Asked, start: int, size: int) -> Found:
    """Everything of what is chosen, where no word is asked for; nothing where nothing is chosen."""
    if not any(asked.chosen.values()):
        return Found([], 0, {})
    return _counted([], asked, field_of(asked), start, size)


def vocabulary_of(county: County | None) -> Vocabulary:
    """The popular words of everybody and of this county; read anew when one has been changed."""
    stored = StoredSynonym.objects.of_county(county)
    stamp = stored.aggregate(count=Count("pk"), latest=Max("changed_at"), newest=Max("pk"))
    return _read_vocabulary(county and county.pk, tuple(stamp.values()))


@lru_cache(maxsize=64)
def _read_vocabulary(county_key: int | None, stamp: tuple) -> Vocabulary:
    stored = StoredSynonym.objects.of_county(county_key).order_by("popular", "pk")
    return Vocabulary(
        Synonym(tokens.key(one.popular), tuple(one.official_keys), tuple(one.spelt.split())) for one in stored
    )


def field_of(asked: Asked) -> Field:
    """Where to look: the county where one is chosen, and what holds for the township first."""
    county = asked.township.county if asked.township else asked.county
    scope = [Token(f"c:{county.code}")] if county else []
    scope += [Token(f"s:{asked.source}")] if asked.source else []
    own = set()
    if asked.township:
        own.add(f"t:{asked.township.code}")
        counting = Edition.objects.counting_for(asked.township, asked.on).values_list("list__kind", "pk")
        # Of each kind the first one counts.
        own |= {f"e:{pk}" for pk in dict(reversed(list(counting))).values()}
    is_narrow = county is not None or County.objects.count() <= FEW_COUNTIES
    return Field(SearchRow.objects.standing(asked.on), tuple(scope), frozenset(own), is_narrow)


# --- By title and popular names ---


def _titled(ways: Ways, field: Field) -> list[dict]:
    """Rows with every word in title or popular names, each with its class; one more than can be ranked here."""
    rows = having(field.rows, "title", every([*field.scope, _in_some_way(ways)])).filter(_says(ways))
    found = list(rows.values(*COLUMNS)[: RANKED + 1])
    for row in found:
        row["class"] = _class_of(row, ways)
    return found


def _in_some_way(ways: Ways) -> Wanted:
    return every(some(tokens_of(way) for way in of_word) for of_word in ways)


def _says(ways: Ways, *more_fields: str) -> Q:
    """The exact check: every word, in some way, stands in a title or name."""
    said = Q()
    for of_word in ways:
        in_some_way = Q()
        for way in of_word:
            for name in ("title_key", "names_key", *more_fields):
                in_some_way |= Q(**{f"{name}__contains": way})
        said &= in_some_way
    return said


def _class_of(row: dict, ways: Ways) -> int:
    """Name before popular name: the title is just this, says it, says it in other words or only by a popular name."""
    typed = [of_word[0] for of_word in ways]
    if row["title_key"] == "".join(typed):
        return EQUAL
    return NAMED if all(word in row["title_key"] for word in typed) else CALLED


def _order(field: Field) -> Callable[[dict], tuple]:
    ranks = {source.code: source.rank for source in sources}

    def key(row: dict) -> tuple:
        is_own = any(place in field.own_places for place in row["places"].split())
        return (
            row["class"],
            -row.get("score", 0),
            not is_own,
            ranks[row["source"]],
            len(row["title_key"]),
            row["county__code"],
            row["number"],
        )

    return key


def _with_told(rows: list[dict], ways: Ways, field: Field) -> list[dict]:
    """The rows in order; where they are few, those follow that have the words in their text."""
    order = _order(field)
    ranked = sorted(rows, key=order)
    if len(ranked) >= ENOUGH:
        return ranked
    told = having(field.rows, "text", every([*field.scope, _in_some_way(ways)]))
    told = told.filter(_says(ways, "text_key")).exclude(pk__in=[row["pk"] for row in ranked])
    further = list(told.order_by(*IN_ORDER).values(*COLUMNS)[:RANKED])
    for row in further:
        row["class"] = TOLD
    return ranked + sorted(further, key=order)


# --- Where there are many, the database counts and orders by the same keys ---


def _counted(ways: Ways, asked: Asked, field: Field, start: int, size: int) -> Found:
    """Counts over all hits, and one page of them; without words everything of what is chosen."""
    chosen = [
        some(Token(f"{name}:{value}") for value in values) for name, values in asked.chosen.items() if values
    ]
    wanted = [*field.scope, _in_some_way(ways)] if ways else [*field.scope, *chosen]
    rows = having(field.rows, "title", every(wanted)).filter(_says(ways))
    combinations = rows.order_by().values_list("facets").annotate(count=Count("pk"))
    counted = [(_pairs(facets), count) for facets, count in combinations]
    total = sum(count for pairs, count in counted if _fits(pairs, asked.chosen))
    hits = having(rows, "title", every(chosen)) if chosen and ways else rows
    shown = list(_in_database_order(hits, ways, field).values(*COLUMNS)[start : start + size])
    return Found(shown, total, _counts(counted, asked), own_places=field.own_places)


def _in_database_order(rows: QuerySet, ways: Ways, field: Field) -> QuerySet:
    """The same keys as `_order`, for the database."""
    typed = [of_word[0] for of_word in ways]
    named = Q()
    for word in typed:
        named &= Q(title_key__contains=word)
    own = Q()
    for place in sorted(field.own_places):
        own |= Q(places__contains=f" {place} ")
    by_source = [value for source in sources for value in (Q(source=source.code), source.rank)]
    rows = rows.annotate(
        by_class=_case(Q(title_key="".join(typed)), EQUAL, named, NAMED, default=CALLED),
        by_source=_case(*by_source, default=0),
    )
    keys = ["by_class", "by_source", Length("title_key"), "county__code", "number"]
    if own:
        # Only where there is something to compare: PostgreSQL would take a constant for the number of a column.
        rows = rows.annotate(by_place=_case(own, 0, default=1))
        keys.insert(1, "by_place")
    return rows.order_by(*keys)


def _case(*pairs, default: int) -> Case:
    conditions = zip(pairs[::2], pairs[1::2], strict=True)
    return Case(
        *(When(condition, then=Value(value)) for condition, value in conditions if condition),
        default=Value(default),
        output_field=IntegerField(),
    )


# --- Where no title says it as it was typed ---


def _meant(words: Sequence[str], vocabulary: Vocabulary, field: Field) -> tuple[list[dict], list[dict]]:
    """Hits by what is meant, best first, or else the nearest there is."""
    meant = concepts(words, vocabulary)
    if not meant:
        return [], []
    if misspelt := _misspelt(words, field):
        return sorted(misspelt, key=_order(field)), []
    rows = _resembling(meant, field)
    texts = [Texts(row["title_key"], row["names_key"], row["text_key"]) for row in rows]
    for row, score in zip(rows, scores(meant, texts), strict=True):
        # In hundredths: the last binary digit of a sum is no reason for an order.
        row["class"], row["score"] = MEANT, round(score, 2)
    ranked = sorted(rows, key=_order(field))
    hits = [row for row in ranked if row["score"] >= ANSWERS]
    return hits, [row for row in ranked if row["score"] >= RESEMBLES][:NEAREST] if not hits else []


def _misspelt(words: Sequence[str], field: Field) -> list[dict]:
    """Rows that have the one word with one other character: the two pairs that touch it are left out."""
    if len(words) != 1 or not Concept(words[0]).is_misspellable:
        return []
    (word,) = words
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    places = range(len(word))
    left = [[pair for at, pair in enumerate(pairs) if wrong not in (at, at + 1)] for wrong in places]
    wanted = some(every(map(Token, some_pairs)) for some_pairs in left)
    pattern = "|".join(f"{word[:wrong]}.{word[wrong + 1 :]}" for wrong in places)
    rows = having(field.rows, "title", every([*field.scope, wanted]))
    rows = rows.filter(Q(title_key__regex=pattern) | Q(names_key__regex=pattern))
    return [row | {"class": MEANT} for row in rows.order_by(*IN_ORDER).values(*COLUMNS)[:RANKED]]


def _resembling(meant: Sequence[Concept], field: Field) -> list[dict]:
    """Rows with something of what is meant, those first that have most of it."""
    said = [way for concept in meant if not concept.is_weak for way in (concept.asked, *concept.others)]
    said = list(dict.fromkeys(said or [concept.asked for concept in meant]))[:MOST_SAID]
    wanted = [tokens_of(way) for way in said]
    if field.is_narrow:
        pairs = dict.fromkeys(
            pair for concept in meant if not concept.is_weak for pair in tokens.grams(concept.asked)
        )
        wanted += map(Token, pairs)
    rows = having(field.rows, "text", every([*field.scope, some(wanted)]))
    having_it = sum(
        (_case(Q(title_key__contains=way) | Q(names_key__contains=way), 1, default=0) for way in said),
        Value(0),
    )
    rows = rows.annotate(having_it=having_it).order_by("-having_it", *IN_ORDER)
    return list(rows.values(*COLUMNS, "text_key")[:RANKED])


# --- Facets and pages ---


def _page(
    rows: list[dict], asked: Asked, field: Field, start: int, size: int, nearest: Sequence[dict] = ()
) -> Found:
    counted = [(_pairs(row["facets"]), 1) for row in rows]
    hits = [row for row, (pairs, _one) in zip(rows, counted, strict=True) if _fits(pairs, asked.chosen)]
    shown = hits[start : start + size]
    return Found(shown, len(hits), _counts(counted, asked), list(nearest), field.own_places)


def _pairs(facets: str) -> set[tuple[str, str]]:
    return {tuple(facet.split(":", 1)) for facet in facets.split()}


def _fits(pairs: set[tuple[str, str]], chosen: Mapping[str, Sequence[str]]) -> bool:
    return all(any((name, value) in pairs for value in values) for name, values in chosen.items() if values)


def _counts(counted: list[tuple[set, int]], asked: Asked) -> dict[str, Counter]:
    """For each facet what each value would give beside what is chosen of the other facets."""
    counts: dict[str, Counter] = {}
    for pairs, count in counted:
        for name, value in pairs:
            others = {other: values for other, values in asked.chosen.items() if other != name}
            if _fits(pairs, others):
                counts.setdefault(name, Counter())[value] += count
    return counts
