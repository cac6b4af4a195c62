"""A part cut out of a picture that is kept already: a shape, as large as it is wanted, where it is wanted."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image

from campaign.content.pictures import BadPicture
from campaign.core.sentence import Sentence

SMALLEST = 20
"""Of a hundred: how large a cut is at the least, beside the largest of its shape. Smaller ones are a blur."""


class Shape(StrEnum):
    """What networks show of a picture without cutting it themselves."""

    WIDE = "wide"
    LINK = "link"
    SQUARE = "square"
    TALL = "tall"


SIDES: Mapping[Shape, tuple[int, int]] = {
    Shape.WIDE: (16, 9),
    Shape.LINK: (191, 100),
    Shape.SQUARE: (1, 1),
    Shape.TALL: (4, 5),
}
"""How wide and how high each is."""
Box = tuple[int, int, int, int]
"""Pixels from the left and from the top at which a part begins, and at which it ends."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a picture. Each number is of a hundred: `across` 0 is at its left and 100 at its right, `down` from its top to
    its bottom, and `size` 100 is the largest of this shape."""

    shape: Shape
    across: int = 50
    down: int = 50
    size: int = 100


def box_of(width: int, height: int, wanted: Cut) -> Box:
    """Where the part is in a picture of this size: wholly inside, and a pixel wide and high at the least."""
    wide, high = SIDES[wanted.shape]
    unit = min(width / wide, height / high)
    scale = unit * _within(wanted.size, SMALLEST) / 100
    part_wide = max(1, min(width, round(wide * scale)))
    part_high = max(1, min(height, round(high * scale)))
    left = round((width - part_wide) * _within(wanted.across, 0) / 100)
    top = round((height - part_high) * _within(wanted.down, 0) / 100)
    return left, top, left + part_wide, top + part_high


def cut_out(kept: bytes, wanted: Cut) -> bytes:
    """The part as a picture without any loss. `kept` is a picture of ours, clean and upright. Raises BadPicture for a file that
    cannot be read any more."""
    try:
        with Image.open(io.BytesIO(kept), formats=("JPEG", "PNG")) as whole:
            box = box_of(*whole.size, wanted)
            part = whole.crop(box)
    except (OSError, ValueError, SyntaxError) as problem:
        says = Sentence("cannot be read any more: add it again.")
        raise BadPicture("picture-broken", says) from problem
    out = io.BytesIO()
    part.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _within(number: int, least: int) -> int:
    return min(100, max(least, number))
