"""An item in the words of CPSV-AP 3.2, held against the shapes of the profile."""

import json

import pytest
from django.conf import settings
from pyshacl import validate
from rdflib import Graph

from catalog.choices import ChannelKind, MaterialNeed
from catalog.models import Basis, Channel, Entry, Guide, Item, Material
from tests.catalog import published

pytestmark = [
    pytest.mark.django_db,
    # rdflib's own reader of JSON-LD still uses a class that rdflib is about to drop.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
ADDRESS = "/990101/items/1.jsonld"
SHAPES = settings.BASE_DIR / "fixtures" / "cpsv-ap" / "cpsv-ap-SHACL.ttl"


@pytest.fixture(scope="module")
def shapes():
    return Graph().parse(SHAPES)


@pytest.fixture
def services(county, clock):
    clock("2026-03-10 12:00")
    services = county.lists.create(kind="public_services")
    published.issue(services, ["甲事项"])
    return services


def faults(shapes, text):
    conforms, _graph, report = validate(Graph().parse(data=text, format="json-ld"), shacl_graph=shapes)
    return "" if conforms else report


def test_bare_item_fits_the_profile(client, services, shapes):
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "application/ld+json"
    assert faults(shapes, response.content) == ""
    told = json.loads(response.content)
    # What the shapes want is looked at, or everything would fit.
    del told["dct:title"], told["cv:hasCompetentAuthority"]["dct:spatial"]
    assert "Constraint Violation" in faults(shapes, json.dumps(told))


def test_full_item_fits_the_profile(client, services, shapes, department):
    entry = Entry.objects.get()
    entry.department, entry.category_name, entry.service_target = department, "社会救助", "困难家庭"
    entry.save()
    Basis.objects.create(entry=entry, position=1, text="《社会救助暂行办法》第十一条")
    guide = Guide.objects.create(
        item=Item.objects.get(),
        valid_from=published.CURRENT,
        popular_names="低保、最低保障",
        result_name="批准决定",
        is_free=True,
        phone="0000-1",
    )
    Channel.objects.create(
        guide=guide, kind=ChannelKind.ONLINE, link="https://example.org/apply", note="实名登录"
    )
    Material.objects.create(guide=guide, position=1, name="户口簿", need=MaterialNeed.REQUIRED)
    Material.objects.create(guide=guide, position=2, name="旧证明", need=MaterialNeed.DROPPED)
    response = client.get(ADDRESS)
    assert faults(shapes, response.content) == ""
    told = json.loads(response.content)
    assert told["cv:hasCompetentAuthority"]["skos:prefLabel"]["@value"] == "县民政局"
    assert [each["dct:title"]["@value"] for each in told["cpsv:hasInput"]] == ["户口簿"]
    assert told["cpsv:produces"]["dct:title"]["@value"] == "批准决定"
    assert told["@id"] == "http://testserver/990101/items/1/"


def test_item_in_no_list_in_force_is_not_there(client, services, clock):
    clock("2024-01-01 12:00")
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/990101/items/9.jsonld").status_code == 404


def test_page_of_the_item_names_it(client, services):
    assert f'href="{ADDRESS}"' in client.get("/990101/items/1/").content.decode()
    assert ADDRESS in client.get("/990101/open-data/").content.decode()
