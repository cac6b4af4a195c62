"""The form of a post: what was typed, as fields, and the fields as the form shows them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from campaign.authoring.composing.cutting import Cut, Shape
from campaign.content.fields import ConsentFields, Fields, PictureFields
from campaign.content.post import FORMS, LANGUAGES
from campaign.core.typed import visible

NO_CHANNEL = ("",)
"""None of the channels was chosen; an empty tuple would mean every channel."""
MOST_PICTURES = 10
"""Of a form; a network that takes fewer is a finding."""
JOINER = "\u200d"
_ACCEPTED = "accepted."
"""What the names of the fields with reasons begin with; the code of a finding follows."""
_LONGEST_CODE = 50
"""Characters; no finding has a longer code."""
_AT_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})?\s*(\d{2}:\d{2})?")
_ON_DAY = re.compile(r"([A-Za-z][\w-]*)(?:\s+([+-])(\S{0,20})d)?(?:\s+(\d{2}:\d{2}))?")


@dataclass(frozen=True, slots=True)
class When:
    """A post's `when` as the controls of the form show it."""

    mode: str  #: "time", "day" or "slot"
    date: str = ""
    time: str = ""
    day: str = ""
    days: str = "0"
    side: str = "before"


def plain(text: object) -> str:
    """The text as one line of words, without signs of format that nobody sees; only what joins an emoji stays."""
    kept = [
        character
        for character in visible(str(text))
        if character.isprintable() or character.isspace() or character == JOINER
    ]
    return " ".join("".join(kept).split())


def read_form(data: QueryDict) -> Fields:
    """What was typed, unchanged; nothing that was sent is taken on trust later."""
    return Fields(
        kind=_typed(data, "kind"),
        template=_typed(data, "template"),
        channels=tuple(map(str, data.getlist("channels"))) or NO_CHANNEL,
        when=_when(data),
        grace=_typed(data, "grace"),
        facts=tuple(map(str, data.getlist("facts"))),
        action=_typed(data, "action"),
        day=_typed(data, "day"),
        links=_links(data),
        link_to=_typed(data, "link.to"),
        not_on=tuple(map(str, data.getlist("link.not_on"))),
        hashtags="without_hashtags" not in data,
        numbered="numbered" in data,
        example="example" in data,
        help="help" in data,
        consent=_consent(data),
        pictures=_pictures(data),
        texts=_texts(data),
        accepted=_accepted(data),
    )


def show_when(written: str) -> When:
    """The controls for a written `when`, also for half of one."""
    text = written.strip()
    if text == "next-slot":
        return When("slot")
    if match := _AT_TIME.fullmatch(text):
        date, time = match.groups(default="")
        return When("time", date, time)
    if match := _ON_DAY.fullmatch(text):
        day, sign, days, time = match.groups(default="")
        side = "after" if sign == "+" else "before"
        return When("day", time=time, day=day, days=days or "0", side=side)
    return When("time")


def moved(
    pictures: tuple[PictureFields, ...], index: int, do: str
) -> tuple[PictureFields, ...]:
    """The pictures with one of them taken out ("remove") or put before the one in front of it ("up")."""
    ordered = list(pictures)
    if do == "remove" and index < len(ordered):
        del ordered[index]
    elif do == "up" and 0 < index < len(ordered):
        picture = ordered.pop(index)
        ordered.insert(index - 1, picture)
    return tuple(ordered)


def read_cut(data: QueryDict, number: int) -> Cut:
    """Which part of a picture is wanted; the largest square of its middle, for whatever cannot be read."""
    name = f"crop.{number}"
    shape = _typed(data, f"{name}.shape")
    return Cut(
        shape=Shape(shape) if shape in set(Shape) else Shape.SQUARE,
        across=_hundredth(data, f"{name}.across", 50),
        down=_hundredth(data, f"{name}.down", 50),
        size=_hundredth(data, f"{name}.size", 100),
    )


def _hundredth(data: QueryDict, name: str, otherwise: int) -> int:
    written = _typed(data, name)
    is_number = written.isascii() and written.isdecimal()
    return min(int(written[:4]), 100) if is_number else otherwise


def _typed(data: Mapping[str, object], name: str) -> str:
    return str(data.get(name, "")).replace("\r\n", "\n")


def _when(data: QueryDict) -> str:
    mode = _typed(data, "when_mode")
    if mode == "slot":
        return "next-slot"
    if mode == "day":
        return _when_by_day(data)
    date, time = _typed(data, "when_date"), _typed(data, "when_time")
    return f"{date} {time}".strip()


def _when_by_day(data: QueryDict) -> str:
    """Such as "cancer-day -3d 09:00"; on the day itself, no number stands there."""
    day, time = _typed(data, "when_day"), _typed(data, "when_day_time")
    number = _typed(data, "when_days").strip().lstrip("+-") or "0"
    move = ""
    if number.strip("0"):
        sign = "-" if _typed(data, "when_side") == "before" else "+"
        move = f" {sign}{number}d"
    return f"{day}{move} {time}".strip()


def _links(data: QueryDict) -> dict[str, str]:
    links = {language: _typed(data, f"link.{language}") for language in LANGUAGES}
    return {language: link for language, link in links.items() if link}


def _texts(data: QueryDict) -> dict[str, dict[str, str]]:
    texts = {}
    for language in LANGUAGES:
        texts[language] = {form: _typed(data, f"{language}.{form}") for form in FORMS}
    return texts


def _consent(data: QueryDict) -> ConsentFields | None:
    consent = ConsentFields(
        _typed(data, "consent.storyteller"),
        _typed(data, "consent.given_on"),
        _typed(data, "consent.until"),
        tuple(map(str, data.getlist("consent.channels"))),
        _typed(data, "consent.purpose"),
    )
    return None if consent == ConsentFields() else consent


def _accepted(data: QueryDict) -> dict[str, str]:
    """The codes of findings that are let pass, with the reason; without one, the finding counts again."""
    accepted = {}
    for name in data:
        if not name.startswith(_ACCEPTED):
            continue
        code, reason = name.removeprefix(_ACCEPTED), plain(data[name])
        if reason and len(code) <= _LONGEST_CODE:
            accepted[code] = reason
    return accepted


def _pictures(data: QueryDict) -> tuple[PictureFields, ...]:
    pictures = []
    for number in range(MOST_PICTURES):
        name = f"pictures.{number}"
        if file := _typed(data, f"{name}.file"):
            alts = {language: _typed(data, f"{name}.alt.{language}") for language in LANGUAGES}
            pictures.append(PictureFields(file, alts))
    return tuple(pictures)
