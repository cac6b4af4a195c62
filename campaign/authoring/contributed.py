"""Contributions as they are looked at: their words, what happened to them, where they go."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from campaign.content.post import FORMS, LANGUAGES, Kind
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


@dataclass(frozen=True, slots=True)
class Contribution:
    """A contribution as it is looked at: its words, what happened to it, where it goes."""

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
        finished = (
            one.text
            for one in reversed(self.deliveries)
            if one.language == self.language and one.text
        )
        return next(finished, self.words) if "{{" in self.words or not self.words else self.words

    @property
    def leading(self) -> str:
        """The status that tells most about a planned one."""
        statuses = {one.status for one in self.deliveries}
        return next((status.value for status in _TELLING if status in statuses), "")

    def last(self, action: str) -> Event | None:
        """The latest event of that name which its author or the team left."""
        return next((event for event in reversed(self.events) if event.action == action), None)

    def agreed(self) -> Event | None:
        """What was said of the consent of a story's person."""
        return self.last("agreed")

    def handed_in(self) -> Event | None:
        """When it came to the team, and with which note."""
        return next(
            (event for event in reversed(self.events) if event.to_status == Stage.SUBMITTED), None
        )


def look_at(posts: Sequence[Post]) -> list[Contribution]:
    """These contributions with all that is told of them, in the same order; three questions, however many they are."""
    events, deliveries = defaultdict[int, list[Event]](list), defaultdict[int, list[Delivery]](list)
    for event in Event.objects.filter(post__in=posts).order_by("id"):
        events[event.post_id or 0].append(event)
    for one in Delivery.objects.filter(post__in=posts).order_by("due_at", "id"):
        deliveries[one.post_id].append(one)
    first, latest = dict[int, str](), dict[int, str]()
    ends = Q(number=1) | Q(number=F("post__version"))
    for post, source in (
        Version.objects.filter(ends, post__in=posts)
        .order_by("number")
        .values_list("post_id", "source")
    ):
        first.setdefault(post, source)
        latest[post] = source
    found = []
    for one_post in posts:
        key, source = one_post.pk, latest.get(one_post.pk, "")
        texts = {language: words for language in LANGUAGES if (words := words_of(source, language))}
        language = _language(first.get(key, ""))
        found.append(
            Contribution(one_post, language, texts, tuple(events[key]), tuple(deliveries[key]))
        )
    return found


def may_take_back(one: Contribution) -> bool:
    """Whether its author can take it back as it stands; of a story, they always can."""
    statuses = {Status(delivery.status) for delivery in one.deliveries}
    return one.post.kind == Kind.STORY or not statuses & (OUT | {Status.QUEUED})


def may_bring_back(one: Contribution, author: str) -> bool:
    """Whether it was its author who took it back, so that they can undo it."""
    last = one.last("taken back")
    return one.post.stage == Stage.TAKEN_BACK and last is not None and last.actor == author


def language_of(post: Post) -> str:
    """The language in which a post was contributed: the one of its first version."""
    return _language(
        post.versions.order_by("number").values_list("source", flat=True).first() or ""
    )


def own_words(post: Post) -> str:
    """The words as its author last saved them."""
    own = (
        post.versions.filter(by=post.author)
        .order_by("-number")
        .values_list("source", flat=True)
        .first()
    )
    return words_of(own or "", language_of(post))


def words_of(source: str, language: str) -> str:
    """The words of a version in a language, the longer form where there are two; "" when it has none."""
    try:
        texts = tomllib.loads(source).get(language, {})
    except tomllib.TOMLDecodeError:  # somebody is in the midst of writing it
        return ""
    return next((str(texts[form]).strip() for form in reversed(FORMS) if texts.get(form)), "")


def first_words(text: str) -> str:
    """The beginning of a text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line
    return f"{line[:LONGEST_TITLE].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def _language(first_version: str) -> str:
    return next(
        (language for language in LANGUAGES if words_of(first_version, language)), LANGUAGES[0]
    )
