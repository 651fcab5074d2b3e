"""The law as a table: every case has one row, and every row a case it speaks of and one it is silent about."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.utils.translation import override

from accounts.choices import DepartmentLine
from catalog.choices import PowerType
from catalog.workdays import WorkCalendar
from devolution.choices import CoercionKind, Mode, Receiver
from devolution.rules import (
    RULES,
    Body,
    CitedBasis,
    Facts,
    Level,
    Overlap,
    Paper,
    ReviewOrgan,
    Stage,
    Verdict,
    WithdrawalFacts,
    case_of,
    help_for,
    judge,
    judge_withdrawal,
    publication_due,
    remedies,
    verdict_of,
)
from devolution.rules.articles import statutes
from devolution.rules.cases import CASES
from devolution.wording import basis_of

DAY = date(2025, 3, 1)
DECISION = Paper(number="青政令第301号", made_on=DAY, published_on=DAY)
PAPER = Paper(
    number="青林委〔2025〕1号",
    made_on=DAY,
    published_on=DAY,
    valid_from=DAY,
    valid_to=date(2028, 3, 1),
)
PLAIN_LAW = CitedBasis(title="某某法", level=Level.LAW)
PERMITTING = CitedBasis(title="某某法", level=Level.LAW, permits=frozenset(PowerType))
NAMING = CitedBasis(
    title="某某法",
    level=Level.LAW,
    names=frozenset({Receiver.TOWNSHIP, Receiver.SUBDISTRICT}),
    gives=frozenset(PowerType),
)
WHOLE = Facts(
    mode=Mode.ENTRUSTED,
    power_type=PowerType.OTHER,
    stage=Stage.FORCE,
    on=date(2025, 6, 1),
    bases=(PERMITTING, NAMING),
    instrument=PAPER,
    provincial_decision=DECISION,
    has_authority=True,
    evaluation_due=date(2027, 3, 1),
    accompanies_penalty=True,
    receiver=Receiver.TOWNSHIP,
    is_assessed=True,
    officers=2,
    is_questioned=True,
)
MEASURE, ENFORCEMENT = CoercionKind.MEASURE, CoercionKind.ENFORCEMENT
DELEGATED, ENTRUSTED, SECONDED = Mode.DELEGATED, Mode.ENTRUSTED, Mode.SECONDED


def codes(facts):
    return {finding.code for finding in judge(facts)}


def with_paper(**changes):
    return {"instrument": replace(PAPER, **changes)}


# Of each row: mode and type, facts it speaks of, and facts on which it is silent.
CASES_OF_DELEGATION = [
    ("I1", DELEGATED, "", {}, {"power_type": PowerType.OTHER}),
    ("W1", DELEGATED, PowerType.LICENCE, {"bases": (PLAIN_LAW,)}, {"bases": (NAMING,)}),
    ("O2", DELEGATED, PowerType.LICENCE, {"bases": (NAMING,)}, {"bases": ()}),
    ("E1", DELEGATED, PowerType.PENALTY, {"restricts_liberty": True, "is_heavy": True}, {}),
    ("W2", DELEGATED, PowerType.PENALTY, {"is_heavy": True}, {}),
    ("O3", DELEGATED, PowerType.PENALTY, {}, {"is_heavy": True}),
    (
        "E2",
        DELEGATED,
        PowerType.COERCION,
        {"coercion": MEASURE, "accompanies_penalty": False},
        {"coercion": MEASURE},
    ),
    ("W3", DELEGATED, PowerType.COERCION, {"coercion": MEASURE}, {"coercion": ENFORCEMENT}),
    (
        "W4",
        DELEGATED,
        PowerType.COERCION,
        {"coercion": ENFORCEMENT, "bases": (PLAIN_LAW,)},
        {"coercion": ENFORCEMENT, "bases": (NAMING,)},
    ),
    ("O4", DELEGATED, PowerType.COERCION, {"coercion": ENFORCEMENT}, {"coercion": MEASURE}),
    ("I2", DELEGATED, PowerType.COERCION, {}, {"coercion": MEASURE}),
    ("W5", DELEGATED, PowerType.LEVY, {"bases": (PLAIN_LAW,)}, {"bases": ()}),
    ("I3", DELEGATED, PowerType.LEVY, {"bases": (CitedBasis(),)}, {"bases": (PLAIN_LAW,)}),
    ("W6", DELEGATED, PowerType.INSPECTION, {"accompanies_penalty": False}, {}),
    ("O5", DELEGATED, PowerType.INSPECTION, {}, {"accompanies_penalty": False}),
    *[
        ("O6", DELEGATED, power_type, {}, {"power_type": PowerType.LEVY})
        for power_type in (
            PowerType.BENEFIT,
            PowerType.CONFIRMATION,
            PowerType.AWARD,
            PowerType.OTHER,
            PowerType.SERVICE,
        )
    ],
    ("E3", DELEGATED, PowerType.ADJUDICATION, {"bases": (PLAIN_LAW,)}, {"bases": (NAMING,)}),
    ("O7", DELEGATED, PowerType.ADJUDICATION, {"bases": (NAMING,)}, {"bases": (PLAIN_LAW,)}),
]
CASES_OF_ENTRUSTMENT = [
    ("O8", ENTRUSTED, PowerType.LICENCE, {}, {"bases": (PLAIN_LAW,)}),
    ("W7", ENTRUSTED, PowerType.LICENCE, {"bases": (PLAIN_LAW,)}, {}),
    ("I4", ENTRUSTED, PowerType.LICENCE, {"bases": (CitedBasis(),)}, {"bases": (PLAIN_LAW,)}),
    ("E4", ENTRUSTED, PowerType.PENALTY, {"restricts_liberty": True}, {}),
    ("O9", ENTRUSTED, PowerType.PENALTY, {}, {"bases": (PLAIN_LAW,)}),
    ("W8", ENTRUSTED, PowerType.PENALTY, {"bases": (PLAIN_LAW,)}, {}),
    ("I5", ENTRUSTED, PowerType.PENALTY, {"bases": ()}, {"bases": (PLAIN_LAW,)}),
    ("E5", ENTRUSTED, PowerType.COERCION, {"coercion": MEASURE}, {"coercion": ENFORCEMENT}),
    ("E6", ENTRUSTED, PowerType.COERCION, {"coercion": ENFORCEMENT}, {"coercion": MEASURE}),
    ("W9", ENTRUSTED, PowerType.LEVY, {}, {"bases": (PLAIN_LAW,)}),
    ("I6", ENTRUSTED, PowerType.LEVY, {"bases": (PLAIN_LAW,)}, {}),
    *[
        ("O10", ENTRUSTED, power_type, {"bases": (PLAIN_LAW,)}, {"bases": (CitedBasis(),)})
        for power_type in (
            PowerType.BENEFIT,
            PowerType.INSPECTION,
            PowerType.CONFIRMATION,
            PowerType.AWARD,
            PowerType.OTHER,
            PowerType.SERVICE,
        )
    ],
    ("W10", ENTRUSTED, PowerType.BENEFIT, {"bases": (CitedBasis(),)}, {"bases": (PLAIN_LAW,)}),
    ("E7", ENTRUSTED, PowerType.ADJUDICATION, {}, {"power_type": PowerType.OTHER}),
    *[("O1", SECONDED, power_type, {}, {"mode": DELEGATED}) for power_type in ("", *PowerType)],
]


@pytest.mark.parametrize(
    ("code", "mode", "power_type", "facts", "silent"), CASES_OF_DELEGATION + CASES_OF_ENTRUSTMENT
)
def test_each_case_has_its_row(code, mode, power_type, facts, silent):
    whole = replace(WHOLE, mode=mode, power_type=power_type)
    assert case_of(replace(whole, **facts)).code == code
    assert case_of(replace(whole, **silent)).code != code


def test_every_row_of_the_table_is_tried():
    tried = {case[0] for case in CASES_OF_DELEGATION + CASES_OF_ENTRUSTMENT} | {
        need[0] for need in NEEDS_TRIED
    }
    assert tried | {"R5a", "R5b", "R5c", "R5d", "R13"} == set(RULES)


def test_every_case_has_exactly_one_row():
    """All modes, types and conditions the rows ask about, against each other."""
    yes_or_no = [False, True]
    bases = [(), (CitedBasis(),), (PLAIN_LAW,), (PERMITTING,), (NAMING,)]
    for mode, power_type, coercion, restricts, heavy, accompanies, cited, receiver in product(
        Mode, ["", *PowerType], ["", *CoercionKind], yes_or_no, yes_or_no, yes_or_no, bases, [None, *Receiver]
    ):
        facts = Facts(
            mode=mode,
            power_type=power_type,
            coercion=coercion,
            restricts_liberty=restricts,
            is_heavy=heavy,
            accompanies_penalty=accompanies,
            bases=cited,
            receiver=receiver,
        )
        assert sum(rule.covers(facts) for rule in CASES) == 1, facts


ANY = PowerType.OTHER
NEEDS_TRIED = [
    ("R1a", ENTRUSTED, ANY, {"has_department": False}),
    ("R1b", ENTRUSTED, ANY, {"has_receivers": False}),
    ("R1c", ENTRUSTED, ANY, with_paper(number="")),
    ("R1d", ENTRUSTED, ANY, with_paper(made_on=None)),
    ("R1e", ENTRUSTED, ANY, with_paper(valid_from=None)),
    ("R1f", ENTRUSTED, PowerType.PENALTY, with_paper(valid_to=None, is_open_ended=True)),
    ("R1g", ENTRUSTED, ANY, with_paper(valid_to=None)),
    ("R1h", ENTRUSTED, ANY, {"has_authority": False}),
    ("R1i", ENTRUSTED, ANY, {"stage": Stage.ENTRY, **with_paper(published_on=None)}),
    ("R2", ENTRUSTED, ANY, {"on": date(2028, 3, 1)}),
    ("R2", DELEGATED, ANY, {"on": date(2028, 3, 1)}),
    ("R2", SECONDED, ANY, {"on": date(2028, 3, 1)}),
    ("R3a", DELEGATED, PowerType.PENALTY, {"provincial_decision": replace(DECISION, number="")}),
    ("R3a", DELEGATED, PowerType.PENALTY, {"provincial_decision": replace(DECISION, made_on=None)}),
    ("R3b", DELEGATED, PowerType.PENALTY, {"provincial_decision": replace(DECISION, published_on=None)}),
    ("R3c", DELEGATED, PowerType.PENALTY, with_paper(number="")),
    ("R3d", DELEGATED, PowerType.PENALTY, {"evaluation_due": None}),
    ("R4a", SECONDED, ANY, {"overlap": Overlap.SAME}),
    ("R4b", SECONDED, ANY, {"overlap": Overlap.SIMILAR}),
    ("R6", DELEGATED, ANY, {"provincial_decision": None, "bases": (PLAIN_LAW,)}),
    ("R7a", ENTRUSTED, PowerType.LICENCE, {"receiver": Receiver.VILLAGE}),
    ("R7b", ENTRUSTED, ANY, {"receiver": Receiver.VILLAGE}),
    ("R9", SECONDED, ANY, {"receiver": Receiver.QUASI_UNIT}),
    ("R10", SECONDED, ANY, with_paper(published_on=None)),
    ("R10", DELEGATED, ANY, with_paper(published_on=date(2025, 6, 2))),
    ("R11", DELEGATED, ANY, {"publication_due": date(2025, 2, 28)}),
    ("R12a", DELEGATED, ANY, {"bases": (replace(NAMING, is_known=False),)}),
    ("R12b", DELEGATED, ANY, {"bases": (NAMING, replace(PLAIN_LAW, is_abolished=True))}),
    ("S1", SECONDED, ANY, with_paper(number="")),
    ("W11", ENTRUSTED, PowerType.PENALTY, {"includes_enforcement": True}),
    ("Q1", DELEGATED, ANY, {"is_questioned": False}),
    ("Q2", ENTRUSTED, ANY, {"has_refusing_answer": True}),
    ("A1", DELEGATED, ANY, {"is_assessed": False}),
    ("A2", ENTRUSTED, ANY, {"is_assessed": False}),
    ("A3", DELEGATED, PowerType.PENALTY, {"officers": 1}),
    (
        "R8",
        DELEGATED,
        ANY,
        {
            "receiver": Receiver.SUBDISTRICT,
            "bases": (NAMING, replace(PLAIN_LAW, names=frozenset({Receiver.TOWNSHIP}))),
        },
    ),
]


@pytest.mark.parametrize(("code", "mode", "power_type", "facts"), NEEDS_TRIED)
def test_each_need_is_named_alone(code, mode, power_type, facts):
    """A whole transfer has no findings; with one fact gone it has that one."""
    whole = replace(WHOLE, mode=mode, power_type=power_type)
    assert codes(whole) == set()
    expected = (
        {code, "R10"} if code == "R1i" and whole.stage == Stage.FORCE and "stage" not in facts else {code}
    )
    assert codes(replace(whole, **facts)) == expected


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    "power_type", [PowerType.PENALTY, PowerType.LICENCE, PowerType.BENEFIT, PowerType.OTHER]
)
def test_a_whole_transfer_has_no_findings(mode, power_type):
    assert judge(replace(WHOLE, mode=mode, power_type=power_type)) == []


def test_at_entry_nobody_asks_for_the_assessment():
    facts = replace(WHOLE, stage=Stage.ENTRY, is_assessed=False, is_questioned=False)
    assert judge(facts) == []


def test_the_gravest_finding_comes_first():
    facts = Facts(mode=ENTRUSTED, power_type=PowerType.COERCION, coercion=MEASURE)
    findings = judge(facts)
    assert findings[0].code == "E5"
    assert verdict_of(findings) == Verdict.REFUSED
    assert verdict_of([]) == Verdict.OK


def test_a_withdrawal_states_four_things():
    assert [finding.code for finding in judge_withdrawal(WithdrawalFacts())] == ["R5a", "R5b", "R5c", "R5d"]
    whole = WithdrawalFacts(
        reason="evaluation", document_number="北政发〔2026〕1号", on=DAY, has_department=True
    )
    assert judge_withdrawal(whole) == []


# --- Statutes ---


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_cited_statute_is_shipped(rule):
    """Only what is no statute (the policy, a judicial interpretation) has no text."""
    for article in rule.articles:
        if not article.law.endswith("号"):
            assert article.text, str(article)


def test_shipped_articles_speak_of_what_they_are_cited_for():
    assert "不得委托" in statutes()["行政强制法"]["articles"]["17"]
    assert "由乡级人民政府" in statutes()["土地管理法"]["articles"]["14"]


@pytest.mark.parametrize(("law", "article"), [("土地管理法", "14(2)"), ("森林法", "22(2)"), ("草原法", "16")])
def test_adjudication_is_for_townships_where_a_statute_says_so_and_never_for_subdistricts(law, article):
    basis = basis_of(f"中华人民共和国{law}", [article], level="法律")
    facts = Facts(
        mode=DELEGATED, power_type=PowerType.ADJUDICATION, bases=(basis,), receiver=Receiver.TOWNSHIP
    )
    assert case_of(facts).code == "O7"
    subdistrict = replace(facts, receiver=Receiver.SUBDISTRICT)
    assert case_of(subdistrict).code == "E3"
    assert "R8" in codes(subdistrict)


def test_an_abolished_statute_gives_nothing():
    basis = basis_of("土地管理法", ["14"], level="法律", is_abolished=True)
    facts = Facts(mode=DELEGATED, power_type=PowerType.ADJUDICATION, bases=(basis,))
    assert case_of(facts).code == "E3"


def test_demolition_in_villages_is_the_townships_own_by_statute():
    basis = basis_of("城乡规划法", ["65"], level="法律")
    facts = Facts(mode=DELEGATED, power_type=PowerType.COERCION, coercion=ENFORCEMENT, bases=(basis,))
    assert case_of(facts).code == "O4"


def test_delegation_without_law_or_decision_is_entrustment_in_effect():
    facts = Facts(mode=DELEGATED, power_type=PowerType.CONFIRMATION, bases=(PLAIN_LAW,))
    assert facts.is_entrustment_in_effect
    assert not replace(facts, provincial_decision=DECISION).is_entrustment_in_effect
    assert not replace(facts, bases=(NAMING,)).is_entrustment_in_effect
    assert not replace(facts, power_type=PowerType.SERVICE).is_entrustment_in_effect


# --- Words and remedies ---


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_refusal_names_its_article(rule):
    with override("en"):
        assert str(rule.sentence).endswith((".", "?"))
        if rule.articles:
            assert rule.cited in rule.message
        assert rule.label.startswith(rule.code)


def test_an_article_is_said_with_paragraph():
    with override("en"):
        assert RULES["E5"].cited.startswith("《行政强制法》 article 17 paragraph 1")


def test_help_texts_come_from_the_rows():
    assert "行政处罚法" in help_for("evaluation_due", DELEGATED)
    assert help_for("evaluation_due", ENTRUSTED) == ""


@pytest.mark.parametrize(
    ("mode", "line", "name", "defendant", "review"),
    [
        (DELEGATED, DepartmentLine.UNRECORDED, Body.TOWNSHIP, Body.TOWNSHIP, ReviewOrgan.COUNTY_GOVERNMENT),
        (DELEGATED, DepartmentLine.VERTICAL, Body.TOWNSHIP, Body.TOWNSHIP, ReviewOrgan.COUNTY_GOVERNMENT),
        (
            ENTRUSTED,
            DepartmentLine.GOVERNMENT,
            Body.DEPARTMENT,
            Body.DEPARTMENT,
            ReviewOrgan.COUNTY_GOVERNMENT,
        ),
        (ENTRUSTED, DepartmentLine.VERTICAL, Body.DEPARTMENT, Body.DEPARTMENT, ReviewOrgan.NEXT_HIGHER),
        (ENTRUSTED, DepartmentLine.MUNICIPAL, Body.DEPARTMENT, Body.DEPARTMENT, ReviewOrgan.NOT_RECORDED),
        (SECONDED, DepartmentLine.UNRECORDED, Body.DEPARTMENT, Body.DEPARTMENT, ReviewOrgan.NOT_RECORDED),
        (
            SECONDED,
            DepartmentLine.GOVERNMENT,
            Body.DEPARTMENT,
            Body.DEPARTMENT,
            ReviewOrgan.COUNTY_GOVERNMENT,
        ),
    ],
)
def test_remedies_follow_mode_and_line(mode, line, name, defendant, review):
    found = remedies(mode=mode, line=line)
    assert (found.name, found.defendant, found.review) == (name, defendant, review)
    assert found.is_on_record == (review != ReviewOrgan.NOT_RECORDED)


def test_what_is_recorded_of_the_review_organ_wins():
    found = remedies(mode=ENTRUSTED, line=DepartmentLine.MUNICIPAL, recorded_organ="青原市人民政府")
    assert (found.review, found.recorded_organ) == (ReviewOrgan.AS_RECORDED, "青原市人民政府")


def test_a_delegation_in_name_only_leaves_the_department_defendant():
    found = remedies(mode=DELEGATED, line=DepartmentLine.GOVERNMENT, is_entrustment_in_effect=True)
    assert (found.name, found.defendant) == (Body.TOWNSHIP, Body.DEPARTMENT)


def test_a_paper_is_published_within_twenty_working_days():
    assert publication_due(date(2025, 3, 3), WorkCalendar()) == date(2025, 3, 31)
    assert publication_due(None, WorkCalendar()) is None
    closed = WorkCalendar(closed=frozenset({date(2025, 3, 10)}))
    assert publication_due(date(2025, 3, 3), closed) == date(2025, 4, 1)
