"""The units that a catalogue of seconded powers names, whether it lists powers for them or not."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from accounts.choices import OfficeKind
from accounts.models import Office, User
from catalog.models import Edition, Entry

from .. import lifecycle
from ..choices import Mode
from ..models import TransferTownship
from .preparing import transfers_of
from .proposals import MODE_OF_KIND
from .receivers import Townships


@transaction.atomic
def post_units_of(edition: Edition, *, by: User | None) -> int:
    """Put the catalogue's units on record, with its powers hanging on them; how many there are.

    Not before the catalogue is announced or taken over: offices stand on public pages.
    """
    if MODE_OF_KIND[edition.list.kind] != Mode.SECONDED:
        return 0
    county = edition.list.county
    named: dict[tuple, Office] = {}
    entries = edition.entries.exclude(department=None).select_related("department").order_by("position")
    townships = Townships(county, timezone.localdate(edition.created_at))
    for unit in (unit for entry in entries for unit in _units_of(entry, townships)):
        named.setdefault((unit.township_id, unit.name), unit)
    posted = lifecycle.post_units(county=county, units=named.values(), by=by)
    offices_called: dict[str, list[Office]] = {}
    for (_township, name), office in zip(named, posted, strict=True):
        offices_called.setdefault(name, []).append(office)
    for name, offices in offices_called.items():
        rows = TransferTownship.objects.filter(
            transfer__in=transfers_of(edition), transfer__entry__details__seconded_unit=name
        )
        lifecycle.hang(rows=rows.select_related("power"), offices=offices)
    return len(posted)


def _units_of(entry: Entry, townships: Townships) -> Iterator[Office]:
    """The unit of a row in each township that the row names, unsaved."""
    details = entry.details
    name = str(details.get("seconded_unit", "")).strip()
    for township in townships.named_in(entry.receiving_body).townships if name else ():
        yield Office(
            township=township,
            name=name[:100],
            kind=OfficeKind.SECONDED,
            sending_department=entry.department,
            head_count=_count(details.get("head_count")),
            management=str(details.get("management", "")),
        )


def _count(value: object) -> int | None:
    """A head count as stored; words such as 「若干」 are none."""
    return int(str(value)) if str(value).isdecimal() else None
