"""How a post will look on each of its channels, and what is wrong with it, field by field."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from campaign.authoring.compose import Preview
from campaign.authoring.uploads import NAME
from campaign.checks.catalog import may_be_accepted
from campaign.checks.reading.urls import find_links
from campaign.config import Config
from campaign.content.fields import Fields, PictureFields
from campaign.content.post import FORMS, LANGUAGES
from campaign.core.finding import Finding, Level
from campaign.core.sentence import Sentence
from campaign.planning.far_slots import FarSlot
from campaign.planning.plan import Planned, finished_of
from campaign.publishers import posts_of
from campaign.rehearsal.result import cost_of
from campaign.web.frame.moments import distance
from campaign.web.frame.names import channel_name
from campaign.web.frame.networks import dollars, look_of
from campaign.web.posts.cards import Cards, LinkCard
from campaign.web.posts.link_costs import LinkOffer, link_offer
from campaign.web.posts.still_to_write import STILL_TO_WRITE, in_words, is_still_to_write

NEARLY = 0.9
"""Of a limit: from here on, the meter warns."""
AT_ONCE = 3
"""Notes of one field; what Word leaves in a text would make a wall of boxes."""
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
_OF_NUMBERS = frozenset({"statistic-without-fact", "number-without-fact"})
_NUMBERED_BOX = re.compile(r"(en|fr)\.(short|long)|pictures\.\d+(\.alt\.(en|fr))?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain, or shown as a link or a hashtag."""

    text: str
    linked: bool = False


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """A part of a thread; the only one, for most posts. `more` is the text below the fold."""

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
    link: str  #: that stands beside the text, as an attachment
    card: LinkCard | None  #: what the network makes of the link
    offer: LinkOffer | None  #: to leave the link out where it costs, or to put it back
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
    """A finding as it is shown beside its field; `fix` is what its button sends (JSON), "" without one."""

    level: str
    message: str
    fix: str
    code: str = ""  #: of what a person may let pass
    reason: str = ""  #: with which it was let pass
    figure: str = ""  #: the number that comes from no fact


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
    notes = _notes(preview, fields, no_channel=no_channel, is_tried=is_tried)
    panels = _panels(planned, config, cards)
    boxes = {}
    for name in (*sorted(_BOXES), *_texts(), *_of_pictures(fields.pictures)):
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


def pieces(text: str, network: str) -> tuple[Piece, ...]:
    """A text as its network shows it: links and hashtags coloured, links shortened where it shortens them."""
    stretches: list[Piece] = []
    at = 0
    for start, end, shown in _linked(text, network):
        if start < at:  # a hashtag within a link
            continue
        if start > at:
            stretches.append(Piece(text[at:start]))
        stretches.append(Piece(shown, linked=True))
        at = end
    if at < len(text):
        stretches.append(Piece(text[at:]))
    return tuple(stretches)


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


def _notes(
    preview: Preview, fields: Fields, *, no_channel: bool, is_tried: bool
) -> dict[str, tuple[Note, ...]]:
    """By box, each note once, errors first."""
    notes: dict[str, list[Note]] = {}
    for name, findings in preview.by_field().items():
        in_box = notes.setdefault(_box(name), [])
        for finding in sorted(findings, key=_weight):
            note = _note(finding, name, fields)
            if is_still_to_write(finding) and not is_tried:
                note = replace(note, level=STILL_TO_WRITE, code="")
            in_box.append(note)
    if no_channel:
        notes["channels"] = [Note(Level.ERROR, _("Choose at least one channel."), "")]
    return {name: tuple(dict.fromkeys(in_box)) for name, in_box in notes.items()}


def _box(name: str) -> str:
    """The name of the box with the notes of a field; "", the box of the whole post, for a field without its own."""
    first = name.split(".", maxsplit=1)[0]
    if first in {"consent", "link"}:
        return first
    has_box = name in _BOXES or _NUMBERED_BOX.fullmatch(name)
    return name if has_box else ""


