"""The length of a title as a mark in the index, so that the shortest of many hits are read without the others."""

from collections.abc import Iterator

from .dialects import Any, Token, some

# Longer titles share one mark.
LONGEST = 30
# The first and the last length of each step; most titles are in the middle, where steps are small.
STEPS = ((0, 6), *((length, length) for length in range(7, 19)), (19, 20), (21, 23), (24, LONGEST))


def mark(title_key: str) -> str:
    return f"n:{min(len(title_key), LONGEST)}"


def steps() -> Iterator[Any]:
    """What titles of each step are marked with, the shortest first; every title is in one of them."""
    for first, last in STEPS:
        yield some(Token(f"n:{length}") for length in range(first, last + 1))
