"""The one-time notice (一次性告知单): everything a resident must know before coming, on one sheet of A4.

One sheet whatever the guide holds: the type grows smaller step by step, then what is no condition of coming
twice (steps, conditions, remarks) is left to the page behind the code, and the sheet says so.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import Township
from accounts.models.place import Place

from .arrangements import Arrangement
from .choices import HandlingRule
from .limits import limit_in_words
from .models import Entry, Guide, Material

POINT = 0.3528  # mm
# The sheet within its margins, and what title, code, headings, source and signature take of it, in mm.
WIDTH, HEIGHT, FIXED = 178, 262, 84
LABEL, BOX = 34, 8
LEADING = 1.45
SIZES = (12, 11, 10, 9, 8, 7)  # points; below that nobody reads it
CUT = 80  # characters left of a text that is too long


class Fact(NamedTuple):
    """One line of the notice; `is_printed` of words that are Chinese whatever the page's language."""

    label: str
    text: str
    is_printed: bool = False


class Bring(NamedTuple):
    """One document to bring, and what is to be known of it."""

    name: str
    told: str = ""


@dataclass(frozen=True)
class Notice:
    """What stands on the sheet, and in which size."""

    facts: Sequence[Fact]
    materials: Sequence[Bring]
    steps: Sequence[str] = ()
    size: int = SIZES[0]
    is_cut: bool = False
    left_out: int = 0

    def height(self, size: int) -> float:
        """How many mm the changing part takes in this size, told rather too high than too low."""
        em = size * POINT
        lines = 0.0
        for fact in self.facts:
            lines += max(_lines(fact.text, WIDTH - LABEL, em), _lines(fact.label, LABEL, em)) + 0.35
        for bring in self.materials:
            lines += _lines(bring.name, WIDTH - BOX, em) + 0.35
            lines += _lines(bring.told, WIDTH - BOX, em) if bring.told else 0
        lines += sum(_lines(step, WIDTH - BOX, em) + 0.2 for step in self.steps)
        return lines * em * LEADING

    def fits(self, size: int) -> bool:
        return self.height(size) <= HEIGHT - FIXED


def notice_of(entry: Entry, township: Township, arrangement: Arrangement, guide: Guide | None) -> Notice:
    """The notice of an item in a township, in the size that fits one sheet."""
    materials = [
        Bring(material.name, " · ".join(told_of(material)))
        for material in (guide.materials.all() if guide else [])
        if not material.is_dropped
    ]
    steps = (
        [f"{step.name}：{step.text}" if step.text else step.name for step in guide.steps.all()]
        if guide
        else []
    )
    return fitted(Notice(facts_of(entry, township, arrangement, guide), materials, steps))


def fitted(notice: Notice) -> Notice:
    """The same on one sheet: first smaller, then shorter, with the documents to bring kept to the last."""
    for shorter in (notice, _without_steps(notice), _with_short_texts(notice)):
        for size in SIZES:
            if shorter.fits(size):
                return replace(shorter, size=size)
    shorter = replace(shorter, size=SIZES[-1])
    while shorter.materials and not shorter.fits(SIZES[-1]):
        shorter = replace(shorter, materials=shorter.materials[:-1], left_out=shorter.left_out + 1)
    return shorter


def _without_steps(notice: Notice) -> Notice:
    return replace(notice, steps=(), is_cut=True)


def _with_short_texts(notice: Notice) -> Notice:
    facts = [fact._replace(text=_short(fact.text)) for fact in notice.facts]
    materials = [bring._replace(told=_short(bring.told)) for bring in notice.materials]
    return replace(notice, facts=facts, materials=materials, steps=(), is_cut=True)


def _short(text: str) -> str:
    return text if len(text) <= CUT else f"{text[: CUT - 1]}…"


