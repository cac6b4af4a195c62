"""What a person looks at before they approve a post: the exact texts, what has changed, the facts, what stands against it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from campaign.authoring.compose import Desk
from campaign.authoring.versions import latest_version, read_version
from campaign.consent.rule import was_of_a_person
from campaign.content.compared import WordRun
from campaign.content.dates.days import Day
from campaign.content.dates.month import named_days
from campaign.content.facts import Fact
from campaign.content.library import with_posts, without_posts
from campaign.content.thread import parts
from campaign.core.finding import Finding
from campaign.core.sentence import Sentence
from campaign.database.sql import ask
from campaign.decisions import approving
from campaign.decisions.gate_ahead import People, against_approving, people_of
from campaign.delivery.attachments import thawed
from campaign.delivery.candidates import known_facts
from campaign.delivery.gate import Facts
from campaign.listings.paging import PAGE, Page, RowPlace, page_with, read_place
from campaign.models import Delivery, Post
from campaign.planning.known import known_now
from campaign.planning.plan import Plan, Planned, plan
from campaign.planning.repeats import repeats
from campaign.publishers import NETWORKS
from campaign.publishers.publisher import Picture as Outgoing
from campaign.states import Status

_WAITING = """
SELECT d.post_id AS post, MIN(d.due_at) AS due FROM campaign_delivery d JOIN campaign_post p ON p.id = d.post_id
WHERE d.status IN ('draft', 'missed', 'failed') AND d.status = 'draft' AND p.stage = 'planned' AND NOT p.example
GROUP BY d.post_id {beyond} ORDER BY 2 {order}, 1 {order} LIMIT {most}
"""
"""Posts with something to approve; the first condition is the one of an index."""
_BEYOND = "HAVING MIN(d.due_at) {sign} %s OR (MIN(d.due_at) = %s AND d.post_id {sign} %s)"


class PendingRow(NamedTuple):
    """A post with something to approve, and when the first of it is due."""

    post: int
    due: datetime


@dataclass(frozen=True, slots=True)
class PendingPost:
    """A post that waits for approval."""

    post: Post
    first_due: datetime
    drafts: tuple[Delivery, ...]
    reasons: tuple[str, ...]  #: of the gate, each once
    is_own: bool  #: this person wrote it or worked on it, so somebody else has to approve it

    @property
    def languages(self) -> list[str]:
        """The languages in which something waits."""
        return sorted({one.language for one in self.drafts})

    @property
    def networks(self) -> list[str]:
        """The networks on which something waits."""
        return sorted({one.network for one in self.drafts}, reverse=True)


@dataclass(frozen=True, slots=True)
class FrozenPicture:
    """A picture as it was frozen. `problem` is a sentence when its file is not that picture any more."""

    number: int
    alt: str
    digest: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One delivery as it is looked at."""

    delivery: Delivery
    parts: tuple[str, ...]
    length: int  #: of the longest part, as the network counts
    limit: int
    pictures: tuple[FrozenPicture, ...]
    reasons: tuple[str, ...]  #: why the gate would keep it back
    findings: tuple[Finding, ...]  #: of this delivery alone
    changes: tuple[WordRun, ...]  #: since it was last approved
    pictures_changed: bool
    is_outdated: bool  #: made anew, its text would be another one
    days: tuple[Day, ...]  #: that fall on the day on which it is due


@dataclass(frozen=True, slots=True)
class Leaning:
    """A fact that a text leans on; `fact` is None when no file has it any more."""

    key: str
    fact: Fact | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Review:
    """All of a post that is looked at."""

    post: Post
    sheets: tuple[Sheet, ...]  #: what waits for approval, in due order
    others: tuple[Delivery, ...]  #: what does not
    findings: tuple[Finding, ...]  #: of the post as a whole
    facts: tuple[Leaning, ...]

    def shown(self) -> dict[int, str]:
        """The fingerprints of what is shown, by the number of the delivery."""
        return {sheet.delivery.pk: sheet.delivery.fingerprint for sheet in self.sheets}


def waiting(
    by: User, now: datetime, zone: ZoneInfo, *, own: bool = False, after: str = "", before: str = ""
) -> Page[PendingPost]:
    """A page of the posts that wait for approval, what is due first at the top; as many questions however many posts."""
    place, backwards = read_place(before or after), bool(before)
    beyond = _BEYOND.format(sign="<" if backwards else ">") if place else ""
    order = "DESC" if place and backwards else "ASC"
    values = (place.at, place.at, place.number) if place else ()
    dues = ask(PendingRow, _WAITING.format(beyond=beyond, order=order, most=PAGE + 1), *values)
    page = page_with(dues, lambda row: RowPlace(row.due, row.post), place, backwards=backwards)
    return Page(_waiting(page.rows, by, now, zone, own=own), page.before, page.after)