def _note(finding: Finding, name: str, fields: Fields) -> Note:
    """The finding; pictures are called by their number, since nobody knows the names of the kept files."""
    fix, message = finding.fix, _by_numbers(in_words(finding, fields), fields.pictures)
    may_pass = finding.level != Level.INFO and may_be_accepted(finding.code)
    return Note(
        level=finding.level,
        message=message,
        fix=json.dumps([name, fix.find, fix.replace]) if fix else "",
        code=finding.code if may_pass else "",
        reason=finding.accepted,
        figure=_figure(finding),
    )


def _by_numbers(message: str, pictures: Sequence[PictureFields]) -> str:
    """The same sentence, still in a template and values, so that it is worded in the reader's language."""
    if not isinstance(message, Sentence):
        return message
    numbers: dict[object, int] = {}
    for number, picture in enumerate(pictures, 1):
        if NAME.fullmatch(picture.file):
            numbers.setdefault(picture.file, number)
    values = [numbers.get(value, value) for value in message.values]
    return Sentence(message.template, *values)


def _figure(finding: Finding) -> str:
    """The number of a finding that asks for its fact; "" for any other."""
    message = finding.message
    if finding.code in _OF_NUMBERS and isinstance(message, Sentence) and message.values:
        return str(message.values[0])
    return ""


def _weight(finding: Finding) -> int:
    return _WEIGHT[finding.level]


def _panels(planned: Iterable[Planned], config: Config, cards: Cards) -> dict[str, list[Panel]]:
    """By the name of the field whose text it shows."""
    panels: dict[str, list[Panel]] = {}
    for delivery in planned:
        form = delivery.form or FORMS[0]
        name = f"{delivery.channel.language}.{form}"
        panels.setdefault(name, []).append(_panel(delivery, config, cards))
    return panels


def _panel(delivery: Planned, config: Config, cards: Cards) -> Panel:
    channel, texts = delivery.channel, posts_of(delivery.text, delivery.channel.network)
    network = channel.network
    pictures = [
        _shown(picture.file.name, picture.alts.get(channel.language, ""))
        for picture in delivery.post.pictures
    ]
    cost = cost_of(network, texts, len(pictures), config.prices) if delivery.text else 0.0
    whole = finished_of(delivery).whole
    urls = [link.url for link in find_links(whole)]
    return Panel(
        channel=channel_name(channel.name, config),
        initial=config.site.name[:1].upper(),
        network=network,
        due=delivery.due.at if delivery.due else None,
        parts=tuple(_part(text, network) for text in texts),
        pictures=tuple(picture for picture in pictures if picture),
        length=delivery.length,
        limit=delivery.limit,
        nearly=int(delivery.limit * NEARLY),
        cost=dollars(cost) if cost else "",
        links=tuple(dict.fromkeys(urls)),
        link=delivery.link,
        card=cards.card(
            delivery.text,
            delivery.link,
            has_pictures=bool(delivery.post.pictures),
        ),
        offer=link_offer(delivery, texts, config),
        says_when=look_of(network).says_when,
    )


def _part(text: str, network: str) -> PreviewPart:
    most = look_of(network).fold
    fold = len(text) if most is None else _fold(text, most)
    above = text[:fold].rstrip()
    below = text[fold:].lstrip("\n")
    return PreviewPart(pieces(above, network), pieces(below, network))


def _fold(text: str, most: int) -> int:
    """Where a text is folded: between words, after so many characters."""
    if len(text) <= most:
        return len(text)
    blank = text.rfind(" ", 0, most)
    return blank if blank > 0 else most


def _shown(file: str, alt: str) -> PreviewPicture | None:
    if not NAME.fullmatch(file):
        # A picture of a file in the folder, which the pages do not serve.
        return None
    return PreviewPicture(file.split(".", maxsplit=1)[0], alt)


def _linked(text: str, network: str) -> list[tuple[int, int, str]]:
    """What a network colours, in order: where it begins and ends, and how it is shown."""
    linked = []
    for link in look_of(network).links(text):
        linked.append((link.start, link.end, link.shown))
    for match in _TAG.finditer(text):
        linked.append((match.start(), match.end(), match[0]))
    return sorted(linked)
