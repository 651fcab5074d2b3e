"""The search page, what it says when nothing is found, and choosing one's township."""

import re
from datetime import date

import pytest

from accounts.desk import waiting_for
from accounts.following import institutions_changed
from accounts.models import County, TownshipSuccession
from accounts.pacing import Pace
from catalog.models import Category, ItemList, MissedSearch, Topic
from catalog.search.indexing import rewrite
from catalog.views.remembering import COOKIE
from tests import factories

from . import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def searchable(county, township, clock):
    """A county with a list of thirty items, a village and a township that gave way."""
    clock("2026-03-10 12:00")
    category = Category.objects.create(code="social", name="基本社会服务", name_en="Basic social services")
    item_list = ItemList.objects.create(county=county, kind="public_services")
    rows = [
        *published.many(30),
        {"name": "残疾人证申领受理", "category": category, "service_target": "残疾人"},
    ]
    published.issue(item_list, rows)
    rewrite(county, "items")
    factories.make_village(township, "东谷村")
    old = factories.make_township(county, 105, "平安镇")
    TownshipSuccession.objects.create(predecessor=old, successor=township, effective_on=date(2026, 1, 1))
    institutions_changed(county)
    return county


def results(response):
    """The links of the hits: those in the main part that says it holds results."""
    main = re.search(r"<main[^>]* data-results>(.*?)</main>", response.content.decode(), re.DOTALL)
    return re.findall(r'<a href="([^"]+)"', main[1]) if main else []


def text(response):
    return response.content.decode()


def test_each_hit_is_one_link_to_its_item(client, searchable):
    response = client.get("/search/", {"q": "救助"})
    links = results(response)
    assert len(links) == len(set(links)) == 20
    assert links[0].startswith("/990101/items/")
    assert '<p class="count" role="status">共找到30条结果</p>' in text(response)
    assert len(results(client.get("/search/", {"q": "救助", "page": "2"}))) == 10
    assert len(results(client.get("/search/", {"q": "救助", "page": "9"}))) == 10


def test_hits_lead_to_the_pages_of_the_chosen_township(client, searchable, township):
    response = client.get("/search/", {"q": "残疾人证", "township": township.code})
    assert results(response) == [f"/t/{township.code}/items/31/"]
    assert client.get(results(response)[0]).status_code == 200
    assert results(client.get("/en/search/", {"q": "残疾人证"})) == ["/en/990101/items/31/"]


def test_facets_are_ticked_removed_and_counted(client, searchable):
    response = client.get("/search/", {"q": "申", "audience": ["disabled", "nonsense"], "county": "990101"})
    assert results(response) == ["/990101/items/31/"]
    page = text(response)
    assert "<legend>服务对象</legend>" in page
    assert '<input type="checkbox" name="audience" value="disabled" checked>' in page
    assert 'href="/search/?q=%E7%94%B3&amp;county=990101"' in page
    assert "无法识别" in page


def test_more_hits_than_are_counted_are_said_to_be_more(client, searchable, monkeypatch):
    for module in ("titles", "many"):
        monkeypatch.setattr(f"catalog.search.finding.{module}.COUNTED", 10)
    page = text(client.get("/search/", {"q": "申", "audience": "disabled"}))
    assert "共找到1条结果" in page
    assert '残疾人 <span class="tick-count">(1+)' in page
    page = text(client.get("/search/", {"q": "申"}))
    assert "结果超过20条" in page


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "长" * 5000,
        "q=%E4%BD%8E&page=" + "9" * 30,
        "q=%E4%BD%8E&page=-1&county=abc&township=99&category=%27&channel=x&free=y&handled=z&mode=q&event=w",
        "q=%27%22%5C%25_*()&county=",
        "q=" + "a%20" * 400,
        "q=" + "%F0%A0%AE%B7" * 30,
        "&".join(f"audience=x{number}" for number in range(900)),
        "township=000000000&q=x",
    ],
)
def test_odd_questions_are_answered_politely(client, searchable, query):
    for address in ("/search/", "/townships/"):
        assert client.get(f"{address}?{query}").status_code == 200


def test_a_null_character_and_broken_bytes_are_no_question(client, searchable):
    for query in ("q=%00", "q=%FF%FE"):
        assert client.get(f"/search/?{query}").status_code == 400


def test_nothing_found_is_counted_for_the_township(client, searchable, township, clerk, township_clerk):
    asked = {"q": "宇宙飞船", "township": township.code}
    page = text(client.get("/search/", asked))
    assert "没有找到“宇宙飞船”" in page
    assert "12345" in page
    assert client.post("/search/missing/", asked).status_code == 302
    client.get("/search/", asked)
    missed = MissedSearch.objects.get()
    assert (missed.words, missed.township, missed.count, missed.told) == ("宇宙飞船", township, 2, 1)
    for person in (clerk, township_clerk):
        assert [
            count for task, count in waiting_for(person, date(2026, 3, 11)) if "搜索" in str(task.label)
        ] == [1]


def test_what_only_another_county_has_is_shown_as_such(client, searchable, other_county):
    services = ItemList.objects.create(county=other_county, kind="public_services")
    published.issue(services, ["异地就医备案申请"])
    rewrite(other_county, "items")
    response = client.get("/search/", {"q": "异地就医", "county": "990101"})
    assert results(response) == []
    assert "其他县区的清单上有这一项" in text(response)
    assert "/990102/items/1/" in text(response)


