"""Those on duty get a letter when a hand is raised, and once more when nobody was in touch within two hours.

A letter names references, and nothing that anybody said."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import Q

from campaign.models.care import Hand
from campaign.people import letters, limits
from campaign.people.roles import MAY_APPROVE, Role

A_WHILE = timedelta(minutes=10)
"""So long what somebody says further is no news: one letter tells of all of it."""
TOO_LONG = timedelta(hours=2)
"""After so long without anybody in touch, those on duty are written to once more."""


def tell(now: datetime) -> int:
    """Writes to those on duty of every hand that they have not heard of, and of those that are up for too long. Returns how
    many hands that were; several programs may ask at once."""
    unheard = _unheard(now)
    if not unheard:
        return 0
    # Asked first: where that fails, or nobody can be written to, nothing is marked as told.
    reached = _reachable(now)
    if not reached:
        return 0
    hands = [hand for hand in unheard if _is_ours_to_tell(hand, now)]
    if hands:
        written = [_letter(person, hands) for person in reached]
        letters.later(partial(_send, written, hands, now))
    return len(hands)


def is_heard() -> bool:
    """Whether a letter reaches anybody."""
    return letters.can_send() and bool(people())


def people() -> list[User]:
    """Those on duty who can be reached: whom the settings name, else all admins. Of the team alone, who may read it."""
    members = User.objects.filter(is_active=True).exclude(email="")
    roles = [role.value for role in MAY_APPROVE]
    named = members.filter(
        username__in=settings.CONFIG.stories.on_duty,
        groups__name__in=roles,
    )
    admins = members.filter(groups__name=Role.ADMIN.value)
    # A name that nobody has any more must not make it silent.
    chosen = named if named.exists() else admins
    return list(chosen.distinct().order_by("username"))


def _unheard(now: datetime) -> list[Hand]:
    is_long = Q(told_at__lte=now - TOO_LONG, is_reminded=False)
    still_up = Hand.objects.filter(in_touch_at=None).filter(Q(told_at=None) | is_long)
    return list(still_up.select_related("storyteller").order_by("raised_at", "pk"))


def _is_ours_to_tell(hand: Hand, now: datetime) -> bool:
    """Whether this program writes of it: of several, one does."""
    mine = Hand.objects.filter(pk=hand.pk, told_at=hand.told_at, in_touch_at=None)
    return bool(mine.update(told_at=now, is_reminded=hand.told_at is not None))


def _reachable(now: datetime) -> list[User]:
    """Those on duty to whom a letter may go now; it is counted."""
    if not letters.can_send():
        return []
    return [person for person in people() if limits.count(*_limit(person.email), now)]


def _limit(address: str) -> tuple[limits.Limit, str]:
    return limits.HAND_LETTER, limits.recipient(address)


def _letter(person: User, hands: Sequence[Hand]) -> EmailMessage:
    references = [hand.storyteller.reference for hand in hands if hand.storyteller]
    values = {
        "name": person.username,
        "references": ", ".join(references),
        "is_again": any(hand.told_at for hand in hands),
        "link": f"{settings.CONFIG.web.url}/",
        "site": settings.CONFIG.site.name,
    }
    language = letters.language_of(person)
    return letters.write(person.email, "hand_raised", language, values)


def _send(written: Sequence[EmailMessage], hands: Sequence[Hand], now: datetime) -> None:
    """Sends them; where no mail server took any, the hands are as they were, and the next minute tries again."""
    taken = [letters.send(letter) for letter in written]
    if any(taken):
        return
    for hand in hands:
        # What another program has told meanwhile, or somebody has said since, stays.
        ours = Hand.objects.filter(pk=hand.pk, told_at=now)
        ours.update(told_at=hand.told_at, is_reminded=hand.is_reminded)
    for letter in written:
        limits.take_back(now, _limit(letter.to[0]))
