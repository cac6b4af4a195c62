"""The plan: for every post and channel when it is due, what it would say there, and what is wrong with it.

It asks neither network nor database: what the queue knows already is handed in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

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
from campaign.publishers.network import PictureLimits

_Time = tuple[Due | None, list[Finding]]
"""When a delivery is due, if it is, and what is wrong with that."""
Progress = Callable[[Iterable[PostFile]], Iterable[PostFile]]


@dataclass(frozen=True, slots=True)
class Planned:
    """One delivery to be: the text is empty when it could not be rendered, `due` is None when it has no time."""

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
        """Where its text stands, or its language."""
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


@dataclass(frozen=True, slots=True)
class Known:
    """What the queue knows already: the time that each loaded delivery was planned for, with the `when` it came from,
    when it is really due, whether it still waits, and the times that are taken on each channel."""

    planned: Mapping[tuple[str, str], tuple[str, datetime, datetime, bool]] = field(
        default_factory=dict
    )
    taken: Mapping[str, frozenset[datetime]] = field(default_factory=dict)


def every_post(posts: Iterable[PostFile]) -> Iterable[PostFile]:
    """No progress is shown."""
    return posts


class _Planner:
    """Plans post after post; remembers which times it has given away and which templates it has read."""

    def __init__(self, library: Library, config: Config, now: datetime, known: Known) -> None:
        self.library = library
        self.config = config
        self.now = now
        self.known = known
        self.today = now.astimezone(config.site.timezone).date()
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
        wanted = [
            name
            for name in dict.fromkeys(post.channels or self.config.channels)
            if name in self.config.channels
        ]
        if not wanted:
            self.homeless[post.key] = findings
        found = [self.delivery(post, self.config.channels[name], findings, own) for name in wanted]
        pairs = self.wordings.of_pairs([words for _, words in found if words])
        return [_with(one, pairs.get(one.channel.network, ())) for one, _ in found]

    def delivery(
        self, post: PostFile, channel: Channel, of_post: Sequence[Finding], own: _Time | None
    ) -> tuple[Planned, Words | None]:
        network = NETWORKS[channel.network]
        limit = network.longest(channel)
        due, of_due = self.due(post, channel, own)
        findings = [*of_post, *self.template(post, channel), *of_due]
        rendered = self.text(post, channel, due, findings)
        findings += [*rendered.findings, *self.facts(post, rendered.facts, due)]
        lengths = []
        for text in parts(rendered.text):
            finished = Finished(post.key, channel.name, text, _place(post, channel, rendered.form))
            lengths.append(network.length(text))
            if text:
                findings += [
                    *check_length(finished, lengths[-1], limit),
                    *network.problems(finished),
                ]
            elif not _has_error(findings):
                findings += check_empty(finished)
        words = self.wordings.words(post, channel, rendered)
        findings += self.wordings.of_text(words) if words else ()
        findings += self.pictures(post, channel, network.pictures)
        once = tuple(dict.fromkeys(findings))
        length, form = max(lengths), rendered.form
        return Planned(
            post, channel, due, rendered.text, rendered.facts, length, limit, once, form
        ), words

    def own_due(self, post: PostFile) -> _Time:
        """When a post that says its time itself is due, which is the same on every channel."""
        try:
            zone, grace = self.config.site.timezone, self.config.publishing.grace
            return due_of_post(post, self.library, zone, self.now, grace)
        except NotDue as problem:
            return None, [problem.finding]

    def due(self, post: PostFile, channel: Channel, own: _Time | None) -> _Time:
        known = self.known.planned.get((post.key, channel.name))
        due, findings = own or self.slot(post, channel)
        if due is None:
            return None, findings
        self.taken[channel.name].add(due.at)
        if due.latest < self.now and not _settled(known, due):
            return due, [*findings, _past(post, due, self.config)]
        return due, findings

    def slot(self, post: PostFile, channel: Channel) -> _Time:
        """The slot that a post without a time of its own has on the channel already, or the next free one."""
        zone, grace = self.config.site.timezone, self.config.publishing.grace
        known = self.known.planned.get((post.key, channel.name))
        if known and known[0] == post.written_when:
            return Due(known[1], latest(post, known[1], zone, grace)), []
        try:
            start = campaign_start(post, self.library, zone, self.now)
            at = next_free_slot(
                post, self.slots[channel.name], self.taken[channel.name], start, zone
            )
        except NotDue as problem:
            return None, [problem.finding]
        return Due(at, latest(post, at, zone, grace)), []

    def text(
        self, post: PostFile, channel: Channel, due: Due | None, findings: Sequence[Finding]
    ) -> Rendered:
        broken = any(finding.code in ("template", "unknown-template") for finding in findings)
        if broken or not post.texts.get(channel.language):  # both are told already
            return Rendered("", post.facts)
        known = self.known.planned.get((post.key, channel.name))
        moved = known[2] if known and due and known[1] == due.at else None
        at = moved or (due.at if due else self.now)
        return render(post, outlet_of(channel), at, self.library, self.config.site)

    def facts(self, post: PostFile, facts: Sequence[str], due: Due | None) -> list[Finding]:
        """Also of the facts that a text names and the post's list of facts does not."""
        if not facts:
            return []
        place, findings = post.place("facts"), list[Finding]()
        on = due.at.astimezone(self.config.site.timezone).date() if due else None
        for key in facts:
            if key not in post.facts:  # Of those it is told already.
                findings += check_fact(key, place, self.library, self.today)
            if on:
                findings += fact_expires(key, place, self.library, self.today, on)
        return findings

    def pictures(self, post: PostFile, channel: Channel, limits: PictureLimits) -> list[Finding]:
        findings = list(check_number(post.pictures, limits.most))
        for picture in post.pictures:
            alt = picture.alts.get(channel.language, "")
            if is_seen(alt):  # a missing one is told of the post
                findings += check_alt(
                    alt, channel.language, picture.alt_place(channel.language), limits.longest_alt
                )
        return findings

    def template(self, post: PostFile, channel: Channel) -> list[Finding]:
        """What is wrong with the template, also where this text would not come by."""
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
    planned = [one for post in progress(posts) for one in planner.post(post)]
    planned.sort(
        key=lambda one: (
            one.due is None,
            one.due.at if one.due else now,
            one.post.key,
            one.channel.name,
        )
    )
    complete = [_weighed(one, config) for one in _with_doubled(planned)]
    by_post = [*((one.post.key, one.findings) for one in complete), *planner.homeless.items()]
    every = [
        *with_levels(library.findings, config.checks),
        *planner.slot_findings,
        *(finding for _, found in by_post for finding in found),
    ]
    with_errors = frozenset(key for key, found in by_post if _has_error(found))
    return Plan(tuple(complete), tuple(sorted(dict.fromkeys(every), key=_by_place)), with_errors)


