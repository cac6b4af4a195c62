"""Taking a delivery out of the queue, and saying of one that may be out whether it is."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.delivery.candidates import claim_on
from campaign.models import Delivery
from campaign.states import Status

LONGEST_ADDRESS = 500
"""Characters of the address of a post."""


def cancel(delivery: Delivery, by: str, reason: str, now: datetime) -> None:
    """Takes a delivery out of the queue. Raises Problem when it is out, or on its way."""
    if delivery.status == Status.PUBLISHED:
        raise Problem(
            Sentence(
                "Delivery {0} is published already. To take it down: scheduler.py remove {1} --reason …",
                delivery.pk,
                delivery.pk,
            )
        )
    if delivery.status == Status.CANCELLED:
        raise Problem(
            Sentence("Delivery {0} is cancelled already; nothing has changed.", delivery.pk)
        )
    reason = reason or Sentence("Cancelled by hand.")
    _move(delivery, Status.CANCELLED, by, "cancelled", reason, now)


def resolve_published(delivery: Delivery, url: str, by: str, now: datetime) -> None:
    """A person has seen that an unconfirmed delivery, or the part of its thread in doubt, is out, at this address.

    Raises Problem in any other state, and for what is no address of a post.
    """
    url = _address(url)
    # The last part of the path, or the last value of the query; 200 characters are what the column holds.
    remote_id = url.rstrip("/").rsplit("/", 1)[-1].rsplit("=", 1)[-1][:200]
    _only_unconfirmed(delivery)
    with writing():
        claim = claim_on(delivery.pk, now)
        remote_id = claim.edits or remote_id  # a post whose words were changed keeps its number
        adopted = queue.adopt(
            claim, remote_id, url, now, actor=by, action="resolved: published", reason=""
        )
        if not adopted:
            raise Problem(
                Sentence(
                    "Delivery {0} has just changed: look at it again with the queue command.",
                    delivery.pk,
                )
            )


def _address(written: str) -> str:
    """The address of a post on its network: a whole one, since its end is the post's number there. Raises Problem."""
    url = written.strip()
    if not _is_whole(url) or len(url) > LONGEST_ADDRESS:
        raise Problem(
            Sentence(
                "That is not the address of a post: open the post on its network and copy its address from there."
            )
        )
    return url


def _is_whole(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, path = parts.hostname, parts.path.strip("/")
    except ValueError:  # brackets that are no address
        return False
    return parts.scheme in ("http", "https") and bool(host) and bool(path)


def resolve_not_published(delivery: Delivery, by: str, now: datetime) -> None:
    """A person has seen that an unconfirmed delivery is not out: it is queued again, and goes out if it is not too late."""
    with writing():
        _only_unconfirmed(delivery)
        next_at = max(now, delivery.due_at)
        Delivery.objects.filter(id=delivery.id).update(next_at=next_at, look_at=None)
        _move(delivery, Status.QUEUED, by, "resolved: not published", "", now)


def find_deliveries(ids: Iterable[int]) -> list[Delivery]:
    """The deliveries of these numbers, in this order. Raises Problem for a number that does not exist."""
    wanted = list(ids)
    by_number = Delivery.objects.select_related("post").in_bulk(wanted)
    for number in wanted:
        if number not in by_number:
            raise Problem(
                Sentence(
                    "There is no delivery {0}: look for its number with the queue command.",
                    number,
                )
            )
    return [by_number[number] for number in wanted]


def _move(
    delivery: Delivery, new: Status, by: str, action: str, reason: str, now: datetime
) -> None:
    queue.move(
        delivery.id, Status(delivery.status), new, now, actor=by, action=action, reason=reason
    )


def _only_unconfirmed(delivery: Delivery) -> None:
    if delivery.status != Status.UNCONFIRMED:
        raise Problem(
            Sentence(
                "Delivery {0} is {1}: only an unconfirmed one can be resolved.",
                delivery.id,
                delivery.status,
            )
        )
