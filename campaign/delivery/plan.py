"""The plan: for every post and channel when it is due, what it would say there, and what is wrong with it.

It asks neither network nor database: what the queue knows already is handed in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from campaign.checks.posts import check_fact, check_post, fact_expires
from campaign.checks.texts import Finished, check_empty, check_length, same_texts
from campaign.config import Channel, Config
from campaign.content.due import Due, NotDue, campaign_start, due_of_post, latest, next_free_slot
from campaign.content.library import Library
from campaign.content.post import Post
from campaign.content.render import TEMPLATE_NAMES, Outlet, file_finding, render, template_file
from campaign.content.slots import BadSlot, Slot, parse_slot
from campaign.content.when import NextSlot
from campaign.finding import Finding, Level, Place, error
from campaign.publishers import PUBLISHERS
from campaign.publishers.publisher import Publisher

Progress = Callable[[Iterable[Post]], Iterable[Post]]


@dataclass(frozen=True, slots=True)
class Planned:
    """One delivery to be: the text is empty when it could not be rendered, `due` is None when it has no time."""

    post: Post
    channel: Channel
    due: Due | None
    text: str
    facts: tuple[str, ...]
    length: int
    limit: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All planned deliveries in due order, and every finding about files, posts and texts, each once."""

    planned: tuple[Planned, ...]
    findings: tuple[Finding, ...]

    def errors(self) -> list[Finding]:
        """The findings that stop a post."""
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    def posts_with_errors(self) -> set[str]:
        """The keys of posts that cannot be loaded."""
        return {planned.post.key for planned in self.planned if _has_error(planned.findings)}


@dataclass(frozen=True, slots=True)
class Known:
    """What the queue knows already: the time that each loaded delivery was planned for, with the `when` it came from,
    when it is really due, whether it still waits, and the times that are taken on each channel."""

    planned: Mapping[tuple[str, str], tuple[str, datetime, datetime, bool]] = field(default_factory=dict)
    taken: Mapping[str, frozenset[datetime]] = field(default_factory=dict)


def every_post(posts: Iterable[Post]) -> Iterable[Post]:
    """No progress is shown."""
    return posts


class _Planner:
    """Plans post after post; remembers which slots it has given away and which templates it has read."""

    def __init__(self, library: Library, config: Config, now: datetime, known: Known) -> None:
        self.library = library
        self.config = config
        self.now = now
        self.known = known
        self.today = now.astimezone(config.site.timezone).date()
        self.taken = {name: set(known.taken.get(name, ())) for name in config.channels}
        self.slots = {name: _slots(channel) for name, channel in config.channels.items()}
        self.templates: dict[str, list[Finding]] = {}

    def post(self, post: Post) -> list[Planned]:
        findings = check_post(post, self.library, self.config.channels, self.today)
        channels = [self.config.channels[name] for name in post.channels if name in self.config.channels]
        wanted = channels or ([] if post.channels else list(self.config.channels.values()))
        return [self.delivery(post, channel, findings) for channel in wanted]

    def delivery(self, post: Post, channel: Channel, of_post: list[Finding]) -> Planned:
        publisher = PUBLISHERS[channel.network]
        findings = list(of_post) + self.template(post, channel)
        due = self.due(post, channel, findings)
        text, facts = self.text(post, channel, publisher, due, findings)
        length = publisher.length(text)
        finished = Finished(post.key, channel.name, text, _place(post, channel, publisher))
        if text:
            findings += [*check_length(finished, length, publisher.limit), *publisher.problems(finished)]
        elif not _has_error(findings):
            findings += check_empty(finished)
        findings += self.facts(post, facts, due)
        return Planned(post, channel, due, text, facts, length, publisher.limit, tuple(dict.fromkeys(findings)))

    def due(self, post: Post, channel: Channel, findings: list[Finding]) -> Due | None:
        zone, grace = self.config.site.timezone, self.config.publishing.grace
        known = self.known.planned.get((post.key, channel.name))
        try:
            if not isinstance(post.when, NextSlot):
                due, more = due_of_post(post, self.library, zone, self.now, grace)
                findings += more
            elif known and known[0] == post.written_when:
                due = Due(known[1], latest(post, known[1], zone, grace))
            else:
                start = campaign_start(post, self.library, zone, self.now)
                due = next_free_slot(post, self.slots[channel.name], self.taken[channel.name], start, zone, grace)
                self.taken[channel.name].add(due.at)
        except NotDue as problem:
            findings.append(problem.finding)
            return None
        if due.latest < self.now and not self._settled(known, due):
            findings.append(_past(post, due, self.config))
        return due

    def _settled(self, known: tuple[str, datetime, datetime, bool] | None, due: Due) -> bool:
        """Whether the past is no news: the delivery is out already, or a person has moved it."""
        return known is not None and (not known[3] or (known[1] == due.at and known[2] != due.at))

    def text(
        self, post: Post, channel: Channel, publisher: type[Publisher], due: Due | None, findings: list[Finding]
    ) -> tuple[str, tuple[str, ...]]:
        if any(finding.code in ("undefined-name", "unknown-template") for finding in findings):
            return "", post.facts
        known = self.known.planned.get((post.key, channel.name))
        moved = known[2] if known and due and known[1] == due.at else None
        at = moved or (due.at if due else self.now)
        rendered = render(
            post, Outlet(channel, publisher.form, publisher.utm_source), at, self.library, self.config.site
        )
        findings += rendered.findings
        return rendered.text, rendered.facts

    def facts(self, post: Post, facts: tuple[str, ...], due: Due | None) -> list[Finding]:
        place, findings = post.place("facts"), []
        for key in facts:
            found = list(check_fact(key, place, self.library, self.today)) if key not in post.facts else []
            overdue = any(f.code == "fact-overdue" for f in check_fact(key, place, self.library, self.today))
            if due and not overdue:
                found += fact_expires(key, place, self.library, due.at.astimezone(self.config.site.timezone).date())
            findings += found
        return findings

    def template(self, post: Post, channel: Channel) -> list[Finding]:
        file = template_file(post, channel)
        if post.template not in self.library.template_names():
            return []
        if file not in self.templates:
            problems = self.library.sandbox.undefined_names(file, TEMPLATE_NAMES)
            self.templates[file] = [replace(file_finding(post, problem), code="undefined-name") for problem in problems]
        return self.templates[file]


