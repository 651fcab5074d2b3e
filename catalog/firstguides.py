"""The first guide of an item: what a list prints beyond the paper's core, taken over once.

The entry keeps every column as printed; here they become fields that the department goes on keeping.
What a column does not say is not on record; nothing is filled in for it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.histories import insert_many
from accounts.models import User

from .choices import ChannelKind, GuideState, LimitUnit
from .models import Channel, Edition, Entry, Guide, Item, Material, Step

GUIDE_COLUMNS = frozenset(
    {
        "conditions",
        "materials",
        "procedure",
        "statutory_limit",
        "promised_limit",
        "fee",
        "channels",
        "visits",
        "result",
        "phone",
    }
)
UNITS = {"工作日": LimitUnit.WORKING_DAYS, "自然日": LimitUnit.CALENDAR_DAYS}
NO_FEE = re.compile(r"^(不收费|免费|无|否|不收取|零收费)[。.]?$")
BEGUN = "随清单建立"  # in the history of a guide; stored as it is, so in the language of the county
NOTHING = re.compile(r"^(无|—+|-+|/|无需)?[。.]?$")
# "1." "（2）" "③" before one of several; a bare figure belongs to the text (2寸照片).
NUMBERING = re.compile(
    r"^\s*(?:[（(][0-9一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、](?![0-9])|[①-⑳])\s*"
)
CHANNEL_WORDS = {
    ChannelKind.WINDOW: re.compile("窗口|现场|线下|大厅"),
    ChannelKind.ONLINE: re.compile("网上|在线|线上|网站|APP|小程序"),
    ChannelKind.POST: re.compile("邮寄|快递|邮政"),
    ChannelKind.AGENT: re.compile("代办|帮办"),
}


@dataclass
class FirstGuide:
    """A guide with its rows, unsaved."""

    guide: Guide
    materials: list[Material] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)


def begin_guides(edition: Edition, *, by: User | None) -> None:
    """Give every item that has no guide its first one, where the list says anything a guide would.

    Valid from the day the edition takes effect.
    """
    without = Item.objects.filter(entries__edition=edition).exclude(guides__state=GuideState.APPROVED)
    entries = edition.entries.filter(item__in=without).select_related("item").order_by("position")
    begun = [first_guide(entry, edition) for entry in entries if GUIDE_COLUMNS & entry.details.keys()]
    insert_many([first.guide for first in begun], by=by, reason=BEGUN)
    for name in ("materials", "steps", "channels"):
        insert_many([row for first in begun for row in getattr(first, name)], by=by, reason=BEGUN)


def end_guides(edition: Edition) -> None:
    """Take back the first guides of an edition that never came into force; what somebody has kept since stays."""
    begun = Guide.objects.filter(item__entries__edition=edition, valid_from=edition.effective_on)
    kept = Guide.history.exclude(history_change_reason=BEGUN).values("id")
    for part in (Material, Step, Channel):
        begun = begun.exclude(pk__in=part.history.exclude(history_change_reason=BEGUN).values("guide"))
    Guide.objects.filter(pk__in=begun.exclude(pk__in=kept)).delete()


def first_guide(entry: Entry, edition: Edition) -> FirstGuide:
    """The guide an entry's further columns amount to."""
    details = entry.details
    guide = Guide(
        item=entry.item,
        valid_from=edition.effective_on,
        conditions=details.get("conditions", ""),
        visits=details.get("visits"),
        result_name=details.get("result", "")[:100],
        phone=details.get("phone", "")[:50],
        is_free=True if NO_FEE.match(details.get("fee", "")) else None,
        **_limit("statutory_limit", details),
    )
    promised = _limit("promised_limit", details)
    if _keeps_the_law(guide, promised):
        for name, value in promised.items():
            setattr(guide, name, value)
    return FirstGuide(
        guide,
        [
            Material(guide=guide, position=position, name=name[:200])
            for position, name in enumerate(_pieces(details.get("materials", "")), start=1)
        ],
        [
            Step(guide=guide, position=position, name=name[:100], text=name if len(name) > 100 else "")
            for position, name in enumerate(_pieces(details.get("procedure", "")), start=1)
        ],
        [
            Channel(guide=guide, kind=kind)
            for kind, words in CHANNEL_WORDS.items()
            if words.search(details.get("channels", ""))
        ],
    )


def _limit(name: str, details: dict) -> dict[str, object]:
    limit = details.get(name)
    return {name: limit["value"], f"{name}_unit": UNITS[limit["unit"]]} if limit else {}


def _keeps_the_law(guide: Guide, promised: dict[str, object]) -> bool:
    """A list may print a promise longer than the law; the entry keeps it, the guide does not repeat it."""
    if not promised or guide.statutory_limit is None:
        return bool(promised)
    is_same_unit = promised["promised_limit_unit"] == guide.statutory_limit_unit
    return not is_same_unit or promised["promised_limit"] <= guide.statutory_limit


def _pieces(text: str) -> Iterable[str]:
    """The several things a cell names: by lines, semicolons or arrows, without their numbering."""
    for piece in re.split(r"[\n；;→]", text):
        plain = NUMBERING.sub("", piece).strip(" 。，,")
        if plain and not NOTHING.match(plain):
            yield plain
