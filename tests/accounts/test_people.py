"""Accounts: who may make, change and suspend whom."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Event, User
from accounts.rules import MAY_GRANT, grantable_by
from tests import factories
from tests.accounts.test_forms import opened

ADD = "/admin/accounts/user/add/"
PASSWORDS = {"new_password1": "a-phrase-nobody-guesses", "new_password2": "a-phrase-nobody-guesses"}


def change(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def link_page(person):
    return reverse("admin:accounts_user_link", args=[person.pk])


def test_no_role_makes_one_that_could_make_it():
    """Nobody lifts themselves, alone or with an accomplice, except site administrators among themselves."""
    for role, granted in MAY_GRANT.items():
        for other in granted - {role}:
            assert role not in grantable_by(other)
    assert Role.SITE_ADMIN not in grantable_by(Role.KEEPER)
    assert Role.KEEPER not in grantable_by(Role.KEEPER)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(MAY_GRANT[Role.KEEPER] - {Role.DEPARTMENT, Role.TOWNSHIP}))
def test_keeper_makes_accounts_of_the_county(signed_in, keeper, county, role):
    answer = signed_in(keeper).post(ADD, {"username": "new", "role": role})
    assert answer.status_code == 302
    person = User.objects.get(username="new")
    assert (person.role, person.county, person.is_staff) == (role, county, True)
    assert answer.url == link_page(person)
    assert not person.has_usable_password()
    event = Event.objects.get(action="account_made")
    assert (event.by, event.details["changes"]["role"]) == (keeper, ["", str(Role(role).label)])


@pytest.mark.django_db
def test_keeper_binds_staff_to_their_body(signed_in, keeper, department, township):
    browser = signed_in(keeper)
    for name, values in {
        "a": {"role": "department", "department": department.pk},
        "b": {"role": "township", "township": township.pk},
    }.items():
        assert browser.post(ADD, {"username": name, **values}).status_code == 302
    assert User.objects.get(username="a").department == department
    assert User.objects.get(username="b").township == township


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SITE_ADMIN, Role.KEEPER, "", "director"])
def test_keeper_gives_no_role_beyond(signed_in, keeper, role):
    answer = signed_in(keeper).post(ADD, {"username": "new", "role": role})
    assert list(answer.context["adminform"].form.errors) == ["role"]
    assert not User.objects.filter(username="new").exists()


@pytest.mark.django_db
def test_keeper_gives_no_reach_beyond(signed_in, keeper, county, other_county, other_department):
    browser = signed_in(keeper)
    post = {"username": "a", "role": "department", "department": other_department.pk}
    assert "department" in browser.post(ADD, post).context["adminform"].form.errors
    post = {"username": "b", "role": "editor", "county": other_county.pk, "is_superuser": "on"}
    assert browser.post(ADD, post).status_code == 302
    person = User.objects.get(username="b")
    assert (person.county, person.is_superuser) == (county, False)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["department", "township", "editor"])
def test_role_and_body_fit_each_other(signed_in, keeper, department, role):
    """Department staff without a department, township staff without a township, an editor with one."""
    body = {"department": department.pk} if role == "editor" else {}
    answer = signed_in(keeper).post(ADD, {"username": "new", "role": role, **body})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.non_field_errors()


@pytest.mark.django_db
def test_keeper_suspends(signed_in, keeper, clerk):
    browser = signed_in(keeper)
    post = opened(browser, change(clerk))
    assert browser.post(change(clerk), post | {"is_active": ""}).status_code == 302
    clerk.refresh_from_db()
    assert not clerk.is_active
    event = Event.objects.get(action="account_changed")
    assert (event.by, event.details["changes"]) == (keeper, {"is_active": ["是", "否"]})
    assert clerk.history.count() == 2


@pytest.mark.django_db
def test_nobody_changes_an_account_they_could_not_give(
    signed_in, keeper, site_admin, clerk, other_clerk, county
):
    fellow = factories.make_user(Role.KEEPER, county)
    for person, browser in [
        (keeper, signed_in(keeper)),
        (fellow, signed_in(keeper)),
        (other_clerk, signed_in(keeper)),
        (site_admin, signed_in(keeper)),
        (clerk, signed_in(site_admin)),
        (site_admin, signed_in(site_admin)),
    ]:
        browser.post(change(person), {"username": "taken", "role": "editor"})
        assert browser.post(link_page(person)).status_code in {403, 404}
        person.refresh_from_db()
        assert person.username != "taken"
        assert person.check_password(factories.PASSWORD)


@pytest.mark.django_db
def test_site_administrator_makes_keepers_and_nothing_else(signed_in, site_admin, county):
    browser = signed_in(site_admin)
    post = {"username": "new", "county": county.pk}
    assert "role" in browser.post(ADD, post | {"role": "editor"}).context["adminform"].form.errors
    assert browser.post(ADD, post | {"role": "keeper"}).status_code == 302
    assert User.objects.get(username="new").county == county


@pytest.mark.django_db
def test_a_keeper_without_a_county_is_refused(signed_in, site_admin):
    answer = signed_in(site_admin).post(ADD, {"username": "new", "role": "keeper"})
    assert answer.context["adminform"].form.non_field_errors()


@pytest.mark.django_db
def test_names_that_differ_in_capital_letters_are_one(signed_in, keeper, clerk):
    answer = signed_in(keeper).post(ADD, {"username": "CLERK", "role": "editor"})
    assert list(answer.context["adminform"].form.errors) == ["username"]


# --- The one-time link ---


@pytest.fixture
def link(signed_in, keeper, clerk):
    """The address that the keeper is shown for the clerk."""

    def link(**post):
        return signed_in(keeper).post(link_page(clerk), post).context["link"]

    return link


@pytest.mark.django_db
def test_a_link_sets_a_password_once_and_the_keeper_never_learns_it(link, client, clerk, keeper):
    address = link()
    form = client.get(address, follow=True)
    answer = client.post(form.request["PATH_INFO"], PASSWORDS)
    assert answer.url == "/admin/login/"
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORDS["new_password1"])
    by = dict(Event.objects.values_list("action", "by__username"))
    assert by == {"link_made": "keeper", "password_set": "clerk"}
    assert "已被使用" in client.get(address, follow=True).content.decode()


@pytest.mark.django_db
def test_making_a_link_ends_the_password_the_sessions_and_the_link_before(link, signed_in, client, clerk):
    at_work = signed_in(clerk)
    assert at_work.get("/admin/").status_code == 200
    first, second = link(), link()
    assert at_work.get("/admin/").status_code == 302
    clerk.refresh_from_db()
    assert not clerk.check_password(factories.PASSWORD)
    assert client.get(first).status_code == 200  # says that it no longer holds
    assert client.get(second).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("spoiler", ["expired", "suspended", "forged", "weak"])
def test_a_link_is_refused(link, client, clerk, clock, settings, spoiler):
    address = link()
    if spoiler == "expired":
        settings.PASSWORD_RESET_TIMEOUT = -1
    if spoiler == "suspended":
        User.objects.filter(pk=clerk.pk).update(is_active=False)
    if spoiler == "forged":
        address = address[:-3] + "xx/"
    weak = {"new_password1": "password1234", "new_password2": "password1234"}
    form = client.get(address, follow=True)
    client.post(form.request["PATH_INFO"], weak if spoiler == "weak" else PASSWORDS)
    clerk.refresh_from_db()
    assert not clerk.has_usable_password()


# --- Events ---


@pytest.mark.django_db
def test_keeper_reads_events_of_accounts_and_the_auditor_all(signed_in, keeper, auditor, county, department):
    from accounts import journal

    journal.record("account_made", keeper, by=None, county=county)
    journal.record("announced", department, by=None, county=county)
    address = reverse("admin:accounts_event_changelist")
    seen = {
        person.username: signed_in(person).get(address).context["cl"].result_count
        for person in (keeper, auditor)
    }
    assert seen == {"keeper": 1, "auditor": 2}
