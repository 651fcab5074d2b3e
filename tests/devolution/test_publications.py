"""Whatever staff write, in whichever way: the public page that shows it is asked for anew."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.choices import Role
from accounts.models import County
from catalog.models import Category, Law
from devolution import lifecycle
from devolution.models import Evaluation
from tests import factories
from tests.catalog import published
from tests.devolution.conftest import make_paper
from tests.forms import filled

pytestmark = pytest.mark.django_db
POWER = "/990102/powers/1/"


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-03-10 12:00")


@pytest.fixture
def save(signed_in):
    """Open a row's form in the admin, type over some of it and save."""

    def save(person, row, **changes):
        browser = signed_in(person)
        address = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
        response = browser.post(address, filled(browser.get(address), **changes))
        assert response.status_code == 302, response.context["errors"]

    return save


@pytest.fixture
def site_admin(db):
    return factories.make_user(Role.SITE_ADMIN)


def item_of(county):
    item_list = county.lists.create(kind="public_services")
    return published.issue(item_list, ["林木采伐许可受理"]).entries.get().item


def test_every_write_that_a_powers_page_shows_changes_it(
    client, save, editor, site_admin, running, taken_back, forestry, county
):
    """One page, one write after the other; none may find the page of before."""
    power, paper = running.power, running.instrument
    item = item_of(county)
    link = {"power_items-TOTAL_FORMS": 1, "power_items-0-item": item.pk, "power_items-0-power": power.pk}
    law = Law.objects.get(title="森林法")
    evaluation = Evaluation(
        transfer=running, evaluated_on=date(2026, 1, 5), cases=7, quality="fair", verdict="keep"
    )
    writes = {
        "an item is joined": lambda: save(editor, power, **link),
        "an item is taken off": lambda: save(editor, power, **{"power_items-0-DELETE": "on"}),
        "the power is renamed": lambda: save(editor, power, name="对盗伐林木的处罚"),
        "the department's line": lambda: save(editor, forestry, line="vertical"),
        "the department's court": lambda: save(editor, forestry, court="青原铁路运输法院"),
        "the review organ": lambda: save(editor, forestry, line="municipal", review_organ="青原市人民政府"),
        "the paper": lambda: save(editor, paper, title="关于下放事权的通知"),
        "the withdrawal": lambda: save(editor, taken_back, number="北政发〔2026〕9号"),
        "the transfer": lambda: save(editor, running, procedure="立案、调查、决定"),
        "an evaluation": lambda: lifecycle.evaluate(evaluation=evaluation, by=editor),
        "the law": lambda: save(site_admin, law, abolished_on="2026-02-01"),
    }
    for what, write in writes.items():
        before = client.get(POWER)["ETag"]
        write()
        assert client.get(POWER)["ETag"] != before, what


@pytest.fixture
def taken_back(running, editor, withdrawal, forestry, willow):
    """The same power taken back in one of its towns, by a paper of its own."""
    lifecycle.withdraw(
        rows=running.receipts.filter(township=willow),
        by=editor,
        reason="evaluation",
        instrument=withdrawal,
        on=date(2026, 1, 1),
        department=forestry,
    )
    return withdrawal


def test_the_provincial_decision_stands_on_the_page_too(client, save, editor, running_delegation):
    before = client.get(POWER)["ETag"]
    save(editor, running_delegation.provincial_decision, title="关于赋权的决定")
    assert client.get(POWER)["ETag"] != before


def counter(county):
    return County.objects.get(pk=county.pk).publications


def test_a_table_all_counties_share_raises_the_counter_of_each(
    county, other_county, site_admin, save, signed_in
):
    category = Category.objects.create(code="social", name="基本社会服务", name_en="Social services")
    save(site_admin, category, name_en="Basic social services")
    assert (counter(county), counter(other_county)) == (1, 1)
    signed_in(site_admin).post(reverse("admin:catalog_category_delete", args=[category.pk]), {"post": "yes"})
    assert (counter(county), counter(other_county)) == (2, 2)


def test_a_list_deleted_raises_the_counter(county, editor, signed_in):
    item_list = county.lists.create(kind="public_services")
    signed_in(editor).post(reverse("admin:catalog_itemlist_delete", args=[item_list.pk]), {"post": "yes"})
    assert not county.lists.exists()
    assert counter(county) == 1


def test_what_is_only_prepared_raises_nothing(entrusted, county, editor):
    before = counter(county)
    lifecycle.write_transfer(transfer=entrusted, by=editor)
    lifecycle.record_power(power=entrusted.power, by=editor)
    make_paper(county, "entrustment", "北林委字〔2026〕7号")
    lifecycle.discard(transfer=entrusted, by=editor)
    assert counter(county) == before
