"""A day of the calendar, written as the lines of its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import tomli_w

from campaign.content.dates.days import Day


@dataclass(frozen=True, slots=True)
class DayWords:
    """What is written of a day, beside its id."""

    rule: str  #: as the calendar writes it
    names: Mapping[str, str]
    source: str
    quiet: bool = False
    holiday: bool = False
    dates: tuple[date, ...] = ()


def words_of(day: Day) -> DayWords:
    """What is written of a day."""
    names = {language: name for language, name in day.names.items() if name}
    return DayWords(
        day.written,
        names,
        day.source,
        day.quiet,
        day.holiday,
        day.dates,
    )


def lines_of(identity: str, words: DayWords) -> str:
    """The whole table of a day as TOML, as it may stand in the calendar's file."""
    lines = ["[[day]]", _line("id", identity), _line("rule", words.rule)]
    if words.dates:
        lines.append(f"dates = [{', '.join(map(str, words.dates))}]")
    lines += [_line(f"name.{language}", name) for language, name in words.names.items()]
    lines.append(_line("source", words.source))
    if words.quiet:
        lines.append("quiet = true")
    if words.holiday:
        lines.append("holiday = true")
    return "\n".join(lines) + "\n"


def _line(key: str, text: str) -> str:
    return f"{key} = " + tomli_w.dumps({"value": text}).removeprefix("value = ").rstrip("\n")
