"""What a network answered, read without trust."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.publishers.answer import (
    LONGEST_WAIT,
    QUOTED_CHARACTERS,
    Answer,
    bounded,
    identifier,
    moment,
    parsed,
    quoted,
    text,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@given(st.binary())
def test_any_bytes_are_json_or_nothing(body: bytes) -> None:
    parsed(body)


def test_json_nested_too_deep_is_nothing() -> None:
    assert parsed(b"[" * 200_000) is None


@given(st.text(), st.text(min_size=1))
def test_a_secret_is_never_quoted(said: str, secret: str) -> None:
    assert "hidden-key-7" not in quoted(f"{said}hidden-key-7{secret}", ["hidden-key-7"])


@given(st.text())
def test_what_is_quoted_is_one_short_line_without_markup(said: str) -> None:
    found = quoted(said, [])
    assert len(found) <= QUOTED_CHARACTERS + 2
    assert "<" not in found
    assert found == "no reason given" or len(found.splitlines()) == 1


def test_the_words_of_a_network_stand_in_quotation_marks() -> None:
    assert quoted("Too <b>long</b>.\n", []) == "“Too long .”"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Sun, 22 Nov 2026 11:00:00 GMT", datetime(2026, 11, 22, 11, 0, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 11:00:00", NOW),
        ("yesterday", NOW),
        ("", NOW),
    ],
)
def test_the_time_of_an_answer_is_the_networks_own_where_it_says(
    date: str, expected: datetime
) -> None:
    assert Answer(429, {"Date": date}, None).time(NOW) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("12", 12), (" 7 ", 7), ("-1", None), ("1.5", None), ("", None), ("9" * 40, None)],
)
def test_a_header_is_a_whole_number_or_nothing(written: str, expected: int | None) -> None:
    assert Answer(200, {"remaining": written}, None).number("remaining") == expected


def test_a_wait_that_is_over_or_absurd_is_none() -> None:
    assert bounded(timedelta(minutes=5)) == timedelta(minutes=5)
    assert bounded(timedelta(0)) is None
    assert bounded(LONGEST_WAIT + timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    ("value", "expected"), [("a", "a"), (5, "5"), (True, ""), (None, ""), ([], ""), (1.5, "")]
)
def test_an_id_is_a_text_or_a_whole_number(value: object, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize("value", ["1 2", "a\0b", "\ud83d", "1" * 201, "", None, "1\n"])
def test_an_id_that_could_not_be_kept_is_none(value: object) -> None:
    assert identifier(value) == ""


def test_the_words_of_a_network_can_be_kept_whatever_they_hold() -> None:
    assert quoted("Half a sign: \ud83d, and\0none.", []) == "“Half a sign: , and none.”"


def test_a_body_that_is_no_object_has_no_fields() -> None:
    assert Answer(200, {}, ["a"]).fields == {}


@pytest.mark.parametrize(
    "value",
    ["2019-05-17T16:24:04+0000", "2019-05-17T16:24:04.000Z", "2019-05-17T18:24:04+02:00"],
)
def test_a_moment_is_read_in_the_forms_of_either_network(value: str) -> None:
    assert moment(value) == datetime(2019, 5, 17, 16, 24, 4, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, "", "soon", "2019-05-17T16:24:04", 1558110244, {}])
def test_what_is_no_moment_is_none(value: object) -> None:
    assert moment(value) is None
