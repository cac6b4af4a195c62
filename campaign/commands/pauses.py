"""Pausing and resuming on the command line."""

from campaign.cli import WELL, Call
from campaign.commands.output import plural
from campaign.commands.queue import decider
from campaign.delivery import pauses
from campaign.finding import did_you_mean
from campaign.models import Post
from campaign.problem import Problem


def pause(call: Call) -> int:
    """Stops publishing before the next post."""
    campaign, channel = _scope(call)
    pauses.pause(campaign, channel, call.arguments.reason, decider(call), call.clock())
    print(f"{pauses.describe(campaign, channel)} is paused, from the next post on, until it is resumed.")
    return WELL


def resume(call: Call) -> int:
    """Ends a pause; nothing goes out in a burst."""
    campaign, channel = _scope(call)
    missed = pauses.resume(campaign, channel, call.arguments.reason, decider(call), call.clock())
    print(f"{pauses.describe(campaign, channel)} goes on.")
    if missed:
        print(
            f"{plural(missed, 'delivery', 'deliveries')} came due during the pause and now wait for a decision: "
            "see scheduler.py queue --status missed, then retry, reschedule or cancel them."
        )
    return WELL


def _scope(call: Call) -> tuple[str, str]:
    campaign, channel = call.arguments.campaign, call.arguments.channel
    if channel and channel not in call.config.channels:
        raise Problem(f'"{channel}" is not a channel of config.toml; {did_you_mean(channel, call.config.channels)}')
    campaigns = set(Post.objects.values_list("campaign", flat=True).distinct())
    if campaign and campaign not in campaigns:
        raise Problem(f'"{campaign}" is not a loaded campaign; {did_you_mean(campaign, campaigns)}')
    return campaign, channel
