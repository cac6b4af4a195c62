"""The next free slot, when it is far away."""

from datetime import UTC, datetime, timedelta

import pytest

from campaign.config import Channel, Config
from campaign.core.problem import Problem
from campaign.planning.far_slots import FarSlot, far_slot, need_yes
from campaign.planning.times import Known
from tests.deliveries import TORONTO, delivery
from tests.folders import Folder, make_folder

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 9, 1, 12, tzinfo=UTC)
"""A month before the campaign of the folder begins."""
X, FACEBOOK = "x-en", "fb-en"
CONFIG = Config(
    channels={
        X: Channel(X, "twitter", "en", slots=("daily 09:00", "daily 15:00")),
        FACEBOOK: Channel(FACEBOOK, "facebook", "en", slots=("fri 10:00",)),
    }
)
QUIET = """
[[day]]
id = "quiet-day"
rule = "fixed 09-02"
name.en = "Quiet day"
name.fr = "Jour de silence"
quiet = true
"""


@pytest.fixture
def folder(tmp_path) -> Folder:
    made = make_folder(tmp_path)
    made.post(head='when = "next-slot"')
    return made


def far(folder: Folder, now: datetime = NOW, config: Config = CONFIG) -> FarSlot | None:
    planned = folder.plan(now, config).planned
    return far_slot(planned, folder.library().days, now, TORONTO)


def local(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=TORONTO).astimezone(UTC)


def test_a_slot_after_the_first_day_of_a_later_campaign_is_asked_about(folder):
    asked = far(folder)
    assert asked and asked.at == local(2027, 10, 1, 9)
    assert asked.is_everywhere and asked.channels == (X, FACEBOOK)


def test_the_first_free_time_of_each_of_the_next_days_is_offered(folder):
    delivery("a", X, due=local(2027, 9, 1, 9))
    delivery("b", X, due=local(2027, 9, 3, 9))
    asked = far(folder)
    assert asked and asked.free == (
        local(2027, 9, 1, 15),
        local(2027, 9, 2, 9),
        local(2027, 9, 3, 10),  # Facebook's own
        local(2027, 9, 4, 9),
    )


def test_nothing_is_offered_on_a_day_of_remembrance(folder):
    calendar = folder.root / "posts/calendar.toml"
    folder.write("posts/calendar.toml", calendar.read_text("utf-8") + QUIET)
    asked = far(folder)
    assert asked and local(2027, 9, 2, 9) not in asked.free


def test_a_slot_soon_or_a_time_of_its_own_is_not_asked_about(folder):
    assert far(folder, local(2027, 9, 30, 12)) is None
    folder.post(head='when = "mbc-day 09:00"')
    assert far(folder) is None


def test_where_only_some_channels_wait_long_these_are_named(folder):
    first, now = local(2027, 10, 1, 10), local(2027, 9, 30, 12)
    fridays = [first + timedelta(weeks=weeks) for weeks in range(3)]
    known = Known(taken={FACEBOOK: frozenset(fridays)})
    planned = folder.plan(now, CONFIG, known).planned
    asked = far_slot(planned, folder.library().days, now, TORONTO)
    assert asked and asked.channels == (FACEBOOK,) and not asked.is_everywhere


def test_only_a_yes_to_this_very_slot_lets_a_post_wait_so_long(folder):
    asked = far(folder)
    assert asked
    for yes in ("", "yes", (asked.at + timedelta(days=1)).isoformat()):
        with pytest.raises(Problem, match="October 1, 2027"):
            need_yes(asked, yes, TORONTO)
    need_yes(asked, asked.yes, TORONTO)
    need_yes(None, "", TORONTO)
