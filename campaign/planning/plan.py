"""The plan: for every post and channel when it is due, what it would say there, and what is wrong with it.

It asks neither network nor database: what the queue knows already is handed in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.checks.acceptance import check_accepted, with_accepted
from campaign.checks.catalog import with_levels
from campaign.checks.links import check_link
from campaign.checks.pictures import check_alt, check_number
from campaign.checks.posts import check_fact, check_post, fact_expires
from campaign.checks.reading.reading import Words
from campaign.checks.repeats import near_texts
from campaign.checks.texts import Finished, check_empty, check_length, same_texts
from campaign.checks.words.signs import check_around, check_written
from campaign.config import Channel, Config
from campaign.content.dates.when import NextSlot
from campaign.content.due import Due
from campaign.content.library import Library
from campaign.content.post import Kind, PostFile
from campaign.content.render import (
    TEMPLATE_NAMES,
    Outlet,
    Rendered,
    file_finding,
    render,
    template_file,
)
from campaign.content.thread import posted
from campaign.core.clock import local_day
from campaign.core.finding import Finding, Level, Place
from campaign.core.typed import is_seen
from campaign.planning.crowds import Stand, crowds
from campaign.planning.times import Known, Time, Times
from campaign.planning.wordings import Wordings
from campaign.publishers import NETWORKS
from campaign.publishers.network import Network, PictureLimits

Progress = Callable[[Iterable[PostFile]], Iterable[PostFile]]
_BROKEN_TEMPLATE = ("template", "unknown-template")
"""Codes of the findings that leave no template to render with."""
_DETAIL_OF = {"hospital-named": "hospital", "town-named": "city"}
"""What a person may allow to be told, by the check that stops at it."""
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
    link: str = ""  #: the address that goes out beside the text; "" for none

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


class Account(NamedTuple):
    """Where texts that are nearly the same are a mistake: a channel, or all accounts of a network that refuses them."""

    name: str
    is_strict: bool  #: it is a network


def every_post(posts: Iterable[PostFile]) -> Iterable[PostFile]:
    """The posts as they come: a Progress that shows none."""
    return posts


class _Planner:
    """Plans post after post; remembers which templates it has read."""

    def __init__(self, library: Library, config: Config, now: datetime, known: Known) -> None:
        self.library = library
        self.config = config
        self.known = known
        self.times = Times(library, config, now, known)
        self.zone = config.site.timezone
        self.today = local_day(now, self.zone)
        self.templates: dict[str, list[Finding]] = {}
        self.homeless: dict[str, list[Finding]] = {}
        """What is wrong with posts that go nowhere, because no channel that they name is known."""
        self.wordings = Wordings(library, config.site)

    def post(self, post: PostFile) -> list[Planned]:
        languages = self.languages_of(post)
        findings = check_post(post, self.library, self.config.channels, self.today, languages)
        campaign = self.library.campaign(post)
        findings += check_link(post, campaign, self.config, NETWORKS)
        findings += check_written(post)
        findings += check_accepted(post)
        own = None if isinstance(post.when, NextSlot) else self.times.of_post(post)
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
        return [
            _with(delivery, pairs.get(delivery.channel.network, ())) for delivery in deliveries
        ]

    def channels_of(self, post: PostFile) -> list[Channel]:
        """The channels that a post names and the configuration knows, each once; all, when it names none."""
        known = self.config.channels
        names = dict.fromkeys(post.channels or known)
        return [known[name] for name in names if name in known]

    def languages_of(self, post: PostFile) -> tuple[str, ...]:
        """The languages in which a post needs a text: those of the site; of a person's story, those in which it goes out, since
        they said in which it may, and nobody has to tell it in another."""
        of_site = self.config.site.languages
        if post.kind is not Kind.STORY and not post.consent:
            return of_site
        spoken = {channel.language for channel in self.channels_of(post)}
        return tuple(language for language in of_site if language in spoken) or of_site

    def delivery(
        self, post: PostFile, channel: Channel, of_post: Sequence[Finding], own: Time | None
    ) -> tuple[Planned, Words | None]:
        """The post on one channel, and its words for the checks; None where there is no text."""
        network = NETWORKS[channel.network]
        limit = network.longest(channel)
        due, of_due = self.times.on_channel(post, channel, own)
        findings = [*of_post, *self.template(post, channel), *of_due]
        rendered = self.text(post, channel, due, findings)
        text, facts, form = rendered.text, rendered.facts, rendered.form
        findings += rendered.findings
        findings += self.facts(post, facts, due)
        whole = Finished(post.key, channel.name, text, _place(post, channel, form))
        length = _check_parts(whole, network, limit, findings)
        words = self.wordings.words(post, channel, rendered)
        if words:
            findings += self.told(post, self.wordings.of_text(words))
        findings += self.pictures(post, channel, network.pictures)
        once = tuple(dict.fromkeys(findings))
        link = rendered.link
        planned = Planned(
            *(post, channel, due, text, facts),
            length=length,
            limit=limit,
            findings=once,
            form=form,
            link=link,
        )
        return planned, words

    def told(self, post: PostFile, findings: Iterable[Finding]) -> Iterable[Finding]:
        """Without those of a place that its person allows to be told."""
        person = post.consent.storyteller if post.consent else ""
        allowed = self.known.allowed.get(person, ())
        return [each for each in findings if _DETAIL_OF.get(each.code) not in allowed]

    def text(
        self, post: PostFile, channel: Channel, due: Due | None, findings: Sequence[Finding]
    ) -> Rendered:
        """Empty where the template is broken or the language has no text: `findings` say so already."""
        broken = any(finding.code in _BROKEN_TEMPLATE for finding in findings)
        if broken or not post.texts.get(channel.language):
            return Rendered("", post.facts)
        at = self.times.in_text(post, channel, due)
        return render(post, outlet_of(channel), at, self.library, self.config)

    def facts(self, post: PostFile, facts: Sequence[str], due: Due | None) -> list[Finding]:
        """Also of the facts that a text names and the post's list of facts does not."""
        if not facts:
            return []
        place, findings = post.place("facts"), list[Finding]()
        on = local_day(due.at, self.zone) if due else None
        for key in facts:
            if key not in post.facts:  # check_post has looked at those that the post lists
                findings += check_fact(key, place, self.library, self.today)
            if on:
                findings += fact_expires(key, place, self.library, self.today, on)
        return findings

    def pictures(
        self, post: PostFile, channel: Channel, limits: PictureLimits
    ) -> list[Finding]:
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
    compared = _with_crowds(_with_doubled(planned), now, planner.zone)
    complete = [_weighed(delivery, config) for delivery in compared]
    by_post: list[tuple[str, Sequence[Finding]]] = []
    by_post += [(delivery.post.key, delivery.findings) for delivery in complete]
    by_post += planner.homeless.items()
    of_library = library.findings
    if library.whole:  # else a few posts are looked at, and not what all of them lean on
        of_library += tuple(check_around(library))
    findings = [*with_levels(of_library, config.checks), *planner.times.findings]
    for _, of_post in by_post:
        findings += of_post
    once = sorted(dict.fromkeys(findings), key=_by_place)
    with_errors = frozenset(key for key, of_post in by_post if _has_error(of_post))
    return Plan(tuple(complete), tuple(once), with_errors)


