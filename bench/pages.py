"""What public pages cost, as shares of a bare answer served in the same run.

    python -m bench.pages                        # SQLite, 20,000 items
    python -m bench.pages --items 420000         # 2,800 counties
    python -m bench.pages --postgres             # beside a PostgreSQL of its own
    python -m bench.pages --datasette            # also beside Datasette, in an environment it makes for itself

Sets up its own data under var/bench, which a second run uses again. Every figure is the median of rounds in which what
is compared takes turns, so that other work on the machine weighs on all of it.
"""

import argparse
import contextlib
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import temporary_cluster

from .datasette import serving_datasette
from .load import Answered, ask, etag_of, load
from .servers import BASE, gunicorn

ITEMS_A_COUNTY = 150
FEW_ITEMS = 420
LONG_LIST = 4_500
FIRST_COUNTY = "990201"
ROUNDS = 5


@dataclass
class Province:
    """A database with a province in it, and the addresses of its pages."""

    url: str
    items: int
    counties: int

    @property
    def codes(self) -> list[str]:
        return [f"99{number // 40 + 2:02d}{number % 40 + 1:02d}" for number in range(self.counties)]

    @property
    def lists(self) -> list[str]:
        return [f"/{code}/lists/public_services/" for code in self.codes]

    @property
    def item_pages(self) -> list[str]:
        each = self.items // self.counties
        return [f"/{code}/items/{place * 7 % each + 1}/" for place in range(7) for code in self.codes]


def environment(url: str, **more: str) -> dict[str, str]:
    """What a process of the portal is told, and nothing of the machine."""
    return {
        "PORTAL_ENV_FILE": "none.env",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": url,
        "PORTAL_DEMO": "1",
        "PORTAL_HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        **more,
    }


def manage(url: str, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=BASE, env=os.environ | environment(url), check=True
    )


def province(url: str, items: int, counties: int) -> Province:
    """Make it, or use it if it is there."""
    manage(url, "migrate", "--verbosity", "0")
    townships = str(counties * 13)
    numbers = ["--counties", str(counties), "--townships", townships, "--items", str(items)]
    manage(url, "make_province", *numbers)
    return Province(url, items, counties)


