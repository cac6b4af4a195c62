"""A post becomes the text that one channel gets."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from campaign.config import Channel, Config
from campaign.content.campaigns import Campaign, address_of, hashtags_of
from campaign.content.dates.in_words import long_date
from campaign.content.facts import Fact, cited
from campaign.content.library import Library, shown
from campaign.content.links import PostLink, Tags, asks_for_link
from campaign.content.post import FORMS, Kind, PostFile, Text
from campaign.content.templates.sandbox import NameProblem, TemplateError
from campaign.content.thread import in_one, joined, numbered, parts, posted
from campaign.core.finding import Finding, Place, did_you_mean, error
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen, with_line_ends

_EMPTY_LINES = re.compile(r"\n{3,}")
_ASKED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LONG_WORD = 60
"""Characters of a word that are counted at most when a text is counted roughly: a network may count 23 for a link of any length."""
TEXT_NAMES = frozenset(
    (
        "post",
        "campaign",
        "channel",
        "language",
        "fact",
        "cite",
        "sources",
        "link",
        "hashtags",
        "due",
        "date",
        "day",
    )
)
"""The names that a post's own text may use; a template may also use `text` and `references`."""
TEMPLATE_NAMES = TEXT_NAMES | {"text", "references"}


LITTLE_ROOM = 500
"""Characters: a channel that takes no more gets the template short.txt.j2 where its network has none of its own, any other
long.txt.j2."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A channel as content sees it: how long a text may be there, and what its links are tagged with."""

    channel: Channel
    utm_source: str
    limit: int
    length: Callable[[str], int] = len  #: in the network's own count
    threads: bool = False  #: a text may be split into parts that answer each other
    attaches: Callable[[str], bool] = lambda _address: False
    """Whether this address may go out beside a text, as an attachment."""

    def fits(self, text: str) -> bool:
        """Whether each post that a text becomes is short enough."""
        texts = posted(text, has_threads=self.threads)
        return all(self.length(part) <= self.limit for part in texts)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The finished text, the facts it leans on, which of the post's texts it is made of, and what went wrong (the text is
    then empty)."""

    text: str
    facts: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    form: str = ""
    link: str = ""  #: the address that goes out beside the text; "" for none


@dataclass(frozen=True, slots=True)
class PostNames:
    """`post`, as a text sees it."""

    kind: str
    campaign: str
    name: str
    facts: tuple[str, ...]
    action: str
    day: str


@dataclass(frozen=True, slots=True)
class CampaignNames:
    """`campaign`, as a text sees it, in the language of the delivery."""

    name: str
    aim: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class ChannelNames:
    """`channel`, as a text sees it."""

    name: str
    network: str
    language: str


@dataclass(frozen=True, slots=True)
class DayNames:
    """`day`, the awareness day that a post counts down to, as a text sees it."""

    name: str
    date: date
    days_left: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as a text sees it: what readers call it, and its page; whether that is in the language of the text."""

    name: str
    url: str
    in_language: bool


@dataclass
class _Facts:
    """`fact` and `cite`, which note each fact that a text names: it leans on all of them."""

    facts: Mapping[str, Fact]
    language: str
    used: dict[str, None] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)

    def fact(self, identity: str) -> str:
        claim = self._of(identity).claims.get(self.language, "")
        if not is_seen(claim):
            raise NameProblem(
                Sentence(
                    'The fact "{0}" has no claim.{1} in facts.toml: add it.',
                    identity,
                    self.language,
                )
            )
        return claim

    def cite(self, identity: str) -> str:
        return cited(self._of(identity), self.language)

    def sources(self, post: PostFile) -> dict[str, object]:
        """The sources of what the text says: of the facts that it has named, and of those that the post lists and says in
        words of its own. A fact that only another of its texts names is left out, unless no other is left."""
        listed = [fact for fact in post.facts if fact in self.facts]
        texts = post.texts.get(self.language, {}).values()
        in_own_words = [fact for fact in listed if not _is_named(fact, texts)]
        told = [*self.named, *in_own_words] or listed
        references = tuple(dict.fromkeys(map(self._reference, told)))
        names = dict.fromkeys(reference.name for reference in references)
        return {
            "sources": tuple(names),
            "references": references,
        }

    def _reference(self, identity: str) -> Reference:
        fact = self.facts[identity]
        own = fact.url_fr if self.language == "fr" else fact.url
        name = cited(fact, self.language)
        has_no_page = fact.own is not None
        return Reference(name, url=own or fact.url, in_language=bool(own) or has_no_page)

    def _of(self, identity: str) -> Fact:
        if identity not in self.facts:
            raise NameProblem(
                Sentence(
                    '"{0}" is not a fact of facts.toml; {1}',
                    identity,
                    did_you_mean(str(identity), self.facts),
                )
            )
        self.used[identity] = self.named[identity] = None
        return self.facts[identity]


