"""What a person has to know today: what goes out next, what waits for somebody, what went out. Nothing is changed here.

Every question is bounded, however many rows there are: counts stop at MOST, lists at SHORT, and what has no index of its
own is looked for among _FAR rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User

from campaign.consent import questions
from campaign.consent.questions import Ending
from campaign.consent.rule import was_of_a_person
from campaign.database.sql import ask, column
from campaign.decisions.allowing import days_before
from campaign.decisions.approving import writers
from campaign.delivery.pauses import covering, standing_pauses
from campaign.delivery.remembrance import days_soon, letting_out, remembrances_at
from campaign.delivery.takedown import ENOUGH_TRIES
from campaign.models import ChannelState, Delivery, Fact, Pause, Post
from campaign.states import Stage, Status

MOST = 1_000
"""Counts go one further than this, which means: more."""
SOON = timedelta(days=60)
"""Facts and consents that end within this time are listed."""
LATE = timedelta(minutes=10)
"""What has been due for so long, and nothing keeps it, should have gone out."""
WEEK = timedelta(days=7)
"""So long before a day of remembrance it is told what waits on it."""
SHORT = 8
"""Rows of a short list."""
_MOST_CHANNELS_A_POST = 16
"""So many deliveries are read for each post that is to be shown, since they are shown together."""
_FAR = 5_000
"""Deliveries, the nearest in time, among which is looked for what no index holds."""
MOST_COUNTED = 10_000
"""Of a campaign, so many posts and so many deliveries are counted."""

_KEPT = "status IN ('draft', 'missed', 'failed')"
"""An index holds these alone; a question that says so too is answered from it."""
_COUNTS = f"""
SELECT
  (SELECT COUNT(*) FROM (SELECT 1 FROM campaign_delivery WHERE status = 'unconfirmed' LIMIT {MOST + 1}) AS a) AS unconfirmed,
  (SELECT COUNT(*) FROM (SELECT 1 FROM campaign_delivery WHERE {_KEPT} AND status = 'missed' LIMIT {MOST + 1}) AS b) AS missed,
  (SELECT COUNT(*) FROM (SELECT 1 FROM campaign_delivery WHERE {_KEPT} AND status = 'failed' LIMIT {MOST + 1}) AS c) AS failed,
  (SELECT COUNT(*) FROM (SELECT 1 FROM campaign_delivery WHERE status = 'queued' LIMIT {MOST + 1}) AS d) AS queued,
  (SELECT COUNT(*) FROM (SELECT 1 FROM campaign_post WHERE stage = 'submitted' LIMIT {MOST + 1}) AS e) AS submitted,
  (SELECT COUNT(*) FROM (
     SELECT 1 FROM campaign_delivery n JOIN campaign_post q ON q.id = n.post_id
     LEFT JOIN campaign_channelstate s ON s.name = n.channel AND (s.rest_until > %s OR s.look_since IS NOT NULL)
     WHERE n.status = 'queued' AND n.next_at <= %s AND s.id IS NULL
       AND NOT EXISTS (SELECT 1 FROM campaign_pause z WHERE z.ended_at IS NULL AND z.campaign IN ('', q.campaign)
                       AND z.channel IN ('', n.channel) AND z.language IN ('', n.language)
                       AND NOT (z.except_help AND q.is_help))
       {{remembrance}}
     LIMIT {MOST + 1}) AS f) AS overdue,
  (SELECT COUNT(*) FROM (
     SELECT 1 FROM campaign_secondcopy WHERE ended_at IS NULL AND tries >= {ENOUGH_TRIES} LIMIT {MOST + 1}) AS g) AS copies
"""
_PUBLISHED = f"""
SELECT 1 FROM (SELECT id FROM campaign_post WHERE campaign = %s LIMIT {MOST_COUNTED}) AS p
JOIN campaign_delivery d ON d.post_id = p.id WHERE d.status = 'published' LIMIT 1
"""
_WAITING = f"""
SELECT DISTINCT p.id FROM campaign_delivery d JOIN campaign_post p ON p.id = d.post_id
WHERE d.{_KEPT} AND d.status = 'draft' AND p.stage = 'planned' AND NOT p.example LIMIT {MOST + 1}
"""
_NEXT = """
SELECT d.id FROM campaign_delivery d {join} WHERE d.status = 'queued' {only}
ORDER BY d.next_at, d.channel LIMIT {most}
"""
_OUT = f"""
SELECT id FROM (SELECT id, status, due_at FROM campaign_delivery WHERE due_at <= %s
                ORDER BY due_at DESC, id DESC LIMIT {_FAR}) AS latest
