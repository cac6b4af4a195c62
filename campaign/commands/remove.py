"""Taking down on the command line."""

from campaign.commands.deciding import each
from campaign.commands.frame.call import Call
from campaign.decisions.removing import remove as take_down
from campaign.models import Delivery
from campaign.publishers import open_publishers


def remove(call: Call) -> int:
    """Deletes published deliveries on their networks. For one that could not be deleted, says so and where it is."""
    config, reason, now = call.config, call.arguments.reason, call.clock()
    opened = open_publishers(config, call.clock, dry_run=config.publishing.dry_run)

    def remove_now(delivery: Delivery, by: str) -> None:
        take_down(delivery, opened, by, reason, now)

    return each(call, remove_now, "taken down")
