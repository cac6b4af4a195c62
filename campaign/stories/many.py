"""How many withdrawals one member of the team brings about on a day: from some number on, the next ones wait for a second
look (`campaign.stories.second_look`), whichever page they come from."""

from datetime import datetime, timedelta

from campaign.models.stories import Storyteller, TakingBack, Withdrawal
from campaign.stories.storyteller import note
from campaign.stories.withdrawal import Via

FEW = 3
"""So many withdrawals one member notes in a day without a second look."""
DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
_NEVER = ("", Via.COMMAND_LINE)
"""Who received it where no member did: a person through their own link, and the command line, never wait."""


def is_a_member(by: str) -> bool:
    """Whether somebody of the team brings it about: not the person themselves, and not the command line."""
    return by not in _NEVER


def is_one_of_many(by: str, now: datetime) -> bool:
    """Whether this member has brought about so many already, in whatever way, that somebody else looks at the next."""
    if not is_a_member(by):
        return False
    since = now - DAY
    done = Withdrawal.objects.filter(received_by=by, asked_at__gt=since).count()
    noted = TakingBack.objects.filter(by=by, asked_at__gt=since, decided_at=None).count()
    return done + noted >= FEW


def note_one(storyteller: Storyteller, scope: str, via: Via, by: str, now: datetime) -> None:
    """Keeps what waits for a second look, of each scope once; part of a transaction in which the person is on hold."""
    values = {"via": via.value, "by": by, "asked_at": now, "due_at": now + AN_HOUR}
    TakingBack.objects.get_or_create(
        storyteller=storyteller, scope=scope, decided_at=None, defaults=values
    )
    note(storyteller, "taking back noted", by, now, f"({scope}).")
