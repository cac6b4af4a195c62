"""A real browser, and the program that it visits: served, published and stored as on anybody's machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.doubles import DoubleServer
from tests.stage import Machine, command_line, environment
from tests.test_processes import until

PASSWORD = "a long and quiet river"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PATIENCE = 30_000
"""Milliseconds that a busy machine gets for a page, or for a part of one."""
expect.set_options(timeout=PATIENCE)
DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    if CHROMIUM is None:
        pytest.skip("NO BROWSER: install chromium, or name it with CHROMIUM=/path/to/it")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@dataclass
class Site:
    """The program being served, and who visits it. Whatever a browser complains about is an error of the test."""

    machine: Machine
    networks: DoubleServer
    browser: Browser
    url: str
    process: "subprocess.Popen[bytes] | subprocess.Popen[str]"
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def visitor(self, *, phone: bool = False, dark: bool = False, french: bool = False, script: bool = True) -> Page:
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
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda trouble: self.complaints.append(str(trouble)))
        return page

    def person(self, name: str, **how: bool) -> Page:
        """A browser in which that person has signed in, through the page for it."""
        page = self.visitor(**how)
        page.goto("/")
        page.locator("input[name=login]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button.primary").first.click()
        page.wait_for_url(re.compile(r"^(?!.*sign-in).*$"))
        return page

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "422" not in text:  # a form that is shown again, with what is wrong
            self.complaints.append(text)


@pytest.fixture
def serve(machine: Machine, networks: DoubleServer, chromium: Browser) -> Iterator[Callable[..., Site]]:
    """Starts the program: vera is a volunteer, maria and bob are staff, ana is an admin; all have the same password."""
    started: list[Site] = []

    def start(**configured: object) -> Site:
        port = free_port()
        web = f'[web]\nport = {port}\naddress = "http://127.0.0.1:{port}"\n'
        machine.configure(networks.url, top=str(configured.pop("top", "")) + web, **configured)  # type: ignore[arg-type]
        people = (("vera", "volunteer"), ("maria", "staff"), ("bob", "staff"), ("ana", "admin"))
        set_up(machine, people)
        process = _begin(machine)
        started.append(Site(machine, networks, chromium, f"http://127.0.0.1:{port}", process))
        return started[-1]

    yield start
    for site in started:
        for context in site.contexts:
            context.close()
        site.process.terminate()
        site.process.wait(timeout=20)
        assert site.complaints == []


@pytest.fixture
def site(serve: Callable[..., Site]) -> Site:
    """The program, publishing to the doubles."""
    return serve()


def no_violations(page: Page) -> None:
    """Nothing on the page keeps anybody out, as far as a program can tell; and nothing is cut off at the side."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} pixels too wide"


def set_up(machine: Machine, people: Sequence[tuple[str, str]]) -> None:
    """The database and the people, in one process to save time."""
    commands = [["init"], *(["user", "add", name, "--role", role] for name, role in people)]
    commands += [["user", "password", name] for name, _ in people]
    code = "from campaign.cli import main\n" + "".join(f"assert main({command!r}) == 0\n" for command in commands)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=machine.root,
        env=environment(machine.env),
        input=f"{PASSWORD}\n" * len(people),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _begin(machine: Machine) -> "subprocess.Popen[bytes]":
    """The program, until it says where its pages are. What it says goes into a file, which never fills up."""
    said = machine.root / "serve.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(
            command_line(["serve"]), cwd=machine.root, env=environment(machine.env), stdout=out, stderr=out
        )
    until(lambda: "The pages are at" in said.read_text("utf-8"), 60)
    return process


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
