"""Whose turn it is, in a set of posts that go out again."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaign.decisions.evergreen.turns import Pace, Turn, turns
from tests.deliveries import NOON

DAY = timedelta(days=1)
DAYS = st.integers(-60, 120).map(lambda days: NOON + days * DAY)
SLOTS = st.lists(DAYS, unique=True, max_size=60).map(sorted)
VARIANTS = st.lists(st.integers(1, 6), unique=True, max_size=6)
KNOWN = st.lists(st.builds(Turn, st.integers(1, 6), DAYS), max_size=8)
PACES = st.builds(
    lambda every, more: Pace(every * DAY, (every + more) * DAY),
    st.integers(1, 20),
    st.integers(0, 40),
)


@given(SLOTS, KNOWN, VARIANTS, PACES)
def test_nothing_comes_before_its_rest_is_over_nor_beside_another_of_its_set(
    slots, known, variants, pace
):
    given_out = list(turns(slots, known, variants, pace))
    for number, turn in enumerate(given_out):
        assert turn.variant in variants and turn.at in slots
        for other in (*known, *given_out[:number]):
            apart = abs(turn.at - other.at)
            assert apart >= pace.every
            assert turn.variant != other.variant or apart >= pace.rest


@given(SLOTS, KNOWN, VARIANTS, PACES)
def test_laid_out_once_more_nothing_is_added(slots, known, variants, pace):
    given_out = list(turns(slots, known, variants, pace))
    assert list(turns(slots, [*known, *given_out], variants, pace)) == []


@given(st.integers(1, 6), st.integers(1, 5))
def test_each_of_the_set_has_its_turn_before_one_has_two_more_than_another(number, rounds):
    variants = list(range(number))
    slots = [NOON + day * DAY for day in range(number * rounds)]
    counts = Counter(turn.variant for turn in turns(slots, [], variants, Pace(DAY, DAY)))
    assert counts == dict.fromkeys(variants, rounds)


def test_what_was_never_out_is_first_then_what_is_out_longest_ago():
    known = [Turn(1, NOON - 30 * DAY), Turn(2, NOON - 40 * DAY)]
    slots = [NOON, NOON + DAY, NOON + 2 * DAY]
    given_out = turns(slots, known, [1, 2, 3], Pace(DAY, 14 * DAY))
    assert [turn.variant for turn in given_out] == [3, 2, 1]
