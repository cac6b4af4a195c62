"""What of a campaign stands on which days, on every account: for its picture.

The nearest of its deliveries in these days, by the index of due times; how many are read is bounded, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.content.dates.month import span_of
from campaign.database.sql import ask, column, marks
from campaign.states import GONE, Status

READ = 1_000
"""So many deliveries of the campaign are read."""
_FAR = 10_000
"""So many deliveries of all campaigns are looked through."""
_STANDING = f"""
SELECT d.post_id AS post, p.kind AS kind, d.due_at AS due_at, d.channel AS channel, d.network AS network,
       d.language AS language, d.status AS status
FROM (SELECT id, post_id, due_at, channel, network, language, status FROM campaign_delivery
      WHERE due_at >= %s AND due_at < %s AND status NOT IN ({marks(GONE)})
      ORDER BY due_at, id LIMIT {_FAR}) AS d
JOIN campaign_post p ON p.id = d.post_id
WHERE p.campaign = %s AND NOT p.example ORDER BY d.due_at, d.id LIMIT {READ + 1}
"""
_BEYOND = f"""
SELECT 1 FROM campaign_delivery WHERE due_at >= %s AND due_at < %s AND status NOT IN ({marks(GONE)})
ORDER BY due_at, id LIMIT 1 OFFSET {_FAR}
"""


class StandingRow(NamedTuple):
    """A delivery, its text left out."""

    post: int
    kind: str
    due_at: datetime
    channel: str
    network: str
    language: str
    status: Status


@dataclass(frozen=True, slots=True)
class StandingDays:
    """Deliveries by due time; `has_more` says that there are more than were read."""

    rows: Sequence[StandingRow]
    has_more: bool


def standing_days(campaign: str, first: date, last: date, zone: ZoneInfo) -> StandingDays:
    """The deliveries of a campaign from a local day to another that take a place in the plan; examples are left out."""
    start, end = span_of(first, zone).start, span_of(last, zone).end
    rows = ask(StandingRow, _STANDING, start, end, *GONE, campaign)
    return StandingDays(rows[:READ], len(rows) > READ or _is_beyond(start, end))


def _is_beyond(start: datetime, end: datetime) -> bool:
    """Whether more stands on these days, of all campaigns, than is looked through."""
    beyond = column(int, _BEYOND, start, end, *GONE)
    return bool(beyond)
