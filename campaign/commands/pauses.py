"""Pausing and resuming on the command line."""

from campaign.commands.call import WELL, Call
from campaign.commands.output import plural, say
from campaign.commands.queue import decider
from campaign.commands.rows import known_campaign, known_channel
from campaign.delivery import pauses


def pause(call: Call) -> int:
    """Stops publishing before the next post."""
    campaign, channel = _scope(call)
    pauses.pause(campaign, channel, call.arguments.reason, decider(call), call.clock())
    say(f"{pauses.describe(campaign, channel)} is paused, from the next post on, until it is resumed.")
    return WELL


def resume(call: Call) -> int:
    """Ends a pause; nothing goes out in a burst."""
    campaign, channel = _scope(call)
    missed = pauses.resume(campaign, channel, call.arguments.reason, decider(call), call.clock())
    say(f"{pauses.describe(campaign, channel)} goes on.")
    if missed:
        said = "came due during the pause and now waits" if missed == 1 else "came due during the pause and now wait"
        say(
            f"{plural(missed, 'delivery', 'deliveries')} {said} for a decision: "
            "see scheduler.py queue --status missed, then retry, reschedule or cancel."
        )
    for sentence in pauses.standing():
        say(sentence)
    return WELL


def _scope(call: Call) -> tuple[str, str]:
    campaign, channel = call.arguments.campaign or "", call.arguments.channel or ""
    if channel:
        known_channel(call, channel)
    if campaign:
        known_campaign(campaign)
    return campaign, channel