def _is_named(fact: str, texts: Iterable[Text]) -> bool:
    """Whether one of the texts asks for a fact by its name, within quotation marks."""
    sources = [text.source for text in texts]
    written = "\n".join(sources)
    return f'"{fact}"' in written or f"'{fact}'" in written


def render(
    post: PostFile,
    outlet: Outlet,
    due: datetime,
    library: Library,
    config: Config,
) -> Rendered:
    """The text of a post for one channel at one due moment (aware, UTC): the longest that fits there, with its template.

    Asks no clock and no network; what goes wrong is a finding with file and line.
    """
    texts = post.longest_first(outlet.channel.language)
    if not texts:
        return Rendered("", post.facts, (missing_text(post, outlet),))
    local = due.astimezone(config.site.timezone)
    for form, text in texts[:-1]:
        if not _surely_too_long(text.source, outlet.limit, outlet.length):
            rendered = _Rendering(post, outlet, local, library, config).of(
                form, text, must_fit=True
            )
            if rendered and (rendered.findings or outlet.fits(rendered.text)):
                return rendered
    form, text = texts[-1]
    rendered = _Rendering(post, outlet, local, library, config).of(form, text)
    # Where lengths are checked, there is a finding for too long a one.
    is_short = form == FORMS[0]
    if rendered and (is_short or rendered.findings or outlet.fits(rendered.text)):
        return rendered
    return Rendered("", post.facts, (missing_text(post, outlet),))


@dataclass(frozen=True, slots=True)
class _Rendering:
    """One post on its way to one channel; `due` is local time."""

    post: PostFile
    outlet: Outlet
    due: datetime
    library: Library
    config: Config

    def of(self, form: str, text: Text, *, must_fit: bool = False) -> Rendered | None:
        """The finished text. None where it `must_fit` and its own words alone are too long: nothing more is done then."""
        names, facts, link = _names(self.post, self.outlet, self.due, self.library, self.config)
        link.is_beside = self.goes_beside(text, link)
        sandbox = self.library.sandbox
        try:
            words = sandbox.render_text(text.source, names).strip()
        except TemplateError as problem:
            return Rendered("", tuple(facts.used), (text_finding(text, problem),), form)
        if must_fit and not self.outlet.fits(words):
            return None
        file = template_file(self.post, self.outlet, self.library)
        try:
            sources = facts.sources(self.post)
            finished = sandbox.render_file(file, {**names, **sources, "text": words})
        except TemplateError as problem:
            return Rendered("", tuple(facts.used), (file_finding(self.post, problem),), form)
        in_parts = _in_parts(tidy(finished), self.post, self.outlet)
        return Rendered(in_parts, tuple(facts.used), form=form, link=link.attached)

    def goes_beside(self, text: Text, link: PostLink) -> bool:
        """Whether the post's link goes out beside this text, and not in it."""
        # A post shows its pictures or a link, and not both; and a person's yes is to the very text, with its address.
        is_persons = self.post.kind is Kind.STORY or self.post.consent
        stays = self.post.pictures or is_persons or asks_for_link(text.source)
        return not stays and self.outlet.attaches(link.own)


@lru_cache(maxsize=4_096)
def _surely_too_long(source: str, limit: int, length: Callable[[str], int]) -> bool:
    """Whether a text cannot fit, whatever its template adds. Most long texts cannot on a small network, and rendering them
    to find that out would cost as much again. Kept, since many channels ask it of one text."""
    if "{%" in source:  # what is within a condition may be left out
        return False
    written = _ASKED.sub("", source)  # what is asked for may be shorter than the asking
    # The rough count spares the network's own, which takes longer.
    return any(
        _is_roughly_over(4 * limit, part) or length(part.strip()) > limit
        for part in parts(written)
    )


