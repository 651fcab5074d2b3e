import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.reading.words import fold, mend, mend_lines, nearest


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("农民工工资拖欠矛盾\n纠纷排查调处", "农民工工资拖欠矛盾纠纷排查调处"),
        ("农民工工资拖欠矛盾\r\n纠纷排查调处", "农民工工资拖欠矛盾纠纷排查调处"),
        ("甲_x000D_\n乙", "甲乙"),
        ("行政 确认", "行政确认"),
        ("行政\u3000确认", "行政确认"),
        ("序\n号", "序号"),
        (" 低收入人口认定申请受理\u3000", "低收入人口认定申请受理"),
        ("８０周岁以上老年人", "80周岁以上老年人"),
        ("ＩＣ卡", "IC卡"),
        ("３．５元", "3.5元"),
        ("12345 热线", "12345热线"),
        ("Service  Centre\nA", "Service Centre A"),
        ("零宽\u200b字符\ufeff", "零宽字符"),
        ("", ""),
    ],
)
def test_mending_joins_phrases_and_halves_digits(typed, mended):
    assert mend(typed) == mended


@pytest.mark.parametrize("text", ["（试行）", "青政办发〔2025〕12号", "受理，审查；决定。", "《甲法》：“乙”"])
def test_chinese_punctuation_stays_as_printed(text):
    assert mend(text) == text


def test_lines_that_mean_something_stay_lines():
    assert mend_lines("《甲条例》第四条；\n \n《乙法》第二条\u3000") == "《甲条例》第四条；\n《乙法》第二条"


def test_a_line_broken_after_a_comma_is_joined():
    assert mend_lines("榆树镇、柳河镇、青山乡、\n红旗满族乡") == "榆树镇、柳河镇、青山乡、红旗满族乡"


def test_one_blank_between_words_of_long_text_stays():
    assert mend_lines("自然资源部  农业农村部") == "自然资源部 农业农村部"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("行政 确认", "行政确认"),
        ("委托（法律）依据", "委托(法律)依据"),
        ("青政办发[2025]12号", "青政办发〔２０２５〕12 号"),
        ("权责“清单”", '权责"清单"'),
        ("ＶＡＴ", "vat"),
    ],
)
def test_two_printings_of_the_same_words_fold_alike(one, other):
    assert fold(one) == fold(other)


def test_no_word_is_dropped_in_folding():
    assert fold("中华人民共和国森林法") != fold("森林法")
    assert fold("受委托单位") != fold("委托单位")


@given(st.text())
def test_mending_and_folding_twice_is_doing_it_once(text):
    assert mend(mend(text)) == mend(text)
    assert mend_lines(mend_lines(text)) == mend_lines(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="甲乙丙 \n\u3000（）abc１２12"))
def test_mending_keeps_the_words(text):
    wanted = "".join(unicodedata.normalize("NFKC", text).split())
    assert "".join(unicodedata.normalize("NFKC", mend(text)).split()) == wanted
    assert fold(mend(text)) == fold(text)


def test_the_name_that_was_meant_is_offered():
    names = ["县民政局", "县水务局", "县住房和城乡建设局"]
    assert nearest("县住房与城乡建设局", names) == "县住房和城乡建设局"
    assert nearest("县 民政局", names) == "县民政局"


def test_nothing_is_offered_where_nothing_is_near():
    assert nearest("县档案馆", ["县民政局", "县水务局"]) is None
    assert nearest("", ["县民政局"]) is None
