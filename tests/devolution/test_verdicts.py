"""One law, four ways in: code, action, import and form say the same of the same case."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.urls import reverse

from catalog.choices import POWER_TYPE_NAMES, PowerType
from catalog.importing.intake import take_in
from catalog.kinds import kind_called
from catalog.models import Law
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode
from devolution.models import Instrument, Transfer
from devolution.rules import Verdict, verdict_of
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
FORESTRY, PENALTY_LAW = ("森林法", "76"), ("行政处罚法", "20")
LEVELS = {"森林法": "法律", "行政处罚法": "法律", "行政强制法": "法律"}


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
    kind = POWER_TYPE_NAMES[found.power_type]
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
    heading = (
        HEADING
        if found.mode == Mode.ENTRUSTED
        else ["序号", "下放部门", *HEADING[2:5], "授权范围", "承接主体"]
    )
    return written([row[: len(heading)]], title="北原县事项目录", heading=heading)


def read(found: Case, paper: Instrument, county):
    """What the import says, by rule."""
    stated = {"published_on": paper.published_on}
    if found.mode == Mode.DELEGATED:
        stated |= {"document_number": paper.number, "effective_on": paper.valid_from}
    kind = kind_called(f"{found.mode}_powers")
    intake = take_in(
        sheet(found, paper), "目录.xlsx", kind=kind, county=county, stated=stated, on=date(2026, 4, 1)
    )
    (row,) = intake.rows
    return {finding.code: finding.values["verdict"] for finding in row.findings}, row.is_refused


@pytest.mark.parametrize("found", CASES, ids=lambda found: "-".join(sorted(found.says)))
def test_four_ways_in_hear_the_same_law(found, county, forestry, editor, elm, farm, signed_in, clock):
    clock("2026-04-01 12:00")
    for title, level in LEVELS.items():
        Law.objects.create(title=title, level=level)
    township = {"榆树镇": elm, "国营农场": farm}[found.to]
    power = make_power(forestry, found.name, found.power_type, bases=found.bases)
    kind = InstrumentKind.ENTRUSTMENT if found.mode == Mode.ENTRUSTED else InstrumentKind.COUNTY_NOTICE
    values = {"number": "北林委字〔2026〕1号", "published_on": DAY, "valid_from": DAY}
    if found.mode == Mode.ENTRUSTED:
        values |= {"valid_to": date(2028, 3, 1), "department": forestry}
    paper = Instrument(county=county, kind=kind, **values | found.paper)
    lifecycle.record_instrument(instrument=paper, by=None)

    transfer = Transfer(power=power, instrument=paper, mode=found.mode, authority=found.authority)
    findings = lifecycle.examine(transfer, [township], on=date(2026, 4, 1))
    assert {finding.code for finding in findings} == found.says
    assert verdict_of(findings) == found.verdict

    browser = signed_in(editor)
    data = {"action": "prepare_transfers", "_selected_action": power.pk, "_look": "1", "mode": found.mode}
    data |= {"instrument": paper.pk, "townships": township.pk, "authority": found.authority}
    page = browser.post(reverse("admin:devolution_power_changelist"), data)
    assert {finding["code"] for finding in page.context["findings"]} == found.says

    said, is_refused = read(found, paper, county)
    assert said.keys() == found.says
    assert said == {finding.code: finding.verdict.value for finding in findings}
    assert is_refused == (found.verdict == Verdict.REFUSED)

    data = {"power": power.pk, "instrument": paper.pk, "mode": found.mode, "authority": found.authority}
    data |= {"receivers": township.pk, "questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0}
    data |= {"receipts-TOTAL_FORMS": 0, "receipts-INITIAL_FORMS": 0}
    page = browser.post(reverse("admin:devolution_transfer_add"), data, follow=True)
    if found.verdict == Verdict.REFUSED:
        errors = page.context["adminform"].form.non_field_errors().as_data()
        assert {error.code for error in errors} == {
            finding.code for finding in findings if finding.verdict == Verdict.REFUSED
        }
        assert not Transfer.objects.exists()
    else:
        told = {str(message).partition(":")[0] for message in page.context["messages"]}
        assert told >= found.says
        assert Transfer.objects.get().receipts.prepared().count() == 1
