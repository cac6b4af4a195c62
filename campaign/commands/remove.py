"""Taking down on the command line."""

from campaign.commands.call import Call
from campaign.commands.queue import each
from campaign.delivery.removal import remove as take_down
from campaign.models import Delivery
from campaign.problem import Problem
from campaign.publishers import open_publishers


def remove(call: Call) -> int:
    """Deletes published deliveries on their networks. What could not be deleted is told, with where it stands."""
    if call.config.publishing.dry_run:
        raise Problem("dry_run is on in config.toml, and taking down needs the network: turn dry_run off first.")
    opened = open_publishers(call.config, call.clock, dry_run=False)
    reason, now = call.arguments.reason, call.clock()

    def decide(delivery: Delivery, by: str) -> None:
        if delivery.channel not in opened.publishers:
            why = opened.problems.get(delivery.channel, f"Channel {delivery.channel} is not in config.toml.")
            raise Problem(f"Delivery {delivery.pk} could not be taken down. {why}")
        take_down(delivery, opened.publishers[delivery.channel], by, reason, now)

    return each(call, decide, "taken down")
