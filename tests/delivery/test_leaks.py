"""Nothing that a storyteller told us in confidence is anywhere but sealed: not in the log, exports, addresses, file
names or errors, and not in the bytes of the database's file. Each field has a marker word of its own."""

import sqlite3

import pytest

from campaign.core.problem import Problem
from campaign.stories import final_word, report, storyteller, withdrawal
from campaign.stories.consent import Identity
from campaign.stories.final_word import FinalAnswer
from tests.deliveries import NOON, TORONTO, consent, delivery, person, story
from tests.doubles import DoubleServer
from tests.stage import PATIENCE, Machine, Said, minutes_ago

NAME, FAMILY, CONTACT, CHOSEN, REMARK, STORY = (
    "Qzgivenname",
    "Qzfamilyname",
    "qzcontact",
    "Qzchosenname",
    "Qzremark",
    "Qzstory",
)
SEALED = (NAME, FAMILY, CONTACT, CHOSEN, REMARK)
BEGIN = "from campaign.cli import main\nassert main(['queue']) == 0\n"
TELLS = f"""
from datetime import timedelta
from campaign.core.clock import system_clock
from campaign.stories import (consent, final_word, holding, storyteller)
now = system_clock()
day = now.date()
who = storyteller.make("{NAME} {FAMILY}", "{CONTACT}@example.org", "fr", "bob", now)
terms = consent.Terms(
    channels=("x-en", "x-fr", "page-en"), languages=("en", "fr"), identity=consent.Identity.CHOSEN_NAME,
    named_as="{CHOSEN}", given_on=day - timedelta(2), start=day - timedelta(2), until=day + timedelta(30),
    collected_by="bob", method=consent.Method.PAPER,
)
consent.give(who, terms, "bob", now)
print(storyteller.new_link(who, "bob", now))
for one in final_word.outgoing(who):
    final_word.answer(who, one.delivery, one.fingerprint, final_word.FinalAnswer.REMARK, now, remark="{REMARK}")
    final_word.answer(who, one.delivery, one.fingerprint, final_word.FinalAnswer.YES, now, remark="{REMARK}")
holding.hold(who, storyteller.HoldReason.ILL, "bob", now)
holding.release(who, "bob", now)
"""


def python(machine: Machine, code: str) -> str:
    program = machine.start("queue", "--json", preamble=BEGIN + code)
    out, err = program.communicate(timeout=PATIENCE)
    assert program.returncode == 0, err
    return out


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_whole_life_of_a_story_leaves_no_trace_of_who_tells_it(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.folder.template("{{ text }}", "story")
    machine.post(
        "one",
        f'kind = "story"\n{minutes_ago(1)}\n[consent]\nstoryteller = "S-0001"\n',
        f"{STORY} en.",
        f"{STORY} fr.",
    )
    machine.people()
    machine.runs(["load", "--by", "vera"])
    key = next(
        line
        for line in python(machine, TELLS).splitlines()
        if 40 <= len(line) <= 60 and " " not in line
    )
    said = [
        machine.run("approve", "one", "--by", "bob"),
        machine.run("run", "--once"),
        machine.run("withdraw", "S-0001", "--pictures", "--json"),
        machine.run("withdraw", "S-0001", "--by", "vera"),
        machine.run("hold", "S-0001", "--reason", "died"),
        *(machine.run("log", *how) for how in ([], ["--csv"], ["--json"])),
        *(machine.run("queue", *how) for how in ([], ["--json"])),
        machine.run("withdraw", NAME),  # a person's name is no reference, and is not repeated
    ]
    assert "3 deliveries published" in said[1].out, said[1].everything
    _check_said(said)
    _check_tables(machine)
    _check_bytes(machine, key)


def _check_said(said: list[Said]) -> None:
    for one in said:
        assert not [word for word in (*SEALED, STORY) if word in one.everything], one.everything
    assert "S-0001" in said[3].out


def _check_tables(machine: Machine) -> None:
    connection = sqlite3.connect(machine.database)
    for table in (
        "campaign_event",
        "campaign_attempt",
        "campaign_event_words",
        "campaign_attempt_words",
    ):
        written = str(connection.execute(f"SELECT * FROM {table}").fetchall())
        assert not [word for word in (*SEALED, STORY) if word.lower() in written.lower()], table
    assert STORY in str(connection.execute("SELECT text FROM campaign_delivery").fetchall())
    assert not [
        row
        for row in connection.execute("SELECT reason FROM campaign_event")
        if "died" in str(row)
    ]
    connection.close()


def _check_bytes(machine: Machine, key: str) -> None:
    files = [path for path in machine.root.rglob("*") if path.is_file()]
    assert any(path.name == "campaign.stories.key" for path in files)
    assert not [
        path.name for path in files if any(word in path.name for word in (*SEALED, STORY))
    ]
    for path in (path for path in files if path.name.startswith("campaign.")):
        found = path.read_bytes().lower()
        assert not [word for word in (*SEALED, key) if word.lower().encode() in found], (
            path.name
        )


@pytest.mark.django_db
def test_no_refusal_repeats_what_was_told_in_confidence() -> None:
    who = person(f"{NAME} {FAMILY}", f"{CONTACT}@example.org")
    one = delivery("story-1", of=story(who), text=f"{NAME} {STORY}")
    doors = (
        lambda: storyteller.find(NAME),
        lambda: storyteller.make(NAME * 100, CONTACT, "fr", "bob", NOON),
        lambda: final_word.answer(who, one.pk, one.fingerprint, FinalAnswer.YES, NOON),
        lambda: consent(who, identity=Identity.CHOSEN_NAME, named_as=" "),
        lambda: withdrawal.withdraw(who, NAME, withdrawal.Via.LINK, "", NOON),
        lambda: (
            consent(who, identity=Identity.NONE),
            final_word.answer(who, one.pk, one.fingerprint, FinalAnswer.YES, NOON),
        ),
        lambda: final_word.answer(
            who, one.pk, one.fingerprint, FinalAnswer.REMARK, NOON, remark=REMARK * 1000
        ),
    )
    for door in doors:
        with pytest.raises(Problem) as problem:
            door()
        assert not [word for word in (*SEALED, STORY) if word in str(problem.value)]
    made = withdrawal.withdraw(who, "all", withdrawal.Via.LINK, "", NOON)
    told = [
        str(report.report(made)),
        report.receipt(report.report(made), "fr", TORONTO),
        repr(who),
        repr(made),
    ]
    assert not [word for word in (*SEALED, STORY) if any(word in text for text in told)]
