"""Events: what was done, by whom and why, written into the log. Nothing in it is ever changed; only where a person's words
are erased does a reason become empty."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain

from campaign.core.sentence import stored
from campaign.database.sql import execute, marks, portions, tuples

TAKEN_BACK_BY_AUTHOR = """EXISTS (SELECT 1 FROM campaign_event e
    WHERE e.post_id = t.id AND e.action = 'taken back' AND e.actor = v.username)"""
"""Who wrote the post `t`, the user `v`, took it back themselves; what somebody else took back was only put aside."""


def note(
    delivery: int | None,
    old: str,
    new: str,
    now: datetime,
    *,
    actor: str,
    action: str,
    reason: str,
    post: int | None = None,
) -> None:
    """Writes an event into the log; one about a post as a whole names the post and no delivery."""
    note_all([delivery], old, new, now, actor=actor, action=action, reason=reason, post=post)


def note_all(
    deliveries: Sequence[int | None],
    old: str,
    new: str,
    now: datetime,
    *,
    actor: str,
    action: str,
    reason: str,
    post: int | None = None,
) -> None:
    """As `note`: the same for each of many deliveries, in their order."""
    kept = stored(reason)
    for portion in portions(deliveries):
        events = [(now, actor, action, delivery, post, old, new, kept) for delivery in portion]
        execute(
            "INSERT INTO campaign_event (at, actor, action, delivery_id, post_id, from_status, to_status, reason) "
            f"VALUES {tuples(events, 8)}",
            *chain.from_iterable(events),
        )


def empty(deliveries: Collection[int], posts: Collection[int]) -> None:
    """Empties the reasons of all events about these deliveries and posts: somebody may have written a person's words there.
    What was done, when and by whom stays.

    The database refuses it unless the words of the delivery, or of its post, are erased already."""
    _empty("delivery_id", deliveries)
    _empty("post_id", posts)


def empty_these(numbers: Collection[int]) -> None:
    """As `empty`, of these events by their own numbers."""
    _empty("id", numbers)


def _empty(column: str, numbers: Collection[int]) -> None:
    for some in portions(sorted(numbers)):
        execute(
            f"UPDATE campaign_event SET reason = '' WHERE reason <> '' AND {column} IN ({marks(some)})",
            *some,
        )
