"""Reach as a table: role × model → whose rows."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured

from accounts.choices import Role
from accounts.models import County, Department, Office, Township, User, Village
from accounts.scope import bodies_given_by, reaches, scope_of, within_reach
from tests import factories

pytestmark = pytest.mark.django_db

MODELS = {
    "County": County,
    "Department": Department,
    "Township": Township,
    "Office": Office,
    "Village": Village,
}
# Rows each sees of: own body, sister bodies in the county, another county.
EXPECTED = {
    Role.EDITOR: {"County": "1", "Department": "12", "Township": "12", "Office": "12", "Village": "12"},
    Role.APPROVER: {"County": "1", "Department": "12", "Township": "12", "Office": "12", "Village": "12"},
    Role.AUDITOR: {"County": "1", "Department": "12", "Township": "12", "Office": "12", "Village": "12"},
    Role.KEEPER: {"County": "1", "Department": "12", "Township": "12", "Office": "12", "Village": "12"},
    Role.DEPARTMENT: {"County": "1", "Department": "1", "Township": "12", "Office": "12", "Village": "12"},
    Role.TOWNSHIP: {"County": "1", "Department": "12", "Township": "1", "Office": "1", "Village": "1"},
    Role.SITE_ADMIN: {
        "County": "13",
        "Department": "123",
        "Township": "123",
        "Office": "123",
        "Village": "123",
    },
}


@pytest.fixture
def rows(county, other_county):
    """Of each model: 1 one's own, 2 a sister's in the county, 3 another county's."""
    departments = [factories.make_department(owner) for owner in (county, county, other_county)]
    townships = [factories.make_township(owner) for owner in (county, county, other_county)]
    return {
        "County": {"1": county, "3": other_county},
        "Department": dict(zip("123", departments, strict=True)),
        "Township": dict(zip("123", townships, strict=True)),
        "Office": {key: factories.make_office(t) for key, t in zip("123", townships, strict=True)},
        "Village": {key: factories.make_village(t) for key, t in zip("123", townships, strict=True)},
    }


def person_of(role, rows):
    bodies = {
        Role.DEPARTMENT: {"department": rows["Department"]["1"]},
        Role.TOWNSHIP: {"township": rows["Township"]["1"]},
    }
    county = None if role == Role.SITE_ADMIN else rows["County"]["1"]
    return factories.make_user(role, county, **bodies.get(role, {}))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", MODELS)
def test_each_role_reaches_its_own_rows(rows, role, name):
    person = person_of(role, rows)
    seen = set(within_reach(MODELS[name].objects.all(), person))
    expected = {row for key, row in rows[name].items() if key in EXPECTED[role][name]}
    assert seen == expected
    assert {row for row in rows[name].values() if reaches(person, row)} == expected


def test_what_follows_from_the_person_is_given(township_clerk, clerk, site_admin, county, township):
    assert bodies_given_by(clerk, Department) == {"county": county}
    assert bodies_given_by(clerk, Office) == {}
    assert bodies_given_by(township_clerk, Office) == {"township": township}
    assert bodies_given_by(clerk, User) == {"county": county}
    assert bodies_given_by(site_admin, Department) == {}


def test_a_model_without_a_scope_is_reached_by_nobody():
    with pytest.raises(ImproperlyConfigured, match="ContentType"):
        scope_of(ContentType)


@pytest.mark.parametrize("app", ["accounts", "catalog", "devolution"])
def test_every_model_of_ours_states_its_scope(app):
    models = apps.get_app_config(app).get_models()
    own = [model for model in models if not model.__name__.startswith("Historical")]
    assert [model for model in own if not hasattr(model, "scope")] == []