def _is_roughly_over(limit: int, part: str) -> bool:
    """Whether a part of a text is longer than this, counted as at most four times what any network counts: a link counts
    little there, however long it is, and an emoji of seven characters counts two."""
    if len(part) <= limit:
        return False
    return sum(min(len(word), _LONG_WORD) for word in part.split()) > limit


def _in_parts(finished: str, post: PostFile, outlet: Outlet) -> str:
    """The text with the parts of its thread marked, where the network has threads."""
    if not outlet.threads:
        return in_one(finished)
    of_thread = parts(finished)
    return joined(numbered(of_thread) if post.numbered else of_thread)


def template_file(post: PostFile, outlet: Outlet, library: Library) -> str:
    """The template of a post for a channel, below the folder of templates: its network's own, or the one by length."""
    own = f"{post.template}/{outlet.channel.network}.txt.j2"
    if own in library.template_files:
        return own
    room = "short" if outlet.limit <= LITTLE_ROOM else "long"
    return f"{post.template}/{room}.txt.j2"


def missing_text(post: PostFile, outlet: Outlet) -> Finding:
    """The finding for a channel whose language the post has no text in, or none that is short enough."""
    language, name = outlet.channel.language, outlet.channel.name
    if post.texts.get(language):
        message = Sentence(
            "There is no short text under [{0}], which channel {1} needs: write it.",
            language,
            name,
        )
    else:
        message = Sentence(
            "There is no long or short text under [{0}], which channel {1} needs: write it.",
            language,
            name,
        )
    return error("missing-language", message, post.place(language))


def text_finding(text: Text, problem: TemplateError) -> Finding:
    """A template error inside a post's own text, at its line in the post's file."""
    return error("template", problem.message, text.place.after((problem.line or 1) - 1))


def file_finding(post: PostFile, problem: TemplateError) -> Finding:
    """A template error in a file of templates; without a file, at the post that named the template."""
    if problem.file is None:
        return error("template", problem.message, post.place("template"))
    return error("template", problem.message, Place(shown(Path(problem.file)), problem.line))


def tidy(text: str) -> str:
    """No trailing blanks, no doubled blank lines, nothing around."""
    # Not `splitlines`, which breaks at signs that nobody can read, and so nobody would learn of them.
    lines = "\n".join(map(str.rstrip, with_line_ends(text).split("\n")))
    if "\n\n\n" in lines:  # seldom, and the pattern is slow
        lines = _EMPTY_LINES.sub("\n\n", lines)
    return lines.strip()


def _names(
    post: PostFile, outlet: Outlet, due: datetime, library: Library, config: Config
) -> tuple[dict[str, object], _Facts, PostLink]:
    """Everything that a text and a template see, and notes of the facts and of the link that they ask for."""
    channel, campaign = outlet.channel, library.campaign(post)
    language, due_day = channel.language, due.date()
    start, end = campaign.dates(library.days, due_day)
    facts = _Facts(library.facts, language, dict.fromkeys(post.facts))
    name, aim = campaign.names.get(language, ""), campaign.aims.get(language, "")
    link = _link(post, campaign, outlet, config, (start or due_day).year)
    names = {
        "post": PostNames(
            post.kind, post.campaign, post.name, post.facts, post.action, post.day
        ),
        "campaign": CampaignNames(name, aim, start, end),
        "channel": ChannelNames(channel.name, channel.network, language),
        "language": language,
        "fact": facts.fact,
        "cite": facts.cite,
        **facts.sources(post),
        "link": link.address,
        "hashtags": hashtags_of(post, campaign, language),
        "due": due,
        "date": lambda day: long_date(day, language),
        "day": _day(post, library, due_day, language),
    }
    return names, facts, link


def _link(
    post: PostFile, campaign: Campaign, outlet: Outlet, config: Config, year: int
) -> PostLink:
    language = outlet.channel.language
    own = ""
    if outlet.channel.network not in post.link.not_on:
        own = address_of(post, campaign, language, config)
    # The file of a story may well bear its storyteller's name.
    content = post.kind.value if post.kind is Kind.STORY else post.name
    tags = Tags(outlet.utm_source, f"{campaign.utm}-{year}", f"{content}-{language}")
    return PostLink(own, config.site.url, tags)


def _day(post: PostFile, library: Library, due: date, language: str) -> DayNames | None:
    day = library.days.get(post.day)
    on = day.next(due) if day else None
    if day is None or on is None:
        return None
    return DayNames(day.names.get(language, day.id), on, (on - due).days)
