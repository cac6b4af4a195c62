"""The form of an awareness day: its rule in words that people know, and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.content.dates import days
from campaign.content.dates.days import (
    BadRule,
    Before,
    Easter,
    Fixed,
    Last,
    Manual,
    Month,
    Nth,
    Rule,
    parse_rule,
)
from campaign.content.dates.lines import DayWords
from campaign.content.post import LANGUAGES
from campaign.core.problem import Problem
from campaign.web.frame.log_words import safe_link
from campaign.web.posts.form import plain

KINDS: Mapping[str, Promise] = {
    "fixed": gettext_lazy("The same date every year"),
    "nth": gettext_lazy("A weekday of a month, such as the first Sunday in June"),
    "before": gettext_lazy("The Monday, or another weekday, before a date"),
    "month": gettext_lazy("A whole month"),
    "easter": gettext_lazy("So many days from Easter Sunday"),
    "manual": gettext_lazy("Dates that are announced, one for each year"),
}
"""The kinds of rules, as the form offers them."""
NUMBERS: Mapping[str, Promise] = {
    "1": gettext_lazy("first"),
    "2": gettext_lazy("second"),
    "3": gettext_lazy("third"),
    "4": gettext_lazy("fourth"),
    "last": gettext_lazy("last"),
}
MOST_DATES = 10
Controls = dict[str, str]
Choice = tuple[str, object, bool]


@dataclass(frozen=True, slots=True)
class TypedDay:
    """What was typed: the words of the day, and the controls of its rule."""

    words: DayWords
    controls: Controls


def read_day(data: QueryDict) -> TypedDay:
    """What was typed, unchecked: whether it is a day is asked of it later."""
    typed = {name: plain(data.get(name, "")) for name in _CONTROLS}
    names = {language: plain(data.get(f"name.{language}", "")) for language in LANGUAGES}
    rule = _rule(typed)
    words = DayWords(
        rule=rule,
        names={language: name for language, name in names.items() if name},
        source=plain(data.get("source", "")),
        quiet="quiet" in data,
        holiday="holiday" in data,
        dates=_dates(typed) if rule == "manual" else (),
    )
    return TypedDay(words, typed)


def check_typed(typed: TypedDay) -> None:
    """Raises Problem for what a person has left out or written wrong, in the words of the form."""
    missing = [language for language in LANGUAGES if not typed.words.names.get(language)]
    if missing:
        raise Problem(_("Give the day its name in English and in French."))
    if not safe_link(typed.words.source):
        raise Problem(_("The page that announces the day begins with https:// or http://."))
    if typed.words.rule == "manual":
        _need_dates(typed)
    try:
        parse_rule(typed.words.rule, typed.words.dates)
    except BadRule:
        raise Problem(_("Fill in the date of the kind that you have chosen.")) from None


def _need_dates(typed: TypedDay) -> None:
    given = [typed.controls[f"date_{number}"] for number in range(1, MOST_DATES + 1)]
    if not all(map(_date, filter(None, given))):
        raise Problem(_("Write each date like 2027-10-13."))
    if not typed.words.dates:
        raise Problem(_("Give at least one date."))


def controls_of(rule: Rule) -> Controls:
    """The controls of the form as they show a rule."""
    match rule:
        case Fixed(month, day):
            return {"kind": "fixed", "fixed_month": str(month), "fixed_day": str(day)}
        case Nth(number, weekday, month):
            return _of_weekday(
                str(number),
                weekday,
                month,
            )
        case Last(weekday, month):
            return _of_weekday(
                "last",
                weekday,
                month,
            )
        case Before(weekday, month, day):
            limit = {"before_month": str(month), "before_day": str(day)}
            return {"kind": "before", "before_weekday": str(weekday), **limit}
        case Easter(offset):
            side = "before" if offset < 0 else "after"
            return {"kind": "easter", "easter_days": str(abs(offset)), "easter_side": side}
        case Month(month):
            return {"kind": "month", "month": str(month)}
        case Manual(dates):
            written = {f"date_{number}": str(on) for number, on in enumerate(dates, 1)}
            return {"kind": "manual", **written}


def form_values(words: DayWords, controls: Controls) -> dict[str, object]:
    """The values of the fields' template."""
    kind = controls.get("kind") or "fixed"
    dates = [(number, controls.get(f"date_{number}", "")) for number in _shown(controls)]
    return {
        "words": words,
        "name_en": words.names.get("en", ""),
        "name_fr": words.names.get("fr", ""),
        "kinds": [(key, name, key == kind) for key, name in KINDS.items()],
        "controls": controls,
        "numbers": _chosen(NUMBERS, controls.get("nth_number") or "1"),
        "weekdays": _of_week(controls.get("nth_weekday") or "6"),
        "before_weekdays": _of_week(controls.get("before_weekday", "0")),
        "fixed_months": _of_year(controls.get("fixed_month", "")),
        "nth_months": _of_year(controls.get("nth_month", "")),
        "before_months": _of_year(controls.get("before_month", "")),
        "months": _of_year(controls.get("month", "")),
        "dates": dates,
    }


