"""The main flow: how what is due goes out. Read this first.

A worker goes from turn to turn. In a turn it writes down what came of the attempts that have ended, and claims the
next due delivery of each channel that is free, in one transaction. Then it hands what it has claimed to threads, each
of which calls a network once. A channel has one worker and one attempt at a time, so its posts go out in due order,
and at most one of them can ever be in doubt. The attempt is in the log before the network is called."""

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from campaign.config import Channel, Publishing
from campaign.core.clock import Clock
from campaign.core.sentence import Sentence
from campaign.database.accounts import in_force
from campaign.database.sql import writing
from campaign.delivery import copies, leases, queue, reconcile
from campaign.delivery.attachments import CannotRead, NotAsApproved, thawed
from campaign.delivery.attempts import Claim, Ended, Result, next_wait, result_of
from campaign.delivery.clocks import agreement
from campaign.delivery.clocks.agreement import Times
from campaign.delivery.lookback import strays
from campaign.delivery.reconcile import Doubt, Sight
from campaign.publishers.publisher import (
    Message,
    NotThere,
    Outcome,
    Published,
    Publisher,
    Ready,
    Refused,
    TryLater,
    Unconfirmed,
)

log = logging.getLogger("campaign.publish")
_SLEPT = TryLater(
    Sentence("The machine slept between claiming this post and sending it."), is_machines=True
)
_NOT_THERE = Sentence("It was not on its network any more when it was to be corrected.")
_POSTED_ANEW = TryLater(
    Sentence("The post that it corrects is not on the network any more, so it is posted anew."),
    is_machines=True,
)


@dataclass(frozen=True, slots=True)
class Worker:
    """Who publishes, and by which clock; `tell` is called with every attempt that has ended, once that is written down, and
    `mark` in each transaction that claims something, before it is committed. `times` are the networks' own clocks."""

    name: str
    clock: Clock
    zone: ZoneInfo
    publishing: Publishing
    tell: Callable[[Claim, Result], None] = lambda claim, result: None
    mark: Callable[[], None] = lambda: None
    times: Times = dict


@dataclass(frozen=True, slots=True)
class AttemptAnswer:
    """What came of an attempt."""

    claim: Claim
    channel: Channel
    outcome: Outcome | NotThere  #: NotThere: of a post whose words were to be changed


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a channel's account has shown of its unconfirmed deliveries, and of what is out since `back`."""

    channel: Channel
    doubts: Sequence[Doubt]
    sight: Sight
    back: datetime | None = None


def turn(
    answers: Sequence[AttemptAnswer],
    looks: Sequence[Look],
    free: Sequence[Channel],
    worker: Worker,
) -> list[Claim]:
    """Records the answers, settles what was looked for, then claims the next due delivery of every free channel that
    the gate lets out, and with whose network this machine's clock agrees.

    All of it is committed, or nothing: after a database error the same turn can be taken again.
    """
    reading = agreement.read(worker.times, worker.clock)
    now, limit = reading.now, worker.publishing.clock_limit
    with writing():
        # A gap, or the most for a day, may have been set in the pages a moment ago.
        ruled = in_force([*free, *(answer.channel for answer in answers)])
        ended = [_ended(answer, worker, now) for answer in answers]
        for second in queue.record(ended, now):
            copies.keep(second.claim.delivery, second.result.remote_id, second.result.url, now)
        for look in looks:
            reconcile.settle(look.doubts, look.sight, now, worker.publishing.settle)
            if look.back:
                strays.settle(
                    look.channel.name, look.back, look.sight, now, worker.publishing.settle
                )
        # Only after what has ended is written: a gap, a rest or a doubt that came of it counts for what is claimed now.
        through = [answer.channel.name for answer in answers if _is_through(answer)]
        leases.went_through([ruled[name] for name in through], now)
        agreed = [
            ruled[channel.name] for channel in free if reading.agrees(channel.name, limit)
        ]
        held = leases.take(agreed, worker.name, now)
        claims = queue.claim(
            *(held, worker.name, now, worker.zone),
            together=worker.publishing.together,
            is_out=strays.is_out,
            ahead=reading.ahead,
        )
        if claims:
            worker.mark()
    _tell(worker, ended)
    return claims


