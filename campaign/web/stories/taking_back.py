"""Taking a story back through a page: one way for the person, a volunteer and the team; and the receipt that is mailed."""

from campaign.models.stories import Storyteller, Withdrawal
from campaign.stories import withdrawal
from campaign.stories.report import send_receipt
from campaign.stories.vault import Locked
from campaign.stories.withdrawal import Via
from campaign.web.frame.site import now, zone


def take_back(who: Storyteller, scope: str, via: Via, by: str) -> Withdrawal:
    """Takes it back and mails the receipt, once. A contact that cannot be read does not stop it. Raises Problem."""
    before = set(who.withdrawals.values_list("pk", flat=True))
    made = withdrawal.withdraw(who, scope, via, by, now())
    # Asked twice, the first withdrawal comes back, whose receipt is mailed already.
    if made.pk not in before:
        try:
            send_receipt(made, zone())
        except Locked:
            return made
    return made
