"""Keeps robots and floods from a public form, without anybody else's help: a field that only robots fill, a time that
nobody can fill the form in, and limits per hour. Of an address only a keyed digest is kept, for an hour, in memory."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from campaign.models.stories import Storyteller
from campaign.stories.telling import WEB_FORM

TRAP = "website"
"""A field that nobody sees."""
FASTEST, OLDEST = timedelta(seconds=5), timedelta(days=3)
"""Whoever sends a form sooner is a robot; a form that was opened longer ago is not taken."""
MOST_OF_ONE, MOST_OF_ALL = 6, 40
"""Stories that are taken in an hour: from one address, and altogether."""
MOST_TRIES = 60
"""How often one address may send the form in an hour, whatever is in it."""
_SALT = "campaign.web.floods"
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a form was opened; `number` tells it from others."""

    number: str
    opened_at: datetime


def stamp(now: datetime) -> str:
    """A signed stamp for a form that is being opened."""
    return signing.dumps([secrets.token_urlsafe(12), int(now.timestamp())], salt=_SALT)


def read_stamp(written: str, now: datetime) -> Stamp | None:
    """The stamp of a form that was sent; None when it is none of ours, or too old."""
    try:
        number, opened = signing.loads(written, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    opened_at = datetime.fromtimestamp(int(opened), now.tzinfo)
    # A clock that was set back a little since then makes no forgery of it.
    if not now - OLDEST <= opened_at <= now + timedelta(minutes=5):
        return None
    return Stamp(str(number), opened_at)


def is_too_fast(of: Stamp, now: datetime) -> bool:
    """Whether nobody can have filled the form in by now."""
    return now - of.opened_at < FASTEST


def may_try(request: HttpRequest, now: datetime) -> bool:
    """Counts that an address sent the form; False when it did so too often."""
    return _count("tries", request, now, 1) <= MOST_TRIES


def is_full(request: HttpRequest, now: datetime) -> bool:
    """Whether no more stories are taken in this hour, from this address or at all."""
    if _count("taken", request, now, 0) >= MOST_OF_ONE:
        return True
    since = now - timedelta(hours=1)
    recent = Storyteller.objects.filter(made_by=WEB_FORM, made_at__gt=since)
    # The database counts no further than it has to.
    return recent.order_by()[:MOST_OF_ALL].count() >= MOST_OF_ALL


def taken(request: HttpRequest, of: Stamp, reference: str, now: datetime) -> None:
    """Counts a story that was taken, and remembers which form it came with."""
    _count("taken", request, now, 1)
    cache.set(_key(of), reference, _HOUR)


def begin(of: Stamp) -> bool:
    """Whether this form is sent for the first time; then it counts as being read, for a minute."""
    # `add` sets what is not there yet, so that of two requests at once one is told False.
    return cache.add(_key(of), "", 60)


def give_up(of: Stamp) -> None:
    """The form can be sent again: nothing came of it."""
    cache.delete(_key(of))


def came_with(of: Stamp) -> str:
    """The reference of the story that came with this form; "" when it is being read still."""
    return str(cache.get(_key(of), ""))


def _key(of: Stamp) -> str:
    return f"story:{of.number}"


def _count(what: str, request: HttpRequest, now: datetime, by: int) -> int:
    """Adds to the counter of an address and of the hour of the clock; returns its new number."""
    address = request.META.get("REMOTE_ADDR", "")
    digest = salted_hmac(_SALT, address).hexdigest()[:32]
    hour = int(now.timestamp()) // _HOUR
    key = f"{what}:{digest}:{hour}"
    # Longer than its hour, so that it cannot expire between these two lines.
    cache.add(key, 0, 2 * _HOUR)
    return int(cache.incr(key, by))
