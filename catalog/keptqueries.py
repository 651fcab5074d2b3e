"""Questions that every page of a kind asks the database, with other values each time.

Working a queryset out in Python - its filters, joins and columns - costs more than the database takes to answer. So the
SQL of such a question is worked out once in a process; what it is asked with and what comes back are the ORM's as ever:

    @kept_query
    def editions_of(county_code, on):
        return Edition.objects.public(on).filter(list__county__code=county_code)

    editions_of("990101", today)  # a list of editions

The function is called once, with stand-ins that may only become values of filters: it cannot look into them, and
none may be None. What it is called with by name is no value but chooses the question: each choice has SQL of its own.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.db import connections
from django.db.models import Value


@dataclass(frozen=True)
class Asked:
    """Stands in the parameters for the value at this place of the call."""

    place: int


def kept_query(build):
    """A function that returns a queryset, as one that returns its rows as a list and is worked out once."""
    known = {}

    @wraps(build)
    def rows(*values, **choosing):
        key = tuple(choosing.items())
        if key not in known:
            known[key] = _worked_out(
                build(*(Value(Asked(place)) for place in range(len(values))), **choosing)
            )
        queryset, compiler, sql, params, converters = known[key]
        connection = connections[queryset.db]
        asked = [values[each.place] if isinstance(each, Asked) else each for each in params]
        asked = [
            connection.ops.adapt_datefield_value(each) if isinstance(each, date) else each for each in asked
        ]
        # Connections belong to a thread, so each call has a compiler of its own.
        mine = copy(compiler)
        mine.connection = connection
        mine.as_sql = lambda *_arguments, **_options: (sql, asked)
        mine.get_converters = lambda _columns: converters
        queryset = queryset.all()
        queryset.query.get_compiler = lambda *_arguments, **_options: mine
        return list(queryset)

    return rows


def give(row, name, related):
    """Hand a row its related rows, as `prefetch_related` does: `row.<name>.all()` asks the database no more.

    `prefetch_related` would work its own query out anew each time.
    """
    manager = getattr(row, name)
    answered = manager.all()
    answered._result_cache, answered._prefetch_done = related, True
    row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), name: answered}
    for each in related:
        setattr(each, manager.field.name, row)


def _worked_out(queryset):
    compiler = queryset.query.get_compiler(queryset.db)
    sql, params = compiler.as_sql()
    return queryset, compiler, sql, params, compiler.get_converters([column[0] for column in compiler.select])
