"""How the deliveries of one post follow it: what is new is made, what is not out yet changes with it, the rest stays.

What is out never changes; an approved text that changes loses its approval.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.timezone import localtime

from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.delivery import queue
from campaign.delivery.attachments import fingerprint, frozen
from campaign.models import Delivery, Post
from campaign.planning.plan import Planned
from campaign.states import NOT_OUT_YET, WAITING, Status

LOADER = "load"
TIMES = frozenset({"planned_at", "due_at", "next_at", "latest_at"})
"""What a delivery keeps of its time."""
FOLLOWED = ("Its file", "The post no longer")
"""How the reasons begin for which a delivery is cancelled until its post brings it back."""


@dataclass
class Loaded:
    """What a loading did: how many deliveries of each sort, and a sentence for each approval that was lost. `questions` are
    about approved deliveries that it left at their time until somebody says yes, or moved since `answered` says it."""

    counts: Counter[str] = field(default_factory=Counter)
    lost_approvals: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    answered: bool = False


def follow(
    post: Post,
    known: Mapping[str, Delivery],
    deliveries: Sequence[Planned],
    now: datetime,
    by: User | None,
    loaded: Loaded,
    *,
    from_web: bool,
) -> list[Delivery]:
    """Lets what is known of a post follow it. Returns its new deliveries, which are not written yet."""
    by_language, left, new = _pictures(deliveries), dict(known), []
    # What is written in the web has its editor from its version; a file, from whoever loads it.
    editor = None if from_web else by
    for planned in deliveries:
        pictures = by_language[planned.channel.language]
        delivery = left.pop(planned.channel.name, None)
        if delivery is None:
            new.append(_new(post, planned, pictures))
            loaded.counts["deliveries new"] += 1
        else:
            _follow(delivery, planned, pictures, now, editor, loaded)
    reason = (
        Sentence("The post no longer goes to this channel.")
        if from_web
        else Sentence("Its file no longer names this channel.")
    )
    cancel_all(left.values(), reason, now, loaded)
    return new


def _pictures(deliveries: Sequence[Planned]) -> dict[str, str]:
    """A post's pictures, frozen for each language: read once, however many channels they go to."""
    languages = dict.fromkeys(planned.channel.language for planned in deliveries)
    return {language: frozen(deliveries[0].post.pictures, language) for language in languages}


def _new(post: Post, planned: Planned, pictures: str) -> Delivery:
    if planned.due is None:
        raise ValueError("a post without a time is not loaded")
    return Delivery(
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


def _follow(
    delivery: Delivery,
    planned: Planned,
    pictures: str,
    now: datetime,
    editor: User | None,
    loaded: Loaded,
) -> None:
    status = Status(delivery.status)
    if status is Status.CANCELLED and delivery.reason.startswith(FOLLOWED):
        queue.move(
            delivery.id,
            status,
            Status.DRAFT,
            now,
            actor=LOADER,
            action="loaded again",
            reason="",
        )
    elif status not in NOT_OUT_YET or delivery.part_ids:
        loaded.counts["deliveries left as they are"] += 1
        return
    changes = _changes(delivery, planned, pictures)
    if planned.due and _moves_by_itself(delivery, planned, changes):
        loaded.questions.append(
            _about_its_time(delivery, planned.post.written_when, planned.due.at)
        )
        if not loaded.answered:
            changes = {name: value for name, value in changes.items() if name not in TIMES}
    if not changes:
        loaded.counts["deliveries unchanged"] += 1
        return
    # Compare-and-set: what a worker has claimed since it was read goes out as it was approved.
    Delivery.objects.filter(id=delivery.id, status__in=NOT_OUT_YET).update(**changes)
    if editor and "fingerprint" in changes:
        Post.objects.filter(id=delivery.post_id).update(editor=editor)
    loaded.counts["deliveries changed"] += 1
    _after_change(delivery, set(changes), planned, now, loaded)


def _changes(delivery: Delivery, planned: Planned, pictures: str) -> dict[str, object]:
    if planned.due is None:
        raise ValueError("a post without a time is not loaded")
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
        times = {
            "planned_at": planned.due.at,
            "due_at": planned.due.at,
            "next_at": planned.due.at,
        }
        wanted |= {**times, "latest_at": planned.due.latest}
    elif delivery.due_at == delivery.planned_at:
        wanted["latest_at"] = planned.due.latest
    return {name: value for name, value in wanted.items() if getattr(delivery, name) != value}


def _moves_by_itself(
    delivery: Delivery, planned: Planned, changes: Mapping[str, object]
) -> bool:
    """Whether what is approved would be moved though nobody wrote another time: the site's time zone was changed, or the
    day that it names falls on another date."""
    unasked = delivery.status == Status.QUEUED and "fingerprint" not in changes
    return unasked and "due_at" in changes and delivery.when == planned.post.written_when


def _about_its_time(delivery: Delivery, written: str, due: datetime) -> str:
    return Sentence(
        "{0} on {1} is approved for {2}, and its “{3}” now means {4}: move it there?",
        delivery.post.key,
        delivery.channel,
        f"{localtime(delivery.due_at):%Y-%m-%d %H:%M}",
        written,
        f"{localtime(due):%Y-%m-%d %H:%M}",
    )


def _after_change(
    delivery: Delivery, changed: set[str], planned: Planned, now: datetime, loaded: Loaded
) -> None:
    """A new text must be approved anew; a new time leaves an event. What failed or was missed becomes a draft again."""
    status = Status(delivery.status)
    if "fingerprint" in changed and status is Status.QUEUED:
        if "text" in changed:
            reason = Sentence("Its text has changed since it was approved: approve it again.")
        else:
            reason = Sentence(
                "Its picture has changed since it was approved: approve it again."
            )
        queue.move(
            delivery.id,
            status,
            Status.DRAFT,
            now,
            actor=LOADER,
            action="approval lost",
            reason=reason,
        )
        loaded.lost_approvals.append(
            Sentence("{0} on {1}: {2}", planned.post.key, delivery.channel, reason)
        )
    elif status in (Status.FAILED, Status.MISSED) and changed & {"fingerprint", "due_at"}:
        reason = Sentence("The post has changed since: approve it again.")
        queue.move(
            delivery.id,
            status,
            Status.DRAFT,
            now,
            actor=LOADER,
            action="loaded again",
            reason=reason,
        )
    elif "due_at" in changed:
        events.note(
            delivery.id,
            status,
            status,
            now,
            actor=LOADER,
            action="new time",
            reason=Sentence("The post now says {0}.", planned.post.written_when),
        )


def cancel_all(
    deliveries: Iterable[Delivery], reason: str, now: datetime, loaded: Loaded
) -> None:
    """Takes those of them that still wait out of the plan, and says why."""
    for delivery in deliveries:
        if delivery.status in WAITING:
            old = Status(delivery.status)
            queue.move(
                delivery.id,
                old,
                Status.CANCELLED,
                now,
                actor=LOADER,
                action="cancelled",
                reason=reason,
            )
            loaded.counts["deliveries cancelled"] += 1
