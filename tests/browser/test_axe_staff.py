"""The staff pages under the rules of axe: sign-in, desk, lists, forms, import, road, difference, matrix."""

from urllib.parse import urlencode

import pytest

from accounts.choices import Role
from tests import factories
from tests.world import make_world_with_shared_rows

from .axe import EVERYTHING, bring_axe, broken

# No WCAG criterion but advice, and it is Django's own table of rows that leaves the heading empty.
STAFF_RULES = {**EVERYTHING, "rules": {"empty-table-header": {"enabled": False}}}


@pytest.fixture
def world(transactional_db):
    return make_world_with_shared_rows()


def asked_reorganisation(world):
    """A merger in which the parts differ, as far as the page that asks."""
    old, new = (
        factories.make_township(world.county, serial, name, centre_phone=f"0999-{serial}")
        for serial, name in [(120, "青禾东镇"), (121, "青禾西镇")]
    )
    asked = {"of": "townships", "kind": "merger", "predecessors": old.pk, "successors": new.pk}
    return urlencode({**asked, "effective_on": "2027-01-01"})


def addresses(world):
    """The pages of an editor, one of each sort."""
    rows = world.rows
    return [
        "/admin/",
        "/admin/accounts/department/",
        f"/admin/accounts/department/{rows['accounts.Department'].pk}/change/",
        f"/admin/accounts/department/{rows['accounts.Department'].pk}/history/",
        "/admin/accounts/department/import/",
        "/admin/catalog/edition/",
        f"/admin/catalog/itemlist/{rows['catalog.ItemList'].pk}/import/",
        f"/admin/catalog/edition/{rows['catalog.Edition'].pk}/change/",
        f"/admin/catalog/edition/{rows['catalog.Edition'].pk}/preview/",
        f"/admin/catalog/edition/{rows['catalog.Edition'].pk}/difference/",
        f"/admin/catalog/edition/{rows['catalog.Edition'].pk}/road/",
        f"/admin/catalog/importrun/{rows['catalog.ImportRun'].pk}/change/",
        "/admin/catalog/comment/",
        f"/admin/catalog/comment/{rows['catalog.Comment'].pk}/change/",
        "/admin/catalog/handling/matrix/",
        "/admin/accounts/reorganisation/add/",
        f"/admin/accounts/reorganisation/add/?{asked_reorganisation(world)}",
        f"/admin/devolution/instrument/{rows['devolution.Instrument'].pk}/road/",
        f"/admin/catalog/guide/{rows['catalog.Guide'].pk}/change/",
        "/admin/second-step/setup/",
        "/admin/password_change/",
    ]


def test_axe_finds_nothing_on_the_staffs_pages(page, world):
    found, staff_pages = [], addresses(world)
    bring_axe(page)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for number, address in enumerate(["/admin/login/", *staff_pages]):
            assert page.goto(address).ok, address
            found += [f"{address} at {width}: {fault}" for fault in broken(page, STAFF_RULES)]
            if number == 0 and width == 1280:
                page.fill("input[name=username]", world.people[Role.EDITOR].username)
                page.fill("input[name=password]", factories.PASSWORD)
                page.click("[type=submit]")
                page.wait_for_url("**/admin/")
    assert not found, "\n".join(found)
