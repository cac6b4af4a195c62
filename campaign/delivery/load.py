"""Bringing posts from files into the database. Loading the same files twice changes nothing.

What is not out yet follows its file; what is out never changes; an approved text that changes loses its approval."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User

from campaign.content.library import Library
from campaign.content.post import Post as PostFile
from campaign.delivery import queue
from campaign.delivery.attachments import frozen
from campaign.delivery.database import writing
from campaign.delivery.plan import Known, Plan, Planned
from campaign.models import Delivery, Fact, Post
from campaign.problem import Problem
from campaign.states import FOLLOWS_ITS_FILE, Status

LOADER = "load"


@dataclass
class Loaded:
    """What a loading did: how many deliveries of each sort, and a sentence for each approval that was lost."""

    counts: Counter[str] = field(default_factory=Counter)
    lost_approvals: list[str] = field(default_factory=list)


def known(now: datetime) -> Known:
    """What the queue knows already, for the plan."""
    planned: dict[tuple[str, str], tuple[str, datetime, datetime, bool]] = {}
    taken: dict[str, set[datetime]] = {}
    rows = Delivery.objects.values_list("post__key", "channel", "when", "planned_at", "due_at", "status", "latest_at")
    for key, channel, when, planned_at, due_at, status, _ in rows:
        planned[key, channel] = (when, planned_at, due_at, status in FOLLOWS_ITS_FILE and status != Status.MISSED)
        if due_at >= now and status not in (Status.CANCELLED, Status.WITHDRAWN):
            taken.setdefault(channel, set()).add(due_at)
    return Known(planned, {channel: frozenset(times) for channel, times in taken.items()})


def load(plan: Plan, library: Library, now: datetime, by: User | None) -> Loaded:
    """Brings every post without an error into the database, in one transaction, and the facts with them."""
    loaded = Loaded()
    broken = plan.posts_with_errors()
    wanted: dict[str, list[Planned]] = {}
    for planned in plan.planned:
        if planned.post.key not in broken:
            wanted.setdefault(planned.post.key, []).append(planned)
    with writing():
        _load_facts(library)
        for deliveries in wanted.values():
            _load_post(deliveries, now, by, loaded)
        if library.whole:
            _drop_missing(library, now, loaded)
    return loaded


def fingerprint(text: str, pictures: str = "") -> str:
    """What an approval is given to: the very text, alt texts and pictures, by their SHA-256."""
    return hashlib.sha256(f"{text}\0{pictures}".encode()).hexdigest()


def _load_facts(library: Library) -> None:
    for fact in library.facts.values():
        Fact.objects.update_or_create(key=fact.id, defaults={"status": fact.status, "review_by": fact.review_by})


def _load_post(deliveries: Sequence[Planned], now: datetime, by: User | None, loaded: Loaded) -> None:
    post, is_new = _save_post(deliveries[0].post, now, by)
    loaded.counts["posts new" if is_new else "posts known"] += 1
    known = {delivery.channel: delivery for delivery in post.deliveries.all()}
    for planned in deliveries:
        delivery = known.pop(planned.channel.name, None)
        if delivery is None:
            _create(post, planned, now, by)
            loaded.counts["deliveries new"] += 1
        else:
            _follow(delivery, planned, now, by, loaded)
    _cancel(known.values(), "Its file no longer names this channel.", now, loaded)


def _save_post(file: PostFile, now: datetime, by: User | None) -> tuple[Post, bool]:
    consent = file.consent
    values = {
        "campaign": file.campaign,
        "name": file.name,
        "kind": file.kind.value,
        "example": file.example,
        "storyteller": consent.storyteller if consent else "",
        "consent_from": consent.given_on if consent else None,
        "consent_until": consent.until if consent else None,
        "consent_channels": " ".join(consent.channels) if consent else "",
    }
    post = Post.objects.filter(key=file.key).first()
    if post is None:
        return Post.objects.create(key=file.key, author=by, loaded_at=now, **values), True
    changed = {name: value for name, value in values.items() if getattr(post, name) != value}
    if changed or (by and post.author is None):
        Post.objects.filter(id=post.id).update(**changed, author=post.author or by, loaded_at=now)
    return post, False


def _create(post: Post, planned: Planned, now: datetime, by: User | None) -> None:
    if planned.due is None:
        raise ValueError("a post without a time is not loaded")
    pictures = frozen(planned.post.pictures, planned.channel.language)
    delivery = Delivery.objects.create(
        post=post,
        channel=planned.channel.name,
        network=planned.channel.network,
        language=planned.channel.language,
        when=planned.post.written_when,
        planned_at=planned.due.at,
        due_at=planned.due.at,
        next_at=planned.due.at,
        latest_at=planned.due.latest,
        text=planned.text,
        pictures=pictures,
        fingerprint=fingerprint(planned.text, pictures),
        facts=" ".join(planned.facts),
    )
    actor = by.username if by else LOADER
    queue.note(delivery.id, "", Status.DRAFT, now, actor=actor, action="loaded", reason="")


def _follow(delivery: Delivery, planned: Planned, now: datetime, by: User | None, loaded: Loaded) -> None:
    status = Status(delivery.status)
    if status is Status.CANCELLED and delivery.reason.startswith("Its file"):
        queue.move(delivery.id, status, Status.DRAFT, now, actor=LOADER, action="loaded again", reason="")
    elif status not in FOLLOWS_ITS_FILE or delivery.part_ids:
        loaded.counts["deliveries left as they are"] += 1
        return
    changes = _changes(delivery, planned)
    if not changes:
        loaded.counts["deliveries unchanged"] += 1
        return
    Delivery.objects.filter(id=delivery.id, status__in=FOLLOWS_ITS_FILE).update(**changes)
    if by and "fingerprint" in changes:
        Post.objects.filter(id=delivery.post_id).update(editor=by)
    loaded.counts["deliveries changed"] += 1
    _after_change(delivery, set(changes), planned, now, loaded)


def _changes(delivery: Delivery, planned: Planned) -> dict[str, object]:
    if planned.due is None:
        raise ValueError("a post without a time is not loaded")
    pictures = frozen(planned.post.pictures, planned.channel.language)
    wanted: dict[str, object] = {
        "text": planned.text,
        "pictures": pictures,
        "fingerprint": fingerprint(planned.text, pictures),
        "facts": " ".join(planned.facts),
        "language": planned.channel.language,
        "network": planned.channel.network,
        "when": planned.post.written_when,
    }
    if planned.due.at != delivery.planned_at:
        times = {"planned_at": planned.due.at, "due_at": planned.due.at, "next_at": planned.due.at}
        wanted |= {**times, "latest_at": planned.due.latest}
    elif delivery.due_at == delivery.planned_at:
        wanted["latest_at"] = planned.due.latest
    return {name: value for name, value in wanted.items() if getattr(delivery, name) != value}


def _after_change(delivery: Delivery, changed: set[str], planned: Planned, now: datetime, loaded: Loaded) -> None:
    """A new text must be approved anew; a new time is told. What failed or was missed gets a second life as a draft."""
    status = Status(delivery.status)
    if "fingerprint" in changed and status is Status.QUEUED:
        what = "text" if "text" in changed else "picture"
        reason = f"Its {what} has changed since it was approved: approve it again."
        queue.move(delivery.id, status, Status.DRAFT, now, actor=LOADER, action="approval lost", reason=reason)
        loaded.lost_approvals.append(f"{planned.post.key} on {delivery.channel}: {reason}")
    elif status in (Status.FAILED, Status.MISSED) and changed & {"fingerprint", "due_at"}:
        reason = "Its file has changed since: approve it again."
        queue.move(delivery.id, status, Status.DRAFT, now, actor=LOADER, action="loaded again", reason=reason)
    elif "due_at" in changed:
        queue.note(
            delivery.id,
            status,
            status,
            now,
            actor=LOADER,
            action="new time",
            reason=f"Its file now says {planned.post.written_when}.",
        )


def _drop_missing(library: Library, now: datetime, loaded: Loaded) -> None:
    """A post whose file is gone must not go out; one whose file is there and broken stays as it was."""
    present = {*library.posts, *library.broken}
    gone = Delivery.objects.filter(status__in=(Status.DRAFT, Status.QUEUED)).exclude(post__key__in=present)
    _cancel(gone, "Its file is no longer there.", now, loaded)


def _cancel(deliveries: Iterable[Delivery], reason: str, now: datetime, loaded: Loaded) -> None:
    for delivery in deliveries:
        if delivery.status in (Status.DRAFT, Status.QUEUED):
            old = Status(delivery.status)
            queue.move(delivery.id, old, Status.CANCELLED, now, actor=LOADER, action="cancelled", reason=reason)
            loaded.counts["deliveries cancelled"] += 1


def find_post(written: str) -> Post:
    """The loaded post that a person means: campaign/name, the name alone when it is unique, or its file. Raises Problem."""
    name = written.removesuffix(".toml").rstrip("/")
    key = "/".join(name.split("/")[-2:])
    found = list(Post.objects.filter(key=key)[:1]) or list(Post.objects.filter(name=name)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise Problem(f'There is more than one post named "{written}": write campaign/name.')
    raise Problem(f'There is no loaded post "{written}": load it first, or write campaign/name as the queue shows it.')