def test_a_life_event_is_a_page_of_its_own_name(client, searchable):
    response = client.get("/search/", {"audience": "disabled", "county": "990101"})
    assert "<h1>残疾人</h1>" in text(response)
    narrowed = text(client.get("/search/", {"event": "disability", "county": "990101"}))
    assert '<input type="hidden" name="event" value="disability">' in narrowed
    assert results(response) == ["/990101/items/31/"]


def test_what_ones_own_township_does_not_do_is_found_with_those_that_do(client, searchable, township):
    sister = factories.make_township(searchable, 101, "芒种镇")
    own = ItemList.objects.create(county=searchable, kind="public_services", township=sister)
    published.issue(own, [{"name": "宅基地审批", "number": 40}])
    rewrite(searchable, "items")
    asked = {"q": "宅基地", "township": township.code}
    assert "可在以下乡镇办理：芒种镇" in text(client.get("/search/", asked))
    assert "可在以下乡镇办理" not in text(client.get("/search/", asked | {"township": sister.code}))


def test_nothing_found_offers_what_many_ask_for_and_the_hall(client, searchable):
    Topic.objects.create(county=searchable, words="低保")
    County.objects.update(hall_phone="0000-7654321")
    page = text(client.get("/search/", {"q": "宇宙飞船", "county": "990101"}))
    for offered in (
        "没有找到“宇宙飞船”",
        "/search/?q=%E4%BD%8E%E4%BF%9D&amp;county=990101",
        "tel:00007654321",
    ):
        assert offered in page


def test_topics_of_all_counties_are_those_that_most_of_them_name(county, other_county):
    for where, words in ((county, "低保"), (county, "医保"), (other_county, "医保")):
        Topic.objects.create(county=where, words=words)
    assert Topic.objects.commonest() == ["医保", "低保"]
    assert Topic.objects.words_of(other_county) == ["医保"]


@pytest.mark.parametrize("words", ["13912345678怎么办", "身份证11010119900307123X"])
def test_what_may_be_somebodys_number_is_not_kept(client, searchable, words):
    for asked in ({"q": words, "county": "990101"}, {"q": "宇宙飞船"}):
        assert client.get("/search/", asked).status_code == 200
        assert client.post("/search/missing/", asked).status_code == 200
    assert not MissedSearch.objects.exists()


def test_reading_and_searching_set_no_cookie(client, searchable, township):
    for address in ("/", "/search/?q=x", "/townships/", f"/t/{township.code}/"):
        assert not client.get(address).cookies


def test_a_chosen_township_is_remembered_and_stands_in_the_address(client, searchable, township):
    response = client.get(f"/t/{township.code}/choose/")
    assert response.url == f"/t/{township.code}/"
    assert response.cookies[COOKIE].value == township.code
    response = client.get("/search/?q=救助")
    assert (response.status_code, response.url.split("&")[1]) == (302, f"township={township.code}")
    assert "no-store" in response["Cache-Control"]
    assert client.get("/search/?q=救助&county=").status_code == 200
    assert "您已选择" in text(client.get("/townships/"))
    client.get("/townships/forget/")
    assert client.get("/search/?q=救助").status_code == 200


def test_stored_pages_are_the_same_with_and_without_the_cookie(client, searchable, township):
    before = client.get("/").content
    client.cookies[COOKIE] = township.code
    assert client.get("/").content == before
    client.cookies[COOKIE] = "nonsense"
    assert client.get("/search/?q=x").status_code == 200


def test_the_picker_groups_by_county_and_filters(client, searchable, township, other_township):
    factories.make_township(searchable.__class__.objects.get(code="990102"), 101, "谷雨镇")
    institutions_changed(other_township.county)
    page = text(client.get("/townships/"))
    assert f"/t/{township.code}/choose/" in page
    named = text(client.get("/townships/?q=谷雨"))
    assert "青禾县谷雨镇" in named
    assert "北原县谷雨镇" in named
    assert "平安镇" not in page
    assert "现已并入谷雨镇" in text(client.get("/townships/?q=平安"))
    assert "东谷村" in text(client.get("/townships/?q=东谷村"))
    assert "尚未在本站公布清单" in text(client.get("/townships/?q=月亮湾"))


def test_choosing_a_township_that_gave_way_remembers_what_followed(client, searchable, township):
    response = client.get("/t/990101105/choose/", follow=True)
    assert client.cookies[COOKIE].value == township.code
    assert "谷雨镇" in text(response)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        # categories, county, popular words and their stamp, rows, further rows by text
        ("/search/?q=残疾人证&county=990101", 6),
        # … the township in place of the county, its editions
        ("/search/?q=残疾人证&township=990101100", 7),
        ("/search/?q=救助&county=990101", 5),
    ],
)
def test_a_search_costs_few_queries(client, searchable, django_assert_max_num_queries, address, queries):
    with django_assert_max_num_queries(queries):
        client.get(address)


def test_who_searches_too_fast_is_told_when_to_come_back(client, searchable, monkeypatch):
    monkeypatch.setattr("catalog.views.searching.SEARCHES", Pace("search", most=3, seconds=60))
    answers = [client.get("/search/", {"q": "救助"}) for _time in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert client.get("/search/", {"q": "救助"}, REMOTE_ADDR="203.0.113.9").status_code == 200
