"""Takes the pictures of the guides from the running program: python -m tests.browser.pictures

The starter campaign is played by a clock of its own, up to the day before its awareness day, with the networks' doubles
in place of the networks. Nothing in a picture is a real person's, and nothing is sent anywhere.
"""

import io
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from campaign.core.clock import system_clock
from tests.begun import Program
from tests.browser import pictured_stories
from tests.browser.conftest import CHROMIUM, SWITCHES, Site
from tests.doubles import DoubleServer, Fault, Kind, Request, doubles
from tests.doubles.calls import account_of, is_x, kind_of
from tests.doubles.faults import answer, close_after
from tests.folders import Folder
from tests.prepared import PASSWORD
from tests.stage import (
    ROOT,
    TORONTO,
    Machine,
    environment,
    free_port,
    in_process,
    page_table,
    x_table,
)

PICTURES = ROOT / "docs" / "pictures"
PEOPLE = (
    ("paul", "volunteer"),
    ("zoe", "volunteer"),
    ("marie", "staff"),
    ("luc", "staff"),
    ("ana", "admin"),
)
WAITING = (
    "signs",
    "treatments-and-trials",
    "join-council",
    "information-and-support",
    "thank-you",
)
"""The posts of the starter campaign that nobody approves."""
ACCOUNTS = (("en", "4242"), ("fr", "4243"))
NO_READING = {
    "title": "Forbidden",
    "type": "about:blank",
    "status": 403,
    "detail": "Reading is not permitted.",
}
SHIFT = "PICTURES_SHIFT"
CLOCK = f"""
import os
from datetime import UTC, datetime, timedelta
from campaign.core import clock
from django.utils import timezone
shift = timedelta(seconds=float(os.environ["{SHIFT}"]))
clock.system_clock = timezone.now = lambda: datetime.now(UTC) + shift
"""
"""Lines before the program begins: the clock goes as the machine's does, at another time."""
PATIENCE = 60_000
"""Milliseconds after which a page is stuck."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "volunteer": "paul",
        "search": "support",
        "title": "Listening comes first",
        "message": "To everyone who lives with metastatic breast cancer: some of us are near, and glad to listen.",
        "earlier": "Today I want to thank the nurses of our clinic. They have time, even when there is none.",
        "returned": "Thank you for these kind words. Could you say it for all clinics, so that nobody guesses which one it is?",
    },
    "fr": {
        "volunteer": "zoe",
        "search": "soutien",
        "title": "D’abord, écouter",
        "message": "À vous qui vivez avec un cancer du sein métastatique\u00a0: nous sommes là, et nous aimons écouter.",
        "earlier": "Je veux remercier le personnel infirmier de notre clinique, qui a du temps même quand il en manque.",
        "returned": "Merci pour ces mots. Pourriez-vous le dire de toutes les cliniques, pour que personne ne devine laquelle?",
    },
}
ENGLISH = (
    "Today, we listen to people who live with metastatic breast cancer. Their words come first."
)
FRENCH = "Aujourd’hui, écoutons les personnes qui vivent avec un cancer du sein métastatique. La parole est à elles."


def main() -> int:
    """Takes all pictures, in both languages."""
    if CHROMIUM is None:
        print("Install chromium, or name it with CHROMIUM=/path/to/it.", file=sys.stderr)
        return 1
    with TemporaryDirectory() as folder, doubles() as networks, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        port = free_port()
        machine = play(Path(folder), networks, port)
        with served(machine) as process:
            site = Site(machine, networks, browser, f"http://127.0.0.1:{port}", process)
            for language in ("en", "fr"):
                Camera(site, language).take_all()
            # They come last, so that nothing of them is in the other pictures.
            links = pictured_stories.recorded(machine, CLOCK)
            for language, link in links.items():
                Camera(site, language).take_stories(link)
        browser.close()
    return 0


class Camera:
    """Takes the pictures of one language."""

    def __init__(self, site: Site, language: str) -> None:
        self.site, self.language, self.words = site, language, WORDS[language]
        self.folder = PICTURES / language

    def take_all(self) -> None:
        """Each into its file; what a page needs is made on the way, as a person would."""
        self.contribute()
        marie = self.person("marie")
        self.write_back(marie)
        self.shows(
            "contributions", self.person(self.words["volunteer"], phone=True), "/contributions/"
        )
        self.shows("today", marie, "/")
        self.pause(marie)
        self.compose(marie)
        self.approve(marie)
        self.shows("queue", marie, "/queue/")
        marie.goto("/queue/?status=unconfirmed&from=")
        marie.locator("main li .name a").first.click()
        self.take("delivery", marie)
        self.shows("calendar", marie, "/calendar/", down=165)
        self.shows("account", marie, "/account/")
        self.shows("facts", marie, "/facts/")
        self.rehearse(marie)
        ana = self.person("ana")
        self.shows("log", ana, f"/log/?q={self.words['search']}")
        self.shows("channels", ana, "/channels/")
        self.people(ana)

    def take_stories(self, link: str) -> None:
        """The public form, the page of a story, and its storyteller's own page."""
        visitor = self.sized(
            self.site.visitor(phone=True, french=self.language == "fr"), phone=True
        )
        self.shows("tell", visitor, "/tell/")
        marie = self.person("marie")
        story = pictured_stories.made_a_post(marie, self.language)
        self.shows("story", marie, story, down=300)
        self.shows("my-story", visitor, link, down=250)

    def person(self, name: str, *, phone: bool = False) -> Page:
        page = self.site.signs_in(name, phone=phone, french=self.language == "fr")
        return self.sized(page, phone=phone)

    def sized(self, page: Page, *, phone: bool) -> Page:
        """A window as large as the pictures are, which waits for long."""
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size(
            {"width": 390, "height": 844} if phone else {"width": 1280, "height": 800}
        )
        return page

    def shows(self, name: str, page: Page, address: str, down: int = 0) -> None:
        """A page as it opens, or so many pixels further down."""
        page.goto(address)
        page.evaluate(f"window.scrollTo(0, {down})")
        self.take(name, page)

    def take(self, name: str, page: Page) -> None:
        """A picture of what the window shows now, in few colours, so that its file is small."""
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)
        shot = Image.open(
            io.BytesIO(page.screenshot(animations="disabled", caret="hide"))
        ).convert("RGB")
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{name}.png"
        shot.quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
        print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} kB")

    def contribute(self) -> None:
        """A volunteer hands two messages in, from a telephone."""
        page = self.person(self.words["volunteer"], phone=True)
        for words in (self.words["earlier"], self.words["message"]):
            page.goto("/contributions/new/")
            page.locator(f"input[name=language][value={self.language}]").check()
            page.locator("textarea[name=words]").fill(words)
            page.wait_for_timeout(1500)
            if words == self.words["message"]:
                self.take("contribute", page)
            page.locator("button[name=then][value=hand_in]").click()
            page.wait_for_url(re.compile(r"/contributions/(\d+/)?$"))

    def write_back(self, page: Page) -> None:
        """One of the two is returned, with a kind word."""
        page.goto("/approve/")
        mine = page.locator("li.card", has_text=self.words["earlier"][:30])
        mine.locator("a[href$='/return/']").click()
        page.locator("textarea[name=reason]").fill(self.words["returned"])
        page.locator("main form button.primary").click()
        # From there it goes on to the next one that waits, where there is one.
        page.wait_for_url(re.compile(r"/approve/(\d+/\?done=\d+)?$"))

    def pause(self, page: Page) -> None:
        """The sheet with its three reasons, opened over Today."""
        page.goto("/")
        page.locator("a[data-dialog=pause-sheet]").click()
        self.take("pause", page)

    def compose(self, page: Page) -> None:
        """A post that is being written, English and French side by side."""
        page.goto("/posts/new/")
        page.locator("input[name=title]").fill(self.words["title"])
        page.locator("#campaign").select_option("mbc-awareness")
        page.locator("main form button.primary").click()
        page.wait_for_url(re.compile(r"/posts/\d+/"))
        page.locator("input[name=when_mode][value=time]").check()
        page.locator("input[name=when_date]").fill("2027-10-15")
        page.locator("input[name=when_time]").fill("09:30")
        for box in page.locator("input[name=channels]").all():
            box.check()
        page.locator("textarea[name='en.short']").fill(ENGLISH)
        page.locator("textarea[name='fr.short']").fill(FRENCH)
        page.wait_for_timeout(3000)
        page.locator("button[name=do][value=save]").first.click()
        page.wait_for_load_state("networkidle")
        page.reload()
        self.take("compose", page)

    def approve(self, page: Page) -> None:
        """A post that waits, with both languages and its facts."""
        page.goto("/approve/")
        page.locator("main li.row a.button.primary").first.click()
        page.wait_for_url(re.compile(r"/approve/\d+/"))
        self.take("approve", page)

    def rehearse(self, page: Page) -> None:
        """The rest of the campaign, played on a clock that runs ahead."""
        page.goto("/rehearsal/")
        page.locator("input[name=first]").fill("2027-10-12")
        page.locator("input[name=last]").fill("2027-11-05")
        page.locator("form.rehearse button.primary").click()
        page.locator("#rehearsal dl.sums").wait_for()
        page.reload()
        page.evaluate("window.scrollTo(0, 260)")
        self.take("rehearsal", page)

    def people(self, page: Page) -> None:
        """Everybody, and an invitation that is about to be made."""
        page.goto("/people/")
        page.locator("input[name=email]").fill(
            "noemie@example.org" if self.language == "fr" else "sam@example.org"
        )
        page.locator("input[name=role][value=volunteer]").check()
        page.wait_for_timeout(200)
        self.take("people", page)


