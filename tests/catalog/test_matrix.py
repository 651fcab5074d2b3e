"""Items beside townships: rule and exceptions, of which only the exceptions are stored."""

from datetime import date, timedelta

import pytest
from django.urls import reverse_lazy

from accounts.models import County, Event
from catalog import publishing
from catalog.matrix import entries_of, rows_of, services_of
from catalog.models import Guide, Handling, ItemList
from tests.catalog import published

TODAY = date(2026, 3, 10)
ADDRESS = reverse_lazy("admin:catalog_handling_matrix")


@pytest.fixture
def items(county, township, sister_township, clock):
    clock("2026-03-10 12:00")
    services = ItemList.objects.create(county=county, kind="public_services")
    edition = published.issue(services, ["低保申请", "生育登记", {"name": "占道处罚", "power_type": "02"}])
    items = [entry.item for entry in edition.entries.order_by("position")]
    Guide.objects.create(item=items[0], valid_from=published.CURRENT, rule="here")
    return items


def matrix(county):
    counting = services_of(county, county.townships.order_by("code"), TODAY)
    return [
        [cell and (cell.rule, cell.is_inherited) for cell in row.cells]
        for row in rows_of(entries_of(counting), counting, TODAY)
    ]


def set_rule(item, township, rule, by, on=TODAY):
    return publishing.set_rule(cells=[(item, township)], rule=rule, by=by, on=on)


def test_what_no_township_changes_is_inherited_and_not_stored(items, county):
    assert matrix(county) == [[("here", True), ("here", True)], [(None, True), (None, True)]]
    assert not Handling.objects.exists()


def test_an_exception_is_stored_and_taken_away_again(items, county, township, clerk):
    before = County.objects.get(pk=county.pk).publications
    assert set_rule(items[0], township, "county", clerk) == 1
    assert set_rule(items[0], township, "county", clerk) == 0
    assert matrix(county)[0] == [("county", False), ("here", True)]
    assert County.objects.get(pk=county.pk).publications == before + 1
    assert Event.objects.get(action="handling").details["items"] == [items[0].code]
    set_rule(items[0], township, "here", clerk)  # the guide's own rule is no exception
    assert not Handling.objects.exists()


def test_many_cells_cost_no_more_queries_than_one(
    items, township, sister_township, clerk, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):  # editions, entries, offices, guides, exceptions, savepoint
        publishing.set_rule(cells=[(items[0], township)], rule="", by=clerk, on=TODAY)
    cells = [(item, place) for item in items for place in (township, sister_township)]
    with django_assert_max_num_queries(8):
        publishing.set_rule(cells=cells, rule="", by=clerk, on=TODAY)


def test_former_days_and_other_words_of_an_exception_stay(items, township, clerk):
    earlier = TODAY - timedelta(days=30)
    Handling.objects.create(
        item=items[0], township=township, valid_from=earlier, rule="county", phone="0000-1"
    )
    set_rule(items[0], township, "", clerk)
    former = Handling.objects.in_force(TODAY - timedelta(days=1)).get()
    now = Handling.objects.in_force(TODAY).get()
    assert (former.rule, former.valid_to) == ("county", TODAY)
    assert (now.rule, now.phone) == ("", "0000-1")


def test_an_editor_sets_many_cells_and_township_staff_their_own(
    items, township, sister_township, clerk, township_clerk, department_clerk, signed_in
):
    cells = [f"{item.pk}-{place.pk}" for item in items for place in (township, sister_township)]
    own = signed_in(township_clerk)
    assert [place.name for place in own.get(ADDRESS).context["townships"]] == ["谷雨镇"]
    own.post(ADDRESS, {"cell": cells, "rule": "village"})
    assert set(Handling.objects.values_list("township", flat=True)) == {township.pk}
    signed_in(clerk).post(ADDRESS, {"cell": cells, "rule": "county"})
    assert Handling.objects.filter(rule="county").count() == 4
    signed_in(clerk).post(ADDRESS, {"cell": ["x", "1-2-3"], "rule": "nonsense"})
    assert Handling.objects.count() == 4
    assert signed_in(department_clerk).get(ADDRESS).status_code == 403
