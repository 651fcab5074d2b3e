"""The rules of axe on a page, told only what is broken: to list what is well takes it twice the time."""

from pathlib import Path

import axe_playwright_python

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": TAGS}
# Measuring colours takes most of the time, and the width of a window changes none.
BUT_COLOURS = {"runOnly": TAGS, "rules": {"color-contrast": {"enabled": False}}}
# Everything, with colours at 7:1 in place of 4.5:1.
STRONG = {**BUT_COLOURS, "rules": {**BUT_COLOURS["rules"], "color-contrast-enhanced": {"enabled": True}}}


def only(*rules):
    return {"runOnly": {"type": "rule", "values": rules}}


LAYOUT = only("target-size", "scrollable-region-focusable")
COLOURS = only("color-contrast")
STRONG_COLOURS = only("color-contrast-enhanced")

_RUN = """async options => {
  const found = await axe.run(document, {...options, resultTypes: ["violations"]});
  if (!found.passes.length) return ["axe has looked at nothing"];
  return found.violations.map(each =>
    `${each.id}: ${each.help}\\n` + each.nodes.map(node => `    ${node.html.slice(0, 200)}`).join("\\n"));
}"""


def bring_axe(page):
    """Have axe at hand on every page that is opened from now on; it runs beside the page's own policy."""
    page.add_init_script(path=SCRIPT)


def broken(page, rules=EVERYTHING) -> list[str]:
    """The rules that the page breaks, each with the elements that do."""
    return page.evaluate(_RUN, rules)
