"""One question to everything that the database holds: posts, deliveries, stories and the log, a few of each, the newest first.

Each is answered by its own index of words; what "all of these" leads to is the list that has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from campaign.listings.log import LogEntry
from campaign.listings.paging import Row
from campaign.listings.search import Searched, find, newest, words
from campaign.models import Attempt, Delivery, Event, Post
from campaign.models.stories import Storyteller
from campaign.states import Stage

SHOWN = 5
"""Rows of each kind."""
_LOOKED_AT = 100
"""The newest deliveries whose posts are looked at: several may be of one post."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found. Of each kind there may be one row more than SHOWN, which says that there are others."""

    posts: Sequence[Post] = ()
    deliveries: Sequence[Delivery] = ()
    stories: Sequence[Storyteller] = ()
    entries: Sequence[LogEntry] = ()


def everywhere(text: str) -> Answers:
    """All that has every word of a text. Nothing, for a text without words."""
    if not words(text):
        return Answers()
    return Answers(
        posts=_posts(text),
        deliveries=_deliveries(text),
        stories=_stories(text),
        entries=_entries(text),
    )


def posts_with(text: str) -> Q:
    """The condition that a post has every word of a text: in what was written, or in what goes out on a channel."""
    own = find(Searched.POSTS, text)
    if own.question:  # so many that nobody misses those where a template says the words
        return own.condition(Searched.POSTS)
    told = find(Searched.DELIVERIES, text)
    if told.question:
        return own.condition(Searched.POSTS) | told.is_of(Searched.POSTS, "post_id")
    deliveries = Delivery.objects.filter(pk__in=told.numbers)
    posts = deliveries.values_list("post_id", flat=True)
    return Q(pk__in={*own.numbers, *posts})


def own_posts(text: str, author: User) -> list[Post]:
    """What this person has written and has every word of a text in it, the newest first: one more than SHOWN at the most."""
    if not words(text):
        return []
    own = Post.objects.filter(author=author)
    in_words = find(Searched.POSTS, text)
    return _first(own.filter(in_words.condition(Searched.POSTS)))


def _posts(text: str) -> list[Post]:
    numbers = newest(
        Searched.POSTS,
        text,
        _LOOKED_AT,
    )
    told = newest(
        Searched.DELIVERIES,
        text,
        _LOOKED_AT,
    )
    deliveries = Delivery.objects.filter(pk__in=told)
    of_deliveries = deliveries.values_list("post_id", flat=True)
    posts = Post.objects.filter(pk__in={*numbers, *of_deliveries})
    shown = posts.exclude(stage=Stage.TAKEN_BACK)
    return _first(shown)


def _deliveries(text: str) -> list[Delivery]:
    numbers = newest(
        Searched.DELIVERIES,
        text,
        SHOWN + 1,
    )
    deliveries = Delivery.objects.filter(pk__in=numbers)
    return _first(deliveries.select_related("post"))


def _stories(text: str) -> list[Storyteller]:
    reference = text.strip()
    stories = Storyteller.objects.filter(
        reference__icontains=reference,
        is_aside=False,
    )
    return _first(stories)


def _entries(text: str) -> list[LogEntry]:
    """Of the log, what says the words itself; its own page also shows all entries of a delivery that has them."""
    most = SHOWN + 1
    attempts = newest(
        Searched.ATTEMPTS,
        text,
        most,
    )
    events = newest(
        Searched.EVENTS,
        text,
        most,
    )
    tried = Attempt.objects.filter(pk__in=attempts)
    happened = Event.objects.filter(pk__in=events)
    entries = [LogEntry(attempt) for attempt in tried.select_related("delivery__post")]
    with_posts = happened.select_related("delivery__post", "post")
    entries += map(LogEntry, with_posts)
    entries.sort(key=_place, reverse=True)
    return entries[:most]


def _place(entry: LogEntry) -> tuple[datetime, int, int]:
    place = entry.place
    return place.at, place.rank, place.number


def _first(rows: QuerySet[Row]) -> list[Row]:
    in_order = rows.order_by("-pk")
    return list(in_order[: SHOWN + 1])
