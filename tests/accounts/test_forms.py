"""Two editors, one row: the second save of a page opened before the first is refused."""

import pytest
from django.urls import reverse

from accounts.forms import last_writer
from accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(county):
    return factories.make_user(county=county, username="colleague", last_name="虚", first_name="构")


@pytest.fixture
def address(department):
    return reverse("admin:accounts_department_change", args=[department.pk])


def opened(browser, address):
    """What the page would post back, unchanged."""
    form = browser.get(address).context["adminform"].form
    return {name: form.initial.get(name) or "" for name in form.fields}


def test_stale_page_is_refused_and_names_who_saved(signed_in, clerk, colleague, department, address):
    first, second = signed_in(colleague), signed_in(clerk)
    theirs, mine = opened(first, address), opened(second, address)
    assert first.post(address, theirs | {"phone": "0000-1"}).status_code == 302

    answer = second.post(address, mine | {"phone": "0000-2"})
    assert answer.status_code == 200
    said = answer.context["adminform"].form.non_field_errors()
    assert "虚构" in said[0]
    assert list(said)[1:] == ["咨询电话：现在保存的是“0000-1”，您填的是“0000-2”。"]
    department.refresh_from_db()
    assert department.phone == "0000-1"


def test_fresh_page_is_saved(signed_in, clerk, department, address):
    browser = signed_in(clerk)
    for phone in ("0000-1", "0000-2"):
        assert browser.post(address, opened(browser, address) | {"phone": phone}).status_code == 302
    department.refresh_from_db()
    assert department.phone == "0000-2"


def test_page_without_its_version_is_refused(signed_in, clerk, department, address):
    browser = signed_in(clerk)
    post = opened(browser, address) | {"phone": "0000-1"}
    del post["version"]
    assert browser.post(address, post).status_code == 200


def test_the_page_carries_its_version(signed_in, clerk, address):
    page = signed_in(clerk).get(address).content.decode()
    assert '<input type="hidden" name="version" value="' in page


def test_who_only_looks_sees_no_version(signed_in, approver, address):
    assert 'name="version"' not in signed_in(approver).get(address).content.decode()


def test_a_row_deleted_meanwhile_is_said_to_be_gone(signed_in, clerk, department, address, monkeypatch):
    browser = signed_in(clerk)
    post = opened(browser, address)
    found = type(department).objects.get(pk=department.pk)
    department.delete()
    monkeypatch.setattr("django.contrib.admin.options.ModelAdmin.get_object", lambda *args, **kwargs: found)
    monkeypatch.setattr("accounts.admin.scoped.reaches", lambda user, row: True)
    answer = browser.post(address, post)
    assert answer.context["adminform"].form.non_field_errors()


def test_an_account_names_who_changed_it_from_the_admins_log(signed_in, keeper, clerk):
    browser = signed_in(keeper)
    address = reverse("admin:accounts_user_change", args=[clerk.pk])
    assert browser.post(address, opened(browser, address) | {"last_name": "某"}).status_code == 302
    assert last_writer(User.objects.get(pk=clerk.pk)) == "keeper"


def test_nobody_on_record_is_nobody(department):
    assert last_writer(department) == ""
