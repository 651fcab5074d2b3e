"""The walk through the admin: a model registered past `ScopedAdmin` is open to every county."""

import pytest
from django.contrib import admin
from django.contrib.admin.filters import SimpleListFilter
from django.contrib.admin.utils import get_fields_from_path
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.admin.scoped import ScopedAdmin, ScopedInline
from accounts.choices import COUNTY_ROLES, Role
from accounts.filters import parameter_of
from accounts.models import Department, Office, Township, TownshipClass, User, Village
from accounts.sites import PortalAdminSite
from tests import factories

REGISTERED = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
EACH = pytest.mark.parametrize(
    ("model", "model_admin"), REGISTERED, ids=[model._meta.label for model, _ in REGISTERED]
)


def test_the_site_is_ours():
    assert isinstance(admin.site, PortalAdminSite)


@EACH
def test_every_admin_is_scoped(model, model_admin):
    assert isinstance(model_admin, ScopedAdmin)
    assert hasattr(model, "scope")
    for inline in model_admin.inlines:
        assert issubclass(inline, ScopedInline)
        assert hasattr(inline.model, "scope")


@EACH
def test_every_admin_says_who_reads_and_writes(model, model_admin):
    assert model_admin.readers | model_admin.writers
    assert model_admin.readers | model_admin.writers <= frozenset(Role)


@EACH
def test_nothing_goes_round_the_form(model, model_admin):
    """Fields edited in the list know no version; raw ids show the names of any row."""
    assert not model_admin.list_editable
    for options in (model_admin, *model_admin.inlines):
        assert not options.raw_id_fields
        assert not options.save_as if hasattr(options, "save_as") else True


@EACH
def test_filters_list_own_rows(model, model_admin):
    """Values of another model's plain fields would be listed without regard to reach."""
    for item in model_admin.list_filter:
        if not isinstance(item, str | tuple):
            assert issubclass(item, SimpleListFilter)
            continue
        path = parameter_of(item)
        field = get_fields_from_path(model, path)[-1]
        assert field.is_relation or field.choices or "__" not in path


@EACH
@pytest.mark.django_db
def test_no_admin_is_open_to_strangers(client, model, model_admin):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert client.get(address).status_code == 302


def fill(model, county):
    """Another row of the model, of another parent each time."""
    township = factories.make_township(county)
    makers = {
        Department: lambda: factories.make_department(county),
        Township: lambda: township,
        TownshipClass: lambda: factories.make_township_class(
            county, f"c{county.township_classes.count()}", f"第{county.township_classes.count()}类"
        ),
        Office: lambda: factories.make_office(township, sent_by=factories.make_department(county)),
        Village: lambda: factories.make_village(township),
        User: lambda: factories.make_user(Role.TOWNSHIP, township=township),
    }
    return makers[model]()


@pytest.mark.parametrize("model", [Department, Township, TownshipClass, Office, Village, User])
@pytest.mark.django_db
def test_lists_cost_the_same_at_any_length(signed_in, clerk, keeper, county, model):
    browser = signed_in(keeper if model is User else clerk)
    address = reverse(f"admin:accounts_{model._meta.model_name}_changelist")
    browser.get(address)  # the first visit of a minute notes it in the session
    costs = []
    for length in (2, 22):
        while model.objects.count() < length + 2 * (model is User):
            fill(model, county)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_site_administrator_has_no_list_in_hand():
    """Running the site gives no way to what counties keep."""
    keeping = {"County", "User", "Event", "Synonym"}  # popular words are of all counties, or of one
    for model, model_admin in REGISTERED:
        if model.__name__ in keeping or not model.scope.county:
            continue
        assert Role.SITE_ADMIN not in model_admin.readers | model_admin.writers, model
    assert Role.SITE_ADMIN not in COUNTY_ROLES
