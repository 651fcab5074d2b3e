"""Which entries of a catalogue speak of one power: it may have a row for each of its townships."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from catalog.models import Edition, Entry

from ..wording import name_key
from .receivers import Townships

Key = tuple[int | None, str, str]


class Speakers:
    """The entries of editions by the power they speak of, each edition looked through once."""

    def __init__(self):
        self._by_power: dict[int, dict[Key, list[Entry]]] = {}
        self._townships: dict[int, Townships] = {}

    def beside(self, entry: Entry) -> list[Entry]:
        """The other entries of its edition that speak of the same power, in the paper's order."""
        alike = self._of(entry.edition)[_key(entry)]
        return [one for one in alike if one.pk != entry.pk]

    def codes_named(self, entries: Iterable[Entry]) -> set[str]:
        """The codes of the townships to which these entries hand their power."""
        codes: set[str] = set()
        for entry in entries:
            named = self._townships_of(entry.edition).named_in(entry.receiving_body)
            codes.update(township.code for township in named.townships)
        return codes

    def _of(self, edition: Edition) -> dict[Key, list[Entry]]:
        if edition.pk not in self._by_power:
            found = self._by_power[edition.pk] = defaultdict(list)
            for entry in edition.entries.order_by("position"):
                entry.edition = edition
                found[_key(entry)].append(entry)
        return self._by_power[edition.pk]

    def _townships_of(self, edition: Edition) -> Townships:
        if edition.pk not in self._townships:
            begun_on = timezone.localdate(edition.created_at)
            self._townships[edition.pk] = Townships(edition.list.county, begun_on)
        return self._townships[edition.pk]


def _key(entry: Entry) -> Key:
    return entry.department_id, name_key(entry.name), name_key(entry.main_name)
