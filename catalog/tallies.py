"""What an edition holds to narrow it by, counted once when it is announced.

An announced edition never changes, so its counts belong to it and not to any day: which are shown follows from which
edition is in force. One row of cells is enough for every question: a cell is a category, a type and a department as
printed with the number of entries that have all three, and any choice among them is a sum of cells.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from .choices import PowerType
from .keptqueries import kept_query
from .models import Edition, Entry
from .paging import ORPHANS, ROWS, asked_page

# The questions of an address, in the order of a cell, with the columns they narrow.
FACETS = {"category": "category_name", "type": "power_type", "department": "department_name"}


@dataclass(frozen=True)
class Tally:
    """The cells of an edition, and the place in the list at which each page of the whole begins."""

    cells: list[list]
    starts: list[int]


@dataclass
class Narrowed:
    """The entries that are left by what an address asks, and what can still be asked of them."""

    edition: Edition
    tally: Tally
    asked: dict[str, str] = field(default_factory=dict)
    keeping: Mapping[str, str] = field(default_factory=dict)  # what else the address asks, such as a day

    @property
    def count(self) -> int:
        return sum(count for *values, count in self.tally.cells if self._has(values, self.asked))

    @property
    def entries(self):
        chosen = {FACETS[name]: value for name, value in self.asked.items()}
        return Entry.objects.filter(edition=self.edition.pk, **chosen).as_lines()

    def page_of(self, request):
        """The page asked for: of the whole edition by the place at which it begins, however deep it is."""
        if self.tally.starts and not self.asked:
            paginator = SeekingPaginator(self.edition, self.tally.starts)
        else:
            paginator = Paginator(self.entries, ROWS, orphans=ORPHANS)
        paginator.count = self.count
        page = paginator.get_page(asked_page(request))
        page.object_list = list(page.object_list)
        return page

    @property
    def selects(self) -> list[tuple]:
        """Name, label, choices and chosen value of each facet that has something to choose from.

        A choice says how many entries it would leave beside what the others ask.
        """
        offered = []
        for found, (name, label) in zip(self._left_by_each(), labels().items(), strict=True):
            choices = [(value, f"{words_of(name, value)} ({count})") for value, count in found.items()]
            if len(choices) > 1 or name in self.asked:
                offered.append((name, label, choices, self.asked.get(name, "")))
        return offered

    def _left_by_each(self) -> list[Counter]:
        """For each facet its values, with the entries that each would leave beside what the other facets ask."""
        asked = [self.asked.get(name) for name in FACETS]
        found = [Counter() for _name in FACETS]
        for *values, count in self.tally.cells:
            against = [place for place, value in enumerate(asked) if value not in (None, values[place])]
            if len(against) > 1:
                continue
            # What is against nothing is left by every choice; against one facet, by other choices of that one.
            for place in against or range(len(asked)):
                if values[place]:
                    found[place][values[place]] += count
        return found

    @property
    def chips(self) -> list[tuple]:
        """Label and words of each thing asked, with what an address asks once it is taken away."""
        names = labels()
        return [
            (
                names[name],
                words_of(name, value),
                urlencode(
                    {other: said for other, said in self.asked.items() if other != name} | self.keeping
                ),
            )
            for name, value in self.asked.items()
        ]

    @property
    def further(self) -> str:
        """What further pages go on asking."""
        return f"{urlencode(self.asked)}&" if self.asked else ""

    def _has(self, values: list, asked: Mapping[str, str]) -> bool:
        return not asked or all(
            value == asked.get(name, value) for name, value in zip(FACETS, values, strict=True)
        )


class SeekingPaginator(Paginator):
    """Pages that begin at known places: the database goes there by its index instead of counting rows on the way."""

    def __init__(self, edition: Edition, starts: list[int]):
        super().__init__((), ROWS, orphans=ORPHANS)
        self.edition, self.starts = edition, starts

    def page(self, number):
        number = self.validate_number(number)
        most = self.per_page + (self.orphans if number == self.num_pages else 0)
        rows = lines_from(self.edition.pk, self.starts[number - 1], most=most)
        return self._get_page(rows, number, self)


@kept_query
def lines_from(edition, start, *, most):
    """So many lines of an edition from a place on."""
    return Entry.objects.filter(edition=edition, position__gte=start).as_lines()[:most]


def labels() -> dict[str, str]:
    return {"category": _("Category"), "type": _("Type"), "department": _("Department")}


def words_of(name: str, value: str) -> str:
    """How a page says a value: as printed, a type by its name."""
    return str(PowerType(value).label) if name == "type" else value


def narrowed(
    edition: Edition | None, question: Mapping[str, str], keeping: Mapping[str, str] | None = None
) -> Narrowed | None:
    """What an address leaves of an edition; a value that no entry has asks nothing."""
    if edition is None:
        return None
    tally = tally_of(edition)
    known = {name: {cell[place] for cell in tally.cells} - {""} for place, name in enumerate(FACETS)}
    asked = {name: value for name in FACETS if (value := question.get(name)) in known[name]}
    return Narrowed(edition, tally, asked, keeping or {})


def tally_of(edition: Edition) -> Tally:
    """As stored with the edition, or counted now for one that was announced before counts were stored."""
    stored = edition.tally or count_entries(edition)
    return Tally(stored["cells"], stored["starts"])


def count_entries(edition: Edition) -> dict[str, list]:
    """The tally of an edition as it is stored."""
    rows = edition.entries.order_by("position").values_list("position", *FACETS.values())
    return tally_from(rows)


def tally_from(rows: Iterable[tuple]) -> dict[str, list]:
    """The tally of rows of a place and the three values, in the order of the list."""
    cells, places = Counter(), []
    for place, *values in rows:
        places.append(place)
        cells[tuple(values)] += 1
    pages = Paginator(range(len(places)), ROWS, orphans=ORPHANS).num_pages
    starts = [places[page * ROWS] for page in range(pages)] if places else []
    return {"cells": [[*values, count] for values, count in cells.items()], "starts": starts}
