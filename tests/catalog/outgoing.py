"""Editions for tests of what goes out: typed by hand into a county whose bodies bear awkward names."""

from dataclasses import replace

from django.core.exceptions import ValidationError

from catalog.exporting.table import EditionTable
from catalog.exporting.texttable import as_text_table
from catalog.exporting.workbook import as_workbook
from catalog.importing.intake import take_in
from catalog.importing.planning import make_plan
from catalog.importing.typed import mend_typed
from catalog.models import Edition, Entry, Item, ItemList, ItemNumbering
from tests import factories

FORMATS = {"xlsx": as_workbook, "csv": as_text_table}
DEPARTMENTS = ["县民政局", "县教育局", "=县财政局", "'@县水务局", "县住建局（县人防办）", "“县”农业局"]
UNITS = ["公共服务中心", "=1+1中心", "同上", "'+民生办公室", "合计"]


def make_bodies(county, township) -> None:
    """Departments and offices that no spreadsheet should choke on."""
    for name in DEPARTMENTS:
        factories.make_department(county, name)
    for name in UNITS:
        factories.make_office(township, name)


def make_edition(county, kind, rows, **record) -> Edition:
    """An edition of these raw values; what may not be typed is left out."""
    item_list, _ = ItemList.objects.get_or_create(county=county, kind=kind)
    record = {"title": "青禾县事项目录", "document_number": "青政发〔2025〕1号"} | record
    edition = Edition.objects.create(list=item_list, **record)
    for position, values in enumerate(rows, start=1):
        entry = Entry(edition=edition, position=position, **values)
        try:
            mend_typed(entry)
        except ValidationError:
            continue
        if entry.name:
            (number,) = ItemNumbering.draw(county, 1)
            entry.item = Item.objects.create(county=county, number=number)
            entry.digest = entry.compute_digest()
            entry.save()
    return edition


def exported(edition, form="xlsx") -> bytes:
    with FORMATS[form](EditionTable(edition)) as file:
        return file.read()


def plan_of(content, edition, form="xlsx"):
    """What importing the content would do to the edition."""
    item_list = edition.list
    # Without the kind's own checks: what the law says of a row is not what a round trip is about.
    kind = replace(item_list.list_kind, checks=None)
    intake = take_in(content, f"北原县民政局清单.{form}", kind=kind, county=item_list.county)
    return make_plan(intake, edition)
