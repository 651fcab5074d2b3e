"""Every public page under the rules of axe, WCAG 2.2 AA included: in both languages, narrow and wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.choices import Role
from accounts.models import TownshipSuccession
from catalog.choices import HandlingRule, PowerType
from catalog.models import Category, Channel, Guide, Item, ItemList, Material, Step
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode, WithdrawalReason
from devolution.models import Evaluation, PowerItem, Transfer
from tests import factories
from tests.catalog import published
from tests.devolution.conftest import DAY, END, make_paper, make_power

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = [320, 1280]
# Beside the pages with content: a merged township, a farm, an item no longer in force, nothing at all.
ADDRESSES = [
    *published.ADDRESSES,
    "/990101/lists/public_services/?page=2",
    "/t/990101101/",
    "/t/990101400/",
    "/990101/items/999/",
    "/nope/",
    "/990102/",
    # Powers: a list, narrowed, empty and of another day; one in force, one in doubt, one taken back.
    "/990101/powers/",
    "/990101/powers/?mode=entrusted&type=nonsense&on=2025-06-01",
    "/990101/powers/?on=2001-01-01",
    "/990102/powers/",
    "/990101/powers/1/",
    "/990101/powers/2/",
    "/990101/powers/3/",
    "/t/990101100/powers/",
    "/t/990101100/powers/list/",
    "/t/990101400/powers/",
    "/990101/admissions/",
    "/search/?q=救助&county=990101",
    "/search/?q=宇宙飞船&township=990101100",
    "/search/?event=birth&county=990101",
    "/townships/",
    "/t/990101100/items/1/report/",
    "/990101/receipts/?number=none",
]


@pytest.fixture
def portal(transactional_db):
    """A county with everything a page can show, and one with nothing."""
    factories.make_county("990102", "北原县")
    record = {"province": "北原省", "organiser": "青禾县人民政府", "icp_record": "北ICP备1号"}
    county = factories.make_county(needs_second_person=False, **record)
    town = factories.make_township(county, 100, "柳溪镇", centre_phone="0451-57211010")
    merged = factories.make_township(county, 101, "平安镇")
    factories.make_township(county, 400, "国有农场")
    TownshipSuccession.objects.create(predecessor=merged, successor=town, effective_on=published.FORMER)
    factories.make_office(town, "民政民生办公室", phone="0451-57211013")
    services = ItemList.objects.create(county=county, kind="public_services")
    category = Category.objects.create(code="social", name="基本社会服务", name_en="Basic social services")
    rows = list(published.many(64, category=category, category_name="基本社会服务"))
    rows[2]["power_type"] = PowerType.PENALTY
    published.issue(services, [*rows, {"name": "旧事项", "number": 999}], effective_on=published.FORMER)
    published.issue(services, rows, notes="注：本清单实行动态调整。", index_number="990101/2025-12")
    coming = {"effective_on": published.COMING, "published_on": published.CURRENT}
    published.issue(services, rows[:3], **coming)
    fill_in_guide(Item.objects.get(number=1))
    hand_powers_down(county, town)


def hand_powers_down(county, town):
    """Three powers found in force: one entrusted and evaluated, one in doubt, one taken back since."""
    approver = factories.make_user(Role.APPROVER, county)
    department = factories.make_department(county, "县水务局", phone="0451-57210000")
    entrustment = make_paper(county, InstrumentKind.ENTRUSTMENT, "青水委〔2025〕1号", valid_to=END)
    notice = make_paper(county, InstrumentKind.COUNTY_NOTICE, "青政发〔2025〕3号", title="下放事权的通知")
    for name, paper, mode in [
        ("对堆放阻碍行洪物体的处罚", entrustment, Mode.ENTRUSTED),
        ("对擅自取水的处罚", notice, Mode.DELEGATED),
        ("对破坏水利工程的处罚", entrustment, Mode.ENTRUSTED),
    ]:
        power = make_power(department, name, bases=[("水法", "65")], responsibilities="立案、调查")
        transfer = Transfer(power=power, instrument=paper, mode=mode, authority="立案、调查")
        lifecycle.prepare(transfer=transfer, townships=[town], by=approver)
        lifecycle.take_over_as_found(transfers=[transfer], by=approver, since=DAY, document="事权目录")
        figures = {"cases": 3, "quality": "fair", "verdict": "keep"}
        evaluation = Evaluation(transfer=transfer, evaluated_on=published.CURRENT, **figures)
        lifecycle.evaluate(evaluation=evaluation, by=approver)
    lifecycle.withdraw(
        rows=transfer.receipts.all(),
        by=approver,
        reason=WithdrawalReason.EVALUATION,
        instrument=make_paper(county, InstrumentKind.WITHDRAWAL, "青政发〔2026〕1号"),
        on=published.TODAY,
        department=department,
    )
    PowerItem.objects.create(power=county.powers.get(number=1), item=Item.objects.get(number=1))


def fill_in_guide(item):
    """What to bring, how and how long, so that every part of the item's page stands."""
    guide = Guide.objects.create(
        item=item, valid_from=published.CURRENT, rule=HandlingRule.ACCEPTED_HERE, popular_names="低保"
    )
    Material.objects.create(guide=guide, position=1, name="居民身份证")
    Step.objects.create(guide=guide, position=1, name="提出申请", text="到窗口提交材料。")
    Channel.objects.create(guide=guide, kind="online", link="https://example.invalid/")


@pytest.fixture(scope="session")
def axe():
    return Axe()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_axe_finds_nothing(page, portal, clock, axe, prefix, width):
    clock("2026-03-10 12:00")
    page.set_viewport_size({"width": width, "height": 900})
    for address in ADDRESSES:
        page.goto(prefix + address)
        results = axe.run(page, options=RULES)
        assert results.response["passes"]
        assert results.violations_count == 0, f"{prefix}{address}\n{results.generate_report()}"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_nothing_is_wider_than_a_narrow_screen(page, portal, clock, prefix):
    """320 px is also what 1280 px become at 400 % zoom."""
    clock("2026-03-10 12:00")
    page.set_viewport_size({"width": 320, "height": 900})
    for address in ADDRESSES:
        page.goto(prefix + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, prefix + address


def test_resident_finds_an_item_by_keyboard(page, portal, clock):
    """Without a script and without a mouse: skip link, county's township, item."""
    clock("2026-03-10 12:00")
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    for link in ["/t/990101100/", "/t/990101100/items/1/"]:
        page.locator(f"main a[href='{link}']").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{link}")
    assert page.locator("h1").count() == 1
    assert "0451-57211013" in page.locator("main").text_content()
