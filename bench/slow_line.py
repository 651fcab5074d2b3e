"""A first view over a slow line: 400 kbit/s, 400 ms from asking to answering, by a Chromium with nothing stored.

    python -m bench.slow_line http://127.0.0.1:8000 / /990101/ '/t/990101100/?mode=elder'

The portal is one that runs, with collected static files. For each page: requests, kilobytes on the line, and the
seconds until there is something to read, and until the page is usable: painted, whole, and its scripts run.
"""

import shutil
import sys

from playwright.sync_api import Browser, Playwright, sync_playwright

LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PHONE = {"width": 360, "height": 740}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
WHOLE = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def opened(driver: Playwright) -> Browser:
    """The machine's own Chromium."""
    return driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])


def first_view(browser: Browser, address: str) -> tuple[int, float, float, float]:
    """Requests, kilobytes, seconds to the first paint, seconds until the page is usable."""
    page = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()
    line = page.context.new_cdp_session(page)
    received = []
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    painted, whole = page.evaluate(PAINTED), page.evaluate(WHOLE)
    page.context.close()
    return len(received), sum(received) / 1024, painted / 1000, max(painted, whole) / 1000


def main(base: str, addresses: list[str]) -> None:
    print(f"{'page':36} {'requests':>8} {'KB':>6} {'to read':>8} {'usable':>8}")
    with sync_playwright() as driver:
        browser = opened(driver)
        for address in addresses:
            requests, weight, painted, usable = first_view(browser, base + address)
            print(f"{address:36} {requests:8} {weight:6.1f} {painted:7.2f}s {usable:7.2f}s")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] or ["/"])
