"""Approving a post, taking that back, and returning it to who wrote it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from campaign.consent.locks import need_unlocked
from campaign.consent.rule import was_of_a_person
from campaign.content.compared import WordRun, compared
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, joined
from campaign.core.typed import visible
from campaign.database import events
from campaign.database.sql import writing
from campaign.decisions.gate_ahead import against_approving
from campaign.delivery import queue
from campaign.models import Delivery, Post, Version
from campaign.models.remembrance import Allowance
from campaign.people.roles import may_approve, need_decider
from campaign.states import OUT, Stage, Status

NOT_YET = {
    Stage.WRITING: Sentence(
        "is still being written: it has to be submitted before it can be approved."
    ),
    Stage.SUBMITTED: Sentence(
        "was submitted and is not planned yet: give it a time and channels before it is approved."
    ),
    Stage.RETURNED: Sentence(
        "was returned: it has to be changed and submitted again before it can be approved."
    ),
    Stage.TAKEN_BACK: Sentence("was taken back by who wrote it: it cannot be approved."),
}
"""Why a post cannot be approved at this stage, to stand after its key."""
_STILL_APPROVED = frozenset({Status.QUEUED, Status.CANCELLED})
"""With the approval taken back, nothing of it is kept of these."""
LONGEST_REASON = 1_000
"""Characters of the reason with which a post is returned."""


class ChangedSinceShown(Problem):
    """What was to be approved is not what was shown."""


def approve(
    post: Post,
    by: User,
    now: datetime,
    zone: ZoneInfo,
    *,
    own: bool = False,
    shown: Mapping[int, str] | None = None,
) -> tuple[int, list[str]]:
    """Approves every draft of a post as it reads now, and queues it.

    `own` is the setting that lets people approve awareness and action posts of their own, never stories. `shown` holds
    the fingerprints that the person has seen, by the number of the delivery; without it, no page was shown.

    Returns how many were queued, and a sentence for each that the gate keeps back. Raises Problem when this person
    may not approve this post, and ChangedSinceShown when it does not read as shown; nothing is approved then.
    """
    with writing():
        post = Post.objects.get(pk=post.pk)
        drafts = list(post.deliveries.filter(status=Status.DRAFT).order_by("due_at", "id"))
        check_approver(post, by, own)
        current = {delivery.pk: delivery.fingerprint for delivery in drafts}
        if shown is not None and shown != current:
            raise ChangedSinceShown(
                Sentence(
                    "{0} has changed meanwhile, so nothing is approved: read it again.",
                    post.title or post.key,
                )
            )
        kept_back: list[str] = []
        for delivery in drafts:
            reasons = against_approving(delivery, post, now, zone)
            if reasons:
                why = joined(reason.sentence for reason in reasons)
                kept_back.append(Sentence("{0} on {1}: {2}", post.key, delivery.channel, why))
            else:
                _queue(delivery, by, now)
    return len(drafts) - len(kept_back), kept_back


def writers(posts: Sequence[Post]) -> dict[int, set[int]]:
    """Whose words approving each of these posts would let out: people's numbers by the number of the post.

    That is who wrote it first, who changed it last, and everyone who saved a version of what was not approved since.
    """
    people: dict[int, set[int]] = {}
    for post in posts:
        people[post.pk] = {person for person in (post.author_id, post.editor_id) if person}
    since: dict[int, datetime | None] = {}  # None: a draft of the post was never approved
    drafts = Delivery.objects.filter(post__in=people, status=Status.DRAFT)
    for number, at in drafts.values_list("post_id", "approved_at"):
        earliest = since.get(number, at)
        since[number] = min(earliest, at) if earliest and at else None
    versions = Version.objects.filter(post__in=since, by__isnull=False)
    for number, person, at in versions.values_list("post_id", "by_id", "at"):
        approved = since[number]
        if person and (approved is None or at >= approved):
            people[number].add(person)
    return people


def unapprove(post: Post, by: User, now: datetime) -> int:
    """Takes the last approval of a post back: what it queued is a draft again, as if it had never been approved.

    Returns how many those are. Raises Problem when nothing of it waits, or something of it has gone out already.
    """
    need_decider(by)
    with writing():
        approved = post.deliveries.filter(status=Status.QUEUED, approved_at__isnull=False)
        newest = approved.order_by("-approved_at").first()
        if newest is None:
            raise Problem(
                Sentence(
                    "Nothing of {0} is approved and waits for its time: there is nothing to take back.",
                    post.key,
                )
            )
        # What was approved together has the very same moment: `approve` writes one `now` for all.
        together = list(post.deliveries.filter(approved_at=newest.approved_at).order_by("id"))
        if any(delivery.status in OUT or delivery.part_ids for delivery in together):
            raise Problem(
                Sentence(
                    "A part of {0} has gone out since: cancel what still waits, one by one, in the queue.",
                    post.key,
                )
            )
        queued = [delivery for delivery in together if delivery.status == Status.QUEUED]
        for delivery in queued:
            _move(delivery, Status.DRAFT, by.username, "approval taken back", "", now)
        # What was cancelled with its file must not come back with it, either.
        of_it = [delivery for delivery in together if delivery.status in _STILL_APPROVED]
        Delivery.objects.filter(pk__in=[delivery.pk for delivery in of_it]).update(
            approved_fingerprint="",
            approved_text="",
            approved_by=None,
            approved_at=None,
        )
        Allowance.objects.filter(
            delivery__in=of_it
        ).delete()  # it was said of what was approved
    return len(queued)


def hand_back(post: Post, by: User, reason: str, now: datetime) -> None:
    """Returns a post to who wrote it, with a reason that they read. Its drafts wait until it is handed in again.

    Raises Problem without a reason, when the person may not decide, for what was taken back, and when there is nothing to
    return.
    """
    need_decider(by)
    reason = visible(reason)
    if not reason:
        raise Problem(
            Sentence("Say in a few words why you return it, so that the next step is clear.")
        )
    if len(reason) > LONGEST_REASON:
        raise Problem(
            Sentence(
                "The reason is too long: {0} characters of {1}. Shorten it a little.",
                len(reason),
                LONGEST_REASON,
            )
        )
    with writing():
        post = Post.objects.get(pk=post.pk)
        need_unlocked(post)
        _check_returnable(post)
        Post.objects.filter(pk=post.pk).update(stage=Stage.RETURNED, stage_reason=reason)
        events.note(
            None,
            post.stage,
            Stage.RETURNED,
            now,
            actor=by.username,
            action="returned",
            reason=reason,
            post=post.pk,
        )


def changed_since_approval(delivery: Delivery) -> list[WordRun]:
    """What has changed in a delivery's text since it was last approved, in order; empty when nothing has, or when it
    was never approved. The text that was approved is kept with the delivery, so this is what a reader would see."""
    if not delivery.approved_text or delivery.approved_text == delivery.text:
        return []
    return compared(delivery.approved_text, delivery.text)


def check_approver(post: Post, by: User, own: bool) -> None:
    """Raises Problem when this person may not approve this post, or nobody may yet."""
    if not may_approve(by):
        raise Problem(
            Sentence(
                "{0} may not approve posts: that takes the role staff or admin.", by.username
            )
        )
    if post.stage in NOT_YET:
        raise Problem(Sentence("{0} {1}", post.key, NOT_YET[Stage(post.stage)]))
    may_approve_own = own and not was_of_a_person(post)
    if by.pk in writers([post])[post.pk] and not may_approve_own:
        if by.pk == post.author_id:
            raise Problem(
                Sentence(
                    "{0} wrote {1}: somebody else has to approve it.", by.username, post.key
                )
            )
        raise Problem(
            Sentence(
                "{0} worked on {1}: somebody else has to approve it.", by.username, post.key
            )
        )


def _check_returnable(post: Post) -> None:
    """Raises Problem when there is nothing to return, or an approval has to be taken back first."""
    if post.stage == Stage.SUBMITTED:
        return
    if post.stage != Stage.PLANNED:
        raise Problem(
            Sentence(
                "{0} is not submitted at the moment: there is nothing to return.", post.key
            )
        )
    statuses = set(post.deliveries.values_list("status", flat=True))
    if statuses & {Status.QUEUED, Status.SENDING, Status.UNCONFIRMED}:
        raise Problem(
            Sentence(
                "{0} is approved and waits for its time: take the approval back first, then return it.",
                post.key,
            )
        )
    if Status.DRAFT not in statuses:
        raise Problem(
            Sentence("Nothing of {0} waits for approval: there is nothing to return.", post.key)
        )


def _queue(delivery: Delivery, by: User, now: datetime) -> None:
    # The move is the compare-and-set: where it is refused, the approval is undone with it.
    with writing():
        Delivery.objects.filter(id=delivery.id).update(
            approved_fingerprint=delivery.fingerprint,
            approved_text=delivery.text,
            approved_by=by,
            approved_at=now,
        )
        _move(delivery, Status.QUEUED, by.username, "approved", "", now)


def _move(
    delivery: Delivery, new: Status, by: str, action: str, reason: str, now: datetime
) -> None:
    queue.move(
        delivery.id, Status(delivery.status), new, now, actor=by, action=action, reason=reason
    )
