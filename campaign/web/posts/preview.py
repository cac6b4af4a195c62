"""How a post will look on each of its channels, and what is wrong with it, field by field."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from campaign.authoring.compose import Preview
from campaign.authoring.uploads import NAME
from campaign.checks.acceptance import may_be_accepted
from campaign.checks.reading.urls import find_links
from campaign.config import Config
from campaign.content.post import FORMS, LANGUAGES
from campaign.content.source import Fields, PictureFields
from campaign.content.thread import parts
from campaign.core.finding import Finding, Level
from campaign.planning.plan import Planned
from campaign.rehearsal.result import cost_of
from campaign.web.frame.names import channel_name
from campaign.web.frame.networks import dollars, look_of

NEARLY = 0.9
"""Of a limit: from here on, the meter warns."""
ROOMY = 10_000
"""From this limit on, nobody counts characters: no meter is drawn."""
_TAG = re.compile(r"(?<![\w&/])[#@]\w+")
_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
_BOXES = frozenset(
    {
        "",
        "kind",
        "template",
        "channels",
        "when",
        "grace",
        "facts",
        "action",
        "day",
        "link",
        "consent",
    }
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain, or shown as a link or a hashtag."""

    text: str
    linked: bool = False


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """A part of a thread; the only one, for most posts. `more` is what stands below the fold."""

    pieces: tuple[Piece, ...]
    more: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewPicture:
    """A picture of a preview: its digest and its description."""

    digest: str
    alt: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One delivery as it will look."""

    channel: str
    initial: str
    network: str
    due: datetime | None
    parts: tuple[PreviewPart, ...]
    pictures: tuple[PreviewPicture, ...]
    length: int
    limit: int
    nearly: int  #: from here on, the meter warns
    cost: str
    links: tuple[str, ...]
    says_when: bool  #: below the account's name stands the time, as it does there

    @property
    def is_roomy(self) -> bool:
        """Whether there is room for any text that people write."""
        return self.limit >= ROOMY

    @property
    def over(self) -> int:
        """By how much it is too long."""
        return max(0, self.length - self.limit)

    @property
    def most(self) -> int:
        """Where the meter ends."""
        return max(self.length, self.limit)


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as it stands beside its field; `fix` is what its button sends, "" without one."""

    level: str
    message: str
    fix: str
    code: str = ""  #: of what a person may let pass
    reason: str = ""  #: with which it was let pass


@dataclass(frozen=True, slots=True)
class Box:
    """What is said of a field: its name, its id in the page, its notes, and how the texts in it will look."""

    name: str
    id: str
    notes: tuple[Note, ...]
    panels: tuple[Panel, ...] = ()
    count: int = 0

    @property
    def is_wrong(self) -> bool:
        """Whether an error is among the notes."""
        return any(note.level == Level.ERROR for note in self.notes)


@dataclass(frozen=True, slots=True)
class PreviewDue:
    """When a channel's delivery goes out."""

    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a page says about a text while it is written."""

    boxes: Mapping[str, Box]
    dues: tuple[PreviewDue, ...]
    errors: int
    warnings: int

    def box(self, name: str) -> Box:
        """What is said of a field."""
        return self.boxes[name]


def seen(found: Preview, fields: Fields, config: Config, *, no_channel: bool) -> Seen:
    """A preview, for a page. Without a channel, nothing of it would go out, so nothing is shown."""
    planned = () if no_channel else found.plan.planned
    notes = _notes(found, fields, no_channel=no_channel)
    panels = _panels(planned, config)
    names = [*sorted(_BOXES), *_texts(), *_of_pictures(fields.pictures)]
    boxes = {
        name: Box(
            name, id_of(name), notes.get(name, ()), panels.get(name, ()), _count(fields, name)
        )
        for name in names
    }
    flat = [note for box in boxes.values() for note in box.notes]
    return Seen(
        boxes,
        tuple(
            PreviewDue(channel_name(one.channel.name, config), one.due.at)
            for one in planned
            if one.due
        ),
        sum(note.level == Level.ERROR for note in flat),
        sum(note.level == Level.WARNING for note in flat),
    )


def id_of(name: str) -> str:
    """A field's name as part of ids in the page."""
    return name.replace(".", "-") or "post"


def pieces(text: str, network: str) -> tuple[Piece, ...]:
    """A text as its network shows it: links and hashtags coloured, links shortened where it shortens them."""
    found: list[Piece] = []
    at = 0
    for start, end, shown in _linked(text, network):
        if start >= at:
            found += [Piece(text[at:start])] if start > at else []
            found.append(Piece(shown, linked=True))
            at = end
    return (*found, Piece(text[at:])) if at < len(text) else tuple(found)


