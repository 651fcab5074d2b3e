"""What is asked and what is found, and where to look for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max, QuerySet

from accounts.models import County, Township

from ...models import Edition, SearchRow
from ...models import Synonym as StoredSynonym
from .. import tokens
from ..dialects import Token, Wanted
from ..questions import Synonym, Vocabulary

# In so few counties single pairs of characters may be asked for; in a whole province they would match everything.
FEW_COUNTIES = 4
# So many hits are ranked here and counted to the last; of more, the database gives the first.
COUNTED = 2000
# What hits are ranked and counted by, and what is shown of them.
KEYS = ("pk", "source", "number", "facets", "places", "title_key", "county__code")
EQUAL, NAMED, CALLED, TOLD, MEANT = range(5)
COLUMNS = (*KEYS, "code", "title", "line", "names_key", "county__name")


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

    Where there are more than are counted, `has_more` is true and `total` means "at least"; so do the numbers of the
    facets named in `cut`. `nearest` is offered where there are no hits.
    """

    rows: list[dict]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    nearest: list[dict] = field(default_factory=list)
    own_places: frozenset[str] = frozenset()
    has_more: bool = False
    cut: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Field:
    """The rows a question may be answered from, and what orders them."""

    rows: QuerySet
    scope: tuple[Wanted, ...]
    own_places: frozenset[str]
    is_narrow: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """What is read of every hit: of many no more than they are ranked by."""
        return COLUMNS if self.is_narrow else KEYS


def shown(hits: Sequence[dict]) -> list[dict]:
    """The hits of a page with everything that is shown of them, by a second look where it has not been read yet."""
    if all("title" in hit for hit in hits):
        return list(hits)
    rows = SearchRow.objects.filter(pk__in=[hit["pk"] for hit in hits]).order_by().values(*COLUMNS)
    by_key = {row["pk"]: row for row in rows}
    return [hit | by_key[hit["pk"]] for hit in hits]


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
