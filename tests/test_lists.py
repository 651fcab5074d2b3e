"""Every list of the staff pages costs the same number of queries, however many rows it shows."""

from copy import copy

import pytest
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from tests import factories
from tests.world import make_world_with_shared_rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def readers(world, model_admin):
    """Somebody who sees the list, the editor before others."""
    roles = model_admin.readers | model_admin.writers
    return next(world.people[role] for role in [Role.EDITOR, Role.AUDITOR, *Role] if role in roles)


def test_two_rows_cost_what_two_hundred_do(monkeypatch):
    """
    The rows of a page are stood in for by copies of one, each of which fetches for itself what the list did
    not bring along: two hundred rows of every table would take minutes to make.
    """
    world = make_world_with_shared_rows()
    world.people[Role.SITE_ADMIN] = factories.make_user(Role.SITE_ADMIN)
    results, length = ChangeList.get_results, 0

    def many_results(changelist, request):
        results(changelist, request)
        rows = list(changelist.result_list)
        assert rows, f"{changelist.opts.label} has no row to show"
        changelist.result_list = [copy(rows[0]) for _number in range(length)]

    monkeypatch.setattr(ChangeList, "get_results", many_results)
    costs = {}
    for model, model_admin in admin.site._registry.items():
        browser = Client()
        browser.force_login(readers(world, model_admin))
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        length = 2
        browser.get(address)  # the first visit of a minute notes it in the session
        for length in (2, 200):
            with CaptureQueriesContext(connection) as queries:
                page = browser.get(address)
            assert page.content.decode().count('name="_selected_action"') in {0, length}
            assert len(page.context["cl"].result_list) == length
            costs.setdefault(model._meta.label, []).append(len(queries))
    assert {label: cost for label, cost in costs.items() if cost[0] != cost[1]} == {}