def _texts() -> Iterator[str]:
    yield from (f"{language}.{form}" for form in FORMS for language in LANGUAGES)


def _of_pictures(pictures: Sequence[PictureFields]) -> Iterator[str]:
    for number in range(len(pictures)):
        yield f"pictures.{number}"
        yield from (f"pictures.{number}.alt.{language}" for language in LANGUAGES)


def _count(fields: Fields, name: str) -> int:
    match = re.fullmatch(r"pictures\.(\d+)\.alt\.(\w+)", name)
    return len(fields.pictures[int(match[1])].alts.get(match[2], "").strip()) if match else 0


def _notes(found: Preview, fields: Fields, *, no_channel: bool) -> dict[str, tuple[Note, ...]]:
    notes: dict[str, list[Note]] = {}
    for name, findings in found.by_field().items():
        notes.setdefault(_box(name), []).extend(
            _note(one, name, fields) for one in sorted(findings, key=_weight)
        )
    if no_channel:
        notes["channels"] = [Note(Level.ERROR, _("Choose at least one channel."), "")]
    return {name: tuple(dict.fromkeys(those)) for name, those in notes.items()}


def _box(name: str) -> str:
    """Where the notes of a field stand: what has no place of its own is said of the whole post."""
    first = name.split(".", maxsplit=1)[0]
    if first in {"consent", "link"}:
        return first
    known = name in _BOXES or re.fullmatch(
        r"(en|fr)\.(short|long)|pictures\.\d+(\.alt\.(en|fr))?", name
    )
    return name if known else ""


def _note(finding: Finding, name: str, fields: Fields) -> Note:
    """The finding; pictures are called by their number, since nobody knows the names of the kept files."""
    fix, message = finding.fix, finding.message
    for number, picture in enumerate(fields.pictures, 1):
        message = (
            message.replace(picture.file, str(number)) if NAME.fullmatch(picture.file) else message
        )
    may_pass = finding.level != Level.INFO and may_be_accepted(finding.code)
    return Note(
        finding.level,
        message,
        json.dumps([name, fix.find, fix.replace]) if fix else "",
        finding.code if may_pass else "",
        finding.accepted,
    )


def _weight(finding: Finding) -> int:
    return _WEIGHT[finding.level]


def _panels(planned: Iterable[Planned], config: Config) -> dict[str, tuple[Panel, ...]]:
    panels: dict[str, tuple[Panel, ...]] = {}
    for one in planned:
        name = f"{one.channel.language}.{one.form or FORMS[0]}"
        panels[name] = (*panels.get(name, ()), _panel(one, config))
    return panels


def _panel(one: Planned, config: Config) -> Panel:
    network, texts = one.channel.network, parts(one.text)
    name = channel_name(one.channel.name, config)
    pictures = [
        _shown(picture.file.name, picture.alts.get(one.channel.language, ""))
        for picture in one.post.pictures
    ]
    cost = cost_of(network, texts, len(pictures), config.prices) if one.text else 0.0
    return Panel(
        channel=name,
        initial=config.site.name[:1].upper(),
        network=network,
        due=one.due.at if one.due else None,
        parts=tuple(_part(text, network) for text in texts),
        pictures=tuple(picture for picture in pictures if picture),
        length=one.length,
        limit=one.limit,
        nearly=int(one.limit * NEARLY),
        cost=dollars(cost) if cost else "",
        links=tuple(dict.fromkeys(link.url for text in texts for link in find_links(text))),
        says_when=look_of(network).says_when,
    )


def _part(text: str, network: str) -> PreviewPart:
    most = look_of(network).fold
    fold = len(text) if most is None else _fold(text, most)
    return PreviewPart(
        pieces(text[:fold].rstrip(), network), pieces(text[fold:].lstrip("\n"), network)
    )


def _fold(text: str, most: int) -> int:
    """Where a text is folded: between words, after so many characters."""
    if len(text) <= most:
        return len(text)
    blank = text.rfind(" ", 0, most)
    return blank if blank > 0 else most


def _shown(file: str, alt: str) -> PreviewPicture | None:
    return PreviewPicture(file.split(".", maxsplit=1)[0], alt) if NAME.fullmatch(file) else None


def _linked(text: str, network: str) -> list[tuple[int, int, str]]:
    """What a network colours, in order: where it begins and ends, and how it is shown."""
    links = [(link.start, link.end, link.shown) for link in look_of(network).links(text)]
    tags = [(match.start(), match.end(), match[0]) for match in _TAG.finditer(text)]
    return sorted([*links, *tags])
