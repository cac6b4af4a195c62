"""Taking down on the command line."""

from campaign.commands.deciding import each
from campaign.commands.frame.call import Call
from campaign.decisions.removing import remove as take_down
from campaign.publishers import open_publishers


def remove(call: Call) -> int:
    """Deletes published deliveries on their networks. What could not be deleted is told, with where it stands."""
    opened = open_publishers(call.config, call.clock, dry_run=call.config.publishing.dry_run)
    reason, now = call.arguments.reason, call.clock()
    return each(
        call, lambda delivery, by: take_down(delivery, opened, by, reason, now), "taken down"
    )
