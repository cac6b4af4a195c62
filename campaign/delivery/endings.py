"""Consents that end soon, told 60, 30 and 7 days ahead: while a story is written, and on the page of today."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.delivery.allowed import OF_A_PERSON, WARNINGS, warns
from campaign.delivery.database import ask, marks
from campaign.delivery.plan import Planned
from campaign.finding import Finding, warning
from campaign.models import Post

_ENDING = f"""
SELECT p.id AS post, p.consent_until AS of_file, k.valid_until AS of_record FROM campaign_post p
LEFT JOIN campaign_storyteller s ON p.storyteller <> '' AND s.reference = p.storyteller
     AND s.withdrawn_at IS NULL AND s.erased_at IS NULL
LEFT JOIN campaign_consent k ON k.storyteller_id = s.id AND k.number = s.consent_number AND k.ended_at IS NULL
WHERE {OF_A_PERSON} AND NOT p.example
  AND (p.consent_until <= %s OR k.valid_until <= %s)
  AND EXISTS (SELECT 1 FROM campaign_delivery d WHERE d.post_id = p.id AND d.status IN ('draft', 'queued', 'published'))
"""
_UNTIL = """
SELECT s.reference AS reference, k.valid_until AS until FROM campaign_storyteller s
JOIN campaign_consent k ON k.storyteller_id = s.id AND k.number = s.consent_number AND k.ended_at IS NULL
WHERE s.withdrawn_at IS NULL AND s.reference IN ({marks})
"""


class EndingRow(NamedTuple):
    """A story whose consent ends, by its file or by its record."""

    post: int
    of_file: date | None
    of_record: date | None


class UntilRow(NamedTuple):
    """The last day of a storyteller's consent."""

    reference: str
    until: date


@dataclass(frozen=True, slots=True)
class Ending:
    """A story whose consent ends soon, or is over."""

    post: Post
    until: date
    is_over: bool
    within: int = WARNINGS[0]  #: so many days at the most: 60, 30 or 7; 0 when it is over


def ending_consents(today: date, last: date, most: int) -> list[Ending]:
    """Stories, out or still to come, whose consent ends by `last` or is over; the most urgent first."""
    ends = {row.post: min(_days(row.of_file, row.of_record)) for row in ask(EndingRow, _ENDING, last, last)}
    posts = Post.objects.in_bulk(ends)
    found = [Ending(posts[post], until, until < today, warns(until, today) or 0) for post, until in ends.items()]
    return sorted(found, key=lambda one: (one.until, one.post.key))[:most]


def consent_ends(planned: Iterable[Planned], now: datetime, zone: ZoneInfo) -> Iterator[Finding]:
    """A finding for a story whose consent ends before it goes out, or soon."""
    today = now.astimezone(zone).date()
    of_people = [one for one in planned if one.post.consent]
    until = _until({one.post.consent.storyteller for one in of_people if one.post.consent})
    for one in of_people:
        reference = one.post.consent.storyteller if one.post.consent else ""
        if reference in until and (sentence := _sentence(one, reference, until[reference], today, zone)):
            yield warning("consent-ends", sentence, one.post.place("consent"))


def _sentence(one: Planned, reference: str, until: date, today: date, zone: ZoneInfo) -> str:
    due = one.due.at.astimezone(zone).date() if one.due else today
    if until < due:
        return f"The consent of storyteller {reference} ends on {until}, before this post goes out on {due}: ask for a new one."
    within = warns(until, today)
    if within is None:
        return ""
    return f"The consent of storyteller {reference} ends on {until}, within {within} days: ask whether they give a new one."


def _until(references: Collection[str]) -> dict[str, date]:
    if not references:
        return {}
    return {row.reference: row.until for row in ask(UntilRow, _UNTIL.format(marks=marks(references)), *references)}


def _days(*days: date | None) -> list[date]:
    return [day for day in days if day]
