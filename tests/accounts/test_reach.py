"""What a person meets in the admin: forms, choices, filters, autocompletes, actions, history; own rows only."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.models import Department, Office, Township, Village
from tests import factories

pytestmark = pytest.mark.django_db


def page(browser, name, *args, **query):
    return browser.get(reverse(f"admin:{name}", args=args), query)


@pytest.mark.parametrize("view", ["change", "delete", "history"])
def test_another_countys_row_does_not_exist(signed_in, clerk, other_department, view):
    browser = signed_in(clerk)
    answer = page(browser, f"accounts_department_{view}", other_department.pk)
    assert answer.status_code == 302
    assert "县水务局" not in browser.get("/admin/").content.decode()


def test_posting_to_another_countys_row_changes_nothing(signed_in, clerk, other_department):
    browser = signed_in(clerk)
    address = reverse("admin:accounts_department_change", args=[other_department.pk])
    assert browser.post(address, {"name": "改名", "line": "government"}).status_code == 302
    other_department.refresh_from_db()
    assert other_department.name == "县水务局"


def test_county_of_a_new_row_is_the_persons_whatever_is_posted(signed_in, clerk, county, other_county):
    browser = signed_in(clerk)
    assert 'name="county"' not in page(browser, "accounts_department_add").content.decode()
    post = {"name": "县财政局", "line": "government", "county": other_county.pk}
    assert browser.post(reverse("admin:accounts_department_add"), post).status_code == 302
    assert Department.objects.get(name="县财政局").county == county


def test_a_taken_name_is_told_though_the_county_is_not_in_the_form(signed_in, clerk, department):
    browser = signed_in(clerk)
    post = {"name": department.name, "line": "government"}
    answer = browser.post(reverse("admin:accounts_department_add"), post)
    assert answer.status_code == 200
    assert "name" not in answer.context["adminform"].form.errors
    assert answer.context["adminform"].form.non_field_errors()


def test_township_staff_make_offices_of_their_own_township(
    signed_in, township_clerk, township, sister_township
):
    browser = signed_in(township_clerk)
    post = {"name": "综合办公室", "kind": "office", "township": sister_township.pk}
    assert browser.post(reverse("admin:accounts_office_add"), post).status_code == 302
    assert Office.objects.get().township == township


@pytest.mark.parametrize("field", ["township", "sending_department"])
def test_a_forged_id_is_no_valid_choice(
    signed_in, clerk, township, department, other_township, other_department, field
):
    forged = {"township": other_township.pk, "sending_department": other_department.pk}
    post = {
        "name": "司法所",
        "kind": "seconded",
        "township": township.pk,
        "sending_department": department.pk,
        field: forged[field],
    }
    answer = signed_in(clerk).post(reverse("admin:accounts_office_add"), post)
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == [field]
    assert not Office.objects.exists()


def test_autocomplete_offers_own_rows(signed_in, clerk, township, sister_township, other_township):
    query = {"app_label": "accounts", "model_name": "office", "field_name": "township", "term": "镇"}
    found = signed_in(clerk).get(reverse("admin:autocomplete"), query).json()["results"]
    assert {row["text"] for row in found} == {"谷雨镇", "芒种镇"}


def test_side_filter_lists_own_rows(signed_in, clerk, township, sister_township, other_township):
    for place in (township, sister_township, other_township):
        factories.make_office(place)
    text = page(signed_in(clerk), "accounts_office_changelist").content.decode()
    assert "谷雨镇" in text
    assert "榆树镇" not in text


def test_side_filter_by_another_countys_row_finds_nothing(signed_in, clerk, township, other_township):
    factories.make_office(other_township, "外县办公室")
    answer = page(signed_in(clerk), "accounts_office_changelist", township__id__exact=other_township.pk)
    assert "外县办公室" not in answer.content.decode()


@pytest.mark.parametrize(
    "lookup",
    ["name__regex", "county__name__regex", "county__name", "staff__password__startswith", "history__id"],
)
def test_an_address_asks_only_what_a_filter_would(signed_in, clerk, lookup):
    answer = page(signed_in(clerk), "accounts_department_changelist", **{lookup: "(a+)+$"})
    assert answer.status_code == 400


@pytest.mark.parametrize("value", ["abc", "99999999999999999999", "-1", ""])
def test_an_odd_filter_value_is_no_server_error(signed_in, clerk, township, value):
    for view in ("changelist", "export"):
        answer = page(signed_in(clerk), f"accounts_office_{view}", township__id__exact=value)
        assert answer.status_code in {200, 302}


@pytest.mark.parametrize("term", ["\0", "县\0局"])
def test_nul_in_a_search_is_no_server_error(signed_in, clerk, term):
    browser = signed_in(clerk)
    assert page(browser, "accounts_department_changelist", q=term).status_code == 400
    query = {"app_label": "accounts", "model_name": "office", "field_name": "township", "term": term}
    assert browser.get(reverse("admin:autocomplete"), query).status_code == 400


def test_deleting_in_bulk_leaves_other_counties_alone(signed_in, clerk, department, other_department):
    post = {
        "action": "delete_selected",
        "_selected_action": [department.pk, other_department.pk],
        "post": "yes",
    }
    signed_in(clerk).post(reverse("admin:accounts_department_changelist"), post)
    assert list(Department.objects.all()) == [other_department]


def test_shortcut_leads_to_own_rows_only(signed_in, township_clerk, township, sister_township, monkeypatch):
    monkeypatch.setattr(Township, "get_absolute_url", lambda row: f"/t/{row.code}/")
    kind = ContentType.objects.get_for_model(township)
    own = reverse("admin:view_on_site", args=[kind.pk, township.pk])
    sister = reverse("admin:view_on_site", args=[kind.pk, sister_township.pk])
    missing = reverse("admin:view_on_site", args=[kind.pk, 99999999])
    browser = signed_in(township_clerk)
    assert browser.get(sister).status_code == 404
    assert browser.get(missing).status_code == 404
    assert browser.get(own).url == "/t/990101100/"


@pytest.mark.parametrize(
    ("kind", "row"), [("x", "1"), ("99999999999999999999", "1"), ("1", "x_2F"), ("1", "9" * 30)]
)
def test_odd_shortcuts_do_not_exist(signed_in, clerk, kind, row):
    assert signed_in(clerk).get(f"/admin/r/{kind}/{row}/").status_code == 404


def test_history_names_fields_and_persons(signed_in, clerk, department):
    browser = signed_in(clerk)
    department.phone = "0000-1"
    department._history_user = clerk
    department.save()
    text = page(browser, "accounts_department_history", department.pk).content.decode()
    assert "0000-1" in text
    assert "clerk" in text


def test_department_staff_see_their_own_department(signed_in, department_clerk, department):
    factories.make_department(department.county, "县财政局")
    text = page(signed_in(department_clerk), "accounts_department_changelist").content.decode()
    assert "县民政局" in text
    assert "县财政局" not in text


def test_township_staff_save_a_service_point(signed_in, township_clerk, township):
    village = factories.make_village(township, "东谷村")
    browser = signed_in(township_clerk)
    address = reverse("admin:accounts_village_change", args=[village.pk])
    version = browser.get(address).context["adminform"].form.initial["version"]
    post = {
        "service_point": "村委会一楼",
        "agent_phone": "0000-1",
        "version": version,
        "code": "990101100999",
    }
    assert browser.post(address, post).status_code == 302
    village = Village.objects.get()
    assert (village.service_point, village.code) == ("村委会一楼", "990101100201")
