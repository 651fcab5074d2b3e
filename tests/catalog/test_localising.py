"""What a township inherits stands locked beside its own words; what changes above them is answered by it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Event
from catalog import publishing
from catalog.localisation import changes_above, substance
from catalog.models import BulkChange, Guide, Handling, ItemList
from tests import factories
from tests.catalog import published

TODAY, LATER = date(2026, 3, 10), date(2026, 4, 1)
LIST = reverse("admin:catalog_handling_changelist")


@pytest.fixture
def services(county, clock):
    clock("2026-03-10 12:00")
    return ItemList.objects.create(county=county, kind="public_services")


@pytest.fixture
def item(services, department):
    row = {"name": "低保申请", "department": department, "responsible_unit": "民政民生办公室"}
    item = published.issue(services, [row]).entries.get().item
    Guide.objects.create(
        item=item,
        valid_from=published.CURRENT,
        rule="here",
        phone="0000-1",
        promised_limit=5,
        verified_on=None,
    )
    return item


@pytest.fixture
def handling(item, township, township_clerk):
    """The township has its own phone and a place; the guide says nothing of the place."""
    row = Handling(item=item, township=township, valid_from=published.CURRENT, phone="0000-7", place="一楼")
    return publishing.write_handling(handling=row, by=township_clerk, on=TODAY)


def change_guide(item, **values):
    """A guide that takes the place of the one before on the later day."""
    before = item.guides.get(valid_to=None)
    said = {name: getattr(before, name) for name in ("rule", "phone", "promised_limit")} | values
    Guide.objects.filter(pk=before.pk).update(valid_to=LATER)
    return Guide.objects.create(item=item, valid_from=LATER, **said)


def told(handling, on=LATER):
    handling.refresh_from_db()
    return [
        (each.name, each.before, each.after) for each in changes_above([handling], on).get(handling.pk, [])
    ]


def answer(rows, how, by, on=LATER):
    return publishing.answer_changes(rows=rows, answer=how, by=by, on=on)


# --- What is inherited ---


def shown(browser, address, field):
    return str(browser.get(address).context["adminform"].form.fields[field].help_text)


def test_each_field_shows_what_is_inherited_and_where_it_comes_from(
    item, handling, township, township_clerk, signed_in
):
    township.centre_hours = "周一至周五 9:00-17:00"
    township.save()
    browser = signed_in(township_clerk)
    address = reverse("admin:catalog_handling_change", args=[handling.pk])
    assert "乡镇便民服务中心" in shown(browser, address, "hours")
    assert "周一至周五" in shown(browser, address, "hours")
    assert "5个工作日" in shown(browser, address, "promised_limit")
    assert "0000-1" in shown(browser, address, "phone")
    factories.make_office(township, "民政民生办公室", phone="0000-5")
    assert "民政民生办公室" in shown(browser, address, "office")
    assert "0000-5" in shown(browser, address, "phone")
    fields = browser.get(address).context["adminform"].form.fields
    assert not {"item", "township"} & fields.keys()
    form = browser.get(address).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields} | {"phone": ""}
    assert browser.post(address, data).status_code == 302
    handling.refresh_from_db()
    assert (handling.phone, handling.place) == ("", "一楼")


def test_a_new_exception_begun_from_the_matrix_shows_it_too(
    item, township, sister_township, other_township, other_clerk, clerk, signed_in
):
    add = reverse("admin:catalog_handling_add")
    browser = signed_in(clerk)
    assert "5个工作日" in shown(browser, f"{add}?item={item.pk}&township={township.pk}", "promised_limit")
    for query in (f"item={item.pk}&township={other_township.pk}", "item=x&township=9", ""):
        assert not shown(browser, f"{add}?{query}", "promised_limit")
    foreign = f"{add}?item={item.pk}&township={other_township.pk}"
    assert not shown(signed_in(other_clerk), foreign, "promised_limit")


# --- What has changed above ---


@pytest.mark.parametrize(
    "values", [{"phone": " 0000－1 "}, {"conditions": "本县户籍"}, {"promised_limit": 3}]
)
def test_what_is_no_change_of_substance_or_not_localised_raises_nothing(item, handling, values):
    change_guide(item, **values)
    assert told(handling) == []


def test_punctuation_and_width_are_no_substance_figures_are():
    assert substance("镇政府 一楼，（东侧）。") == substance("镇政府一楼(东侧)")
    assert substance("1.5") != substance("15")


def test_a_change_of_the_guide_shows_on_its_day_without_a_write(item, handling):
    change_guide(item, phone="0000-2")
    assert told(handling, on=TODAY) == []
    assert told(handling) == [("phone", "0000-1", "0000-2")]


def test_a_guide_changed_in_place_and_a_new_edition_show_too(item, handling, services):
    Guide.objects.filter(item=item).update(phone="0000-3")
    published.issue(services, [{"name": "低保申请", "details": {"place": "二楼"}}], effective_on=LATER)
    assert told(handling) == [("place", "", "二楼"), ("phone", "0000-1", "0000-3")]


def test_an_exception_older_than_the_record_is_compared_with_the_guide_of_its_day(item, handling):
    Handling.objects.update(checked_against=None)
    assert told(handling) == []
    change_guide(item, phone="0000-2")
    assert told(handling) == [("phone", "0000-1", "0000-2")]


def test_setting_the_rule_is_no_look_at_the_rest(item, handling, township, township_clerk):
    Handling.objects.update(checked_against=None)
    change_guide(item, phone="0000-2")
    publishing.set_rule(cells=[(item, township)], rule="accepted", by=township_clerk, on=LATER)
    now = Handling.objects.get(valid_to=None)
    assert (now.rule, told(now)) == ("accepted", [("phone", "0000-1", "0000-2")])


def test_taking_over_empties_what_has_changed_and_nothing_else(item, handling, township_clerk):
    change_guide(item, phone="0000-2")
    assert answer([handling], "taken_over", township_clerk) == 1
    now = Handling.objects.in_force(LATER).get()
    assert (now.phone, now.place, told(now)) == ("", "一楼", [])
    assert Handling.objects.in_force(TODAY).get().phone == "0000-7"
    details = Event.objects.get(action="above_taken_over").details
    assert list(details["changes"].values()) == [["0000-1", "0000-2"]]


@pytest.mark.parametrize(("how", "verified_on"), [("kept", LATER), ("no_change", None)])
def test_keeping_confirms_and_no_change_only_lowers_the_flag(
    item, handling, township_clerk, how, verified_on
):
    change_guide(item, phone="0000-2")
    assert answer([handling], how, township_clerk) == 1
    assert told(handling) == []
    assert (handling.phone, handling.verified_on) == ("0000-7", verified_on)
    assert answer([handling], how, township_clerk) == 0


def test_many_are_answered_at_once_and_undone_for_one_township(item, handling, sister_township, clerk):
    other = Handling(item=item, township=sister_township, valid_from=published.CURRENT, phone="0000-8")
    publishing.write_handling(handling=other, by=clerk, on=TODAY)
    change_guide(item, phone="0000-2")
    assert answer([handling, other], "taken_over", clerk) == 2
    change = BulkChange.objects.get(township=sister_township)
    publishing.undo_for_township(change=change, by=clerk, on=LATER)
    again = Handling.objects.in_force(LATER).get(township=sister_township)
    assert again.phone == "0000-8"
    assert told(again) == [("phone", "0000-1", "0000-2")]
    assert Handling.objects.in_force(LATER).get(township=handling.township).phone == ""


def test_the_desk_counts_them_and_leads_to_the_list_and_its_actions(
    item, handling, clock, township_clerk, clerk, approver, other_clerk, signed_in
):
    change_guide(item, phone="0000-2")
    clock("2026-04-01 12:00")
    own = signed_in(township_clerk)
    assert "waiting=changed" in own.get("/admin/").content.decode()
    page = own.get(f"{LIST}?waiting=changed")
    assert page.context["cl"].result_count == 1
    assert "0000-1 → 0000-2" in page.content.decode()
    address = reverse("admin:catalog_handling_answer", args=[handling.pk])
    assert signed_in(approver).post(address, {"answer": "kept"}).status_code == 403
    assert signed_in(other_clerk).post(address, {"answer": "kept"}).status_code == 404
    chosen = {"action": "keep_own", "_selected_action": [handling.pk]}
    signed_in(other_clerk).post(LIST, chosen)
    own.post(address, {"answer": "rule"})
    assert told(handling) != []
    own.post(address, {"answer": "no_change"})
    assert told(handling) == []
    Guide.objects.filter(valid_to=None).update(phone="0000-4")
    own.post(LIST, chosen)
    assert told(handling) == []
    assert handling.verified_by == township_clerk
