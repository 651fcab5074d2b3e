"""Where there are many hits, the database orders them by the same keys, and reads no more than it has to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from ..dialects import Token, Wanted, every, having, is_had_by_more_than, say_one_of, some
from ..lengths import mark, steps
from ..questions import Ways
from ..sources import sources
from .asking import CALLED, COUNTED, EQUAL, NAMED, Asked, Field, Found, shown
from .facets import beside, counts_of
from .titles import in_some_way, says

# So many rows are ordered whole; more of them step by step.
WHOLE = 8000


def counted(ways: Ways, asked: Asked, field: Field, start: int, size: int) -> Found:
    """One page of the first hits, counted as far as anybody reads; without words everything of what is chosen."""
    most = max(COUNTED, start + size)
    best = _best(ways, asked.chosen, field, most + 1)
    hits = best[:most]
    counts = counts_of(hits)
    has_more = len(best) > most
    cut = set(counts) if has_more else set()
    # Without words nothing is left to be counted beside what is chosen.
    for name, others in beside(asked.chosen) if ways else ():
        rows = _best(ways, others, field, most + 1)
        # Of two numbers that mean "at least" the larger one says more.
        counts[name] = counts_of(rows[:most]).get(name, Counter()) | counts.get(name, Counter())
        cut = cut | {name} if len(rows) > most else cut - {name}
    return Found(
        shown(hits[start : start + size]),
        len(hits),
        counts,
        own_places=field.own_places,
        has_more=has_more,
        cut=frozenset(cut),
    )


def _best(ways: Ways, chosen: Mapping[str, Sequence[str]], field: Field, most: int) -> list[dict]:
    """The first so many hits, in order."""
    scope = [some(Token(f"{name}:{value}") for value in values) for name, values in chosen.items() if values]
    scope = [*field.scope, *scope]
    wanted = every([*scope, *([in_some_way(ways)] if ways else [])])
    rows = having(field.rows, "title", wanted).filter(says(ways))
    if field.is_narrow or not is_had_by_more_than(WHOLE, "title", wanted):
        return list(_in_database_order(rows, ways, field)[:most])
    found: list[dict] = []
    for more, condition in _parts(ways):
        wanted = every([*scope, *more])
        if not is_had_by_more_than(0, "title", wanted):
            continue
        step = having(field.rows, "title", wanted).filter(condition)
        found += _in_database_order(step, ways, field)[: most - len(found)]
        if len(found) == most:
            break
    return found


def _parts(ways: Ways) -> Iterator[tuple[list, Q]]:
    """The hits in parts that follow each other in the order, as what the index has to hold and what is checked.

    What just bears the name comes first, then what has the words in its title, then what is called so otherwise;
    in each the kinds by rank, and in each kind the titles by length.
    """
    name = "".join(of_word[0] for of_word in ways)
    classes: list[tuple[list[Wanted], Q]] = [([], Q())]
    if ways:
        in_title, named = in_some_way([of_word[:1] for of_word in ways]), _named(ways)
        yield [Token(mark(name)), in_title], Q(title_key=name)
        classes = [
            ([in_title], named & ~Q(title_key=name)),
            ([in_some_way(ways)], says(ways) & ~named),
        ]
    by_rank = groupby(sorted(sources, key=attrgetter("rank")), key=attrgetter("rank"))
    kinds = [some(Token(f"s:{source.code}") for source in group) for _rank, group in by_rank]
    for wanted, condition in classes:
        for kind in kinds:
            for step in steps():
                yield [*wanted, kind, step], condition


def _named(ways: Ways) -> Q:
    """Every word as it was typed stands in the title."""
    named = Q()
    for of_word in ways:
        named &= say_one_of(of_word[:1], "title_key")
    return named


def _in_database_order(rows: QuerySet, ways: Ways, field: Field) -> QuerySet:
    """The same keys as `titles.order_in`, for the database."""
    own = Q()
    for place in sorted(field.own_places):
        own |= Q(places__contains=f" {place} ")
    by_source = [value for source in sources for value in (Q(source=source.code), source.rank)]
    name = "".join(of_word[0] for of_word in ways)
    rows = rows.annotate(
        by_class=case_of(Q(title_key=name), EQUAL, _named(ways), NAMED, default=CALLED),
        by_source=case_of(*by_source, default=0),
    )
    keys = ["by_class", "by_source", Length("title_key"), "county__code", "number"]
    if own:
        # Only where there is something to compare: PostgreSQL would take a constant for the number of a column.
        rows = rows.annotate(by_place=case_of(own, 0, default=1))
        keys.insert(1, "by_place")
    return rows.order_by(*keys).values("pk", "facets")


def case_of(*pairs, default: int) -> Case:
    conditions = zip(pairs[::2], pairs[1::2], strict=True)
    return Case(
        *(When(condition, then=Value(value)) for condition, value in conditions if condition),
        default=Value(default),
        output_field=IntegerField(),
    )
