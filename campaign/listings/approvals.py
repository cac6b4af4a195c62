"""What a person sees before they approve a post: the exact texts, what has changed, the facts, what keeps it back."""

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
from campaign.content.thread import posted
from campaign.core.clock import local_day
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
from campaign.planning.neighbours import crowds_around
from campaign.planning.people import recognised
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
AHEAD = 100
"""Posts that wait, of which the next one for a person is found."""
_BEYOND = "HAVING MIN(d.due_at) {sign} %s OR (MIN(d.due_at) = %s AND d.post_id {sign} %s)"


class PendingRow(NamedTuple):
    """A post with something to approve, and when the first of it is due."""

    post: int
    due: datetime


@dataclass(frozen=True, slots=True)
class PendingPost:
    """A post that waits for approval."""

    post: Post
    first_due: datetime  #: of its drafts; aware, UTC
    drafts: tuple[Delivery, ...]
    reasons: tuple[str, ...]  #: of the gate, each once
    is_own: bool  #: this person wrote it or worked on it, so somebody else has to approve it

    @property
    def languages(self) -> list[str]:
        """The languages in which something waits."""
        return sorted({draft.language for draft in self.drafts})

    @property
    def networks(self) -> list[str]:
        """The networks on which something waits."""
        return sorted({draft.network for draft in self.drafts}, reverse=True)


@dataclass(frozen=True, slots=True)
class FrozenPicture:
    """A picture as it was frozen. `problem` is a sentence when its file is not that picture any more."""

    number: int
    alt: str
    digest: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One delivery with all that a person sees before they approve it."""

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
    waits_for_eyes: bool = False  #: nobody but its writer has confirmed it


@dataclass(frozen=True, slots=True)
class Review:
    """One post with all that a person sees before they approve it."""

    post: Post
    sheets: tuple[Sheet, ...]  #: what waits for approval, in due order
    others: tuple[Delivery, ...]  #: what does not
    findings: tuple[Finding, ...]  #: of the post as a whole
    facts: tuple[Leaning, ...]

    def shown(self) -> dict[int, str]:
        """The fingerprint of each delivery that is shown, by the delivery's number."""
        return {sheet.delivery.pk: sheet.delivery.fingerprint for sheet in self.sheets}


def waiting(
    by: User,
    now: datetime,
    zone: ZoneInfo,
    *,
    own: bool = False,
    after: str = "",
    before: str = "",
) -> Page[PendingPost]:
    """A page of the posts that wait for approval, what is due first at the top; as many questions however many posts.

    `own`: people may approve what they wrote themselves. A place that cannot be read gives the first page."""
    place, backwards = read_place(before or after), bool(before)
    beyond, order = "", "ASC"
    values: tuple[datetime | int, ...] = ()
    if place:
        beyond = _BEYOND.format(sign="<" if backwards else ">")
        order = "DESC" if backwards else "ASC"
        values = (place.at, place.at, place.number)
    question = _WAITING.format(beyond=beyond, order=order, most=PAGE + 1)
    dues = ask(PendingRow, question, *values)
    page = page_with(dues, lambda row: RowPlace(row.due, row.post), place, backwards=backwards)
    return Page(_waiting(page.rows, by, now, zone, own=own), page.before, page.after)


def in_turn(by: User, *, own: bool = False) -> list[int]:
    """The numbers of the posts that wait for this person, among the first AHEAD that wait: one after the other, what is due
    first at the top. `own`: as in `waiting`."""
    question = _WAITING.format(beyond="", order="ASC", most=AHEAD)
    rows = ask(PendingRow, question)
    posts = Post.objects.in_bulk([row.post for row in rows])
    writers = approving.writers(list(posts.values()))
    numbers: list[int] = []
    for row in rows:
        is_own = by.pk in writers[row.post]
        if not is_own or not _is_closed(posts[row.post], own=own):
            numbers.append(row.post)
    return numbers


