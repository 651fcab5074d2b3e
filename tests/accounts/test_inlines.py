"""Rows edited inside the page of another: the same reach, the same versions."""

import pytest
from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage

from accounts.admin.scoped import ScopedInline
from accounts.admin.township import TownshipAdmin
from accounts.models import Office, Township
from tests import factories

pytestmark = pytest.mark.django_db


class OfficeInline(ScopedInline, admin.TabularInline):
    model = Office
    fields = ["name", "kind", "sending_department", "phone"]


class TownshipWithOffices(TownshipAdmin):
    inlines = [OfficeInline]


@pytest.fixture
def page(rf, township):
    """The township's page for a person: `page(clerk)` shows it, `page(clerk, post)` sends it."""
    site = admin.AdminSite()
    site.register(Township, TownshipWithOffices)
    model_admin = site.get_model_admin(Township)

    def page(person, post=None):
        request = rf.post("/", post) if post else rf.get("/")
        request.user, request.session = person, {}
        request._messages = FallbackStorage(request)
        request._dont_enforce_csrf_checks = True
        return model_admin.changeform_view(request, str(township.pk))

    return page


def formset_of(answer):
    (inline,) = answer.context_data["inline_admin_formsets"]
    return inline.formset


def filled(answer) -> dict:
    """Everything the page would post back."""
    post = {}
    formset = formset_of(answer)
    for form in (answer.context_data["adminform"].form, formset.management_form, *formset.forms):
        for bound in form:
            value = bound.value()
            post[bound.html_name] = "" if value is None else value
    return post


def test_choices_of_inlines_are_within_reach(page, clerk, township, department, other_department):
    factories.make_office(township)
    (form,) = formset_of(page(clerk)).forms
    assert list(form.fields["sending_department"].queryset) == [department]


def test_inline_rows_know_their_version(page, clerk, township):
    office = factories.make_office(township, "综合办")
    post = filled(page(clerk))
    office.phone = "0000-1"
    office.save()

    answer = page(clerk, post | {"offices-0-phone": "0000-2"})
    assert answer.status_code == 200
    assert formset_of(answer).forms[0].non_field_errors()
    office.refresh_from_db()
    assert office.phone == "0000-1"


def test_inline_rows_are_changed_and_added(page, clerk, township):
    office = factories.make_office(township, "综合办")
    post = filled(page(clerk))
    new = {"name": "党群办", "kind": "office", "sending_department": "", "phone": "", "version": "", "id": ""}
    post |= {f"offices-1-{name}": value for name, value in new.items()}
    post |= {"offices-TOTAL_FORMS": 2, "offices-0-phone": "0000-2", "offices-1-township": township.pk}
    assert page(clerk, post).status_code == 302
    office.refresh_from_db()
    assert office.phone == "0000-2"
    assert township.offices.filter(name="党群办").exists()


def test_a_taken_name_in_an_inline_is_told(page, clerk, township):
    for name in ("甲办", "乙办"):
        factories.make_office(township, name)
    post = filled(page(clerk))
    answer = page(clerk, post | {"offices-0-name": post["offices-1-name"]})
    assert answer.status_code == 200
    assert formset_of(answer).forms[0].non_field_errors()


def test_roles_of_an_inline_are_those_of_its_page(page, approver, township):
    factories.make_office(township)
    answer = page(approver)
    answer.render()
    assert 'name="offices-0-name"' not in answer.content.decode()
    assert 'name="offices-0-version"' not in answer.content.decode()
