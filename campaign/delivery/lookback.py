"""Looking back before sending: a database that is older than what went out, such as a restored backup, does not know it.

Each channel then keeps since when its account has to be looked at (`look_since`), and nothing is claimed on it before.
The look notes the account's posts that no delivery owns, its *strays*. A delivery whose text is one of them is adopted
when it was due by then; one that is due later asks a person, since its words may be meant to go out once more."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.content.thread import parts
from campaign.core.sentence import Sentence, stored
from campaign.database import events
from campaign.database.sql import ask, column, execute, is_any, marks, writing
from campaign.delivery import leases, queue
from campaign.delivery.candidates import claim_on
from campaign.delivery.reconcile import Sight, owned_of
from campaign.models import ChannelState, Stray
from campaign.publishers.matching import Trace
from campaign.publishers.publisher import RemotePost
from campaign.states import MAY_BE_FOUND_OUT, Status

BEFORE_ITS_TIME = timedelta(hours=1)
"""A post that is out so long before a delivery is due, or longer, was made for another one."""
STRAYS_COUNT = timedelta(days=30)
"""So long a stray is held against what is due; the same words a year later are meant."""
ACTOR = "scheduler"

_TEXTS = """
SELECT id AS delivery, channel AS channel, status AS status, text AS text, part_ids AS part_ids, due_at AS due_at
FROM campaign_delivery"""
_MAY_BE_OUT = f"""
{_TEXTS} WHERE channel = %s AND status IN ({marks(MAY_BE_FOUND_OUT)}) ORDER BY due_at, id
"""


class TextRow(NamedTuple):
    """A delivery that may be out without the database's knowing it."""

    delivery: int
    channel: str
    status: Status
    text: str
    part_ids: str
    due_at: datetime


def look_first(
    names: Iterable[str], since: datetime, now: datetime, wait: timedelta, why: str
) -> None:
    """Nothing goes out on these channels, nor on any that the database knows, before their accounts were looked at for
    what is out since then (aware). The look comes after `wait`, in which a network shows what it took last.

    Notes in the log why.
    """
    with writing():
        leases.ensure(names)
        # One that was to look back further still does.
        execute(
            "UPDATE campaign_channelstate SET look_at = %s, look_problem = '', "
            "look_since = CASE WHEN look_since < %s THEN look_since ELSE %s END",
            *(now + wait, since, since),
        )
        events.note(None, "", "", now, actor=ACTOR, action="looks first", reason=why)


def channels(now: datetime) -> list[str]:
    """The channels whose account is to be looked at now."""
    due = (
        "SELECT name FROM campaign_channelstate WHERE look_since IS NOT NULL AND look_at <= %s"
    )
    return column(str, due, now)


def since_of(channel: str, now: datetime) -> datetime | None:
    """Since when a channel's account is to be looked at now; None when it is not."""
    due = "SELECT look_since FROM campaign_channelstate WHERE name = %s AND look_at <= %s"
    return next(iter(column(datetime, due, channel, now)), None)


def settle(
    channel: str, since: datetime, sight: Sight, now: datetime, settle_after: timedelta
) -> None:
    """Writes down what a look at an account has shown; part of a transaction, on a channel that the worker holds."""
    if sight.obstacle:
        # As for what is unconfirmed: a person takes longer to act than a network to recover.
        wait = settle_after * 5 if sight.needs_person else settle_after
        execute(
            "UPDATE campaign_channelstate SET look_at = %s, look_problem = %s WHERE name = %s AND look_since = %s",
            *(now + wait, stored(sight.obstacle), channel, since),
        )
        return
    if _is_over(channel, since):
        _note_strays(channel, sight.posts)
        strays = list(Stray.objects.filter(channel=channel).order_by("at"))
        rows = ask(TextRow, _MAY_BE_OUT, channel, *MAY_BE_FOUND_OUT) if strays else []
        adopted = _meet(rows, strays, now, asks=False)
        why = Sentence(
            "The account of channel {0} was looked at. Posts that were out without the database’s knowing it: {1}.",
            *(channel, adopted),
        )
        events.note(None, "", "", now, actor=ACTOR, action="looked back", reason=why)


