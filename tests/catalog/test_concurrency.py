"""What readers and other writers see while an edition is announced, on a real PostgreSQL."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from catalog import publishing
from catalog.models import Edition, Entry, ItemNumbering
from tests.catalog.workbooks import written

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAY = date(2025, 1, 1)


def rows(count, mark):
    return written(
        [
            [n, "基本社会服务", f"{mark}{n}", "公共服务", "公共服务中心", "", "", ""]
            for n in range(1, count + 1)
        ]
    )


def in_thread(work):
    """Run work on a connection of its own; gives the thread and the list its result lands in."""
    results = []

    def run():
        try:
            results.append(work())
        except Exception as problem:
            results.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, results


def test_a_reader_sees_the_old_edition_or_the_new_and_never_a_mixture(announced, imported, clerk):
    announced(rows(40, "旧"), DAY)
    draft = publishing.confirm(edition=imported(rows(50, "新")), by=clerk, gone=40)
    seen, stop = set(), threading.Event()

    def read():
        while not stop.is_set():
            names = Entry.objects.in_force(date(2025, 7, 1)).values_list("name", flat=True)
            seen.add(("".join(sorted({name[0] for name in names})), len(names)))

    reader, errors = in_thread(read)
    publishing.announce(edition=draft, by=clerk, published_on=date(2025, 7, 1), effective_on=date(2025, 7, 1))
    last = ("新", 50)
    while last not in seen and reader.is_alive():
        pass
    stop.set()
    reader.join()
    assert errors == [None]
    assert seen <= {("旧", 40), ("新", 50)}
    assert last in seen


def test_of_two_drafts_announced_at_once_one_is_told(announced, imported, clerk):
    announced(rows(2, "旧"), DAY)
    drafts = [publishing.confirm(edition=imported(rows(3, mark)), by=clerk, gone=2) for mark in "甲乙"]
    start = threading.Barrier(2)

    def announce(draft):
        start.wait()
        day = date(2025, 7, 1)
        return publishing.announce(edition=draft, by=clerk, published_on=day, effective_on=day)

    threads = [in_thread(lambda draft=draft: announce(draft)) for draft in drafts]
    for thread, _ in threads:
        thread.join()
    results = [result for _, (result,) in threads]
    assert sorted(type(result).__name__ for result in results) == ["Edition", "ValidationError"]
    assert Edition.objects.announced().count() == 2


def test_codes_are_drawn_by_one_caller_at_a_time(qinghe):
    threads = [in_thread(lambda: list(ItemNumbering.draw(qinghe, 50))) for _ in range(4)]
    for thread, _ in threads:
        thread.join()
    drawn = [number for _, (numbers,) in threads for number in numbers]
    assert sorted(drawn) == list(range(1, 201))


def test_a_failed_announcement_leaves_the_old_edition(announced, imported, clerk):
    old = announced(rows(2, "旧"), DAY)
    draft = publishing.confirm(edition=imported(rows(3, "新")), by=clerk, gone=2)
    with pytest.raises(ValidationError), transaction.atomic():
        publishing.announce(edition=draft, by=clerk, published_on=DAY, effective_on=date(2024, 1, 1))
    assert Edition.objects.in_force(date(2025, 7, 1)).get() == old
