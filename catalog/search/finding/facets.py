"""One page of ranked rows, and what each value of a facet would leave of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from .asking import Asked, Field, Found, shown


def paged(
    rows: list[dict], asked: Asked, field: Field, start: int, size: int, nearest: Sequence[dict] = ()
) -> Found:
    """Those of the rows that fit what is chosen, counted, and one page of them."""
    hits = [row for row in rows if fits(pairs_of(row["facets"]), asked.chosen)] if asked.chosen else rows
    counts = counts_of(hits)
    for name, others in beside(asked.chosen):
        fitting = (row for row in rows if fits(pairs_of(row["facets"]), others))
        counts[name] = counts_of(fitting).get(name, Counter())
    return Found(
        shown(hits[start : start + size]), len(hits), counts, shown(nearest), own_places=field.own_places
    )


def beside(chosen: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, dict[str, Sequence[str]]]]:
    """Each facet of which something is chosen, with what is chosen of the others."""
    for name in chosen:
        yield name, {other: values for other, values in chosen.items() if other != name}


@lru_cache(maxsize=4096)
def pairs_of(facets: str) -> frozenset[tuple[str, str]]:
    """A row's facets, each with its value."""
    return frozenset(tuple(facet.split(":", 1)) for facet in facets.split())


def fits(pairs: frozenset[tuple[str, str]], chosen: Mapping[str, Sequence[str]]) -> bool:
    """Whether a row has one of the chosen values of each facet."""
    return all(any((name, value) in pairs for value in values) for name, values in chosen.items() if values)


def counts_of(rows: Iterable[dict]) -> dict[str, Counter]:
    """For each facet how many rows have each value."""
    counts: dict[str, Counter] = {}
    for facets, count in Counter(row["facets"] for row in rows).items():
        for name, value in pairs_of(facets):
            counts.setdefault(name, Counter())[value] += count
    return counts