def is_out(delivery: int, now: datetime) -> bool:
    """Whether a queued delivery that is due, or the next part of it, is out as a stray, and was adopted; or has the words
    of one and was put aside for a person. Part of a transaction."""
    [row] = ask(TextRow, f"{_TEXTS} WHERE id = %s", delivery)
    oldest = now - STRAYS_COUNT
    strays = list(Stray.objects.filter(channel=row.channel, at__gte=oldest).order_by("at"))
    number = len(strays)
    _meet([row], strays, now, asks=True)
    return len(strays) < number


def is_waiting(channel: str) -> bool:
    """Whether nothing goes out on a channel before its account was looked at."""
    return is_any(
        "SELECT 1 FROM campaign_channelstate WHERE name = %s AND look_since IS NOT NULL",
        channel,
    )


def looked_at(channel: str, by: str, now: datetime) -> bool:
    """A person has looked at the account themselves: the channel goes on. False when it did not wait for that."""
    state = ChannelState.objects.filter(name=channel, look_since__isnull=False).first()
    if state is None or state.look_since is None or not _is_over(channel, state.look_since):
        return False
    why = Sentence("Somebody has looked at the account of channel {0}: it goes on.", channel)
    events.note(None, "", "", now, actor=by, action="looked back", reason=why)
    return True


def waiting(zone: ZoneInfo) -> list[str]:
    """A sentence for each channel whose account is to be looked at first, and why it could not be yet."""
    states = ChannelState.objects.filter(look_since__isnull=False).order_by("name")
    return [sentence(state, zone) for state in states if state.look_since]


def sentence(state: ChannelState, zone: ZoneInfo) -> str:
    """What a channel waits for that looks at its account first."""
    since = f"{state.look_since.astimezone(zone):%Y-%m-%d %H:%M}" if state.look_since else ""
    if not state.look_problem:
        return Sentence(
            "Channel {0} sends nothing before its account was looked at for what is out since {1}.",
            *(state.name, since),
        )
    return Sentence(
        "The account of channel {0} could not be looked at: {1} Nothing goes out there. It is tried again; or look "
        "yourself for what is out since {2}, cancel that here, and say so with: scheduler.py looked {0}",
        *(state.name, state.look_problem, since),
    )


def _is_over(channel: str, since: datetime) -> bool:
    """Ends the waiting for a look. False when it has ended, or has begun anew, since the look began."""
    changed = execute(
        "UPDATE campaign_channelstate SET look_since = NULL, look_at = NULL, look_problem = '' "
        "WHERE name = %s AND look_since = %s",
        *(channel, since),
    )
    return changed == 1


def _note_strays(channel: str, posts: Sequence[RemotePost]) -> None:
    owned = owned_of(post.remote_id for post in posts)
    noted = set(Stray.objects.filter(channel=channel).values_list("remote_id", flat=True))
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


def _meet(rows: Iterable[TextRow], strays: list[Stray], now: datetime, *, asks: bool) -> int:
    """Adopts those of these deliveries that are out as strays, whose posts are taken from the list. Returns how many posts.

    `asks`: one whose words were out long before its time is put aside for a person; else it is left as it is."""
    adopted = 0
    for row in rows:
        out = row.part_ids.split()
        while stray := _first_fitting(row, len(out), strays):
            is_its_own = _is_made_for(row, stray)
            if is_its_own and _adopt(row, out, stray, now):
                out.append(stray.remote_id)
                adopted += 1
            elif asks and not is_its_own:
                _ask(row, stray, now)
            else:
                break
            strays.remove(stray)
            stray.delete()
            if not is_its_own:
                break
    return adopted


def _first_fitting(row: TextRow, number_out: int, strays: Sequence[Stray]) -> Stray | None:
    """The first stray with the words of a delivery's next part, and of several the one that was made for it."""
    all_parts = parts(row.text)
    if number_out >= len(all_parts):
        return None
    trace = Trace.of(all_parts[number_out])
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
        actor=ACTOR,
        action="found",
        reason=Sentence("It was found on the account."),
        old=row.status,
        since=stray.at,
    )


def _ask(row: TextRow, stray: Stray, now: datetime) -> None:
    why = Sentence(
        "These very words are on the account already, at {0}: send them once more, or drop this.",
        stray.url,
    )
    queue.move(
        *(row.delivery, Status.QUEUED, Status.MISSED, now),
        actor=ACTOR,
        action="held back",
        reason=why,
    )
