"""Facts as the list of them shows them: how many posts lean on each, and which are due for review."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from campaign.authoring import eyes
from campaign.content.facts import Fact, FactStatus
from campaign.content.library import Library
from campaign.database.sql import ask
from campaign.states import Status

SOON = timedelta(days=60)
"""What is to be reviewed within this time is due for review."""
_FAR = 20_000
"""So many of the latest deliveries are read."""
_CITED = f"""
SELECT DISTINCT facts, status, post_id
FROM (SELECT facts, status, post_id FROM campaign_delivery ORDER BY due_at DESC, id DESC LIMIT {_FAR}) AS latest
WHERE facts <> '' AND status NOT IN ('cancelled', 'withdrawn', 'removed')
"""
_IN_QUEUE = frozenset({Status.QUEUED, Status.SENDING, Status.UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Cited:
    """How many posts lean on a fact, by the status of their deliveries; of the latest _FAR deliveries."""

    queued: int = 0
    waiting: int = 0  #: for approval, or for a person to decide
    published: int = 0


@dataclass(frozen=True, slots=True)
class FactListed:
    """A fact in the list."""

    fact: Fact
    is_overdue: bool
    is_due: bool  #: for review, soon or already
    cited: Cited
    waits_for_eyes: bool = False  #: nobody but its writer has confirmed it


class CitedRow(NamedTuple):
    """The facts that some deliveries of a post lean on, their keys separated by blanks."""

    facts: str
    status: str
    post_id: int


def listed(library: Library, today: date) -> list[FactListed]:
    """Every fact, those of the file in its order; one question to the database, however many there are."""
    posts: dict[tuple[str, str], set[int]] = {}
    for row in ask(CitedRow, _CITED):
        for key in row.facts.split():
            posts.setdefault((key, _where(row.status)), set()).add(row.post_id)
    facts: list[FactListed] = []
    waits = eyes.waiting(library.facts.values())
    for fact in library.facts.values():
        is_overdue = fact.review_by < today
        is_soon = fact.review_by <= today + SOON
        is_due = is_soon and fact.status is not FactStatus.DO_NOT_USE
        cited = Cited(
            queued=len(posts.get((fact.id, "queued"), ())),
            waiting=len(posts.get((fact.id, "waiting"), ())),
            published=len(posts.get((fact.id, "published"), ())),
        )
        facts.append(FactListed(fact, is_overdue, is_due, cited, fact.id in waits))
    return facts


def _where(status: str) -> str:
    if status in _IN_QUEUE:
        return "queued"
    return "published" if status == Status.PUBLISHED else "waiting"
