"""A small folder of posts and templates to test with."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from campaign.config import Config
from campaign.config.reading import starter_channels
from campaign.content.library import Library, read_library
from campaign.content.post import PostFile
from campaign.core.finding import Finding
from campaign.planning.plan import Plan, Planned, plan
from campaign.planning.times import Known
from campaign.publishers import KNOWN

NOW = datetime(2027, 9, 1, 12, tzinfo=UTC)
STARTER_CHANNELS = starter_channels(KNOWN)
ALL_CHANNELS = Config(channels=STARTER_CHANNELS)

FACT = """
[[fact]]
id = "spread"
status = "ok"
claim.en = "It has spread."
claim.fr = "Il s’est propagé."
source = "Canadian Network"
url = "https://example.org/spread"
review_by = 2030-01-01
cite.en = "CN"
cite.fr = "RC"
"""
CALENDAR = """
[[day]]
id = "mbc-day"
rule = "fixed 10-13"
name.en = "MBC Day"
name.fr = "Journée CSM"
source = "https://example.org/day"
"""
CAMPAIGN = """
name.en = "Know it"
name.fr = "La connaître"
aim.en = "More people know."
aim.fr = "Plus de gens savent."
start = "mbc-day -12d"
end = "mbc-day +18d"
hashtags.en = ["#MBC", "#Cancer"]
hashtags.fr = ["#CSM"]
link.en = "https://survivornet.ca/mbc/"
link.fr = "https://survivornet.ca/fr/csm/"
utm = "know"
"""


@dataclass(frozen=True)
class Folder:
    """The folder; each writing of a file replaces what was there."""

    root: Path

    @property
    def posts(self) -> Path:
        return self.root / "posts"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    def write(self, file: str, text: str) -> Path:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def template(self, text: str, name: str = "fact") -> None:
        for room in ("short", "long"):
            self.write(f"templates/{name}/{room}.txt.j2", text)

    def post(
        self,
        name: str = "one",
        head: str = 'when = "mbc-day 09:00"',
        en: str = "Hello.",
        fr: str = "Bonjour.",
    ) -> Path:
        text = f'{head}\n[en]\nshort = """{en}"""\n[fr]\nshort = """{fr}"""\n'
        return self.write(f"posts/know/{name}.toml", text)

    def library(self, *paths: Path) -> Library:
        return read_library(self.posts, self.templates, paths)

    def read(self, key: str = "know/one") -> tuple[PostFile, Library]:
        library = self.library()
        assert key in library.posts, library.findings
        return library.posts[key], library

    def plan(
        self, now: datetime = NOW, config: Config = ALL_CHANNELS, known: Known | None = None
    ) -> Plan:
        return plan(self.library(), config, now, known)


def make_folder(root: Path) -> Folder:
    folder = Folder(root)
    folder.write("posts/facts.toml", FACT)
    folder.write("posts/calendar.toml", CALENDAR)
    folder.write("posts/know/campaign.toml", CAMPAIGN)
    folder.template("{{ text }}")
    return folder


def with_code(findings: Plan | Library | Planned | list[Finding], code: str) -> list[Finding]:
    every = findings if isinstance(findings, list) else findings.findings
    return [finding for finding in every if finding.code == code]
