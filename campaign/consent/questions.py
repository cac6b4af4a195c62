"""Questions to the tables of storytellers: what a person allows, when it ends, which pictures are locked.

No other folder names these tables in SQL. What the queue has to know of a person it asks with the parts below, so that it
is one question with the delivery's own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from campaign.consent.rule import OF_A_PERSON, WARNINGS, warns
from campaign.database.events import TAKEN_BACK_BY_AUTHOR
from campaign.database.sql import ask, column, is_any, marks
from campaign.models import Post

TABLES = """LEFT JOIN campaign_storyteller s ON p.storyteller <> '' AND s.reference = p.storyteller
LEFT JOIN campaign_consent k ON k.storyteller_id = s.id AND k.number = s.consent_number"""
"""The person of a post p, as s, and their consent that counts, as k; nothing where there is none."""
COLUMNS = """p.storyteller AS storyteller, p.was_story AS was_story, p.consent_from AS post_from, p.consent_until AS post_until,
       p.consent_channels AS post_channels, p.consent_purpose AS post_purpose,
       s.id AS person, s.held_at AS held_at, s.withdrawn_at AS withdrawn_at,
       s.erased_at AS erased_at, s.consent_number AS consent_number, k.ended_at AS ended_at, k.channels AS channels,
       k.languages AS languages, k.second_voice AS second_voice,
       k.valid_from AS valid_from, k.valid_until AS valid_until, k.pictures AS may_show_pictures,
       k.purposes AS purposes, k.details AS details, k.edits AS edits,
       CASE WHEN k.id IS NULL THEN '' ELSE (SELECT w.answer || ' ' || w.change || ' ' || CASE WHEN w.saw_change THEN '1' ELSE '' END
            FROM campaign_finalword w
            WHERE w.delivery_id = d.id AND w.consent_id = k.id AND w.fingerprint = d.fingerprint AND NOT w.is_second
            ORDER BY w.id DESC LIMIT 1) END AS word,
       CASE WHEN k.second_voice IS NULL OR k.second_voice = '' THEN '' ELSE (SELECT w.answer FROM campaign_finalword w
            WHERE w.delivery_id = d.id AND w.consent_id = k.id AND w.fingerprint = d.fingerprint AND w.is_second
            ORDER BY w.id DESC LIMIT 1) END AS second_word"""
"""Of TABLES, what the gate has to know for a delivery d; `word` is the last one on this very text under this consent: the
answer, how far the words had been changed, and 1 where that was shown, with a blank between them. `second_word` is the
answer of a young person beside their guardian."""
_TAKEN_BACK = f"""SELECT COUNT(*) FROM campaign_upload u JOIN campaign_upload w ON w.digest IN (u.digest, u.cut_from)
              JOIN campaign_post t ON t.id = w.post_id AND t.stage = 'taken_back'
              JOIN auth_user v ON v.id = t.author_id
              WHERE u.people <> '' AND replace(d.pictures, u.digest, '') <> d.pictures
              AND {TAKEN_BACK_BY_AUTHOR}"""
"""Those that show somebody, or were cut from such a one, and that came with a contribution which its author took back."""
LOCKED_PICTURES = f"""CASE WHEN d.pictures = '' THEN 0 ELSE (SELECT COUNT(*) FROM campaign_lockedpicture l
              WHERE replace(d.pictures, l.digest, '') <> d.pictures) + ({_TAKEN_BACK}) END"""
"""How many pictures of a delivery d belong to what was taken back: a story, or a contribution with people on its picture."""
NOT_HELD = """(q.storyteller = '' OR NOT EXISTS (SELECT 1 FROM campaign_storyteller h
                                             WHERE h.reference = q.storyteller AND h.held_at IS NOT NULL))"""
"""True where the person of a post q is not on hold, or the post names none."""
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
_DETAILS = """
SELECT s.reference AS reference, k.details AS details FROM campaign_storyteller s
JOIN campaign_consent k ON k.storyteller_id = s.id AND k.number = s.consent_number AND k.ended_at IS NULL
WHERE s.reference IN ({marks})
"""


_CHANGED = """
SELECT 1 FROM campaign_consent k JOIN campaign_storyteller s ON s.id = k.storyteller_id
WHERE s.reference = %s AND (k.at >= %s OR k.ended_at >= %s) LIMIT 1
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


class DetailsRow(NamedTuple):
    """The private details that a text may tell of a storyteller, separated by blanks."""

    reference: str
    details: str


@dataclass(frozen=True, slots=True)
class Ending:
    """A story whose consent ends soon, or is over."""

    post: Post
    until: date
    is_over: bool
    within: int = WARNINGS[0]  #: so many days at the most: 60, 30 or 7; 0 when it is over


def ending_consents(today: date, last: date, most: int) -> list[Ending]:
    """Stories, out or still to come, whose consent ends by `last` or is over; the most urgent first, `most` of them."""
    ends = {
        row.post: min(_days(row.of_file, row.of_record))
        for row in ask(EndingRow, _ENDING, last, last)
    }
    posts = Post.objects.in_bulk(ends)
    endings = [
        Ending(posts[post], until, until < today, warns(until, today) or 0)
        for post, until in ends.items()
    ]
    return sorted(endings, key=lambda ending: (ending.until, ending.post.key))[:most]


def last_days(references: Collection[str]) -> dict[str, date]:
    """The last day of the consent that counts now, a local date, by the reference of each of these storytellers."""
    if not references:
        return {}
    return {
        row.reference: row.until
        for row in ask(UntilRow, _UNTIL.format(marks=marks(references)), *references)
    }


def details_allowed(references: Collection[str]) -> dict[str, set[str]]:
    """The private details that a text may tell of each of these storytellers, by reference; who has no consent that counts
    is not in it."""
    if not references:
        return {}
    rows = ask(DetailsRow, _DETAILS.format(marks=marks(references)), *references)
    return {row.reference: set(row.details.split()) for row in rows}


def consent_changed_since(reference: str, moment: datetime) -> bool:
    """Whether this storyteller has given, narrowed or ended a consent at that moment (aware) or later."""
    return is_any(_CHANGED, reference, moment, moment)


def locked_pictures(deliveries: Collection[int]) -> set[int]:
    """The numbers of those among these deliveries that have a picture of a story that was taken back."""
    if not deliveries:
        return set()
    asked = f"SELECT d.id FROM campaign_delivery d WHERE d.id IN ({marks(deliveries)}) AND {LOCKED_PICTURES} > 0"
    return set(column(int, asked, *deliveries))


def _days(*days: date | None) -> list[date]:
    return [day for day in days if day]