def _check_parts(whole: Finished, network: Network, limit: int, findings: list[Finding]) -> int:
    """Adds what is wrong with each part of a text. Returns the length of the longest, as the network counts it."""
    longest = 0
    for text in posted(whole.text, has_threads=network.has_threads):
        part = replace(whole, text=text)
        length = network.length(text)
        longest = max(longest, length)
        if text:
            findings += check_length(part, length, limit)
            findings += network.problems(part)
        elif not _has_error(findings):  # an error says already why there is no text
            findings += check_empty(part)
    return longest


def finished_of(delivery: Planned) -> Finished:
    """A planned delivery's text, as it is compared with others."""
    return Finished(
        post=delivery.post.key,
        channel=delivery.channel.name,
        text=delivery.text,
        place=delivery.place,
        link=delivery.link,
    )


def account_of(delivery: Planned) -> Account:
    """Where the text of a planned delivery is compared with others."""
    return account_on(delivery.channel.network, delivery.channel.name)


def account_on(network: str, channel: str) -> Account:
    """Where texts on this channel are compared."""
    if network in NETWORKS and NETWORKS[network].refuses_similar:
        return Account(network, is_strict=True)
    return Account(channel, is_strict=False)


def _with_doubled(planned: Sequence[Planned]) -> list[Planned]:
    """The same deliveries, with a finding for each text that its channel would get twice, or nearly so; where a network
    refuses what is nearly the text of another of its accounts, all of them are compared."""
    texts: list[Finished] = []
    of_accounts: dict[Account, list[Finished]] = defaultdict(list)
    for delivery in planned:
        finished = finished_of(delivery)
        texts.append(finished)
        of_accounts[account_of(delivery)].append(finished)
    told = list(same_texts(texts))
    for account, of_account in of_accounts.items():
        told += near_texts(of_account, on_any_account=account.is_strict)
    doubled: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding, finished in told:
        doubled[finished.post, finished.channel].append(finding)
    return [
        _with(delivery, doubled.get((delivery.post.key, delivery.channel.name), ()))
        for delivery in planned
    ]


def _with_crowds(planned: Sequence[Planned], now: datetime, zone: ZoneInfo) -> list[Planned]:
    """The same deliveries, with a finding for each to come that stands too close to another one, or on a day with too
    many."""
    told: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for stand, finding in crowds(stands_of(planned), zone):
        if stand.at >= now:
            told[stand.post, stand.channel.name].append(finding)
    return [
        _with(delivery, told.get((delivery.post.key, delivery.channel.name), ()))
        for delivery in planned
    ]


def stands_of(planned: Iterable[Planned]) -> Iterator[Stand]:
    """The times of deliveries on their channels; examples take none."""
    for delivery in planned:
        post = delivery.post
        if delivery.due and not post.example:
            yield Stand(post.key, delivery.channel, delivery.due.at, post.place("when"))


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
        channel,
        network.utm_source,
        network.longest(channel),
        network.length,
        network.has_threads,
        network.attaches_link,
    )


def _place(post: PostFile, channel: Channel, form: str) -> Place:
    text = post.text(channel.language, form)
    return text.place if text else post.place(channel.language)


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.level is Level.ERROR for finding in findings)


def _by_due(delivery: Planned) -> tuple[datetime, str, str]:
    at = delivery.due.at if delivery.due else _NEVER
    return at, delivery.post.key, delivery.channel.name


def _by_place(finding: Finding) -> tuple[str, int, str]:
    return finding.place.file, finding.place.line or 0, finding.message
