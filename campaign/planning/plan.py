"""The plan: for every post and channel when it is due, what it would say there, and what is wrong with it.

It asks neither network nor database: what the queue knows already is handed in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NamedTuple

from campaign.checks.acceptance import check_accepted, with_accepted
from campaign.checks.catalog import with_levels
from campaign.checks.pictures import check_alt, check_number
from campaign.checks.posts import check_fact, check_post, fact_expires
from campaign.checks.reading.reading import Words
from campaign.checks.repeats import near_texts
from campaign.checks.texts import Finished, check_empty, check_length, same_texts
from campaign.config import Channel, Config
from campaign.content.dates.slots import BadSlot, Slot, parse_slot
from campaign.content.dates.when import NextSlot
from campaign.content.due import Due, NotDue, campaign_start, due_of_post, latest, next_free_slot
from campaign.content.library import Library
from campaign.content.post import PostFile
from campaign.content.render import (
    TEMPLATE_NAMES,
    Outlet,
    Rendered,
    file_finding,
    render,
    template_file,
)
from campaign.content.thread import parts
from campaign.core.finding import Finding, Level, Place, error
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen
from campaign.planning.wordings import Wordings
from campaign.publishers import NETWORKS
from campaign.publishers.network import Network, PictureLimits

_Time = tuple[Due | None, list[Finding]]
"""When a delivery is due, if it is, and what is wrong with that."""
Progress = Callable[[Iterable[PostFile]], Iterable[PostFile]]
_BROKEN_TEMPLATE = ("template", "unknown-template")
"""Codes of the findings that leave no template to render with."""
_NEVER = datetime.max.replace(tzinfo=UTC)
"""Sorts what has no time behind everything that has one."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A post on one channel: the text is "" when it could not be rendered, `due` is None when it has no time.

    `length` and `limit` are in characters as the network counts them, of the longest part when it is a thread.
    """

    post: PostFile
    channel: Channel
    due: Due | None
    text: str
    facts: tuple[str, ...]
    length: int
    limit: int
    findings: tuple[Finding, ...]
    form: str = ""  #: which of the post's texts it is made of; "" for none

    @property
    def place(self) -> Place:
        """The place of its text in the post's file, or of the channel's language when it has none."""
        return _place(self.post, self.channel, self.form)


@dataclass(frozen=True, slots=True)
class Plan:
    """All planned deliveries in due order, and every finding about files, posts and texts, each once."""

    planned: tuple[Planned, ...]
    findings: tuple[Finding, ...]
    with_errors: frozenset[str]

    def errors(self) -> list[Finding]:
        """The findings that stop a post."""
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    def posts_with_errors(self) -> set[str]:
        """The keys of posts that cannot be loaded."""
        return set(self.with_errors)


class InQueue(NamedTuple):
    """A loaded delivery, as far as the plan needs it. Times are aware, in UTC."""

    when: str  #: the `when` of its post as it was written when it was loaded
    planned_at: datetime  #: what that `when` meant
    due_at: datetime  #: another time than `planned_at` once a person has moved it
    waits: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the queue holds already: the deliveries by key of the post and name of the channel, and the times that are
    taken on each channel."""

    planned: Mapping[tuple[str, str], InQueue] = field(default_factory=dict)
    taken: Mapping[str, frozenset[datetime]] = field(default_factory=dict)


def every_post(posts: Iterable[PostFile]) -> Iterable[PostFile]:
    """The posts as they come: a Progress that shows none."""
    return posts


