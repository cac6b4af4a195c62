"""How the deliveries of one post follow it: what is new is made, what is not out yet changes with it, the rest stays.

What is out never changes; an approved text that changes loses its approval.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.timezone import localtime

from campaign.authoring.approvals import HAS_CHANGED, LOADER, come_back
from campaign.content.links import is_moved_beside
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.delivery import queue
from campaign.delivery.attachments import fingerprint, frozen
from campaign.delivery.pictured import as_known
from campaign.models import Delivery, Event, Post
from campaign.planning.plan import Planned
from campaign.states import NOT_OUT_YET, WAITING, Status

TIMES = frozenset({"planned_at", "due_at", "next_at", "latest_at"})
"""What a delivery keeps of its time."""
NO_FILE = Sentence("Its file is no longer there.")
NOT_IN_FILE = Sentence("Its file no longer names this channel.")
NOT_IN_POST = Sentence("The post no longer goes to this channel.")
FOLLOWED = frozenset({NO_FILE, NOT_IN_FILE, NOT_IN_POST})
"""The reasons for which a delivery is cancelled until its post brings it back."""


APPROVED = frozenset({Status.QUEUED, Status.FAILED, Status.MISSED})
"""An approval is in force, or would be at the next try."""
NOW_HELP = Sentence(
    "It is called a help line since it was approved, which pauses may leave out: approve it again."
)
OTHER_PERSON = Sentence(
    "Whose story it tells has changed since it was approved: approve it again."
)


@dataclass
class Loaded:
    """What a loading did: how many deliveries of each sort, and a sentence for each approval that was lost. `questions` are
    about approved deliveries that it left at their time until somebody says yes, or moved since `answered` says it."""

    counts: Counter[str] = field(default_factory=Counter)
    lost_approvals: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    answered: bool = False
    kept_times: set[int] = field(default_factory=set)  #: the numbers of those that it left
    #: the numbers of posts that told a person's story, and now tell none or another one's
    other_persons: set[int] = field(default_factory=set)
    #: the numbers of posts that are called help lines now, and were not
    new_help: set[int] = field(default_factory=set)


def follow(
    post: Post,
    known: Mapping[str, Delivery],
    deliveries: Sequence[Planned],
    now: datetime,
    by: User | None,
    loaded: Loaded,
    *,
    from_web: bool,
    rewritten: bool = False,
) -> list[Delivery]:
    """Lets what is known of a post follow it. Returns its new deliveries, which are not written yet.

    `rewritten`: its file has changed since it was last loaded.
    """
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
            _follow(delivery, planned, pictures, now, editor, loaded, rewritten=rewritten)
    reason = NOT_IN_POST if from_web else NOT_IN_FILE
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
        for_day=planned.post.for_day,
        planned_at=planned.due.at,
        due_at=planned.due.at,
        next_at=planned.due.at,
        latest_at=planned.due.latest,
        text=planned.text,
        link=planned.link,
        pictures=pictures,
        fingerprint=fingerprint(planned.text, pictures, planned.link),
        facts=" ".join(planned.facts),
    )


def _follow(
    delivery: Delivery,
    planned: Planned,
    pictures: str,
    now: datetime,
    editor: User | None,
    loaded: Loaded,
    *,
    rewritten: bool,
) -> None:
    changes = _changes(delivery, planned, as_known(delivery.pictures, pictures))
    cancelled = _cancelled_with_its_file(delivery)
    if cancelled and not (delivery.part_ids and changes):
        delivery.status = come_back(
            delivery, cancelled, now, is_same=not (changes or rewritten)
        )
        if delivery.status == Status.QUEUED:
            loaded.counts["deliveries approved as before"] += 1
            return
    elif delivery.status not in NOT_OUT_YET or delivery.part_ids:
        loaded.counts["deliveries left as they are"] += 1
        return
    if planned.due and _moves_by_itself(delivery, planned, changes):
        due = planned.due.at
        loaded.questions.append(_about_its_time(delivery, planned.post.written_when, due))
        if not loaded.answered:
            loaded.kept_times.add(delivery.pk)
            changes = {name: value for name, value in changes.items() if name not in TIMES}
    if delivery.post_id in loaded.other_persons and delivery.status in APPROVED:
        # The gate asks for the consent of whose story it is now: it was given to these words by somebody else, or is asked
        # of nobody any more.
        _lose_approval(delivery, OTHER_PERSON, now, loaded)
        delivery.status = Status.DRAFT
    elif delivery.post_id in loaded.new_help and delivery.status in APPROVED:
        _lose_approval(delivery, NOW_HELP, now, loaded)
        delivery.status = Status.DRAFT
    if not changes:
        loaded.counts["deliveries unchanged"] += 1
        return
    # Compare-and-set: what a worker has claimed since it was read goes out as it was approved.
    Delivery.objects.filter(id=delivery.id, status__in=NOT_OUT_YET).update(**changes)
    if editor and "fingerprint" in changes:
        Post.objects.filter(id=delivery.post_id).update(editor=editor)
    loaded.counts["deliveries changed"] += 1
    _after_change(delivery, set(changes), planned, now, loaded)


def _cancelled_with_its_file(delivery: Delivery) -> Event | None:
    """The event by which loading has cancelled it; None where it is not cancelled, or a person has done it."""
    if delivery.status != Status.CANCELLED or delivery.reason not in FOLLOWED:
        return None
    latest = delivery.events.order_by("-id").first()
    # A person's own reason may have the same words.
    return latest if latest and latest.actor == LOADER else None


def _changes(delivery: Delivery, planned: Planned, pictures: str) -> dict[str, object]:
    if planned.due is None:
        raise ValueError("a post without a time is not loaded")
    text, link = planned.text, planned.link
    if is_approved_with_its_link(delivery, text, link):
        text, link = delivery.text, ""
    wanted: dict[str, object] = {
        "text": text,
        "link": link,
        "pictures": pictures,
        "fingerprint": fingerprint(text, pictures, link),
        "facts": " ".join(planned.facts),
        "language": planned.channel.language,
        "network": planned.channel.network,
        "when": planned.post.written_when,
        "for_day": planned.post.for_day,
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


def is_approved_with_its_link(delivery: Delivery, text: str, link: str) -> bool:
    """Whether it was approved with the address in its text, and would say the same with the address beside it: then it goes
    out as it was approved, before links went out as attachments."""
    is_as_approved = delivery.approved_fingerprint == delivery.fingerprint
    return is_as_approved and is_moved_beside(link, delivery.text, text)


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
        elif "link" in changed:
            reason = Sentence("Its link has changed since it was approved: approve it again.")
        else:
            reason = Sentence(
                "Its picture has changed since it was approved: approve it again."
            )
        _lose_approval(delivery, reason, now, loaded)
    elif status in (Status.FAILED, Status.MISSED) and changed & {"fingerprint", "due_at"}:
        queue.move(
            delivery.id,
            status,
            Status.DRAFT,
            now,
            actor=LOADER,
            action="loaded again",
            reason=HAS_CHANGED,
        )
    elif "due_at" in changed:
        written = planned.post.written_when
        if "when" in changed:
            reason = Sentence("The post now says {0}.", written)
        else:
            reason = Sentence("Its “{0}” now means another time.", written)
        events.note(
            delivery.id,
            status,
            status,
            now,
            actor=LOADER,
            action="new time",
            reason=reason,
        )


def _lose_approval(delivery: Delivery, reason: Sentence, now: datetime, loaded: Loaded) -> None:
    queue.move(
        *(delivery.id, Status(delivery.status), Status.DRAFT, now),
        actor=LOADER,
        action="approval lost",
        reason=reason,
    )
    loaded.lost_approvals.append(
        Sentence("{0} on {1}: {2}", delivery.post.key, delivery.channel, reason)
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
