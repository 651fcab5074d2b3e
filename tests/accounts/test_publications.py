"""What staff change in the tables of institutions stands on public pages, so stored pages are asked for anew."""

import pytest
from django.urls import reverse

from accounts.institutions import import_institutions
from accounts.models import County, Township
from tests.accounts.test_institutions import DEMO

from ..factories import make_office


def counter(county):
    return County.objects.get(pk=county.pk).publications


@pytest.fixture
def office(township):
    return make_office(township, "综合办公室")


def test_saving_an_office_raises_the_counter(office, clerk, county, signed_in):
    browser = signed_in(clerk)
    address = reverse("admin:accounts_office_change", args=[office.pk])
    form = browser.get(address).context["adminform"].form
    data = {name: "" if form.initial.get(name) is None else form.initial[name] for name in form.fields}
    response = browser.post(address, data | {"phone": "0000-1"})
    assert response.status_code == 302
    assert counter(county) == 1


def test_deleting_an_office_raises_the_counter(office, clerk, county, signed_in):
    address = reverse("admin:accounts_office_delete", args=[office.pk])
    signed_in(clerk).post(address, {"post": "yes"})
    assert counter(county) == 1


def test_importing_institutions_raises_the_counter(county):
    import_institutions((DEMO / "qinghe_institutions.xlsx").read_bytes(), county=county)
    assert Township.objects.filter(county=county).exists()
    assert counter(county) == 1


def test_another_countys_counter_stays(office, clerk, other_county, signed_in):
    address = reverse("admin:accounts_office_delete", args=[office.pk])
    signed_in(clerk).post(address, {"post": "yes"})
    assert counter(other_county) == 0
