"""The questions of a consent as a form, the terms that come of it, and a consent in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.config import Config
from campaign.content.post import LANGUAGES
from campaign.core.typed import is_seen
from campaign.models.stories import Consent
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
from campaign.web.frame.fields import Typed, Words
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config, site_day
from campaign.web.stories import words
from campaign.web.stories.words import FORM_VERSION, QUESTIONS, form_words

MONTHS = (6, 12, 24)
"""For how long one may say yes without typing a date."""
LONGEST_NAME = 100
CHOOSE = gettext_lazy("Choose one of these.")
TICK = gettext_lazy("Choose at least one of these.")
Offered = Iterable[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Hinted:
    """The name of an answer, and a sentence that explains it."""

    name: Words
    hint: Words

    def __str__(self) -> str:
        return str(self.name)


class OneOf(forms.ChoiceField):
    """One of several answers."""

    widget = forms.RadioSelect

    def __init__(
        self,
        choices: Offered | Callable[[], Offered],
        none: Words = CHOOSE,
        help_text: Words = "",
    ) -> None:
        errors = {"required": none, "invalid_choice": none}
        super().__init__(choices=choices, error_messages=errors, help_text=help_text)


class SomeOf(forms.MultipleChoiceField):
    """Answers to tick; what is not offered, or no longer, is left out."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self, choices: Offered | Callable[[], Offered], none: Words = "", help_text: Words = ""
    ) -> None:
        super().__init__(
            choices=choices,
            required=bool(none),
            error_messages={"required": none},
            help_text=help_text,
        )

    def to_python(self, value: Iterable[str] | None) -> list[str]:
        """Those among the sent answers that are offered."""
        return [answer for answer in value or () if self.valid_value(answer)]


def _channels() -> Offered:
    return [(name, channel_name(name, config())) for name in config().channels]


def _hinted(answers: Iterable[tuple[str, tuple[Words, Words]]]) -> Offered:
    return [(answer, Hinted(name, hint)) for answer, (name, hint) in answers]


def _ends() -> Offered:
    months = [(str(count), _("For %(count)d months") % {"count": count}) for count in MONTHS]
    return [*months, ("day", _("Until another day"))]


class ConsentForm(forms.Form):
    """What a person allows. Which channels can be chosen is asked whenever the form is made."""

    is_theirs = False  #: whether it is put to somebody who writes down what the person said

    identity = OneOf(_hinted(words.IDENTITIES.items()))
    named_as = Typed(
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
    purposes = SomeOf(words.PURPOSES.items(), TICK, gettext_lazy("You can tick more than one."))
    # Before `until`: Django cleans in this order, and `until` reads it.
    until_day = Typed(kept=200)
    until = OneOf(
        _ends,
        help_text=gettext_lazy(
            "After that day nothing more goes out; a new yes is asked for before."
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
            "Whatever is changed or translated: nothing goes out before its very text was agreed to."
        ),
    )
    if_ill = OneOf(words.AFTER.items())
    if_died = OneOf(words.AFTER.items())

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - what every form takes
        super().__init__(*args, **kwargs)
        for name, legends in QUESTIONS.items():
            self.fields[name].label = legends[self.is_theirs]

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
    ) -> Terms:
        """The terms of a valid form's answers."""
        chosen, channels = self.cleaned_data, config().channels
        language = reader_language()
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
            if_ill=After(chosen["if_ill"]),
            if_died=After(chosen["if_died"]),
            if_ended=After(chosen["if_ended"]),
            told=tuple(told),
            form_version=FORM_VERSION,
            form_language=language,
            form_text=form_words(language, channels.values()),
        )


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


def in_words(
    consent: Consent, named_as: str, config: Config, *, theirs: bool = False
) -> list[tuple[str, str]]:
    """A consent as pairs of a question and its answer, in words; all but until when it holds."""
    form = ConsentForm(initial=of_consent(consent, named_as))
    lines = []
    for name, legends in QUESTIONS.items():
        if name == "until":
            continue
        chosen = [str(choice.choice_label) for choice in form[name] if choice.data["selected"]]
        if name == "channels":
            # Also those that config.toml no longer has, which the form does not offer.
            chosen = [channel_name(channel, config) for channel in consent.channels.split()]
        if name == "identity" and named_as:
            chosen.append(f"“{named_as}”")
        lines.append((str(legends[theirs]), "; ".join(chosen) or _("Nothing of these")))
    return lines


def day_of(written: str) -> date | None:
    """The day of a date such as 2027-10-05; None when it is none."""
    try:
        return parse_date(written)
    except ValueError:
        return None


def _months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; the month's last day where it has no such."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    # Four days after the 28th it is the next month, however long this one is.
    next_first = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = next_first - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)
