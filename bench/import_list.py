"""How long an import takes against the physical limit, as ratios measured in one run.

The limit reads the same file with python-calamine and inserts the same final rows with one prepared
statement; the import goes from the file to a confirmed draft. Run on the database of DATABASE_URL:

    python -m bench.import_list 1500 20000
"""

import io
import os
import resource
import sys
import time

import django
import openpyxl
import python_calamine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "township_portal.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from accounts.models import County, Department, Office, Township  # noqa: E402
from catalog import publishing  # noqa: E402
from catalog.importing.drafts import store_draft  # noqa: E402
from catalog.importing.intake import take_in  # noqa: E402
from catalog.importing.planning import make_plan  # noqa: E402
from catalog.kinds import kind_called  # noqa: E402
from catalog.models import Basis, Entry, ItemList  # noqa: E402

HEADING = ["序号", "类别", "项目名称", "职权类别", "责任单位", "服务对象", "实施依据", "备注"]


class Undone(Exception):
    """Ends a measurement with nothing stored."""


def workbook(rows: int) -> bytes:
    """A service list of so many rows, as long as real ones are on average."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.append(["试验县公共服务事项目录"])
    sheet.append(HEADING)
    for number in range(1, rows + 1):
        basis = f"《中华人民共和国社会保险法》第{number % 90 + 1}条"
        name = f"城乡居民第{number}项服务申请受理"
        sheet.append([number, "社会保险服务", name, "公共服务", "公共服务中心", "城乡居民", basis, None])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_county() -> County:
    """A county with the one office the workbook names."""
    county = County.objects.create(code="999999", name="试验县")
    township = Township.objects.create(county=county, code="999999100", name="试验镇", kind="town")
    Office.objects.create(township=township, name="公共服务中心")
    Department.objects.create(county=county, name="县民政局")
    return county


def timed(work):
    """Seconds taken, and what the work returned."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def limit(content: bytes, entries) -> float:
    """Reading alone plus inserting alone."""
    book = python_calamine.CalamineWorkbook.from_filelike
    reading, _ = timed(lambda: book(io.BytesIO(content)).get_sheet_by_index(0).to_python())
    fields = [field for field in Entry._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {Entry._meta.db_table} ({columns}) VALUES ({marks})"
    values = [
        [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in fields]
        for entry in entries
    ]

    def insert():
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)

    Entry.objects.filter(edition=entries[0].edition_id).delete()
    inserting, _ = timed(insert)
    return reading + inserting


def measure(rows: int) -> None:
    """Print what an import of so many rows takes, and how many times the limit that is."""
    content = workbook(rows)
    try:
        with transaction.atomic():
            county = a_county()
            item_list = ItemList.objects.create(county=county, kind="public_services")
            kind = kind_called("public_services")
            taking, intake = timed(lambda: take_in(content, "清单.xlsx", kind=kind, county=county))
            planning, plan = timed(lambda: make_plan(intake, None))
            storing, edition = timed(lambda: store_draft(plan=plan, item_list=item_list, by=None))
            confirming, _ = timed(lambda: publishing.confirm(edition=edition, by=None))
            entries = list(edition.entries.all())
            Basis.objects.filter(entry__edition=edition).delete()
            floor = limit(content, entries)
            total = taking + planning + storing + confirming
            print(
                f"{connection.vendor} {rows:>7} rows: {total:6.2f} s = read {taking:.2f} + compare {planning:.2f} "
                f"+ store {storing:.2f} + confirm {confirming:.2f}; limit {floor:.2f} s; ratio {total / floor:.1f}; "
                f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
            )
            raise Undone
    except Undone:
        return


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["1500", "20000"]:
        measure(int(argument))
