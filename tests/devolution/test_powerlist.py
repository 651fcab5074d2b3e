"""The power and responsibility list of a township, as a page and as the workbook offices publish."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from catalog.models import ItemList
from devolution import lifecycle
from devolution.models import Power
from devolution.powerlist import HEADINGS, power_list_of
from tests.catalog import published
from tests.catalog.pages import Page
from tests.devolution.seeing import text_of

pytestmark = pytest.mark.django_db

PAGE = "/t/990102100/powers/list/"
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-03-10 12:00")


@pytest.fixture
def own(county):
    """The county's published list of what statutes give to townships."""
    powers = ItemList.objects.create(county=county, kind="power_and_responsibility")
    row = {
        "main_name": "农村土地",
        "name": "土地权属争议裁决",
        "power_type": "09",
        "legal_basis": "《土地管理法》第十四条",
        "details": {"responsibilities": "受理、调解、裁决", "accountability": "依法追责"},
    }
    return published.issue(powers, [row])


def workbook_of(client, address=f"{PAGE}download/"):
    response = client.get(address)
    assert response.status_code == 200
    assert "filename" in response["Content-Disposition"]
    return load_workbook(io.BytesIO(response.content))


def rows_of(client, address=f"{PAGE}download/"):
    return list(workbook_of(client, address).worksheets[0].iter_rows(values_only=True))


def test_without_own_powers_it_says_so(client, running):
    assert "not on record here" in text_of(client, f"/en{PAGE}")
    notes = {row[0]: row[1] for row in workbook_of(client)["说明"].iter_rows(values_only=True)}
    assert "未登记法定职权" in notes["法定职权"]


def test_own_powers_come_first_and_name_their_list(client, running, own, elm):
    text = text_of(client, f"/en{PAGE}")
    assert "Own powers by statute: 1, as published in" in text
    assert own.document_number in text
    made = power_list_of(elm, TODAY)
    assert [line.name for line in made.lines] == ["农村土地", "对滥伐林木的处罚"]
    assert [line.serial for line in made.lines] == [1, 2]
    assert made.lines[0].sub_name == "土地权属争议裁决"
    assert made.lines[0].responsibilities == "受理、调解、裁决"
    links = [link for link in Page(client.get(PAGE)).links if link.startswith("/990102/powers/")]
    # Beside the register itself, which the foot of every page leads to.
    assert [link for link in links if link != "/990102/powers/"] == ["/990102/powers/1/"]


def test_recorded_own_powers_stand_in_for_a_published_list(running, county, editor, elm, subdistrict):
    power = Power(county=county, name="纠纷调解", power_type="10", township_kinds=["town"])
    lifecycle.record_power(power=power, by=editor)
    assert [line.name for line in power_list_of(elm, TODAY).lines] == ["纠纷调解", "对滥伐林木的处罚"]
    assert power_list_of(subdistrict, TODAY).lines == []


def test_workbook_has_the_columns_offices_publish(client, running):
    headings, row = rows_of(client)
    assert headings == HEADINGS
    assert row[:4] == (1, "行政处罚", "1", "对滥伐林木的处罚")
    assert "《森林法》第76(2)条" in row[5]
    assert "委托依据：北林委字〔2025〕1号" in row[5]


def test_workbook_of_a_day(client, running):
    assert len(rows_of(client, f"{PAGE}download/?on=2025-06-01")) == 2
    assert "a year is the limit" in text_of(client, f"/en{PAGE}download/?on=2040-01-01")


def test_workbook_keeps_text_as_text(client, running, power):
    Power.objects.update(name="=HYPERLINK(1)", responsibilities="+1")
    workbook = workbook_of(client)
    cell = workbook.worksheets[0]["D2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_prepared_powers_are_on_no_list(client, entrusted):
    assert len(rows_of(client)) == 1
    assert "Nothing is on this list" in text_of(client, f"/en{PAGE}")


def test_workbook_of_no_township_is_not_found(client, county):
    assert client.get("/t/990102999/powers/list/download/").status_code == 404
