"""Units that departments post to townships: put on record, with the powers that hang on them."""

import re
from collections.abc import Iterable

from django.db import transaction

from accounts.choices import OfficeKind
from accounts.following import institutions_changed
from accounts.journal import record
from accounts.models import County, Office, User

from ..models import TransferTownship
from .people import check_keeps

SAID = ("head_count", "management")


@transaction.atomic
def post_units(*, county: County, units: Iterable[Office], by: User | None) -> list[Office]:
    """Put seconded units on record as a paper names them, in its order; an office of the name becomes the unit."""
    posted = []
    known = list(Office.objects.filter(township__county=county).select_related("township"))
    for unit in units:
        check_keeps(by, county, unit.sending_department)
        names = _names_of(unit)
        office = next(
            (one for one in known if one.township_id == unit.township_id and one.name in names), unit
        )
        office.kind, office.sending_department = OfficeKind.SECONDED, unit.sending_department
        for name in SAID:
            # What the paper leaves out stays as it is on record.
            setattr(office, name, getattr(unit, name) or getattr(office, name))
        office.full_clean()
        office.save()
        record("post", office, by=by, county=county, department=unit.sending_department.name)
        posted.append(office)
    if posted:
        institutions_changed(county)
    return posted


def _names_of(unit: Office) -> tuple[str, ...]:
    """What a township's unit is called: 司法所 in a table of all townships is 榆树司法所 in the town's own."""
    township = unit.township.name
    bare = re.sub("(?:街道|[镇乡])$", "", township)
    alone = unit.name.removeprefix(township).removeprefix(bare)
    return unit.name, alone or unit.name, f"{bare}{alone}", f"{township}{alone}"


@transaction.atomic
def hang(*, rows: Iterable[TransferTownship], offices: Iterable[Office]) -> None:
    """Let seconded powers hang on the unit of their department in their township; none moves to another unit."""
    unit_of = {(office.township_id, office.sending_department_id): office for office in offices}
    for row in rows:
        office = unit_of.get((row.township_id, row.power.department_id))
        if office is not None and row.office_id is None:
            row.office = office
            row.clean()
            row.save(update_fields=["office"])