def send(
    publisher: Publisher, claim: Claim, worker: Worker, is_ours: Callable[[Claim], bool]
) -> Outcome | NotThere:
    """Brings one post out, or one part of a thread. The line where it may become public is marked: what goes wrong
    before it leaves the post surely unposted, and whatever goes wrong from there on leaves it in doubt.

    `is_ours` says whether the claim is still this worker's; it is asked last of all before the line."""
    if claim.edits:
        return _edit(publisher, claim, worker, is_ours)
    try:
        ready = _prepared(publisher, claim, worker)
        # Preparing takes long where there are pictures, and a program may be frozen in it: what another worker has taken
        # over meanwhile is that one's to send.
        if isinstance(ready, Ready) and not is_ours(claim):
            return _SLEPT
    except NotAsApproved as problem:
        return Refused(str(problem))
    except CannotRead as problem:
        return TryLater(str(problem))
    except Exception as surprise:
        return _not_prepared(claim, surprise)
    if not isinstance(ready, Ready):
        return ready
    try:
        return publisher.publish(ready)  # the line: from here on the post may be out
    except Exception as surprise:
        return _not_understood(claim, surprise)


def _edit(
    publisher: Publisher, claim: Claim, worker: Worker, is_ours: Callable[[Claim], bool]
) -> Outcome | NotThere:
    """Changes the words of a post that is out."""
    if worker.clock() - claim.at > leases.LEASE / 2 or not is_ours(claim):
        return _SLEPT
    try:
        return publisher.edit(claim.edits, Message(claim.text, key=claim.key))
    except Exception as surprise:
        return _not_understood(claim, surprise)


def _not_understood(claim: Claim, surprise: Exception) -> Unconfirmed:
    name = type(surprise).__name__
    log.error(
        "Delivery %s: the network's answer could not be understood (%s).", claim.delivery, name
    )
    return Unconfirmed(Sentence("The answer could not be understood ({0}).", name))


def _prepared(publisher: Publisher, claim: Claim, worker: Worker) -> Ready | Refused | TryLater:
    """All that comes before the post is public. Pictures go with the first part of a thread."""
    # After so long without a renewal the lease may be another worker's before the network has answered.
    if worker.clock() - claim.at > leases.LEASE / 2:
        return _SLEPT
    if claim.out:
        message = Message(claim.text, reply_to=claim.out[-1], key=claim.key)
    else:
        pictures = thawed(claim.pictures, publisher.network.pictures)
        message = Message(claim.text, pictures, key=claim.key, link=claim.link)
    return publisher.prepare(message)


def _not_prepared(claim: Claim, surprise: Exception) -> TryLater:
    """A fault of this program or its machine. It may pass; when it does not, the last try leaves the post *failed*."""
    name = type(surprise).__name__
    log.error("Delivery %s could not be prepared (%s).", claim.delivery, name)
    if claim.out:
        part = len(claim.out) + 1
        reason = Sentence(
            "Part {0} of this post could not be prepared ({1}), and was not sent.", part, name
        )
        return TryLater(reason)
    return TryLater(Sentence("This post could not be prepared ({0}), and was not sent.", name))


def _tell(worker: Worker, ended: Sequence[Ended]) -> None:
    """Calls `worker.tell` for each attempt; what it raises is logged alone, since what was claimed in this turn must go out."""
    for attempt in ended:
        try:
            worker.tell(attempt.claim, attempt.result)
        except Exception as surprise:
            name = type(surprise).__name__
            log.error("Delivery %s could not be told of (%s).", attempt.claim.delivery, name)


def _is_through(answer: AttemptAnswer) -> bool:
    """Whether the channel rests for its gap now: after a whole delivery, not between the parts of a thread."""
    if isinstance(answer.outcome, TryLater | NotThere):
        return False
    return answer.claim.is_last or not isinstance(answer.outcome, Published)


def _ended(answer: AttemptAnswer, worker: Worker, now: datetime) -> Ended:
    """What the queue is to write. When surely nothing was posted, the delivery waits, or the whole channel does."""
    claim, outcome = answer.claim, answer.outcome
    if isinstance(outcome, NotThere):
        queue.end_first(claim, _NOT_THERE, now)
        return Ended(claim, result_of(_POSTED_ANEW, claim), now, is_try=False)
    result = result_of(outcome, claim)
    if not isinstance(outcome, TryLater):
        return Ended(claim, result)
    first = worker.publishing.retry_wait
    if outcome.is_machines:
        return Ended(claim, result, now + first, is_try=False)
    if outcome.whole_channel:
        wait = outcome.wait or next_wait(first, leases.troubles(claim.channel), random.random())
        leases.rest(claim.channel, now + wait, outcome.reason)
        return Ended(claim, result)
    wait = outcome.wait or next_wait(first, claim.tries, random.random())
    return Ended(claim, result, now + wait)
