"""What a password must be, and how long it lasts."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import County, Department, Township, User
from tests import factories

GOOD = "three-lamps-on-a-hill"


@pytest.fixture
def person():
    """Somebody of a county, none of them stored."""
    county = County(code="990101", name="青禾县")
    township = Township(code="990101100", name="谷雨镇", county=county)
    department = Department(county=county, name="县民政局", short_names="民政")
    values = {"department": department, "username": "wang.editor", "last_name": "虚", "first_name": "构人"}
    person = User(county=county, township=township, **values)
    person.set_password("the phrase of before")
    return person


@pytest.mark.parametrize(
    "password",
    [
        "lamps-hill8",  # eleven
        "password2026!!",
        "1qaz2wsx....",
        "abababababab",
        "202611221105",
        "x-990101-y-z-w",
        "我们青禾人人爱劳动最光荣",
        "虚构人的口令就是它自己呀",
        "my-wang-2026-hill",
        "Wang.Editor-hill",
        "ilove-QingHe-forever",
        "guyuzhen.is.home",
        "Xu-Gouren-was-here",
        "gou_ren_xu-2026-xyz",
        "MinZheng4ever-and-day",
        "the phrase of before",
    ],
)
def test_refused(person, password):
    with pytest.raises(ValidationError):
        validate_password(password, person)


@pytest.mark.parametrize("password", [GOOD, "春雨惊春清谷天夏满芒夏暑相连", "wan.g-hill-lamp-9"])
def test_taken(person, password):
    validate_password(password, person)


def test_kinds_are_counted_where_a_setting_asks(person, settings):
    settings.PASSWORD_KINDS = 3
    with pytest.raises(ValidationError, match="3"):
        validate_password(GOOD, person)
    validate_password(GOOD + "-Z", person)


@pytest.mark.django_db
def test_an_old_password_is_changed_before_anything_else(signed_in, clerk, settings):
    settings.PASSWORD_DAYS = 90
    browser = signed_in(clerk)
    assert browser.get("/admin/").status_code == 200
    User.objects.filter(pk=clerk.pk).update(password_set_at=timezone.now() - timedelta(days=91))
    assert browser.get("/admin/accounts/department/").url == reverse("admin:password_change")
    assert browser.get(reverse("admin:password_change")).status_code == 200
    post = {"old_password": factories.PASSWORD, "new_password1": GOOD, "new_password2": GOOD}
    browser.post(reverse("admin:password_change"), post)
    assert browser.get("/admin/").status_code == 200
