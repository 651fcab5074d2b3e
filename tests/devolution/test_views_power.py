"""One power's page: in whose name, who answers, where to appeal, and what has become of it, day by day."""

from datetime import date, timedelta

import pytest

from accounts.choices import DepartmentLine
from accounts.models import Department
from catalog.choices import PowerType
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode, WithdrawalReason
from devolution.models import Evaluation, Power, Transfer
from devolution.rules import remedies, rule_called
from tests.catalog.pages import Page
from tests.devolution.conftest import DAY, END, make_paper, make_power
from tests.devolution.seeing import text_of

pytestmark = pytest.mark.django_db

POWER = "/990102/powers/1/"
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-03-10 12:00")


@pytest.fixture
def taken_back(running, withdrawal, forestry, editor, elm):
    """Taken back from 榆树镇 on 1 February 2026; 柳河镇 goes on."""
    lifecycle.withdraw(
        rows=running.receipts.filter(township=elm),
        by=editor,
        reason=WithdrawalReason.EVALUATION,
        instrument=withdrawal,
        on=date(2026, 2, 1),
        department=forestry,
    )
    return running


def take_over(editor, power, paper, elm, mode=Mode.DELEGATED):
    transfer = lifecycle.prepare(
        transfer=Transfer(power=power, instrument=paper, mode=mode), townships=[elm], by=editor
    )
    lifecycle.take_over_as_found(transfers=[transfer], by=editor, since=DAY, document="赋权目录（2024年版）")
    return transfer


# --- Remedies ---


@pytest.mark.parametrize(
    ("line", "organ", "says"),
    [
        (DepartmentLine.GOVERNMENT, "", "北原县人民政府"),
        (DepartmentLine.VERTICAL, "", None),
        (DepartmentLine.MUNICIPAL, "", None),
        (DepartmentLine.MUNICIPAL, "市林业局", "市林业局"),
        (DepartmentLine.UNRECORDED, "", None),
    ],
)
def test_review_follows_the_departments_line(client, running, line, organ, says):
    """Where nothing is on record of the organ itself, the sentence is that of the rules' own row."""
    Department.objects.update(line=line, review_organ=organ)
    text = text_of(client, POWER)
    assert (says or str(remedies(mode=Mode.ENTRUSTED, line=line).sentence)) in text


@pytest.mark.parametrize("line", [DepartmentLine.MUNICIPAL, DepartmentLine.UNRECORDED])
def test_an_unrecorded_line_is_never_guessed(client, running, line):
    Department.objects.update(line=line)
    text = text_of(client, POWER)
    assert "12348" in text
    assert "北原县人民政府" not in text


def test_a_recorded_court_is_named_and_no_other(client, running):
    Department.objects.update(court="北原铁路运输法院")
    assert "北原铁路运输法院" in text_of(client, POWER)


def answers(client, address=POWER):
    """What the page says of names and answers, in English."""
    text = text_of(client, f"/en{address}")
    return text[text.index("In whose name, and where to appeal") : text.index("Where to apply for review")]


def test_an_entrusted_power_is_answered_for_by_the_department(client, running):
    said = answers(client)
    assert said.count("县林业和草原局") == 2
    assert "own name" not in said


def test_a_delegated_power_is_answered_for_by_the_township(client, running_delegation):
    said = answers(client)
    assert "The township's own name" in said
    assert "The township that acts" in said
    assert "In effect" not in said


def test_delegated_without_law_or_decision_is_an_entrustment_in_effect(client, power, notice, elm, editor):
    take_over(editor, power, notice, elm)
    assert rule_called("R6").message in text_of(client, POWER)
    said = answers(client)
    assert "In effect this is an entrustment." in said
    assert "Whoever objects sues 县林业和草原局" in said
    assert "The township that acts" not in said


def test_towns_and_subdistricts_are_told_apart_where_the_law_does(
    client, forestry, notice, elm, subdistrict, editor
):
    """The article names townships only, so in the subdistrict the delegation is an entrustment in effect."""
    power = make_power(forestry, "对农村建房的检查", PowerType.INSPECTION, bases=[("森林法", "75")])
    power.bases.update(names_townships=True)
    transfer = Transfer(power=power, instrument=notice, mode=Mode.DELEGATED)
    lifecycle.prepare(transfer=transfer, townships=[elm, subdistrict], by=editor)
    lifecycle.take_over_as_found(transfers=[transfer], by=editor, since=DAY, document="目录")
    page = Page(client.get(f"/en/990102/powers/{power.code}/"))
    assert len([section for section in page.all("section") if section.get("class") == "way"]) == 2
    assert page.text.count("In effect this is an entrustment.") == 1


# --- What is on record ---


def test_paper_scope_and_basis_are_shown(client, running):
    text = text_of(client, POWER)
    for said in [
        "北林委字〔2025〕1号",
        "立案、调查取证、作出决定",
        "《森林法》第76(2)条",
        "2028年2月29日",
        "榆树镇",
        "柳河镇",
    ]:
        assert said in text


