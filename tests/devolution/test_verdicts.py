"""One law, four ways in: code, action, import and form say the same of the same case."""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse

from catalog.choices import POWER_TYPE_NAMES, PowerType
from catalog.importing.intake import take_in
from catalog.kinds import kind_called
from catalog.models import Law
from devolution import lifecycle
from devolution.catalogues.proposals import PAPER_OF_MODE
from devolution.choices import Mode
from devolution.factfinding import COMPANIONS
from devolution.models import Instrument, Transfer
from devolution.rules import Facts, Verdict, case_of, verdict_of
from devolution.rules.cases import CASES as TABLE
from devolution.rules.row import EVERY_TYPE
from devolution.wording import basis_of, coercion_kind, is_heavy, restricts_liberty
from tests.catalog.workbooks import written
from tests.devolution.conftest import make_power

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
HEADING = [
    "序号",
    "委托机关",
    "事项名称",
    "权力类别",
    "委托依据",
    "委托权限",
    "受委托单位",
    "起始日期",
    "终止日期",
    "委托书编号",
]
HEADINGS = {
    Mode.ENTRUSTED: HEADING,
    Mode.DELEGATED: ["序号", "下放部门", *HEADING[2:5], "授权范围", "承接主体"],
    Mode.SECONDED: ["序号", "派驻部门", *HEADING[2:5], "授权范围", "派驻乡镇"],
}
FORESTRY, PENALTY_LAW = ("森林法", "76"), ("行政处罚法", "20")
LEVELS = {
    "森林法": "法律",
    "行政处罚法": "法律",
    "行政强制法": "法律",
    "行政许可法": "法律",
    "土地管理法": "法律",
    "城乡规划法": "法律",
    "社会救助暂行办法": "行政法规",
}


@dataclass(frozen=True)
class Case:
    """A power on its way to a township, and what the law says to it."""

    says: frozenset[str]
    verdict: Verdict
    name: str = "对滥伐林木的处罚"
    power_type: PowerType = PowerType.PENALTY
    mode: Mode = Mode.ENTRUSTED
    bases: tuple = (FORESTRY, PENALTY_LAW)
    to: str = "榆树镇"
    authority: str = "立案、调查"
    paper: dict = field(default_factory=dict)
    is_marked: bool = False  # staff have marked that the cited articles permit entrusting
    companion: bool = False  # a penalty of the department goes down by the same paper


def case(says, verdict, **values):
    return Case(frozenset(says.split()), verdict, **values)


SEAL = {"name": "查封林木加工场所", "power_type": PowerType.COERCION, "bases": (FORESTRY,)}
INSPECT = {"name": "森林防火检查", "power_type": PowerType.INSPECTION}
DOWN = {"mode": Mode.DELEGATED, "authority": ""}
CASES = [
    case("E5 R1d", Verdict.REFUSED, **SEAL),
    case("E6 R1d", Verdict.REFUSED, **SEAL | {"name": "强制拆除林区违法建筑"}),
    case("E2 R6", Verdict.REFUSED, **SEAL, **DOWN),
    case("E7 R1d", Verdict.REFUSED, name="林地权属裁决", power_type=PowerType.ADJUDICATION),
    case("E1 R3a R3b R3d R6", Verdict.REFUSED, name="对寻衅滋事行为人的行政拘留", **DOWN),
    case("R9 R1d", Verdict.REFUSED, to="国营农场"),
    case("I5 R1d", Verdict.INCOMPLETE, bases=()),
    case("R1c R1d", Verdict.INCOMPLETE, paper={"number": ""}),
    case("R1f R1d", Verdict.INCOMPLETE, paper={"valid_to": None, "is_open_ended": True, "term_text": "长期"}),
    case("R1h R1d", Verdict.INCOMPLETE, authority=""),
    case("R2 R1d", Verdict.INCOMPLETE, paper={"valid_to": date(2026, 3, 20)}),
    case("R3a R3b R3d R6", Verdict.INCOMPLETE, **DOWN),
    case("W8 R1d", Verdict.WARNING, bases=(FORESTRY,)),
    case("W10 R1d", Verdict.WARNING, bases=(), **INSPECT),
    case("W6 R6", Verdict.WARNING, **INSPECT, **DOWN),
    case("R1d", Verdict.WARNING),
    case("R6", Verdict.WARNING, name="生育登记", power_type=PowerType.CONFIRMATION, **DOWN),
    case("W2 R3a R3b R3d R6", Verdict.INCOMPLETE, name="吊销采伐许可证", **DOWN),
]


