"""Powers on their whole way: a catalogue found in force, three powers taken back, a new one handed down."""

import pytest

from accounts.institutions import import_institutions
from catalog.models import ItemList, Law
from devolution.choices import InstrumentKind, Mode
from devolution.models import Power, TransferTownship
from tests import factories
from tests.browser.staff import act, choose, confirm, import_workbook, save, sign_in
from township_portal.management.commands.make_demo import FOLDER

ADMIN = "/admin/devolution"
ELM, NEW = "/t/990102100/powers/", "农村危房改造对象复核"


@pytest.fixture
def catalogue(transactional_db, clock):
    """北原县 with its institutions and an empty catalogue; one clerk does it all."""
    clock("2026-03-10 12:00")
    county = factories.make_county("990102", "北原县", needs_second_person=False)
    import_institutions((FOLDER / "beiyuan_institutions.xlsx").read_bytes(), county=county)
    Law.objects.create(title="社会救助暂行办法", level="行政法规")
    factories.make_user(county=county, username="clerk", is_staff=True)
    return ItemList.objects.create(county=county, kind="delegated_powers")


def shown(page, address):
    """The words of a public page."""
    page.goto(address)
    return page.locator("main").inner_text()


def test_powers_come_down_and_go_back_while_a_resident_watches(page, catalogue):
    sign_in(page)

    import_workbook(page, catalogue, "delegated_powers.xlsx")
    confirm(page)
    # What is only prepared is nobody's business yet.
    assert "对滥伐林木的处罚" not in shown(page, ELM)
    page.goto(f"/admin/catalog/edition/{catalogue.editions.get().pk}/change/")
    page.click("a[href*='/take-over/']")
    act(page, since="2024-01-01", document="《北原县政府部门下放乡镇事权目录》")
    assert "53" in shown(page, ELM)
    page.click("main a:has-text('对滥伐林木的处罚')")
    assert "《北原县政府部门下放乡镇事权目录》" in page.locator("main").inner_text()

    save_paper(page, kind=InstrumentKind.WITHDRAWAL, number="北政发〔2026〕8号")
    roads = catalogue.county.departments.get(name="县交通运输局")
    page.goto(f"{ADMIN}/transfertownship/?power__department__id__exact={roads.pk}")
    choose(page, None, "withdraw")
    decision = page.locator("select[name=instrument] option:has-text('北政发〔2026〕8号')")
    act(
        page,
        reason="cannot_be_carried",
        instrument=decision.get_attribute("value"),
        on="2026-03-10",
        department=str(roads.pk),
    )
    assert "50" in shown(page, ELM)
    assert "公路" not in page.locator("table.entries").inner_text()
    power = Power.objects.get(name__startswith="对造成公路路面损坏")
    assert "北政发〔2026〕8号" in shown(page, f"/990102/powers/{power.code}/")
    assert "县交通运输局" in page.locator("main").inner_text()

    number = hand_a_new_one_down(page, catalogue.county)
    assert NEW in shown(page, ELM)
    page.click(f"main a:has-text('{NEW}')")
    words = page.locator("main").inner_text()
    assert page.url.endswith(f"/990102/powers/{number}/")
    for said in ["县住房和城乡建设局", "北建委字〔2026〕3号", "2028", "受理、审查"]:
        assert said in words


def save_paper(page, **fields):
    page.goto(f"{ADMIN}/instrument/add/")
    save(page, **fields)


def hand_a_new_one_down(page, county) -> str:
    """A further power through the four questions and the assessment; its code."""
    housing = county.departments.get(name="县住房和城乡建设局")
    page.goto(f"{ADMIN}/power/add/")
    page.click(".inline-group:has([name='bases-TOTAL_FORMS']) .add-row a")
    save(
        page,
        department=str(housing.pk),
        name=NEW,
        power_type="07",
        **{"bases-0-text": "《社会救助暂行办法》第四十八条"},
    )
    save_paper(
        page,
        kind=InstrumentKind.ENTRUSTMENT,
        number="北建委字〔2026〕3号",
        department=str(housing.pk),
        made_on="2026-03-02",
        published_on="2026-03-04",
        valid_from="2026-03-05",
        valid_to="2028-03-05",
    )
    power = Power.objects.get(name=NEW)
    elm = county.townships.get(name="榆树镇")
    page.goto(f"{ADMIN}/power/?q={NEW}")
    choose(page, [NEW], "prepare_transfers")
    paper = page.locator("select[name=instrument] option:has-text('北建委字〔2026〕3号')")
    act(
        page,
        mode=Mode.ENTRUSTED,
        instrument=paper.get_attribute("value"),
        townships=str(elm.pk),
        authority="受理、审查",
    )
    row = TransferTownship.objects.get(power=power)
    # Not before it is asked whether it should go down, and whether the town can carry it.
    page.goto(f"{ADMIN}/transfertownship/?standing=prepared")
    choose(page, [NEW], "put_in_force")
    page.fill("input[name=valid_from]", "2026-03-10")
    page.click("input[name=_act]")
    assert page.locator(".errorlist li").count() >= 2
    assert NEW not in shown(page, ELM)

    page.goto(f"{ADMIN}/transfer/{row.transfer_id}/change/")
    page.click(".inline-group:has([name='questions-TOTAL_FORMS']) .add-row a")
    answers = {f"questions-0-{name}": True for name in ("should", "needed", "allowed", "possible")}
    save(page, **answers, **{"questions-0-answered_on": "2026-03-03"})
    page.goto(f"{ADMIN}/transfertownship/?standing=prepared")
    choose(page, [NEW], "assess")
    act(page, assessed_on="2026-03-03", officers="2")
    page.goto(f"{ADMIN}/transfertownship/?standing=prepared")
    choose(page, [NEW], "put_in_force")
    act(page, valid_from="2026-03-10")
    return power.code
