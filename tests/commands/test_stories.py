"""withdraw, hold, release and erase on the command line."""

from datetime import date, timedelta

import pytest

from campaign.core.problem import Problem
from campaign.database import sweeping
from campaign.models import Delivery
from campaign.models.stories import Leftover, Storyteller, Withdrawal
from campaign.states import Status
from campaign.stories import storyteller
from tests.deliveries import NOON, consent, good_story, person, status_of


@pytest.fixture(autouse=True)
def _unswept(monkeypatch):
    """These tests are transactions, in which no database can be written anew."""
    monkeypatch.setattr(sweeping, "sweep", lambda: None)


@pytest.fixture
def told(stage):
    stage.now = NOON
    of = person()
    consent(of)
    return good_story(of=of)


def test_a_story_is_taken_back_and_told_again_when_it_is_run_again(stage, told):
    said = stage.run("withdraw", "S-0001").well()
    assert "S-0001 has taken back everything" in said.out
    assert "at once: 1 delivery." in said.out
    assert "tell them yourself" in said.out
    assert status_of(told) == Status.WITHDRAWN
    again = stage.run("withdraw", "s-1").well().out
    assert "at once: 1 delivery." in again
    assert "tell them yourself" not in again
    assert Withdrawal.objects.get().received_by == "command line"


def test_what_cannot_be_deleted_is_told_with_its_address_and_a_deadline(stage, told):
    stage.configure(dry_run=True)
    Delivery.objects.update(
        status=Status.PUBLISHED, url="https://x.com/7", remote_id="7", part_ids="7"
    )
    said = stage.run("withdraw", "S-0001")
    assert said.status == 1
    assert "delete it by hand, until 2027-10-15 12:00: https://x.com/7" in said.err


@pytest.mark.parametrize(
    ("part", "scope"), [(["--channel", "x-en"], "channel:x-en"), (["--pictures"], "pictures")]
)
def test_a_part_alone_can_be_taken_back(stage, told, part, scope):
    assert (
        stage.run("withdraw", "S-0001", *part, "--json").well().out.count(f'"scope": "{scope}"')
        == 1
    )
    assert (status_of(told) == Status.WITHDRAWN) == (scope == "channel:x-en")


def test_the_name_alone_can_be_taken_back(stage, told):
    assert "the name" in stage.run("withdraw", "S-0001", "--name").well().out
    assert status_of(told) == Status.WITHDRAWN


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["withdraw", "S-0099"], 1),
        (["withdraw", "S-0001", "--by", "nobody"], 1),
        (["withdraw", "S-0001", "--channel", "no"], 1),
        (["withdraw", "S-0001", "--pictures", "--name"], 2),
        (["withdraw"], 2),
        (["hold", "S-0001"], 2),
        (["hold", "S-0001", "--reason", "tired"], 2),
        (["release", "S-0001"], 1),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    stage, told, arguments, status
):
    said = stage.run(*arguments)
    assert said.status == status
    assert status_of(told) == Status.QUEUED


def test_a_hold_and_its_end(stage, told):
    stage.people()
    assert "on hold" in stage.run("hold", "S-0001", "--reason", "ill", "--by", "bob").well().out
    assert Storyteller.objects.get().held_by == "bob"
    assert stage.run("release", "S-0001", "--by", "vera").status == 1
    assert "waits for a decision, 1 delivery" in stage.run("release", "S-0001").well().out
    assert status_of(told) == Status.MISSED


def test_erasing_is_shown_first_then_done(stage, told):
    stage.run("withdraw", "S-0001")
    assert "nothing is erased" in stage.run("erase").well().out
    stage.now = NOON + timedelta(days=731)
    shown = stage.run("erase", "--dry-run").well().out
    assert "S-0001 would be erased (since 2027-10-13, 1 post)" in shown
    assert storyteller.name_of(Storyteller.objects.get()) == "Zoé Ferragamo"
    assert "S-0001 is erased" in stage.run("erase").well().out
    assert storyteller.name_of(Storyteller.objects.get()) == ""
    assert stage.run("withdraw", "S-0001").status == 1


def test_who_never_agreed_is_erased_too(stage):
    storyteller.make("Ana", "514 555-0199", "en", "anna", NOON)
    stage.now = NOON + timedelta(days=731)
    assert f"since {date(2027, 10, 13)}" in stage.run("erase", "--dry-run").well().out


def test_a_person_who_asks_for_it_is_erased_at_once(stage, told):
    stage.people()
    shown = stage.run("erase", "s-1", "--dry-run").well().out
    assert "S-0001 would be erased (1 post)" in shown
    assert "may not erase" in stage.run("erase", "S-0001", "--by", "bob").err
    assert "may not erase" in stage.run("erase", "S-0001", "--by", "vera").err
    assert stage.run("erase", "S-0099").status == 1
    assert storyteller.name_of(Storyteller.objects.get()) == "Zoé Ferragamo"
    assert "S-0001 is erased (1 post" in stage.run("erase", "S-0001", "--by", "ana").well().out
    assert storyteller.name_of(Storyteller.objects.get()) == ""
    assert status_of(told) == Status.WITHDRAWN
    assert "erased already" in stage.run("erase", "S-0001").err


def test_what_could_not_be_deleted_is_told_and_tried_again_by_the_next_run(
    stage, told, monkeypatch
):
    def busy():
        raise Problem(sweeping.IN_USE)

    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "sweep", busy)
        said = stage.run("erase", "S-0001")
    assert said.status == 1
    assert "Still there: traces in the database. The database is in use" in said.err
    assert "tried again" in said.out
    assert "nothing is erased" in stage.run("erase").well().out
    assert not Leftover.objects.exists()


def test_all_whose_time_is_over_are_erased_with_one_sweep_of_the_database(stage, monkeypatch):
    swept = []
    monkeypatch.setattr(sweeping, "sweep", lambda: swept.append(True))
    for name in ("Ana", "Bea", "Cleo"):
        storyteller.make(name, "514 555-0199", "en", "anna", NOON)
    stage.now = NOON + timedelta(days=731)
    assert "S-0003 is erased" in stage.run("erase").well().out
    assert (len(swept), Leftover.objects.count()) == (1, 0)