def test_what_is_missing_of_a_power_found_is_not_on_record(client, power, county, elm, editor):
    paper = make_paper(
        county, InstrumentKind.ENTRUSTMENT, "", made_on=None, published_on=None, valid_from=None
    )
    take_over(editor, power, paper, elm, Mode.ENTRUSTED)
    text = text_of(client, f"/en{POWER}")
    paper_said = text[text.index("By which paper") : text.index("Scope, procedure")]
    assert paper_said.count("Not on record") == 5  # number, made, published, valid from, last day
    assert "赋权目录（2024年版）" in text


def test_evaluations_are_shown(client, running, editor):
    evaluation = Evaluation(
        transfer=running,
        evaluated_on=date(2026, 1, 5),
        cases=37,
        quality="fair",
        verdict="keep",
        findings="尚可",
    )
    lifecycle.evaluate(evaluation=evaluation, by=editor)
    text = text_of(client, POWER)
    assert "尚可" in text
    assert "37" in text
    assert "尚可" not in text_of(client, f"{POWER}?on=2026-01-04")


def test_a_townships_own_power_says_that_nothing_is_handed_down(client, county, editor):
    power = Power(county=county, name="调解", township_kinds=["town"])
    lifecycle.record_power(power=power, by=editor)
    assert "A statute gives this power" in text_of(client, f"/en/990102/powers/{power.code}/")


# --- Days ---


def test_past_its_term_a_power_is_never_in_force(client, running, clock):
    assert "in force" in text_of(client, f"/en{POWER}")
    for moment in ["2028-02-29 23:59", "2028-03-01 00:00"]:
        clock(moment)
        is_over = moment.startswith("2028-03")
        text = text_of(client, f"/en{POWER}")
        assert ("No township exercises this power." in text) is is_over
        assert ("Its term was over on" in text) is is_over
        assert ("Powers: 1" in text_of(client, "/en/990102/powers/")) is not is_over
        assert ("Handed down: 1." in text_of(client, "/en/t/990102100/powers/list/")) is not is_over


def test_what_was_taken_back_and_who_does_it_now(client, taken_back):
    text = text_of(client, f"/en{POWER}")
    ended = text[text.index("What townships no longer do") : text.index("Day by day")]
    for said in ["榆树镇", "县林业和草原局", "Result of an evaluation", "北政发〔2026〕8号"]:
        assert said in ended
    assert "Townships that exercise it: 1" in text
    assert f"{POWER}?on=2026-01-31" in Page(client.get(POWER)).links


def test_the_day_before_everything_was_as_before(client, taken_back):
    text = text_of(client, f"/en{POWER}?on=2026-01-31")
    assert "Townships that exercise it: 2" in text
    assert "What townships no longer do" not in text
    assert "对滥伐林木的处罚" in text_of(client, "/t/990102100/powers/?on=2026-01-31")
    assert "对滥伐林木的处罚" not in text_of(client, "/t/990102100/powers/?on=2026-02-01")


def test_timeline_tells_every_day_in_order(client, taken_back, county, editor, willow):
    for number, last in [("续一号", END + 365 * ONE_DAY), ("续二号", END + 730 * ONE_DAY)]:
        paper = make_paper(county, InstrumentKind.ENTRUSTMENT, number, valid_from=END, valid_to=last)
        lifecycle.extend(rows=taken_back.receipts.filter(township=willow), instrument=paper, by=editor)
    text = text_of(client, f"/en{POWER}")
    days = text[text.index("Day by day") :]
    places = [days.index(said) for said in ["Handed down", "Taken back", "续一号", "续二号", "Term over"]]
    assert places == sorted(places)
    assert "still to come" in days


def test_a_page_of_another_day_says_so_and_keeps_the_day(client, running):
    response = client.get("/990102/powers/?on=2025-06-01")
    page = Page(response)
    assert f"{POWER}?on=2025-06-01" in page.links
    assert any(link.endswith("/en/990102/powers/?on=2025-06-01") for link in page.links)
    assert "2025年6月1日" in page.text
    assert page.all("meta", name="robots", content="noindex")
    assert not Page(client.get("/990102/powers/")).all("meta", name="robots")


@pytest.mark.parametrize(
    "address", ["/990102/powers/", "/t/990102100/powers/", "/t/990102100/powers/list/", POWER]
)
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2025-03-02", "for so early a day"),
        ("2027-03-12", "a year is the limit"),
        ("2025-02-30", "This is not a day"),
    ],
)
def test_a_day_nobody_can_speak_of_gets_a_sentence(client, running, address, day, sentence):
    text = text_of(client, f"/en{address}?on={day}")
    assert sentence in text
    assert "对滥伐林木的处罚" not in text


def test_a_power_to_come_is_shown_as_coming(client, entrusted, ready, editor):
    lifecycle.hand_down(transfers=[ready(entrusted)], by=editor, valid_from=date(2026, 4, 1))
    assert "coming" in text_of(client, f"/en{POWER}")
    assert "对滥伐林木的处罚" not in text_of(client, "/990102/powers/")
    assert "对滥伐林木的处罚" in text_of(client, "/990102/powers/?on=2026-04-01")
