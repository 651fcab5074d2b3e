"""Search from the tokenizer to the hits: what residents type, what they find, and what nobody finds."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.following import institutions_changed
from accounts.institutions import import_institutions
from accounts.models import County, Township, TownshipSuccession
from catalog import publishing
from catalog.importing.drafts import store_draft
from catalog.importing.intake import take_in
from catalog.importing.planning import make_plan
from catalog.models import Channel, Edition, Entry, Guide, Item, ItemList, SearchRow, Synonym
from catalog.search import dialects, questions, ranking, tokens
from catalog.search.finding import Asked, find, many
from catalog.search.finding import titles as titles_module
from catalog.search.indexing import rebuild, rewrite
from catalog.search.pinyin import spellings
from tests import factories
from township_portal.management.commands.make_demo import COUNTIES, FOLDER

from . import published

BASE = Path(__file__).resolve().parent.parent.parent
TODAY = published.TODAY


# --- The tokenizer ---


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("適齡兒童、少年", "适龄儿童少年"),
        ("ＤＩＢＡＯ１２３", "dibao123"),
        ("残疾人证 （补办）", "残疾人证补办"),
        ("80 周岁", "80周岁"),
        ("ABC  Def", "abc def"),
        ("'\"%_*&|!():\\", ""),
    ],
)
def test_texts_are_compared_by_what_is_read(typed, key):
    assert tokens.key(typed) == key


def test_neighbouring_characters_are_tokens_and_other_words_whole():
    assert tokens.tokens(["80岁低保户"]) == sorted(["80", "岁低", "低保", "保户", "户"])


def test_folding_twice_changes_nothing():
    text = "農村宅基地審批、乾隆皇后ＡＢ"
    assert tokens.key(tokens.key(text)) == tokens.key(text)


def test_every_traditional_character_is_folded_to_one_that_stays():
    assert not set(map(ord, tokens.SIMPLIFIED.values())) & set(tokens.SIMPLIFIED)
    assert len(tokens.SIMPLIFIED) > 2500


# --- Questions ---


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("办残疾证要带什么", ["残疾证"]),
        ("请问怎么申请低保？", ["低保"]),
        ("我妈八十多了", ["我妈80岁"]),
        ("社保卡丢了", ["社保卡"]),
        ("就业困难", ["就业困难"]),
        ("怎么办", []),
    ],
)
def test_a_question_is_taken_from_around_the_words(question, words):
    known = questions.Vocabulary([questions.Synonym("我妈", ("老年人",))])
    assert questions.core_words(questions.typed_words(question), known) == words


def test_a_popular_word_that_looks_like_asking_stays_whole():
    known = questions.Vocabulary([questions.Synonym("去世", ("注销",))])
    assert questions.core_words(["老人去世了"], known) == ["老人去世"]
    assert questions.core_words(["老人去世了"], questions.Vocabulary()) != ["老人去世"]


def test_words_are_bounded():
    assert len(questions.typed_words("一 二 三 四 五 六 七 八 九 十 十一")) == questions.MOST_WORDS


def is_had(wanted, stored):
    """Whether tokens fulfil what is wanted, as the databases say."""
    if isinstance(wanted, dialects.Token):
        return any(one.startswith(wanted.text) if wanted.begins else one == wanted.text for one in stored)
    return (all if isinstance(wanted, dialects.All) else any)(is_had(part, stored) for part in wanted.parts)


@pytest.mark.parametrize("name", ["80岁以上老人3个月a类", "养老保险", "一2三ab四"])
def test_the_index_has_what_is_wanted_of_every_part_of_a_name(name):
    """What is asked of the index excludes no row that has the words; a start inside of figures or letters may."""
    stored = tokens.tokens([name])
    for start in range(len(name)):
        for end in range(start + 1, len(name) + 1):
            word = name[start:end]
            if tokens.han_runs(word):
                assert is_had(dialects.tokens_of(word), stored), word
    assert not is_had(dialects.tokens_of("老人5个"), tokens.tokens(["老人3个"]))


def test_one_wrong_character_is_known_among_neighbours():
    assert ranking.is_misspelt_in("生肓登记", "二孩生育登记办理")
    assert not ranking.is_misspelt_in("生肓登己", "二孩生育登记办理")


def test_shipped_popular_words_are_many_and_well_spelt():
    rows = [row["fields"] for row in json.loads((BASE / "fixtures" / "synonyms.json").read_text("utf-8"))]
    assert len(rows) >= 150
    assert [row["popular"] for row in rows if row["spelt"] != " ".join(spellings(row["popular"]))] == []
    assert [
        row["popular"] for row in rows if not row["official"] or row["popular"] in row["official"].split("、")
    ] == []


# --- What is found, and in which order ---


@pytest.fixture
def services(county):
    return ItemList.objects.create(county=county, kind="public_services")


@pytest.fixture
def titles(county):
    """The titles found for a question on a day, in order."""

    def titles(question, on=TODAY, **values):
        return [row["title"] for row in find(Asked(question, on, **values)).rows]

    return titles


def issue(item_list, *rows, **values):
    """An edition with the index as a publication leaves it."""
    edition = published.issue(item_list, rows, **values)
    rewrite(item_list.county, "items")
    return edition


def test_name_comes_before_popular_name_before_text(services, titles):
    issue(
        services,
        {"name": "老年人优待", "service_target": "低保家庭"},
        "最低生活保障申请受理",
        "低保家庭救助申请",
    )
    Synonym.objects.create(popular="低保", official="最低生活保障")
    assert titles("低保") == ["低保家庭救助申请", "最低生活保障申请受理", "老年人优待"]
    assert titles("最低生活保障")[0] == "最低生活保障申请受理"
    for typed in ("dibao", "db", "ＤＢ"):
        assert titles(typed)[:2] == ["低保家庭救助申请", "最低生活保障申请受理"]


def test_names_of_guides_are_found_and_spelt(services, titles, approver):
    issue(services, "生育登记")
    item = Item.objects.get()
    guide = Guide.objects.create(item=item, valid_from=published.CURRENT, popular_names="准生证、生育证")
    publishing.keep_guide(guide=guide, by=approver)
    for typed in ("准生证", "zhunshengzheng", "zsz", "办准生证要什么手续"):
        assert titles(typed) == ["生育登记"], typed
    publishing.take_away(row=guide, by=approver)
    assert titles("准生证") == []


def test_one_wrong_character_one_character_and_odd_signs(services, titles):
    issue(services, "最低生活保障申请受理", "饮用水检测")
    assert titles("最低生活保璋") == ["最低生活保障申请受理"]
    # A wrong character may look like a question (能).
    assert titles("饮用能检测") == ["饮用水检测"]
    assert titles("水") == titles("測") == ["饮用水检测"]
    for odd in ("'", '"', "\\", "' OR 1=1 --", '"*', "a:b & !c | (d", "NEAR(", "：、，", "%", "_", "𠮷"):
        assert titles(odd) == [], odd


def test_drafts_coming_and_superseded_entries_are_not_found(services, titles):
    issue(services, "旧的事项", effective_on=published.FORMER)
    issue(services, "现行事项")
    issue(services, "将来事项", effective_on=published.COMING, published_on=published.CURRENT)
    issue(services, "草稿事项", state="draft", effective_on=date(2025, 8, 1))
    assert titles("事项") == ["现行事项"]
    # At midnight, without a write.
    assert titles("事项", on=published.COMING) == ["将来事项"]


def test_withdrawn_matters_are_never_found(county, titles):
    issue(ItemList.objects.create(county=county, kind="withdrawn_matters"), "收回的审批")
    assert titles("收回的审批") == []


def test_an_item_on_two_lists_is_found_once_and_the_own_list_comes_first(services, township, titles):
    issue(services, "临时救助申请受理", "困难救助申请")
    own = ItemList.objects.create(county=services.county, kind="public_services", township=township)
    issue(own, {"name": "困难家庭救助申请受理", "number": 2}, title="谷雨镇清单")
    assert titles("救助") == ["困难救助申请", "临时救助申请受理"]
    assert titles("救助", township=township) == ["困难救助申请", "临时救助申请受理"]
    assert titles("困难家庭救助") == ["困难救助申请"]
    assert find(Asked("临时", TODAY, township=township)).own_places == {
        f"e:{own.editions.get().pk}",
        f"t:{township.code}",
    }


def test_repeal_and_announcement_reach_the_index(services, clerk, approver, titles, clock):
    clock("2026-03-10 12:00")
    edition = Edition.objects.create(list=services, title="清单", document_number="青政发〔2026〕1号")
    publishing.write_entry(entry=Entry(edition=edition, name="土地流转备案"), by=clerk)
    assert titles("土地流转") == []
    publishing.announce(edition=edition, by=approver, published_on=TODAY, effective_on=TODAY)
    assert titles("土地流转") == ["土地流转备案"]
    edition.refresh_from_db()
    publishing.repeal(edition=edition, by=approver, ended_on=date(2026, 3, 20), reason="废止")
    assert titles("土地流转") == ["土地流转备案"]
    assert titles("土地流转", on=date(2026, 3, 20)) == []


def test_facets_narrow_and_are_counted(services, county):
    issue(
        services,
        {"name": "残疾人补贴", "service_target": "残疾人"},
        {"name": "老人补贴", "service_target": "老年人"},
    )
    guide = Guide.objects.create(
        item=Item.objects.get(number=1), valid_from=published.CURRENT, is_free=True, rule="here"
    )
    Channel.objects.create(guide=guide, kind="online")
    rewrite(county, "items")
    found = find(Asked("补贴", TODAY, chosen={"channel": ["online"]}))
    assert [row["title"] for row in found.rows] == ["残疾人补贴"]
    assert found.total == 1
    assert found.counts["audience"] == {"disabled": 1}
    assert found.counts["channel"] == {"online": 1}
    by_event = find(Asked("", TODAY, chosen={"event": ["disability"]}))
    assert [row["title"] for row in by_event.rows] == ["残疾人补贴"]
    assert find(Asked("", TODAY)).total == 0


@pytest.fixture
def helped(services, county, township):
    """Items, a township and a village with a word in their names, and a popular word for it; long names and short."""
    Synonym.objects.create(popular="救助", official="帮扶")
    names = [
        f"第{number}项{'临时' * (number % 14)}{'救助' if number % 3 else '帮扶'}申请" for number in range(40)
    ]
    rows = [
        {"name": name, "service_target": "残疾人" if number % 5 else ""} for number, name in enumerate(names)
    ]
    issue(services, *rows, {"name": "救助"})
    factories.make_township(county, 102, "救助镇")
    factories.make_village(township, "救助村")
    institutions_changed(county)


@pytest.mark.parametrize("chosen", [{}, {"audience": ["disabled"]}])
def test_many_hits_come_in_the_order_of_few(helped, township, monkeypatch, chosen):
    """Beyond a bound the database orders, in a nation step by step; the same keys give the same hits."""
    asked = Asked("救助", TODAY, chosen=chosen)
    few = find(asked, size=50)
    assert few.total == (32 if chosen else 43)
    monkeypatch.setattr(titles_module, "COUNTED", 10)
    whole = find(asked, size=50)
    monkeypatch.setattr("catalog.search.finding.asking.FEW_COUNTIES", 0)
    monkeypatch.setattr(many, "WHOLE", 5)
    stepped = find(asked, size=50)
    for found in (whole, stepped):
        assert [row["title"] for row in found.rows] == [row["title"] for row in few.rows]
        assert (found.total, found.counts, found.has_more) == (few.total, few.counts, False)


def test_of_very_many_hits_the_first_are_counted(helped, monkeypatch):
    first = [row["title"] for row in find(Asked("救助", TODAY), size=10).rows]
    monkeypatch.setattr(titles_module, "COUNTED", 10)
    monkeypatch.setattr(many, "COUNTED", 10)
    found = find(Asked("救助", TODAY), size=5)
    assert [row["title"] for row in found.rows] == first[:5]
    assert (found.total, found.has_more, found.cut) == (10, True, {"audience"})
    # What is narrowed to few is counted, while what the other values would give is still "at least".
    narrowed = find(Asked("救助", TODAY, chosen={"audience": ["nobody"]}), size=5)
    assert (narrowed.total, narrowed.has_more, narrowed.cut) == (0, False, {"audience"})
    # Whoever reads on further than is counted gets what there is.
    assert len(find(Asked("救助", TODAY), size=50).rows) == 43


def test_rebuilding_changes_nothing(services, county, titles):
    issue(services, *published.many(30))
    factories.make_village(factories.make_township(county, 100, "谷雨镇"), "东谷村")
    institutions_changed(county)
    fields = (
        "source",
        "code",
        "title_tokens",
        "text_tokens",
        "facets",
        "places",
        "valid_from",
        "valid_to",
        "digest",
    )
    before = list(SearchRow.objects.order_by("source", "number").values_list(*fields))
    assert rebuild(county) == len(before) == 32
    assert list(SearchRow.objects.order_by("source", "number").values_list(*fields)) == before
    assert rewrite(county, "items") == 0
    assert titles("东谷") == ["东谷村"]
    call_command("rebuild_search", county=county.code, verbosity=0)
    with pytest.raises(CommandError, match="000000"):
        call_command("rebuild_search", county="000000")


def test_a_township_that_gave_way_names_what_followed(county, titles, clock):
    clock("2025-12-01 12:00")
    old, new = factories.make_township(county, 100, "平安镇"), factories.make_township(county, 101, "柳溪镇")
    TownshipSuccession.objects.create(predecessor=old, successor=new, effective_on=date(2026, 1, 1))
    institutions_changed(county)
    assert find(Asked("平安镇", TODAY)).rows[0]["line"] == "青禾县 → 柳溪镇"
    assert find(Asked("平安镇", date(2025, 12, 31))).rows[0]["line"] == "青禾县"
    Township.objects.filter(pk=new.pk).update(name="清泉镇")
    institutions_changed(county)
    assert titles("清泉镇")[0] == "清泉镇"


@pytest.mark.parametrize("question", ["救助", "临时救助申请受理与初", "困难群众", "审", "1项困难", "户籍"])
def test_hits_of_titles_are_those_of_substring_search(services, county, question):
    """Recall and precision are whole: what contains the words, and nothing else, is found by its title."""
    rows = list(published.many(60))
    issue(services, *rows)
    wanted = {row["name"] for row in rows if question in row["name"]}
    found = find(Asked(question, TODAY), size=100)
    assert {row["title"] for row in found.rows if row["class"] < 3} == wanted


# --- How residents ask ---


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo's counties with their lists of services, by name, for tests that only read them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "categories", "synonyms", verbosity=0)
        for each in COUNTIES:
            county = factories.make_county(each.code, each.name)
            import_institutions((FOLDER / each.institutions).read_bytes(), county=county)
            take_list_in(county, each.lists[0])
        yield {county.name: county for county in County.objects.all()}
        transaction.set_rollback(True)


def take_list_in(county, demo_list):
    """The workbook as it is announced, without the people who did it."""
    item_list = ItemList.objects.create(county=county, kind=demo_list.kind)
    content = (FOLDER / demo_list.file).read_bytes()
    intake = take_in(
        content, demo_list.file, kind=item_list.list_kind, county=county, on=demo_list.published_on
    )
    edition = store_draft(plan=make_plan(intake, None), item_list=item_list, by=None)
    publishing.confirm(edition=edition, by=None)
    days = {"published_on": demo_list.published_on, "effective_on": demo_list.effective_on}
    Edition.objects.filter(pk=edition.pk).update(state="announced", announced_at=timezone.now(), **days)
    rewrite(county, "items")


def asked_by_residents():
    lines = (Path(__file__).parent / "queries.tsv").read_text("utf-8").splitlines()
    rows = [[*line.split("\t"), "", ""][:3] for line in lines if not line.startswith("#")]
    return [(row[0], {"青禾县": row[1], "北原县": row[2]}) for row in rows]


def test_residents_find_their_item_among_the_first_three(demo):
    """At least nine of ten, in their own county; and every fifth without saying which county that is."""
    asked, today = asked_by_residents(), date(2026, 3, 10)
    assert len(asked) >= 150
    answered, missed = 0, []
    for number, (question, wanted) in enumerate(asked):
        places = [demo[name] for name, title in wanted.items() if title][: 1 + number % 2]
        for county in [*places, None] if number % 5 == 0 else places:
            answered += 1
            found = {row["title"] for row in find(Asked(question, today, county), size=3).rows}
            if not found & ({wanted[county.name]} if county else set(wanted.values())):
                missed.append((question, county))
    assert len(missed) <= answered * 0.1, missed
