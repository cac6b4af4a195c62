"""Taking down: a published delivery is deleted on its network; the log keeps that it was there."""

from datetime import datetime

from django.db.models import QuerySet

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, joined
from campaign.core.typed import visible
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.delivery.takedown import try_to_delete
from campaign.models import Delivery
from campaign.publishers import Opened
from campaign.publishers.publisher import NotDeleted, Publisher
from campaign.states import Status

LONGEST_REASON = 500
"""Characters of the reason that are kept; the rest is cut off."""


def remove(delivery: Delivery, opened: Opened, by: str, reason: str, now: datetime) -> None:
    """Deletes a published delivery, all parts of a thread, the last one first. `opened` are the ways to the networks.

    Raises Problem with what could not be deleted and where it still stands; what could be deleted is gone and logged.
    """
    reason = visible(reason)[:LONGEST_REASON]
    if not reason:
        raise Problem(
            Sentence(
                "Say in a few words why it is taken down: everybody who reads the log will want to know."
            )
        )
    if delivery.status != Status.PUBLISHED:
        raise Problem(
            Sentence(
                "Delivery {0} is {1}: only what is published can be taken down.",
                delivery.pk,
                delivery.status,
            )
        )
    _need_still(delivery)
    publisher = _way_to(delivery, opened)
    ids = delivery.part_ids.split() or delivery.remote_id.split()
    if not ids:
        raise Problem(
            Sentence(
                "Delivery {0} has no known address: look for it on the account and delete it there.",
                delivery.pk,
            )
        )
    standing = []
    for remote_id in reversed(ids):
        if not _delete(delivery, remote_id, publisher, by, now):
            standing.append(remote_id)
    if standing:
        raise Problem(
            Sentence(
                "Delivery {0} could not be taken down whole: {1} of {2} still stand ({3}). Delete "
                "them on the account, at {4}, then run this again.",
                delivery.pk,
                len(standing),
                len(ids),
                ", ".join(standing),
                delivery.url,
            )
        )
    queue.move(
        _owner_of(delivery),
        Status.PUBLISHED,
        Status.REMOVED,
        now,
        actor=by,
        action="removed",
        reason=reason,
    )


def _need_still(delivery: Delivery) -> None:
    """Raises Problem while its words are being changed, or that is in doubt: nobody would know which of them was deleted."""
    corrections = _corrections_of(delivery)
    if corrections.filter(status__in=(Status.SENDING, Status.UNCONFIRMED)).exists():
        raise Problem(
            Sentence(
                "Delivery {0} is being corrected at this very moment: look at it again in a minute.",
                delivery.pk,
            )
        )


def _owner_of(delivery: Delivery) -> int:
    """The delivery whose post it is: its correction's, where that has changed its words while the network was asked."""
    owners = _corrections_of(delivery).filter(
        status=Status.PUBLISHED, remote_id=delivery.remote_id
    )
    owner = owners.values_list("pk", flat=True).first()
    return owner or delivery.pk


def _corrections_of(delivery: Delivery) -> QuerySet[Delivery]:
    of_first = {"post__correction__first": delivery.post_id, "channel": delivery.channel}
    return Delivery.objects.filter(**of_first)


def _way_to(delivery: Delivery, opened: Opened) -> Publisher:
    """The publisher of its channel. Raises Problem where there is none, and in a dry run."""
    if opened.dry_run:
        raise Problem(
            Sentence("This is a dry run: nothing is ever sent, so nothing can be taken down.")
        )
    if delivery.channel not in opened.publishers:
        unknown = Sentence("Channel {0} is not in config.toml.", delivery.channel)
        why = opened.problems.get(delivery.channel, unknown)
        what = Sentence("Delivery {0} could not be taken down.", delivery.pk)
        raise Problem(joined((what, why)))
    return opened.publishers[delivery.channel]


def _delete(
    delivery: Delivery, remote_id: str, publisher: Publisher, by: str, now: datetime
) -> bool:
    """True when the post is gone, or was gone already."""
    outcome = try_to_delete(publisher, remote_id)
    gone, action, why = True, "deleted", ""
    if isinstance(outcome, NotDeleted):
        gone, action, why = False, "not deleted", outcome.reason
    with writing():
        events.note(
            delivery.pk,
            delivery.status,
            delivery.status,
            now,
            actor=by,
            action=action,
            reason=joined((remote_id, why)),
        )
    return gone
