"""What of the road waits on whose desk, and that each number is the list it leads to."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.desk import waiting_for
from catalog import publishing
from catalog.models import Edition, Guide, Handling, ItemList
from tests import factories
from tests.catalog import published

TODAY = date(2026, 3, 10)


@pytest.fixture
def services(county, clock):
    clock("2026-03-10 12:00")
    return ItemList.objects.create(county=county, kind="public_services")


def on_desk(person):
    """Address → number of every task that waits for the person."""
    return {task.address(person): count for task, count in waiting_for(person, TODAY)}


def listed(signed_in, person, address):
    page = signed_in(person).get(address)
    assert page.status_code == 200
    return page.context["cl"].result_count


@pytest.fixture
def everything(services, clerk, department, department_clerk, township):
    """One of each: a draft past its day, an unanswered comment, a proposal, an unverified guide, no office."""
    rows = [{"name": "低保申请", "department": department, "responsible_unit": "民政民生办公室"}, "生育登记"]
    edition = published.issue(services, rows)
    items = [entry.item for entry in edition.entries.order_by("position")]
    guide = Guide.objects.create(item=items[0], valid_from=published.CURRENT)
    Guide.objects.create(
        item=items[1], valid_from=published.CURRENT, verified_on=date(2026, 1, 5), verified_by=clerk
    )
    proposal = publishing.propose_guide(item=guide.item, by=department_clerk, valid_from=TODAY)
    publishing.submit_guide(guide=proposal, by=department_clerk, on=TODAY)
    draft = publishing.begin_revision(item_list=services, by=clerk)
    Edition.objects.filter(pk=draft.pk).update(made_on=date(2026, 2, 9))
    other = publishing.begin_revision(item_list=services, by=clerk)
    period = publishing.open_comment(edition=other, by=clerk, on=TODAY, last_day=date(2026, 3, 12))
    publishing.give_comment(period=period, on=TODAY, text="建议")
    factories.make_office(township, "民政民生办公室")
    return items


def test_each_number_is_the_list_it_leads_to(
    everything, clerk, approver, department_clerk, township_clerk, auditor, signed_in
):
    seen = {}
    for person in (clerk, approver, department_clerk, township_clerk, auditor):
        desk = on_desk(person)
        assert {address: listed(signed_in, person, address) for address in desk} == desk
        seen[person.role] = {address.split("/catalog/")[1]: count for address, count in desk.items()}
    editor = seen[Role.EDITOR]
    assert editor["edition/?waiting=me"] == 1
    assert editor["edition/?waiting=comment"] == 1
    assert editor["edition/?waiting=publication"] == 1
    assert editor["comment/?verdict__exact="] == 1
    assert editor["guide/?waiting=unverified"] == 1
    assert editor["entry/?office=missing"] == 1
    assert seen[Role.APPROVER]["guide/?waiting=me"] == 1
    assert "guide/?waiting=me" not in seen[Role.DEPARTMENT]  # its own proposal waits for somebody else
    assert seen[Role.TOWNSHIP]["entry/?office=missing"] == 1
    assert seen[Role.AUDITOR] == {}


def test_another_countys_desk_stays_empty(everything, other_clerk):
    assert on_desk(other_clerk) == {}


def test_many_are_confirmed_as_still_correct_at_once(
    everything, clerk, department_clerk, township, township_clerk, signed_in
):
    guides = Guide.objects.approved()
    chosen = {"action": "confirm_correct", "_selected_action": [guide.pk for guide in guides]}
    address = reverse("admin:catalog_guide_changelist")
    signed_in(department_clerk).post(address, chosen)
    first, second = guides.order_by("item__number")
    assert (first.verified_on, first.verified_by) == (TODAY, department_clerk)
    assert second.verified_by == clerk  # no list names the department for it
    assert first.history.first().history_user == department_clerk
    handling = Handling.objects.create(item=everything[0], township=township, valid_from=TODAY)
    chosen = {"action": "confirm_correct", "_selected_action": [handling.pk]}
    signed_in(township_clerk).post(reverse("admin:catalog_handling_changelist"), chosen)
    handling.refresh_from_db()
    assert handling.verified_by == township_clerk
