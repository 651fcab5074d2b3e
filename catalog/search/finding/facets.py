"""One page of ranked rows, and what each value of a facet would leave of them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from .asking import Asked, Field, Found


def paged(
    rows: list[dict], asked: Asked, field: Field, start: int, size: int, nearest: Sequence[dict] = ()
) -> Found:
    """Those of the rows that fit what is chosen, counted, and one page of them."""
    counted = [(pairs_of(row["facets"]), 1) for row in rows]
    hits = [row for row, (pairs, _one) in zip(rows, counted, strict=True) if fits(pairs, asked.chosen)]
    shown = hits[start : start + size]
    return Found(shown, len(hits), counts_of(counted, asked), list(nearest), field.own_places)


def pairs_of(facets: str) -> set[tuple[str, str]]:
    """A row's facets, each with its value."""
    return {tuple(facet.split(":", 1)) for facet in facets.split()}


def fits(pairs: set[tuple[str, str]], chosen: Mapping[str, Sequence[str]]) -> bool:
    """Whether a row has one of the chosen values of each facet."""
    return all(any((name, value) in pairs for value in values) for name, values in chosen.items() if values)


def counts_of(counted: list[tuple[set, int]], asked: Asked) -> dict[str, Counter]:
    """For each facet what each value would give beside what is chosen of the other facets."""
    counts: dict[str, Counter] = {}
    for pairs, count in counted:
        for name, value in pairs:
            others = {other: values for other, values in asked.chosen.items() if other != name}
            if fits(pairs, others):
                counts.setdefault(name, Counter())[value] += count
    return counts
