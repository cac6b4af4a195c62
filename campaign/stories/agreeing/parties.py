"""Who speaks for the person whose story it is: they themselves, a guardian, the family of somebody who has died, or who
decides for somebody who cannot; how they are related, by what authority, and until when.

From 14 years on a young person in Quebec can consent about what is personal (Act respecting the protection of personal
information in the private sector, section 14), and at 18 they decide alone. So a guardian's consent ends at
either border at the latest, and between the two it takes both voices."""

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum

from campaign.content.dates.in_words import long_date
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen
from campaign.models.stories import Storyteller
from campaign.stories.vault import seal, unseal

YEARS_BETWEEN = 4
"""From the age at which a young person has a say, 14, to the age at which they decide alone, 18."""
_OF_WHO_SPEAKS = (
    "party",
    "speaker_sealed",
    "adult_on",
    "link_digest",
    "answers_sealed",
    "trusted_sealed",
    "trusted_told_at",
)
"""What is known of who speaks and came of them. The person whose story it is reads none of it, and names whom they trust
themselves."""


class Party(StrEnum):
    """Who tells the story and says yes."""

    SELF = "self"
    GUARDIAN = "guardian"  #: of somebody who is not of age
    FAMILY = "family"  #: of somebody who has died
    DECIDER = "decider"  #: for somebody who cannot decide this now


class Authority(StrEnum):
    """By what right somebody speaks for another person."""

    PARENT = "parent"
    TUTOR = "tutor"  #: named by a court, or in a will
    EXECUTOR = "executor"  #: carries out the will
    CLOSEST = "closest"  #: the closest relative, and nobody carries out a will
    MANDATE = "mandate"  #: the person named them while they could decide
    LAW = "law"  #: the law lets the closest person decide


class SecondVoice(StrEnum):
    """Whether a young person has said yes beside their guardian."""

    NOT_NEEDED = ""
    WAITS = "waits"
    YES = "yes"


AUTHORITIES = {
    Party.SELF: (),
    Party.GUARDIAN: (Authority.PARENT, Authority.TUTOR),
    Party.FAMILY: (Authority.EXECUTOR, Authority.CLOSEST),
    Party.DECIDER: (Authority.MANDATE, Authority.TUTOR, Authority.LAW),
}
"""What each may name as their right."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks for somebody else; kept sealed."""

    name: str = ""
    relationship: str = ""  #: in their own words, such as "her mother"
    authority: str = ""  #: an `Authority`; "" while nobody has said it


def party_of(who: Storyteller) -> Party:
    """Who speaks for them."""
    return Party(who.party)


def speaker_of(who: Storyteller) -> Speaker:
    """Who speaks for them, as it is recorded; nothing where they speak themselves. Raises Locked when it cannot be read."""
    sealed = unseal(who.speaker_sealed)
    return Speaker(**json.loads(sealed)) if sealed else Speaker()


def speaks_for(who: Storyteller, party: Party, name: str) -> None:
    """Keeps that somebody of this name tells the story for its person. Raises Problem for no name."""
    if not is_seen(name):
        raise Problem(
            Sentence("Write the name of who tells it, beside the name of whose story it is.")
        )
    who.party = party.value
    who.speaker_sealed = seal(json.dumps(asdict(Speaker(name=" ".join(name.split())))))
    who.save(update_fields=["party", "speaker_sealed"])


def speaks_themselves(who: Storyteller) -> None:
    """From now on the person speaks themselves: who spoke for them is forgotten with all that they answered and with whom they
    named, and their link opens nothing any more. Raises Problem for somebody for whom nobody speaks, or who has died."""
    if party_of(who) not in (Party.GUARDIAN, Party.DECIDER):
        raise Problem(Sentence("Nobody speaks for this person who could stop doing so."))
    who.party, who.speaker_sealed = Party.SELF.value, ""
    who.adult_on, who.link_digest = None, ""
    who.answers_sealed, who.trusted_sealed = "", ""
    who.trusted_told_at = None
    who.save(update_fields=_OF_WHO_SPEAKS)


def record(who: Storyteller, speaker: Speaker | None, adult_on: date | None, by: str) -> None:
    """Keeps who speaks and when a young person comes of age, in the row and in `who`; None leaves what is kept. Raises Problem
    where `by` is their private link, and the day is recorded as another one."""
    if speaker is not None:
        who.speaker_sealed = seal(json.dumps(asdict(speaker)))
    if adult_on is not None:
        _need_same_day(who, adult_on, by)
        who.adult_on = adult_on
    who.save(update_fields=["speaker_sealed", "adult_on"])


def _need_same_day(who: Storyteller, adult_on: date, by: str) -> None:
    known = who.adult_on
    # Else a guardian could put off the day on which the young person is asked.
    if known and known != adult_on and by == who.reference:
        raise Problem(
            Sentence(
                "The young person comes of age on {0}, as it is recorded here. If that is wrong, tell us: the team corrects it.",
                long_date(known, "en"),
            )
        )


def need_authority(who: Storyteller, day: date) -> None:
    """Raises Problem where somebody speaks for another person and it is not known by what right; or for a young person of
    whom it is not known until when. `day`: on which they say yes."""
    party, speaker = party_of(who), speaker_of(who)
    if party is Party.SELF:
        return
    if not is_seen(speaker.relationship) or speaker.authority not in AUTHORITIES[party]:
        raise Problem(
            Sentence(
                "Somebody speaks for the person of this story: say how they are related, and by what right they decide."
            )
        )
    if party is not Party.GUARDIAN:
        return
    if who.adult_on is None:
        raise Problem(Sentence("Say on which day the young person comes of age."))
    if who.adult_on <= day:
        raise Problem(
            Sentence("The young person is of age: nobody says yes for them. Ask them yourself.")
        )


def last_day(who: Storyteller, day: date) -> date | None:
    """The last day of a consent that is given on `day`: the one before the young person gets a say, or comes of age; None
    where the age sets no end."""
    if party_of(who) is not Party.GUARDIAN or who.adult_on is None:
        return None
    has_a_say = _years_before(who.adult_on, YEARS_BETWEEN)
    border = has_a_say if day < has_a_say else who.adult_on
    return border - timedelta(days=1)


def second_voice(who: Storyteller, day: date, *, had_a_say: bool = False) -> SecondVoice:
    """Whether a consent that is given on `day` waits for the young person's own yes. Who once `had_a_say` keeps it until they
    are of age, whatever day that is said to be by now."""
    if party_of(who) is not Party.GUARDIAN or who.adult_on is None:
        return SecondVoice.NOT_NEEDED
    has_a_say = had_a_say or day >= _years_before(who.adult_on, YEARS_BETWEEN)
    return SecondVoice.WAITS if has_a_say else SecondVoice.NOT_NEEDED


def _years_before(day: date, years: int) -> date:
    """The same day of the year; March 1 where there is no February 29, since a birthday is not before its day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
