"""
Every public page under the rules of axe, WCAG 2.2 AA included: in both languages, in every way of showing it, narrow
and wide, and with text twice as large.

A page is opened twice in each language, as it is and as the elder version. Windows are widened and colours changed on
the open page, for that is all that changes; `test_display` holds that asking for high contrast does no more.
"""

import pytest

from tests.browser.axe import (
    BUT_COLOURS,
    COLOURS,
    EVERYTHING,
    LAYOUT,
    STRONG,
    STRONG_COLOURS,
    bring_axe,
    broken,
)
from tests.everything import MOMENT, SHEETS, make_everything

PARTS = 3  # so that several workers share the walk
NARROW, WIDE = 320, 1280
LARGE_TEXT, LARGE_TARGET = 18, 60

UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"
ZOOM = "factor => { document.documentElement.style.fontSize = factor }"
CONTRAST = "is_on => document.documentElement.classList.toggle('high-contrast', is_on)"
# Visible text below so many pixels, and controls lower than so many.
TOO_SMALL = """([text, target]) => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    if (node.data.trim() && node.parentElement.checkVisibility() && size < text) found.push(`${size}: ${node.data}`);
  }
  for (const each of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    const {height} = each.getBoundingClientRect();
    if (each.checkVisibility() && height < target - 0.01) found.push(`${height}: ${each.outerHTML.slice(0, 120)}`);
  }
  return found;
}"""


@pytest.fixture
def addresses(transactional_db, clock):
    clock(MOMENT)
    return make_everything()


def resize(page, width):
    page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_axe_finds_nothing(page, addresses, prefix, part):
    bring_axe(page)
    # The second language changes words and so lengths; colours are measured in the first.
    is_first = not prefix
    found = []

    def note(where, faults):
        found.extend(f"{address} {where}: {fault}" for fault in faults)

    def too_wide(width):
        wide = page.evaluate("document.documentElement.scrollWidth")
        return [f"{wide} px in a window of {width}"] if wide > width else []

    for address in [prefix + each for each in addresses[part::PARTS]]:
        resize(page, WIDE)
        page.goto(address)
        note("wide", broken(page, BUT_COLOURS if is_first else LAYOUT))
        page.evaluate(ZOOM, "200%")
        note("at 200 %", [*broken(page, LAYOUT), *too_wide(WIDE)])
        page.evaluate(ZOOM, "")
        resize(page, NARROW)
        note("narrow", [*broken(page, EVERYTHING if is_first else BUT_COLOURS), *too_wide(NARROW)])
        if is_first:
            page.evaluate(CONTRAST, True)
            note("in high contrast", broken(page, STRONG_COLOURS))

        page.goto(f"{address}{'&' if '?' in address else '?'}mode=elder&contrast=high")
        page.evaluate(UNFOLD)
        note("elder", page.evaluate(TOO_SMALL, [LARGE_TEXT, LARGE_TARGET]))
        note(
            "elder, in high contrast", [*broken(page, STRONG if is_first else BUT_COLOURS), *too_wide(NARROW)]
        )
        if is_first:
            page.evaluate(CONTRAST, False)
            note("elder", broken(page, COLOURS))
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_papers_to_print(page, addresses):
    bring_axe(page)
    for address in SHEETS:
        page.goto(address)
        assert broken(page) == [], address
