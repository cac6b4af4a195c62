"""A part of a picture lies inside of it, has its shape, and is where it was wanted."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from campaign.authoring.composing.cutting import SIDES, Cut, Shape, box_of, cut_out
from campaign.content.pictures import BadPicture

numbers = st.integers(-50, 200)


@given(
    st.integers(1, 2048),
    st.integers(1, 2048),
    st.builds(Cut, st.sampled_from(Shape), numbers, numbers, numbers),
)
def test_a_part_is_inside_and_has_its_shape(width, height, wanted):
    left, top, right, bottom = box_of(width, height, wanted)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    wide, high = SIDES[wanted.shape]
    # A pixel more or less: there are no halves of them.
    assert abs((right - left) * high - (bottom - top) * wide) <= wide + high


@pytest.mark.parametrize("shape", Shape)
def test_the_largest_part_touches_two_sides_and_goes_to_the_ends(shape):
    first = box_of(1000, 700, Cut(shape, across=0, down=0))
    last = box_of(1000, 700, Cut(shape, across=100, down=100))
    assert first[:2] == (0, 0)
    assert last[2:] == (1000, 700)
    assert first[2] == 1000 or first[3] == 700


def test_the_pixels_of_the_part_are_those_of_the_whole():
    whole = Image.new("RGB", (200, 100), "white")
    whole.paste("red", (100, 0, 200, 100))
    kept = io.BytesIO()
    whole.save(kept, "PNG")
    part = cut_out(kept.getvalue(), Cut(Shape.SQUARE, across=100))
    with Image.open(io.BytesIO(part)) as image:
        assert image.size == (100, 100)
        assert image.getcolors() == [(10_000, (255, 0, 0))]


def test_a_file_that_is_damaged_is_told_of():
    with pytest.raises(BadPicture, match="add it again"):
        cut_out(b"\xff\xd8\xff no", Cut(Shape.WIDE))
