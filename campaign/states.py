"""The states of a delivery and the legal moves between them."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Status(StrEnum):
    """The state of a delivery."""

    DRAFT = "draft"  #: loaded, waiting for approval
    QUEUED = "queued"  #: approved, waiting for its time
    SENDING = "sending"  #: claimed by a worker
    PUBLISHED = "published"  #: the network has it
    FAILED = "failed"  #: refused by the network; it would be refused again
    UNCONFIRMED = "unconfirmed"  #: the answer was lost: it may be out, or not
    MISSED = "missed"  #: its time passed before it could go out; a person decides
    CANCELLED = "cancelled"  #: taken out of the queue by a person, or by its file
    WITHDRAWN = "withdrawn"  #: consent is gone
    REMOVED = "removed"  #: taken down after it was published


class AttemptOutcome(StrEnum):
    """What one try came to. Nothing else is tried again by itself than TRY_LATER: then surely nothing was posted."""

    PUBLISHED = "published"  #: the network has it, or this part of a thread
    REFUSED = "refused"  #: it would be refused again
    TRY_LATER = "try_later"  #: surely not posted
    UNCONFIRMED = "unconfirmed"  #: the answer was lost: it may be out, or not


NOT_WELL = tuple(
    outcome for outcome in AttemptOutcome if outcome is not AttemptOutcome.PUBLISHED
)
"""The network did not take it; these have an index of their own."""


class Stage(StrEnum):
    """The stage of a post; once it is planned, the states of its deliveries tell more."""

    WRITING = "writing"  #: somebody writes it
    SUBMITTED = "submitted"  #: handed in: the communications staff have it
    RETURNED = "returned"  #: given back to who wrote it, with a reason
    TAKEN_BACK = "taken_back"  #: by who wrote it
    PLANNED = "planned"  #: it has deliveries, each with a state of its own


_BACK = frozenset({Status.QUEUED, Status.DRAFT, Status.CANCELLED, Status.WITHDRAWN})
"""Where what failed or was missed may go."""
# Straight to published: the answer to an attempt that was taken for lost has come after all, or it was found on the account.
MOVES: Mapping[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset(
        {Status.QUEUED, Status.CANCELLED, Status.WITHDRAWN, Status.PUBLISHED}
    ),
    Status.QUEUED: frozenset(
        {
            Status.SENDING,
            Status.PUBLISHED,
            Status.DRAFT,
            Status.MISSED,
            Status.CANCELLED,
            Status.WITHDRAWN,
        }
    ),
    Status.SENDING: frozenset(
        {Status.PUBLISHED, Status.QUEUED, Status.FAILED, Status.UNCONFIRMED}
    ),
    Status.UNCONFIRMED: frozenset({Status.PUBLISHED, Status.QUEUED, Status.FAILED}),
    Status.FAILED: _BACK | {Status.PUBLISHED},
    Status.MISSED: _BACK | {Status.PUBLISHED},
    Status.CANCELLED: frozenset({Status.DRAFT, Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.REMOVED}),
    Status.WITHDRAWN: frozenset(),
    Status.REMOVED: frozenset(),
}
"""From each state, the states that may follow."""

WAITING = frozenset({Status.DRAFT, Status.QUEUED})
"""It has its time before it."""
NOT_OUT_YET = WAITING | {Status.FAILED, Status.MISSED}
"""Nothing of it is public, and it still may be: it follows its post's file, and people decide about it."""
MAY_BE_OUT = frozenset({Status.SENDING, Status.UNCONFIRMED, Status.PUBLISHED})
"""It is public on its network, or is on its way there."""
OUT = MAY_BE_OUT | {Status.REMOVED}
"""It is or was public, or is on its way."""
MAY_STILL_BE_ANSWERED = frozenset(
    {Status.UNCONFIRMED, Status.QUEUED, Status.FAILED, Status.MISSED}
)
"""The answer to an attempt may come after all, whatever was made of the delivery meanwhile."""
MAY_BE_FOUND_OUT = NOT_OUT_YET | {Status.CANCELLED}
"""The database says that nothing of it is public; one that is older than what went out need not know."""
IN_THE_WAY = NOT_OUT_YET | {Status.SENDING, Status.UNCONFIRMED}
"""Of what a post corrects: it is not known, or not decided, whether that one is out."""
GONE = frozenset({Status.CANCELLED, Status.WITHDRAWN, Status.REMOVED})
"""It takes no place in the plan any more."""
PARTLY = "partly"
"""Of a whole post: on some channels it is out, and on others it still waits."""
TROUBLED = (Status.FAILED, Status.UNCONFIRMED, Status.MISSED)
"""Not well, the most pressing first."""
_BY_WEIGHT = (
    *TROUBLED,
    Status.DRAFT,
    Status.SENDING,
    Status.QUEUED,
    Status.PUBLISHED,
    Status.REMOVED,
    Status.WITHDRAWN,
    Status.CANCELLED,
)


def status_of_all(statuses: Collection[str]) -> str:
    """The one status of a whole post, of those that its deliveries have: what is not well comes first, what is gone last;
    PARTLY where some of it is out and some still waits; "" where there is none."""
    present = set(statuses)
    still = present - GONE or present
    status = next((weighty for weighty in _BY_WEIGHT if weighty in still), "")
    if status in TROUBLED or Status.PUBLISHED not in still:
        return status
    to_come = WAITING | {Status.SENDING}
    return PARTLY if still & to_come else status


def is_settled(statuses: Collection[str]) -> bool:
    """Whether a post with such deliveries is out as a whole, or was: nothing of it waits any more for what is written."""
    present = set(statuses)
    return bool(present & OUT) and not present & NOT_OUT_YET


def may_move(old: Status, new: Status) -> bool:
    """Whether a delivery may go from one state to the other."""
    return new in MOVES[old]
