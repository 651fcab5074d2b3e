"""One value set in many rows at once: how many change is said before, what is refused is said row by row."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from accounts.choices import Role
from accounts.models import Event
from catalog import publishing
from catalog.choices import EditionState, GuideState
from catalog.models import Category, Entry, Guide, ItemList
from tests import factories
from tests.catalog import published

TODAY = date(2026, 3, 10)
ENTRIES = reverse_lazy("admin:catalog_entry_changelist")
GUIDES = reverse_lazy("admin:catalog_guide_changelist")


@pytest.fixture
def services(county, clock):
    clock("2026-03-10 12:00")
    return ItemList.objects.create(county=county, kind="public_services")


@pytest.fixture
def category(db):
    return Category.objects.create(code="social", name="基本社会服务")


@pytest.fixture
def draft(services, clerk, department):
    rows = ["低保申请", {"name": "生育登记", "department": department, "department_name": department.name}]
    return published.issue(services, rows, state=EditionState.DRAFT, created_by=clerk)


@pytest.fixture
def guides(services, department):
    edition = published.issue(services, [{"name": "低保申请", "department": department}, "生育登记"])
    items = [entry.item for entry in edition.entries.order_by("position")]
    return [Guide.objects.create(item=item, valid_from=published.CURRENT, phone="0000-1") for item in items]


def chosen(rows, action, **values):
    return {"action": action, "_selected_action": [row.pk for row in rows], **values}


def test_category_and_department_are_set_and_on_record_with_old_and_new(draft, category, department, clerk):
    done = publishing.set_in_entries(
        entries=draft.entries.all(), category=category, department=department, by=clerk
    )
    assert (done.changed, done.unchanged) == (2, 0)
    first = draft.entries.get(position=1)
    assert (first.category_name, first.department_name) == ("基本社会服务", "县民政局")
    assert first.digest == first.compute_digest()
    noted = Event.objects.about(draft).filter(action="edit", by=clerk)
    assert [event.details["changes"]["category_name"] for event in noted] == [["", "基本社会服务"]] * 2
    again = publishing.set_in_entries(entries=draft.entries.all(), category=category, by=clerk)
    assert (again.changed, again.unchanged) == (0, 2)


def test_what_is_refused_stops_everything_unless_it_may_be_left_out(draft, services, category, clerk):
    announced = published.issue(services, ["占道处罚"])
    rows = Entry.objects.filter(edition__in=[draft, announced])
    with pytest.raises(ValidationError, match="版"):
        publishing.set_in_entries(entries=rows, category=category, by=clerk)
    assert not Entry.objects.filter(category=category).exists()
    done = publishing.set_in_entries(entries=rows, category=category, by=clerk, leave_out_refused=True)
    assert (done.changed, done.left_out, len(done.refused)) == (2, 1, 1)
    assert not announced.entries.filter(category=category).exists()


def test_two_entries_do_not_become_one(services, department, clerk):
    rows = [{"name": "低保申请", "department_name": name} for name in ("县民政局", "县教育局")]
    draft = published.issue(services, rows, state=EditionState.DRAFT)
    done = publishing.set_in_entries(
        entries=draft.entries.all(), department=department, by=clerk, leave_out_refused=True
    )
    assert (done.changed, done.left_out) == (1, 1)


def test_the_page_says_how_many_before_it_sets_them(
    draft, category, clerk, approver, other_department, signed_in
):
    rows = list(draft.entries.all())
    browser = signed_in(clerk)
    first = browser.post(ENTRIES, chosen(rows, "set_values", index="0"))
    assert first.status_code == 200
    assert first.context["prospect"] is None
    forged = browser.post(ENTRIES, chosen(rows, "set_values", _set="1", department=other_department.pk))
    assert "department" in forged.context["form"].errors
    look = browser.post(ENTRIES, chosen(rows, "set_values", _look="1", category=category.pk))
    assert look.context["prospect"].changed == 2
    assert not Entry.objects.filter(category=category).exists()
    assert signed_in(approver).post(ENTRIES, chosen(rows, "set_values", _set="1", category=category.pk))
    assert not Entry.objects.filter(category=category).exists()
    done = browser.post(ENTRIES, chosen(rows, "set_values", _set="1", category=category.pk))
    assert done.status_code == 302
    assert Entry.objects.filter(category=category).count() == 2


def test_another_countys_entries_are_out_of_reach(draft, category, other_clerk, signed_in):
    rows = list(draft.entries.all())
    signed_in(other_clerk).post(ENTRIES, chosen(rows, "set_values", _set="1", category=category.pk))
    assert not Entry.objects.filter(category=category).exists()
    with pytest.raises(ValidationError):
        publishing.set_in_entries(
            entries=draft.entries.all(),
            department=factories.make_department(other_clerk.county),
            by=other_clerk,
        )


def test_an_editor_sets_phones_in_place_where_no_second_person_is_wanted(guides, clerk):
    clerk.county.needs_second_person = False
    clerk.county.save()
    done = publishing.set_phone(guides=Guide.objects.all(), phone="0000-9", by=clerk, on=TODAY)
    assert done.changed == 2
    assert set(Guide.objects.in_force(TODAY).values_list("phone", flat=True)) == {"0000-9"}
    noted = Event.objects.filter(action="set_phone")
    assert [event.details["changes"] for event in noted] == [{"phone": ["0000-1", "0000-9"]}] * 2


def test_elsewhere_phones_are_proposed(guides, clerk, department_clerk, signed_in):
    other = factories.make_user(Role.DEPARTMENT, department=factories.make_department(clerk.county))
    post = chosen(guides, "set_phone", _set="1", phone="0000-9")
    refused = signed_in(other).post(GUIDES, post)
    assert len(refused.context["prospect"].refused) == 1  # another department's item; the other is nobody's
    assert not Guide.objects.filter(phone="0000-9").exists()
    signed_in(department_clerk).post(GUIDES, post | {"leave_out_refused": "on"})
    proposed = Guide.objects.filter(state=GuideState.PROPOSED, proposed_by=department_clerk)
    assert set(proposed.values_list("phone", flat=True)) == {"0000-9"}
    assert set(Guide.objects.approved().values_list("phone", flat=True)) == {"0000-1"}
    under_way = signed_in(clerk).post(GUIDES, post | {"phone": "0000-8"})
    assert under_way.context["form"].errors
