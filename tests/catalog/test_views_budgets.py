"""What a page costs, however long the list: queries, and bytes on a slow line."""

import gzip

import pytest
from django.db import connection
from django.template import engines
from django.template.response import SimpleTemplateResponse

from catalog.choices import HandlingRule
from catalog.models import Guide, Item

from . import published

pytestmark = pytest.mark.django_db

EDITION = "/990101/lists/public_services/2025-07-15/"
# Each begins with the county's counter of publications, which says whether the page is stored already.
BUDGETS = {
    "/": 5,  # counter, count, counties, townships, topics
    # counter, county, successions, townships, editions, comment periods, departments, categories, topics
    "/990101/": 9,
    # counter, township, successions, renamings, edition, count, entries, offices, villages, topics, powers, taken back
    "/t/990101100/": 12,
    "/t/990101100/categories/social/": 7,  # … and the category
    "/990101/categories/social/": 6,  # counter, county, category, editions, count, entries
    # counter, entries, bases, editions, townships, guide and its rows of three kinds, powers
    "/990101/items/1/": 10,
    # counter, township, successions, edition, entry, bases, guide and its rows, exception, office, powers
    "/t/990101100/items/1/": 13,
    "/990101/lists/": 3,  # counter, county, editions
    "/990101/lists/public_services/": 3,  # counter, editions with their list and counts, entries
    EDITION: 6,  # counter, editions with their list, count, entries, its steps and comment periods
    EDITION + "1/": 4,  # counter, editions with their list, entry, whether it is in force
}


@pytest.fixture
def publish(portal):
    """Announce so many entries in one category, as the edition in force."""
    category = portal.editions.first().entries.exclude(category=None).first().category

    def publish(count):
        edition = portal.editions.get(effective_on=published.CURRENT)
        edition.entries.all().delete()
        edition.delete()
        published.issue(portal, published.many(count, category=category, category_name="基本社会服务"))
        item = Item.objects.get(number=1)
        Guide.objects.create(item=item, valid_from=published.CURRENT, rule=HandlingRule.ACCEPTED_HERE)

    return publish


@pytest.mark.parametrize("count", [1, 100])
@pytest.mark.parametrize("address", BUDGETS)
def test_queries_do_not_grow_with_the_list(client, publish, django_assert_num_queries, address, count):
    publish(count)
    with django_assert_num_queries(BUDGETS[address]):
        client.get(address)


@pytest.mark.parametrize("address", BUDGETS)
def test_stored_page_costs_one_query(client, portal, django_assert_num_queries, address):
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", BUDGETS)
def test_page_of_a_hundred_entries_fits_a_slow_line(client, publish, address, prefix):
    publish(100)
    assert len(gzip.compress(client.get(prefix + address).content, 6)) <= 15 * 1024


@pytest.mark.parametrize("address", published.ADDRESSES)
def test_templates_ask_the_database_nothing(client, portal, monkeypatch, address):
    def refuse(execute, sql, *arguments):
        pytest.fail(f"a template of {address} asks the database: {sql}")

    def guarded(response, render=SimpleTemplateResponse.rendered_content.fget):
        with connection.execute_wrapper(refuse):
            return render(response)

    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", property(guarded))
    # A piece of another app comes through a function, which asks for it; the template itself asks nothing.
    for piece in ("powers_behind", "counts_by_mode", "taken_back_in", "taken_back_from"):
        monkeypatch.setitem(engines["jinja2"].of_language["zh-hans"].env.globals, piece, lambda *about: [])
    client.get(address)