def sheet(found: Case, paper: Instrument) -> bytes:
    """The case as a county would print it."""
    days = [paper.valid_from, paper.last_day or paper.term_text]
    basis = "；".join(f"《{title}》第{article}条" for title, article in found.bases)
    kind = POWER_TYPE_NAMES[found.power_type] if found.power_type else ""
    row = [
        1,
        "县林业和草原局",
        found.name,
        kind,
        basis,
        found.authority,
        found.to,
        *map(str, days),
        paper.number,
    ]
    heading = HEADINGS[found.mode]
    return written([row[: len(heading)]], title="北原县事项目录", heading=heading)


def read(found: Case, paper: Instrument, county):
    """What the import says, by rule."""
    stated = {"published_on": paper.published_on}
    if found.mode != Mode.ENTRUSTED:
        stated |= {"document_number": paper.number, "effective_on": paper.valid_from}
    kind = kind_called(f"{found.mode}_powers")
    intake = take_in(
        sheet(found, paper), "目录.xlsx", kind=kind, county=county, stated=stated, on=date(2026, 4, 1)
    )
    (row,) = intake.rows
    return {finding.code: finding.values["verdict"] for finding in row.findings}, row.is_refused


@pytest.fixture
def four_ways(county, forestry, editor, elm, farm, signed_in, clock):
    """Bring a case in by code, action, import and form; what each heard, the same everywhere."""
    clock("2026-04-01 12:00")
    for title, level in LEVELS.items():
        Law.objects.get_or_create(title=title, level=level)
    towns = {"榆树镇": elm, "国营农场": farm}
    browser = signed_in(editor)

    def four_ways(found):
        power = make_power(forestry, found.name, found.power_type, bases=found.bases)
        power.bases.update(permits_entrusting=found.is_marked)
        paper = recorded(found, county, forestry)
        if found.companion:
            penalty = Transfer(power=make_power(forestry, "对毁林的处罚"), instrument=paper, mode=found.mode)
            lifecycle.prepare(transfer=penalty, townships=[elm], by=editor)
        return heard(found, power, paper, towns[found.to], browser)

    return four_ways


@pytest.mark.parametrize("found", CASES, ids=lambda found: "-".join(sorted(found.says)))
def test_four_ways_in_hear_the_same_law(found, four_ways):
    assert four_ways(found) == found.says


def test_every_row_of_the_table_is_heard_in_every_way_in(four_ways):
    """Mode × type × condition: each row has a case it speaks of, and is silent in the cases of its neighbours."""
    wrong = []
    codes = {rule.code for rule in TABLE if rule.verdict != Verdict.OK}
    for rule, power_type in [(row, power_type) for row in TABLE for power_type in sorted(types_of(row))]:
        with transaction.atomic():
            said = four_ways(case_for(rule, power_type)) & codes
            transaction.set_rollback(True)
        if said != {rule.code} & codes:
            wrong.append(f"{rule.code} {power_type}: {said}")
    assert wrong == []


def types_of(rule):
    """The types a row speaks of; a row for every type is for one that is not stated, too."""
    return set(rule.types) | ({""} if rule.types == EVERY_TYPE else set())


