"""What every public page has, and what each one is about."""

import re
from datetime import date

import pytest

from accounts.models import Move, Office, Reorganisation, TownshipSuccession
from catalog import publishing
from catalog.choices import EditionState, HandlingRule
from catalog.models import Category, Guide, Handling, Item, ItemList, Material, Topic
from tests import factories

from . import published
from .pages import Page

pytestmark = pytest.mark.django_db
LANGUAGES = {"": "zh-Hans", "/en": "en"}


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize("address", published.ADDRESSES)
def test_page_is_whole(client, portal, address, prefix):
    response = client.get(prefix + address)
    page = Page(response)
    assert response.status_code == 200
    assert page.faults == []
    assert len(page.all("h1")) == 1
    assert page.all("html") == [{"lang": LANGUAGES[prefix]}]
    assert all(nav.get("aria-label") for nav in page.all("nav"))
    assert page.all("main", id="content")
    assert page.all("meta", name="description")[0]["content"]
    assert page.canonical.startswith(prefix + "/")
    assert {link.get("hreflang") for link in page.all("link", rel="alternate")} - {None} == {"zh-Hans", "en"}
    for script in page.all("script"):  # a block of data is no script and never run
        assert script.get("type") == "application/ld+json" or (script.get("src") and "defer" in script)
    assert not page.all("style")
    assert not [name for name, attributes in page.elements if "style" in attributes]


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_titles_are_unique(client, portal, prefix):
    def title(address):
        return client.get(prefix + address).content.decode().split("<title>")[1].split("</title>")[0]

    titles = [title(address) for address in published.ADDRESSES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("address", published.ADDRESSES)
def test_language_switch_keeps_the_page(client, portal, address):
    assert any(link.endswith("/en" + address) for link in Page(client.get(address)).links)
    assert any(link.endswith("testserver" + address) for link in Page(client.get("/en" + address)).links)


def shown_otherwise(path):
    """Whether a link leads to a page in another display; each of these links on to all pages once more."""
    return "mode=" in path or "contrast=" in path


def test_every_link_leads_somewhere(client, portal):
    seen, waiting = set(), {"/", "/en/"}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        response = client.get(address, follow=True)  # choosing a township leads to its page
        assert response.status_code == 200, address
        if not response["Content-Type"].startswith("text/html"):
            response.getvalue()  # a file to take away; read, so that it is closed
            continue
        for link in Page(response).links:
            path = link.removeprefix("http://testserver").split("#")[0]
            if path.startswith("?"):
                path = address.split("?")[0] + path
            if path.startswith("/") and path not in seen and not shown_otherwise(path):
                waiting.add(path)
    assert {prefix + address for prefix in LANGUAGES for address in published.ADDRESSES} <= seen


def test_chinese_is_marked_on_english_pages(client, portal):
    assert (
        '<span lang="zh-Hans">最低生活保障申请受理</span>'
        in client.get("/en/990101/items/1/").content.decode()
    )
    assert '<span lang="zh-Hans">' not in client.get("/990101/items/1/").content.decode()


def test_home_names_the_only_county_in_its_header(client, portal):
    assert "青禾县" in Page(client.get("/")).text.split("乡镇能办哪些事")[0]


def test_county_shows_lists_categories_and_hall(client, portal, qinghe):
    text = Page(client.get("/990101/")).text
    assert "青政办发〔2025〕12号" in text
    assert "基本社会服务" in text
    assert "暂未登记" in text  # the hall's address


def test_county_tells_what_was_and_what_is_coming(client, portal, qinghe):
    qinghe.departments.filter(name="县民政局").update(phone="0000-7654321")
    current = portal.editions.get(effective_on=published.CURRENT)
    portal.editions.filter(pk=current.pk).update(ended_on=date(2026, 12, 1))
    page = client.get("/990101/").content.decode()
    parts = dict(re.findall(r'(?s)data-section="(changes|lists|departments)"(.*?)</section>', page))
    assert "/990101/lists/public_services/2024-01-01/" in parts["lists"]
    assert "/990101/lists/public_services/2027-01-01/" not in parts["lists"]
    assert "/990101/lists/public_services/2027-01-01/" in parts["changes"]
    assert "2026年12月1日" in parts["changes"]
    assert "tel:00007654321" in parts["departments"]


def test_county_leads_to_the_draft_open_for_comment_and_to_the_receipt(client, portal, clerk):
    rows = [{"name": "草案事项", "number": 9}]
    basis = {"effective_on": date(2027, 9, 1), "base": portal.editions.get(effective_on=published.COMING)}
    draft = published.issue(portal, rows, state=EditionState.DRAFT, created_by=clerk, **basis)
    before = client.get("/990101/").content.decode()
    assert "comment/" not in before
    period = publishing.open_comment(
        edition=draft, by=clerk, on=published.TODAY, last_day=date(2026, 3, 20), notice=""
    )
    after = client.get("/990101/")
    form = f"{period.get_absolute_url()}comment/"
    assert f'href="{form}"' in after.content.decode()
    assert "草案事项" not in after.content.decode()
    assert client.get(client.post(form, {"text": "好"}).url).status_code == 200
    publishing.close_comment(edition=draft, by=clerk, on=published.TODAY, reason="漏项")
    assert "comment/" not in client.get("/990101/").content.decode()


@pytest.mark.parametrize(
    ("address", "place"), [("/", ""), ("/990101/", "county=990101"), ("/t/990101100/", "township=990101100")]
)
def test_second_door_and_popular_topics_stand_open(client, portal, address, place):
    Topic.objects.create(county=portal.county, words="低保")
    links = Page(client.get(address)).links
    tail = f"&{place}" if place else ""
    for asked in ("event=birth", "audience=farmers", "q=%E4%BD%8E%E4%BF%9D"):
        assert f"/search/?{asked}{tail}" in links


def test_county_without_a_list_says_so(client, qinghe):
    assert "目前没有现行有效的清单" in Page(client.get("/990101/")).text
    assert "尚未公布清单" in Page(client.get("/990101/lists/")).text


def test_township_without_a_list_says_so(client, township):
    assert "没有适用于本乡镇的现行有效公共服务事项清单" in Page(client.get("/t/990101100/")).text


def test_category_without_items_says_so(client, portal):
    Category.objects.create(code="fire", name="消防安全", name_en="Fire safety")
    for address in ["/990101/categories/fire/", "/t/990101100/categories/fire/"]:
        assert "没有列入该类别的事项" in Page(client.get(address)).text


def test_category_holds_the_items_of_those_below_it(client, portal):
    social = Category.objects.create(code="people", name="民生", name_en="People")
    Category.objects.filter(code="social").update(parent=social)
    assert "最低生活保障申请受理" in Page(client.get("/t/990101100/categories/people/")).text


def test_township_groups_by_category_as_printed(client, portal):
    page = Page(client.get("/t/990101100/"))
    assert "/t/990101100/categories/social/" in page.links
    assert "未分类" in page.text


def test_penalties_are_no_things_to_do(client, portal):
    for address in ["/t/990101100/", "/990101/"]:
        assert "占道经营处罚" not in Page(client.get(address)).text
    assert "占道经营处罚" in Page(client.get("/990101/lists/public_services/")).text
    assert "不需要居民申请办理" in Page(client.get("/990101/items/3/")).text


def test_quasi_unit_has_no_list_and_says_why(client, portal, qinghe):
    factories.make_township(qinghe, 400, "国有农场")
    page = Page(client.get("/t/990101400/"))
    assert "不是乡镇政府" in page.text
    assert "最低生活保障申请受理" not in page.text


def test_merged_township_leads_to_its_successor(client, portal, qinghe, township):
    successor = factories.make_township(qinghe, 101, "河东镇")
    TownshipSuccession.objects.create(
        predecessor=township, successor=successor, effective_on=published.CURRENT
    )
    for address, onward in [("", ""), ("categories/social/", ""), ("items/1/", "items/1/")]:
        page = Page(client.get(f"/t/990101100/{address}"))
        assert f"/t/990101101/{onward}" in page.links
        assert "到哪里办" not in page.text
    assert "/t/990101100/" not in Page(client.get("/")).links
    assert "/t/990101100/items/1/" not in Page(client.get("/990101/items/1/")).links


def test_a_divided_township_lets_the_reader_choose(client, portal, qinghe, township):
    split = {"county": qinghe, "kind": "split", "effective_on": published.CURRENT}
    reorganisation = Reorganisation.objects.create(**split)
    for serial, name in [(101, "河东"), (102, "河西")]:
        successor = factories.make_township(qinghe, serial, f"{name}镇")
        TownshipSuccession.objects.create(
            predecessor=township,
            successor=successor,
            effective_on=published.CURRENT,
            reorganisation=reorganisation,
        )
        village = factories.make_village(township, f"{name}村")
        Move.objects.create(reorganisation=reorganisation, village=village, former=township, to=successor)
    page = Page(client.get("/t/990101100/"))
    assert {"/t/990101101/", "/t/990101102/"} <= set(page.links)
    assert "河东村" in page.text
    assert "河西村" in Page(client.get("/t/990101102/")).text
    assert not client.get("/t/990101100/choose/").cookies


def test_a_renamed_township_says_what_it_was_called(client, portal, qinghe, township):
    Reorganisation.objects.create(
        county=qinghe,
        kind="renaming",
        effective_on=published.CURRENT,
        township=township,
        former_name="老谷雨镇",
        new_name=township.name,
    )
    assert "老谷雨镇" in Page(client.get("/t/990101100/")).text


def test_merger_to_come_changes_nothing_yet(client, portal, qinghe, township):
    successor = factories.make_township(qinghe, 101, "河东镇")
    TownshipSuccession.objects.create(
        predecessor=township, successor=successor, effective_on=published.COMING
    )
    assert "最低生活保障申请受理" in Page(client.get("/t/990101100/")).text


def test_township_item_points_to_the_countys_page(client, portal):
    assert Page(client.get("/t/990101100/items/2/")).canonical == "/990101/items/2/"
    assert Page(client.get("/en/t/990101100/items/2/")).canonical == "/en/990101/items/2/"


def test_item_offers_the_townships_whose_list_carries_it(client, portal, qinghe):
    own = factories.make_township(qinghe, 101, "河东镇")
    published.issue(ItemList.objects.create(county=qinghe, kind="public_services", township=own), ["别的事"])
    links = Page(client.get("/990101/items/2/")).links
    assert "/t/990101100/items/2/" in links
    assert "/t/990101101/items/2/" not in links
    assert "未列入本事项" in Page(client.get("/t/990101101/items/2/")).text


def test_item_lists_the_editions_that_carry_it(client, portal):
    links = Page(client.get("/990101/items/1/")).links
    for day in ["2024-01-01", "2025-07-15", "2027-01-01"]:
        assert f"/990101/lists/public_services/{day}/1/" in links


def test_item_without_a_guide_invents_nothing(client, portal):
    for address in ["/990101/items/1/", "/t/990101100/items/1/"]:
        text = Page(client.get(address)).text
        assert "本站暂未登记所需材料" in text
        assert "乡镇直接办理" not in text


def test_guide_says_what_to_bring(client, portal):
    guide = Guide.objects.create(
        item=Item.objects.get(number=1),
        valid_from=published.CURRENT,
        promised_limit=20,
        rule=HandlingRule.COUNTY,
    )
    Material.objects.create(guide=guide, position=1, name="居民身份证", copies=2)
    text = Page(client.get("/t/990101100/items/1/")).text
    assert "居民身份证" in text
    assert "复印件2份" in text
    assert "20个工作日" in text
    assert "县政务服务中心" in text


def test_townships_exception_is_shown(client, portal, township):
    Office.objects.filter(name="民政民生办公室").update(phone="0451-57210000")
    Handling.objects.create(
        item=Item.objects.get(number=2),
        township=township,
        valid_from=published.CURRENT,
        window="3号窗口",
        is_suspended=True,
    )
    page = Page(client.get("/t/990101100/items/2/"))
    assert "3号窗口" in page.text
    assert "暂停办理" in page.text
    assert "tel:045157210000" in page.links


def test_former_edition_is_found_again(client, portal):
    page = Page(client.get("/990101/lists/public_services/"))
    assert "/990101/lists/public_services/2024-01-01/" in page.links
    former = Page(client.get("/990101/lists/public_services/2024-01-01/"))
    assert "旧事项" in former.text
    assert "2025年7月15日起，本版次已被以下版次替代" in former.text


def test_corrected_edition_keeps_its_address(client, portal):
    published.issue(
        portal, effective_on=published.CURRENT, correction=1, published_on=date(2025, 8, 1), title="更正版"
    )
    assert (
        "2025年8月1日起，本版次已被以下版次替代"
        in Page(client.get("/990101/lists/public_services/2025-07-15/")).text
    )
    assert "第1次更正" in Page(client.get("/990101/lists/public_services/")).text
    assert "更正版" in Page(client.get("/990101/lists/public_services/2025-07-15-1/")).text


def test_edition_shows_its_record(client, portal):
    stored = {"source_name": "清单.xlsx", "source_file": "lists/a.xlsx", "source_sha256": "ab" * 32}
    portal.editions.update(index_number="990101/2025-12", **stored)
    text = Page(client.get("/990101/lists/public_services/2025-07-15/")).text
    for said in ["990101/2025-12", "清单.xlsx", "ab" * 32, "青政办发〔2025〕12号", "2025年7月15日"]:
        assert said in text


def test_entry_can_be_cited(client, portal):
    text = Page(client.get("/990101/lists/public_services/2024-01-01/4/")).text
    assert "青政办发〔2024〕12号）第4项“旧事项”" in text
    assert "http://testserver/990101/lists/public_services/2024-01-01/4/" in text


def test_entry_prints_further_columns_under_their_headings(client, services):
    published.issue(
        services, [{"name": "办证", "details": {"promised_limit": {"value": 5, "unit": "工作日"}}}]
    )
    text = Page(client.get("/990101/lists/public_services/2025-07-15/1/")).text
    assert "承诺办结时限" in text
    assert "5工作日" in text


def test_page_is_its_own_canonical_address(client, portal):
    for address in published.ADDRESSES:
        if not address.startswith("/t/990101100/items/"):
            assert Page(client.get(address + "?utm_source=weixin")).canonical == address


def test_few_rows_too_many_stay_on_one_page(client, services, clock):
    clock("2026-03-10 12:00")
    published.issue(services, published.many(57))
    page = Page(client.get("/990101/lists/public_services/2025-07-15/"))
    assert len(page.all("th", scope="row")) == 57
    assert "?page=2" not in page.links


def test_long_list_is_paged(client, services, clock):
    clock("2026-03-10 12:00")
    published.issue(services, published.many(120))
    address = "/990101/lists/public_services/2025-07-15/"
    first, second = Page(client.get(address)), Page(client.get(f"{address}?page=2"))
    assert "?page=2" in first.links
    assert second.canonical == f"{address}?page=2"
    assert len(first.all("th", scope="row")) == 50
    assert len(second.all("th", scope="row")) == 50


@pytest.mark.parametrize("page", ["abc", "", "-1", "0", "1.5", "１", "1" * 30, "%00", "[]", "1&page=x"])
def test_odd_page_numbers_still_show_the_list(client, portal, page):
    response = client.get(f"/990101/lists/public_services/?page={page}")
    assert response.status_code in (200, 400)
    assert response.status_code == 200 or page == "%00"
