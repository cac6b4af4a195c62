"""Fields of forms that take what a person typed, and say what is wrong with it in the program's own words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

from campaign.core.typed import is_seen

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise  # only Django's type stubs know it

Words: TypeAlias = "str | _StrPromise"
"""A text of the program, in the reader's language or on its way there."""
ALL_OF_IT = 2_500_000
"""Characters: more than Django takes of a form."""
A_LOT = 20_000
"""Characters of a field that are read and shown again: twice the longest story."""
_SHOWN = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")
"""DELIVERY:FINGERPRINT, as a form sends what it showed."""
_NO_DAY = gettext_lazy("Write a date such as 2027-10-13.")


def shown_texts(sent: Iterable[str]) -> list[tuple[int, str]]:
    """The texts that a form showed, each by its delivery and its fingerprint; what is neither is left out."""
    matches = filter(None, map(_SHOWN.fullmatch, sent))
    return [(int(match[1]), match[2]) for match in matches]


class Day(forms.DateField):
    """A date of this century such as "2027-10-13", as every browser sends it, or None."""

    def __init__(self) -> None:
        limits = (
            MinValueValidator(date(2000, 1, 1), _NO_DAY),
            MaxValueValidator(date(2099, 12, 31), _NO_DAY),
        )
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d"],
            validators=limits,
            error_messages={"invalid": _NO_DAY},
        )


@dataclass(frozen=True, slots=True)
class Box:
    """What the box of a field looks like: what it takes, how many lines it has (none: it is one line), what a browser may
    fill in, and the class of what shows only after some other answer."""

    kind: str = "text"
    rows: int = 0
    complete: str = "off"
    shown_if: str = ""


class Typed(forms.Field):
    """What was typed, as it was typed: Django's own fields would strip it, and the acts tidy it.

    `blank` is said where no character is visible, `too_long` above `longest` characters; `kept` is the number of characters
    that are read and shown again; `box` is how its template shows it.
    """

    widget = forms.TextInput

    def __init__(
        self,
        *,
        blank: Words = "",
        longest: int = ALL_OF_IT,
        too_long: Words = "",
        kept: int = A_LOT,
        label: Words = "",
        help_text: Words = "",
        box: Box = Box(),
    ) -> None:
        super().__init__(
            required=bool(blank),
            error_messages={"required": blank, "too_long": too_long},
            label=label,
            help_text=help_text,
        )
        self.longest, self.kept, self.box = longest, kept, box

    def prepare_value(self, value: object) -> str:
        """The first `kept` characters: for the page, and as the value of the field."""
        return str(value or "")[: self.kept]

    to_python = prepare_value

    def validate(self, value: str) -> None:
        """Raises ValidationError for a text that is too long, or has no visible character where one is needed."""
        typed = value.replace("\r\n", "\n")  # a browser sends two characters for a line end
        if len(typed) > self.longest:
            raise forms.ValidationError(self.error_messages["too_long"])
        super().validate(value if is_seen(value) else "")
