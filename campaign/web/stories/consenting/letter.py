"""The letter with what was agreed to, after each consent; and the one to the person of trust."""

from django.utils.translation import override

from campaign.models.stories import Consent, Storyteller
from campaign.people import letters, limits
from campaign.stories import consent as consents
from campaign.stories import storyteller
from campaign.stories.agreeing import trusted
from campaign.stories.agreeing.parties import Party, party_of
from campaign.stories.vault import unseal
from campaign.web.frame.moments import day
from campaign.web.frame.site import config, now
from campaign.web.stories import consent_form
from campaign.web.stories.form import can_mail
from campaign.web.stories.words import QUESTIONS


def in_words(who: Storyteller, given: Consent) -> list[tuple[str, str]]:
    """A consent as questions and answers, as they were put to who said yes. Raises Locked when it cannot be read."""
    is_theirs = party_of(who) is not Party.SELF
    named_as = unseal(given.named_as_sealed)
    return consent_form.in_words(given, named_as, config(), theirs=is_theirs)


def after_consent(who: Storyteller, by: str) -> None:
    """Mails the person what they agreed to, and tells the person of trust that they are named, where letters can go."""
    trusted.tell(who, by, now())
    given = consents.current(who)
    if given is None or not can_mail(who):
        return
    to = storyteller.contact_of(who)
    if limits.count(limits.AGREED_LETTER, limits.recipient(to), now()):
        letters.send_later(
            letters.write(to, "story_agreed", who.language, _of_letter(who, given))
        )


def _of_letter(who: Storyteller, given: Consent) -> dict[str, object]:
    """What the letter says: no word of the story, no name, and no link."""
    with override(who.language):
        is_theirs = party_of(who) is not Party.SELF
        # Who can open a mailbox need not know under which name they tell their story.
        lines = consent_form.in_words(given, "", config(), theirs=is_theirs)
        until = (str(QUESTIONS["until"][is_theirs]), day(given.valid_until))
    return {"site": config().site, "reference": who.reference, "lines": [*lines, until]}
