"""What search engines read of an item: parsed back from the page, and no more than is on record."""

import json
import re

import pytest

from catalog.choices import ChannelKind, HandlingRule, PowerType
from catalog.models import Channel, Entry, Guide, Item, ItemList
from devolution.models import PowerItem
from tests.catalog import published

pytestmark = pytest.mark.django_db
ITEM, IN_TOWNSHIP = "/990102/items/1/", "/t/990102100/items/1/"
ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-03-10 12:00")


@pytest.fixture
def item(county, power) -> Item:
    """An item of the services list that is done by the power."""
    services = ItemList.objects.create(county=county, kind="public_services")
    item = published.issue(services, ["林木采伐申请受理"]).entries.get().item
    PowerItem.objects.create(power=power, item=item)
    return item


def told(client, address):
    (text,) = ELEMENT.findall(client.get(address).content.decode())
    return json.loads(text)


def test_bare_item_says_nothing_that_is_not_on_record(client, item, county):
    said = told(client, ITEM)
    assert said == {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": f"http://testserver{ITEM}",
        "url": f"http://testserver{ITEM}",
        "identifier": "1",
        "name": "林木采伐申请受理",
        "inLanguage": "zh-Hans",
        "jurisdiction": {"@type": "AdministrativeArea", "name": "北原县", "identifier": "990102"},
        "areaServed": {"@type": "AdministrativeArea", "name": "北原县", "identifier": "990102"},
    }


def test_townships_operate_what_a_department_entrusts_to_them(client, item, running, forestry):
    said = told(client, ITEM)
    assert said["provider"]["name"] == "县林业和草原局"
    assert [each["name"] for each in said["serviceOperator"]] == ["榆树镇", "柳河镇"]
    assert told(client, IN_TOWNSHIP)["serviceOperator"]["identifier"] == "990102100"


def test_a_township_provides_what_was_handed_down_to_it(client, item, running_delegation):
    said = told(client, IN_TOWNSHIP)
    assert said["provider"]["name"] == "榆树镇"
    assert "serviceOperator" not in said


def test_guide_and_township_add_what_they_know(client, item, elm, forestry):
    Entry.objects.update(department=forestry, service_target="林木所有者", category_name="林业")
    guide = Guide.objects.create(
        item=item,
        valid_from=published.CURRENT,
        popular_names="砍树、采伐证",
        result_name="林木采伐许可证",
        is_free=True,
        rule=HandlingRule.HERE,
    )
    Channel.objects.create(guide=guide, kind=ChannelKind.ONLINE, link="https://example.org/apply")
    elm.centre_name, elm.centre_phone, elm.centre_address = "便民服务中心", "0000-5", "一号"
    elm.save()
    said = told(client, IN_TOWNSHIP)
    assert said["areaServed"]["identifier"] == "990102100"
    assert said["provider"]["name"] == "县林业和草原局"
    assert said["alternateName"] == ["砍树", "采伐证"]
    assert said["audience"]["audienceType"] == "林木所有者"
    assert said["serviceOutput"]["name"] == "林木采伐许可证"
    assert said["offers"]["price"] == 0
    window, online = said["availableChannel"]
    assert window["servicePhone"]["telephone"] == "0000-5"
    assert window["serviceLocation"]["address"] == "一号"
    assert online["serviceUrl"] == "https://example.org/apply"


def test_no_text_ends_the_element(client, item):
    name = "</script><script>alert(1)</script> & <!-- \u2028"
    Entry.objects.update(name=name)
    assert told(client, ITEM)["name"] == name
    assert "alert(1)</script>" not in client.get(ITEM).content.decode()


def test_what_nobody_applies_for_is_no_service(client, item):
    Entry.objects.update(power_type=PowerType.PENALTY)
    assert "ld+json" not in client.get(ITEM).content.decode()
