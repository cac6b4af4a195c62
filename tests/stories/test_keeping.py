"""What time brings about for stories: not after a newer yes, and by a clock that a network calls right."""

from datetime import date, timedelta

import pytest

from campaign.core.problem import Problem
from campaign.database import events
from campaign.states import Status
from campaign.stories import storyteller
from campaign.stories.consent import After
from campaign.stories.erasing import keeping
from tests.deliveries import NOON, TORONTO, consent, good_story, person, status_of

pytestmark = pytest.mark.django_db
AFTER = timedelta(days=30)
LATER = NOON.replace(year=2028)
"""When the consent is over, and the time of keeping, too."""


def ended():
    """A person whose consent is over, who wished that what is out is taken down then; and what is out."""
    who = person()
    consent(who, if_ended=After.REMOVE)
    return who, good_story(of=who, status=Status.PUBLISHED, remote_id="9", part_ids="9")


def test_who_says_yes_again_before_their_wish_is_done_has_not_taken_it_back():
    """`work_off` asks whose consent has ended, and goes through them one by one."""
    ended()
    [who] = keeping.ended_with_a_wish(TORONTO, LATER)
    days = {"given_on": LATER.date(), "start": LATER.date(), "until": date(2029, 1, 1)}
    consent(who, if_ended=After.REMOVE, **days)
    assert not keeping.take_down_ended(who, TORONTO, LATER)
    who.refresh_from_db()
    assert (who.withdrawn_at, who.withdrawals.count()) == (None, 0)


def test_a_networks_word_that_the_clock_is_right_counts_more_than_a_log_that_tells_of_what_is_to_come(
    tmp_path,
):
    """As after a clock that was ahead, and wrote into the log."""
    who, live = ended()
    to_come = LATER + AFTER * 2
    events.note(None, "", "", to_come, actor="a", action="x", reason="")
    with pytest.raises(Problem, match="clock of this machine is wrong"):
        keeping.work_off(tmp_path, AFTER, TORONTO, LATER)
    keeping.work_off(tmp_path, AFTER, TORONTO, LATER, is_sure=True)
    taken = storyteller.find(who.reference)
    assert taken.withdrawn_at == LATER
    assert live.takedowns.count() == 1
    keeping.work_off(tmp_path, AFTER, TORONTO, LATER + AFTER, is_sure=True)
    assert storyteller.find(who.reference).erased_at
    assert status_of(live) == Status.PUBLISHED  # until the network has deleted it
