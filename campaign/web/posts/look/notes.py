"""What is wrong with a post while it is written, beside the field that it concerns."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from campaign.authoring.compose import Preview
from campaign.authoring.uploads import NAME
from campaign.checks.catalog import may_be_accepted
from campaign.content.fields import Fields, PictureFields
from campaign.core.finding import Finding, Level
from campaign.core.sentence import Sentence
from campaign.web.posts.look.still_to_write import STILL_TO_WRITE, in_words, is_still_to_write

_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


BOXES = frozenset(
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
class Note:
    """A finding as it is shown beside its field; `fix` is what its button sends (JSON), "" without one."""

    level: str
    message: str
    fix: str
    code: str = ""  #: of what a person may let pass
    reason: str = ""  #: with which it was let pass
    figure: str = ""  #: the number that comes from no fact


def notes_of(
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
    has_box = name in BOXES or _NUMBERED_BOX.fullmatch(name)
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
