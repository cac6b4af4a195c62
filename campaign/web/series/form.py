"""The form of a sitting: what was typed, and the choices that it shows."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.http import QueryDict

from campaign.authoring.compose import Desk
from campaign.authoring.several.making import Ahead
from campaign.authoring.several.sitting import MOST, Sitting, SittingText, apart
from campaign.content.dates.month import DAYS, name_of
from campaign.content.fields import Fields
from campaign.content.post import ACTIONS, LANGUAGES, TEMPLATE_OF_KIND, Kind
from campaign.web.frame.languages import reader_language
from campaign.web.frame.moments import weekday_name
from campaign.web.frame.names import KINDS, PLACE_NAMES, channel_name
from campaign.web.posts.choices import Choice, chosen_of
from campaign.web.posts.form import NO_CHANNEL, plain

FIRST_ROWS = 3
"""Empty rows of a sitting that begins; a script adds one when the last is written in."""
BLUEPRINT = "NUMBER"
"""Stands for the number in the row of which the script makes new ones."""
_MONDAY = date(2024, 1, 1)
OF_A_SERIES = (Kind.AWARENESS.value, Kind.ACTION.value)
"""The kinds that a series may have."""


@dataclass(frozen=True, slots=True)
class SittingRow:
    """The fields of one post: its number from 1, its words by language, and a time of its own."""

    number: int | str
    texts: tuple[tuple[str, str], ...]
    date: str
    time: str


def read_sitting(data: QueryDict, before: Sitting) -> Sitting:
    """What was typed. What the form does not show, such as pictures that a first post had, stays as it was `before`."""
    name = plain(data.get("name", ""))
    labels = _by_language(data, "label.{0}")
    settings = _settings(data, before.settings)
    pieces = _pieces(data)
    return Sitting(
        name=name,
        campaign=_typed(data, "campaign"),
        first=_typed(data, "first"),
        time=_typed(data, "time"),
        weekdays=_all(data, "weekdays"),
        labels=labels,
        settings=settings,
        pieces=tuple(pieces),
    )


def _typed(data: QueryDict, name: str) -> str:
    return str(data.get(name, ""))


def _all(data: QueryDict, name: str) -> tuple[str, ...]:
    values = data.getlist(name)
    return tuple(map(str, values))


def _by_language(data: QueryDict, name: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for language in LANGUAGES:
        texts[language] = _typed(data, name.format(language))
    return texts


def _settings(data: QueryDict, before: Fields) -> Fields:
    kind = _typed(data, "kind") or before.kind
    is_action = kind == Kind.ACTION
    action = _typed(data, "action")
    fields = replace(
        before,
        kind=kind,
        channels=_all(data, "channels") or NO_CHANNEL,
        facts=_all(data, "facts"),
        action=action if is_action else "",
    )
    if kind == before.kind or kind not in set(Kind):
        return fields
    template = TEMPLATE_OF_KIND[Kind(kind)]
    return replace(fields, template=template)


def _pieces(data: QueryDict) -> list[SittingText]:
    """Row by row; a text with lines of *** is several posts."""
    pieces: list[SittingText] = []
    for number in range(1, MOST + 2):
        day = _typed(data, f"date.{number}")
        clock = _typed(data, f"time.{number}")
        texts = _by_language(data, f"{{0}}.{number}")
        for pair in apart(texts):
            piece = SittingText(
                pair,
                day,
                clock,
            )
            if not piece.is_empty:
                pieces.append(piece)
    return pieces


@dataclass(frozen=True, slots=True)
class Line:
    """A post that would be made, as the page shows it: its time on the site's clock, None where it is none, and the days that
    have a name, each with whether it is one of remembrance."""

    ahead: Ahead
    at: datetime | None
    days: tuple[tuple[str, bool], ...]


def lines(ahead: Sequence[Ahead]) -> list[Line]:
    """The posts that would be made, in the reader's language."""
    language = reader_language()
    shown: list[Line] = []
    for row in ahead:
        days: list[tuple[str, bool]] = []
        for day in row.named:
            name = name_of(day, language)
            days.append((name, day.quiet))
        at = _time_of(row)
        shown.append(Line(row, at, tuple(days)))
    return shown


def _time_of(row: Ahead) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(row.fields.when)
    return None


def rows(sitting: Sitting, *, is_next: bool) -> list[SittingRow]:
    """The rows of the form: what is written, and at least one empty one below."""
    missing = FIRST_ROWS - len(sitting.pieces)
    empty = 1 if is_next else max(1, missing)
    pieces = list(sitting.pieces)
    pieces += [SittingText()] * empty
    shown: list[SittingRow] = []
    for number, piece in enumerate(pieces, 1):
        row = row_of(number, piece)
        shown.append(row)
    return shown


def row_of(number: int | str, piece: SittingText) -> SittingRow:
    """The fields of a post of the sitting."""
    texts = _each(piece.texts)
    return SittingRow(
        number,
        texts,
        piece.date,
        piece.time,
    )


def _each(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The text of each language, also where there is none."""
    return tuple((language, texts.get(language, "")) for language in LANGUAGES)


def choices(sitting: Sitting, desk: Desk) -> dict[str, object]:
    """The choices of the form's template."""
    settings = sitting.settings
    return {
        "kinds": chosen_of(OF_A_SERIES, settings.kind, KINDS),
        "actions": chosen_of(ACTIONS, settings.action, PLACE_NAMES),
        "channels": _channels(desk, settings),
        "facts": _facts(desk, settings),
        "weekdays": weekdays(sitting.weekdays),
        "labels": _each(sitting.labels),
    }


def weekdays(chosen: Sequence[str]) -> list[Choice]:
    """The days of a week, by their numbers, Monday first."""
    listed: list[Choice] = []
    for number in range(DAYS):
        value = str(number)
        day = _MONDAY + timedelta(number)
        name = weekday_name(day)
        choice = Choice(
            value,
            name,
            value in chosen,
        )
        listed.append(choice)
    return listed


def _channels(desk: Desk, settings: Fields) -> list[Choice]:
    listed: list[Choice] = []
    for name, channel in desk.config.channels.items():
        is_chosen = not settings.channels or name in settings.channels
        title = channel_name(name, desk.config)
        choice = Choice(
            name,
            title,
            is_chosen,
            channel.network,
        )
        listed.append(choice)
    return listed


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact to choose, by its key."""

    key: str
    claims: Mapping[str, str]
    chosen: bool


def _facts(desk: Desk, settings: Fields) -> list[FactLine]:
    """The facts, with what they say; those that are chosen first."""
    listed: list[FactLine] = []
    for key, fact in desk.library.facts.items():
        is_chosen = key in settings.facts
        line = FactLine(
            key,
            fact.claims,
            is_chosen,
        )
        listed.append(line)
    return sorted(listed, key=_is_left)


def _is_left(line: FactLine) -> bool:
    return not line.chosen
