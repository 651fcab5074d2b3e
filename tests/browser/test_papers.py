"""What comes out of the printer: Chromium prints the pages, and the sheets are counted and measured."""

import re

import pytest

from accounts.models import Township
from catalog.choices import HandlingRule
from catalog.models import Guide, Item, ItemList, Material, Step
from tests import factories
from tests.catalog import published

LONG = "须由本人签名并加盖公章，复印件应当清晰可辨，与原件核对无误后当场退还原件。"


@pytest.fixture
def township(transactional_db, clock):
    """A township with sixty items: of the first nothing is known, of the second something, of the third too much."""
    clock("2026-03-10 12:00")
    county = factories.make_county(hall_name="县政务服务中心", hotline="12345")
    township = factories.make_township(county, 100, "谷雨镇")
    Township.objects.filter(pk=township.pk).update(
        centre_name="谷雨镇便民服务中心",
        centre_address="谷雨镇谷雨大街12号",
        centre_hours="工作日 8:30–11:30，13:30–17:00",
        centre_phone="0000-1234567",
    )
    services = ItemList.objects.create(county=county, kind="public_services")
    published.issue(services, published.many(60))
    fill_in(2, materials=6, note="复印件")
    fill_in(3, materials=90, note=LONG * 4, conditions=LONG * 30)
    return township


def fill_in(number, *, materials, note, conditions=""):
    guide = Guide.objects.create(
        item=Item.objects.get(number=number),
        valid_from=published.CURRENT,
        rule=HandlingRule.HERE,
        promised_limit=20,
        conditions=conditions,
    )
    for place in range(1, materials + 1):
        Material.objects.create(
            guide=guide, position=place, name=f"第{place}份证明材料", originals=1, note=note[:300]
        )
        Step.objects.create(guide=guide, position=place, name=f"第{place}步", text=note)


def printed(page, address):
    """The sheets that a page is printed on, each by its width and height in mm."""
    page.goto(address)
    content = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]", content)
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == len(boxes)
    return [tuple(round(float(side) * 25.4 / 72) for side in box) for box in boxes]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_notice_is_one_sheet_of_a4_whatever_the_guide_holds(page, township, prefix):
    for number in (1, 2, 3):
        assert printed(page, f"{prefix}/t/990101100/items/{number}/notice/") == [(210, 297)]


def test_wall_list_is_read_from_three_metres_and_repeats_its_head(page, township):
    sheets = printed(page, "/t/990101100/wall/")
    assert set(sheets) == {(420, 297)}
    assert len(sheets) > 3
    page.emulate_media(media="print")
    sizes = page.locator("tbody th[scope=row]").first.evaluate(
        "cell => [parseFloat(getComputedStyle(cell).fontSize), getComputedStyle(cell.closest('table').tHead).display]"
    )
    assert sizes[0] * 25.4 / 96 >= 12  # mm: a character for every 250 of distance
    assert sizes[1] == "table-header-group"


def test_township_prints_as_its_handbook(page, township):
    page.goto("/t/990101100/")
    page.emulate_media(media="print")
    for gone in ["nav.masthead-links", "nav.breadcrumb", "form", "[data-print]"]:
        for element in page.locator(gone).all():
            assert not element.is_visible(), gone
    assert page.locator("[data-section=villages]").is_visible()
    assert page.locator(".printed-address").is_visible()
    # What is folded on the screen is open on paper.
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML("
        "'beforeend', '<details><summary>a</summary><p id=inner>b</p></details>')"
    )
    assert page.locator("#inner").bounding_box()["height"] > 0
    assert set(printed(page, "/t/990101100/?whole=1")) == {(210, 297)}


def test_sheets_fit_a_narrow_screen(page, township):
    page.set_viewport_size({"width": 320, "height": 800})
    for address in ("/t/990101100/wall/", "/t/990101100/items/3/notice/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
