"""The gate fails closed, and says every reason in a sentence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.delivery.gate import Candidate, Consent, Ground, reasons_against
from tests.deliveries import NOON, TORONTO

GOOD = Candidate(
    channel="x-en",
    is_story=False,
    is_example=False,
    consent=None,
    fingerprint="h",
    approved_fingerprint="h",
    latest_at=NOON + timedelta(hours=1),
    facts={"f": ("ok", date(2027, 10, 13))},
)
CONSENT = Consent(date(2027, 1, 1), date(2027, 12, 31), ("x-en",))
STORY = replace(GOOD, is_story=True, consent=CONSENT)


def grounds(candidate, now=NOON):
    return [reason.ground for reason in reasons_against(candidate, now, TORONTO)]


def test_an_approved_post_in_time_goes_out():
    assert grounds(GOOD) == []
    assert grounds(STORY) == []


@pytest.mark.parametrize(
    ("change", "ground"),
    [
        ({"pauses": ["a death in the team"]}, Ground.PAUSED),
        ({"latest_at": NOON - timedelta(seconds=1)}, Ground.LATE),
        ({"approved_fingerprint": ""}, Ground.CHANGED),
        ({"fingerprint": "other"}, Ground.CHANGED),
        ({"is_example": True}, Ground.EXAMPLE),
        ({"facts": {"f": None}}, Ground.FACT),
        ({"facts": {"f": ("do_not_use", date(2030, 1, 1))}}, Ground.FACT),
        ({"facts": {"f": ("ok", date(2027, 10, 12))}}, Ground.FACT),
        ({"is_story": True}, Ground.CONSENT),
        ({"is_story": True, "consent": replace(CONSENT, start=None)}, Ground.CONSENT),
        ({"is_story": True, "consent": replace(CONSENT, until=None)}, Ground.CONSENT),
        ({"is_story": True, "consent": replace(CONSENT, start=date(2027, 10, 14))}, Ground.CONSENT),
        ({"is_story": True, "consent": replace(CONSENT, until=date(2027, 10, 12))}, Ground.CONSENT),
        ({"is_story": True, "consent": replace(CONSENT, channels=("facebook-en",))}, Ground.CONSENT),
    ],
)
def test_each_ground_keeps_a_post_back(change, ground):
    assert grounds(replace(GOOD, **change)) == [ground]


def test_all_reasons_are_told_and_each_is_a_sentence():
    bad = replace(STORY, consent=None, facts={"f": None}, latest_at=NOON - timedelta(days=1), pauses=["why"])
    reasons = reasons_against(bad, NOON, TORONTO)
    assert [reason.ground for reason in reasons] == [Ground.PAUSED, Ground.LATE, Ground.CONSENT, Ground.FACT]
    assert all(reason.sentence[0].isupper() for reason in reasons)


def test_a_day_is_a_day_of_the_organization_not_of_greenwich():
    last = replace(
        STORY, consent=replace(CONSENT, until=date(2027, 10, 13)), facts={}, latest_at=NOON + timedelta(days=1)
    )
    assert grounds(last, NOON + timedelta(hours=11, minutes=59)) == []
    assert grounds(last, NOON + timedelta(hours=12)) == [Ground.CONSENT]


@given(st.dates(), st.dates(), st.booleans(), st.sampled_from(["ok", "caution", "do_not_use", "?"]), st.dates())
def test_a_story_never_goes_out_without_a_consent_that_covers_the_day_and_the_channel(
    start, until, covers, status, review
):
    consent = Consent(start, until, ("x-en",) if covers else ())
    story = replace(STORY, consent=consent, facts={"f": (status, review)})
    today = date(2027, 10, 13)
    if grounds(story) == []:
        assert start <= today <= until
        assert covers
        assert status != "do_not_use"
        assert review >= today
