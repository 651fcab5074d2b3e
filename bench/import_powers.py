"""How long a catalogue of powers takes on its way, stage by stage: from the file to powers shown in force.

Every stage is to grow with the rows and no faster. Run on the database of DATABASE_URL:

    python -m bench.import_powers 200 1500
"""

import io
import os
import sys
import time
from datetime import date

import django
import openpyxl

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "township_portal.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from accounts.choices import Role  # noqa: E402
from accounts.models import County, Department, Township, User  # noqa: E402
from catalog import publishing  # noqa: E402
from catalog.importing.drafts import store_draft  # noqa: E402
from catalog.importing.intake import take_in  # noqa: E402
from catalog.importing.planning import make_plan  # noqa: E402
from catalog.kinds import kind_called  # noqa: E402
from catalog.models import ItemList, Law  # noqa: E402
from devolution.catalogues.taking_over import take_over_catalogue  # noqa: E402

HEADING = ["序号", "下放部门", "事项名称", "权力类别", "下放依据", "承接主体"]
TOWNSHIPS, DEPARTMENTS = 13, 15  # the median county has so many townships
SINCE = date(2026, 1, 1)


class Undone(Exception):
    """Ends a measurement with nothing stored."""


def workbook(rows: int) -> bytes:
    """A catalogue of so many penalties, handed down to every township."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("目录")
    sheet.append(["试验县下放乡镇事权目录"])
    sheet.append(HEADING)
    for number in range(1, rows + 1):
        department = f"县第{number % DEPARTMENTS}局"
        basis = f"《中华人民共和国水法》第{number % 80 + 1}条；《中华人民共和国行政处罚法》第二十四条"
        name = f"对第{number}类违反规定行为的处罚"
        sheet.append([number, department, name, "行政处罚", basis, "各乡镇人民政府"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_county() -> County:
    """A county with the departments and townships that the catalogue names."""
    county = County.objects.create(code="999999", name="试验县", needs_second_person=False)
    for number in range(TOWNSHIPS):
        Township.objects.create(county=county, code=f"9999991{number:02d}", name=f"第{number}镇", kind="town")
    for number in range(DEPARTMENTS):
        Department.objects.create(county=county, name=f"县第{number}局")
    for title in ("水法", "行政处罚法"):
        Law.objects.get_or_create(title=title, defaults={"level": "法律"})
    return county


def timed(work):
    """Seconds of this process, and what the work returned."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def measure(rows: int) -> None:
    """Print what each stage takes of a catalogue of so many rows, in seconds of the processor."""
    content, kind = workbook(rows), kind_called("delegated_powers")
    try:
        with transaction.atomic():
            county = a_county()
            approver = User.objects.create_user("approver.999999", role=Role.APPROVER, county=county)
            item_list = ItemList.objects.create(county=county, kind=kind.code)
            reading, intake = timed(lambda: take_in(content, "目录.xlsx", kind=kind, county=county, on=SINCE))
            planning, plan = timed(lambda: make_plan(intake, None))
            storing, edition = timed(lambda: store_draft(plan=plan, item_list=item_list, by=None))
            confirming, edition = timed(lambda: publishing.confirm(edition=edition, by=None))
            taking, outcome = timed(
                lambda: take_over_catalogue(edition=edition, by=approver, since=SINCE, document="目录")
            )
            total = reading + planning + storing + confirming + taking
            print(
                f"{connection.vendor} {rows:>6} rows: {total:6.2f} s = read and judge {reading:.2f} + "
                f"compare {planning:.2f} + store {storing:.2f} + confirm and prepare {confirming:.2f} + "
                f"take over {taking:.2f}; {1000 * total / rows:.1f} ms a row; "
                f"{outcome.in_force} powers in townships"
            )
            raise Undone
    except Undone:
        return


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["200", "1500"]:
        measure(int(argument))
