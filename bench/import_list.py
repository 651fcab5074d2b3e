"""How long an import takes against the physical limit, as ratios measured in one run.

The import goes from a file to a confirmed draft; the limit reads the same file with python-calamine and
inserts the same final rows; a stock resource of django-import-export takes the same file too. Each size runs
in a process of its own, so that its memory is its own. Nothing stays in the database of DATABASE_URL:

    python -m bench.import_list 1500 20000 100000
    python -m bench.import_list --bases --stock 20000
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
import openpyxl

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "township_portal.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from accounts.models import County, Department, Office, Township  # noqa: E402
from bench.limit import FinalRows, insert_bare, read_bare  # noqa: E402
from bench.stock import import_stock  # noqa: E402
from catalog import publishing  # noqa: E402
from catalog.importing.collecting import collection_paused  # noqa: E402
from catalog.importing.drafts import store_draft  # noqa: E402
from catalog.importing.intake import take_in  # noqa: E402
from catalog.importing.planning import make_plan  # noqa: E402
from catalog.kinds import kind_called  # noqa: E402
from catalog.models import Category, Edition, ItemList, Law  # noqa: E402
from catalog.writing import write_rows  # noqa: E402

HEADING = ["序号", "类别", "项目名称", "职权类别", "责任单位", "服务对象", "实施依据", "备注"]
STAGES = ("read", "layout", "rows", "compare", "store", "confirm")
# Real lists cite a law for several items each; one citation in seven is found nowhere else.
ARTICLES = 7


class Undone(Exception):
    """Ends a measurement with nothing stored."""


def workbook(rows: int, *, has_bases: bool, has_title: bool = True) -> bytes:
    """A service list of so many rows, as long as real ones are on average."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    if has_title:
        sheet.append(["试验县公共服务事项目录"])
    sheet.append(HEADING)
    for number in range(1, rows + 1):
        law = "社会保险法" if number % 2 else "残疾人保障法"
        basis = f"《中华人民共和国{law}》第{number // ARTICLES + 1}条" if has_bases else None
        name = f"城乡居民第{number}项服务申请受理"
        row = [number, "社会保险服务", name, "公共服务", "公共服务中心", "城乡居民", basis, None]
        # The library's reader refuses a row that ends before the heading does.
        sheet.append(row if has_title else [value or "无" for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_list() -> ItemList:
    """A list of a county with the one office, the category and the laws that the workbook names."""
    county = County.objects.create(code="999999", name="试验县")
    township = Township.objects.create(county=county, code="999999100", name="试验镇", kind="town")
    Office.objects.create(township=township, name="公共服务中心")
    Department.objects.create(county=county, name="县民政局")
    Category.objects.get_or_create(
        name="社会保险服务", defaults={"code": "bench", "name_en": "Social insurance"}
    )
    for title in ("社会保险法", "残疾人保障法"):
        Law.objects.get_or_create(title=title)
    return ItemList.objects.create(county=county, kind="public_services")


class Stopwatch:
    """Takes the time of each stage as the import tells of it."""

    def __init__(self):
        self.seconds: dict[str, float] = {}
        self._began: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.perf_counter()
        began = self._began.setdefault(stage, now)
        self.seconds[stage] = now - began


class Work:
    """How long something takes by the clock, and on the processor: ours, the reader's, the database's.

    On a machine with other work the processor's time is the steadier one.
    """

    def __enter__(self) -> "Work":
        self._began, self._worked = time.perf_counter(), processor_seconds()
        return self

    def __exit__(self, *problem) -> None:
        self.clock = time.perf_counter() - self._began
        self.processor = processor_seconds() - self._worked


def processor_seconds() -> float:
    """What this process, its ended children and the server of its connection have worked so far."""
    own = sum(os.times()[:4])
    if connection.vendor != "postgresql":
        return own
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    stat = Path(f"/proc/{server}/stat")
    # A server on another machine keeps its own time.
    counted = stat.read_text().rpartition(")")[2].split()[11:13] if stat.exists() else ()
    return own + sum(map(int, counted)) / os.sysconf("SC_CLK_TCK")


@collection_paused()
def imported(content: bytes, item_list: ItemList, watch: Stopwatch, *, has_preview: bool) -> Edition:
    """The whole road from the file to a confirmed draft; with a preview it is stored first and confirmed later."""
    kind, county = kind_called(item_list.kind), item_list.county
    intake = take_in(content, "清单.xlsx", kind=kind, county=county, progress=watch)
    plan = make_plan(intake, None, progress=watch)
    edition = store_draft(
        plan=plan, item_list=item_list, by=None, is_confirmed_at_once=not has_preview, progress=watch
    )
    return publishing.confirm(edition=edition, by=None, progress=watch)


@collection_paused()
def limit(content: bytes, final: FinalRows, write: Callable) -> dict:
    """What reading the file and inserting its final rows takes where nothing lies between; undone at once."""
    work = Work()
    try:
        with transaction.atomic():
            with work:
                read_bare(content)
                final.insert(write)
            raise Undone
    except Undone:
        return vars(work)


def measured(rows: int, *, has_bases: bool, has_preview: bool, has_stock: bool) -> dict:
    """One measurement: the stages, the limit, the stock resource where asked, and the memory."""
    content = workbook(rows, has_bases=has_bases)
    found: dict = {}
    try:
        with transaction.atomic():
            item_list, watch = a_list(), Stopwatch()
            with Work() as ours:
                edition = imported(content, item_list, watch, has_preview=has_preview)
            found["memory"] = [
                resource.getrusage(who).ru_maxrss // 1024
                for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            ]
            final = FinalRows(edition)
            assert len(final.entries) == rows
            assert bool(final.bases) == has_bases
            found |= {"stages": watch.seconds, "import": vars(ours)}
            found["limit"] = limit(content, final, insert_bare)
            found["floor"] = limit(content, final, write_rows)
            if has_stock:
                bare = workbook(rows, has_bases=has_bases, has_title=False)
                other = Edition.objects.create(list=item_list)
                with Work() as stock:
                    import_stock(bare, other)
                assert other.entries.count() == rows
                found["stock"] = vars(stock)
            raise Undone
    except Undone:
        return found


def told(rows: int, runs: list[dict]) -> str:
    """The best of several runs in one line: other work on the machine only ever makes a run slower."""
    best = min(runs, key=lambda run: run["import"]["clock"])
    stages = " + ".join(f"{name} {best['stages'][name]:.2f}" for name in STAGES)
    memory = [max(run["memory"][who] for run in runs) for who in (0, 1)]
    line = f"{connection.vendor} {rows:>7} rows: {best['import']['clock']:.2f} s = {stages}"
    for measure in ("clock", "processor"):
        least = {
            name: min(run[name][measure] for run in runs)
            for name in ("import", "limit", "floor", "stock")
            if name in runs[0]
        }
        line += (
            f"; by the {measure}: limit {least['limit']:.2f} s, {least['import'] / least['limit']:.1f} limits"
            f" ({least['import'] / least['floor']:.1f} of the quickest way to insert)"
        )
        if "stock" in least:
            line += f", stock {least['stock'] / least['limit']:.0f} limits"
            line += f" and {least['stock'] / least['import']:.0f} imports"
    return f"{line}; peak {memory[0]} MB, reader {memory[1]} MB"


def main() -> None:
    """Measure every size asked for, each run in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[1500, 20000])
    parser.add_argument("--bases", action="store_true", help="with a legal basis in every row")
    parser.add_argument(
        "--preview", action="store_true", help="the clerk's road: stored, looked at, confirmed"
    )
    parser.add_argument("--stock", action="store_true", help="the stock resource as well; it takes its time")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        found = measured(
            asked.rows[0], has_bases=asked.bases, has_preview=asked.preview, has_stock=asked.stock
        )
        print(json.dumps(found))
        return
    options = ["--bases"] * asked.bases + ["--preview"] * asked.preview + ["--stock"] * asked.stock
    for rows in asked.rows:
        command = [sys.executable, "-m", "bench.import_list", "--one", *options, str(rows)]
        runs = [
            json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
            for _ in range(asked.runs)
        ]
        print(told(rows, runs), flush=True)


if __name__ == "__main__":
    main()
