"""The files in the folders of posts and templates, read once."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from campaign.content.campaigns import Campaign, nameless, read_campaign
from campaign.content.dates.days import BadRule, Day, parse_rule
from campaign.content.dates.laying import moved
from campaign.content.facts import Fact, read_facts
from campaign.content.post import LANGUAGES, PostFile, by_language, read_post
from campaign.content.templates.sandbox import Sandbox
from campaign.core.finding import Finding, Level, Place, error, info, warning
from campaign.core.foreign import reason_of
from campaign.core.sentence import Sentence
from campaign.core.toml_file import Table, UnreadableFile, read_toml
from campaign.core.typed import is_seen

FACTS, CALENDAR, CAMPAIGN = "facts.toml", "calendar.toml", "campaign.toml"
_NAMES = (FACTS, CALENDAR, CAMPAIGN)
_PICTURES = (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Library:
    """Posts by their key, and all that they lean on. `findings` tell of files that could not be read as they should;
    `broken` are the keys of posts whose file is there and is not usable."""

    posts: Mapping[str, PostFile]
    campaigns: Mapping[str, Campaign]
    facts: Mapping[str, Fact]
    days: Mapping[str, Day]
    sandbox: Sandbox
    templates: tuple[str, ...]  #: their names: one folder each
    findings: tuple[Finding, ...]
    broken: frozenset[str]
    whole: (
        bool  #: False when only some of the files were asked for, or a folder could not be read
    )
    #: the files in them, such as "fact/long.txt.j2"
    template_files: frozenset[str] = frozenset()
    #: keys of the posts whose words were written in the web
    from_web: frozenset[str] = frozenset()
    has_calendar: bool = False  #: all of the calendar could be read

    def campaign(self, post: PostFile) -> Campaign:
        """The campaign that a post belongs to."""
        return self.campaigns[post.campaign]


def without_posts(library: Library) -> Library:
    """All that posts lean on, and none of them: so that a few can be planned alone."""
    return replace(library, posts={}, findings=(), broken=frozenset(), whole=False)


def with_posts(library: Library, posts: Mapping[str, PostFile]) -> Library:
    """The library with these posts, by their key, that were written in the web; they go before files' own."""
    slugs = {post.campaign for post in posts.values()} - library.campaigns.keys()
    unnamed = {slug: nameless(slug, Place(slug)) for slug in slugs}
    return replace(
        library,
        posts={**library.posts, **posts},
        campaigns={**library.campaigns, **unnamed},
        broken=library.broken - posts.keys(),
        from_web=library.from_web | posts.keys(),
    )


