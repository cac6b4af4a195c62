"""What time brings about for stories: not after a newer yes, and by a clock that a network calls right."""

from datetime import date, timedelta

import pytest

from campaign.core.problem import Problem
from campaign.database import events, sweeping
from campaign.models import Delivery, Event
from campaign.models.stories import Leftover, Storyteller, Withdrawal
from campaign.states import Status
from campaign.stories import second_look, storyteller
from campaign.stories.consent import After
from campaign.stories.erasing import keeping
from campaign.stories.many import FEW
from campaign.stories.withdrawal import (
    ALL,
    NAME,
    PICTURES,
    Via,
    of_channel,
    take_down,
    withdraw,
)
from tests.deliveries import NOON, TORONTO, consent, good_story, person, status_of
from tests.stories.test_withdrawal import Account

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


def let_stand(tmp_path):
    """Somebody whose record is erased, and what they let stand."""
    who = person()
    consent(who, if_ended=After.KEEP)
    live = good_story(of=who, status=Status.PUBLISHED, remote_id="9", part_ids="9")
    keeping.work_off(tmp_path, AFTER, TORONTO, LATER + AFTER)
    who.refresh_from_db()
    assert (bool(who.erased_at), status_of(live)) == (True, Status.PUBLISHED)
    return who, live


@pytest.mark.parametrize("scope", [ALL, PICTURES, NAME, of_channel("x-en")])
def test_what_somebody_let_stand_is_taken_down_after_their_record_is_erased_too(
    tmp_path, scope
):
    who, live = let_stand(tmp_path)
    account, now = Account(), LATER + AFTER * 2
    made = withdraw(who, scope, Via.COMMAND_LINE, "anna", now)
    assert [takedown.delivery_id for takedown in take_down(made, {"x-en": account}, now)] == []
    assert (account.asked, status_of(live)) == (["9"], Status.REMOVED)
    keeping.work_off(tmp_path, AFTER, TORONTO, now + AFTER)
    assert Event.objects.filter(reason__contains="Ferragamo").count() == 0


def test_once_nothing_of_an_erased_person_stands_there_is_nothing_to_take_back(tmp_path):
    who, live = let_stand(tmp_path)
    Delivery.objects.filter(pk=live.pk).update(status=Status.REMOVED)
    with pytest.raises(Problem, match="nothing of theirs is left"):
        withdraw(who, ALL, Via.COMMAND_LINE, "anna", LATER + AFTER * 2)


def test_one_of_many_that_are_erased_waits_for_a_second_look_and_is_taken_down(tmp_path):
    who, live = let_stand(tmp_path)
    now = LATER + AFTER * 2
    for _ in range(FEW):
        other = person()
        consent(other)
        withdraw(other, ALL, Via.STAFF, "anna", now)
    assert second_look.ask(who, ALL, Via.STAFF, "anna", now) is None
    [made] = second_look.work_off(now + timedelta(hours=1))
    assert [each.delivery_id for each in made.takedowns.all()] == [live.pk]


def test_all_whose_time_is_over_are_erased_with_one_sweep_of_the_database(
    tmp_path, monkeypatch
):
    swept = []
    monkeypatch.setattr(sweeping, "sweep", lambda: swept.append(True))
    for _ in range(3):
        consent(person())
    taken_back = person()
    consent(taken_back)
    withdraw(taken_back, ALL, Via.LINK, "", LATER)
    keeping.work_off(tmp_path, AFTER, TORONTO, LATER + AFTER)
    assert Storyteller.objects.exclude(erased_at=None).count() == 4
    assert Withdrawal.objects.get().emptied_at
    assert (len(swept), Leftover.objects.count()) == (1, 0)
