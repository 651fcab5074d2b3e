"""Rows that have the words in their title or popular names; few of them are ranked here."""

from collections.abc import Callable

from django.db.models import Q
from django.db.models.functions import Length

from ..dialects import Wanted, every, having, say_one_of, some, tokens_of
from ..questions import Ways
from ..sources import sources
from .asking import CALLED, COUNTED, EQUAL, NAMED, TOLD, Field

# Titles answer alone when they give so many.
ENOUGH = 20
# So many rows are looked for by their text.
TOLD_AT_MOST = 400
IN_ORDER = (Length("title_key"), "county__code", "source", "number", "valid_from")


def titled(ways: Ways, field: Field) -> list[dict] | None:
    """Rows with every word in title or popular names, each with its class; None for more than are ranked here."""
    rows = having(field.rows, "title", every([*field.scope, in_some_way(ways)])).filter(says(ways))
    # In no order: whether there are too many is known before all of them are read.
    found = list(rows.order_by().values(*field.columns)[: COUNTED + 1])
    if len(found) > COUNTED:
        return None
    typed = [of_word[0] for of_word in ways]
    for row in found:
        row["class"] = _class_of(row["title_key"], typed)
    return found


def in_some_way(ways: Ways) -> Wanted:
    return every(some(tokens_of(way) for way in of_word) for of_word in ways)


def says(ways: Ways, *more_fields: str) -> Q:
    """The exact check: every word, in some way, stands in a title or name."""
    said = Q()
    for of_word in ways:
        said &= say_one_of(of_word, "title_key", "names_key", *more_fields)
    return said


def _class_of(title: str, typed: list[str]) -> int:
    """Name before popular name: the title is just this, says it, says it in other words or only by a popular name."""
    for word in typed:
        if word not in title:
            return CALLED
    return EQUAL if title == "".join(typed) else NAMED


def order_in(field: Field) -> Callable[[dict], tuple]:
    ranks, own = {source.code: source.rank for source in sources}, field.own_places

    def key(row: dict) -> tuple:
        is_own = own and any(place in own for place in row["places"].split())
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


def with_told(rows: list[dict], ways: Ways, field: Field) -> list[dict]:
    """The rows in order; where they are few, those follow that have the words in their text."""
    order = order_in(field)
    ranked = sorted(rows, key=order)
    if len(ranked) >= ENOUGH:
        return ranked
    told = having(field.rows, "text", every([*field.scope, in_some_way(ways)]))
    told = told.filter(says(ways, "text_key")).exclude(pk__in=[row["pk"] for row in ranked])
    further = list(told.order_by(*IN_ORDER).values(*field.columns)[:TOLD_AT_MOST])
    for row in further:
        row["class"] = TOLD
    return ranked + sorted(further, key=order)
