"""The register of incidents: written by admins alone, a version at a time, and nothing in it goes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from campaign.care import incidents
from campaign.care.incidents import Entry
from campaign.core.problem import Problem
from campaign.models import Event
from campaign.models.care import Incident
from campaign.people.roles import Role, add_user
from tests.deliveries import NOON

pytestmark = pytest.mark.django_db
TODAY = date(2027, 10, 13)
LOST = Entry(
    found_on=date(2027, 10, 12),
    happened="in the night of October 11",
    what="A backup of S-0042 was on a lost drive.",
    data="Sealed names and contacts.",
    people="about 12",
    is_serious=False,
    why="The key is kept elsewhere.",
    done="The drive was wiped from afar.",
)


@pytest.fixture
def ada() -> User:
    return add_user("ada", Role.ADMIN)[0]


def recorded(by: User, entry: Entry = LOST, **of: int) -> Incident:
    return incidents.record(entry, by, TODAY, NOON, **of)


def test_an_incident_is_written_down_and_the_log_says_that_alone(ada: User) -> None:
    made = recorded(ada)
    assert (made.number, made.version, made.by, made.at) == (1, 1, "ada", NOON)
    assert incidents.entry_of(made) == LOST
    event = Event.objects.get(action="incident recorded")
    assert str(event.reason) == "Incident 1, version 1."
    assert recorded(ada).number == 2


def test_what_is_known_later_is_the_next_version_and_the_first_stays(ada: User) -> None:
    first = recorded(ada)
    wiped = replace(LOST, closed_on=TODAY)
    assert recorded(ada, wiped, number=1, based_on=1).version == 2
    first.refresh_from_db()
    assert incidents.entry_of(first) == LOST
    [latest] = incidents.latest()
    assert latest.closed_on == TODAY
    assert [row.version for row in incidents.versions(1)] == [2, 1]


def test_the_same_once_more_is_no_version(ada: User) -> None:
    recorded(ada)
    assert recorded(ada, number=1, based_on=1).version == 1
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(("number", "based_on"), [(1, 0), (1, 2), (7, 0), (7, 1)])
def test_who_wrote_about_an_older_version_reads_it_first(
    ada: User, number: int, based_on: int
) -> None:
    recorded(ada)
    with pytest.raises(Problem, match="meanwhile"):
        recorded(ada, replace(LOST, people="13"), number=number, based_on=based_on)
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("role", [Role.STAFF, Role.VOLUNTEER])
def test_nobody_else_writes_in_it(role: Role) -> None:
    with pytest.raises(Problem, match="takes the role admin"):
        recorded(add_user("bob", role)[0])


@pytest.mark.parametrize("name", incidents.NEEDED)
def test_what_the_register_needs_is_asked_for(ada: User, name: str) -> None:
    empty: dict[str, Any] = {name: " \u200b"}
    with pytest.raises(Problem, match="Fill in every field"):
        recorded(ada, replace(LOST, **empty))


@pytest.mark.parametrize(
    "text",
    [
        "Zoé, zoe@example.org, was told.",
        "Call 514 555-0199.",
        "Call (514) 555-0199.",
        "+1-514-555-0199",
        "5145550199",
    ],
)
def test_it_names_nobody(ada: User, text: str) -> None:
    with pytest.raises(Problem, match="names nobody"):
        recorded(ada, replace(LOST, what=text))


@pytest.mark.parametrize(
    "text", ["On 2027-10-13 12:00 to 2027-10-14 13:00.", "S-0042 and S-0043", "12,000 records"]
)
def test_days_and_references_and_numbers_may_stand_in_it(ada: User, text: str) -> None:
    assert recorded(ada, replace(LOST, what=text)).what == text


@pytest.mark.parametrize("name", ["found_on", "cai_on", "opc_on", "people_on", "closed_on"])
def test_no_day_is_still_to_come(ada: User, name: str) -> None:
    tomorrow: dict[str, Any] = {name: TODAY + timedelta(days=1)}
    with pytest.raises(Problem, match="still to come"):
        recorded(ada, replace(LOST, **tomorrow))


def test_nobody_was_told_before_it_was_known(ada: User) -> None:
    with pytest.raises(Problem, match="before the one"):
        recorded(ada, replace(LOST, cai_on=LOST.found_on - timedelta(days=1)))


@pytest.mark.parametrize(
    ("told", "is_told"),
    [
        ({}, False),
        ({"cai_on": TODAY}, False),
        ({"people_on": TODAY}, False),
        ({"cai_on": TODAY, "people_on": TODAY}, True),
        ({"opc_on": TODAY, "people_on": TODAY}, True),
        ({"cai_on": TODAY, "notice": "In the paper: no contacts are left."}, True),
    ],
)
def test_with_a_risk_of_serious_injury_it_stays_open_until_people_are_told(
    ada: User, told: dict[str, Any], is_told: bool
) -> None:
    serious = replace(LOST, is_serious=True, **told)
    assert incidents.is_to_tell(recorded(ada, serious)) is not is_told
    closed = replace(serious, closed_on=TODAY)
    if is_told:
        assert recorded(ada, closed, number=1, based_on=1).closed_on == TODAY
        return
    with pytest.raises(Problem, match="stays open"):
        recorded(ada, closed, number=1, based_on=1)


@given(text=st.text(min_size=1, max_size=80))
def test_what_is_refused_leaves_nothing_and_what_is_kept_names_nobody(text: str) -> None:
    ada, _ = add_user("ada", Role.ADMIN)
    Incident.objects.all().delete()
    try:
        made = recorded(ada, replace(LOST, what=text))
    except Problem:
        assert not Incident.objects.exists()
    else:
        assert "@" not in made.what or "." not in made.what.partition("@")[2]