def _lines(text: str, width: float, em: float) -> int:
    """How many lines the text takes; a Chinese character is one em wide, any other a little over half."""
    return sum(
        max(1, math.ceil(sum(_width(character) for character in line) * em / width))
        for line in text.split("\n")
    )


def _width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.62


def told_of(material: Material) -> list[str]:
    """What is to be known of a document beside its name."""
    told = [
        material.get_need_display() if material.need else "",
        _("originals: %(count)s") % {"count": material.originals} if material.originals else "",
        _("copies: %(count)s") % {"count": material.copies} if material.copies else "",
        _("from: %(source)s") % {"source": material.source} if material.source else "",
        material.note,
    ]
    return [text for text in told if text]


def facts_of(entry: Entry, township: Township, arrangement: Arrangement, guide: Guide | None) -> list[Fact]:
    """Where, when, by whom and how long; what is not on record is left out, but for what everybody asks."""
    missing = _("Not on record")
    place = place_of(township, arrangement)
    facts = [
        Fact(_("Where it is handled"), whether_here(arrangement)),
        Fact(_("Place"), " ".join(place.where) or missing, bool(place.where)),
        Fact(_("Opening hours"), place.hours or missing, bool(place.hours)),
        Fact(_("Phone"), place.phone or missing),
        Fact(_("Who it is for"), entry.service_target or missing, bool(entry.service_target)),
        Fact(_("Requirements"), entry.requirements, True),
        Fact(_("Conditions"), guide.conditions if guide else "", True),
        Fact(_("Promised limit"), arrangement.limit or missing),
        Fact(_("Statutory limit"), statutory_limit(guide)),
        Fact(_("Fee"), fee_of(guide) or missing, bool(guide and guide.fee_name)),
        Fact(_("Result"), guide.result_name if guide else "", True),
        Fact(_("Please note"), arrangement.note, True),
    ]
    return [fact for fact in facts if fact.text]


class Whereabouts(NamedTuple):
    """Where one goes for an item: the words of the place, its hours and its phone."""

    where: list[str]
    hours: str
    phone: str


def place_of(township: Township, arrangement: Arrangement) -> Whereabouts:
    """The county's hall for what only the county does, else the township's office, window and centre."""
    if arrangement.rule == HandlingRule.COUNTY:
        hall = township.county.hall
        return Whereabouts([text for text in (hall.name, hall.address) if text], hall.hours, hall.phone)
    office = arrangement.office.place if arrangement.office else Place()
    address = arrangement.place or office.address
    where = [address] if address else [township.centre_name, township.centre_address]
    where += [arrangement.window, arrangement.office.name if arrangement.office else ""]
    return Whereabouts(
        [text for text in where if text],
        arrangement.hours or office.hours or township.centre_hours,
        arrangement.phone or township.centre_phone,
    )


def whether_here(arrangement: Arrangement) -> str:
    """In a sentence, whether one can apply in the township."""
    if arrangement.is_suspended:
        return _("Suspended: this item is not handled here at present.")
    if arrangement.rule == HandlingRule.HERE:
        return _("Yes. You apply here, and it is decided here.")
    if arrangement.rule == HandlingRule.ACCEPTED_HERE:
        body = arrangement.decided_by or _("the county")
        return _("You apply here. It is decided by %(body)s.") % {"body": body}
    if arrangement.rule == HandlingRule.VILLAGE:
        return _("You can apply in your village: the agent at its service point handles it.")
    if arrangement.rule == HandlingRule.COUNTY:
        return _("No: this is done only at the county.")
    return _("Not on record; please ask by phone before you go.")


def statutory_limit(guide: Guide | None) -> str:
    return limit_in_words(guide.statutory_limit, guide.statutory_limit_unit) if guide else ""


def fee_of(guide: Guide | None) -> str:
    if guide and guide.is_free:
        return _("Free of charge")
    return f"{guide.fee_name}：{guide.fee_standard}（{guide.fee_basis}）" if guide and guide.fee_name else ""
