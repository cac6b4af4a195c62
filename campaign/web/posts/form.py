"""The form of a post: what was typed, as fields, and the fields as the form shows them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from campaign.content.post import FORMS, LANGUAGES
from campaign.content.source import ConsentFields, Fields, PictureFields

NO_CHANNEL = ("",)
"""None of the channels was chosen; nothing at all would mean every channel."""
MOST_PICTURES = 10
"""Of a form; what a network takes is told among the findings."""
_ACCEPTED, _LONGEST_CODE = "accepted.", 50
_AT_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})?\s*(\d{2}:\d{2})?")
_ON_DAY = re.compile(r"([A-Za-z][\w-]*)(?:\s+([+-])(\S{0,20})d)?(?:\s+(\d{2}:\d{2}))?")
_TEXT = re.compile(r"(en|fr)\.(short|long)")
_ALT = re.compile(r"pictures\.(\d)\.alt\.(en|fr)")


@dataclass(frozen=True, slots=True)
class When:
    """A post's `when` as the controls of the form show it."""

    mode: str  #: "time", "day" or "slot"
    date: str = ""
    time: str = ""
    day: str = ""
    days: str = "0"
    side: str = "after"


def plain(text: object) -> str:
    """One line of words, without signs that nobody sees and no database keeps."""
    return " ".join(
        "".join(sign for sign in str(text) if sign.isprintable() or sign.isspace()).split()
    )


def read_form(data: QueryDict) -> Fields:
    """What was typed, unchanged; nothing that was sent is taken on trust later."""
    return Fields(
        kind=_one(data, "kind"),
        template=_one(data, "template"),
        channels=tuple(map(str, data.getlist("channels"))) or NO_CHANNEL,
        when=_when(data),
        grace=_one(data, "grace"),
        facts=tuple(map(str, data.getlist("facts"))),
        action=_one(data, "action"),
        day=_one(data, "day"),
        links={
            language: link for language in LANGUAGES if (link := _one(data, f"link.{language}"))
        },
        numbered="numbered" in data,
        example="example" in data,
        consent=_consent(data),
        pictures=_pictures(data),
        texts={
            language: {form: _one(data, f"{language}.{form}") for form in FORMS}
            for language in LANGUAGES
        },
        accepted=_accepted(data),
    )


def show_when(written: str) -> When:
    """The controls for what was written, also for half of it."""
    text = written.strip()
    if text == "next-slot":
        return When("slot")
    if match := _AT_TIME.fullmatch(text):
        return When("time", match[1] or "", match[2] or "")
    if match := _ON_DAY.fullmatch(text):
        side = "before" if match[2] == "-" else "after"
        return When("day", time=match[4] or "", day=match[1], days=match[3] or "0", side=side)
    return When("time")


def changed(fields: Fields, name: str, change: Callable[[str], str]) -> Fields:
    """The fields with one of their texts ("en.short", "pictures.0.alt.en") changed; the same when there is no such."""
    if match := _TEXT.fullmatch(name):
        return fields.with_text(match[1], match[2], change(fields.text(match[1], match[2])))
    match = _ALT.fullmatch(name)
    if match and int(match[1]) < len(fields.pictures):
        pictures, index = list(fields.pictures), int(match[1])
        alts = pictures[index].alts
        pictures[index] = replace(
            pictures[index], alts={**alts, match[2]: change(alts.get(match[2], ""))}
        )
        return replace(fields, pictures=tuple(pictures))
    return fields


def moved(pictures: tuple[PictureFields, ...], index: int, do: str) -> tuple[PictureFields, ...]:
    """The pictures with one of them taken out ("remove") or put before the one in front of it ("up")."""
    those = list(pictures)
    if do == "remove" and index < len(those):
        del those[index]
    elif do == "up" and 0 < index < len(those):
        those[index - 1], those[index] = those[index], those[index - 1]
    return tuple(those)


def _one(data: Mapping[str, object], name: str) -> str:
    return str(data.get(name, "")).replace("\r\n", "\n")


def _when(data: QueryDict) -> str:
    mode, time = _one(data, "when_mode"), _one(data, "when_time")
    if mode == "slot":
        return "next-slot"
    if mode == "day":
        number = _one(data, "when_days").strip().lstrip("+-") or "0"
        sign = "-" if _one(data, "when_side") == "before" else "+"
        move = "" if number.strip("0") == "" else f" {sign}{number}d"
        return f"{_one(data, 'when_day')}{move} {_one(data, 'when_day_time')}".strip()
    return f"{_one(data, 'when_date')} {time}".strip()


def _consent(data: QueryDict) -> ConsentFields | None:
    consent = ConsentFields(
        _one(data, "consent.storyteller"),
        _one(data, "consent.given_on"),
        _one(data, "consent.until"),
        tuple(map(str, data.getlist("consent.channels"))),
    )
    return None if consent == ConsentFields() else consent


def _accepted(data: QueryDict) -> dict[str, str]:
    """What passes, with the reason; without one, the finding counts again."""
    reasons = {
        name.removeprefix(_ACCEPTED): plain(data[name])
        for name in data
        if name.startswith(_ACCEPTED)
    }
    return {
        code: reason for code, reason in reasons.items() if reason and len(code) <= _LONGEST_CODE
    }


def _pictures(data: QueryDict) -> tuple[PictureFields, ...]:
    found = []
    for number in range(MOST_PICTURES):
        if file := _one(data, f"pictures.{number}.file"):
            alts = {
                language: _one(data, f"pictures.{number}.alt.{language}") for language in LANGUAGES
            }
            found.append(PictureFields(file, alts))
    return tuple(found)