def _is_closed(post: Post, *, own: bool) -> bool:
    """Whether nobody approves it who wrote it: a story always needs a second person, whatever the setting says."""
    return not own or was_of_a_person(post)


def review(post: Post, desk: Desk, now: datetime) -> Review:
    """A post with all that a person sees before they approve it."""
    deliveries = list(post.deliveries.select_related("approved_by").order_by("due_at", "id"))
    drafts = [delivery for delivery in deliveries if delivery.status == Status.DRAFT]
    keys = _fact_keys(drafts)
    known, people = known_facts(keys), people_of(drafts, {post.pk: post})
    replanned = _planned(post, desk, now)
    of_channel: dict[str, Planned] = {}
    if replanned:
        of_channel = {planned.channel.name: planned for planned in replanned.planned}
    of_all = _of_all(replanned, post, now, desk.config.site.timezone)
    sheets = [
        _sheet(draft, of_channel.get(draft.channel), of_all, known, people, post, desk, now)
        for draft in drafts
    ]
    today = local_day(now, desk.config.site.timezone)
    return Review(
        post=post,
        sheets=tuple(sheets),
        others=tuple(delivery for delivery in deliveries if delivery.status != Status.DRAFT),
        findings=of_all,
        facts=tuple(_leaning(key, desk.library.facts, known, today) for key in keys),
    )


def frozen_picture(delivery: Delivery, number: int) -> Outgoing:
    """The picture of a delivery with this number, from 1, as its network would get it.

    Raises LookupError when there is none, and NotAsApproved when its file is another one now.
    """
    pictures = json.loads(delivery.pictures) if delivery.pictures else []
    wanted = pictures[number - 1 : number]
    if not wanted:
        raise LookupError(f"delivery {delivery.pk} has no picture {number}")
    [picture] = thawed(json.dumps(wanted), NETWORKS[delivery.network].pictures)
    return picture


def _waiting(
    dues: Sequence[PendingRow], by: User, now: datetime, zone: ZoneInfo, *, own: bool
) -> list[PendingPost]:
    posts = Post.objects.select_related("author", "editor").in_bulk([row.post for row in dues])
    drafts_of = _drafts_of(posts)
    drafts = [draft for of_post in drafts_of.values() for draft in of_post]
    known = known_facts(_fact_keys(drafts))
    people = people_of(drafts, posts)
    writers = approving.writers(list(posts.values()))
    pending: list[PendingPost] = []
    for row in dues:
        post, waiting_drafts = posts[row.post], tuple(drafts_of[row.post])
        reasons: dict[str, None] = {}
        for draft in waiting_drafts:
            against = against_approving(draft, post, now, zone, known, people)
            reasons.update(dict.fromkeys(reason.sentence for reason in against))
        is_own = by.pk in writers[row.post] and _is_closed(post, own=own)
        pending.append(PendingPost(post, row.due, waiting_drafts, tuple(reasons), is_own))
    return pending


def _drafts_of(posts: Mapping[int, Post]) -> dict[int, list[Delivery]]:
    """The drafts of each post in due order, by the post's number."""
    drafts_of: dict[int, list[Delivery]] = {number: [] for number in posts}
    drafts = Delivery.objects.filter(post__in=posts, status=Status.DRAFT)
    for draft in drafts.order_by("due_at", "id"):
        drafts_of[draft.post_id].append(draft)
    return drafts_of


def _fact_keys(drafts: Sequence[Delivery]) -> list[str]:
    """The keys of all facts that these texts lean on, each once, sorted."""
    keys: set[str] = set()
    for draft in drafts:
        keys.update(draft.facts.split())
    return sorted(keys)


