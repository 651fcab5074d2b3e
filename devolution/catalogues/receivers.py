"""Whom a cell means by 各乡镇人民政府, 建制镇人民政府 or 榆树镇、柳河镇: the county's townships."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from accounts.choices import TownshipKind
from accounts.models import County, Reorganisation, Township, TownshipSuccession
from catalog.reading.values import split_names
from catalog.reading.words import fold, nearest
from catalog.resources.widgets import TOWNSHIP_OFFICE
from catalog.sentences import did_you_mean

# All of some kind: nothing but these words, and at least one that names a kind.
COLLECTIVE = re.compile(
    "(?:全县|全区|全市|全旗|[各所有全部相关试点建制属县区市旗辖域内级道办事处人民政府民族乡镇街苏木(),和、及])+"
)
# 乡镇 are governments; a subdistrict office is meant only where 街 is said.
KINDS_BY_WORD = (
    (
        "乡级|乡",
        frozenset({TownshipKind.TOWNSHIP, TownshipKind.ETHNIC_TOWNSHIP, TownshipKind.SUMU}),
    ),
    ("镇|乡级", frozenset({TownshipKind.TOWN})),
    ("街", frozenset({TownshipKind.SUBDISTRICT})),
    ("苏木", frozenset({TownshipKind.SUMU})),
)
ONLY_ETHNIC = re.compile("各?民族乡(?:人民政府)?")
COMMITTEE = re.compile(r"(?:村|居)(?:\((?:居|社区)\))?(?:民|委|委员)?(?:委员)?会$|社区$|^各?(?:行政)?村$")
SUFFIXES = ("人民政府", "街道办事处", "办事处", "党工委", "政府")


@dataclass
class Receivers:
    """What a cell of receivers comes to; `unknown` names no township of the county. An office names none at all."""

    townships: list[Township] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    has_committees: bool = False


class Townships:
    """A county's townships and their classes, loaded once for a whole catalogue.

    「各乡镇」 are those that stand on the day: one that has given way to another is meant only by its name.
    """

    def __init__(self, county: County, on: date | None = None):
        gone = TownshipSuccession.objects.filter(predecessor__county=county)
        gone = gone.filter(effective_on__lte=on) if on else gone.none()
        self._gone = set(gone.values_list("predecessor", flat=True))
        self._townships = list(Township.objects.filter(county=county).select_related("township_class"))
        self._by_name = {_key(township.name): township for township in self._townships}
        for renaming in Reorganisation.objects.exclude(township=None).filter(county=county):
            self._by_name.setdefault(_key(renaming.former_name), renaming.township)
        self._by_class: dict[str, list[Township]] = {}
        for township in self._townships:
            if township.township_class:
                self._by_class.setdefault(fold(township.township_class.name), []).append(township)

    def named_in(self, text: str) -> Receivers:
        """The townships that a cell names, in the order of their codes."""
        found, receivers = set(), Receivers()
        for name in split_names(text):
            townships = self._meant_by(fold(name))
            if townships is not None:
                found.update(townships)
            elif COMMITTEE.search(fold(name)):
                receivers.has_committees = True
            elif not TOWNSHIP_OFFICE.search(name):
                receivers.unknown.append(name)
        receivers.townships = sorted(found, key=lambda township: township.code)
        return receivers

    def said_unknown(self, name: str) -> str:
        """The sentence that nobody is called so, with the township that was probably meant."""
        near = did_you_mean(nearest(name, [township.name for township in self._townships]) or "")
        sentence = _("The county has no township “%(name)s”. %(nearest)s") % {"name": name, "nearest": near}
        return sentence.strip()

    def _meant_by(self, key: str) -> Iterable[Township] | None:
        if (one := self._by_name.get(key) or self._by_name.get(_key(key))) is not None:
            return [one]
        if key in self._by_class:
            return [township for township in self._by_class[key] if township.pk not in self._gone]
        if ONLY_ETHNIC.fullmatch(key):
            return self._of_kinds({TownshipKind.ETHNIC_TOWNSHIP})
        if not COLLECTIVE.fullmatch(key):
            return None
        kinds = {kind for words, meant in KINDS_BY_WORD if re.search(words, key) for kind in meant}
        return self._of_kinds(kinds) if kinds else None

    def _of_kinds(self, kinds: set[str]) -> list[Township]:
        standing = (township for township in self._townships if township.pk not in self._gone)
        return [township for township in standing if township.kind in kinds]


def _key(name: str) -> str:
    """A township's name for comparing: 榆树镇人民政府 and 榆树镇 are the same; 城关街道办事处 is 城关街道."""
    key = fold(name)
    if key.endswith("街道办事处"):
        return key.removesuffix("办事处")
    for suffix in SUFFIXES:
        key = key.removesuffix(suffix)
    return key