WHERE status = 'published' ORDER BY due_at DESC, id DESC LIMIT {SHORT * 4}
"""
_LEANING = f"""
SELECT facts, COUNT(*) AS number FROM (SELECT facts, next_at FROM campaign_delivery WHERE status = 'queued'
                             ORDER BY next_at, channel LIMIT {_FAR}) AS coming
WHERE facts <> '' GROUP BY facts
"""
_STATUSES = f"""
SELECT status, COUNT(*) AS number FROM (SELECT d.status FROM campaign_delivery d JOIN campaign_post p ON p.id = d.post_id
                              WHERE p.campaign = %s LIMIT {MOST_COUNTED}) AS counted GROUP BY status
"""
_STAGES = f"""
SELECT stage, COUNT(*) AS number
FROM (SELECT stage FROM campaign_post WHERE campaign = %s LIMIT {MOST_COUNTED}) AS counted GROUP BY stage
"""


class CountsRow(NamedTuple):
    """How much of each there is; MOST + 1 means more than MOST."""

    unconfirmed: int
    missed: int
    failed: int
    queued: int
    submitted: int
    overdue: int
    copies: int


class LeaningRow(NamedTuple):
    """How many queued deliveries lean on these facts, whose keys are separated by blanks."""

    facts: str
    number: int


class StageRow(NamedTuple):
    """How many posts of a campaign have this stage."""

    stage: Stage
    number: int


class StatusRow(NamedTuple):
    """How many deliveries of a campaign have this status."""

    status: Status
    number: int


@dataclass(frozen=True, slots=True)
class Going:
    """One post that goes out at one time, or went out, on one channel or several. `pause` is set when each of its
    deliveries is paused; it is the first one's."""

    post: Post
    at: datetime
    deliveries: tuple[Delivery, ...]
    pause: Pause | None

    @property
    def next_at(self) -> datetime:
        """When the first of them is tried, which is later than planned after a try that came to nothing."""
        return min(delivery.next_at for delivery in self.deliveries)


@dataclass(frozen=True, slots=True)
class Needs:
    """How much waits for a person, by ground. A count of MOST + 1 means more than MOST."""

    unconfirmed: int
    missed: int
    failed: int
    queued: int  #: no ground, but what there is altogether
    submitted: int
    overdue: int  #: due for a while, kept back by nothing, and not out
    copies: int  #: second copies of posts that a network did not delete when it was asked
    to_approve: int  #: posts that this person may approve
    #: posts that somebody else has to approve, because this person wrote or changed them
    own_to_approve: int
    to_let_out: tuple[Delivery, ...]  #: on a day of remembrance, by a second person


@dataclass(frozen=True, slots=True)
class Expiring:
    """A fact that has to be reviewed soon, and how many queued deliveries lean on it."""

    key: str
    review_by: date
    is_over: bool
    queued: int


def needs(user: User, now: datetime, *, own: bool = False) -> Needs:
    """How much waits for a person, and how much of it for this one; `own` is the setting that lets people approve
    what they wrote themselves, stories excepted."""
    zone = ZoneInfo(settings.TIME_ZONE)
    remembrance, values = letting_out(remembrances_at(now, zone))
    counted = _COUNTS.format(remembrance=remembrance)
    [counts] = ask(CountsRow, counted, now, now - LATE, *values)
    waiting = column(int, _WAITING)
    posts = list(Post.objects.filter(pk__in=waiting))
    mine = {post for post, by in writers(posts).items() if user.pk in by}
    if own:
        stories = {post.pk for post in posts if was_of_a_person(post)}
        mine &= stories
    return Needs(
        *counts,
        to_approve=len(posts) - len(mine),
        own_to_approve=len(mine),
        to_let_out=tuple(_to_let_out(now, zone)),
    )


def _to_let_out(now: datetime, zone: ZoneInfo) -> list[Delivery]:
    """What waits for a second person on a day of remembrance in the week to come, a delivery for each post and moment."""
    span = days_soon(now, zone, WEEK)
    if span is None:
        return []
    soon = Delivery.objects.filter(
        status=Status.QUEUED,
        due_at__gte=span.start,
        due_at__lt=span.end,
    )
    deliveries = list(soon.select_related("post").order_by("due_at", "id")[:MOST])
    waits = days_before(deliveries, now, zone)
    shown: dict[tuple[int, datetime], Delivery] = {}
    for delivery in deliveries:
        if delivery.pk in waits:
            shown.setdefault((delivery.post_id, delivery.due_at), delivery)
    return list(shown.values())


