"""Keeps robots and floods from a public form, without anybody else's help: a field that only robots fill, a time that
nobody can fill the form in, and limits per hour (`campaign.people.limits`)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.http import HttpRequest

from campaign.people import limits
from campaign.web.people.limited import block, source

TRAP = "website"
"""A field that nobody sees."""
FASTEST, OLDEST = timedelta(seconds=5), timedelta(days=3)
"""Whoever sends a form sooner is a robot; a form that was opened longer ago is not taken."""
_SALT = "campaign.web.floods"


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
    """Counts that somebody sent the form, whatever is in it; False when from there it came too often."""
    return limits.count_all(
        now,
        (limits.STORY_FORM, source(request)),
        (limits.STORY_FORM_FROM_BLOCK, block(request)),
    )


def is_flood(request: HttpRequest, now: datetime) -> bool:
    """Counts a story that is about to be taken; True when it has to wait apart. What one source sends beyond its own limit
    takes nobody else's place."""
    return not limits.count_all(
        now,
        (limits.STORY, source(request)),
        (limits.STORY_FROM_BLOCK, block(request)),
        (limits.STORIES, ""),
    )
