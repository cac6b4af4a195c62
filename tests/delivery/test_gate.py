"""The gate fails closed, and says every reason in a sentence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.consent.rule import (
    Ask,
    Change,
    Detail,
    Edits,
    KnownConsent,
    Narrowed,
    beyond,
    hold,
    objections,
    unsaid,
)
from campaign.content.post import Purpose
from campaign.delivery.gate import STATUS_AFTER, Candidate, Ground, KnownFact, reasons_against
from tests.deliveries import NOON, TORONTO

GOOD = Candidate(
    channel="x-en",
    is_story=False,
    is_example=False,
    consent=None,
    fingerprint="h",
    approved_fingerprint="h",
    latest_at=NOON + timedelta(hours=1),
    facts={"f": KnownFact("ok", date(2027, 10, 13))},
    language="en",
)
CONSENT = KnownConsent(
    reference="S-0042",
    is_known=True,
    number=3,
    channels=("x-en",),
    languages=("en",),
    start=date(2027, 1, 1),
    until=date(2027, 12, 31),
    purposes=("awareness",),
    word="yes",
    change="same",
)
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
        ({"facts": {"f": KnownFact("do_not_use", date(2030, 1, 1))}}, Ground.FACT),
        ({"facts": {"f": KnownFact("ok", date(2027, 10, 12))}}, Ground.FACT),
        (
            {"facts": {"f": KnownFact("ok", date(2030, 1, 1), waits_for_eyes=True)}},
            Ground.FACT,
        ),
        ({"is_story": True}, Ground.CONSENT),
        ({"locked_picture": True}, Ground.CONSENT),
        *(
            ({"is_story": True, "consent": replace(CONSENT, **change)}, ground)
            for change, ground in (
                ({"reference": ""}, Ground.CONSENT),
                ({"is_known": False}, Ground.CONSENT),
                ({"is_withdrawn": True}, Ground.CONSENT),
                ({"is_erased": True}, Ground.CONSENT),
                ({"number": 0}, Ground.CONSENT),
                ({"is_ended": True}, Ground.CONSENT),
                ({"start": None}, Ground.CONSENT),
                ({"until": None}, Ground.CONSENT),
                ({"start": date(2027, 10, 14)}, Ground.CONSENT),
                ({"until": date(2027, 10, 12)}, Ground.CONSENT),
                ({"channels": ("facebook-en",)}, Ground.CONSENT),
                ({"languages": ("fr",)}, Ground.CONSENT),
                ({"narrowed": Narrowed(start=date(2027, 10, 14))}, Ground.CONSENT),
                ({"narrowed": Narrowed(until=date(2027, 10, 12))}, Ground.CONSENT),
                ({"narrowed": Narrowed(channels=("facebook-en",))}, Ground.CONSENT),
                ({"is_held": True}, Ground.HELD),
                ({"word": ""}, Ground.WORD),
                ({"word": "no"}, Ground.WORD),
                ({"word": "remark"}, Ground.WORD),
            )
        ),
    ],
)
def test_each_ground_keeps_a_post_back(change, ground):
    assert grounds(replace(GOOD, **change)) == [ground]


def test_all_reasons_are_told_and_each_is_a_sentence():
    bad = replace(
        STORY,
        consent=None,
        facts={"f": None},
        latest_at=NOON - timedelta(days=1),
        pauses=["why"],
    )
    reasons = reasons_against(bad, NOON, TORONTO)
    assert [reason.ground for reason in reasons] == [
        Ground.PAUSED,
        Ground.LATE,
        Ground.CONSENT,
        Ground.FACT,
    ]
    assert all(reason.sentence[0].isupper() for reason in reasons)


def test_a_day_is_a_day_of_the_organization_not_of_greenwich():
    last = replace(
        STORY,
        consent=replace(CONSENT, until=date(2027, 10, 13)),
        facts={},
        latest_at=NOON + timedelta(days=1),
    )
    assert grounds(last, NOON + timedelta(hours=11, minutes=59)) == []
    assert grounds(last, NOON + timedelta(hours=12)) == [Ground.CONSENT]


def test_pictures_need_a_consent_of_their_own():
    with_pictures = replace(STORY, has_pictures=True)
    assert grounds(with_pictures) == [Ground.CONSENT]
    assert grounds(replace(with_pictures, consent=replace(CONSENT, pictures=True))) == []


def test_all_that_a_consent_does_not_cover_is_told_at_once():
    ask = Ask("x-fr", "fr", date(2028, 1, 1), has_pictures=True)
    said = objections(
        replace(CONSENT, is_ended=True, narrowed=Narrowed(channels=("x-en",))), ask
    )
    assert len(said) == len(set(said)) == 6
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in said)


def test_a_hold_keeps_a_delivery_where_it_is_and_a_missing_word_makes_it_a_draft():
    assert Ground.HELD not in STATUS_AFTER
    assert (STATUS_AFTER[Ground.WORD], STATUS_AFTER[Ground.CONSENT]) == ("draft", "withdrawn")
    assert STATUS_AFTER[Ground.BEYOND] == "draft"


@pytest.mark.parametrize(
    ("change", "ground"),
    [
        ({"purposes": ("fundraising",)}, Ground.BEYOND),
        ({"told": ("stage",)}, Ground.BEYOND),
        ({"consent": replace(CONSENT, change="rewritten")}, Ground.WORD),
        ({"consent": replace(CONSENT, change="")}, Ground.WORD),
    ],
)
def test_a_story_that_goes_further_than_its_person_allows_is_kept_back(change, ground):
    assert grounds(replace(STORY, **change)) == [ground]
    reason = reasons_against(replace(STORY, **change), NOON, TORONTO)[0]
    assert "stage IV" not in reason.sentence


NAMES = st.sets(st.sampled_from(["x-en", "x-fr", "page-en"])).map(tuple)
LANGUAGES = st.sets(st.sampled_from(["en", "fr"])).map(tuple)
DAYS = st.dates(date(2027, 10, 10), date(2027, 10, 16))
MAYBE = st.none() | DAYS
PURPOSES = st.sets(st.sampled_from(list(map(str, Purpose)))).map(tuple)
DETAILS = st.sets(st.sampled_from(list(map(str, Detail)))).map(tuple)
LITTLE = {
    "none": {"same", "untold"},
    "light": {"same", "untold", "light"},
    "free_with_approval": set(map(str, Change)),
}
"""What each answer to "What may we change in your words?" lets be changed without being shown."""
CONSENTS = st.builds(
    KnownConsent,
    reference=st.sampled_from(["", "S-1"]),
    is_known=st.booleans(),
    is_held=st.booleans(),
    is_withdrawn=st.booleans(),
    is_erased=st.booleans(),
    number=st.integers(0, 2),
    is_ended=st.booleans(),
    channels=NAMES,
    languages=LANGUAGES,
    start=MAYBE,
    until=MAYBE,
    pictures=st.booleans(),
    purposes=PURPOSES,
    details=DETAILS,
    edits=st.sampled_from([*Edits, "", "whatever"]),
    word=st.sampled_from(["", "yes", "no", "remark"]),
    change=st.sampled_from([*Change, "something new"]),
    saw_change=st.booleans(),
    narrowed=st.builds(Narrowed, MAYBE, MAYBE, NAMES),
)
GOOD_CONSENTS = st.builds(
    KnownConsent,
    reference=st.just("S-1"),
    is_known=st.just(True),
    number=st.just(1),
    channels=st.just(("x-en", "x-fr", "page-en")),
    languages=st.just(("en", "fr")),
    start=st.just(date(2027, 10, 10)),
    until=st.just(date(2027, 10, 16)),
    pictures=st.booleans(),
    purposes=PURPOSES,
    details=DETAILS,
    edits=st.sampled_from(list(Edits)),
    word=st.just("yes"),
    change=st.sampled_from(list(Change)),
    saw_change=st.booleans(),
)
ASKS = st.builds(
    Ask,
    st.sampled_from(["x-en", "x-fr", "page-en"]),
    st.sampled_from(["en", "fr"]),
    DAYS,
    has_pictures=st.booleans(),
    purposes=PURPOSES,
    told=DETAILS,
)


def allows(consent: KnownConsent, ask: Ask) -> bool:
    """The rule once more, in one breath."""
    narrowed = consent.narrowed
    return (
        bool(consent.reference)
        and consent.is_known
        and not (
            consent.is_held or consent.is_withdrawn or consent.is_erased or consent.is_ended
        )
        and consent.number > 0
        and consent.start is not None
        and consent.until is not None
        and consent.start <= ask.day <= consent.until
        and (narrowed.start or date.min) <= ask.day <= (narrowed.until or date.max)
        and ask.channel in consent.channels
        and ask.channel in (narrowed.channels or (ask.channel,))
        and ask.language in consent.languages
        and (consent.pictures or not ask.has_pictures)
        and set(ask.purposes) <= set(consent.purposes)
        and set(ask.told) <= set(consent.details)
        and consent.word == "yes"
        and (consent.saw_change or consent.change in LITTLE.get(consent.edits, set()))
    )


@given(CONSENTS | GOOD_CONSENTS, ASKS)
def test_a_story_goes_out_when_its_person_allows_all_of_it_and_never_otherwise(consent, ask):
    against = [
        *hold(consent),
        *objections(consent, ask),
        *beyond(consent, ask),
        *unsaid(consent),
    ]
    assert (against == []) == allows(consent, ask)
    noon = NOON.replace(day=ask.day.day)
    candidate = replace(
        STORY,
        channel=ask.channel,
        language=ask.language,
        has_pictures=ask.has_pictures,
        purposes=ask.purposes,
        told=ask.told,
        consent=consent,
        facts={},
        latest_at=noon + timedelta(hours=1),
    )
    assert (grounds(candidate, noon) == []) == allows(consent, ask)
