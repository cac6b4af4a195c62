"""Many withdrawals that one member notes on a day: on hold at once, carried out after a second look or an hour."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from campaign.commands.frame import chores
from campaign.core.problem import Problem
from campaign.models import ChannelState, Event
from campaign.models.stories import Consent, Storyteller, Takedown, TakingBack, Withdrawal
from campaign.states import Status
from campaign.stories import consent, holding, report, second_look, storyteller
from campaign.stories.consent import After
from campaign.stories.erasing import erasure
from campaign.stories.many import FEW
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import ALL, PICTURES, Via, withdraw
from tests.deliveries import NOON, TORONTO, channel, good_story, terms
from tests.stage import Machine, ended

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told() -> Storyteller:
    """A person with a story that waits for its time."""
    name = f"story-{Storyteller.objects.count() + 1}"
    return storyteller.find(good_story(name, due=NOON + timedelta(days=30)).post.storyteller)


def many(by: str = "vic", via: Via = Via.VOLUNTEER, number: int = FEW) -> None:
    for _ in range(number):
        assert second_look.ask(told(), ALL, via, by, NOON)


def asked(by: str = "vic", via: Via = Via.VOLUNTEER) -> tuple[Storyteller, int]:
    """One that waits for a second look."""
    who = told()
    assert second_look.ask(who, ALL, via, by, NOON) is None
    return who, TakingBack.objects.get(storyteller=who).pk


def queued(who: Storyteller) -> str:
    return str(storyteller.deliveries_of(who).get().status)


def test_a_few_are_taken_back_at_once_and_the_next_is_on_hold_at_once():
    many()
    who, _ = asked()
    assert (who.withdrawn_at, who.hold_reason) == (None, HoldReason.LOOK)
    assert queued(who) == Status.QUEUED
    assert Withdrawal.objects.count() == FEW


def test_of_twelve_in_a_row_three_are_deleted():
    for _ in range(12):
        second_look.ask(told(), ALL, Via.STAFF, "mallory", NOON)
    assert (Withdrawal.objects.count(), len(second_look.waiting())) == (FEW, 12 - FEW)
    assert Storyteller.objects.filter(held_at=None, withdrawn_at=None).count() == 0


@pytest.mark.parametrize("via", [Via.LINK, Via.COMMAND_LINE])
def test_a_person_by_their_link_and_the_command_line_never_wait(via):
    many("", via, FEW + 2)
    assert not TakingBack.objects.exists()


def wishing() -> Storyteller:
    """A person whose story is out, and who wished that it is taken down when they die or are too ill."""
    who = told()
    wish = {"if_died": After.REMOVE, "if_ill": After.REMOVE}
    Consent.objects.filter(storyteller=who).update(**wish)
    storyteller.deliveries_of(who).update(status=Status.PUBLISHED, remote_id="7")
    return who


@pytest.mark.parametrize("reason", [HoldReason.DIED, HoldReason.ILL])
def test_who_says_that_somebody_has_died_or_is_ill_has_nothing_deleted_alone(reason):
    for _ in range(8):
        holding.hold(wishing(), reason, "mallory", NOON)
    assert (Withdrawal.objects.count(), len(second_look.waiting())) == (0, 8)
    assert not Takedown.objects.exists()
    assert Storyteller.objects.filter(held_at=None).count() == 0


def test_a_withdrawal_and_that_somebody_has_died_count_together():
    for _ in range(FEW - 1):
        holding.hold(wishing(), HoldReason.DIED, "vic", NOON)
    assert second_look.ask(told(), ALL, Via.STAFF, "vic", NOON)
    assert second_look.ask(told(), ALL, Via.STAFF, "vic", NOON) is None
    holding.hold(who := wishing(), HoldReason.DIED, "vic", NOON)
    assert who.withdrawn_at is None


def test_that_somebody_has_died_waits_for_somebody_else_or_an_hour():
    right, wrong, late = wishing(), wishing(), wishing()
    for who in (right, wrong, late):
        holding.hold(who, HoldReason.DIED, "vic", NOON)
    numbers = dict(TakingBack.objects.values_list("storyteller", "pk"))
    assert second_look.confirm(numbers[right.pk], "maria", NOON).via == Via.WISH
    second_look.dismiss(numbers[wrong.pk], "maria", NOON)
    assert [made.storyteller for made in second_look.work_off(NOON + HOUR)] == [late]
    for who, is_gone in ((right, True), (wrong, False), (late, True)):
        who.refresh_from_db()
        assert (bool(who.withdrawn_at), who.hold_reason) == (is_gone, HoldReason.DIED)


def test_who_said_that_somebody_has_died_cannot_confirm_it_alone():
    holding.hold(who := wishing(), HoldReason.DIED, "vic", NOON)
    with pytest.raises(Problem, match="somebody else has to look"):
        second_look.confirm(TakingBack.objects.get().pk, "vic", NOON)
    who.refresh_from_db()
    assert who.withdrawn_at is None


def test_nobody_writes_to_who_has_died_that_they_asked_for_it(settings):
    settings.EMAIL_HOST = "mail.example.org"
    holding.hold(wishing(), HoldReason.DIED, "vic", NOON)
    made = second_look.confirm(TakingBack.objects.get().pk, "maria", NOON)
    assert made.via == report.BY_WISH
    assert not report.send_receipt(made, TORONTO)


def test_after_a_mistake_everything_goes_on_once_it_is_released():
    holding.hold(who := wishing(), HoldReason.DIED, "vic", NOON)
    with pytest.raises(Problem, match="look at that first"):
        holding.release(who, "maria", NOON)
    second_look.dismiss(TakingBack.objects.get().pk, "maria", NOON)
    holding.release(who, "maria", NOON)
    assert (who.held_at, who.withdrawn_at, second_look.work_off(NOON + 2 * HOUR)) == (
        None,
        None,
        [],
    )
    assert not Takedown.objects.exists()


def test_a_yes_that_is_newer_than_their_death_waits_for_a_person(tmp_path):
    holding.hold(who := wishing(), HoldReason.DIED, "vic", NOON)
    consent.give(who, terms(), "anna", NOON + HOUR / 2)
    assert second_look.work_off(NOON + 2 * HOUR) == []
    erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON + 2 * HOUR)
    before = Withdrawal.objects.count()  # to be erased is to take it back
    second_look.work_off(NOON + 3 * HOUR)
    assert (Withdrawal.objects.count(), second_look.waiting()) == (before, [])


def test_the_command_line_does_not_wait_when_somebody_has_died():
    for _ in range(FEW + 1):
        holding.hold(wishing(), HoldReason.DIED, "command line", NOON)
    assert Withdrawal.objects.count() == FEW + 1


def test_who_noted_a_few_keeps_nobody_else_waiting_and_is_free_the_next_day():
    many()
    assert second_look.ask(told(), ALL, Via.VOLUNTEER, "vera", NOON)
    assert second_look.ask(told(), ALL, Via.VOLUNTEER, "vic", NOON + timedelta(days=1, hours=1))


def test_a_second_person_has_it_carried_out_and_the_first_cannot():
    many()
    who, number = asked()
    with pytest.raises(Problem, match="You noted it yourself"):
        second_look.confirm(number, "vic", NOON)
    with pytest.raises(Problem, match="You noted it yourself"):
        second_look.dismiss(number, "vic", NOON)
    made = second_look.confirm(number, "maria", NOON)
    who.refresh_from_db()
    assert (made.received_by, who.withdrawn_at, who.held_at) == ("vic", NOON, None)
    assert queued(who) == Status.WITHDRAWN
    with pytest.raises(Problem, match="decided already"):
        second_look.confirm(number, "maria", NOON)


def test_a_mistake_goes_on_as_planned():
    many()
    who, number = asked()
    second_look.dismiss(number, "maria", NOON)
    who.refresh_from_db()
    assert (who.withdrawn_at, who.held_at) == (None, None)
    assert queued(who) == Status.QUEUED
    assert second_look.work_off(NOON + 2 * HOUR) == []
    assert Event.objects.filter(actor="maria", action="taking back was a mistake").exists()


def test_after_an_hour_it_is_carried_out_by_itself_once():
    many()
    who, _ = asked()
    assert second_look.work_off(NOON + HOUR - timedelta(seconds=1)) == []
    [made] = second_look.work_off(NOON + HOUR)
    assert made.storyteller == who
    assert queued(who) == Status.WITHDRAWN
    assert second_look.work_off(NOON + HOUR) == []


def test_a_yes_that_is_newer_than_what_was_noted_stands_until_a_person_has_looked():
    many()
    who, number = asked()
    given = consent.give(who, terms(), "anna", NOON + HOUR / 2)
    assert second_look.work_off(NOON + 2 * HOUR) == []
    who.refresh_from_db()
    assert (who.withdrawn_at, who.hold_reason) == (None, HoldReason.LOOK)
    second_look.dismiss(number, "maria", NOON + 2 * HOUR)
    who.refresh_from_db()
    assert (who.withdrawn_at, who.held_at, consent.current(who)) == (None, None, given)


def test_a_part_that_its_person_takes_back_meanwhile_is_no_newer_yes():
    many()
    who, _ = asked()
    withdraw(who, PICTURES, Via.LINK, "", NOON + HOUR / 2)
    [made] = second_look.work_off(NOON + HOUR)
    assert (made.storyteller, made.scope) == (who, ALL)


def test_of_two_parts_that_were_noted_the_first_does_not_keep_the_second_from_being_taken_back():
    many()
    who = told()
    for scope in (PICTURES, ALL):
        assert second_look.ask(who, scope, Via.VOLUNTEER, "vic", NOON) is None
    assert [made.scope for made in second_look.work_off(NOON + HOUR)] == [PICTURES, ALL]
    assert queued(who) == Status.WITHDRAWN


def test_by_a_clock_that_a_network_calls_wrong_no_hour_is_over(settings):
    settings.CONFIG = replace(settings.CONFIG, channels={"x-en": channel()})
    many()
    who, _ = asked()
    here = ChannelState.objects.create(name="x-en", clock_ahead=7_200)
    # What was told of a channel that is in no configuration any more counts no longer.
    ChannelState.objects.create(name="gone", clock_ahead=7_200)
    assert second_look.work_off(NOON + HOUR) == []
    assert queued(who) == Status.QUEUED
    ChannelState.objects.filter(pk=here.pk).update(clock_ahead=0)
    assert len(second_look.work_off(NOON + HOUR)) == 1


def test_the_chores_carry_it_out():
    many()
    who, _ = asked()
    chores.tidy(NOON + HOUR)
    assert queued(who) == Status.WITHDRAWN


def test_what_is_out_is_deleted_only_then():
    many()
    who = told()
    live = storyteller.deliveries_of(who).get()
    storyteller.deliveries_of(who).update(status=Status.PUBLISHED, remote_id="7")
    second_look.ask(who, ALL, Via.STAFF, "vic", NOON)
    assert not Takedown.objects.filter(delivery=live).exists()
    second_look.work_off(NOON + HOUR)
    assert Takedown.objects.filter(delivery=live, gone_at=None).count() == 1


def test_asked_twice_it_waits_once_and_another_part_waits_too():
    many()
    who, _ = asked()
    assert second_look.ask(who, ALL, Via.VOLUNTEER, "vic", NOON) is None
    assert second_look.ask(who, PICTURES, Via.VOLUNTEER, "vic", NOON) is None
    assert TakingBack.objects.count() == 2
    [first, second] = second_look.waiting()
    second_look.dismiss(second.pk, "maria", NOON)
    who.refresh_from_db()
    assert who.held_at, "the other still waits"
    second_look.dismiss(first.pk, "maria", NOON)
    who.refresh_from_db()
    assert who.held_at is None


def test_the_persons_own_link_does_not_wait_for_the_look():
    many()
    who, _ = asked()
    withdraw(who, ALL, Via.LINK, "", NOON)
    assert queued(who) == Status.WITHDRAWN
    [made] = second_look.work_off(NOON + HOUR)
    assert made.via == Via.LINK
    who.refresh_from_db()
    assert who.held_at is None


def test_nobody_releases_it_before_it_is_looked_at():
    many()
    who, _ = asked()
    with pytest.raises(Problem, match="look at that first"):
        holding.release(who, "maria", NOON)


def test_a_hold_for_another_reason_stays():
    many()
    who = told()
    holding.hold(who, HoldReason.ILL, "maria", NOON)
    second_look.ask(who, ALL, Via.VOLUNTEER, "vic", NOON)
    second_look.dismiss(TakingBack.objects.get().pk, "maria", NOON)
    who.refresh_from_db()
    assert who.hold_reason == HoldReason.ILL


def test_a_hold_for_another_reason_may_come_while_it_waits_and_stays():
    many()
    who, number = asked()
    holding.hold(who, HoldReason.ILL, "maria", NOON)
    second_look.dismiss(number, "maria", NOON)
    who.refresh_from_db()
    assert who.hold_reason == HoldReason.ILL


def test_what_cannot_be_taken_back_is_refused_as_ever():
    many()
    with pytest.raises(Problem, match="Say what is taken back"):
        second_look.ask(told(), "everything", Via.STAFF, "vic", NOON)
    assert not TakingBack.objects.exists()


MAKES = """
from campaign.cli import main
main(["queue"])
from datetime import UTC, datetime
from campaign.stories import aside, second_look, storyteller
from campaign.stories.withdrawal import ALL, Via
now = datetime(2027, 10, 13, 16, tzinfo=UTC)
for _ in range(second_look.FEW + 1):
    who = storyteller.make("Zoe", "514 555-0199", "en", "anna", now)
    storyteller.came_in(who, who.reference, is_aside=True)
    if second_look.ask(who, ALL, Via.STAFF, "mallory", now):
        print("TAKEN BACK")
"""


def test_two_processes_share_the_withdrawals_of_a_member_and_the_stories_apart(
    machine: Machine,
) -> None:
    machine.people()
    makes = MAKES.replace("second_look.FEW", str(FEW))
    programs = [machine.start("queue", preamble=makes) for _ in range(2)]
    said = [ended(program).well().out for program in programs]
    assert "".join(said).count("TAKEN BACK") == FEW
    counts = makes.partition("for _")[0] + f"aside.MANY = aside.MOST = {2 * FEW + 2}\n"
    counts += "print('FULL', aside.is_full(), aside.has_many(), aside.waiting())"
    counted = ended(machine.start("queue", preamble=counts)).well().out
    assert f"FULL True True {2 * FEW + 2}" in counted


@pytest.mark.django_db(transaction=True)
def test_of_two_who_carry_it_out_at_once_one_does():
    many()
    asked()

    def works(_: int) -> int:
        try:
            return len(second_look.work_off(NOON + HOUR))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(works, range(4))) == 1
