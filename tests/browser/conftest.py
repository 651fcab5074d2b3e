"""Pages in a real Chromium: the machine's own, driven by playwright, on pytest-django's live server."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import is_ci

CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"]
CHROMIUM_OPTIONS = [
    "--no-sandbox",  # which root may not use, and CI is often root
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Everything in this folder is a browser test, whether its author remembered the marker or not."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """In CI a browser test that did not walk is a failure, whatever its reason."""
    report = yield
    if report.skipped and is_ci() and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not accept: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def chromium():
    """The path of the machine's Chromium."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    return pytest.skip("no Chromium on PATH; on Debian: apt-get install chromium fonts-noto-cjk")


@pytest.fixture(scope="session")
def playwright_driver():
    """Playwright's own process, once a run."""
    # Its loop runs in this thread, and Django would take every query beside it for a blocking call in async
    # code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        yield driver
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(request, chromium, playwright_driver, tmp_path, live_server):
    """A browser nobody has used before, with a user data folder of its own; a test may ask for one without scripts."""
    context = playwright_driver.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=chromium,
        args=CHROMIUM_OPTIONS,
        base_url=live_server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **getattr(request, "param", {}),
    )
    yield context
    context.close()


@pytest.fixture
def page(context):
    """An empty page; `page.goto("/")` opens the portal."""
    page = context.pages[0] if context.pages else context.new_page()
    page.set_default_timeout(10_000)
    return page