def _planned(post: Post, desk: Desk, now: datetime) -> Plan | None:
    """The post planned anew, alone, from what it says now; None when that cannot be read."""
    file = desk.library.posts.get(post.key)
    version = latest_version(post)
    if version:
        file = read_version(version, desk.uploads).post
    if file is None or post.campaign not in desk.library.campaigns:
        return None
    alone = with_posts(without_posts(desk.library), {post.key: file})
    return plan(alone, desk.config, now, known_now(now, [post.key]))


def _of_all(
    replanned: Plan | None, post: Post, now: datetime, zone: ZoneInfo
) -> tuple[Finding, ...]:
    """The findings that every channel has, the repetitions and what stands too close: those of the post as a whole, each
    once."""
    if replanned is None:
        return ()
    if not replanned.planned:
        return replanned.findings
    first, *others = replanned.planned
    shared = [
        finding
        for finding in first.findings
        if all(finding in other.findings for other in others)
    ]
    of_queue = [*repeats(post, replanned.planned)]
    of_queue += crowds_around(replanned.planned, now, zone)
    of_queue += recognised(first.post)
    return tuple(dict.fromkeys((*shared, *of_queue)))


def _sheet(
    delivery: Delivery,
    planned: Planned | None,
    of_all: Sequence[Finding],
    known: Facts,
    people: People,
    post: Post,
    desk: Desk,
    now: datetime,
) -> Sheet:
    zone = desk.config.site.timezone
    network = NETWORKS[delivery.network]
    channel = desk.config.channels.get(delivery.channel)
    texts = posted(delivery.text, has_threads=network.has_threads)
    changes = tuple(approving.changed_since_approval(delivery))
    approved = delivery.approved_fingerprint
    has_changed = bool(approved) and approved != delivery.fingerprint
    against = against_approving(delivery, post, now, zone, known, people)
    findings: list[Finding] = []
    if planned:
        findings = [finding for finding in planned.findings if finding not in of_all]
    due = local_day(delivery.due_at, zone)
    days = named_days(desk.library.days.values(), due, due)
    return Sheet(
        delivery=delivery,
        parts=tuple(texts),
        length=max(network.length(text) for text in texts),
        limit=network.longest(channel) if channel else network.limit,
        pictures=tuple(_pictures(delivery)),
        reasons=tuple(reason.sentence for reason in against),
        findings=tuple(findings),
        changes=changes,
        # A fingerprint is of words and pictures: with no word changed, it is the pictures.
        pictures_changed=has_changed and not changes,
        is_outdated=planned is not None and _is_outdated(delivery, planned),
        days=tuple(days.get(due, [])),
    )


def _is_outdated(delivery: Delivery, planned: Planned) -> bool:
    made_anew = (planned.text, planned.link)
    return bool(planned.text) and made_anew != (delivery.text, delivery.link)


def _pictures(delivery: Delivery) -> list[FrozenPicture]:
    frozen: list[Mapping[str, str]] = json.loads(delivery.pictures) if delivery.pictures else []
    pictures: list[FrozenPicture] = []
    for number, picture in enumerate(frozen, 1):
        digest = picture["sha256"]
        problem = _problem(Path(picture["file"]), digest)
        pictures.append(FrozenPicture(number, picture["alt"], digest, problem))
    return pictures


def _problem(file: Path, digest: str) -> str:
    """A sentence when the file is gone or has another SHA-256; else ""."""
    try:
        is_same = hashlib.sha256(file.read_bytes()).hexdigest() == digest
    except OSError:
        return Sentence(
            "The picture {0} is not there any more: put it back, or take it out of the post.",
            file.name,
        )
    if is_same:
        return ""
    return Sentence(
        "The picture {0} has changed since: save or load the post again.", file.name
    )


def _leaning(key: str, facts: Mapping[str, Fact], known: Facts, today: date) -> Leaning:
    fact, of_gate = facts.get(key), known.get(key)
    is_overdue = fact is not None and fact.review_by < today
    waits = of_gate is not None and of_gate.waits_for_eyes
    return Leaning(key, fact, is_overdue, waits)
