"""Facts as the list of them shows them: how many posts lean on each, and which are due for review."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from campaign.content.facts import Fact, FactStatus
from campaign.content.library import Library
from campaign.database.sql import ask
from campaign.states import Status

SOON = timedelta(days=60)
"""What is to be reviewed within this time is due for review."""
_FAR = 20_000
_CITED = f"""
SELECT DISTINCT facts, status, post_id
FROM (SELECT facts, status, post_id FROM campaign_delivery ORDER BY due_at DESC, id DESC LIMIT {_FAR}) AS latest
WHERE facts <> '' AND status NOT IN ('cancelled', 'withdrawn', 'removed')
"""
_IN_QUEUE = frozenset({Status.QUEUED, Status.SENDING, Status.UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Cited:
    """How many posts lean on a fact, by where they stand; among the latest deliveries that are looked at."""

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


class CitedRow(NamedTuple):
    """The facts that some deliveries of a post lean on, their keys separated by blanks."""

    facts: str
    status: str
    post_id: int


def listed(library: Library, today: date) -> list[FactListed]:
    """Every fact of the file in its order; one question to the database, however many there are."""
    posts: dict[tuple[str, str], set[int]] = {}
    for cited in ask(CitedRow, _CITED):
        for key in cited.facts.split():
            posts.setdefault((key, _where(cited.status)), set()).add(cited.post_id)
    return [
        FactListed(
            fact,
            fact.review_by < today,
            fact.review_by <= today + SOON and fact.status is not FactStatus.DO_NOT_USE,
            Cited(
                *(
                    len(posts.get((fact.id, where), ()))
                    for where in ("queued", "waiting", "published")
                )
            ),
        )
        for fact in library.facts.values()
    ]


def _where(status: str) -> str:
    if status in _IN_QUEUE:
        return "queued"
    return "published" if status == Status.PUBLISHED else "waiting"
