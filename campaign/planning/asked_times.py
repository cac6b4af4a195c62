"""A time that somebody asked for before there was a post, such as a free slot of the calendar that was clicked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.config import Config
from campaign.content.dates.when import NEXT_SLOT, AtTime, BadWhen, parse_when, to_utc
from campaign.core.sentence import Sentence

_UNREADABLE = Sentence(
    "The time that was asked for cannot be read, so it was left out: choose one while you write."
)
_PAST = Sentence("The time that was asked for is over: choose another one while you write.")


@dataclass(frozen=True, slots=True)
class AskedTime:
    """A post's first `when` and channels. `problem` says what is wrong with the time, "" for nothing: it is told, and the
    time is not changed for that."""

    when: str = NEXT_SLOT
    channels: tuple[str, ...] = ()  #: empty means every channel
    at: datetime | None = (
        None  #: aware, UTC; None where no time was asked for, or there is no such
    )
    problem: str = ""


def asked_time(
    written: str, channels: Sequence[str], config: Config, now: datetime
) -> AskedTime:
    """What was asked for: "2026-12-08T10:00" on the site's clock, and names of channels. "" asks for nothing."""
    known = tuple(name for name in config.channels if name in channels)
    some = () if len(known) == len(config.channels) else known
    if not written:
        return AskedTime(channels=some)
    try:
        time = parse_when(written)
    except BadWhen:
        return AskedTime(channels=some, problem=_UNREADABLE)
    if not isinstance(time, AtTime):
        return AskedTime(channels=some, problem=_UNREADABLE)
    local = datetime.combine(time.date, time.time)
    when = f"{local:%Y-%m-%d %H:%M}"
    try:
        at = to_utc(local, config.site.timezone).utc
    except BadWhen as problem:
        return AskedTime(when, some, problem=str(problem))
    return AskedTime(when, some, at, "" if at > now else _PAST)
