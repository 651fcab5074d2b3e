"""Where there are many hits, the database counts and orders by the same keys."""

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from ..dialects import Token, every, having, some
from ..questions import Ways
from ..sources import sources
from .asking import CALLED, COLUMNS, EQUAL, NAMED, Asked, Field, Found
from .facets import counts_of, fits, pairs_of
from .titles import in_some_way, says


def counted(ways: Ways, asked: Asked, field: Field, start: int, size: int) -> Found:
    """Counts over all hits, and one page of them; without words everything of what is chosen."""
    chosen = [
        some(Token(f"{name}:{value}") for value in values) for name, values in asked.chosen.items() if values
    ]
    wanted = [*field.scope, in_some_way(ways)] if ways else [*field.scope, *chosen]
    rows = having(field.rows, "title", every(wanted)).filter(says(ways))
    combinations = rows.order_by().values_list("facets").annotate(count=Count("pk"))
    combined = [(pairs_of(facets), count) for facets, count in combinations]
    total = sum(count for pairs, count in combined if fits(pairs, asked.chosen))
    hits = having(rows, "title", every(chosen)) if chosen and ways else rows
    shown = list(_in_database_order(hits, ways, field).values(*COLUMNS)[start : start + size])
    return Found(shown, total, counts_of(combined, asked), own_places=field.own_places)


def _in_database_order(rows: QuerySet, ways: Ways, field: Field) -> QuerySet:
    """The same keys as `titles.order_in`, for the database."""
    typed = [of_word[0] for of_word in ways]
    named = Q()
    for word in typed:
        named &= Q(title_key__contains=word)
    own = Q()
    for place in sorted(field.own_places):
        own |= Q(places__contains=f" {place} ")
    by_source = [value for source in sources for value in (Q(source=source.code), source.rank)]
    rows = rows.annotate(
        by_class=case_of(Q(title_key="".join(typed)), EQUAL, named, NAMED, default=CALLED),
        by_source=case_of(*by_source, default=0),
    )
    keys = ["by_class", "by_source", Length("title_key"), "county__code", "number"]
    if own:
        # Only where there is something to compare: PostgreSQL would take a constant for the number of a column.
        rows = rows.annotate(by_place=case_of(own, 0, default=1))
        keys.insert(1, "by_place")
    return rows.order_by(*keys)


def case_of(*pairs, default: int) -> Case:
    conditions = zip(pairs[::2], pairs[1::2], strict=True)
    return Case(
        *(When(condition, then=Value(value)) for condition, value in conditions if condition),
        default=Value(default),
        output_field=IntegerField(),
    )