class _Planner:
    """Plans post after post; remembers which times it has given away and which templates it has read."""

    def __init__(self, library: Library, config: Config, now: datetime, known: Known) -> None:
        self.library = library
        self.config = config
        self.now = now
        self.known = known
        self.zone = config.site.timezone
        self.grace = config.publishing.grace
        self.today = now.astimezone(self.zone).date()
        self.taken = {name: set(known.taken.get(name, ())) for name in config.channels}
        self.templates: dict[str, list[Finding]] = {}
        self.homeless: dict[str, list[Finding]] = {}
        """What is wrong with posts that go nowhere, because no channel that they name is known."""
        self.slots, self.slot_findings = _slots(config)
        self.wordings = Wordings(library, config.site)

    def post(self, post: PostFile) -> list[Planned]:
        findings = check_post(post, self.library, self.config.channels, self.today)
        findings += check_accepted(post)
        own = None if isinstance(post.when, NextSlot) else self.own_due(post)
        channels = self.channels_of(post)
        if not channels:
            self.homeless[post.key] = findings
        deliveries: list[Planned] = []
        texts: list[Words] = []
        for channel in channels:
            delivery, words = self.delivery(post, channel, findings, own)
            deliveries.append(delivery)
            if words:
                texts.append(words)
        pairs = self.wordings.of_pairs(texts)
        return [_with(delivery, pairs.get(delivery.channel.network, ())) for delivery in deliveries]

    def channels_of(self, post: PostFile) -> list[Channel]:
        """The channels that a post names and the configuration knows, each once; all, when it names none."""
        known = self.config.channels
        names = dict.fromkeys(post.channels or known)
        return [known[name] for name in names if name in known]

    def delivery(
        self, post: PostFile, channel: Channel, of_post: Sequence[Finding], own: _Time | None
    ) -> tuple[Planned, Words | None]:
        """The post on one channel, and its words for the checks; None where there is no text."""
        network = NETWORKS[channel.network]
        limit = network.longest(channel)
        due, of_due = self.due(post, channel, own)
        findings = [*of_post, *self.template(post, channel), *of_due]
        rendered = self.text(post, channel, due, findings)
        text, facts, form = rendered.text, rendered.facts, rendered.form
        findings += rendered.findings
        findings += self.facts(post, facts, due)
        whole = Finished(post.key, channel.name, text, _place(post, channel, form))
        length = _check_parts(whole, network, limit, findings)
        words = self.wordings.words(post, channel, rendered)
        if words:
            findings += self.wordings.of_text(words)
        findings += self.pictures(post, channel, network.pictures)
        once = tuple(dict.fromkeys(findings))
        return Planned(post, channel, due, text, facts, length, limit, once, form), words

    def own_due(self, post: PostFile) -> _Time:
        """When a post that says its time itself is due, which is the same on every channel."""
        try:
            return due_of_post(post, self.library, self.zone, self.now, self.grace)
        except NotDue as problem:
            return None, [problem.finding]

    def due(self, post: PostFile, channel: Channel, own: _Time | None) -> _Time:
        """The post's own time, or else its slot on the channel, which nobody else gets from now on."""
        due, findings = own or self.slot(post, channel)
        if due is None:
            return None, findings
        self.taken[channel.name].add(due.at)
        is_over = due.latest < self.now
        if is_over and not _settled(self.in_queue(post, channel), due):
            return due, [*findings, _past(post, due.at.astimezone(self.zone))]
        return due, findings

    def slot(self, post: PostFile, channel: Channel) -> _Time:
        """The slot that a post without a time of its own has on the channel already, or the next free one."""
        known = self.in_queue(post, channel)
        if known and known.when == post.written_when:
            return self.with_grace(post, known.planned_at), []
        slots, taken = self.slots[channel.name], self.taken[channel.name]
        try:
            start = campaign_start(post, self.library, self.zone, self.now)
            at = next_free_slot(post, slots, taken, start, self.zone)
        except NotDue as problem:
            return None, [problem.finding]
        return self.with_grace(post, at), []

    def with_grace(self, post: PostFile, at: datetime) -> Due:
        return Due(at, latest(post, at, self.zone, self.grace))

    def in_queue(self, post: PostFile, channel: Channel) -> InQueue | None:
        return self.known.planned.get((post.key, channel.name))

    def text(
        self, post: PostFile, channel: Channel, due: Due | None, findings: Sequence[Finding]
    ) -> Rendered:
        """Empty where the template is broken or the language has no text: `findings` say so already."""
        broken = any(finding.code in _BROKEN_TEMPLATE for finding in findings)
        if broken or not post.texts.get(channel.language):
            return Rendered("", post.facts)
        at = self.time_in_text(post, channel, due)
        return render(post, outlet_of(channel), at, self.library, self.config.site)

    def time_in_text(self, post: PostFile, channel: Channel, due: Due | None) -> datetime:
        """The time from which a text counts its days: the one to which a person moved it, else the planned one."""
        if due is None:
            return self.now
        known = self.in_queue(post, channel)
        if known and known.planned_at == due.at:
            return known.due_at
        return due.at

    def facts(self, post: PostFile, facts: Sequence[str], due: Due | None) -> list[Finding]:
        """Also of the facts that a text names and the post's list of facts does not."""
        if not facts:
            return []
        place, findings = post.place("facts"), list[Finding]()
        on = due.at.astimezone(self.zone).date() if due else None
        for key in facts:
            if key not in post.facts:  # check_post has looked at those that the post lists
                findings += check_fact(key, place, self.library, self.today)
            if on:
                findings += fact_expires(key, place, self.library, self.today, on)
        return findings

    def pictures(self, post: PostFile, channel: Channel, limits: PictureLimits) -> list[Finding]:
        language = channel.language
        findings = list(check_number(post.pictures, limits.most))
        for picture in post.pictures:
            alt = picture.alts.get(language, "")
            if is_seen(alt):  # check_post tells of a missing one
                place = picture.alt_place(language)
                findings += check_alt(alt, language, place, limits.longest_alt)
        return findings

    def template(self, post: PostFile, channel: Channel) -> list[Finding]:
        """What is wrong with the template, in the branches too that this text would not reach."""
        file = template_file(post, outlet_of(channel), self.library)
        if post.template not in self.library.templates:
            return []
        if file not in self.templates:
            problems = self.library.sandbox.undefined_names(file, TEMPLATE_NAMES)
            self.templates[file] = [file_finding(post, problem) for problem in problems]
        return self.templates[file]


