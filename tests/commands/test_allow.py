"""`allow`: a second person lets out what waits on a day of remembrance."""

import json
from datetime import UTC, datetime

import pytest

from campaign.models import Delivery
from campaign.models.remembrance import QuietDay
from tests.filled import REMEMBRANCE
from tests.folders import CALENDAR, CAMPAIGN
from tests.stage import Stage

pytestmark = pytest.mark.django_db
ON_THE_DAY = 'when = "2027-11-11 09:00"'
FOR_IT = 'when = "remembrance-day 09:30"'


def outcomes(stage: Stage) -> dict[str, str]:
    """What comes of each post in a rehearsal."""
    rows = json.loads(stage.run("rehearse", "--json").out)["timeline"]
    return {str(row["post"]): str(row["outcome"]) for row in rows}


def test_it_waits_until_a_second_person_says_so(stage: Stage) -> None:
    stage.folder.write("posts/calendar.toml", CALENDAR + REMEMBRANCE)
    longer = CAMPAIGN.replace("mbc-day +18d", "mbc-day +40d")
    stage.folder.write("posts/know/campaign.toml", longer)
    stage.post("for-it", FOR_IT, on=["x-en"])
    stage.post("help", 'when = "2027-11-11 20:30"\nhelp = true', on=["x-en"])
    stage.queued("one", on=["x-en"], head=ON_THE_DAY)
    assert outcomes(stage) == {"know/one": "missed", "know/for-it": "out", "know/help": "out"}
    said = stage.run("rehearse").out
    assert "2027-11-11 is a day of remembrance: it waits until a second person" in said
    assert "This is wrong: 1 delivery does not go out as meant" in said
    assert "quiet hours" not in said
    number = Delivery.objects.get(post__name="one").pk
    why = ("--reason", "It says where to find help.")
    assert "Name who says so with --by" in stage.run("allow", number, *why).err
    assert "somebody else has to say" in stage.run("allow", number, *why, "--by", "bob").err
    said = stage.run("allow", number, *why, "--by", "ana").well().out
    assert "is let out on its day of remembrance." in said
    assert outcomes(stage)["know/one"] == "out"
    assert "It may go out on 2027-11-11: It says where to find help." in stage.run("log").out


def test_a_day_that_is_added_to_the_calendar_counts_for_what_is_queued(stage: Stage) -> None:
    """Without a load: the program that publishes reads the calendar."""
    stage.queued("one", on=["x-en"])
    vigil = REMEMBRANCE.replace("fixed 11-11", "manual").replace(
        "quiet = true", "dates = [2027-09-01]\nquiet = true"
    )
    stage.folder.write("posts/calendar.toml", CALENDAR + vigil)
    stage.now = datetime(2027, 9, 1, 13, 30, tzinfo=UTC)
    stage.run("run", "--once")
    assert Delivery.objects.get().status == "queued"
    assert [row.dates for row in QuietDay.objects.all()] == ["2027-09-01"]
    stage.folder.write("posts/calendar.toml", "[[day]\n")
    stage.run("run", "--once")
    assert Delivery.objects.get().status == "queued"
