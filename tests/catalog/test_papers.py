"""Papers to print: the one-time notice of an item, and the list for the notice board."""

from datetime import date

import pytest

from accounts.models import Township
from catalog.choices import HandlingRule, MaterialNeed
from catalog.models import Guide, Handling, Item, Material, Step
from catalog.notices import SIZES, Bring, Fact, Notice, fitted
from tests import factories
from tests.qr import decoded

from . import published
from .pages import Page

pytestmark = pytest.mark.django_db
NOTICE, WALL = "/t/990101100/items/2/notice/", "/t/990101100/wall/"


@pytest.fixture
def guide(portal, township):
    Township.objects.filter(pk=township.pk).update(
        centre_name="谷雨镇便民服务中心", centre_address="谷雨街12号", centre_phone="0000-1234567"
    )
    guide = Guide.objects.create(
        item=Item.objects.get(number=2),
        valid_from=published.CURRENT,
        promised_limit=20,
        is_free=True,
        rule=HandlingRule.ACCEPTED_HERE,
        decided_by="县残联",
    )
    Material.objects.create(guide=guide, position=1, name="申请书", need=MaterialNeed.REQUIRED, originals=2)
    Material.objects.create(guide=guide, position=2, name="收入证明", need=MaterialNeed.DROPPED)
    Step.objects.create(guide=guide, position=1, name="申请", text="到窗口提交材料。")
    return guide


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_notice_tells_what_to_bring_where_and_by_which_list(client, guide, prefix):
    page = Page(client.get(prefix + NOTICE))
    assert page.faults == []
    for told in [
        "残疾人证申领受理",
        "申请书",
        "谷雨街12号",
        "0000-1234567",
        "县残联",
        "青政办发〔2025〕12号",
        "12345",
    ]:
        assert told in page.text
    assert "收入证明" not in page.text  # no longer asked for


def test_notice_says_its_day_and_its_limits(client, guide):
    text = Page(client.get(NOTICE)).text
    for told in ["2026年3月10日", "20个工作日", "不收费", "原件"]:
        assert told in text


def test_code_on_the_notice_leads_to_the_page_of_the_item(client, guide):
    (address,) = decoded(client.get(NOTICE).content.decode())
    assert address == "http://testserver/t/990101100/items/2/"
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/t/990101100/items/2/", "/t/990101100/items/2/?on=2024-06-01", "/en/t/990101100/items/2/"]
)
def test_code_on_a_page_leads_to_that_page(client, guide, address):
    assert decoded(client.get(address).content.decode()) == ["http://testserver" + address]


def test_page_of_the_item_leads_to_its_notice(client, guide):
    assert NOTICE in Page(client.get("/t/990101100/items/2/")).links
    assert "/notice/" not in client.get("/t/990101100/items/2/?on=2024-06-01").content.decode()
    assert "/notice/" not in client.get("/990101/items/2/").content.decode()


def test_what_the_township_does_not_do_has_no_notice(client, guide):
    for number in (3, 4, 99):  # a penalty, an item of a former edition, nothing
        assert client.get(f"/t/990101100/items/{number}/notice/").status_code == 404
    factories.make_township(guide.item.county, 400, "农场")
    assert client.get("/t/990101400/items/2/notice/").status_code == 404
    assert client.get("/t/990101400/wall/").status_code == 404


def test_notice_of_what_only_the_county_does_leads_to_its_hall(client, guide, county):
    Guide.objects.update(rule=HandlingRule.COUNTY)
    county.hall_name, county.hall_phone = "县政务大厅", "0000-7777777"
    county.publications += 1
    county.save()
    text = Page(client.get(NOTICE)).text
    assert "县政务大厅" in text
    assert "0000-7777777" in text
    assert "谷雨街12号" not in text


@pytest.mark.parametrize("count", [0, 5, 30, 60, 400])
def test_notice_grows_smaller_before_it_leaves_anything_out(count):
    facts = [Fact("办理地点", "谷雨镇便民服务中心谷雨街12号", True)] * 8
    materials = [Bring(f"第{number}份材料" * 3, "原件1份 · 复印件2份") for number in range(count)]
    made = fitted(Notice(facts, materials, steps=["申请：到窗口提交材料。"] * 5))
    assert made.fits(made.size)
    assert len(made.materials) + made.left_out == count
    if made.is_cut or made.left_out:
        assert not Notice(facts, materials).fits(SIZES[-1])
    if made.left_out:
        assert made.size == SIZES[-1]


def test_wall_list_names_where_how_long_and_whom_to_call(client, guide, township):
    Handling.objects.create(
        item=guide.item,
        township=township,
        valid_from=date(2025, 8, 1),
        window="3号窗口",
        phone="0000-3333333",
    )
    page = Page(client.get(WALL))
    assert page.faults == []
    for told in ["残疾人证申领受理", "3号窗口", "20个工作日", "0000-3333333", "青政办发〔2025〕12号"]:
        assert told in page.text
    assert "占道经营处罚" not in page.text
    assert decoded(client.get(WALL).content.decode()) == ["http://testserver/t/990101100/"]


def test_suspended_items_are_not_on_the_wall(client, guide, township):
    Handling.objects.create(
        item=guide.item, township=township, valid_from=date(2025, 8, 1), is_suspended=True
    )
    assert "残疾人证申领受理" not in Page(client.get(WALL)).text
    assert "暂停" in Page(client.get(NOTICE)).text


@pytest.mark.parametrize("count", [1, 100])
def test_queries_do_not_grow_with_the_wall(
    client, services, township, clock, django_assert_num_queries, count
):
    clock("2026-03-10 12:00")
    published.issue(services, published.many(count))
    # counter, township, successions, edition, entries, guides, exceptions, offices
    with django_assert_num_queries(8):
        client.get(WALL)
    with django_assert_num_queries(1):
        client.get(WALL)


def test_whole_township_stands_on_one_page_for_its_handbook(client, services, township, clock):
    clock("2026-03-10 12:00")
    published.issue(services, published.many(240))
    first = client.get("/t/990101100/")
    assert "/t/990101100/?whole=1" in Page(first).links
    whole = Page(client.get("/t/990101100/?whole=1"))
    assert "第240项" in whole.text
    assert "/t/990101100/?whole=1" not in whole.links
    assert decoded(first.content.decode()) == ["http://testserver/t/990101100/"]
