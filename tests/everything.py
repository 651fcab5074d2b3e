"""A small portal with everything a public page can show, and the address of every page."""

from datetime import timedelta

from accounts.choices import Role
from accounts.models import TownshipSuccession
from catalog import publishing
from catalog.choices import CommentVerdict, EditionState, HandlingRule, PowerType
from catalog.hearing import report_error
from catalog.models import Category, Channel, Entry, Guide, Item, ItemList, Material, Step
from catalog.search.indexing import rewrite
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode, WithdrawalReason
from devolution.models import Evaluation, PowerItem, Transfer
from tests import factories
from tests.catalog import published
from tests.devolution.conftest import DAY, END, make_paper, make_power

MOMENT = "2026-03-10 12:00"
ADDRESSES = [
    *published.ADDRESSES,
    # A list in pages, a township that gave way, a farm, an item no longer in force, a day too early.
    "/990101/lists/public_services-strong/?page=2",
    "/990101/lists/public_services/compare/?from=2024-01-01&to=2025-07-15",
    "/t/990101101/",
    "/t/990101400/",
    # Another day.
    "/t/990101101/?on=2023-06-01",
    "/t/990101100/?on=2024-06-01",
    "/990101/items/999/",
    "/990101/powers/?on=2001-01-01",
    # Nowhere, and a county with nothing.
    "/nope/",
    "/990102/",
    "/990102/powers/",
    # Powers: a list, narrowed and of another day; one in force, one in doubt, one taken back.
    "/990101/powers/",
    "/990101/powers/?mode=entrusted&type=nonsense&on=2025-06-01",
    "/990101/powers/1/",
    "/990101/powers/2/",
    "/990101/powers/3/",
    "/t/990101100/powers/",
    "/t/990101100/powers/list/",
    "/t/990101400/powers/",
    "/990101/admissions/",
    "/990101/compare/?first=990101100&second=990101102&all=1",
    # Finding.
    "/search/?q=救助&county=990101",
    "/search/?q=宇宙飞船&township=990101100",
    "/search/?event=birth&county=990101",
    "/search/",
    "/townships/",
    "/townships/?q=柳溪",
    "/t/990101100/items/1/report/",
    "/990101/receipts/?number=none",
    "/open-data/",
    "/990101/open-data/",
]

# Papers for a printer, which are in no way for elders: they are as large as paper allows.
SHEETS = ["/t/990101100/items/1/notice/", "/t/990101100/wall/"]


def make_everything() -> list[str]:
    """A county with everything, one with nothing, and the addresses of all pages."""
    factories.make_county("990102", "北原县")
    record = {
        "province": "北原省",
        "organiser": "青禾县人民政府",
        "icp_record": "北ICP备1号",
        "site_code": "9901010001",
    }
    county = factories.make_county(needs_second_person=False, **record)
    town = factories.make_township(county, 100, "柳溪镇", centre_phone="0451-57211010")
    merged = factories.make_township(county, 101, "平安镇")
    factories.make_township(county, 102, "红旗乡")
    factories.make_township(county, 400, "国有农场")
    TownshipSuccession.objects.create(predecessor=merged, successor=town, effective_on=published.FORMER)
    factories.make_office(town, "民政民生办公室", phone="0451-57211013")
    factories.make_village(town, "东谷村")
    services = ItemList.objects.create(county=county, kind="public_services")
    category = Category.objects.create(code="social", name="基本社会服务", name_en="Basic social services")
    rows = list(published.many(6, category=category, category_name="基本社会服务"))
    rows[2]["power_type"] = PowerType.PENALTY
    published.issue(services, [*rows, {"name": "旧事项", "number": 999}], effective_on=published.FORMER)
    published.issue(services, rows, notes="注：本清单实行动态调整。", index_number="990101/2025-12")
    coming = {"effective_on": published.COMING, "published_on": published.CURRENT}
    published.issue(services, rows[:3], **coming)
    fill_in_guide(Item.objects.get(number=1))
    hand_powers_down(county, town)
    make_long_list(county)
    rewrite(county, "items")
    return [*ADDRESSES, *ask_for_comments(town), report_something(town)]


def report_something(town) -> str:
    """A mistake somebody has found; the address of the receipt."""
    entry = Entry.objects.in_force(published.TODAY).filter(item__number=1).first()
    taken = report_error(entry=entry, township=town, text="电话打不通", on=published.TODAY)
    return f"/990101/receipts/{taken.receipt}/"


def make_long_list(county):
    """So many short rows that they take two pages."""
    strong = factories.make_township_class(county)
    services = ItemList.objects.create(county=county, kind="public_services", township_class=strong)
    published.issue(services, [{"name": f"代办服务{number}", "number": 100 + number} for number in range(63)])


def ask_for_comments(town) -> list[str]:
    """Two drafts the public has been asked about, one of them still open; the addresses of their pages."""
    clerk = factories.make_user(Role.EDITOR, town.county)
    own = ItemList.objects.create(county=town.county, kind="public_services", township=town)
    addresses = []
    for year in (2028, 2029):
        day = published.TODAY.replace(year=year)
        draft = published.issue(own, ["低保申请"], state=EditionState.DRAFT, effective_on=day)
        period = publishing.open_comment(
            edition=draft,
            by=clerk,
            on=published.TODAY,
            last_day=published.TODAY + timedelta(days=9),
            notice="欢迎提意见",
        )
        comment = publishing.give_comment(period=period, on=published.TODAY, text="办理时间太短")
        publishing.answer_comment(comment=comment, by=clerk, verdict=CommentVerdict.TAKEN, answer="已缩短")
        place = period.get_absolute_url()
        addresses += [place, f"{place}1/", f"{place}comment/", f"/990101/receipts/{comment.receipt}/"]
    publishing.give_up(edition=draft, by=clerk, on=published.TODAY, reason="政策调整")
    # What has been given up leads to its first page.
    return [address for address in addresses if address not in (f"{place}1/", f"{place}comment/")]


def fill_in_guide(item):
    """What to bring, how and how long, so that every part of the item's page stands."""
    guide = Guide.objects.create(
        item=item, valid_from=published.CURRENT, rule=HandlingRule.ACCEPTED_HERE, popular_names="低保"
    )
    Material.objects.create(guide=guide, position=1, name="居民身份证")
    Step.objects.create(guide=guide, position=1, name="提出申请", text="到窗口提交材料。")
    Channel.objects.create(guide=guide, kind="online", link="https://example.invalid/")


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
