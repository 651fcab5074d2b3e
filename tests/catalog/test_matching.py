"""Who is who across editions: passes that take only what is unique on both sides."""

from catalog.matching import Identity, match


def pairs(rows, known):
    return match(rows, known).pairs


def test_a_code_is_surer_than_a_name():
    known = [Identity("残疾人证", own_code="1"), Identity("老年证", own_code="2")]
    assert pairs([Identity("老年证", own_code="1")], known) == {0: 0}


def test_our_code_is_surer_than_an_official_one_that_two_items_share():
    known = [
        Identity(name, own_code=str(place), codes=frozenset({"b:1"})) for place, name in enumerate("甲乙")
    ]
    rows = [Identity("丙", own_code="1", codes=frozenset({"b:1"})), known[0]]
    assert pairs(rows, known) == {0: 1, 1: 0}


def test_names_match_whatever_their_width_blanks_and_brackets():
    assert pairs([Identity("生育登记（８０ 岁）")], [Identity("生育登记(80岁)")]) == {0: 0}


def test_words_are_never_dropped():
    assert pairs([Identity("生育登记申请")], [Identity("生育登记")]) == {}


def test_one_name_in_two_departments_is_told_apart_by_department():
    known = [Identity("检查", department="县水务局"), Identity("检查", department="县应急管理局")]
    rows = [Identity("检查", department="县应急管理局"), Identity("检查", department="县水务局")]
    assert pairs(rows, known) == {0: 1, 1: 0}


def test_one_name_in_two_offices_is_told_apart_by_office():
    known = [Identity("登记", unit="甲办"), Identity("登记", unit="乙办")]
    assert pairs([Identity("登记", unit="乙办"), Identity("登记", unit="甲办")], known) == {0: 1, 1: 0}


def test_a_name_alone_matches_when_the_department_has_changed():
    assert pairs(
        [Identity("检查", department="县水务局")], [Identity("检查", department="县应急管理局")]
    ) == {0: 0}


def test_a_name_that_stands_twice_is_matched_with_nothing():
    known = [Identity("检查", department="甲"), Identity("检查", department="乙")]
    assert pairs([Identity("检查", department="丙")], known) == {}


def test_what_an_earlier_pass_took_is_not_taken_again():
    known = [Identity("检查", department="甲")]
    rows = [Identity("检查", department="甲"), Identity("检查", department="乙")]
    assert pairs(rows, known) == {0: 0}


def test_main_item_is_part_of_the_name():
    known = [Identity("申请", main_name="低保"), Identity("申请", main_name="特困")]
    assert pairs([Identity("申请", main_name="特困")], known) == {0: 1}


def test_a_shared_article_is_only_suggested():
    known = [Identity("低保申请", articles=frozenset({"社会救助暂行办法#11"}))]
    rows = [Identity("最低生活保障审核", articles=frozenset({"社会救助暂行办法#11"}))]
    matching = match(rows, known)
    assert matching.pairs == {}
    assert [(guess.row, guess.known, guess.reason) for guess in matching.guesses] == [(0, 0, "article")]


def test_a_similar_name_is_suggested_only_in_its_own_department_and_category():
    known = [Identity("老年人优待证办理", department="县民政局", category="社会")]
    near = Identity("老年人优待证件办理", department="县民政局", category="社会")
    far = Identity("老年人优待证件办理", department="县文旅局", category="社会")
    assert [guess.reason for guess in match([near], known).guesses] == ["name"]
    assert match([far], known).guesses == []


def test_nothing_is_suggested_for_what_is_matched():
    same = [Identity("生育登记", articles=frozenset({"法#1"}))]
    assert match(same, same).guesses == []
