"""This machine's clock beside the networks' own. Where it is wrong, people are told; beyond a limit, nothing goes out.

A network's time is in every answer of it, and is carried on from there by a clock that nobody changes (`Publisher.time`)."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q

from campaign.core.clock import Clock
from campaign.core.sentence import Sentence, joined, stored
from campaign.core.span import say_span
from campaign.database import events
from campaign.database.sql import execute, writing
from campaign.delivery.attempts import LONGEST_WAIT
from campaign.models import ChannelState
from campaign.publishers.network_time import WRONG
from campaign.publishers.publisher import Publisher

log = logging.getLogger("campaign.clocks")

CHANGED = timedelta(seconds=30)
"""A difference that is told is told anew when it has changed by more than this, and not for the seconds of each answer."""
ACTOR = "scheduler"
Times = Callable[[], Mapping[str, datetime]]
"""The networks' own times now, by channel, of those that have told one."""


def times_of(publishers: Mapping[str, Publisher]) -> dict[str, datetime]:
    """The time of each channel's network now; without those that have told none."""
    times = {}
    for name, publisher in publishers.items():
        time = publisher.time()
        if time:
            times[name] = time
    return times


@dataclass(frozen=True, slots=True)
class Reading:
    """The machine's clock, and how far it is ahead of the networks', by channel (behind is less than nothing)."""

    now: datetime
    ahead: Mapping[str, timedelta]

    def right(self) -> datetime:
        """The time now by the network that is furthest behind; never later than this machine's."""
        return self.now - max([timedelta(0), *self.ahead.values()])

    def agrees(self, channel: str, limit: timedelta) -> bool:
        """Whether posts may go out on a channel. A network that never tells its time is not disagreed with."""
        return abs(self.ahead.get(channel, timedelta(0))) <= limit

    def time_on(self, channel: str, limit: timedelta) -> datetime:
        """The time by which a channel is held: this machine's own while posts may go out by it, else the network's."""
        return self.now if self.agrees(channel, limit) else self.now - self.ahead[channel]


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is told of the clock beside one network's, and whether nothing goes out there."""

    sentence: str
    is_stopped: bool


def read(times: Times, clock: Clock) -> Reading:
    """All clocks, as if at one moment."""
    # The networks' first: where the program stands still between the two, the machine's then seems ahead. For looking back
    # that leads too far, which is safe; the other way round, a post could be missed.
    told = times()
    now = clock()
    return Reading(now, {name: now - time for name, time in told.items()})


def keep(
    worker: str,
    limit: timedelta,
    publishers: Mapping[str, Publisher],
    reading: Reading,
    busy: Collection[str],
    asking: Collection[str],
) -> None:
    """Keeps what people are told, and notes in the log what has changed. Of `busy` channels nothing is known anew: they are being
    called, or did not answer. Of those that are asked for the time (`asking`), nothing is said of the whole network: it is
    told once, not by parts."""
    titles = _titles(publishers)
    asked = {titles[name] for name in asking}
    names = [name for name in reading.ahead.keys() - set(busy) if titles[name] not in asked]
    nobodys = Q(owner__in=("", worker)) | Q(lease_until__lt=reading.right())
    states = ChannelState.objects.filter(nobodys, name__in=names)
    changed = [state for state in states if _has_changed(state, reading)]
    if not changed:
        return
    with writing():
        told = [state.name for state in changed if _keep(state, reading, worker)]
        if told:
            _tell(told, reading, limit, titles)


def _has_changed(state: ChannelState, reading: Reading) -> bool:
    known = timedelta(seconds=state.clock_ahead)
    ahead = reading.ahead[state.name]
    if _told(ahead) == state.clock_ahead:
        return False
    return abs(ahead - known) > CHANGED


def _told(ahead: timedelta) -> int:
    """The seconds that people are told of: none of a small difference."""
    return round(ahead.total_seconds()) if abs(ahead) > WRONG else 0


def _keep(state: ChannelState, reading: Reading, worker: str) -> bool:
    """False when another program has noted its own meanwhile, or holds the channel now: its clock is the one that counts."""
    changed = execute(
        "UPDATE campaign_channelstate SET clock_ahead = %s WHERE name = %s AND clock_ahead = %s "
        "AND (owner IN ('', %s) OR lease_until < %s)",
        *(_told(reading.ahead[state.name]), state.name, state.clock_ahead, worker),
        reading.right(),
    )
    return changed == 1


def _tell(
    names: Collection[str], reading: Reading, limit: timedelta, titles: Mapping[str, str]
) -> None:
    for told in _by_network({name: reading.ahead[name] for name in names}, titles, limit):
        log.warning("%s", told.sentence)
        events.note(
            None, "", "", reading.now, actor=ACTOR, action="clock", reason=told.sentence
        )


def _by_network(
    ahead: Mapping[str, timedelta], titles: Mapping[str, str], limit: timedelta
) -> list[Told]:
    channels: dict[str, list[str]] = {}
    for name in sorted(ahead):
        channels.setdefault(titles[name], []).append(name)
    told = []
    for title, names in channels.items():
        # Measured at several answers, it differs by a second or so.
        most = max((ahead[name] for name in names), key=abs)
        sentence = said(title, names, most, limit)
        told.append(Told(sentence, is_stopped=abs(most) > limit))
    return told


