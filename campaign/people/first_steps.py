"""The list of the first days is put away by each person for themselves; the log holds that they did."""

from datetime import datetime

from django.contrib.auth.models import User

from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Event

ACTION = "first steps hidden"


def put_away(user: User, now: datetime) -> None:
    """Puts the list away; a second time changes nothing."""
    with writing():
        if not is_put_away(user):
            events.note(None, "", "", now, actor=user.username, action=ACTION, reason="")


def is_put_away(user: User) -> bool:
    """Whether this person has put the list away."""
    return Event.objects.filter(action=ACTION, actor=user.username).exists()
