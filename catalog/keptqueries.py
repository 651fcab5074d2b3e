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
from django.db.models.query import ModelIterable, get_related_populators


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
            stand_ins = (Value(Asked(place)) for place in range(len(values)))
            known[key] = _Question(build(*stand_ins, **choosing))
        return known[key].answer(values)

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


class _Question:
    """A queryset worked out: its SQL, what stands for values in it, and how rows are made of what comes back."""

    def __init__(self, queryset):
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(queryset.db)
        sql, self.params = self.compiler.as_sql()
        # Named: `%s` is looked for with a regular expression before each question that SQLite is asked.
        self.sql = sql.replace("%%", "%%%%") % tuple(f"%(p{place})s" for place in range(len(self.params)))
        self.converters = self.compiler.get_converters([column[0] for column in self.compiler.select])
        self.is_of_models = issubclass(queryset._iterable_class, ModelIterable)
        if self.is_of_models:
            kinds = self.compiler.klass_info
            self.model, fields = kinds["model"], kinds["select_fields"]
            self.own = slice(fields[0], fields[-1] + 1)
            self.names = [column[0].target.attname for column in self.compiler.select[self.own]]
            self.joined = get_related_populators(kinds, self.compiler.select, queryset.db)

    def answer(self, values) -> list:
        connection = connections[self.queryset.db]
        # Connections belong to a thread, so each call has a compiler of its own.
        compiler = copy(self.compiler)
        compiler.connection = connection
        asked = self._asked(values, connection.ops)
        compiler.as_sql = lambda *_arguments, **_options: (self.sql, asked)
        compiler.get_converters = lambda _columns: self.converters
        if self.is_of_models:
            return [self._model_of(row) for row in compiler.results_iter()]
        queryset = self.queryset.all()
        queryset.query.get_compiler = lambda *_arguments, **_options: compiler
        return list(queryset)

    def _asked(self, values, operations) -> dict:
        asked = {}
        for place, param in enumerate(self.params):
            value = values[param.place] if isinstance(param, Asked) else param
            if isinstance(value, date):
                value = operations.adapt_datefield_value(value)
            asked[f"p{place}"] = value
        return asked

    def _model_of(self, row):
        """What `ModelIterable` makes of a row, which finds out anew in each answer how."""
        found = self.model.from_db(self.queryset.db, self.names, row[self.own])
        for each in self.joined:
            each.populate(row, found)
        for name, column in self.compiler.annotation_col_map.items():
            setattr(found, name, row[column])
        return found