def said(network: str, channels: Iterable[str], ahead: timedelta, limit: timedelta) -> str:
    """What a person is told of this machine's clock; `network` is what the network is called."""
    if abs(ahead) <= WRONG:
        return Sentence(
            "The clock of the machine that publishes agrees with that of {0} again.", network
        )
    # To 5 seconds, since nobody knows it better.
    span = say_span(timedelta(seconds=5 * round(ahead.total_seconds() / 5)))
    if ahead > timedelta(0):
        is_wrong = Sentence(
            "The clock of the machine that publishes is {0} ahead of that of {1}.",
            span,
            network,
        )
        what = Sentence("Posts go out so much too early: ask your technician to set it right.")
    else:
        is_wrong = Sentence(
            "The clock of the machine that publishes is {0} behind that of {1}.", span, network
        )
        what = Sentence("Posts go out so much too late: ask your technician to set it right.")
    if abs(ahead) > limit:
        what = Sentence(
            "Nothing goes out on {0} until your technician has set it right; publishing then goes on by itself.",
            ", ".join(channels),
        )
    return joined((is_wrong, what))


def standing(titles: Mapping[str, str], limit: timedelta) -> list[Told]:
    """What people have to know now of the clock of the machine that publishes: one sentence a network, what stops
    posts first; the channels that have no title (in no configuration any more) are left out."""
    ahead = {name: span for name, span in _wrong().items() if name in titles}
    return sorted(_by_network(ahead, titles, limit), key=lambda told: not told.is_stopped)


def compared(publishers: Mapping[str, Publisher], clock: Clock, limit: timedelta) -> list[Told]:
    """What there is to tell where the networks have just been asked."""
    reading = read(partial(times_of, publishers), clock)
    wrong = {name: span for name, span in reading.ahead.items() if abs(span) > WRONG}
    titles = _titles(publishers)
    return _by_network(wrong, titles, limit)


def _titles(publishers: Mapping[str, Publisher]) -> dict[str, str]:
    return {name: publisher.network.title for name, publisher in publishers.items()}


def _wrong() -> dict[str, timedelta]:
    states = ChannelState.objects.exclude(clock_ahead=0).order_by("name")
    return {state.name: timedelta(seconds=state.clock_ahead) for state in states}


def is_far_off(limit: timedelta, channels: Collection[str]) -> bool:
    """Whether the clock of the machine that publishes is beyond the limit, as the network of any of these channels has told:
    what cannot be undone waits then."""
    return any(abs(ahead) > limit for name, ahead in _wrong().items() if name in channels)


def tell_obstacle(channel: str, obstacle: str) -> None:
    """Keeps with the channel why its network did not say what time it has, "" when it did. What a person's own test of the
    keys said stays."""
    why = Sentence(
        "Nothing goes out before the network has said what time it is: {0}", obstacle
    )
    with writing():
        # Its beginning tells it from a person's test, whichever program has kept it.
        execute(
            "UPDATE campaign_channelstate SET test_problem = %s WHERE name = %s "
            "AND (test_problem = '' OR test_problem LIKE %s)",
            *(stored(why) if obstacle else "", channel, f'["{why.template}"%'),
        )


def most_ahead() -> timedelta:
    """By how much the clock of the machine that publishes was ahead at the most, where that was told; never less than nothing."""
    return max([timedelta(0), *_wrong().values()])


def put_back(
    now: datetime,
    last: datetime | None,
    settle: timedelta,
    gaps: Callable[[], Mapping[str, timedelta]],
) -> None:
    """Where the clock was put back, what waits by what it showed before waits no longer. `last` is what it showed last, None
    at the beginning; the time between two looks at an account, `settle`, and the channels' gaps between two posts are kept.
    """
    if last is None:
        # What nobody has seen is known by what cannot be otherwise: nothing is looked for later than this (see `reconcile`).
        _hasten(_LOOKS, now + settle, now + max(LONGEST_WAIT, settle * 5))
    elif now < last - CHANGED:
        _hasten(_LOOKS, now + settle, now + settle)
        _hasten(_TRIES, now + settle, now + settle)
        for name, gap in gaps().items():
            rested = now + max(gap, settle)
            # A network that asked to wait asks again; what fills a day is counted again.
            execute(
                "UPDATE campaign_channelstate SET rest_until = %s WHERE name = %s AND rest_until > %s",
                *(rested, name, rested),
            )


def _hasten(statements: Iterable[str], at: datetime, after: datetime) -> None:
    """Puts forward to `at` what waits until later than `after`."""
    with writing():
        for sql in statements:
            execute(sql, at, after)


_LOOKS = (
    "UPDATE campaign_delivery SET look_at = %s WHERE status = 'unconfirmed' AND look_at > %s",
    "UPDATE campaign_channelstate SET look_at = %s WHERE look_since IS NOT NULL AND look_at > %s",
    "UPDATE campaign_takedown SET next_at = %s WHERE gone_at IS NULL AND next_at > %s",
    "UPDATE campaign_secondcopy SET next_at = %s WHERE ended_at IS NULL AND next_at > %s",
)
# Only what was put off after its time had come: what is yet to come keeps its own.
_TRIES = (
    "UPDATE campaign_delivery SET next_at = %s WHERE status = 'queued' AND next_at > %s AND next_at > due_at",
)
