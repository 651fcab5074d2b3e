"""An item's page, in the order in which residents ask, and what else a township's page tells."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from accounts.choices import DepartmentLine
from accounts.models import County
from catalog.choices import ChannelKind, HandlingRule, MaterialNeed
from catalog.models import Channel, Entry, Guide, Item, Material, Step
from tests import factories

from . import published
from .pages import Page

pytestmark = pytest.mark.django_db
ITEM, HERE = "/990101/items/2/", "/t/990101100/items/2/"
BEFORE = ["title", "handling", "who", "materials", "steps", "limits", "fee", "visits", "result", "channels"]
AFTER = ["power", "basis", "remedies", "contact", "provenance", "actions"]


@pytest.fixture
def guide(portal):
    """A guide with something in every part."""
    guide = Guide.objects.create(
        item=Item.objects.get(number=2),
        valid_from=published.CURRENT,
        popular_names="低保",
        promised_limit=20,
        is_free=True,
        rule=HandlingRule.ACCEPTED_HERE,
        decided_by="县民政局",
    )
    Material.objects.create(guide=guide, position=1, name="申请书", need=MaterialNeed.REQUIRED)
    Material.objects.create(guide=guide, position=2, name="收入证明", need=MaterialNeed.DROPPED)
    Step.objects.create(guide=guide, position=1, name="申请")
    Channel.objects.create(guide=guide, kind=ChannelKind.WINDOW)
    return guide


def sections(response):
    return re.findall(r'data-section="([a-z-]+)"', response.content.decode())


def section(response, name):
    """What stands in one section, as far as the next."""
    text = response.content.decode()
    return re.search(rf'data-section="{name}".*?(?=data-section="(?!centre)|</main>)', text, re.S).group()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_sections_stand_in_the_order_residents_ask(client, guide, prefix):
    for address in (ITEM, HERE):
        assert [name for name in sections(client.get(prefix + address)) if name != "centre"] == BEFORE + AFTER


def test_what_need_not_be_brought_stands_apart(client, guide):
    materials = section(client.get(HERE), "materials")
    assert "<del>收入证明</del>" in materials
    assert "<del>申请书" not in materials


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (HandlingRule.HERE, "能办：在这里申请"),
        (HandlingRule.ACCEPTED_HERE, "由县民政局审批"),
        (HandlingRule.VILLAGE, "可以在村里办"),
        (HandlingRule.COUNTY, "只在县里办理"),
        ("", "暂未登记"),
    ],
)
def test_whether_it_can_be_done_here_is_said_first(client, guide, rule, told):
    Guide.objects.update(rule=rule)
    assert told in section(client.get(HERE), "handling")


def test_what_only_the_county_does_leads_to_its_hall(client, guide, county):
    Guide.objects.update(rule=HandlingRule.COUNTY)
    County.objects.update(
        hall_address="政务大道1号",
        hall_hours="工作日 8:30–17:00",
        hall_closed_days="法定节假日休息",
        hall_market_days="农历逢三、八",
        hall_phone="0000-1234567",
        hall_longitude="126.5",
        hall_latitude="46.25",
        publications=9,
    )
    for address in (HERE, ITEM):
        told = section(client.get(address), "handling")
        for fact in (
            "政务大道1号",
            "工作日",
            "法定节假日休息",
            "农历逢三、八",
            "tel:00001234567",
            "geo:46.25",
        ):
            assert fact in told


def test_an_office_with_a_place_of_its_own_says_so(client, guide, township):
    Guide.objects.update(rule=HandlingRule.HERE)
    place = {"address": "新谷街30号", "hours": "8:00–17:00", "closed_days": "周日休息"}
    township.offices.filter(name="民政民生办公室").update(**place)
    for address, name in ((HERE, "handling"), ("/t/990101100/", "offices")):
        told = section(client.get(address), name)
        assert [fact for fact in place.values() if fact not in told] == []


def test_villages_are_named_where_their_agents_do_it(client, guide, township):
    factories.make_village(township, "东泉村", agent_phone="0000-7654321")
    assert "东泉村" not in client.get(HERE).content.decode()
    Guide.objects.update(rule=HandlingRule.VILLAGE)
    township.county.publications += 1
    township.county.save()
    assert "tel:00007654321" in section(client.get(HERE), "handling")


def test_remedies_follow_who_decides_and_are_never_guessed(client, guide, county):
    assert "12348" in section(client.get(HERE), "remedies")
    department = county.departments.get(name="县民政局")
    department.line, department.court = DepartmentLine.GOVERNMENT, "青禾县法院"
    department.save()
    Entry.objects.update(department=department)
    guide.save()
    county.publications += 1
    county.save()
    told = section(client.get(HERE), "remedies")
    assert "青禾县人民政府" in told
    assert "青禾县法院" in told


def test_what_a_township_does_itself_is_reviewed_by_the_county(client, guide):
    Guide.objects.update(rule=HandlingRule.HERE)
    assert "青禾县人民政府" in section(client.get(HERE), "remedies")


def test_papers_come_under_the_name_of_their_document(client, guide):
    material = Material.objects.get(position=1)
    material.blank_form.save("a.docx", ContentFile(b"PK-blank"))
    assert f"{ITEM}papers/1-form/" in section(client.get(HERE), "materials")
    response = client.get(f"{ITEM}papers/1-form/")
    assert BytesIO(b"".join(response.streaming_content)).read() == b"PK-blank"
    assert "attachment" in response["Content-Disposition"]
    assert "%E7%94%B3%E8%AF%B7%E4%B9%A6.docx" in response["Content-Disposition"]
    assert client.get(f"{ITEM}papers/1-sample/").status_code == 404
    assert client.get(f"{ITEM}papers/9-form/").status_code == 404
    Guide.objects.update(valid_to=date(2025, 8, 1))
    assert client.get(f"{ITEM}papers/1-form/").status_code == 404


def test_page_of_an_item_not_on_the_list_says_so_with_the_document(client, portal, township):
    portal.editions.get(effective_on=published.CURRENT).entries.filter(item__number=2).delete()
    other = factories.make_township_class(township.county)
    own = portal.county.lists.create(kind="public_services", township_class=other)
    published.issue(own, [{"name": "只在别处的事项", "number": 2}])
    told = section(client.get(HERE), "handling")
    assert "青政办发〔2025〕12号" in told
    assert ITEM in told


def test_page_of_an_item_done_elsewhere_says_who_since_when_and_by_which_document(client, portal, township):
    portal.editions.get(effective_on=published.CURRENT).entries.filter(item__number=2).delete()
    sister = factories.make_township(township.county, 101, "芒种镇")
    own = portal.county.lists.create(kind="public_services", township=sister)
    paper = {"document_number": "芒政发〔2025〕3号", "effective_on": date(2025, 9, 1)}
    published.issue(own, [{"name": "残疾人证申领受理", "number": 2}], **paper)
    told = section(client.get(HERE), "handling")
    for fact in (f"/t/{sister.code}/items/2/", "芒种镇", "芒政发〔2025〕3号", "2025年9月1日"):
        assert fact in told
    assert f"{HERE}report/" in section(client.get(HERE), "actions")
    assert not Page(client.get(HERE)).faults


def test_township_page_tells_its_parts(client, portal, township):
    factories.make_office(township, "东风林业站")
    factories.make_village(township, "东泉村")
    page = client.get("/t/990101100/")
    assert set(sections(page)) == {
        "centre",
        "items",
        "offices",
        "powers",
        "villages",
        "taken-back",
        "contacts",
    }
    assert "东风林业站" in section(page, "offices")
    assert "东泉村" in section(page, "villages")
    assert not Page(page).faults