def _of_weekday(
    number: str,
    weekday: int,
    month: int,
) -> Controls:
    where = {"nth_weekday": str(weekday), "nth_month": str(month)}
    return {"kind": "nth", "nth_number": number, **where}


def _rule(typed: Controls) -> str:
    """The rule as the calendar writes it; one that cannot be read where something is left out."""
    match typed["kind"]:
        case "nth":
            weekday, month = _weekday(typed["nth_weekday"]), typed["nth_month"]
            if typed["nth_number"] == "last":
                return f"last {weekday} {month}"
            return f"nth {typed['nth_number']} {weekday} {month}"
        case "before":
            limit = _month_day(typed["before_month"], typed["before_day"])
            return f"before {_weekday(typed['before_weekday'])} {limit}"
        case "month":
            return f"month {typed['month']}"
        case "easter":
            sign = "-" if typed["easter_side"] == "before" else "+"
            return f"easter {sign}{typed['easter_days'] or '0'}"
        case "manual":
            return "manual"
    return f"fixed {_month_day(typed['fixed_month'], typed['fixed_day'])}"


def _month_day(month: str, day: str) -> str:
    return f"{month.zfill(2)}-{day.zfill(2)}"


def _weekday(number: str) -> str:
    is_one = number.isdecimal() and int(number) < len(days.WEEKDAYS)
    return days.WEEKDAYS[int(number)] if is_one else "?"


def _dates(typed: Controls) -> tuple[date, ...]:
    dates: list[date] = []
    for number in range(1, MOST_DATES + 1):
        if on := _date(typed[f"date_{number}"]):
            dates.append(on)
    return tuple(sorted(dates))


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _shown(controls: Controls) -> range:
    """Of the dates, those that are given, and two more."""
    given = [number for number in range(1, MOST_DATES + 1) if controls.get(f"date_{number}")]
    return range(1, min(MOST_DATES, len(given) + 2) + 1)


def _chosen(names: Mapping[str, object], chosen: str) -> list[Choice]:
    return [(key, name, key == chosen) for key, name in names.items()]


def _of_week(chosen: str) -> list[Choice]:
    names: dict[str, object] = {str(number): name for number, name in WEEKDAYS.items()}
    return _chosen(names, chosen)


def _of_year(chosen: str) -> list[Choice]:
    names: dict[str, object] = {str(number): name for number, name in MONTHS.items()}
    return _chosen(names, chosen)


_CONTROLS = (
    *(
        "kind",
        "fixed_month",
        "fixed_day",
        "nth_number",
        "nth_weekday",
        "nth_month",
        "month",
    ),
    *(
        "before_weekday",
        "before_month",
        "before_day",
        "easter_days",
        "easter_side",
    ),
    *(f"date_{number}" for number in range(1, MOST_DATES + 1)),
)
