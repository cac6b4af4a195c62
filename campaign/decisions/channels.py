"""What is done about a channel: a test that posts nothing, an end to its rest, a person's look at it."""

from datetime import datetime, timedelta

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery import leases
from campaign.delivery.clocks import agreement
from campaign.delivery.lookback import waiting
from campaign.models import ChannelState
from campaign.publishers.publisher import Publisher, Unreachable


def check(name: str, publisher: Publisher, by: str, now: datetime, limit: timedelta) -> str:
    """Asks the network, without posting, whether it accepts the channel's keys. Returns what is wrong, "" for nothing; a
    clock of this machine that is wrong, too, where nothing goes out beyond `limit`.

    Keeps the answer with the channel, and notes it in the log.
    """
    try:
        wrong = publisher.verify() or _clock(name, publisher, now, limit)
    except Unreachable as problem:
        wrong = str(problem)
    said = Sentence("Channel {0}: the network accepts its keys.", name)
    if wrong:
        said = Sentence("Channel {0}: {1}", name, wrong)
    with writing():
        leases.ensure([name])
        ChannelState.objects.filter(name=name).update(tested_at=now, test_problem=wrong)
        events.note(None, "", "", now, actor=by, action="channel tested", reason=said)
    return wrong


def _clock(name: str, publisher: Publisher, now: datetime, limit: timedelta) -> str:
    told = agreement.compared({name: publisher}, lambda: now, limit)
    return told[0].sentence if told else ""


def wake(name: str, by: str, now: datetime) -> None:
    """Ends the rest of a channel in trouble, so that it is tried again at once.

    Raises Problem when it does not rest, or only for its gap or its day, which are limits that hold.
    """
    with writing():
        state = ChannelState.objects.filter(name=name, rest_until__gt=now).first()
        if state is None:
            raise Problem(Sentence("Channel {0} does not rest: there is nothing to end.", name))
        if not state.troubles:
            raise Problem(
                Sentence(
                    "Channel {0} is not in trouble. Its pause between two posts ends by itself.",
                    name,
                )
            )
        ChannelState.objects.filter(pk=state.pk).update(
            rest_until=None, rest_reason="", troubles=0
        )
        said = Sentence(
            "Channel {0} is tried again at once. It rested because of this: {1}",
            name,
            state.rest_reason,
        )
        events.note(None, "", "", now, actor=by, action="woken", reason=said)


def looked(name: str, by: str, now: datetime) -> None:
    """A person has looked at the account of a channel that looks first, and has dropped here what is out: it goes on.

    Raises Problem when it does not wait for a look.
    """
    with writing():
        if not waiting.looked_at(name, by, now):
            raise Problem(
                Sentence("Channel {0} does not wait for anybody to look at its account.", name)
            )