NAMES = {
    PowerType.PENALTY: ["对滥伐林木的处罚", "对寻衅滋事行为人的行政拘留", "吊销采伐许可证"],
    PowerType.COERCION: ["查封林木加工场所", "强制拆除林区违法建筑", "林区应急强制"],
}
CITED = [
    (),
    (FORESTRY,),
    (PENALTY_LAW,),
    (("行政许可法", "24"),),
    (("社会救助暂行办法", "48"),),
    (("土地管理法", "14"),),
    (("土地管理法", "62"),),
    (("城乡规划法", "65"),),
]


def case_for(rule, power_type) -> Case:
    """The first case of the pool for which the law looks at this row; a row nobody can meet is an error."""
    (mode, *_others) = rule.modes
    for name in NAMES.get(power_type, ["林区管护事项"]):
        for bases in CITED:
            for is_marked, companion in product([False, True], [False, mode == Mode.DELEGATED]):
                found = Case(
                    frozenset(),
                    rule.verdict,
                    name,
                    power_type,
                    mode,
                    bases,
                    is_marked=is_marked and bool(bases),
                    companion=companion,
                )
                if case_of(facts_in(found)) is rule:
                    return found
    pytest.fail(f"no case for {rule.code} and type {power_type!r}")


def facts_in(found: Case) -> Facts:
    cited = tuple(basis_of(title, [article], level=LEVELS[title]) for title, article in found.bases)
    if found.is_marked:
        cited = tuple(replace(basis, permits=frozenset({found.power_type})) for basis in cited)
    return Facts(
        mode=found.mode,
        power_type=found.power_type,
        coercion=coercion_kind(found.name, found.power_type),
        restricts_liberty=restricts_liberty(found.name),
        is_heavy=is_heavy(found.name),
        bases=cited,
        accompanies_penalty=found.companion and found.power_type in COMPANIONS,
    )


def recorded(found: Case, county, department) -> Instrument:
    """The paper of a case, with all that the law wants of it but for what the case leaves out."""
    values = {"number": "北林委字〔2026〕1号", "published_on": DAY, "valid_from": DAY}
    if found.mode == Mode.ENTRUSTED:
        values |= {"valid_to": date(2028, 3, 1), "department": department}
    paper = Instrument(county=county, kind=PAPER_OF_MODE[found.mode], **values | found.paper)
    return lifecycle.record_instrument(instrument=paper, by=None)


def heard(found: Case, power, paper, township, browser) -> set[str]:
    """The rules that speak, by whichever way the case comes in."""
    transfer = Transfer(power=power, instrument=paper, mode=found.mode, authority=found.authority)
    findings = lifecycle.examine(transfer, [township], on=date(2026, 4, 1))
    says = {finding.code for finding in findings}
    if found.says:
        assert verdict_of(findings) == found.verdict

    data = {"action": "prepare_transfers", "_selected_action": power.pk, "_look": "1", "mode": found.mode}
    data |= {"instrument": paper.pk, "townships": township.pk, "authority": found.authority}
    page = browser.post(reverse("admin:devolution_power_changelist"), data)
    assert {finding["code"] for finding in page.context["findings"]} == says

    said, is_refused = read(found, paper, power.county)
    assert said == {finding.code: finding.verdict.value for finding in findings}
    is_unlawful = verdict_of(findings) == Verdict.REFUSED
    assert is_refused == is_unlawful

    data = {"power": power.pk, "instrument": paper.pk, "mode": found.mode, "authority": found.authority}
    data |= {"receivers": township.pk, "questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0}
    data |= {"receipts-TOTAL_FORMS": 0, "receipts-INITIAL_FORMS": 0}
    page = browser.post(reverse("admin:devolution_transfer_add"), data, follow=True)
    if is_unlawful:
        errors = page.context["adminform"].form.non_field_errors().as_data()
        assert {error.code for error in errors} == {
            finding.code for finding in findings if finding.verdict == Verdict.REFUSED
        }
        assert not Transfer.objects.filter(power=power).exists()
    else:
        told = {str(message).partition(":")[0] for message in page.context["messages"]}
        assert told >= says
        assert Transfer.objects.get(power=power).receipts.prepared().count() == 1
    return says
