"""Everything that stands in the folders of posts and templates, read once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.content.campaigns import Campaign, nameless, read_campaign, unknown_days
from campaign.content.days import BadRule, Day, parse_rule
from campaign.content.facts import Fact, read_facts
from campaign.content.post import Post, by_language, read_post
from campaign.content.sandbox import Sandbox
from campaign.finding import Finding, Place, error
from campaign.toml_file import Table, UnreadableFile, read_toml

FACTS, CALENDAR, CAMPAIGN = "facts.toml", "calendar.toml", "campaign.toml"


@dataclass(frozen=True, slots=True)
class Library:
    """Posts by their key, and all that they lean on. `findings` tell of files that could not be read as they should;
    `broken` are the keys of posts whose file is there and is not usable."""

    posts: Mapping[str, Post]
    campaigns: Mapping[str, Campaign]
    facts: Mapping[str, Fact]
    days: Mapping[str, Day]
    sandbox: Sandbox
    templates: Path
    findings: tuple[Finding, ...]
    broken: frozenset[str]
    whole: bool  #: False when only some of the files were asked for

    def campaign(self, post: Post) -> Campaign:
        """The campaign that a post belongs to."""
        return self.campaigns[post.campaign]

    def template_names(self) -> list[str]:
        """The templates there are: one folder each."""
        if not self.templates.is_dir():
            return []
        return sorted(folder.name for folder in self.templates.iterdir() if folder.is_dir())


class _Reader:
    """Reads file after file, keeping what is wrong with each."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self.broken: set[str] = set()

    def table(self, path: Path) -> Table | None:
        try:
            return read_toml(path, shown(path))
        except UnreadableFile as problem:
            self.findings.append(problem.finding)
            return None

    def facts(self) -> dict[str, Fact]:
        table = self._optional(FACTS)
        facts = read_facts(table) if table else {}
        self._keep(table)
        return facts

    def days(self) -> dict[str, Day]:
        table = self._optional(CALENDAR)
        days = {day.id: day for item in table.tables("day") if (day := _read_day(item))} if table else {}
        if table:
            table.close()
        self._keep(table)
        return days

    def campaign(self, folder: Path, days: Mapping[str, Day]) -> Campaign:
        path = folder / CAMPAIGN
        table = self.table(path) if path.exists() else None
        if table is None:
            return nameless(folder.name, Place(shown(path)))
        campaign = read_campaign(table, folder.name)
        for sentence in unknown_days(campaign, days):
            table.complain("unknown-day", sentence)
        self._keep(table)
        return campaign

    def post(self, path: Path) -> Post | None:
        table = self.table(path)
        post = read_post(table, path.parent.name, path.stem, path.parent) if table else None
        if post is None:
            self.broken.add(f"{path.parent.name}/{path.stem}")
        self._keep(table)
        return post

    def files(self, paths: Sequence[Path]) -> list[Path]:
        """The post files under the paths asked for; under the whole folder when none is named."""
        found: list[Path] = []
        for path in paths or [self.root]:
            found += self._under(path)
        return sorted(dict.fromkeys(found))

    def _under(self, path: Path) -> Iterable[Path]:
        if not path.is_dir():
            return [path] if path.name not in (FACTS, CALENDAR, CAMPAIGN) else []
        try:
            inside = sorted(path.iterdir())
        except OSError as problem:
            reason = (problem.strerror or "unknown reason").lower()
            message = f"This folder cannot be read ({reason}): check that it may be read."
            self.findings.append(error("unreadable", message, Place(shown(path))))
            return []
        folders = [below for below in inside if below.is_dir() and not below.name.startswith(".")]
        posts = [file for file in inside if self._is_post(file)]
        return posts + [file for folder in folders for file in self._under(folder)]

    def _is_post(self, path: Path) -> bool:
        return path.suffix == ".toml" and path.name not in (FACTS, CALENDAR, CAMPAIGN) and not path.is_dir()

    def _optional(self, name: str) -> Table | None:
        path = self.root / name
        return self.table(path) if path.exists() else None

    def _keep(self, table: Table | None) -> None:
        self.findings += table.file.findings if table else []


def read_library(posts: Path, templates: Path, paths: Sequence[Path] = ()) -> Library:
    """Reads the folders; only the posts under `paths` when some are named (facts, days and templates always).

    A file that cannot be used is a finding, and the others are read all the same.
    """
    reader = _Reader(posts)
    if not posts.is_dir():
        message = "This folder of posts does not exist: make it, or set content.posts in config.toml."
        reader.findings.append(error("no-folder", message, Place(shown(posts))))
        reader.root = posts if paths else Path()
    facts, days = reader.facts(), reader.days()
    files = reader.files(paths) if posts.is_dir() or paths else []
    found = {post.key: post for path in files if (post := reader.post(path))}
    folders = sorted({path.parent for path in files})
    campaigns = {folder.name: reader.campaign(folder, days) for folder in folders}
    return Library(
        posts=found,
        campaigns=campaigns,
        facts=facts,
        days=days,
        sandbox=Sandbox(templates),
        templates=templates,
        findings=tuple(reader.findings),
        broken=frozenset(reader.broken),
        whole=not paths,
    )


def shown(path: Path) -> str:
    """A path as a person would name it: from the working folder when it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _read_day(table: Table) -> Day | None:
    identity, written = table.required("id"), table.required("rule")
    names, source = by_language(table, "name"), table.text("source")
    quiet = table.take("quiet", bool, False)
    dates = table.dates("dates")
    table.close()
    try:
        return Day(identity, parse_rule(written, dates), names, quiet, source) if written else None
    except BadRule as problem:
        table.complain("bad-rule", str(problem), "rule")
        return None
