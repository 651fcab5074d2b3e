import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.reading.citations import normal_articles, read_citations, title_key
from catalog.reading.words import mend_lines
from tests.catalog.reading.grids import county_workbook


def only(text):
    (citation,) = read_citations(text)
    return citation


def read(text):
    return [(one.law_title or one.document_number or one.text, one.articles) for one in read_citations(text)]


def test_title_and_article_are_taken_apart():
    citation = only("《中华人民共和国义务教育法》第十一条第二款")
    assert (citation.law_title, citation.article) == ("中华人民共和国义务教育法", "第十一条第二款")
    assert citation.is_parsed


@pytest.mark.parametrize(
    ("printed", "articles"),
    [
        ("第十一条第二款", ("11(2)",)),
        ("第119条第一款", ("119(1)",)),
        ("第一百一十九条", ("119",)),
        ("第十三条、第五十八条", ("13", "58")),
        ("第九条第三款、第六十五条", ("9(3)", "65")),
        ("第十一条第一款、第二款", ("11(1)", "11(2)")),
        ("第九十二条第（一）项", ("92[1]",)),
        ("第三十六条第（一）、（二）项", ("36[1]", "36[2]")),
        ("第一百一十一条第一款第（一）项", ("111(1)[1]",)),
        ("第十条第一款第二项、第三项，第十二条", ("10(1)[2]", "10(1)[3]", "12")),
        ("第一百三十三条之一", ("133-1",)),
        ("第二十条至第二十二条", ("20~22",)),
    ],
)
def test_articles_have_a_form_in_figures(printed, articles):
    assert normal_articles(printed) == articles
    assert only(f"《某法》{printed}").articles == articles


@pytest.mark.parametrize(
    "text",
    [
        "《甲法》第一条\n《乙条例》第二条",
        "《甲法》第一条；\n《乙条例》第二条",
        "《甲法》第一条《乙条例》第二条",
        "《甲法》第一条、《乙条例》第二条",
        "《甲法》第一条和《乙条例》第二条",
        "1.《甲法》第一条2.《乙条例》第二条",
        "（一）《甲法》第一条（二）《乙条例》第二条",
        "【法律】《甲法》第一条【行政法规】《乙条例》第二条",
        "依据《甲法》第一条，《乙条例》第2条。",
    ],
)
def test_citations_are_separated(text):
    assert read(text) == [("甲法", ("1",)), ("乙条例", ("2",))]


def test_kind_of_norm_is_read_from_its_tag():
    assert [one.tag for one in read_citations("【法律】《甲法》第一条【行政法规】《乙条例》第二条")] == [
        "法律",
        "行政法规",
    ]


@pytest.mark.parametrize(
    ("text", "title", "number"),
    [
        ("《某意见》（国发〔2007〕13号）", "某意见", "国发〔2007〕13号"),
        ("《某规定》（劳动和社会保障部令第28号）第六十二条", "某规定", "劳动和社会保障部令第28号"),
        ("《某办法》（农业农村部令2021年第1号）", "某办法", "农业农村部令2021年第1号"),
        ("《某办法》财社[2016]216号", "某办法", "财社〔2016〕216号"),
        ("国发〔2015〕52号《关于某事的意见》", "关于某事的意见", "国发〔2015〕52号"),
        ("国发〔2015〕52号", "", "国发〔2015〕52号"),
        ("《关于印发〈某办法〉的通知》（民发〔2015〕3号）", "关于印发〈某办法〉的通知", "民发〔2015〕3号"),
        ("《关于印发《某办法》的通知》（民发〔2015〕3号）", "关于印发《某办法》的通知", "民发〔2015〕3号"),
    ],
)
def test_document_number_is_read_beside_the_title(text, title, number):
    assert (only(text).law_title, only(text).document_number) == (title, number)


def test_note_behind_a_title_is_no_document_number():
    citation = only("《育儿补贴制度实施方案》（2025年7月印发）")
    assert (citation.law_title, citation.document_number, citation.is_parsed) == (
        "育儿补贴制度实施方案",
        "",
        True,
    )


def test_article_behind_a_note_is_found():
    assert only("《公路法》（2017年修正）第七十七条").articles == ("77",)


@pytest.mark.parametrize("text", ["森林法第五十七条", "中华人民共和国森林法第五十七条"])
def test_title_without_brackets_is_read(text):
    assert only(text).title_key == "森林法"
    assert only(text).articles == ("57",)


def test_article_alone_belongs_to_the_law_before_it():
    assert read("《土地管理法》第五条；第六十二条第四款") == [
        ("土地管理法", ("5",)),
        ("土地管理法", ("62(4)",)),
    ]


def test_article_on_its_own_line_belongs_to_the_title_above():
    assert read("《中华人民共和国\n森林法》\n第五十七条") == [("中华人民共和国森林法", ("57",))]


def test_quoted_wording_stays_with_its_citation():
    wording = "采伐应当申请；依照《行政许可法》办理。\n具体办法由国务院规定。"
    text = f"《森林法》第五十七条：{wording}\n《草原法》第六条"
    assert read(text) == [("森林法", ("57",)), ("草原法", ("6",))]
    assert read_citations(text)[0].body.startswith("采伐应当申请；依照《行政许可法》")


@pytest.mark.parametrize("text", ["县委办公室文件要求", "《没有写完第五条", "上级安排的工作"])
def test_what_cannot_be_read_is_kept(text):
    assert (only(text).text, only(text).is_parsed) == (text, False)


def test_blank_cell_cites_nothing():
    assert read_citations(" \n") == []


def test_short_and_full_titles_share_a_key():
    assert title_key("《公路法》") == title_key("中华人民共和国公路法") == title_key("公路法（2017年修正）")


@pytest.mark.parametrize("name", ["service_items", "delegated_powers", "entrusted_powers"])
def test_every_citation_of_the_county_workbooks_is_read(name):
    cells = {
        value
        for row in county_workbook(name).sheets[0].rows[4:]
        for value in row
        if isinstance(value, str)
        and ("《" in value or re.search(r"〔\d{4}〕\d+号$", value))
        and "1．" not in value
    }
    cited = [
        one for cell in cells if not cell.startswith(("说明", "2．", "注")) for one in read_citations(cell)
    ]
    assert cited
    assert [one.text for one in cited if not one.is_parsed] == []


PIECES = st.sampled_from(
    [
        "《甲法》", "《乙〈丙〉条例》", "《", "》", "第一条", "第2款", "第（三）项", "、", "；", "\n",
        " ", "（国发〔2015〕5号）", "国发〔2015〕5号",
        "【法律】", "1.", "（一）", "和", "依照", "规定，", "。", "：", "森林法", "（", "）", "令第3号",
        "至", "及其", "甲",
    ]
)  # fmt: skip


def bare(text):
    return re.sub(r"[；;，,、。.和及与以\s]", "", text)


@given(st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=40)))
def test_no_character_of_a_cell_is_lost(text):
    assert bare("".join(one.text for one in read_citations(text))) == bare(mend_lines(text))