def plan(
    library: Library, config: Config, now: datetime, known: Known | None = None, progress: Progress = every_post
) -> Plan:
    """Plans every post of the library on every channel that it names."""
    planner = _Planner(library, config, now, known or Known())
    planned = [one for post in progress(list(library.posts.values())) for one in planner.post(post)]
    planned.sort(key=lambda one: (one.due is None, one.due.at if one.due else now, one.post.key, one.channel.name))
    doubled: dict[tuple[str, str], list[Finding]] = {}
    for finding, finished in same_texts([_finished(one) for one in planned]):
        doubled.setdefault((finished.post, finished.channel), []).append(finding)
    complete = [_with(one, doubled.get((one.post.key, one.channel.name), [])) for one in planned]
    every = [*library.findings, *_slot_findings(config), *(finding for one in complete for finding in one.findings)]
    return Plan(tuple(complete), tuple(sorted(dict.fromkeys(every), key=_by_place)))


def _finished(one: Planned) -> Finished:
    return Finished(
        one.post.key, one.channel.name, one.text, _place(one.post, one.channel, PUBLISHERS[one.channel.network])
    )


def _with(one: Planned, findings: list[Finding]) -> Planned:
    return replace(one, findings=one.findings + tuple(findings)) if findings else one


def _place(post: Post, channel: Channel, publisher: type[Publisher]) -> Place:
    text = post.text(channel.language, publisher.form)
    return text.place if text else post.place(channel.language)


def _slots(channel: Channel) -> list[Slot]:
    slots = []
    for written in channel.slots:
        try:
            slots.append(parse_slot(written))
        except BadSlot:
            continue
    return slots


def _slot_findings(config: Config) -> list[Finding]:
    findings = []
    for channel in config.channels.values():
        for written in channel.slots:
            try:
                parse_slot(written)
            except BadSlot as problem:
                message = f"Channel {channel.name}: {problem}"
                findings.append(error("bad-slot", message, Place(config.file or "config.toml")))
    return findings


def _past(post: Post, due: Due, config: Config) -> Finding:
    local = due.at.astimezone(config.site.timezone)
    message = f"This was due on {local:%Y-%m-%d %H:%M}, which is too long ago for it to go out: give it a new time."
    return error("past-due", message, post.place("when"))


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.level is Level.ERROR for finding in findings)


def _by_place(finding: Finding) -> tuple[str, int, str]:
    return finding.place.file, finding.place.line or 0, finding.message
