"""The states of a delivery and the legal moves between them."""

from collections.abc import Mapping
from enum import StrEnum


class Status(StrEnum):
    """Where a delivery stands."""

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


class Stage(StrEnum):
    """Where a post stands before its deliveries tell."""

    WRITING = "writing"  #: somebody writes it
    SUBMITTED = "submitted"  #: handed in: the communications staff have it
    RETURNED = "returned"  #: given back to who wrote it, with a reason
    TAKEN_BACK = "taken_back"  #: by who wrote it
    PLANNED = "planned"  #: it has deliveries, and they tell how it stands


MOVES: Mapping[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.QUEUED, Status.CANCELLED, Status.WITHDRAWN}),
    Status.QUEUED: frozenset({Status.SENDING, Status.DRAFT, Status.MISSED, Status.CANCELLED, Status.WITHDRAWN}),
    Status.SENDING: frozenset({Status.PUBLISHED, Status.QUEUED, Status.FAILED, Status.UNCONFIRMED}),
    Status.UNCONFIRMED: frozenset({Status.PUBLISHED, Status.QUEUED}),
    Status.FAILED: frozenset({Status.QUEUED, Status.DRAFT, Status.CANCELLED, Status.WITHDRAWN}),
    Status.MISSED: frozenset({Status.QUEUED, Status.DRAFT, Status.CANCELLED, Status.WITHDRAWN}),
    Status.CANCELLED: frozenset({Status.DRAFT}),
    Status.PUBLISHED: frozenset({Status.REMOVED}),
    Status.WITHDRAWN: frozenset(),
    Status.REMOVED: frozenset(),
}
"""From each state, the states that may follow."""

FOLLOWS_ITS_FILE = frozenset({Status.DRAFT, Status.QUEUED, Status.FAILED, Status.MISSED})
"""States in which a delivery still follows its post's file when that is loaded again."""


def may_move(old: Status, new: Status) -> bool:
    """Whether a delivery may go from one state to the other."""
    return new in MOVES[old]
