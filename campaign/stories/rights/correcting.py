"""Correcting name, contact and language: by the person, or by the team for them.

Their yes to a text was given while the program knew them by another name; whether a text names them more fully than they
chose is asked by that name. So with another name they are asked anew about what is not out yet."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from campaign.consent.naming import folded
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.models.stories import Storyteller
from campaign.people import letters, limits
from campaign.states import Status
from campaign.stories import storyteller
from campaign.stories.consent import narrow

REASON = Sentence(
    "Its storyteller is called otherwise than was known: ask them about this text again."
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What it brought about."""

    is_asked_anew: bool  #: about every text that is not out
    returned: int  #: deliveries that were queued, and are drafts again


def correct(
    who: Storyteller, name: str, contact: str, language: str, by: str, now: datetime
) -> Correction:
    """Corrects who they are and how they are reached. With another name, their texts need their word again.

    Who was reached by e-mail hears at the old address that there is another one. Raises Problem, and Locked when what is
    known cannot be read."""
    with writing():
        before = Storyteller.objects.get(pk=who.pk)
        old_name, old_contact = storyteller.name_of(before), storyteller.contact_of(before)
        storyteller.change(who, name, contact, language, by, now)
        is_another = folded(old_name) != folded(name)
        returned = _ask_anew(who, by, now) if is_another else 0
    if old_contact != storyteller.contact_of(who):
        _tell(old_contact, who, now)
    return Correction(is_another, returned)


def _ask_anew(who: Storyteller, by: str, now: datetime) -> int:
    """Part of a transaction. Returns how many deliveries were queued."""
    known = Storyteller.objects.get(pk=who.pk)
    # The next version of the same consent: no word that was given under the one before counts any more.
    narrow(known, now, keep=())
    returned = 0
    # A thread of which a part is out already is not stopped in the middle.
    queued = storyteller.deliveries_of(known).filter(status=Status.QUEUED, part_ids="")
    for delivery in queued:
        queue.move(
            delivery.pk,
            Status.QUEUED,
            Status.DRAFT,
            now,
            actor=by,
            action="approval lost",
            reason=REASON,
        )
        returned += 1
    who.refresh_from_db()
    return returned


def _tell(old: str, who: Storyteller, now: datetime) -> None:
    """Whoever has the private link could have letters sent elsewhere: the person would not know."""
    if not letters.can_send() or not storyteller.mailable(old):
        return
    # Who changes it to and fro sends nobody letters without end.
    if limits.count(limits.CONTACT_LETTER, limits.recipient(old), now):
        values = {"reference": who.reference, "site": settings.CONFIG.site.name}
        letters.send_later(letters.write(old, "story_contact", who.language, values))
