"""A resident's way to an item: by mouse, by keyboard alone, without a script, and read aloud."""

import pytest

from tests.everything import MOMENT, make_everything

WITHOUT_SCRIPT = {"java_script_enabled": False}
# What a browser has to read aloud with, replaced by one that only notes what it is told.
NOTING_VOICE = """
  window.said = [];
  Object.defineProperty(window, "speechSynthesis", {value: {
    speak: saying => window.said.push([saying.lang, saying.text]), cancel: () => window.said.push("stop"),
  }});
"""


@pytest.fixture(autouse=True)
def portal(transactional_db, clock):
    clock(MOMENT)
    make_everything()


def click(page, link):
    page.click(f"main a[href='{link}']")


def press(page, link):
    """Tab on until the link is reached, and see that the focus can be seen; then Enter."""
    for _time in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == link:
            break
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("context", "follow"),
    [({}, click), ({}, press), (WITHOUT_SCRIPT, click)],
    indirect=["context"],
    ids=["mouse", "keyboard", "without-script"],
)
def test_three_steps_lead_from_home_to_my_item(page, context, live_server, follow):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    for link in ["/990101/", "/t/990101100/", "/t/990101100/items/1/"]:
        follow(page, link)
        page.wait_for_url(f"**{link}")
    words = page.locator("main").inner_text()
    assert "0451-57211010" in words
    assert "居民身份证" in words
    assert all(url.startswith(live_server.url) for url in asked)
    assert context.cookies() == []


@pytest.mark.parametrize("context", [WITHOUT_SCRIPT], indirect=True)
def test_searching_and_choosing_need_no_script(page, context):
    page.goto("/")
    page.click(".tools a[href*='mode=elder']")
    page.wait_for_url("**/?mode=elder")
    assert not page.locator("[data-aloud]").is_visible()
    page.fill("main [name=q]", "救助")
    page.click("main [role=search] button")
    page.click("main[data-results] li a >> nth=0")
    page.wait_for_url("**/items/*/?mode=elder")
    page.click("main a[href^='/t/990101100/items/']")
    assert "0451-57211010" in page.locator("main").inner_text()
    assert not page.locator("[data-section=basis]").is_visible()
    page.click("main summary")
    assert page.locator("[data-section=basis]").is_visible()
    assert [cookie["name"] for cookie in context.cookies()] == ["display"]
    page.goto("/t/990101100/")
    assert page.url.endswith("/t/990101100/?mode=elder")
    page.click(".tools a >> nth=0")
    page.wait_for_url("**/t/990101100/")
    assert context.cookies() == []


def test_the_browser_reads_the_elder_version_aloud(page):
    page.add_init_script(NOTING_VOICE)
    page.goto("/en/t/990101100/items/1/?mode=elder")
    page.click("[data-aloud]")
    said = page.evaluate("said")
    assert said[0] == "stop"
    assert said[1][0] == "zh-CN"
    assert "临时救助申请受理" in said[1][1]
    assert ["en", "What to bring"] in said
    assert page.locator("[data-aloud]").inner_text() == "Stop reading aloud"
    page.click("[data-aloud]")
    assert page.evaluate("said.at(-1)") == "stop"
