"""The place of a correction: what stands there on its network, and whether it makes room, or is changed where it is."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from campaign.core.sentence import Sentence, stored
from campaign.database.sql import column, execute
from campaign.delivery.attempts import Ended, Result
from campaign.delivery.pictured import are_alike
from campaign.publishers import can_edit, posts_of
from campaign.states import IN_THE_WAY, AttemptOutcome, Status

GOES_FIRST = Sentence("The post that it corrects is being taken down first.")
COLUMNS = """
COALESCE(held.id, 0) AS first, COALESCE(held.status, '') AS first_status, COALESCE(held.url, '') AS first_url,
COALESCE(NULLIF(held.part_ids, ''), held.remote_id, '') AS first_ids, COALESCE(held.pictures, '') AS first_pictures,
COALESCE(held.link, '') AS first_link"""
"""Of the delivery that another one, `d` of the post `p`, corrects: with TABLES."""
TABLES = """
LEFT JOIN campaign_correction link ON link.post_id = p.id
LEFT JOIN campaign_delivery held ON held.post_id = link.first_id AND held.channel = d.channel"""
_IN_THE_WAY = ", ".join(f"'{status}'" for status in sorted(IN_THE_WAY))
IS_FREE = f"""NOT EXISTS (
    SELECT 1 FROM campaign_correction link
    JOIN campaign_delivery held ON held.post_id = link.first_id AND held.channel = n.channel
    WHERE link.post_id = n.post_id AND held.status IN ({_IN_THE_WAY}))"""
"""What the delivery `n` corrects neither waits itself, nor is in doubt."""
NOTHING_GOES = """NOT EXISTS (
    SELECT 1 FROM campaign_replacement going JOIN campaign_delivery held ON held.id = going.delivery_id
    WHERE held.channel = c.name AND going.next_at IS NOT NULL)"""
"""On the channel `c` nothing is being taken down just now for a correction. What went out meanwhile would leave neither of
the two there for as long as the channel rests then."""


class Corrected(Protocol):
    """A delivery that is due, and what it corrects."""

    @property
    def text(self) -> str:
        """Its text."""

    @property
    def network(self) -> str:
        """The name of its network."""

    @property
    def pictures(self) -> str:
        """Its pictures, frozen."""

    @property
    def link(self) -> str:
        """The address that stands beside its text; "" for none."""

    @property
    def part_ids(self) -> str:
        """The ids of its own parts that are out."""

    @property
    def first_status(self) -> str:
        """The status of what it corrects; "" for nothing."""

    @property
    def first_ids(self) -> str:
        """Its remote ids."""

    @property
    def first_pictures(self) -> str:
        """Its pictures, frozen."""

    @property
    def first_link(self) -> str:
        """The address that stands beside it; "" for none."""


def edited_by(row: Corrected) -> str:
    """The remote id of the post whose text it changes in place; "" where it goes out as a post of its own: the network
    changes none, more than the text is another (its pictures, its link), or either is a thread."""
    ids = row.first_ids.split()
    is_single = len(ids) == 1 and len(posts_of(row.text, row.network)) == 1
    if not is_single or not _stands(row) or not can_edit(row.network):
        return ""
    is_same_beside = row.link == row.first_link
    is_same_beside = is_same_beside and are_alike(row.pictures, row.first_pictures)
    return ids[0] if is_same_beside else ""


def waits_for_first(row: Corrected) -> bool:
    """Whether what it corrects stands on its network, and has to be taken down before it goes out."""
    return _stands(row) and not edited_by(row)


def _stands(row: Corrected) -> bool:
    return row.first_status == Status.PUBLISHED and not row.part_ids


def make_room(first: int, correction: int, now: datetime) -> None:
    """The post that it corrects is to be taken down now, since nothing else speaks against its going out; part of a transaction."""
    execute(
        "INSERT INTO campaign_replacement (delivery_id, correction_id, next_at, tries) VALUES (%s, %s, %s, 0) "
        "ON CONFLICT (delivery_id) DO UPDATE SET correction_id = excluded.correction_id, next_at = excluded.next_at",
        *(first, correction, now),
    )
    told = "UPDATE campaign_delivery SET reason = %s WHERE id = %s AND status = 'queued'"
    execute(told, stored(GOES_FIRST), correction)


def as_it_stands(attempt: Ended) -> Ended:
    """The attempt, in doubt where it changed the words of a post that somebody has taken down meanwhile."""
    claim = attempt.claim
    if not claim.edits or attempt.result.status is not Status.PUBLISHED:
        return attempt
    [status] = column(Status, "SELECT status FROM campaign_delivery WHERE id = %s", claim.first)
    if status is Status.PUBLISHED:
        return attempt
    why = Sentence("The post that it corrects was taken down while it was being changed.")
    in_doubt = Result(AttemptOutcome.UNCONFIRMED, Status.UNCONFIRMED, why)
    return replace(attempt, result=in_doubt)
