"""What the search index is made of: upper apps register sources, the index reads them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A kind of thing residents can find, and its documents for one county."""

    label: str
    documents: Callable[..., Iterable]


sources: list[Source] = []
