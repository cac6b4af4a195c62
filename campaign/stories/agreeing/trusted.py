"""The person of trust: whom we may ask when somebody cannot answer any more. They are told that they are named: by letter
where they have an e-mail address and the person said that we may, else by the team, for whom it stands as something to do."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen
from campaign.models.stories import Storyteller
from campaign.people import letters, limits
from campaign.stories.storyteller import mailable, note, reaches
from campaign.stories.vault import seal, unseal


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whom to ask, how to reach them, and whether we may tell them so now."""

    name: str = ""
    contact: str = ""
    may_tell: bool = False


def trusted_of(who: Storyteller) -> Trusted:
    """Whom they named; nothing where they named nobody. Raises Locked when it cannot be read."""
    sealed = unseal(who.trusted_sealed)
    return Trusted(**json.loads(sealed)) if sealed else Trusted()


def record(who: Storyteller, named: Trusted | None) -> bool:
    """Keeps whom they name, in the row and in `who`; None leaves what is kept. Whether that is another person than before,
    who has to be told then."""
    if named is None or named == trusted_of(who):
        return False
    before = trusted_of(who)
    if (named.name, named.contact) != (before.name, before.contact):
        who.trusted_told_at = None
    who.trusted_sealed = seal(json.dumps(asdict(named))) if is_seen(named.name) else ""
    who.save(update_fields=["trusted_sealed", "trusted_told_at"])
    return True


def need_somebody(who: Storyteller) -> None:
    """Raises Problem where nobody is named who could be asked."""
    named = trusted_of(who)
    if not is_seen(named.name) or not reaches(named.contact):
        raise Problem(
            Sentence(
                "To ask a person of trust, we need to know who it is: write their name, and how we reach them."
            )
        )


def tell(who: Storyteller, by: str, now: datetime) -> bool:
    """Writes to the person of trust that they are named, once. False where no letter can go: then the team tells them."""
    named = trusted_of(who)
    if who.trusted_told_at or not named.may_tell or not _can_be_written_to(named, now):
        return False
    values = {"site": settings.CONFIG.site}
    letters.send_later(letters.write_in_all(named.contact, "trusted", values))
    was_told(who, by, now)
    return True


def waits(who: Storyteller) -> bool:
    """Whether somebody of the team has to tell the person of trust."""
    return bool(who.trusted_sealed) and who.trusted_told_at is None


def was_told(who: Storyteller, by: str, now: datetime) -> None:
    """Keeps that the person of trust knows."""
    if waits(who):
        who.trusted_told_at = now
        who.save(update_fields=["trusted_told_at"])
        note(who, "person of trust told", by, now)


def _can_be_written_to(named: Trusted, now: datetime) -> bool:
    """Nobody is sent letters without end because others name them."""
    if not letters.can_send() or not mailable(named.contact):
        return False
    return limits.count(limits.TRUSTED_LETTER, limits.recipient(named.contact), now)
