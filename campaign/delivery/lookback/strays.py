"""Strays: posts on an account that no delivery owns, noted when it was looked at. A delivery whose text is one of them is
adopted when it was due by then; one that is due later asks a person, since its words may be meant to go out once more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import ask, marks
from campaign.delivery import queue
from campaign.delivery.attempts import texts_of
from campaign.delivery.candidates import claim_on
from campaign.delivery.lookback import waiting
from campaign.delivery.reconcile import Sight, owned_of
from campaign.models import SecondCopy
from campaign.models.lookback import Stray
from campaign.publishers import has_threads
from campaign.publishers.matching import Trace
from campaign.publishers.publisher import RemotePost
from campaign.states import MAY_BE_FOUND_OUT, Status

BEFORE_ITS_TIME = timedelta(hours=1)
"""A post that is out so long before a delivery is due, or longer, was made for another one."""
STRAYS_COUNT = timedelta(days=30)
"""So long a stray is held against what is due; the same words a year later are meant."""

_TEXTS = """
SELECT id AS delivery, channel AS channel, network AS network, status AS status, text AS text, part_ids AS part_ids, due_at AS due_at
FROM campaign_delivery"""
_MAY_BE_OUT = f"""
{_TEXTS} WHERE channel = %s AND text <> '' AND status IN ({marks(MAY_BE_FOUND_OUT)}) ORDER BY due_at, id
"""


class TextRow(NamedTuple):
    """A delivery that may be out without the database's knowing it."""

    delivery: int
    channel: str
    network: str
    status: Status
    text: str
    part_ids: str
    due_at: datetime


def settle(
    channel: str, since: datetime, sight: Sight, now: datetime, settle_after: timedelta
) -> None:
    """Writes down what a look at an account has shown; part of a transaction, on a channel that the worker holds."""
    if sight.obstacle:
        waiting.put_off(channel, since, sight, now, settle_after)
    elif waiting.end(channel, since):
        _note_strays(channel, sight.posts)
        strays = list(Stray.objects.filter(channel=channel).order_by("at"))
        rows = ask(TextRow, _MAY_BE_OUT, channel, *MAY_BE_FOUND_OUT) if strays else []
        adopted = sum(_meet(row, strays, now, asks=False) for row in rows)
        why = Sentence(
            "The account of channel {0} was looked at. Posts that were out without the database’s knowing it: {1}.",
            *(channel, adopted),
        )
        events.note(None, "", "", now, actor=waiting.ACTOR, action="looked back", reason=why)


def is_out(delivery: int, now: datetime) -> bool:
    """Whether a queued delivery that is due, or the next part of it, is out as a stray, and was adopted; or has the words
    of one and was put aside for a person. Part of a transaction."""
    [row] = ask(TextRow, f"{_TEXTS} WHERE id = %s", delivery)
    oldest = now - STRAYS_COUNT
    strays = list(Stray.objects.filter(channel=row.channel, at__gte=oldest).order_by("at"))
    number = len(strays)
    _meet(row, strays, now, asks=True)
    return len(strays) < number


def _note_strays(channel: str, posts: Sequence[RemotePost]) -> None:
    owned = owned_of(post.remote_id for post in posts)
    noted = set(Stray.objects.filter(channel=channel).values_list("remote_id", flat=True))
    # A second copy is its delivery's, and is being taken down.
    noted |= set(SecondCopy.objects.values_list("remote_id", flat=True))
    for post in posts:
        if post.remote_id not in owned | noted:
            trace = Trace.of(post.text)
            Stray.objects.create(
                channel=channel,
                remote_id=post.remote_id,
                url=post.url,
                at=post.at,
                words=trace.words,
                links=trace.links,
            )


def _meet(row: TextRow, strays: list[Stray], now: datetime, *, asks: bool) -> int:
    """Adopts a delivery that is out as a stray, or as many parts of it as are; takes their posts from the strays, and returns
    how many. `asks`: one whose words were out long before its time is put aside for a person; else it is left as it is."""
    before = row.part_ids.split()
    out = [*before]
    while stray := _first_fitting(row, len(out), strays):
        if not _is_made_for(row, stray):
            if asks:
                _ask(row, stray, now)
                _take(stray, strays)
            break
        if not _adopt(row, out, stray, now):
            break
        out.append(stray.remote_id)
        _take(stray, strays)
    return len(out) - len(before)


def _take(stray: Stray, strays: list[Stray]) -> None:
    """It is dealt with."""
    strays.remove(stray)
    stray.delete()


def _first_fitting(row: TextRow, number_out: int, strays: Sequence[Stray]) -> Stray | None:
    """The first stray with the words of a delivery's next part, and of several the one that was made for it."""
    texts = texts_of(
        row.text, is_begun=bool(row.part_ids), has_threads=has_threads(row.network)
    )
    if number_out >= len(texts):
        return None
    trace = Trace.of(texts[number_out])
    fitting = [stray for stray in strays if trace.fits(Trace(stray.words, stray.links))]
    return next(
        (stray for stray in fitting if _is_made_for(row, stray)), next(iter(fitting), None)
    )


def _is_made_for(row: TextRow, stray: Stray) -> bool:
    return row.due_at <= stray.at + BEFORE_ITS_TIME


def _adopt(row: TextRow, out: Sequence[str], stray: Stray, now: datetime) -> bool:
    return queue.adopt(
        replace(claim_on(row.delivery, now), out=tuple(out)),
        *(stray.remote_id, stray.url, now),
        actor=waiting.ACTOR,
        action="found",
        reason=Sentence("It was found on the account."),
        among=MAY_BE_FOUND_OUT,
        since=stray.at,
    )


def _ask(row: TextRow, stray: Stray, now: datetime) -> None:
    why = Sentence(
        "These very words are on the account already, at {0}: send them once more, or drop this.",
        stray.url,
    )
    queue.move(
        *(row.delivery, Status.QUEUED, Status.MISSED, now),
        actor=waiting.ACTOR,
        action="held back",
        reason=why,
    )
