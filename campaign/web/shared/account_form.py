"""The form of an account's times: its slots row by row, its gap, and the most for a day."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.config.accounts import AccountTimes
from campaign.content.dates import days
from campaign.core.problem import Problem
from campaign.web.posts.form import plain

DAYS: Mapping[str, object] = {
    "daily": gettext_lazy("Every day"),
    "mon-fri": gettext_lazy("Monday to Friday"),
    "sat-sun": gettext_lazy("Saturday and Sunday"),
    **{key: WEEKDAYS[number] for number, key in enumerate(days.WEEKDAYS)},
}
"""The days of a slot, as the form offers them."""
UNITS: Mapping[str, Promise] = {"m": gettext_lazy("minutes"), "h": gettext_lazy("hours")}
_SECONDS = {"m": 60, "h": 3_600}
EMPTY_ROWS = 3
MOST_ROWS = 60
_MOST_DIGITS = 5
SlotRow = tuple[int, list[tuple[str, object, bool]], str]


def read_times(data: QueryDict) -> AccountTimes:
    """What was typed. Raises Problem for a number that is none."""
    slots: list[str] = []
    for number in range(MOST_ROWS):
        time = plain(data.get(f"slot_time_{number}", ""))
        on = plain(data.get(f"slot_days_{number}", ""))
        if time and on:
            slots.append(f"{on} {time}")
    gap = _number(data, "gap", _("Say the time between two posts in digits."))
    unit = _SECONDS.get(str(data.get("gap_unit")), 60)
    most = _number(data, "most", _("Say the most for one day in digits."))
    kept = tuple(dict.fromkeys(slots))
    return AccountTimes(kept, timedelta(seconds=(gap or 0) * unit), most)


def form_values(times: AccountTimes) -> dict[str, object]:
    """The values of the fields' template."""
    minutes = int(times.minimum_gap.total_seconds()) // 60
    in_hours = minutes >= 60 and minutes % 60 == 0
    unit = "h" if in_hours else "m"
    return {
        "slots": _rows(times.slots),
        "gap": minutes // 60 if in_hours else minutes,
        "units": [(key, name, key == unit) for key, name in UNITS.items()],
        "most": "" if times.max_per_day is None else times.max_per_day,
    }


def slot_in_words(slot: str) -> str:
    """A slot as people say it: "Monday to Friday 09:00"."""
    on, _blank, time = slot.rpartition(" ")
    return f"{DAYS.get(on, on)} {time}"


def _rows(slots: Sequence[str]) -> list[SlotRow]:
    """A row for each slot, and a few more."""
    filled = [slot.rpartition(" ") for slot in slots]
    rows: list[SlotRow] = []
    for number, (on, _blank, time) in enumerate(filled):
        rows.append((number, _choices(on), time))
    for number in range(len(filled), len(filled) + EMPTY_ROWS):
        rows.append((number, _choices("daily"), ""))
    return rows


def _choices(chosen: str) -> list[tuple[str, object, bool]]:
    names = dict(DAYS)
    names.setdefault(chosen, chosen)  # such as "mon,wed,fri", which a file may say
    return [(key, name, key == chosen) for key, name in names.items()]


def _number(data: QueryDict, name: str, wrong: str) -> int | None:
    """A whole number; None where nothing was typed."""
    written = plain(data.get(name, ""))
    if not written:
        return None
    if not (written.isdecimal() and len(written) <= _MOST_DIGITS):
        raise Problem(wrong)
    return int(written)