def play(folder: Path, networks: DoubleServer, port: int) -> Machine:
    """The campaign up to the day before its awareness day: what went out, what did not, and what waits."""
    for name in ("posts", "templates"):
        copytree(ROOT / name, folder / name)
    # By then, the team has looked at every source again.
    facts = folder / "posts" / "facts.toml"
    facts.write_text(
        re.sub(r"review_by = \S+", "review_by = 2028-04-01", facts.read_text("utf-8")), "utf-8"
    )
    machine = Machine(
        Folder(folder), lambda arguments: in_process(folder, machine.env, arguments, CLOCK)
    )
    address = f'[web]\nport = {port}\naddress = "http://127.0.0.1:{port}"\n'
    machine.configure(networks.url, channels=_channels(), top=address)
    set_up(machine)
    _at(machine, "09-28 09:00", ["load", "--by", "luc"])
    names = [path.stem for path in sorted((folder / "posts" / "mbc-awareness").glob("*.toml"))]
    approved = [
        name for name in names if name not in ("campaign", *WAITING) and "example" not in name
    ]
    _at(machine, "09-28 11:20", ["approve", *approved, "--by", "marie"])
    noons = [f"10-{day:02} 12:00" for day in (4, 5, 6, 7)]
    for moment in ("10-01 09:00", *noons, "10-08 09:00"):
        _at(machine, moment, ["run", "--once"])
    why = ["--channel", "facebook-en", "--by", "marie", "--reason"]
    _at(machine, "10-08 14:30", ["pause", *why, "A mistake was found"])
    networks.faults = _lost_in_french
    _at(machine, "10-08 15:00", ["run", "--once"])
    _at(machine, "10-08 15:40", ["resume", *why, "The text is right again."], ["run", "--once"])
    _set_clock(machine, "10-12 09:41")
    return machine


