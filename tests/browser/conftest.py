"""A real browser, and the program that it visits: served, published and stored as on anybody's machine."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.begun import Program
from tests.doubles import DoubleServer
from tests.prepared import COOKIE, PASSWORD
from tests.stage import PATIENCE, Machine, environment, free_port, until

# The headless shell first: the same engine without the windows around it, at half the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
MILLISECONDS = PATIENCE * 1_000
expect.set_options(timeout=MILLISECONDS)
NO_COMPLAINTS = ("422", "htmx:sendAbort", "htmx:afterRequest")
"""What the console may say: that a form is shown again with what is wrong; that a page was left while it still asked for
something (a busy machine is left more often)."""
DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window. It ends with the file: while its driver's loop runs, Django takes every test of
    this process for an asynchronous one, and refuses it the database."""
    if CHROMIUM is None:
        pytest.skip("NO BROWSER: install chromium, or name it with CHROMIUM=/path/to/it")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=list(SWITCHES), timeout=MILLISECONDS
        )
        yield browser
        browser.close()


@dataclass
class Site:
    """The program being served, and who visits it. Whatever a browser complains about is an error of the test."""

    machine: Machine
    networks: DoubleServer
    browser: Browser
    url: str
    process: Program
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def visitor(
        self,
        *,
        phone: bool = False,
        dark: bool = False,
        french: bool = False,
        script: bool = True,
    ) -> Page:
        """A browser in which nobody has signed in yet."""
        context = self.browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            locale="fr-CA" if french else "en-CA",
            timezone_id="Pacific/Auckland",  # the site's clock counts, not the reader's
            java_script_enabled=script,
            base_url=self.url,
        )
        context.set_default_timeout(MILLISECONDS)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda trouble: self.complaints.append(str(trouble)))
        return page

    def person(self, name: str, **how: bool) -> Page:
        """A browser in which that person has signed in already."""
        page = self.visitor(**how)
        assert self.machine.prepared
        cookie = self.machine.prepared.sessions[name]
        page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": self.url}])
        return page

    def signs_in(self, name: str, **how: bool) -> Page:
        """A browser in which that person signs in, through the page for it."""
        page = self.visitor(**how)
        page.goto("/")
        page.locator("input[name=login]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button.primary").first.click()
        page.wait_for_url(re.compile(r"^(?!.*sign-in).*$"))
        return page

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(
            expected in text for expected in NO_COMPLAINTS
        ):
            self.complaints.append(text)

    def nothing_was_complained_of(self) -> None:
        """Since this was last asked."""
        complaints = list(self.complaints)
        self.complaints.clear()
        assert complaints == []

    def end(self) -> None:
        """The visitors leave."""
        for context in self.contexts:
            context.close()
        self.nothing_was_complained_of()


@contextmanager
def served(machine: Machine, networks: DoubleServer, browser: Browser) -> Iterator[Site]:
    """The program on a machine with people in it: vera is a volunteer, maria and bob are staff, ana is an admin."""
    port = free_port()
    machine.configure(
        networks.url, top=f'[web]\nport = {port}\naddress = "http://127.0.0.1:{port}"\n'
    )
    machine.people()
    process = _begin(machine)
    site = Site(machine, networks, browser, f"http://127.0.0.1:{port}", process)
    try:
        yield site
        site.end()
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture
def site(machine: Machine, networks: DoubleServer, chromium: Browser) -> Iterator[Site]:
    """The program, publishing to the doubles."""
    with served(machine, networks, chromium) as begun:
        yield begun


def no_violations(page: Page, *rules: str) -> None:
    """Nothing on the page keeps anybody out, as far as a program can tell, by all rules or these; and nothing is cut off
    at the side."""
    run_only = (
        {"type": "rule", "values": list(rules)}
        if rules
        else {"type": "tag", "values": list(RULES)}
    )
    # Only what is violated is brought back: the whole report is fifty times as long, and nobody reads it.
    options = {"runOnly": run_only, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(
        "options => axe.run(options).then(report => report.violations)", options
    )
    assert [
        (told["id"], [node["html"][:200] for node in told["nodes"]]) for told in violations
    ] == []
    nothing_is_cut_off(page)


def nothing_is_cut_off(page: Page) -> None:
    """The page is no wider than its window."""
    too_wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert too_wide <= 0, f"{page.url} is {too_wide} pixels too wide"


def _begin(machine: Machine) -> Program:
    """The program, until it says where its pages are. What it says goes into a file, which never fills up."""
    said = machine.root / "serve.txt"
    with said.open("wb") as out:
        process = Program(["serve"], machine.root, environment(machine.env), out=out)
    until(lambda: "The pages are at" in said.read_text("utf-8"))
    return process
