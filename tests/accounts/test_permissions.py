"""Role × model × view, as a table of answers."""

import pytest
from django.urls import reverse

from accounts import journal
from accounts.choices import Role
from accounts.models import Event, User
from tests import factories

pytestmark = pytest.mark.django_db

EDITS, READS, NONE = "edits", "reads", "none"
STAFF = {
    Role.SITE_ADMIN: NONE,
    Role.EDITOR: EDITS,
    Role.APPROVER: READS,
    Role.DEPARTMENT: READS,
    Role.TOWNSHIP: READS,
    Role.AUDITOR: READS,
    Role.KEEPER: READS,
}
NOBODY = dict.fromkeys(Role, NONE)
TABLE = {
    "county": NOBODY | {Role.SITE_ADMIN: EDITS, Role.EDITOR: READS, Role.KEEPER: READS, Role.AUDITOR: READS},
    "department": STAFF,
    "township": STAFF,
    "townshipclass": STAFF,
    "office": STAFF | {Role.TOWNSHIP: EDITS},
    "village": STAFF | {Role.TOWNSHIP: "changes"},
    "user": NOBODY | {Role.SITE_ADMIN: EDITS, Role.KEEPER: EDITS, Role.AUDITOR: READS},
    "event": NOBODY | {Role.SITE_ADMIN: READS, Role.KEEPER: READS, Role.AUDITOR: READS},
}
# Status of: list, change page, add page, import page, export page, template, delete page, history.
VIEWS = ["list", "change", "add", "import", "export", "template", "delete", "history"]
ANSWERS = {
    EDITS: [200, 200, 200, 200, 200, 200, 200, 200],
    "changes": [200, 200, 403, 403, 200, 403, 403, 200],
    READS: [200, 200, 403, 403, 200, 403, 403, 200],
    NONE: [403, 403, 403, 403, 403, 403, 403, 403],
}
NO_IMPORT = {"user", "event"}


@pytest.fixture
def rows(county, department, township):
    """One row of each model that everyone in the county reaches, as far as their role allows."""
    account = factories.make_user(Role.KEEPER, county, username="account")
    journal.record("account_made", account, by=None, county=county)
    return {
        "county": county,
        "department": department,
        "township": township,
        "townshipclass": factories.make_township_class(county),
        "office": factories.make_office(township),
        "village": factories.make_village(township),
        "user": account,
        "event": Event.objects.get(),
    }


def person_of(role, rows):
    bound = {
        Role.SITE_ADMIN: {},
        Role.DEPARTMENT: {"department": rows["department"]},
        Role.TOWNSHIP: {"township": rows["township"]},
    }
    return factories.make_user(role, **bound.get(role, {"county": rows["county"]}))


def address(model, view, row):
    views = {"list": "changelist"}
    needs_row = view in {"change", "delete", "history"}
    return reverse(f"admin:accounts_{model}_{views.get(view, view)}", args=[row.pk] if needs_row else [])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("model", TABLE)
def test_answers(signed_in, rows, role, model):
    browser = signed_in(person_of(role, rows))
    wanted = dict(zip(VIEWS, ANSWERS[TABLE[model][role]], strict=True))
    if model in NO_IMPORT:
        del wanted["import"], wanted["template"]
    if model == "user":
        wanted["delete"] = 403
    got = {view: browser.get(address(model, view, rows[model])).status_code for view in wanted}
    if model == "user" and role == Role.KEEPER:
        assert got["change"] == 200  # of a fellow keeper: to look at
    assert got == wanted


@pytest.mark.parametrize("role", [Role.APPROVER, Role.DEPARTMENT, Role.TOWNSHIP, Role.AUDITOR, Role.KEEPER])
def test_who_only_reads_cannot_post(signed_in, rows, role):
    browser = signed_in(person_of(role, rows))
    department = rows["department"]
    browser.post(address("department", "change", department), {"name": "改名"})
    department.refresh_from_db()
    assert department.name == "县民政局"


def test_suspended_staff_are_out(signed_in, clerk):
    browser = signed_in(clerk)
    assert browser.get(reverse("admin:index")).status_code == 200
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert browser.get(reverse("admin:index")).status_code == 302


def test_township_staff_keep_the_service_point_but_not_the_code(signed_in, rows, township_clerk):
    village = rows["village"]
    page = signed_in(township_clerk).get(address("village", "change", village)).content.decode()
    assert 'name="service_point"' in page
    assert 'name="code"' not in page
    assert 'name="township"' not in page
