"""Two editions of a list side by side, as residents read them."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from catalog.choices import EditionState, SuccessionKind
from catalog.comparison import compare_editions
from catalog.models import Edition, Succession

from . import published
from .pages import Page

pytestmark = pytest.mark.django_db
LIST = "/990101/lists/public_services/"
ADDRESS = LIST + "compare/"
PAIR = "?from=2024-01-01&to=2025-07-15"


@pytest.fixture
def revised(portal):
    """A third edition: one entry moved, one renamed, one changed, one gone in two steps, one split."""
    rows = [
        {"name": "最低生活保障申请受理", "department_name": "县民政局", "number": 1},
        {"name": "残疾人证申领", "responsible_unit": "民政民生办公室", "number": 2},
        {"name": "占道经营处罚", "remark": "=1+1", "power_type": "02", "number": 3},
        {"name": "旧事项甲", "number": 8},
        {"name": "旧事项乙", "number": 9},
    ]
    edition = published.issue(portal, rows, effective_on=date(2026, 1, 1))
    items = {item.number: item for item in portal.county.items.all()}
    for number in (8, 9):
        Succession.objects.create(
            edition=edition, predecessor=items[4], successor=items[number], kind=SuccessionKind.SPLIT
        )
    return edition


def test_page_says_what_became_of_each_item(client, revised):
    page = Page(client.get(ADDRESS + "?from=2024-01-01&to=2026-01-01"))
    assert page.faults == []
    assert "旧事项 → 旧事项甲" in page.text
    assert "旧事项 → 旧事项乙" in page.text
    assert "改由其他部门负责" in page.text
    assert "更名" in page.text
    assert "新增：0 · 有改动：3 · 删除：0 · 拆分、合并或替代：2 · 无变化：0" in page.text
    # The characters that differ are marked.
    assert (
        '<ins><span class="printed">县民政局</span></ins>'
        in client.get(ADDRESS + "?from=2024-01-01&to=2026-01-01").content.decode()
    )


def test_nothing_asked_compares_the_latest_with_the_one_before(client, portal):
    assert "from=2025-07-15&to=2027-01-01" in "".join(Page(client.get(ADDRESS)).links)


def test_order_of_the_question_does_not_matter(client, portal):
    turned = client.get(ADDRESS + "?from=2025-07-15&to=2024-01-01")
    assert "删除：1" in Page(turned).text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("?from=2024-01-01&to=2024-01-01", "同一版次"),
        ("?from=1999-01-01&to=2024-01-01", "没有这一版次"),
        ("?from=abc", "没有这一版次"),
        ("?to=2025-02-30", "没有这一版次"),
        ("?to=2024-01-01", "没有更早的版次"),
    ],
)
def test_odd_questions_are_answered_in_a_sentence(client, portal, asked, told):
    response = client.get(ADDRESS + asked)
    assert response.status_code == 404
    assert told in Page(response).text
    assert "no-store" in response["Cache-Control"]
    assert client.get(ADDRESS + "xlsx/" + asked).status_code == 404


def test_withdrawn_and_unpublished_editions_are_not_compared(client, portal):
    Edition.objects.filter(effective_on=published.COMING).update(state=EditionState.WITHDRAWN)
    published.issue(portal, ["秘密"], state=EditionState.DRAFT, effective_on=date(2026, 2, 1))
    for day in ("2027-01-01", "2026-02-01"):
        assert client.get(ADDRESS + "?to=" + day).status_code == 404


def test_list_of_one_edition_has_nothing_to_compare(client, services, clock):
    clock("2026-03-10 12:00")
    published.issue(services)
    assert "只有一个版次" in Page(client.get(ADDRESS)).text
    assert "compare" not in client.get(LIST).content.decode()


def test_pages_lead_to_what_changed(client, portal):
    for address in [LIST, LIST + "2025-07-15/"]:
        assert ADDRESS + PAIR in Page(client.get(address)).links
    assert "compare" not in client.get(LIST + "2024-01-01/").content.decode()


def test_every_pair_is_stored_apart(client, revised, django_assert_num_queries):
    first = client.get(ADDRESS + PAIR)
    assert client.get(ADDRESS + "?from=2024-01-01&to=2026-01-01").content != first.content
    with django_assert_num_queries(1):
        assert client.get(ADDRESS + PAIR).content == first.content
    assert client.get(ADDRESS + PAIR, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("count", [2, 200])
def test_queries_do_not_grow_with_the_lists(client, services, clock, django_assert_num_queries, count):
    clock("2026-03-10 12:00")
    published.issue(services, published.many(count), effective_on=published.FORMER)
    rows = [row | {"remark": "新"} for row in published.many(count + 3)]
    published.issue(services, rows)
    # counter, editions with their list, successions, counts, new, gone, changed, their entries before, gone
    with django_assert_num_queries(9):
        client.get(ADDRESS + PAIR)


def test_files_hold_every_change(client, revised):
    asked = "?from=2024-01-01&to=2026-01-01"
    response = client.get(ADDRESS + "xlsx/" + asked)
    (sheet,) = load_workbook(io.BytesIO(response.content)).worksheets
    rows = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert any((row[0], row[1], row[-1]) == ("部门调整", "1", "县民政局") for row in rows)
    assert ("拆分", "8", "", "旧事项甲", "", "旧事项", "旧事项甲") in rows
    text = client.get(ADDRESS + "csv/" + asked)
    read = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert len(read) == len(rows)
    assert any(row[-1] == "'=1+1" for row in read)
    assert "filename*=utf-8" in text["Content-Disposition"]


def test_successions_are_joined_over_the_editions_between(portal, revised):
    """旧事项 was split in 2026, and one half was replaced in the edition after."""
    last = published.issue(portal, [{"name": "新的一半", "number": 11}], effective_on=date(2026, 2, 1))
    half, whole = portal.county.items.get(number=8), portal.county.items.get(number=11)
    Succession.objects.create(edition=last, predecessor=half, successor=whole, kind=SuccessionKind.REPLACED)
    first = portal.editions.get(effective_on=published.FORMER)
    (kinship,) = compare_editions(first, last).kinships
    assert (kinship.before.name, kinship.entry.name) == ("旧事项", "新的一半")
    assert [each.name for each in compare_editions(first, revised).new] == []