def plan(
    library: Library,
    config: Config,
    now: datetime,
    known: Known | None = None,
    progress: Progress = every_post,
) -> Plan:
    """Plans every post of the library on every channel that it names."""
    planner = _Planner(library, config, now, known or Known())
    # A post that waits for a slot takes what posts with a time of their own leave free.
    posts = sorted(library.posts.values(), key=lambda post: isinstance(post.when, NextSlot))
    planned: list[Planned] = []
    for post in progress(posts):
        planned += planner.post(post)
    planned.sort(key=_by_due)
    complete = [_weighed(delivery, config) for delivery in _with_doubled(planned)]
    by_post: list[tuple[str, Sequence[Finding]]] = []
    by_post += [(delivery.post.key, delivery.findings) for delivery in complete]
    by_post += planner.homeless.items()
    findings = [*with_levels(library.findings, config.checks), *planner.slot_findings]
    for _, of_post in by_post:
        findings += of_post
    once = sorted(dict.fromkeys(findings), key=_by_place)
    with_errors = frozenset(key for key, of_post in by_post if _has_error(of_post))
    return Plan(tuple(complete), tuple(once), with_errors)


def _check_parts(whole: Finished, network: Network, limit: int, findings: list[Finding]) -> int:
    """Adds what is wrong with each part of a text. Returns the length of the longest, as the network counts it."""
    longest = 0
    for text in parts(whole.text):
        part = replace(whole, text=text)
        length = network.length(text)
        longest = max(longest, length)
        if text:
            findings += check_length(part, length, limit)
            findings += network.problems(part)
        elif not _has_error(findings):  # an error says already why there is no text
            findings += check_empty(part)
    return longest


def _with_doubled(planned: Sequence[Planned]) -> list[Planned]:
    """The same deliveries, with a finding for each text that its channel would get twice, or nearly so where that is
    refused."""
    texts: list[Finished] = []
    strict: list[Finished] = []
    for delivery in planned:
        channel = delivery.channel
        finished = Finished(delivery.post.key, channel.name, delivery.text, delivery.place)
        texts.append(finished)
        if NETWORKS[channel.network].refuses_similar:
            strict.append(finished)
    doubled: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding, finished in (*same_texts(texts), *near_texts(strict)):
        doubled[finished.post, finished.channel].append(finding)
    return [
        _with(delivery, doubled.get((delivery.post.key, delivery.channel.name), ()))
        for delivery in planned
    ]


def _with(delivery: Planned, findings: Sequence[Finding]) -> Planned:
    if not findings:
        return delivery
    once = dict.fromkeys((*delivery.findings, *findings))
    return replace(delivery, findings=tuple(once))


def _weighed(delivery: Planned, config: Config) -> Planned:
    """Its findings as the configuration weighs them, then as people have accepted them in this post."""
    accepted = delivery.post.accepted
    if not (delivery.findings and (config.checks or accepted)):
        return delivery
    levelled = with_levels(delivery.findings, config.checks)
    return replace(delivery, findings=tuple(with_accepted(levelled, accepted)))


def outlet_of(channel: Channel) -> Outlet:
    """A channel as content sees it."""
    network = NETWORKS[channel.network]
    return Outlet(
        channel, network.utm_source, network.longest(channel), network.length, network.has_threads
    )


def _place(post: PostFile, channel: Channel, form: str) -> Place:
    text = post.text(channel.language, form)
    return text.place if text else post.place(channel.language)


def _slots(config: Config) -> tuple[dict[str, list[Slot]], list[Finding]]:
    """The slots of every channel, and a finding for each that cannot be read."""
    slots: dict[str, list[Slot]] = {name: [] for name in config.channels}
    findings = []
    place = Place(config.file or "config.toml")
    for name, channel in config.channels.items():
        for written in channel.slots:
            try:
                slots[name].append(parse_slot(written))
            except BadSlot as problem:
                message = Sentence("Channel {0}: {1}", name, problem)
                findings.append(error("bad-slot", message, place))
    return slots, findings


def _settled(known: InQueue | None, due: Due) -> bool:
    """Whether the past is no news: the delivery is out already, or a person has moved it."""
    if known is None:
        return False
    was_moved = known.planned_at == due.at and known.due_at != due.at
    return was_moved or not known.waits


def _past(post: PostFile, local: datetime) -> Finding:
    message = Sentence(
        "This was due on {0}, which is too long ago for it to go out: give it a new time.",
        f"{local:%Y-%m-%d %H:%M}",
    )
    return error("past-due", message, post.place("when"))


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.level is Level.ERROR for finding in findings)


def _by_due(delivery: Planned) -> tuple[datetime, str, str]:
    at = delivery.due.at if delivery.due else _NEVER
    return at, delivery.post.key, delivery.channel.name


def _by_place(finding: Finding) -> tuple[str, int, str]:
    return finding.place.file, finding.place.line or 0, finding.message
