"""The main flow: how what is due goes out. Read this first.

A channel is leased by one worker. Its due deliveries are claimed one by one, in due order; the attempt stands in the
log before the network is called; what came of it is committed together with the next claim. So at any moment at most
one post of a channel can be in doubt."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import DatabaseError

from campaign.clock import Clock
from campaign.config import Channel, Publishing
from campaign.delivery import leases, queue
from campaign.delivery.database import writing
from campaign.delivery.queue import Claim, Result
from campaign.delivery.waits import next_wait
from campaign.publishers.publisher import Message, Outcome, Publisher, TryLater, Unconfirmed

log = logging.getLogger("campaign.publish")


@dataclass(frozen=True, slots=True)
class Worker:
    """Who drains, with what: `tell` hears of every attempt, `stopping` says when to begin nothing new."""

    name: str
    clock: Clock
    zone: ZoneInfo
    publishing: Publishing
    stopping: Callable[[], bool] = lambda: False
    tell: Callable[[Claim, Result], None] = lambda claim, result: None
    pause: Callable[[float], None] = time.sleep


def drain(channel: Channel, publisher: Publisher, worker: Worker) -> int:
    """Sends everything that is due on a channel, in order. Returns the number of attempts; 0 when another has it."""
    attempts = 0
    with leases.leased(channel.name, worker.name, worker.clock) as held:
        claim = _claim_first(channel, worker) if held else None
        while claim:
            outcome = send(publisher, claim)
            attempts += 1
            claim = _record(channel, claim, outcome, worker)
    return attempts


def send(publisher: Publisher, claim: Claim) -> Outcome:
    """Calls the network once. Whatever goes wrong there in a way that nobody foresaw leaves the post in doubt."""
    try:
        return publisher.publish(Message(claim.text))
    except Exception as surprise:  # the post may be out: nothing that happens here may count as "not sent"
        log.error(
            "Delivery %s: the network's answer could not be understood (%s).", claim.delivery, type(surprise).__name__
        )
        return Unconfirmed(f"The answer could not be understood ({type(surprise).__name__}).")


def _claim_first(channel: Channel, worker: Worker) -> Claim | None:
    if worker.stopping():
        return None
    with writing():
        return queue.claim_next(channel, worker.name, worker.clock(), worker.zone)


def _record(channel: Channel, claim: Claim, outcome: Outcome, worker: Worker) -> Claim | None:
    """Commits what came of an attempt, and claims the next delivery in the same transaction.

    A database that cannot be written to now is asked again until it can, since the answer of the network must not
    be lost; the channel does nothing else meanwhile.
    """
    result = queue.result_of(outcome, claim.tries)
    wait = 0.1
    while True:
        try:
            following = _commit(channel, claim, outcome, result, worker)
            break
        except leases.LeaseLost:
            log.warning("Delivery %s: another worker has taken over channel %s.", claim.delivery, channel.name)
            return None
        except DatabaseError as problem:
            log.error("Delivery %s is %s, which cannot be written down yet: %s", claim.delivery, result.status, problem)
            worker.pause(wait)
            wait = min(wait * 2, 5.0)
    worker.tell(claim, result)
    return following


def _commit(channel: Channel, claim: Claim, outcome: Outcome, result: Result, worker: Worker) -> Claim | None:
    now = worker.clock()
    with writing():
        if isinstance(outcome, TryLater):
            _put_off(channel, claim, outcome, result, worker)
        else:
            queue.record(claim, result, now)
            gap = channel.minimum_gap
            if gap:
                leases.rest(channel.name, now + gap, "The gap between two posts.", trouble=False)
        if worker.stopping():
            return None
        return queue.claim_next(channel, worker.name, now, worker.zone)


def _put_off(channel: Channel, claim: Claim, outcome: TryLater, result: Result, worker: Worker) -> None:
    """Surely nothing was posted: the delivery waits, or the whole channel does."""
    now, first = worker.clock(), worker.publishing.retry_wait
    if outcome.whole_channel:
        wait = outcome.wait or next_wait(first, leases.troubles(channel.name), random.random())
        queue.record(claim, result, now)
        leases.rest(channel.name, now + wait, outcome.reason, trouble=True)
    else:
        wait = outcome.wait or next_wait(first, claim.tries, random.random())
        queue.record(claim, result, now, next_at=now + wait)
