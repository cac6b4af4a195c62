"""What becomes of each delivery while the campaign is played: an entry for every one that is due, whatever stops it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from campaign.core.finding import Level
from campaign.core.sentence import Sentence, joined
from campaign.decisions.gate_ahead import OF_PERSON
from campaign.delivery.candidates import peek_due
from campaign.delivery.gate import Ground
from campaign.models import ChannelState, Event
from campaign.planning.plan import Planned
from campaign.rehearsal.result import Came, TimelineEntry, Undated
from campaign.rehearsal.scene import Scene
from campaign.states import AttemptOutcome, Status

UNKNOWN_CHANNEL = Sentence("This channel is not in config.toml.")
_OUTCOMES = {AttemptOutcome.PUBLISHED: Came.OUT, AttemptOutcome.TRY_LATER: Came.LATER}
_LEFT: Mapping[Status, Came] = {
    Status.CANCELLED: Came.DROPPED,
    Status.WITHDRAWN: Came.DROPPED,
    Status.REMOVED: Came.DROPPED,
    Status.MISSED: Came.MISSED,
    Status.FAILED: Came.REFUSED,
    Status.DRAFT: Came.UNAPPROVED,
    Status.QUEUED: Came.LATER,
}
"""What is said of a delivery to which nothing happened, by its status: it stood like that before."""


def entries_of(scene: Scene) -> list[TimelineEntry]:
    """One or more for every delivery that is due, in the order of time; at one moment, first what is due first."""
    entries = list(_attempts(scene))
    held: set[int] = set()
    for number, entry in _held(scene):
        held.add(number)
        entries.append(entry)
    # One that was held back is a draft now, and has its entry already.
    entries += [entry for number, entry in _drafts(scene) if number not in held]
    entries += _waiting(scene)
    entries += _left(scene, entries)
    entries += _stopped(scene)
    entries.sort(key=lambda entry: (entry.at, entry.due_at, entry.channel, entry.post))
    return entries


def _attempts(scene: Scene) -> Iterator[TimelineEntry]:
    for told in scene.played.told:
        result = told.result
        if result.outcome is AttemptOutcome.PUBLISHED and result.status is not Status.PUBLISHED:
            continue  # a part of a thread: the whole has an entry when it is out
        came = _OUTCOMES.get(result.outcome, Came.REFUSED)
        if result.status is Status.FAILED:
            came = Came.REFUSED
        yield scene.entry(
            told.claim.delivery,
            told.at,
            came,
            result.detail,
        )


def _held(scene: Scene) -> Iterator[tuple[int, TimelineEntry]]:
    """What was moved aside while it was queued."""
    events = Event.objects.filter(action="held back", delivery__isnull=False).order_by("id")
    columns = events.values_list(
        "delivery_id",
        "at",
        "to_status",
        "reason",
    )
    for number, at, status, reason in columns:
        if number is not None and scene.is_within(at):
            came = Came.MISSED if status == Status.MISSED else Came.HELD
            reasons = _all_reasons(scene, number, reason)
            yield (
                number,
                scene.entry(
                    number,
                    at,
                    came,
                    reasons,
                ),
            )


def _all_reasons(
    scene: Scene,
    number: int,
    reason: str,
) -> str:
    pause = scene.played.pauses.get(number, "")
    channel = scene.deliveries[number].channel
    unknown = "" if channel in scene.material.config.channels else UNKNOWN_CHANNEL
    return joined((pause, unknown, reason))


def _drafts(scene: Scene) -> Iterator[tuple[int, TimelineEntry]]:
    for number, reasons in scene.played.against.items():
        delivery = scene.deliveries[number]
        if delivery.status == Status.DRAFT and scene.is_within(delivery.due_at):
            grounds = {reason.ground for reason in reasons}
            came = _came_of_draft(grounds, from_files=scene.material.from_files)
            sentences = joined(dict.fromkeys(reason.sentence for reason in reasons))
            why = sentences or delivery.reason
            yield (
                number,
                scene.entry(
                    number,
                    delivery.due_at,
                    came,
                    why,
                ),
            )


def _came_of_draft(grounds: set[Ground], *, from_files: bool) -> Came:
    if not grounds:
        return Came.UNAPPROVED
    if Ground.EXAMPLE in grounds:
        return Came.EXAMPLE
    # Without a queue no consent is known: that says nothing about the one which the real queue may have.
    return Came.UNTOLD if from_files and grounds <= OF_PERSON else Came.HELD


def _waiting(scene: Scene) -> Iterator[TimelineEntry]:
    """What is due and still in the queue at the end: on hold, or its channel rests beyond the last day."""
    resting = ChannelState.objects.filter(rest_until__gt=scene.end)
    rests = dict(resting.values_list("name", "rest_reason"))
    last_moment = scene.end - timedelta(microseconds=1)  # the end itself is of the next day
    for claim, reasons in peek_due(last_moment, scene.material.zone):
        due_at = scene.deliveries[claim.delivery].due_at
        if scene.is_within(due_at):
            came = Came.HELD if reasons else Came.LATER
            sentences = joined(reason.sentence for reason in reasons)
            why = sentences or rests.get(claim.channel, "")
            yield scene.entry(
                claim.delivery,
                due_at,
                came,
                why,
            )


def _left(scene: Scene, told: Sequence[TimelineEntry]) -> Iterator[TimelineEntry]:
    """What is due and has no entry: taken out before, or given up. Only what is out already is no news."""
    with_entry = {(entry.post, entry.channel) for entry in told}
    for number, delivery in scene.deliveries.items():
        came = _LEFT.get(Status(delivery.status))
        is_told = (delivery.post.key, delivery.channel) in with_entry
        if came and not is_told and scene.is_within(delivery.due_at):
            yield scene.entry(
                number,
                delivery.due_at,
                came,
                delivery.reason,
            )


def _stopped(scene: Scene) -> Iterator[TimelineEntry]:
    """What is due of posts with an error: they are not loaded, so there are no deliveries of them."""
    for planned, why in _never_loaded(scene):
        if planned.due and scene.is_within(planned.due.at):
            yield scene.planned_entry(planned, planned.due.at, why)


def undated(scene: Scene) -> Iterator[Undated]:
    """What an error leaves without a time: it stands on no day."""
    for planned, why in _never_loaded(scene):
        if planned.due is None:
            yield Undated(
                post=planned.post.key,
                campaign=planned.post.campaign,
                channel=planned.channel.name,
                language=planned.channel.language,
                reason=why,
            )


def _never_loaded(scene: Scene) -> Iterator[tuple[Planned, str]]:
    """What is planned of posts with an error, and why it is stopped; not where the queue has it as it was before.

    That is the errors of this very text; where it has none, those of the other texts of its post: they are loaded together."""
    known = {(known.post.key, known.channel) for known in scene.deliveries.values()}
    plan = scene.material.planned
    of_posts: dict[str, dict[str, None]] = {}
    for planned in plan.planned:
        of_post = of_posts.setdefault(planned.post.key, {})
        of_post.update(_errors(planned))
    for planned in plan.planned:
        key = planned.post.key
        if key in plan.with_errors and (key, planned.channel.name) not in known:
            yield planned, joined(_errors(planned) or of_posts[key])


def _errors(planned: Planned) -> dict[str, None]:
    """The sentences of a text's errors, each once."""
    errors: dict[str, None] = {}
    for finding in planned.findings:
        if finding.level is Level.ERROR:
            errors[finding.message] = None
    return errors
