"""A county with departments and townships, its people, and powers on their way down."""

from datetime import date

import pytest

from accounts.choices import Role, TownshipKind
from accounts.institutions import import_institutions
from accounts.models import County, Department, Township, User
from catalog import publishing
from catalog.choices import PowerType
from catalog.importing.drafts import store_draft
from catalog.importing.intake import take_in
from catalog.importing.planning import make_plan
from catalog.kinds import kind_called
from catalog.models import ItemList, Law
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode
from devolution.models import Assessment, FourQuestions, Instrument, Power, PowerBasis, Transfer
from township_portal.management.commands.make_demo import FOLDER

DAY = date(2025, 3, 3)
END = date(2028, 3, 1)
TODAY = date(2026, 11, 22)


def make_staff(county, role, name=None, **bodies) -> User:
    return User.objects.create_user(name or f"{role}.{county.code}", role=role, county=county, **bodies)


def make_power(
    department, name="对滥伐林木的处罚", power_type=PowerType.PENALTY, bases=(), **values
) -> Power:
    """A power of the department; `bases` are pairs of title and article."""
    citations = []
    for title, article in bases:
        law = Law.objects.get_or_create(title=title, defaults={"level": "法律"})[0]
        text = f"《{title}》第{article}条"
        citations.append(PowerBasis(text=text, law=law, law_title=title, articles=[article]))
    power = Power(county=department.county, department=department, name=name, power_type=power_type, **values)
    return lifecycle.record_power(power=power, by=None, bases=citations)


def make_paper(county, kind, number, **values) -> Instrument:
    values = {"made_on": DAY, "published_on": DAY, "valid_from": DAY, **values}
    return lifecycle.record_instrument(
        instrument=Instrument(county=county, kind=kind, number=number, **values), by=None
    )


@pytest.fixture
def county(db) -> County:
    return County.objects.create(code="990102", name="北原县", needs_second_person=False)


@pytest.fixture
def other_county(db) -> County:
    return County.objects.create(code="990101", name="青禾县", needs_second_person=False)


@pytest.fixture
def forestry(county) -> Department:
    return Department.objects.create(county=county, name="县林业和草原局", line="government")


@pytest.fixture
def water(county) -> Department:
    return Department.objects.create(county=county, name="县水务局", line="government")


@pytest.fixture
def elm(county) -> Township:
    return Township.objects.create(county=county, code="990102100", name="榆树镇", kind=TownshipKind.TOWN)


@pytest.fixture
def willow(county) -> Township:
    return Township.objects.create(county=county, code="990102101", name="柳河镇", kind=TownshipKind.TOWN)


@pytest.fixture
def subdistrict(county) -> Township:
    return Township.objects.create(
        county=county, code="990102001", name="城关街道", kind=TownshipKind.SUBDISTRICT
    )


@pytest.fixture
def farm(county) -> Township:
    return Township.objects.create(
        county=county, code="990102400", name="国营农场", kind=TownshipKind.QUASI_UNIT
    )


@pytest.fixture
def editor(county) -> User:
    return make_staff(county, Role.EDITOR)


@pytest.fixture
def approver(county) -> User:
    return make_staff(county, Role.APPROVER)


@pytest.fixture
def clerk_of_forestry(county, forestry) -> User:
    return make_staff(county, Role.DEPARTMENT, department=forestry)


@pytest.fixture
def clerk_of_elm(county, elm) -> User:
    return make_staff(county, Role.TOWNSHIP, township=elm)


@pytest.fixture
def power(forestry) -> Power:
    return make_power(forestry, bases=[("森林法", "76(2)"), ("行政处罚法", "20")])


@pytest.fixture
def entrustment(county) -> Instrument:
    return make_paper(county, InstrumentKind.ENTRUSTMENT, "北林委字〔2025〕1号", valid_to=END)


@pytest.fixture
def notice(county) -> Instrument:
    return make_paper(county, InstrumentKind.COUNTY_NOTICE, "北政发〔2025〕3号")


@pytest.fixture
def decision(county) -> Instrument:
    return make_paper(county, InstrumentKind.PROVINCIAL_DECISION, "青政令第301号")


@pytest.fixture
def withdrawal(county) -> Instrument:
    return make_paper(county, InstrumentKind.WITHDRAWAL, "北政发〔2026〕8号")


@pytest.fixture
def ready(editor):
    """Answer the questions and assess the townships, so that a transfer can be put in force."""

    def ready(transfer, officers=2):
        questions = FourQuestions(
            transfer=transfer, should=True, needed=True, allowed=True, possible=True, answered_on=DAY
        )
        lifecycle.answer_questions(questions=questions, by=editor)
        for row in transfer.receipts.prepared():
            assessment = Assessment(township=row.township, assessed_on=DAY, officers=officers)
            lifecycle.assess(assessment=assessment, by=editor, rows=[row])
        return transfer

    return ready


@pytest.fixture
def entrusted(power, entrustment, elm, willow, editor) -> Transfer:
    """A penalty entrusted to two towns, prepared and complete but for questions and assessment."""
    transfer = Transfer(
        power=power, instrument=entrustment, mode=Mode.ENTRUSTED, authority="立案、调查取证、作出决定"
    )
    return lifecycle.prepare(transfer=transfer, townships=[elm, willow], by=editor)


@pytest.fixture
def delegated(power, notice, decision, elm, editor) -> Transfer:
    """The same penalty delegated to one town, prepared and complete but for questions and assessment."""
    transfer = Transfer(
        power=power,
        instrument=notice,
        mode=Mode.DELEGATED,
        provincial_decision=decision,
        evaluation_due=date(2027, 3, 1),
    )
    return lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)


@pytest.fixture
def running(entrusted, ready, editor) -> Transfer:
    """The entrusted penalty in force in both towns."""
    lifecycle.hand_down(transfers=[ready(entrusted)], by=editor, valid_from=DAY)
    return entrusted


@pytest.fixture
def running_delegation(delegated, ready, editor) -> Transfer:
    """The delegated penalty in force in its one town."""
    lifecycle.hand_down(transfers=[ready(delegated)], by=editor, valid_from=DAY)
    return delegated


# --- A county into which catalogues are imported ---


@pytest.fixture
def beiyuan(county):
    """北原县 as its institutions workbook describes it, with some laws on record."""
    import_institutions((FOLDER / "beiyuan_institutions.xlsx").read_bytes(), county=county)
    Law.objects.bulk_create(
        Law(title=title, level="法律") for title in ("森林法", "行政处罚法", "土地管理法")
    )
    return county


@pytest.fixture
def read(beiyuan):
    """Take a catalogue in: `read(content, kind)`."""

    def read(content, kind="entrusted_powers", **options):
        options.setdefault("on", TODAY)
        return take_in(content, "目录.xlsx", kind=kind_called(kind), county=beiyuan, **options)

    return read


@pytest.fixture
def keep(read, beiyuan, editor):
    """Import a catalogue as far as its draft, leaving out what is refused."""

    def keep(content, kind="entrusted_powers", **options):
        intake = read(content, kind, **options)
        intake.leave_out_refused()
        item_list, _ = ItemList.objects.get_or_create(county=beiyuan, kind=kind)
        plan = make_plan(intake, publishing.edition_before(item_list))
        edition = store_draft(plan=plan, item_list=item_list, by=editor)
        return publishing.confirm(edition=edition, by=editor, gone=publishing.number_to_type(edition))

    return keep
