"""Contributions as pages show them: their words, what happened to them, where they go."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from campaign.content.post import FORMS, LANGUAGES, Kind
from campaign.core.typed import on_one_line
from campaign.models import Delivery, Event, Post, Version
from campaign.states import OUT, Stage, Status

LONGEST_TITLE = 70
_TELLING = (
    Status.PUBLISHED,
    Status.QUEUED,
    Status.DRAFT,
    Status.REMOVED,
    Status.CANCELLED,
    Status.WITHDRAWN,
)
"""The statuses by how much they tell; of several, the first is shown."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """A contribution with its words, its events (oldest first) and its deliveries (by due time)."""

    post: Post
    language: str
    texts: Mapping[str, str]  #: the words as they are now, by language
    events: tuple[Event, ...]
    deliveries: tuple[Delivery, ...]

    @property
    def words(self) -> str:
        """The words as they are now, in the language of the contribution."""
        return self.texts.get(self.language, "")

    @property
    def reads(self) -> str:
        """How it reads: what came from a file may name facts, so its finished text is taken where there is one."""
        if self.words and "{{" not in self.words:
            return self.words
        for delivery in reversed(self.deliveries):
            if delivery.language == self.language and delivery.text:
                return delivery.text
        return self.words

    @property
    def leading(self) -> str:
        """The status that tells most about a planned one; "" where none of its deliveries has one of these."""
        statuses = {delivery.status for delivery in self.deliveries}
        return next((status.value for status in _TELLING if status in statuses), "")

    def last(self, action: str) -> Event | None:
        """The latest event of that name which its author or the team left."""
        return next((event for event in reversed(self.events) if event.action == action), None)

    def agreed(self) -> Event | None:
        """What was said of the consent of a story's person."""
        return self.last("agreed")

    def handed_in(self) -> Event | None:
        """When it came to the team, and with which note."""
        for event in reversed(self.events):
            if event.to_status == Stage.SUBMITTED:
                return event
        return None


def look_at(posts: Sequence[Post]) -> list[Contribution]:
    """The contributions of these posts, in the same order; asks the database three times, however many they are."""
    events = defaultdict[int, list[Event]](list)
    for event in Event.objects.filter(post__in=posts).order_by("id"):
        events[event.post_id or 0].append(event)
    deliveries = defaultdict[int, list[Delivery]](list)
    for delivery in Delivery.objects.filter(post__in=posts).order_by("due_at", "id"):
        deliveries[delivery.post_id].append(delivery)
    first, latest = _first_and_latest(posts)
    contributions = []
    for post in posts:
        texts = _texts(latest.get(post.pk, ""))
        language = _language(first.get(post.pk, ""))
        happened, planned = tuple(events[post.pk]), tuple(deliveries[post.pk])
        contributions.append(Contribution(post, language, texts, happened, planned))
    return contributions


def _first_and_latest(posts: Sequence[Post]) -> tuple[dict[int, str], dict[int, str]]:
    """The sources (TOML) of the first and of the latest version of these posts, by the post's number."""
    ends = Q(number=1) | Q(number=F("post__version"))
    versions = Version.objects.filter(ends, post__in=posts).order_by("number")
    first, latest = dict[int, str](), dict[int, str]()
    for post, source in versions.values_list("post_id", "source"):
        first.setdefault(post, source)
        latest[post] = source
    return first, latest


def _texts(source: str) -> dict[str, str]:
    """The words of a version by language, without languages that have none."""
    texts = {language: words_of(source, language) for language in LANGUAGES}
    return {language: words for language, words in texts.items() if words}


def may_take_back(contribution: Contribution) -> bool:
    """Whether its author can take it back now; a story, they always can."""
    if contribution.post.kind == Kind.STORY:
        return True
    statuses = {Status(delivery.status) for delivery in contribution.deliveries}
    return not statuses & (OUT | {Status.QUEUED})


def may_bring_back(contribution: Contribution, author: str) -> bool:
    """Whether it was its author who took it back, so that they can undo it."""
    last = contribution.last("taken back")
    if contribution.post.stage != Stage.TAKEN_BACK or last is None:
        return False
    return last.actor == author


def language_of(post: Post) -> str:
    """The language in which a post was contributed: the one of its first version."""
    sources = post.versions.order_by("number").values_list("source", flat=True)
    return _language(sources.first() or "")


def own_words(post: Post) -> str:
    """The words as its author last saved them."""
    own = post.versions.filter(by=post.author).order_by("-number")
    source = own.values_list("source", flat=True).first()
    return words_of(source or "", language_of(post))


def words_of(source: str, language: str) -> str:
    """The words of a version in a language, the longer form where there are two; "" when it has none."""
    try:
        texts = tomllib.loads(source).get(language, {})
    except tomllib.TOMLDecodeError:  # somebody is in the midst of writing it
        return ""
    for form in reversed(FORMS):
        if texts.get(form):
            return str(texts[form]).strip()
    return ""


def first_words(text: str) -> str:
    """The beginning of a text on one line, cut between words."""
    line = on_one_line(text)
    if len(line) <= LONGEST_TITLE:
        return line
    words = line[:LONGEST_TITLE].rsplit(" ", 1)[0]
    return f"{words.rstrip(' ,;:')}…"


def _language(first_version: str) -> str:
    for language in LANGUAGES:
        if words_of(first_version, language):
            return language
    return LANGUAGES[0]