def coming(campaign: str = "", most: int = SHORT) -> list[Going]:
    """What goes out next: deliveries of one post that were due together, in the order of their times. One that the network
    asked to try again later stays with its own, at the time that people planned."""
    join, only = "", ""
    values: tuple[str, ...] = ()
    if campaign:
        join = "JOIN campaign_post p ON p.id = d.post_id"
        # Joined with nothing, the name is not found by its index: what is queued is read in its order, and not every post.
        only = "AND p.campaign || '' = %s"
        values = (campaign,)
    question = _NEXT.format(join=join, only=only, most=most * _MOST_CHANNELS_A_POST)
    deliveries = _deliveries(column(int, question, *values))
    deliveries.sort(key=lambda delivery: (delivery.due_at, delivery.post.key, delivery.channel))
    pauses = list(standing_pauses())
    groups = groupby(deliveries, key=lambda delivery: (delivery.due_at, delivery.post_id))
    goings = [_going(tuple(group), pauses) for _, group in groups]
    return goings[:most]


def just_out(now: datetime) -> list[Going]:
    """What went out last: deliveries of one post that were due together, the latest first."""
    deliveries = _deliveries(column(int, _OUT, now))
    deliveries.sort(key=lambda delivery: (delivery.channel, delivery.pk))
    together: dict[tuple[int, datetime], list[Delivery]] = {}
    for delivery in deliveries:
        together.setdefault((delivery.post_id, delivery.due_at), []).append(delivery)
    goings: list[Going] = []
    for group in together.values():
        at = max(map(_out_at, group))
        goings.append(Going(group[0].post, at, tuple(group), None))
    goings.sort(key=lambda going: (going.at, going.post.pk), reverse=True)
    return goings[:SHORT]


def _out_at(delivery: Delivery) -> datetime:
    return delivery.published_at or delivery.due_at


def expiring_facts(today: date) -> list[Expiring]:
    """Facts that may be used and have to be reviewed within SOON; the SHORT most urgent, most urgent first."""
    due = Fact.objects.filter(review_by__lte=today + SOON).exclude(status="do_not_use")
    facts = list(due.order_by("review_by", "key")[:SHORT])
    if not facts:
        return []
    queued: Counter[str] = Counter()
    for row in ask(LeaningRow, _LEANING):
        for key in set(row.facts.split()):
            queued[key] += row.number
    return [
        Expiring(fact.key, fact.review_by, fact.review_by < today, queued[fact.key])
        for fact in facts
    ]


def facts_to_confirm() -> int:
    """How many facts of the pages wait for somebody other than their writer."""
    waiting = Fact.objects.filter(waits_for_eyes=True)
    return waiting.exclude(status="do_not_use").count()


def ending_consents(today: date) -> list[Ending]:
    """Stories, out or still to come, whose consent ends within SOON or is over; the SHORT most urgent, most urgent first."""
    return questions.ending_consents(today, today + SOON, SHORT)


def channels_in_trouble(now: datetime) -> list[ChannelState]:
    """Channels that rest because of trouble, those whose last test went wrong, and those that look at their account first."""
    resting = ChannelState.objects.filter(rest_until__gt=now, troubles__gt=0)
    failed = ChannelState.objects.exclude(test_problem="")
    looking = ChannelState.objects.filter(look_since__isnull=False)
    in_trouble = (resting | failed | looking).order_by("name")
    return list(in_trouble[:SHORT])


def contributions_of(user: User) -> list[Post]:
    """The SHORT latest posts that a person has written, the latest first, with their deliveries."""
    posts = Post.objects.filter(author=user).prefetch_related("deliveries")
    return list(posts.order_by("-loaded_at", "-id")[:SHORT])


def figures(campaign: str) -> tuple[dict[Stage, int], dict[Status, int]]:
    """How many posts of a campaign have each stage, and how many of their deliveries each status; MOST_COUNTED of each are
    counted at most."""
    posts = ask(StageRow, _STAGES, campaign)
    deliveries = ask(StatusRow, _STATUSES, campaign)
    stages = {row.stage: row.number for row in posts}
    statuses = {row.status: row.number for row in deliveries}
    return stages, statuses


def has_published(campaign: str) -> bool:
    """Whether something of a campaign is out, among its first MOST_COUNTED posts."""
    return bool(column(int, _PUBLISHED, campaign))


def is_empty() -> bool:
    """Whether there is no post at all yet."""
    return not Post.objects.exists()


def _going(deliveries: tuple[Delivery, ...], pauses: Sequence[Pause]) -> Going:
    first = deliveries[0]
    paused_by = [covering(pauses, delivery) for delivery in deliveries]
    pause = paused_by[0] if all(paused_by) else None
    return Going(first.post, first.due_at, deliveries, pause)


def _deliveries(ids: Sequence[int]) -> list[Delivery]:
    return list(Delivery.objects.filter(pk__in=ids).select_related("post"))
