"""Powers as residents find them: over the days in which at least one township exercises them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import County
from catalog.search.doors import groups_of
from catalog.search.facets import Facet, facets
from catalog.search.sources import ALWAYS, Document, Source, sources

from .choices import Mode
from .models import Power, TransferTownship

POWERS = "powers"


def register() -> None:
    """Add powers to what can be found, and their modes to what hits are narrowed by."""
    sources.append(Source(POWERS, _("Powers handed down"), power_documents, power_address, rank=4))
    facets.append(Facet("mode", _("Mode of handing down"), dict(Mode.choices)))


def power_address(county_code: str, code: str, township_code: str) -> str:
    return reverse("power", args=[county_code, int(code)])


def power_documents(county: County, *, on: date, codes: Collection[str] | None = None) -> Iterator[Document]:
    """Each power that is exercised on the day or later, one document for each span of days.

    Prepared powers, coming ones before their day and those taken back are not found.
    """
    powers = Power.objects.filter(county=county).current().select_related("department", "category")
    receipts = TransferTownship.objects.put_in_force().of_county(county).exclude(valid_to__lte=on)
    if codes is not None:
        powers = powers.filter(number__in=[int(code) for code in codes])
        receipts = receipts.filter(power__number__in=[int(code) for code in codes])
    rows = defaultdict(list)
    for row in receipts.order_by("power", "township__code").values_list(
        "power_id", "township__code", "mode", "valid_from", "valid_to"
    ):
        if row[3] != row[4]:
            rows[row[0]].append(row[1:])
    for power in powers.order_by("number"):
        if power.is_townships_own:
            yield _document(power, [], ALWAYS, None)
            continue
        cuts = sorted({day for row in rows[power.pk] for day in row[2:] if day is not None})
        for first, end in pairwise([*cuts, None]):
            standing = [
                row for row in rows[power.pk] if row[2] <= first and (row[3] is None or row[3] > first)
            ]
            if standing and (end is None or end > on):
                yield _document(power, standing, first, end)


def _document(power: Power, rows: list[tuple], first: date, end: date | None) -> Document:
    modes = sorted({mode for _township, mode, *_days in rows})
    said = f"{power.main_name} {power.name}"
    department = power.department.name if power.department else ""
    found_by = [("category", power.category.code)] if power.category else []
    found_by += [("audience", code) for code in groups_of(said)]
    found_by += [("mode", mode) for mode in modes]
    return Document(
        code=power.code,
        title=power.name,
        popular_names=(power.main_name,) if power.main_name and power.main_name != power.name else (),
        text="\n".join(filter(None, [department, power.category and power.category.name])),
        line=department,
        facets=tuple(found_by),
        places=tuple(f"t:{code}" for code in dict.fromkeys(township for township, *_rest in rows)),
        valid_from=first,
        valid_to=end,
    )
