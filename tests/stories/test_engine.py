"""The engine takes down what was taken back: beside its other work, from its pool, though programs are killed."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from campaign.delivery import takedown
from campaign.delivery.engine import Engine
from campaign.models import Delivery
from campaign.models.stories import Storyteller, Takedown
from campaign.publishers.publisher import NotDeleted
from campaign.states import Status
from campaign.stories import holding, report, storyteller
from campaign.stories.withdrawal import ALL, Via, withdraw
from tests.deliveries import (
    NOON,
    FakeClock,
    channel,
    consent,
    delivery,
    good_story,
    person,
    worker,
)
from tests.delivery.test_processes import statuses
from tests.doubles import DoubleServer
from tests.stage import PATIENCE, Machine, ended, minutes_ago, stop, until
from tests.stories.test_withdrawal import Account

in_database = pytest.mark.django_db(transaction=True)
processes = pytest.mark.allow_hosts(["127.0.0.1"])


def work_off(publishers, clock=None):
    names = {name: channel(name) for name in publishers}
    one = Engine(names, publishers, worker(clock or FakeClock()), 4)
    one.work_off()
    assert one.end()


def take_back():
    try:
        withdraw(Storyteller.objects.get(), ALL, Via.LINK, "", NOON)
    finally:
        connection.close()  # it runs in a thread of the pool


@in_database
def test_a_story_taken_back_while_it_is_being_sent_is_gone_in_the_same_run():
    of = person()
    consent(of)
    good_story(on="x-en", of=of)
    good_story(on="x-fr", of=of, due=NOON + timedelta(hours=1))
    account = Account()
    account.on_publish = take_back
    work_off({"x-en": account, "x-fr": Account()})
    assert (account.sent, account.asked) == (["The text of story-1 on x-en."], ["1"])
    assert dict(Delivery.objects.values_list("channel", "status")) == {
        "x-en": "removed",
        "x-fr": "withdrawn",
    }
    assert Takedown.objects.get().gone_at == NOON


@in_database
def test_a_network_that_does_not_delete_holds_nothing_up_and_is_asked_again_later():
    of = person()
    consent(of)
    live = good_story(of=of, status=Status.PUBLISHED, remote_id="9", part_ids="9")
    other, clock = delivery("other"), FakeClock()
    made = withdraw(of, ALL, Via.LINK, "", NOON)
    account = Account(p9=NotDeleted("Busy."))
    work_off({"x-en": account}, clock)
    assert Delivery.objects.get(pk=other.pk).status == Status.PUBLISHED
    assert account.asked == ["9"]
    account.answers.clear()
    clock.advance(seconds=11)
    work_off({"x-en": account}, clock)
    assert Delivery.objects.get(pk=live.pk).status == Status.REMOVED
    assert [copy.took for copy in report.report(made).copies] == [timedelta(seconds=11)]


@in_database
def test_a_channel_that_this_program_has_not_is_left_to_others_then_to_a_person():
    of = person()
    consent(of)
    good_story(of=of, status=Status.PUBLISHED, remote_id="9", part_ids="9")
    withdraw(of, ALL, Via.LINK, "", NOON)
    clock = FakeClock()
    work_off({"page-en": Account()}, clock)
    assert not Takedown.objects.get().by_hand
    clock.advance(seconds=61)
    work_off({"page-en": Account()}, clock)
    assert (Takedown.objects.get().by_hand, Takedown.objects.get().problem) == (
        True,
        takedown.NO_CHANNEL,
    )


@in_database
def test_while_a_person_is_on_hold_the_rest_of_the_channel_goes_on_and_the_run_ends():
    of = person()
    consent(of)
    one, other = good_story(of=of), delivery("other")
    holding.hold(of, storyteller.HoldReason.TIME, "anna", NOON)
    work_off({"x-en": Account()})
    assert [Delivery.objects.get(pk=each.pk).status for each in (one, other)] == [
        "queued",
        "published",
    ]


AGREED = """
from datetime import timedelta
main(["queue"])
from campaign.core.clock import system_clock
from campaign.models import Delivery
from campaign.stories import (consent, final_word, storyteller)
now = system_clock()
day = now.date()
who = storyteller.make("Zoé Ferragamo", "zoe@example.org", "fr", "bob", now)
terms = consent.Terms(
    channels=("x-en", "x-fr", "page-en"), languages=("en", "fr"), identity=consent.Identity.NONE,
    given_on=day - timedelta(2), start=day - timedelta(2), until=day + timedelta(30), collected_by="bob",
    method=consent.Method.PAPER,
)
consent.give(who, terms, "bob", now)
for one in final_word.outgoing(who):
    final_word.answer(who, one.delivery, one.fingerprint, final_word.FinalAnswer.YES, now)
