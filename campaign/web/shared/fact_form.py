"""The form of a fact: what was typed, and what its parts are called."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.content.facts import OWN, Counting, FactStatus
from campaign.content.facts_file import KEYS, Value
from campaign.core.problem import Problem
from campaign.core.typed import visible
from campaign.web.frame.log_words import safe_link
from campaign.web.frame.site import config

STATUSES: Mapping[FactStatus, Promise] = {
    FactStatus.OK: gettext_lazy("May be used"),
    FactStatus.CAUTION: gettext_lazy("Read its note first"),
    FactStatus.DO_NOT_USE: gettext_lazy("Do not use"),
}
COUNTINGS: Mapping[Counting, Promise] = {
    Counting.COUNT: gettext_lazy("We counted people ourselves"),
    Counting.SURVEY: gettext_lazy("We asked people ourselves"),
}
NAMES: Mapping[str, Promise] = {
    "kind": gettext_lazy("Kind"),
    "status": gettext_lazy("Status"),
    "claim.en": gettext_lazy("Claim, English"),
    "claim.fr": gettext_lazy("Claim, French"),
    "figure": gettext_lazy("Figure"),
    "source": gettext_lazy("Source"),
    "url": gettext_lazy("Link to the source"),
    "url_fr": gettext_lazy("Its page in French"),
    "year": gettext_lazy("Year of the source"),
    "counted": gettext_lazy("How we know it"),
    "counted_on": gettext_lazy("Counted on"),
    "asked": gettext_lazy("How many people were counted or asked"),
    "vouched_by": gettext_lazy("Who vouches for it"),
    "region": gettext_lazy("Region"),
    "review_by": gettext_lazy("To be reviewed by"),
    "cite.en": gettext_lazy("Source as cited, English"),
    "cite.fr": gettext_lazy("Source as cited, French"),
    "note": gettext_lazy("Note for colleagues"),
}
"""What the parts of a fact are called."""
_READ_APART = frozenset(
    {
        "year",
        "review_by",
        "counted_on",
        "asked",
    }
)
_MOST_DIGITS = 8


def read_typed(request: HttpRequest) -> dict[str, Value]:
    """What was typed, as the values of a fact. Raises Problem for a year, a number, a date or a link that is none."""
    typed = as_typed(request)
    _need_all(typed)
    values: dict[str, Value] = {}
    for key, text in typed.items():
        if text and key not in _READ_APART:
            values[key] = text
    if typed["year"]:
        values["year"] = _year(typed["year"])
    values["review_by"] = _day(
        typed["review_by"], _("Say by which day somebody has to look at the fact again.")
    )
    if typed["kind"] == OWN:
        values |= _of_own(typed)
    else:
        values.pop("kind", None)
    _need_links(values)
    return {key: values[key] for key in KEYS if key in values}


def as_typed(request: HttpRequest) -> dict[str, str]:
    """The texts of the form; characters that nobody sees are left out, and lines become one."""
    typed = {}
    for key in KEYS:
        sent = visible(str(request.POST.get(key, "")))
        typed[key] = "".join(map(_visible, sent)).strip()
    return typed


def written(value: Value | None) -> str:
    """A value as a field of the form shows it."""
    return value.isoformat() if isinstance(value, date) else str(value or "")


def form_values(values: Mapping[str, Value]) -> dict[str, object]:
    """The values of the fields' template."""
    return {
        "values": {key.replace(".", "_"): written(values.get(key)) for key in KEYS},
        "is_own": values.get("kind") == OWN,
        "statuses": _choices(STATUSES, values.get("status")),
        "countings": _choices(COUNTINGS, values.get("counted")),
    }


def _choices(
    names: Mapping[FactStatus, Promise] | Mapping[Counting, Promise], chosen: Value | None
) -> list[tuple[str, Promise, bool]]:
    return [(key.value, name, chosen == key.value) for key, name in names.items()]


def _of_own(typed: Mapping[str, str]) -> dict[str, Value]:
    said = typed["asked"].replace("\u00a0", "").replace(" ", "")
    if not (said.isdecimal() and len(said) <= _MOST_DIGITS and int(said)):
        raise Problem(_("Say how many people were counted or asked, in digits."))
    counted_on = _day(typed["counted_on"], _("Say on which day it was counted."))
    return {"asked": int(said), "counted_on": counted_on}


def _need_all(typed: Mapping[str, str]) -> None:
    """Raises Problem that names what is missing."""
    needed = ["counted", "vouched_by"] if typed["kind"] == OWN else ["source", "url"]
    if typed["status"] != FactStatus.DO_NOT_USE:
        needed += [f"claim.{language}" for language in config().site.languages]
    missing = [str(NAMES[key]) for key in KEYS if key in needed and not typed[key]]
    if missing:
        raise Problem(_("Still missing: %(names)s.") % {"names": "; ".join(missing)})


def _need_links(values: Mapping[str, Value]) -> None:
    pages = [str(values[key]) for key in ("url", "url_fr") if values.get(key)]
    if not all(map(safe_link, pages)):
        raise Problem(_("The link to the source begins with https:// or http://."))


def _day(typed: str, missing: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Problem(missing) from None


def _year(typed: str) -> int:
    if not (typed.isdecimal() and len(typed) == 4):
        raise Problem(
            _(
                "The year of the source has four digits, such as 2024; leave it empty when nobody knows."
            )
        )
    return int(typed)


def _visible(character: str) -> str:
    """No-break spaces stay: French needs them."""
    if character.isprintable() or character in "\u00a0\u202f":
        return character
    return " " if character.isspace() else ""
