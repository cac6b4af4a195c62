from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.span import BadSpan, parse_span, say_span


@pytest.mark.parametrize(
    ("text", "span", "said"),
    [
        ("90s", timedelta(seconds=90), "1 minute and 30 seconds"),
        ("1m", timedelta(minutes=1), "1 minute"),
        ("6h", timedelta(hours=6), "6 hours"),
        ("2d", timedelta(days=2), "2 days"),
        ("1h30m", timedelta(minutes=90), "1 hour and 30 minutes"),
        (
            "1d2h3m4s",
            timedelta(days=1, hours=2, minutes=3, seconds=4),
            "1 day, 2 hours, 3 minutes and 4 seconds",
        ),
        ("0s", timedelta(0), "0 seconds"),
        (" 48h ", timedelta(days=2), "2 days"),
    ],
)
def test_a_span_is_read_and_said(text: str, span: timedelta, said: str) -> None:
    assert parse_span(text) == span
    assert say_span(span) == said


@pytest.mark.parametrize(
    "text",
    ["", "6", "h", "6 h", "30m1h", "-6h", "1.5h", "6hours", "\u0666h", "999999d", "6h6h"],
)
def test_a_bad_span_is_refused_in_a_sentence_that_shows_a_right_one(text: str) -> None:
    with pytest.raises(BadSpan) as refused:
        parse_span(text)
    assert f'"{text}" is not a span of time' in str(refused.value)
    assert '"1h30m"' in str(refused.value)


def test_a_negative_span_is_said_without_its_sign_and_parts_of_a_second_are_dropped() -> None:
    assert say_span(timedelta(hours=-6)) == "6 hours"
    assert say_span(timedelta(seconds=1.9)) == "1 second"


@given(st.integers(0, 10**9))
def test_what_is_said_adds_up_to_the_span(seconds: int) -> None:
    words = say_span(timedelta(seconds=seconds)).replace(" and ", ", ").split(", ")
    written = "".join(f"{word.split()[0]}{word.split()[1][0]}" for word in words)
    assert parse_span(written) == timedelta(seconds=seconds)


@given(st.text(max_size=12))
def test_any_text_is_a_span_or_refused(text: str) -> None:
    try:
        assert parse_span(text) >= timedelta(0)
    except BadSpan as refused:
        assert str(refused).endswith(".")
