"""A county's departments, townships, offices and villages from one workbook, stored whole or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from .following import institutions_changed
from .models import County
from .resources import (
    DepartmentResource,
    OfficeResource,
    Problem,
    TownshipClassResource,
    TownshipResource,
    VillageResource,
)
from .spreadsheets import Unreadable, read_tables

# In this order, because each may name what stands before it.
RESOURCES = (DepartmentResource, TownshipClassResource, TownshipResource, OfficeResource, VillageResource)


@dataclass(frozen=True)
class Outcome:
    """What became of one sheet."""

    sheet: str
    new: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...]


def import_institutions(data: bytes, *, county: County) -> list[Outcome]:
    """Store every sheet we know by its name; when any row is refused, store nothing.

    `Unreadable` when the file is no such workbook.
    """
    tables = read_tables(data)
    known = [resource for resource in RESOURCES if tables.get(resource.sheet)]
    if not known:
        sheets = "、".join(resource.sheet for resource in RESOURCES)
        raise Unreadable(_("The workbook has none of the sheets %(sheets)s.") % {"sheets": sheets})
    with transaction.atomic():
        outcomes = [import_sheet(resource(county=county), tables) for resource in known]
        if any(outcome.problems for outcome in outcomes):
            transaction.set_rollback(True)
        else:
            institutions_changed(county)
    return outcomes


def import_sheet(resource, tables) -> Outcome:
    """Store the rows that can be stored, so that a later sheet is not blamed for this one's faults."""
    try:
        dataset = resource.dataset(tables)
    except Unreadable as error:
        raise Unreadable(_("Sheet %(sheet)s: %(text)s") % {"sheet": resource.sheet, "text": error}) from error
    result = resource.import_data(dataset, use_transactions=True)
    return Outcome(
        sheet=resource.sheet,
        new=result.totals["new"],
        changed=result.totals["update"],
        unchanged=result.totals["skip"],
        problems=tuple(resource.problems(dataset, result)),
    )