def set_up(machine: Machine) -> None:
    """The database and the people, in one process to save time."""
    commands = [["init"], *(["user", "add", name, "--role", role] for name, role in PEOPLE)]
    commands += [["user", "password", name] for name, _ in PEOPLE]
    code = "from campaign.cli import main\n" + "".join(
        f"assert main({command!r}) == 0\n" for command in commands
    )
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=machine.root,
        env=environment(machine.env),
        input=f"{PASSWORD}\n" * len(PEOPLE),
        stdout=subprocess.DEVNULL,
        text=True,
        check=True,
    )


@contextmanager
def served(machine: Machine) -> Iterator[Program]:
    """The pages and the clock, until the end."""
    process = machine.start("serve", preamble=CLOCK)
    print(process.stdout.readline().strip())
    threading.Thread(target=process.stdout.read, daemon=True).start()
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def _at(machine: Machine, moment: str, *commands: Sequence[str]) -> None:
    """Commands that are given at a moment of 2027."""
    _set_clock(machine, moment)
    for command in commands:
        said = machine.run(*command)
        # A run that could not send all says so.
        assert said.status == 0 or command[0] == "run", said.everything
        print(f"{moment}  {command[0]}  {said.out.strip().splitlines()[-1:]}")


def _set_clock(machine: Machine, moment: str) -> None:
    then = datetime.strptime(f"2027-{moment}:03", "%Y-%m-%d %H:%M:%S").replace(tzinfo=TORONTO)
    machine.env[SHIFT] = str((then - system_clock()).total_seconds())


def _channels() -> str:
    """The starter campaign's four channels, with keys that are none."""
    tables = [
        x_table(f"twitter-{language}", language, access_token=f"{number}-access")
        for language, number in ACCOUNTS
    ]
    tables += [
        page_table(f"facebook-{language}", language, page_id=number)
        for language, number in ACCOUNTS
    ]
    return "".join(tables)


def _lost_in_french(request: Request) -> Fault | None:
    """X, in French: the answer to a post is lost, and the account cannot be read."""
    if account_of(request) != dict(ACCOUNTS)["fr"] or not is_x(request):
        return None
    kind = kind_of(request)
    return (
        close_after()
        if kind is Kind.POST
        else answer(403, NO_READING)
        if kind is Kind.LOOK
        else None
    )


if __name__ == "__main__":
    sys.exit(main())
