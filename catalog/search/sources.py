"""What the search index is made of: apps register sources when they are ready, the index reads them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

# Before every day that is asked for.
ALWAYS = date.min


@dataclass(frozen=True)
class Document:
    """One thing as it can be found from one day to another; half-open, `valid_to` None is without end.

    `code` is what its address is made of. `line` is shown under the title. `facets` are pairs of a facet and a
    value, both without blanks. `places` are the editions (`e:12`) or townships (`t:990101100`) it holds for;
    what names none holds for the whole county.
    """

    code: str
    title: str
    popular_names: tuple[str, ...] = ()
    text: str = ""
    line: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    valid_from: date = ALWAYS
    valid_to: date | None = None


@dataclass(frozen=True)
class Source:
    """A kind of thing residents can find, and its documents for one county.

    `documents(county, on=day, codes=None)` gives what can be found on the day or later, of these codes or all;
    `address(county_code, code, township_code)` is the page a hit leads to, the last empty where no township
    is chosen. `rank` orders kinds where nothing else does.
    """

    code: str
    label: str | Promise
    documents: Callable[..., Iterable[Document]]
    address: Callable[[str, str, str], str]
    rank: int = 5


sources: list[Source] = []


def source_called(code: str) -> Source:
    """The source of this code; `KeyError` when no app has registered it."""
    for source in sources:
        if source.code == code:
            return source
    raise KeyError(code)
