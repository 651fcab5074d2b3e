"""Townships and villages as they can be found; a township that gave way leads to the one that follows."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse

from accounts.models import County, Township, TownshipSuccession, Village

from .sources import ALWAYS, Document


def township_address(county_code: str, code: str, township_code: str) -> str:
    return reverse("township", args=[code[:9]])


def township_documents(
    county: County, *, on: date, codes: Collection[str] | None = None
) -> Iterator[Document]:
    """Every township of the county; from the day it gave way on, its line names what followed."""
    successors = defaultdict(list)
    successions = TownshipSuccession.objects.filter(predecessor__county=county).select_related("successor")
    for succession in successions.order_by("effective_on", "successor__code"):
        successors[succession.predecessor_id].append(succession)
    for township in Township.objects.filter(county=county).order_by("code"):
        gave_way = successors[township.pk]
        day = gave_way[0].effective_on if gave_way else None
        if day is None or day > on:
            yield _place(township.code, township.name, county.name, ALWAYS, day)
        if day is not None:
            names = "、".join(dict.fromkeys(each.successor.name for each in gave_way))
            yield _place(township.code, township.name, f"{county.name} → {names}", day, None)


def village_documents(
    county: County, *, on: date, codes: Collection[str] | None = None
) -> Iterator[Document]:
    """Every village of the county; its page is that of its township, before and after a move."""
    villages = Village.objects.filter(township__county=county).select_related("township")
    for village in villages.prefetch_related("moves__reorganisation", "moves__former", "moves__to").order_by(
        "code"
    ):
        first, township = ALWAYS, village.township
        for move in sorted(village.moves.all(), key=lambda move: move.reorganisation.effective_on):
            day = move.reorganisation.effective_on
            yield _place(village.code, village.name, f"{county.name}{move.former.name}", first, day)
            first, township = day, move.to
        yield _place(village.code, village.name, f"{county.name}{township.name}", first, None)


def _place(code, name, line, first, end) -> Document:
    return Document(
        code=code, title=name, popular_names=(f"{line}{name}",), line=line, valid_from=first, valid_to=end
    )