class _Reader:
    """Reads file after file, keeping what is wrong with each."""

    def __init__(self, root: Path, languages: Sequence[str]) -> None:
        self.root = root
        self.languages = languages
        self.findings: list[Finding] = []
        self.broken: set[str] = set()
        self.campaign_folders: list[Path] = []  #: also of campaigns that have no posts yet
        self.passed_over: list[
            Path
        ] = []  #: what lies among the posts and was not read as one of them
        self.whole = True

    def table(self, path: Path) -> Table | None:
        try:
            return read_toml(path, shown(path))
        except UnreadableFile as problem:
            self.findings.append(problem.finding)
            return None

    def facts(self) -> dict[str, Fact]:
        table = self._optional(FACTS)
        facts = read_facts(table, self.languages) if table else {}
        self._keep(table)
        return facts

    def calendar(self) -> tuple[dict[str, Day], bool]:
        known = len(self.findings)
        table = self._optional(CALENDAR)
        days = read_days(table, self.languages) if table else {}
        self._keep(table)
        errors = [finding for finding in self.findings[known:] if finding.level is Level.ERROR]
        return days, bool(table) and not errors

    def campaign(self, folder: Path, days: Mapping[str, Day]) -> Campaign:
        path = folder / CAMPAIGN
        unnamed = nameless(folder.name, Place(shown(path)))
        if not os.path.lexists(path):
            return unnamed
        table = self.table(path)
        if table is None:
            return replace(unnamed, usable=False)
        campaign = read_campaign(table, folder.name, days)
        self._keep(table)
        return campaign

    def post(self, path: Path) -> PostFile | None:
        table = self.table(path)
        post = read_post(table, path.parent.name, path.stem, path.parent) if table else None
        if post is None:
            self.broken.add(_key(path))
        self._keep(table)
        return post

    def one_folder_a_campaign(self, files: Sequence[Path]) -> list[Path]:
        """The files without those of a second folder of the same name, since posts are known as campaign/name."""
        folders = {path.parent.name: path.parent for path in reversed(files)}
        firsts = set(folders.values())
        others = {path.parent for path in files} - firsts
        for other in sorted(others):
            message = Sentence(
                'There is another campaign "{0}" in {1}: give one of the folders another name.',
                other.name,
                shown(folders[other.name]),
            )
            self.findings.append(error("same-campaign", message, Place(shown(other))))
        kept = [path for path in files if path.parent in firsts]
        self.broken |= set(map(_key, files)) - set(map(_key, kept))
        return kept

    def folders(self, files: Sequence[Path]) -> list[Path]:
        """The folders of these posts, and those that hold a campaign's file alone; of two with one name, the first."""
        of_posts = sorted({path.parent for path in files})
        names = {folder.name for folder in of_posts}
        without_posts: dict[str, Path] = {}
        for folder in reversed(self.campaign_folders):  # the first one wins
            if folder.name not in names:
                without_posts[folder.name] = folder
        return [*of_posts, *without_posts.values()]

    def files(self, paths: Sequence[Path]) -> list[Path]:
        """The post files under the paths asked for; under the whole folder when none is named."""
        files: set[Path] = set()
        for path in paths or [self.root]:
            files.update(self._asked_for(Path(os.path.abspath(path))))
        return sorted(files)

    def _asked_for(self, path: Path) -> Iterable[Path]:
        if path.name == CAMPAIGN:
            return self._asked_for(path.parent)
        if os.path.isdir(path):
            return self._under(path, set())
        return [] if path.name in (FACTS, CALENDAR) else [path]

    def _under(self, folder: Path, seen: set[str]) -> list[Path]:
        """The posts in a folder and in those below it; a folder to which links lead again is read once."""
        real = os.path.realpath(folder)
        if real in seen:
            return []
        seen.add(real)
        posts: list[Path] = []
        for entry in self._inside(folder):
            if os.path.isdir(entry):
                posts += self._under(entry, seen)
            elif entry.name == CAMPAIGN:
                self.campaign_folders.append(folder)
            elif entry.suffix == ".toml" and entry.name.lower() not in _NAMES:
                posts.append(entry)
            elif not self._is_of_all(entry):
                self.passed_over.append(entry)
        return posts

    def _is_of_all(self, path: Path) -> bool:
        """Whether it is one of the files that all posts lean on."""
        return path.name in (FACTS, CALENDAR) and path.parent == Path(
            os.path.abspath(self.root)
        )

    def _inside(self, folder: Path) -> list[Path]:
        """The files and folders in a folder, in order, without hidden ones and without names that cannot be shown."""
        try:
            # A folder that may be listed and not entered looks empty otherwise.
            os.stat(os.path.join(folder, "."))
            entries = sorted(folder.iterdir())
        except OSError as problem:
            self.whole = False
            reason = reason_of(problem)
            message = Sentence(
                "This folder cannot be read ({0}): check that it may be read.", reason
            )
            self.findings.append(error("unreadable", message, Place(shown(folder))))
            return []
        usable = []
        for entry in entries:
            if entry.name.startswith("."):
                if entry.name.endswith(".toml") and not entry.name.startswith("._"):
                    self.passed_over.append(entry)
                continue
            if entry.name.isprintable():
                usable.append(entry)
                continue
            message = Sentence(
                "This name has signs that cannot be shown: use small letters, digits and hyphens."
            )
            self.findings.append(error("bad-name", message, Place(shown(entry))))
        return usable

    def tell_of_passed_over(self, posts: Iterable[PostFile], *, whole: bool) -> None:
        """A finding for each file among the posts that was not read, and that none of these posts shows. Of pictures alone,
        nothing is said as long as not every post is known."""
        shown_there = {
            os.path.abspath(picture.file) for post in posts for picture in post.pictures
        }
        every_post = whole and not self.broken
        for path in self.passed_over:
            if os.path.abspath(path) in shown_there:
                continue
            if path.suffix.lower() not in _PICTURES:
                self.findings.append(_not_read(path, self.root))
            elif every_post:
                message = Sentence(
                    "No post shows this picture: name it in one, or take it away."
                )
                self.findings.append(info("unused-file", message, Place(shown(path))))

    def _optional(self, name: str) -> Table | None:
        path = self.root / name
        return self.table(path) if os.path.lexists(path) else None

    def _keep(self, table: Table | None) -> None:
        self.findings += table.file.findings if table else []


