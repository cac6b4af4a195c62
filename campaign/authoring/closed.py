"""Which campaigns are closed: for these, nothing new is written, submitted, loaded or approved."""

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.models.closing import Closing


def closing_of(campaign: str) -> Closing | None:
    """Who closed the campaign, and when; None for one that is open."""
    standing = Closing.objects.filter(campaign=campaign, opened_at=None)
    return standing.select_related("by").first()


def closed_campaigns() -> frozenset[str]:
    """The campaigns that are closed now, by the names of their folders."""
    standing = Closing.objects.filter(opened_at=None)
    return frozenset(standing.values_list("campaign", flat=True))


def need_open(campaign: str) -> None:
    """Raises Problem for a campaign that is closed."""
    if closing_of(campaign):
        raise Problem(
            Sentence(
                "The campaign {0} is closed: open it again on its page, or choose another one.",
                campaign,
            )
        )
