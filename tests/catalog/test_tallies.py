"""Counts stored with an edition, and the list narrowed by them."""

import re

import pytest

from catalog.models import Edition
from catalog.tallies import count_entries, narrowed, tally_from

from . import published

pytestmark = pytest.mark.django_db
LIST = "/990101/lists/public_services/"
ROWS = [
    {"name": "甲", "category_name": "社会救助", "power_type": "05", "department_name": "县民政局"},
    {"name": "乙", "category_name": "社会救助", "power_type": "07", "department_name": "县民政局"},
    {"name": "丙", "category_name": "劳动就业", "power_type": "05", "department_name": "县人社局"},
    {"name": "丁", "category_name": "劳动就业", "power_type": "", "department_name": "县民政局"},
]


@pytest.fixture
def edition(services):
    return published.issue(services, ROWS)


def test_choice_says_what_it_would_leave_beside_the_others(edition):
    left = narrowed(edition, {"department": "县民政局"})
    offers = {
        name: [text.rpartition(" ")[2] for _value, text in choices] for name, _l, choices, _c in left.selects
    }
    assert left.count == 3
    assert offers == {"category": ["(2)", "(1)"], "type": ["(1)", "(1)"], "department": ["(3)", "(1)"]}


@pytest.mark.parametrize("asked", [{}, {"type": "05"}, {"category": "劳动就业", "department": "县民政局"}])
def test_counts_are_those_of_the_rows(edition, asked):
    left = narrowed(edition, asked)
    assert left.count == left.entries.count()


def test_value_that_no_entry_has_asks_nothing(edition):
    assert narrowed(edition, {"type": "99", "category": "'\"<"}).asked == {}


def test_page_of_the_list_is_narrowed(client, edition):
    page = client.get(LIST, {"category": "劳动就业"}).content.decode()
    assert re.findall(r'/2025-07-15/[0-9]+/">(.)</a>', page) == ["丙", "丁"]


def test_pages_begin_where_counting_rows_would_begin_them():
    """Places with gaps, as deleting rows of a draft leaves them."""
    rows = [(place * 3 + 1, "类", "05", "局") for place in range(237)]
    starts = tally_from(rows)["starts"]
    assert starts == [rows[page * 50][0] for page in range(5)]


def test_deep_page_is_sought_and_not_counted_to(services, django_assert_num_queries):
    edition = published.issue(services, published.many(130))
    last = narrowed(edition, {})
    with django_assert_num_queries(1) as asked:
        page = last.page_of(type("Request", (), {"GET": {"page": "3"}}))
    names = edition.entries.order_by("position").values_list("name", flat=True)
    assert [line.name for line in page] == list(names)[100:]
    assert "OFFSET" not in asked[0]["sql"]


def test_edition_announced_before_counts_were_stored_is_counted_when_asked(client, edition):
    stored = edition.tally
    Edition.objects.update(tally=None)
    assert count_entries(edition) == stored
    assert client.get(LIST, {"type": "05"}).status_code == 200
