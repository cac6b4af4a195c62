"""The fields of which questions about a story are made, and the questions about other people: who speaks, and whom they
trust."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy

from campaign.core.typed import is_seen
from campaign.stories import storyteller
from campaign.stories.agreeing.parties import AUTHORITIES, Party, Speaker
from campaign.stories.agreeing.trusted import Trusted
from campaign.web.frame.fields import Box, Typed, Words
from campaign.web.stories import words

CHOOSE = gettext_lazy("Choose one of these.")
TICK = gettext_lazy("Choose at least one of these.")
NO_CONTACT = gettext_lazy("Write an e-mail address or a phone number.")
TOO_LONG = gettext_lazy("This is too long: shorten it, please.")
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
        label: Words = "",
        *,
        is_needed: bool = True,
    ) -> None:
        errors = {"required": none, "invalid_choice": none}
        super().__init__(
            choices=choices,
            error_messages=errors,
            help_text=help_text,
            label=label,
            required=is_needed,
        )


class SomeOf(forms.MultipleChoiceField):
    """Answers to tick; what is not offered, or no longer, is left out."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        choices: Offered | Callable[[], Offered],
        none: Words = "",
        help_text: Words = "",
        label: Words = "",
    ) -> None:
        super().__init__(
            choices=choices,
            required=bool(none),
            error_messages={"required": none},
            help_text=help_text,
            label=label,
        )

    def to_python(self, value: Iterable[str] | None) -> list[str]:
        """Those among the sent answers that are offered."""
        return [answer for answer in value or () if self.valid_value(answer)]


def day_of(written: str) -> date | None:
    """The day of a date such as 2027-10-05; None when it is none."""
    try:
        return parse_date(written)
    except ValueError:
        return None


class PeopleForm(forms.Form):
    """Who speaks for whom, and whom one may ask. `party` says which of it is asked for."""

    party = Party.SELF

    relationship = Typed(
        longest=storyteller.LONGEST,
        too_long=TOO_LONG,
        label=gettext_lazy("How are you related to the person?"),
        help_text=gettext_lazy("Such as: her mother, his brother, their friend of many years."),
    )
    authority = OneOf(
        words.AUTHORITIES.items(),
        label=gettext_lazy("What allows you to decide about this story?"),
        is_needed=False,
    )
    adult_on = Typed(
        kept=20,
        box=Box(kind="date", shown_if="if-guardian"),
        label=gettext_lazy("On which day does the young person turn 18?"),
        help_text=gettext_lazy(
            "Your yes counts until then at the latest; after that, we ask the young person instead."
            " From the age of 14, we ask them as well as you."
        ),
    )
    trusted = Typed(
        longest=storyteller.LONGEST,
        too_long=TOO_LONG,
        label=gettext_lazy("Who is the person of trust?"),
        help_text=gettext_lazy("Needed only if we should ask somebody."),
    )
    trusted_contact = Typed(
        longest=storyteller.LONGEST,
        too_long=TOO_LONG,
        label=gettext_lazy("Their e-mail address or phone number"),
    )
    may_tell = SomeOf(
        [("yes", gettext_lazy("Yes, tell them now that they are named"))],
        label=gettext_lazy("May we tell that person?"),
        help_text=gettext_lazy(
            "They learn that they are named, and nothing of the story. If you do not tick this, please tell them yourself."
        ),
    )

    def lack_of_speaker(self) -> None:
        """Marks what has to be known of who speaks for another person and is not said."""
        if self.party is Party.SELF:
            return
        if not is_seen(self.cleaned_data.get("relationship", "")):
            self.add_error("relationship", gettext_lazy("Say how you are related."))
        if self.cleaned_data.get("authority") not in AUTHORITIES[self.party]:
            self.add_error("authority", CHOOSE)
        if self.party is Party.GUARDIAN and not day_of(self.cleaned_data.get("adult_on", "")):
            self.add_error("adult_on", gettext_lazy("Write the day, please."))

    def lack_of_trusted(self) -> None:
        """Marks that somebody has to be named where somebody is to be asked."""
        if not is_seen(self.cleaned_data.get("trusted", "")):
            said = gettext_lazy("You want us to ask somebody: write who it is.")
            self.add_error("trusted", said)
        if not storyteller.reaches(self.cleaned_data.get("trusted_contact", "")):
            self.add_error("trusted_contact", NO_CONTACT)

    def speaker(self, name: str) -> Speaker | None:
        """Who speaks, as it was answered, under this name; None where the person speaks themselves."""
        if self.party is Party.SELF:
            return None
        chosen = self.cleaned_data
        return Speaker(name, " ".join(chosen["relationship"].split()), chosen["authority"])

    def adult_day(self) -> date | None:
        """When the young person comes of age; None where that is not asked."""
        return day_of(self.cleaned_data.get("adult_on", ""))

    def trusted_person(self) -> Trusted | None:
        """Whom they name, if it is asked."""
        if "trusted" not in self.cleaned_data:
            return None
        chosen = self.cleaned_data
        name, contact = (
            " ".join(chosen[field].split()) for field in ("trusted", "trusted_contact")
        )
        return Trusted(name, contact, may_tell=bool(chosen["may_tell"]))