"""
DIES_BEFORE_NOTING = """
main(["queue"])
import os
from datetime import timedelta
from campaign.delivery import takedown
takedown.ASKED_FOR = timedelta(0)
takedown.settle = lambda *rest: os._exit(9)
"""


def told(machine: Machine, networks: DoubleServer) -> None:
    """A story of S-0001, approved with her yes, and due."""
    machine.configure(networks.url)
    machine.folder.template("{{ text }}", "story")
    machine.post(
        "one", f'kind = "story"\n{minutes_ago(1)}\n[consent]\nstoryteller = "S-0001"\n'
    )
    machine.people()
    machine.runs(["load", "--by", "vera"])
    agreeing = machine.start("queue", preamble=f"from campaign.cli import main\n{AGREED}")
    _, err = agreeing.communicate(timeout=PATIENCE)
    assert agreeing.returncode == 0, err
    machine.run("approve", "one", "--by", "bob").well()


@processes
def test_by_the_command_line_everything_is_gone_when_it_returns_and_the_report_proves_it(
    machine: Machine, networks: DoubleServer
) -> None:
    told(machine, networks)
    process = machine.start("run")
    until(lambda: statuses(machine) == {"published": 3})
    said = machine.run("withdraw", "s-1", "--by", "vera").well()
    assert all(post.deleted for post in networks.ledger.posts)
    assert (said.out.count("gone after"), "Ferragamo" in said.everything) == (3, False)
    assert machine.run("withdraw", "S-0001").well().out.count("gone after") == 3
    assert stop(process).status == 0
    assert statuses(machine) == {"removed": 3}
    assert machine.sql("SELECT COUNT(*) FROM campaign_attempt WHERE text <> ''") == [(0,)]


@processes
def test_the_clock_takes_down_what_was_taken_back_elsewhere_though_it_is_killed_after_deleting(
    machine: Machine, networks: DoubleServer
) -> None:
    told(machine, networks)
    machine.run("run", "--once").well()
    taken = 'main(["queue"])\nfrom campaign.core.clock import system_clock\nfrom campaign.stories import storyteller, withdrawal\n'
    taken += 'withdrawal.withdraw(storyteller.find("S-0001"), "all", withdrawal.Via.LINK, "", system_clock())\n'
    begin = "from campaign.cli import main\n"
    taking = machine.start("queue", preamble=begin + taken)
    _, err = taking.communicate(timeout=PATIENCE)
    assert taking.returncode == 0, err
    assert not any(post.deleted for post in networks.ledger.posts)
    killed = machine.start("run", preamble=begin + DIES_BEFORE_NOTING)
    assert ended(killed).status == 9
    assert any(post.deleted for post in networks.ledger.posts)
    process = machine.start("run")
    until(lambda: statuses(machine) == Counter({"removed": 3}))
    assert stop(process).status == 0
    assert all(post.deleted for post in networks.ledger.posts)
    assert machine.sql("SELECT COUNT(*) FROM campaign_takedown WHERE gone_at IS NULL") == [(0,)]


WORDS = ("The text of one.", "Le texte de one.")
LEFT = "SELECT COUNT(*) FROM campaign_delivery WHERE text <> ''"


@processes
def test_a_program_that_runs_takes_down_at_the_end_what_was_to_be_and_then_empties_the_words(
    machine: Machine, networks: DoubleServer
) -> None:
    # Nothing is erased before a network has said that the clock is right.
    networks.clock = time.time
    told(machine, networks)
    machine.run("run", "--once").well()
    assert (len(networks.ledger.posts), machine.sql(LEFT)) == (3, [(3,)])
    for change, is_reached in (
        (
            "UPDATE campaign_consent SET valid_until = date('now', '-2 days'), if_ended = 'remove'",
            lambda: statuses(machine) == {"removed": 3},
        ),
        (
            "UPDATE campaign_withdrawal SET asked_at = datetime('now', '-8 days')",
            lambda: machine.sql(LEFT) == [(0,)],
        ),
    ):
        machine.sql(change)
        process = machine.start("run")
        until(is_reached)
        assert stop(process).status == 0
    assert all(post.deleted for post in networks.ledger.posts)
    said = machine.run("erase")
    assert said.status == 1
    assert "one.toml. A person wrote this file" in said.err
    next(machine.root.rglob("one.toml")).unlink()
    machine.run("erase").well()
    kept = machine.database.read_bytes()
    assert [word for word in WORDS if word.encode() in kept] == []
