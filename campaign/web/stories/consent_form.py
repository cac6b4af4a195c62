"""The questions of a consent as a form, the terms that come of it, and a consent in words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.config import Config
from campaign.content.post import LANGUAGES
from campaign.core.typed import is_seen
from campaign.models.stories import Consent, Storyteller
from campaign.stories.agreeing.parties import AUTHORITIES, Party, speaker_of
from campaign.stories.agreeing.trusted import trusted_of
from campaign.stories.consent import (
    LONGEST_CONSENT,
    After,
    Detail,
    Edits,
    Explained,
    Identity,
    Method,
    Purpose,
    Terms,
)
from campaign.web.frame.fields import Box, Typed, Words
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import PURPOSES, channel_name
from campaign.web.frame.site import config, site_day
from campaign.web.stories import words
from campaign.web.stories.consenting import informing
from campaign.web.stories.consenting.questions import (
    TICK,
    Hinted,
    Offered,
    OneOf,
    PeopleForm,
    SomeOf,
    day_of,
)
from campaign.web.stories.words import FORM_VERSION, QUESTIONS

MONTHS = (6, 12, 24)
"""For how long one may say yes without typing a date."""
LONGEST_NAME = 100
NOT_ASKED: Mapping[Party, frozenset[str]] = {
    Party.SELF: frozenset(),
    Party.GUARDIAN: frozenset(),
    Party.FAMILY: frozenset({"if_ill", "if_died", "trusted", "trusted_contact", "may_tell"}),
    Party.DECIDER: frozenset({"if_ill"}),
}
"""What cannot happen any more, or has happened."""
OF_OTHERS = frozenset({"relationship", "authority", "adult_on"})
"""What is asked of who speaks for another person alone."""


def _channels() -> Offered:
    return [(name, channel_name(name, config())) for name in config().channels]


def _hinted(answers: Iterable[tuple[str, tuple[Words, Words]]]) -> Offered:
    return [(answer, Hinted(name, hint)) for answer, (name, hint) in answers]


def _ends() -> Offered:
    months = [(str(count), _("For %(count)d months") % {"count": count}) for count in MONTHS]
    return [*months, ("day", _("Until another day"))]


class ConsentForm(PeopleForm):
    """What a person allows. Which channels can be chosen is asked whenever the form is made."""

    is_theirs = False  #: whether it is put to somebody who speaks of the person

    identity = OneOf(_hinted(words.IDENTITIES.items()))
    named_as = Typed(
        label=gettext_lazy("The name to be used instead"),
        box=Box(shown_if="if-chosen-name"),
        longest=LONGEST_NAME,
        too_long=gettext_lazy("This name is too long: shorten it, please."),
        kept=200,
    )
    pictures = OneOf(
        [("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))],
        help_text=gettext_lazy(
            "Everybody who can be recognised in a picture has to agree to it."
        ),
    )
    channels = SomeOf(
        _channels,
        TICK,
        gettext_lazy("Nothing appears where you tick nothing. You can tick more than one."),
    )
    purposes = SomeOf(PURPOSES.items(), TICK, gettext_lazy("You can tick more than one."))
    # Before `until`: Django cleans in this order, and `until` reads it.
    until_day = Typed(
        kept=200,
        label=gettext_lazy("The last day"),
        box=Box(kind="date", shown_if="if-day"),
    )
    until = OneOf(
        _ends,
        help_text=gettext_lazy(
            "After that day nothing more goes out; before then, we ask you for a new yes."
            " What is out stays until that day, and after it as you say in the next question."
        ),
    )
    if_ended = OneOf(words.ENDED.items())
    details = SomeOf(
        words.DETAILS.items(),
        help_text=gettext_lazy("Tick only what may be told. No tick means that it stays out."),
    )
    edits = OneOf(
        _hinted(words.EDITS.items()),
        help_text=gettext_lazy(
            "Whatever is changed or translated, nothing goes out until its exact text has been agreed to."
        ),
    )
    if_ill = OneOf(words.AFTER.items())
    if_died = OneOf(words.AFTER.items())

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - what every form takes
        party: Party = Party.SELF,
        only: Collection[str] | None = None,
        is_theirs: bool = False,
        **kwargs: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        self.is_theirs = self.is_theirs or is_theirs or party is not Party.SELF
        for name, legends in QUESTIONS.items():
            self.fields[name].label = legends[self.is_theirs]
        never = self._never_asked()
        for name in list(self.fields):
            if name in never or (only is not None and name not in only):
                del self.fields[name]
        self._offer_rights()

    def _never_asked(self) -> set[str]:
        """The fields that are not asked of this party."""
        never = set(NOT_ASKED[self.party])
        if self.party is Party.SELF:
            return never | OF_OTHERS
        return never if self.party is Party.GUARDIAN else never | {"adult_on"}

    def _offer_rights(self) -> None:
        """Each party has rights of its own to name."""
        if "authority" in self.fields and self.party is not Party.SELF:
            offered = [(right, words.AUTHORITIES[right]) for right in AUTHORITIES[self.party]]
            cast(OneOf, self.fields["authority"]).choices = offered

    def clean(self) -> None:
        """What depends on more than one answer."""
        if "authority" in self.fields:
            self.lack_of_speaker()
        wishes = (self.cleaned_data.get("if_ill"), self.cleaned_data.get("if_died"))
        if "trusted" in self.fields and After.ASK in wishes:
            self.lack_of_trusted()

    def clean_named_as(self) -> str:
        """Asked for where they chose one, and only there."""
        if self.cleaned_data.get("identity") != Identity.CHOSEN_NAME:
            return ""
        named_as = str(self.cleaned_data["named_as"])
        if not is_seen(named_as):
            raise forms.ValidationError(_("Write the name to be used."))
        return named_as

    def clean_until(self) -> date:
        """The last day, however it was chosen."""
        today = site_day()
        last = self._last_day(today)
        if last is None:
            raise forms.ValidationError(_("Write the day, please."))
        if not today <= last <= today + LONGEST_CONSENT:
            raise forms.ValidationError(_("Choose a day from today on, and within five years."))
        return last

    def _last_day(self, today: date) -> date | None:
        until = self.cleaned_data["until"]
        if until == "day":
            return day_of(self.cleaned_data["until_day"])
        return _months_after(today, int(until))

    def terms(
        self,
        *,
        method: Method,
        collected_by: str,
        told: Iterable[Explained],
        given_on: date | None = None,
        speaker_name: str = "",
    ) -> Terms:
        """The terms of a valid form's answers; `speaker_name` is that of who speaks for somebody else."""
        chosen, channels = self.cleaned_data, config().channels
        spoken = {channels[name].language for name in chosen["channels"]}
        start = given_on or site_day()
        return Terms(
            channels=tuple(name for name in channels if name in chosen["channels"]),
            languages=tuple(tongue for tongue in LANGUAGES if tongue in spoken),
            identity=Identity(chosen["identity"]),
            given_on=start,
            start=start,
            until=chosen["until"],
            collected_by=collected_by,
            method=method,
            purposes=tuple(purpose for purpose in Purpose if purpose in chosen["purposes"]),
            named_as=chosen["named_as"],
            pictures=chosen["pictures"] == "yes",
            details=tuple(detail for detail in Detail if detail in chosen["details"]),
            edits=Edits(chosen["edits"]),
            if_ill=After(chosen.get("if_ill", After.UNASKED)),
            if_died=After(chosen.get("if_died", After.UNASKED)),
            if_ended=After(chosen["if_ended"]),
            told=tuple(told),
            form_version=FORM_VERSION,
            form_language=reader_language(),
            form_text=self.as_shown(),
            trusted=self.trusted_person(),
            speaker=self.speaker(speaker_name),
            adult_on=self.adult_day(),
        )

    def as_shown(self) -> str:
        """All that the pages of this form explain and ask, in the reader's language, without any answer."""
        return informing.page_words(ConsentForm(party=self.party, is_theirs=self.is_theirs))


