"""The choices of each field of a post's form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy

from campaign.authoring import eyes
from campaign.authoring.compose import Desk
from campaign.config import Config
from campaign.content.dates.days import Day
from campaign.content.dates.month import name_of
from campaign.content.facts import Fact, FactStatus
from campaign.content.fields import Fields
from campaign.content.post import LANGUAGES, Purpose
from campaign.core.clock import local_day
from campaign.web.frame.languages import reader_language
from campaign.web.frame.moments import short_day
from campaign.web.frame.names import KINDS, PURPOSES, channel_name
from campaign.web.frame.networks import network

TEMPLATES = {
    "fact": gettext_lazy("Message with its sources"),
    "story": gettext_lazy("Story"),
    "action": gettext_lazy("Call to action"),
    "day": gettext_lazy("Awareness day"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things to choose from."""

    value: str
    name: str
    chosen: bool
    network: str = ""


@dataclass(frozen=True, slots=True)
class FactChoice:
    """A fact to choose."""

    id: str
    claims: tuple[tuple[str, str], ...]
    fact: Fact
    chosen: bool
    careful: bool
    waits_for_eyes: bool


def kinds(chosen: str) -> list[Choice]:
    """The kinds of posts."""
    return [Choice(kind, str(name), kind == chosen) for kind, name in KINDS.items()]


def chosen_of(
    values: tuple[str, ...], chosen: str, names: Mapping[str, object]
) -> list[Choice]:
    """The choices by their names, and what was chosen although it is none of them."""
    offered = list(values)
    if chosen and chosen not in values:
        offered.append(chosen)
    choices = []
    for value in offered:
        name = str(names.get(value, value))
        choices.append(Choice(value, name, chosen=value == chosen))
    return choices


def days_offered(desk: Desk, chosen: str, today: date) -> list[Choice]:
    """What comes next first, each with its next date; holidays after the days of awareness."""
    language = reader_language()
    in_order = sorted(desk.library.days.values(), key=lambda day: _place_of(day, today))
    names: dict[str, str] = {}
    for day in in_order:
        on, name = day.next(today), name_of(day, language)
        names[day.id] = f"{name} ({short_day(on)})" if on else name
    return chosen_of(tuple(names), chosen, names)


def _place_of(day: Day, today: date) -> tuple[bool, date, str]:
    return day.holiday, day.next(today) or date.max, day.id


def channels_offered(config: Config, fields: Fields) -> list[Choice]:
    """Every channel, and those of the post that are none any more; all are chosen when the post names none."""
    unknown = [name for name in fields.channels if name and name not in config.channels]
    choices = []
    for name in [*config.channels, *unknown]:
        is_chosen = not fields.channels or name in fields.channels
        channel = config.channels.get(name)
        network = channel.network if channel else ""
        title = channel_name(name, config)
        choices.append(Choice(name, title, is_chosen, network))
    return choices


def networks_offered(config: Config, fields: Fields) -> list[Choice]:
    """The networks of the channels, and those that the post names; chosen are those without the link."""
    names = [channel.network for channel in config.channels.values()]
    names += fields.not_on
    choices = []
    for name in dict.fromkeys(names):
        is_chosen = name in fields.not_on
        title = network(name)
        choices.append(Choice(name, title, is_chosen, name))
    return choices


def consent_channels(config: Config, fields: Fields) -> list[Choice]:
    """Where a story may be told, and what is allowed there although it is no channel any more."""
    allowed = fields.consent.channels if fields.consent else ()
    unknown = [name for name in allowed if name not in config.channels]
    names = [*config.channels, *unknown]
    choices = []
    for name in names:
        title = channel_name(name, config)
        choices.append(Choice(name, title, chosen=name in allowed))
    return choices


def purposes_offered(fields: Fields) -> list[Choice]:
    """What a story may be used for."""
    chosen = fields.consent.purpose if fields.consent else ""
    choices = []
    for purpose, said in PURPOSES.items():
        # What a story is used for where nothing is chosen stands in no file.
        value = "" if purpose is Purpose.AWARENESS else purpose.value
        choices.append(Choice(value, str(said), chosen=value == chosen))
    return choices


def facts_offered(desk: Desk, fields: Fields, now: datetime) -> list[FactChoice]:
    """The facts that may be used, and those that the post uses; these first."""
    today = local_day(now, desk.config.site.timezone)
    choices = []
    waits = eyes.waiting(desk.library.facts.values())
    for fact in desk.library.facts.values():
        is_chosen = fact.id in fields.facts
        if fact.status is FactStatus.DO_NOT_USE and not is_chosen:
            continue
        claims = tuple((language, fact.claims.get(language, "")) for language in LANGUAGES)
        careful = fact.status is FactStatus.CAUTION or fact.review_by < today
        choices.append(
            FactChoice(
                id=fact.id,
                claims=claims,
                fact=fact,
                chosen=is_chosen,
                careful=careful,
                waits_for_eyes=fact.id in waits,
            )
        )
    return sorted(choices, key=lambda choice: not choice.chosen)