@contextlib.contextmanager
def provinces(items: int, on_postgres: bool):
    """Three provinces: of the size asked for, a tiny one, and one with a single long list."""
    sizes = [(items, max(1, items // ITEMS_A_COUNTY)), (FEW_ITEMS, 3), (LONG_LIST, 1)]
    if not on_postgres:
        folder = BASE / "var" / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        yield [
            province(f"sqlite:///{folder}/{size}-{counties}.sqlite3", size, counties)
            for size, counties in sizes
        ]
        return
    with temporary_cluster() as cluster:
        made = []
        for size, counties in sizes:
            name = f"province_{size}"
            create_database(cluster, name)
            made.append(province(cluster.rsplit("/", 1)[0] + f"/{name}", size, counties))
            analyse(made[-1].url)
        yield made


def create_database(cluster: str, name: str) -> None:
    run_sql(cluster, f"CREATE DATABASE {name}")


def analyse(url: str) -> None:
    run_sql(url, "ANALYZE")


def run_sql(url: str, statement: str) -> None:
    """One statement, in a process of its own: this one stays free of Django."""
    program = (
        "import django; django.setup(); from django.db import connection; "
        f"connection.cursor().execute({statement!r})"
    )
    subprocess.run([sys.executable, "-c", program], cwd=BASE, env=os.environ | environment(url), check=True)


def in_turns(things: dict[str, tuple], seconds: float) -> dict[str, list[Answered]]:
    """The load on each thing, round after round; each is its ports and what is asked."""
    answers = {name: [] for name in things}
    for _round in range(ROUNDS):
        for name, (ports, asked) in things.items():
            answers[name].append(load(ports, asked, seconds=seconds))
    return answers


def share(answers: dict, name: str, of: str) -> float:
    """The median over rounds of one rate as a share of another of the same round."""
    return statistics.median(
        each.rate / beside.rate for each, beside in zip(answers[name], answers[of], strict=True)
    )


def statuses(answers: dict) -> str:
    """Anything that was not answered as it should be, to be seen beside the figures."""
    seen = {
        name: sorted(set().union(*(each.statuses for each in answered))) for name, answered in answers.items()
    }
    odd = {name: found for name, found in seen.items() if found not in ([200], [304])}
    return f"  not all answers were good: {odd}" if odd else ""


def plain(paths: list[str]) -> list[tuple[str, str]]:
    return [(path, "") for path in paths]


def measure_cold(large: Province, few: Province, long: Province, seconds: float) -> None:
    """Every page made anew: its share of a bare answer, with few and many items, and deep in a long list."""
    cold = {"BENCH_COLD": "1"}
    with contextlib.ExitStack() as stack:
        hello = stack.enter_context(gunicorn("bench.hello:application", {}))
        servers = [
            stack.enter_context(
                gunicorn("township_portal.wsgi:application", environment(each.url, **cold), "/")
            )
            for each in (large, few, long)
        ]
        many_port, few_port, long_port = ([server.port] for server in servers)
        pages = long.items // 50
        deep = long.lists[0]
        answers = in_turns(
            {
                "hello": ([hello.port], plain(["/"])),
                "list": (many_port, plain(large.lists)),
                "list, narrowed": (many_port, plain([f"{path}?type=05" for path in large.lists])),
                "item": (many_port, plain(large.item_pages)),
                "list of few": (few_port, plain(few.lists)),
                "item of few": (few_port, plain(few.item_pages)),
                "first page": (long_port, plain([deep])),
                "deep page": (long_port, plain([f"{deep}?page={pages - number}" for number in range(5)])),
            },
            seconds,
        )
        print(f"hello: {statistics.median(each.rate for each in answers['hello']):.0f} a second")
        for name in ("list", "list, narrowed", "item"):
            print(f"{name}, cold: {share(answers, name, 'hello'):.3f} hello")
        for name in ("list", "item"):
            tails = [
                each.p99 / beside.p99
                for each, beside in zip(answers[name], answers[f"{name} of few"], strict=True)
            ]
            print(
                f"{name}, p99 with {large.items} items to p99 with {few.items}: {statistics.median(tails):.2f}"
            )
        print(
            f"page {pages} to the first page: {1 / share(answers, 'deep page', 'first page'):.2f} times as long"
        )
        print(f"largest worker after cold pages: {max(server.largest_worker for server in servers):.0f} MB")
        print(statuses(answers), end="")


def measure_warm(large: Province, seconds: float) -> None:
    """The same pages again and again, sent and not sent again, with a publication seen at the next request."""
    with contextlib.ExitStack() as stack:
        hello = stack.enter_context(gunicorn("bench.hello:application", {}))
        server = stack.enter_context(
            gunicorn("township_portal.wsgi:application", environment(large.url), "/")
        )
        some = [large.lists[0], large.lists[-1], *large.item_pages[:4]]
        known = [(path, f"If-None-Match: {etag_of(ask(server.port, path)[1])}\r\n") for path in some]
        load([server.port], plain(some), seconds=1)
        answers = in_turns(
            {
                "hello": ([hello.port], plain(["/"])),
                "warm list": ([server.port], plain(some[:2])),
                "warm item": ([server.port], plain(some[2:])),
                "not modified": ([server.port], known),
            },
            seconds,
        )
        for name in ("warm list", "warm item", "not modified"):
            print(f"{name}: {share(answers, name, 'hello'):.3f} hello")
        before = {ask(server.port, some[0], known[0][1])[0] for _time in range(4)}
        publish(large)
        after = {ask(server.port, some[0], known[0][1])[0] for _time in range(4)}
        print(f"before a publication {before}, at the very next requests {after}")
        print(f"largest worker after warm pages: {server.largest_worker:.0f} MB")
        print(statuses(answers), end="")


def publish(large: Province) -> None:
    """Change what stands on every page of the first county, as its staff would; and back again in the next run."""
    program = (
        "import django; django.setup(); from accounts.models import County; "
        f"county = County.objects.get(code={FIRST_COUNTY!r}); "
        "county.hotline = '12348' if county.hotline == '12345' else '12345'; "
        "county.save(); County.objects.note_publication(county)"
    )
    subprocess.run(
        [sys.executable, "-c", program], cwd=BASE, env=os.environ | environment(large.url), check=True
    )


def measure_beside_datasette(large: Province, seconds: float) -> None:
    """The list and the item beside Datasette with the same table, columns and facets."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-datasette-", dir="/tmp")))
        ports = stack.enter_context(serving_datasette(large.url.removeprefix("sqlite:///"), folder))
        cold = environment(large.url, BENCH_COLD="1")
        server = stack.enter_context(gunicorn("township_portal.wsgi:application", cold, "/"))
        facets = "&".join(f"_facet={name}" for name in ("category", "type", "department"))
        answers = in_turns(
            {
                "list": ([server.port], plain(large.lists)),
                "its list": (
                    ports,
                    plain([f"/items/entries?county={code}&{facets}&_size=50" for code in large.codes]),
                ),
                "item": ([server.port], plain(large.item_pages)),
                "its item": (ports, plain([f"/items/entries/{number}" for number in range(1, 400)])),
            },
            seconds,
        )
        for name in ("list", "item"):
            print(f"{name}, cold, to Datasette's: {share(answers, name, f'its {name}'):.1f} times")
        print(statuses(answers), end="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each load in each round")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--datasette", action="store_true")
    wanted = parser.parse_args()
    with provinces(wanted.items, wanted.postgres) as (large, few, long):
        print(
            f"{'PostgreSQL' if wanted.postgres else 'SQLite'}, {large.items} items in {large.counties} counties"
        )
        measure_cold(large, few, long, wanted.seconds)
        measure_warm(large, wanted.seconds)
        if wanted.datasette and not wanted.postgres:
            measure_beside_datasette(large, wanted.seconds)


if __name__ == "__main__":
    main()
