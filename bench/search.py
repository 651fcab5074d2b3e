"""What search finds and what it costs, on as many items as all counties of the country keep together.

Run on the database of DATABASE_URL, which should be empty; the rows stay there, a second run uses them:

    python -m bench.search 2800 150

makes 2,800 counties with 150 items each and prints recall and precision against substring search, the time of a
search as a ratio to `icontains`, how one wrong character is found, and a search in one county beside the page of its
list. Ratios are of medians of the same run on the same machine.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "township_portal.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import County  # noqa: E402
from catalog.models import Edition, Entry, Item, ItemList, SearchRow, Synonym  # noqa: E402
from catalog.search import tokens  # noqa: E402
from catalog.search.finding import CALLED, NAMED, Asked, find  # noqa: E402
from catalog.search.indexing import row_of  # noqa: E402
from catalog.search.sources import Document, source_called  # noqa: E402
from township_portal.provinces import HOW, TERMS, WHAT, WHO  # noqa: E402

DAY = date(2026, 1, 1)
QUESTIONS = 30
# Words that tens of thousands of titles have, and words that no title but most texts have.
COMMON = ("登记", "补贴", "老年人", "孤儿", "社会保障卡", "低保", "家庭成员", "银行账户")
SINGLE = ("人", "办", "保")


def documents(chance: random.Random, count: int) -> list[Document]:
    """So many different items, as wordy as real ones."""
    made = []
    for number in range(count):
        qualifier = f"（第{number % 97}类）" if number % 3 == 0 else ""
        title = f"{chance.choice(WHO)}{chance.choice(WHAT)}{chance.choice(HOW)}{qualifier}"
        text = "、".join(chance.sample(TERMS, 12)) + chance.choice(WHAT)
        facets = (("audience", chance.choice(["elderly", "disabled", "needy"])), ("category", "social"))
        made.append(Document("1", title, text=text, facets=facets, valid_from=DAY))
    return made


def fill(counties: int, items: int) -> None:
    """Rows for every county, made once; the tokens of a title are worked out once for all counties."""
    if SearchRow.objects.exists():
        return
    source = source_called("items")
    nobody = County(code="000000")
    templates = [row_of(document, nobody, source, "") for document in documents(random.Random(1), 6000)]
    made = County.objects.bulk_create(
        [County(code=f"{100000 + number}", name=f"第{number}县") for number in range(counties)]
    )
    chance = random.Random(2)
    batch = []
    for county in made:
        for number, template in enumerate(chance.sample(templates, items), 1):
            values = {
                field.attname: getattr(template, field.attname) for field in SearchRow._meta.concrete_fields
            }
            own = f"c:{county.code}"
            values |= {
                "id": None,
                "county_id": county.pk,
                "code": str(number),
                "number": number,
                "title_tokens": template.title_tokens.replace("c:000000", own),
                "text_tokens": template.text_tokens.replace("c:000000", own),
            }
            batch.append(SearchRow(**values))
        if len(batch) >= 5000:
            SearchRow.objects.bulk_create(batch, batch_size=40 if connection.vendor == "sqlite" else 1000)
            batch = []
    SearchRow.objects.bulk_create(batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def seconds(work, times: int = 3) -> float:
    """The median of some runs."""
    taken = []
    for _time in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def some_titles(chance: random.Random) -> list[str]:
    titles = sorted(set(SearchRow.objects.filter(county__code="100007").values_list("title", flat=True)))
    return chance.sample(titles, min(QUESTIONS, len(titles)))


def recall_and_precision(chance: random.Random) -> None:
    """The hits by title against substring search; without popular words, which find more than the words typed."""
    Synonym.objects.all().delete()
    wanted_in_all = found_in_all = shared = 0
    for title in some_titles(chance):
        key = tokens.key(title)
        size = chance.randint(2, min(6, len(key)))
        at = chance.randint(0, len(key) - size)
        question = key[at : at + size]
        wanted = set(
            SearchRow.objects.filter(title_key__contains=question).values_list("county__code", "code")
        )
        found = find(Asked(question, DAY), size=500_000)
        by_title = {
            (row["county__code"], row["code"]) for row in found.rows if row.get("class", NAMED) <= CALLED
        }
        wanted_in_all, found_in_all = wanted_in_all + len(wanted), found_in_all + len(by_title)
        shared += len(wanted & by_title)
    print(f"by title: recall {shared / wanted_in_all:.3f}, precision {shared / found_in_all:.3f}")
    call_command("loaddata", "synonyms", verbosity=0)


def beside_icontains(chance: random.Random) -> None:
    """A page of hits with its count, against the same by `icontains` over titles."""
    parts = []
    for title in some_titles(chance):
        key = tokens.key(title)
        at = chance.randint(0, max(0, len(key) - 6))
        parts.append(key[at : at + 6])
    compare("nationwide, parts of titles", parts)
    compare("nationwide, the commonest words", COMMON)
    compare("nationwide, one character alone", SINGLE)


def compare(heading: str, questions: Sequence[str]) -> None:
    ratios, ours, theirs = [], [], []
    for question in questions:

        def scanned(question=question):
            rows = SearchRow.objects.filter(title__icontains=question)
            return rows.count(), list(rows.order_by("county__code", "number").values("pk", "title")[:20])

        ours.append(seconds(lambda question=question: find(Asked(question, DAY))))
        theirs.append(seconds(scanned))
        ratios.append(theirs[-1] / ours[-1])
    print(
        f"{heading}: icontains {statistics.median(theirs) * 1000:.0f} ms, "
        f"search {statistics.median(ours) * 1000:.1f} ms; "
        f"ratio median {statistics.median(ratios):.1f}, least {min(ratios):.1f}"
    )


def wrong_characters(chance: random.Random) -> None:
    """Names of four or more characters, each of them wrong once: is a title with the right one in the first five?"""
    found, taken = 0, []
    asked = [(name, at) for name in WHAT if len(name) >= 4 for at in range(len(name))]
    for name, at in asked:
        wrong = f"{name[:at]}囧{name[at + 1 :]}"
        start = time.perf_counter()
        rows = find(Asked(wrong, DAY), size=5).rows
        taken.append(time.perf_counter() - start)
        found += any(name in row["title"] for row in rows)
    median = statistics.median(taken) * 1000
    print(f"one wrong character: {found} of {len(asked)} in the first five; median {median:.0f} ms")


def beside_the_list(chance: random.Random) -> None:
    """A search in one county beside the page of the county's list, both made anew."""
    county = County.objects.get(code="100007")
    item_list, is_new = ItemList.objects.get_or_create(county=county, kind="public_services")
    if is_new:
        days = {
            "effective_on": DAY,
            "published_on": DAY,
            "announced_at": timezone.now(),
            "state": "announced",
        }
        edition = Edition.objects.create(
            list=item_list, title="清单", document_number="试〔2026〕1号", **days
        )
        rows = SearchRow.objects.filter(county=county).order_by("number")
        items = Item.objects.bulk_create([Item(county=county, number=row.number) for row in rows])
        Entry.objects.bulk_create(
            Entry(edition=edition, item=item, position=row.number, name=row.title, digest="0")
            for item, row in zip(items, rows, strict=True)
        )
    # Pages are measured, not whether static files have been collected.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    client = Client(HTTP_HOST="localhost")
    page = f"/{county.code}/lists/public_services/"

    def listed():
        cache.clear()
        assert client.get(page, secure=True).status_code == 200

    def searched(name):
        asked = {"q": name, "county": county.code}
        assert client.get("/search/", asked, secure=True).status_code == 200

    listed()
    # By turns: other work on the machine comes and goes.
    pairs = [(seconds(listed), seconds(lambda name=name: searched(name))) for name in WHAT]
    lists, searches = (statistics.median(taken) * 1000 for taken in zip(*pairs, strict=True))
    print(f"in one county: list page {lists:.0f} ms, search page {searches:.0f} ms")


if __name__ == "__main__":
    counties, items = (int(argument) for argument in (sys.argv[1:] or ["2800", "150"]))
    start = time.perf_counter()
    fill(counties, items)
    print(
        f"{connection.vendor}: {SearchRow.objects.count()} items, {Synonym.objects.count()} popular words, "
        f"filled in {time.perf_counter() - start:.0f} s"
    )
    for measure in (recall_and_precision, beside_icontains, wrong_characters, beside_the_list):
        measure(random.Random(3))