def _with_doubled(planned: Sequence[Planned]) -> list[Planned]:
    """The same deliveries, with a finding for each text that its channel would get twice, or nearly so where that is
    refused."""
    texts = [Finished(one.post.key, one.channel.name, one.text, one.place) for one in planned]
    strict = [
        finished
        for one, finished in zip(planned, texts, strict=True)
        if NETWORKS[one.channel.network].refuses_similar
    ]
    found: dict[tuple[str, str], tuple[Finding, ...]] = {}
    for finding, finished in (*same_texts(texts), *near_texts(strict)):
        found[finished.post, finished.channel] = (
            *found.get((finished.post, finished.channel), ()),
            finding,
        )
    return [_with(one, found.get((one.post.key, one.channel.name), ())) for one in planned]


def _with(one: Planned, findings: Sequence[Finding]) -> Planned:
    return (
        replace(one, findings=tuple(dict.fromkeys((*one.findings, *findings)))) if findings else one
    )


def _weighed(one: Planned, config: Config) -> Planned:
    """Its findings as the configuration weighs them, then as people have accepted them in this post."""
    if not (one.findings and (config.checks or one.post.accepted)):
        return one
    weighed = with_accepted(with_levels(one.findings, config.checks), one.post.accepted)
    return replace(one, findings=tuple(weighed))


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
    for name, channel in config.channels.items():
        for written in channel.slots:
            try:
                slots[name].append(parse_slot(written))
            except BadSlot as problem:
                place = Place(config.file or "config.toml")
                findings.append(
                    error("bad-slot", Sentence("Channel {0}: {1}", name, problem), place)
                )
    return slots, findings


def _settled(known: tuple[str, datetime, datetime, bool] | None, due: Due) -> bool:
    """Whether the past is no news: the delivery is out already, or a person has moved it."""
    return known is not None and (not known[3] or (known[1] == due.at and known[2] != due.at))


def _past(post: PostFile, due: Due, config: Config) -> Finding:
    local = due.at.astimezone(config.site.timezone)
    message = Sentence(
        "This was due on {0}, which is too long ago for it to go out: give it a new time.",
        f"{local:%Y-%m-%d %H:%M}",
    )
    return error("past-due", message, post.place("when"))


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.level is Level.ERROR for finding in findings)


def _by_place(finding: Finding) -> tuple[str, int, str]:
    return finding.place.file, finding.place.line or 0, finding.message