def read_library(
    posts: Path,
    templates: Path,
    paths: Sequence[Path] = (),
    languages: Sequence[str] = LANGUAGES,
    moved_days: Mapping[str, date] = MappingProxyType({}),
) -> Library:
    """Reads the folders; only the posts under `paths` when some are named (facts, days and templates always).
    Facts and days are told of that lack one of the languages. `moved_days` stand on other dates, for a demonstration.

    A file that cannot be used is a finding, and the others are read all the same.
    """
    reader = _Reader(posts, languages)
    if not os.path.isdir(posts):
        message = Sentence(
            "This folder of posts cannot be found: make it, or set content.posts in config.toml."
        )
        reader.findings.append(error("no-folder", message, Place(shown(posts))))
        reader.whole = False
    facts = reader.facts()
    days, has_calendar = reader.calendar()
    for key in moved_days.keys() & days.keys():
        days[key] = moved(days[key], moved_days[key])
    files: list[Path] = []
    if reader.whole or paths:
        files = reader.one_folder_a_campaign(reader.files(paths))
    by_key: dict[str, PostFile] = {}
    for path in files:
        post = reader.post(path)
        if post:
            by_key[post.key] = post
    campaigns = {folder.name: reader.campaign(folder, days) for folder in reader.folders(files)}
    reader.tell_of_passed_over(by_key.values(), whole=not paths)
    names = _template_names(templates)
    return Library(
        posts=by_key,
        campaigns=campaigns,
        facts=facts,
        days=days,
        sandbox=Sandbox(templates),
        templates=names,
        template_files=_template_files(templates, names),
        findings=tuple(reader.findings),
        broken=frozenset(reader.broken - by_key.keys()),
        whole=reader.whole and not paths,
        has_calendar=has_calendar,
    )


def read_calendar(
    posts: Path, languages: Sequence[str] = LANGUAGES
) -> tuple[dict[str, Day], bool]:
    """The days of the calendar alone, and whether all of it could be read."""
    return _Reader(posts, languages).calendar()


def _not_read(
    path: Path,
    root: Path,
) -> Finding:
    """The finding about a file that is passed over: what it may have been meant to be, and what to do."""
    name, place = path.name, Place(shown(path))
    small = name.lower()
    if small == CAMPAIGN or (small in _NAMES and path.parent == root):
        message = Sentence(
            "This file is passed over: write its name in small letters, {0}.", small
        )
    elif small in _NAMES:
        message = Sentence(
            "This file is passed over: only {0} is read, so put what it says there.",
            shown(root / small),
        )
    elif ".toml" in small or small.endswith((".tml", ".tom")):
        meant = re.sub(r"(?i)\.to?ml?\b.*", "", name).strip(". ") + ".toml"
        message = Sentence(
            'This file is passed over, since a post\'s name ends in ".toml": rename it to {0}, or take it away.',
            meant,
        )
    else:
        message = Sentence(
            'This file is passed over, since it is no post: those end in ".toml".'
        )
        return info("unused-file", message, place)
    return warning("passed-over", message, place)


def _template_names(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(sorted(inside.name for inside in folder.iterdir() if inside.is_dir()))
    except OSError:
        return ()


def _template_files(folder: Path, names: Iterable[str]) -> frozenset[str]:
    files = set[str]()
    try:
        for name in names:
            files.update(f"{name}/{file.name}" for file in (folder / name).iterdir())
    except OSError:
        return frozenset()
    return frozenset(files)


def shown(path: Path) -> str:
    """A path as a person would name it: from the working folder when it lies below."""
    whole, here = Path(os.path.abspath(path)), Path.cwd()
    name = str(whole.relative_to(here) if whole.is_relative_to(here) else path)
    # A name that is no UTF-8 has surrogates in it, which no terminal and no database takes.
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _key(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def read_days(table: Table, languages: Sequence[str] = LANGUAGES) -> dict[str, Day]:
    """Every day of a calendar.toml by its id; what is wrong is added to the file's findings."""
    days: dict[str, Day] = {}
    for inner in table.tables("day"):
        day = _read_day(inner, languages)
        if day and day.id in days:
            message = Sentence('The day "{0}" stands here twice: give each its own id.', day.id)
            inner.complain("same-id", message, "id")
        elif day:
            days[day.id] = day
    table.close()
    return days


def _read_day(table: Table, languages: Sequence[str]) -> Day | None:
    identity, written = table.required("id"), table.required("rule")
    names, source = by_language(table, "name"), table.text("source")
    quiet = table.take("quiet", bool, False)
    dates = table.dates("dates")
    table.close()
    for language in languages:
        if not is_seen(names.get(language, "")):
            message = Sentence('The day "{0}" has no name.{1}: add it.', identity, language)
            table.complain("missing-language", message, "name")
    if not written:
        return None
    try:
        rule = parse_rule(written, dates)
    except BadRule as problem:
        table.complain("bad-rule", str(problem), "rule")
        return None
    return Day(identity, rule, names, quiet, source, written)
