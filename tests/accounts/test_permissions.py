"""What posting and an account's state decide; the table of role, object and view is in `tests/test_reach.py`."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("role", [Role.APPROVER, Role.DEPARTMENT, Role.TOWNSHIP, Role.AUDITOR, Role.KEEPER])
def test_who_only_reads_cannot_post(signed_in, county, department, township, role):
    bound = {Role.DEPARTMENT: {"department": department}, Role.TOWNSHIP: {"township": township}}
    browser = signed_in(factories.make_user(role, county, **bound.get(role, {})))
    browser.post(reverse("admin:accounts_department_change", args=[department.pk]), {"name": "改名"})
    department.refresh_from_db()
    assert department.name == "县民政局"


def test_suspended_staff_are_out(signed_in, clerk):
    browser = signed_in(clerk)
    assert browser.get(reverse("admin:index")).status_code == 200
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert browser.get(reverse("admin:index")).status_code == 302


def test_township_staff_keep_the_service_point_but_not_the_code(signed_in, township, township_clerk):
    village = factories.make_village(township)
    address = reverse("admin:accounts_village_change", args=[village.pk])
    page = signed_in(township_clerk).get(address).content.decode()
    assert 'name="service_point"' in page
    assert 'name="code"' not in page
    assert 'name="township"' not in page
