"""What a story tells of its person beyond what they allowed to be told, found while it is written."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from campaign.checks.details import details_told
from campaign.delivery.database import ask, marks
from campaign.delivery.plan import Planned
from campaign.finding import Finding, warning
from campaign.publishers import PUBLISHERS

_ALLOWED = """
SELECT s.reference AS reference, k.details AS details FROM campaign_storyteller s
JOIN campaign_consent k ON k.storyteller_id = s.id AND k.number = s.consent_number AND k.ended_at IS NULL
WHERE s.reference IN ({marks})
"""


class AllowedRow(NamedTuple):
    """The private details that a storyteller agreed to have told, separated by blanks."""

    reference: str
    details: str


def told_beyond(planned: Iterable[Planned]) -> Iterator[Finding]:
    """A finding for each kind of private detail that a text tells and the consent of its person does not name."""
    of_people = [(one, one.post.consent.storyteller) for one in planned if one.post.consent]
    references = sorted({reference for _, reference in of_people})
    records = ask(AllowedRow, _ALLOWED.format(marks=marks(references)), *references) if references else []
    allowed = {record.reference: set(record.details.split()) for record in records}
    for one, reference in of_people:
        if reference not in allowed:
            continue
        for told in details_told(one.text, one.channel.language):
            if told.detail not in allowed[reference]:
                message = (
                    f"“{told.words}” tells of their {told.detail}, and storyteller {reference} has not agreed to that:"
                    " take it out, or ask them."
                )
                text = one.post.text(one.channel.language, PUBLISHERS[one.channel.network].form)
                yield warning("private-detail", message, text.place if text else one.post.place("consent"))
