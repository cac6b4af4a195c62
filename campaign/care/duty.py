"""Those on duty get a letter when a hand is raised, and once more when nobody was in touch within two hours.

A letter names references, and nothing that anybody said."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
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
    # Asked first: where that fails, nothing is marked as told yet.
    on_duty = people()
    hands = [hand for hand in unheard if _is_ours_to_tell(hand, now)]
    if hands:
        for person in on_duty:
            _write(person, hands, now)
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


def _write(person: User, hands: Sequence[Hand], now: datetime) -> None:
    recipient = limits.recipient(person.email)
    if not letters.can_send() or not limits.count(limits.HAND_LETTER, recipient, now):
        return
    references = [hand.storyteller.reference for hand in hands if hand.storyteller]
    values = {
        "name": person.username,
        "references": ", ".join(references),
        "is_again": any(hand.told_at for hand in hands),
        "link": f"{settings.CONFIG.web.url}/",
        "site": settings.CONFIG.site.name,
    }
    language = letters.language_of(person)
    letters.send_later(letters.write(person.email, "hand_raised", language, values))