def of_consent(consent: Consent, named_as: str) -> dict[str, object]:
    """A consent as the form shows it, to change it."""
    return {
        "identity": consent.identity,
        "named_as": named_as,
        "pictures": "yes" if consent.pictures else "no",
        "channels": consent.channels.split(),
        "purposes": consent.purposes.split(),
        "until": "day",
        "until_day": consent.valid_until.isoformat(),
        "details": consent.details.split(),
        "edits": consent.edits,
        "if_ill": consent.if_ill,
        "if_died": consent.if_died,
        "if_ended": consent.if_ended,
    }


def of_people(who: Storyteller) -> dict[str, object]:
    """Whom they named and who speaks, as the form shows it. Raises Locked when it cannot be read."""
    named, speaker = trusted_of(who), speaker_of(who)
    return {
        "trusted": named.name,
        "trusted_contact": named.contact,
        "may_tell": ["yes"] if named.may_tell else [],
        "relationship": speaker.relationship,
        "authority": speaker.authority,
        "adult_on": who.adult_on.isoformat() if who.adult_on else "",
    }


def in_words(
    consent: Consent, named_as: str, config: Config, *, theirs: bool = False
) -> list[tuple[str, str]]:
    """A consent as pairs of a question and its answer, in words; all but until when it holds."""
    channels = [channel_name(name, config) for name in consent.channels.split()]
    answered = of_consent(consent, named_as)
    return answers_in_words(answered, channels, theirs=theirs)


def answers_in_words(
    answered: Mapping[str, object], channels: Sequence[str], *, theirs: bool = False
) -> list[tuple[str, str]]:
    """As `in_words`, of what was answered so far. `channels` are named apart: the form offers none that config.toml no
    longer has."""
    form, named_as = ConsentForm(initial=answered), answered.get("named_as")
    lines = []
    for name, legends in QUESTIONS.items():
        # Where nothing was ticked, that is the answer; what is "" was not asked.
        if name == "until" or answered.get(name) == "":
            continue
        chosen = [str(choice.choice_label) for choice in form[name] if choice.data["selected"]]
        if name == "channels":
            chosen = list(channels)
        if name == "identity" and named_as:
            chosen.append(_("“%(words)s”") % {"words": named_as})
        lines.append((str(legends[theirs]), "; ".join(chosen) or _("None of them.")))
    return lines


def _months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; the month's last day where it has no such."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    # Four days after the 28th it is the next month, however long this one is.
    next_first = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = next_first - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)
