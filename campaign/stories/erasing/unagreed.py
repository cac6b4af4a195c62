"""Stories of people who have agreed to nothing: kept for a while so that they can think about it, and erased then. Who gave
an e-mail address is written to two weeks before."""

from datetime import datetime, timedelta

from django.conf import settings

from campaign.models.stories import Storyteller
from campaign.people import letters, limits
from campaign.stories.storyteller import contact_of, mailable, note
from campaign.stories.vault import Locked

NOTICE = timedelta(days=14)
"""From the letter until it is erased."""
ACTOR = "scheduler"


def is_unagreed(who: Storyteller) -> bool:
    """Whether they have told their story, and agreed to nothing. What waits apart is kept as long as all else: its person
    has got no link yet."""
    return not (who.consent_number or who.is_aside or who.withdrawn_at or who.erased_at)


def kept_for() -> timedelta:
    """How long such a story is kept."""
    return timedelta(days=settings.CONFIG.stories.unagreed_days)


def since(who: Storyteller) -> datetime:
    """When they were last busy with it: when they told it, or answered a question about their consent; aware."""
    return max(who.made_at, who.answers_at or who.made_at)


def end(who: Storyteller) -> datetime | None:
    """When it is erased; None as long as a letter has to go to them before."""
    over = since(who) + kept_for()
    if not _can_be_written_to(who):
        return over
    if who.reminded_at is None or who.reminded_at < since(who):
        return None
    return max(over, who.reminded_at + NOTICE)


def to_remind(now: datetime) -> list[Storyteller]:
    """Those whose stories are erased soon, who can be written to and were not yet."""
    if not letters.can_send():
        return []
    soon = now - kept_for() + NOTICE
    told = Storyteller.objects.filter(
        consent_number=0, is_aside=False, withdrawn_at=None, erased_at=None, made_at__lte=soon
    )
    return [who for who in told.order_by("pk") if since(who) <= soon and end(who) is None]


def remind(who: Storyteller, now: datetime) -> None:
    """Writes to them that their story is erased soon; where the mail server does not take it, another time. Raises Locked when
    their address cannot be read."""
    to = contact_of(who)
    limit = limits.REMINDER, limits.recipient(to)
    # Whoever gave somebody else's address has them sent one such letter a day at the most; the others follow.
    if not limits.count(*limit, now):
        return
    site, reference = settings.CONFIG.site, who.reference
    values = {"site": site, "reference": reference, "days": NOTICE.days}
    # At once: nobody waits for it here, and what was not sent must not count as the notice before everything is erased.
    if not letters.send(letters.write(to, "story_reminder", who.language, values)):
        limits.take_back(now, limit)
        return
    who.reminded_at = now
    who.save(update_fields=["reminded_at"])
    note(who, "reminded of their story", ACTOR, now)


def _can_be_written_to(who: Storyteller) -> bool:
    """An address that cannot be read now may be one: nothing is erased until it can."""
    try:
        return letters.can_send() and mailable(contact_of(who))
    except Locked:
        return True
