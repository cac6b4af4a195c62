"""What the team has to do about a person, beside their texts: talk, tell somebody, ask a second voice, or wait."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from campaign.core.clock import local_day
from campaign.models.stories import Consent, Storyteller
from campaign.stories.agreeing import parties, trusted
from campaign.stories.agreeing.parties import Party, SecondVoice
from campaign.stories.consent import After, warns
from campaign.stories.erasing import unagreed
from campaign.web.frame.moments import day
from campaign.web.frame.site import zone
from campaign.web.stories.words import QUESTIONS


def of(who: Storyteller, consent: Consent | None, today: date) -> list[str]:
    """Each as a sentence; nothing for who has taken their story back, or is erased."""
    if who.withdrawn_at or who.erased_at:
        return []
    return [
        *_agreeing(who, consent),
        *_ending(who, today),
        *_talking(consent),
        *_people(who, consent, today),
    ]


def _agreeing(who: Storyteller, consent: Consent | None) -> Iterator[str]:
    if consent and not consent.ended_at:
        return
    if who.answers_sealed:
        yield _("They have begun to answer on their private page. Give them time, or call.")
    else:
        yield _(
            "No consent yet: nothing goes out. They say yes on their private page, or to you."
        )


def _ending(who: Storyteller, today: date) -> Iterator[str]:
    """Not everybody can be written to before."""
    end = unagreed.end(who) if unagreed.is_unagreed(who) else None
    if end is None:
        return
    last = local_day(end, zone())
    if last - unagreed.NOTICE <= today:
        yield _(
            "They have agreed to nothing, so it is erased on %(day)s: call them before."
        ) % {"day": day(last)}


def _talking(consent: Consent | None) -> Iterator[str]:
    if consent is None or consent.ended_at:
        return
    for name in ("if_ill", "if_died"):
        if getattr(consent, name) == After.TALK:
            question = QUESTIONS[name][True]
            yield _("They would rather talk about this, so call them: “%(question)s”") % {
                "question": question
            }


def _people(who: Storyteller, consent: Consent | None, today: date) -> Iterator[str]:
    if trusted.waits(who):
        yield _(
            "Tell their person of trust that they are named, if that is allowed; otherwise ask whether it has been done."
        )
    if consent and consent.second_voice == SecondVoice.WAITS:
        yield _(
            "The young person has not said yes themselves yet: nothing goes out until then."
        )
    if parties.party_of(who) is Party.DECIDER:
        yield _("Somebody decides for them. When they can decide again, ask them themselves.")
    if who.adult_on and consent and warns(consent.valid_until, today) is not None:
        yield _(
            "The consent ends on %(day)s, because of the young person’s age: ask again."
        ) % {"day": day(consent.valid_until)}