def review(post: Post, desk: Desk, now: datetime) -> Review:
    """A post as it is looked at before it is approved."""
    zone = desk.config.site.timezone
    deliveries = list(post.deliveries.select_related("approved_by").order_by("due_at", "id"))
    drafts = [one for one in deliveries if one.status == Status.DRAFT]
    keys = sorted({key for one in drafts for key in one.facts.split()})
    known, people = known_facts(keys), people_of(drafts, {post.pk: post})
    planned = _planned(post, desk, now)
    of_channel = {one.channel.name: one for one in planned.planned} if planned else {}
    every = _of_all(planned, post)
    today = now.astimezone(zone).date()
    return Review(
        post=post,
        sheets=tuple(
            _sheet(one, of_channel.get(one.channel), every, known, people, post, desk, now)
            for one in drafts
        ),
        others=tuple(one for one in deliveries if one.status != Status.DRAFT),
        findings=every,
        facts=tuple(_leaning(key, desk.library.facts, today) for key in keys),
    )


def frozen_picture(one: Delivery, number: int) -> Outgoing:
    """The picture of a delivery with this number, from 1, as its network would get it.

    Raises LookupError when there is none, and NotAsApproved when its file is another one now.
    """
    wanted = json.loads(one.pictures)[number - 1 : number] if one.pictures else []
    if not wanted:
        raise LookupError(f"delivery {one.pk} has no picture {number}")
    return thawed(json.dumps(wanted), NETWORKS[one.network].pictures)[0]


def _waiting(
    dues: Sequence[PendingRow], by: User, now: datetime, zone: ZoneInfo, *, own: bool
) -> list[PendingPost]:
    posts = Post.objects.select_related("author", "editor").in_bulk([post for post, _ in dues])
    drafts: dict[int, list[Delivery]] = {post: [] for post in posts}
    for one in Delivery.objects.filter(post__in=posts, status=Status.DRAFT).order_by(
        "due_at", "id"
    ):
        drafts[one.post_id].append(one)
    known = known_facts(
        sorted({key for of in drafts.values() for one in of for key in one.facts.split()})
    )
    people = people_of([one for of in drafts.values() for one in of], posts)
    writers = approving.writers(list(posts.values()))
    closed = {key for key, post in posts.items() if not own or was_of_a_person(post)}
    found = []
    for key, due in dues:
        reasons = [
            reason.sentence
            for one in drafts[key]
            for reason in against_approving(one, posts[key], now, zone, known, people)
        ]
        is_own = by.pk in writers[key] and key in closed
        found.append(
            PendingPost(posts[key], due, tuple(drafts[key]), tuple(dict.fromkeys(reasons)), is_own)
        )
    return found


def _planned(post: Post, desk: Desk, now: datetime) -> Plan | None:
    """The post planned anew, alone, from what it says now; None when that cannot be read."""
    version = latest_version(post)
    file = read_version(version, desk.uploads).post if version else desk.library.posts.get(post.key)
    if file is None or post.campaign not in desk.library.campaigns:
        return None
    return plan(
        with_posts(without_posts(desk.library), {post.key: file}),
        desk.config,
        now,
        known_now(now, [post.key]),
    )


def _of_all(planned: Plan | None, post: Post) -> tuple[Finding, ...]:
    """What is found on every channel, and so is said once."""
    if planned is None or not planned.planned:
        return planned.findings if planned else ()
    first, *others = planned.planned
    found = [one for one in first.findings if all(one in other.findings for other in others)]
    return tuple(dict.fromkeys((*found, *repeats(post, planned.planned))))


def _sheet(
    one: Delivery,
    planned: Planned | None,
    every: Sequence[Finding],
    known: Facts,
    people: People,
    post: Post,
    desk: Desk,
    now: datetime,
) -> Sheet:
    zone = desk.config.site.timezone
    network, texts, channel = (
        NETWORKS[one.network],
        parts(one.text),
        desk.config.channels.get(one.channel),
    )
    changes = tuple(approving.changed_since_approval(one))
    has_changed = bool(one.approved_fingerprint) and one.approved_fingerprint != one.fingerprint
    due = one.due_at.astimezone(zone).date()
    return Sheet(
        delivery=one,
        parts=tuple(texts),
        length=max(network.length(text) for text in texts),
        limit=network.longest(channel) if channel else network.limit,
        pictures=tuple(_pictures(one)),
        reasons=tuple(
            reason.sentence for reason in against_approving(one, post, now, zone, known, people)
        ),
        findings=tuple(found for found in planned.findings if found not in every)
        if planned
        else (),
        changes=changes,
        pictures_changed=has_changed and not changes,
        is_outdated=bool(planned and planned.text and planned.text != one.text),
        days=tuple(named_days(desk.library.days.values(), due, due).get(due, [])),
    )


def _pictures(one: Delivery) -> list[FrozenPicture]:
    wanted: list[Mapping[str, str]] = json.loads(one.pictures) if one.pictures else []
    return [
        FrozenPicture(
            index,
            picture["alt"],
            picture["sha256"],
            _problem(Path(picture["file"]), picture["sha256"]),
        )
        for index, picture in enumerate(wanted, 1)
    ]


def _problem(file: Path, digest: str) -> str:
    try:
        is_same = hashlib.sha256(file.read_bytes()).hexdigest() == digest
    except OSError:
        return Sentence(
            "The picture {0} is not there any more: put it back, or take it out of the post.",
            file.name,
        )
    return (
        ""
        if is_same
        else Sentence("The picture {0} has changed since: save or load the post again.", file.name)
    )


def _leaning(key: str, facts: Mapping[str, Fact], today: date) -> Leaning:
    fact = facts.get(key)
    return Leaning(key, fact, fact is not None and fact.review_by < today)
