"""What was done to many at once is undone for one township, unless it has changed since."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import County, Event
from catalog import publishing
from catalog.models import BulkChange, Guide, Handling, ItemList
from tests.catalog import published

TODAY, LATER = date(2026, 3, 10), date(2026, 3, 20)


@pytest.fixture
def items(county, clock):
    clock("2026-03-10 12:00")
    services = ItemList.objects.create(county=county, kind="public_services")
    edition = published.issue(services, ["低保申请", "生育登记"])
    items = [entry.item for entry in edition.entries.select_related("item__county").order_by("position")]
    Guide.objects.create(item=items[0], valid_from=published.CURRENT, rule="here")
    return items


@pytest.fixture
def change(items, township, sister_township, clerk):
    """The rule set for both items in both townships; the first said something of its own before."""
    Handling.objects.create(
        item=items[0], township=township, valid_from=published.CURRENT, rule="village", phone="0000-1"
    )
    cells = [(item, place) for item in items for place in (township, sister_township)]
    publishing.set_rule(cells=cells, rule="county", by=clerk, on=TODAY)
    return BulkChange.objects.get(township=township)


def said(township, on=TODAY):
    rows = Handling.objects.in_force(on).filter(township=township).order_by("item__number")
    return [(row.item.code, row.rule, row.phone) for row in rows]


@pytest.mark.parametrize("day", [TODAY, LATER])
def test_the_township_says_again_what_it_said_and_its_sister_keeps_the_change(
    change, township, sister_township, township_clerk, day
):
    before = County.objects.get(pk=township.county_id).publications
    publishing.undo_for_township(change=change, by=township_clerk, on=day)
    assert said(township, day) == [("1", "village", "0000-1")]
    assert said(sister_township, day) == [("1", "county", ""), ("2", "county", "")]
    if day == LATER:  # what residents read in between stays as it was
        assert said(township, TODAY) == [("1", "county", "0000-1"), ("2", "county", "")]
    assert County.objects.get(pk=township.county_id).publications == before + 1
    assert Event.objects.get(action="undo_in_township").details["items"] == ["1", "2"]
    with pytest.raises(ValidationError):
        publishing.undo_for_township(change=change, by=township_clerk, on=day)


def test_what_has_changed_since_is_not_undone(change, items, township, clerk):
    publishing.set_rule(cells=[(items[1], township)], rule="village", by=clerk, on=TODAY)
    with pytest.raises(ValidationError) as refusal:
        publishing.undo_for_township(change=change, by=clerk, on=TODAY)
    assert "2" in refusal.value.messages[0]
    assert said(township) == [("1", "county", "0000-1"), ("2", "village", "")]


def test_a_confirmation_of_many_is_taken_back(change, township, clerk):
    publishing.confirm_correct(rows=Handling.objects.in_force(TODAY), by=clerk, on=TODAY)
    confirmed = BulkChange.objects.get(township=township, act="confirmed")
    with pytest.raises(ValidationError):  # the older one, while the newer stands
        publishing.undo_for_township(change=change, by=clerk, on=LATER)
    publishing.undo_for_township(change=confirmed, by=clerk, on=LATER)
    assert set(Handling.objects.filter(township=township).values_list("verified_on", flat=True)) == {None}
    assert Handling.objects.filter(verified_on=TODAY).count() == 2
    publishing.undo_for_township(change=change, by=clerk, on=LATER)


def test_a_single_exception_is_no_change_of_many(items, township, clerk):
    publishing.set_rule(cells=[(items[0], township)], rule="county", by=clerk, on=TODAY)
    assert not BulkChange.objects.exists()


def test_who_sees_the_page_and_who_undoes(
    change, sister_township, township_clerk, approver, other_clerk, signed_in
):
    sister = BulkChange.objects.get(township=sister_township)
    page = reverse("admin:catalog_bulkchange_change", args=[change.pk])
    own = signed_in(township_clerk)
    listed = own.get(reverse("admin:catalog_bulkchange_changelist")).context["cl"].result_list
    assert list(listed) == [change]
    assert "村" in own.get(page).content.decode()
    for person, row, status in [
        (township_clerk, sister, 404),
        (other_clerk, change, 404),
        (approver, change, 403),
        (township_clerk, change, 302),
    ]:
        answer = signed_in(person).post(reverse("admin:catalog_bulkchange_undo", args=[row.pk]))
        assert answer.status_code == status
    change.refresh_from_db()
    sister.refresh_from_db()
    assert change.undone_by == township_clerk
    assert sister.undone_at is None
