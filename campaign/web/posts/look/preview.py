"""How a post will look on each of its channels, and what is wrong with it, field by field."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.authoring.compose import Preview
from campaign.config import Config
from campaign.content.fields import Fields, PictureFields
from campaign.content.post import FORMS, LANGUAGES
from campaign.core.finding import Level
from campaign.planning.far_slots import FarSlot
from campaign.web.frame.moments import distance
from campaign.web.frame.names import channel_name
from campaign.web.posts.look.cards import Cards
from campaign.web.posts.look.notes import BOXES, Note, notes_of
from campaign.web.posts.look.panels import Panel, panels_of
from campaign.web.posts.look.still_to_write import STILL_TO_WRITE

AT_ONCE = 3
"""Notes of one field; what Word leaves in a text would make a wall of boxes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A field of the form: its name, its id in the page, its notes, and the previews of its text."""

    name: str
    id: str
    notes: tuple[Note, ...]
    panels: tuple[Panel, ...] = ()
    count: int = 0

    @property
    def is_wrong(self) -> bool:
        """Whether an error is among the notes."""
        return self._errors > 0

    @property
    def first(self) -> tuple[Note, ...]:
        """The notes that are shown at once: every error, and of others as many as one reads."""
        most = max(AT_ONCE, self._errors)
        # A single one is shown, rather than folded under a line that is as long.
        return self.notes if len(self.notes) == most + 1 else self.notes[:most]

    @property
    def rest(self) -> tuple[Note, ...]:
        """The notes that are folded."""
        return self.notes[len(self.first) :]

    @property
    def _errors(self) -> int:
        levels = [note.level for note in self.notes]
        return levels.count(Level.ERROR)


@dataclass(frozen=True, slots=True)
class PreviewDue:
    """When a channel's delivery goes out."""

    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A free time that is offered; `fix` is what its button sends (JSON)."""

    at: datetime
    fix: str


@dataclass(frozen=True, slots=True)
class FarChoice:
    """A slot that is far away, which has to be said yes to, and nearer times."""

    at: datetime
    distance: str
    channels: str  #: "" where it is so on every channel
    free: tuple[FreeTime, ...]
    yes: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The preview of a post while it is written: a box for each field, and when each channel's delivery is due."""

    boxes: Mapping[str, Box]
    dues: tuple[PreviewDue, ...]
    errors: int
    warnings: int
    to_write: int  #: texts and the like that are still to write
    far: FarChoice | None
    infos: int
    safe: int  #: corrections that can be made at once

    def box(self, name: str) -> Box:
        """The box of a field. Raises KeyError when it has none."""
        return self.boxes[name]


def seen(
    preview: Preview,
    fields: Fields,
    config: Config,
    now: datetime,
    cards: Cards,
    *,
    no_channel: bool,
    is_tried: bool,
    safe: int,
) -> Seen:
    """A preview, for a page. Without a channel, nothing of it would go out, so nothing is shown. What is still to write is an
    error once somebody has tried to submit it."""
    planned = () if no_channel else preview.plan.planned
    notes = notes_of(preview, fields, no_channel=no_channel, is_tried=is_tried)
    panels = panels_of(planned, config, cards)
    boxes = {}
    for name in (*sorted(BOXES), *_texts(), *_of_pictures(fields.pictures)):
        boxes[name] = Box(
            name=name,
            id=id_of(name),
            notes=notes.get(name, ()),
            panels=tuple(panels.get(name, ())),
            count=_count(fields, name),
        )
    levels = [note.level for box in boxes.values() for note in box.notes]
    dues = [
        PreviewDue(channel_name(delivery.channel.name, config), delivery.due.at)
        for delivery in planned
        if delivery.due
    ]
    return Seen(
        boxes=boxes,
        dues=tuple(dues),
        errors=levels.count(Level.ERROR),
        warnings=levels.count(Level.WARNING) + (preview.far is not None),
        to_write=levels.count(STILL_TO_WRITE),
        far=None if no_channel else _far(preview.far, fields, config, now),
        infos=levels.count(Level.INFO),
        safe=safe,
    )


def _far(
    far: FarSlot | None, fields: Fields, config: Config, now: datetime
) -> FarChoice | None:
    if far is None:
        return None
    names = [channel_name(name, config) for name in far.channels]
    zone, free = config.site.timezone, []
    for at in far.free:
        written = f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
        free.append(FreeTime(at, json.dumps(["when", fields.when, written])))
    channels = "" if far.is_everywhere else ", ".join(names)
    away = distance(far.at, now)
    return FarChoice(far.at, away, channels, tuple(free), far.yes)


def id_of(name: str) -> str:
    """A field's name as part of ids in the page."""
    return name.replace(".", "-") or "post"


def _texts() -> Iterator[str]:
    yield from (f"{language}.{form}" for form in FORMS for language in LANGUAGES)


def _of_pictures(pictures: Sequence[PictureFields]) -> Iterator[str]:
    for number in range(len(pictures)):
        yield f"pictures.{number}"
        yield from (f"pictures.{number}.alt.{language}" for language in LANGUAGES)


def _count(fields: Fields, name: str) -> int:
    """Of a picture's description, how many characters it has; 0 for any other field."""
    match = re.fullmatch(r"pictures\.(\d+)\.alt\.(\w+)", name)
    if not match:
        return 0
    alts = fields.pictures[int(match[1])].alts
    return len(alts.get(match[2], "").strip())
