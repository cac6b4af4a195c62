"""Consents that end are told ahead: on the page of today, and while a story is written."""

from datetime import date, timedelta

import pytest

from campaign.config import Channel, Config
from campaign.listings import today as overview
from campaign.planning.people import consent_ends
from campaign.states import Status
from campaign.stories.withdrawal import ALL, Via, withdraw
from tests.deliveries import NOON, TORONTO, consent, delivery, person, post, story
from tests.folders import make_folder

pytestmark = pytest.mark.django_db
TODAY = date(2027, 10, 13)


def told(days, name="story-1", status=Status.QUEUED, **values):
    of = person()
    consent(
        of,
        until=TODAY + timedelta(days=days),
        given_on=date(2026, 1, 1),
        start=date(2026, 1, 1),
    )
    delivery(name, of=story(of, name, **values), status=status)
    return of


@pytest.mark.parametrize(
    ("days", "within"),
    [(61, None), (60, 60), (30, 30), (29, 30), (7, 7), (0, 7), (-1, 0), (-400, 0)],
)
def test_the_record_of_a_consent_is_told_to_end(days, within):
    told(days)
    found = [(one.within, one.is_over) for one in overview.ending_consents(TODAY)]
    assert found == ([] if within is None else [(within, days < 0)])


def test_what_the_file_narrows_ends_first():
    told(50, consent_until=TODAY + timedelta(days=5))
    assert [one.until for one in overview.ending_consents(TODAY)] == [TODAY + timedelta(days=5)]


def test_what_is_no_longer_told_or_taken_back_is_not_told_to_end():
    told(5, "a", Status.CANCELLED)
    of = told(5, "b", Status.PUBLISHED)
    delivery("c", of=post("c"))
    assert [one.post.name for one in overview.ending_consents(TODAY)] == ["b"]
    withdraw(of, ALL, Via.LINK, "", NOON)
    assert overview.ending_consents(TODAY) == []


@pytest.mark.parametrize(
    ("days", "said"),
    [(90, ""), (30, "within 30 days"), (2, "before this post goes out on 2027-10-18")],
)
def test_whoever_writes_a_story_is_told_that_the_consent_ends(tmp_path, days, said):
    told(days)
    folder = make_folder(tmp_path)
    folder.template("{{ text }}", "story")
    head = 'kind = "story"\nwhen = "2027-10-18 09:00"\n[consent]\nstoryteller = "S-0001"\n'
    folder.post(head=head)
    config = Config(channels={"x-en": Channel("x-en", "twitter", "en")})
    found = list(consent_ends(folder.plan(NOON, config).planned, NOON, TORONTO))
    assert [finding.code for finding in found] == (["consent-ends"] if said else [])
    assert all(said in finding.message for finding in found)
