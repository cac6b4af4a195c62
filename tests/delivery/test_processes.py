"""The program as processes: stopped, killed, and running twice beside each other."""

import signal
import time
from collections import Counter

import pytest

from tests.doubles import DoubleServer
from tests.stage import PATIENCE, Machine, ended, minutes_ago, page_table, stop, until, x_table

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

NO_SOCKETS = """
import socket
class NoSocket(socket.socket):
    def __init__(self, family=-1, *rest, **more):
        if family in (-1, socket.AF_INET, socket.AF_INET6):
            raise AssertionError("a socket was opened")
        super().__init__(family, *rest, **more)
socket.socket = NoSocket
def refuse(*_, **__):
    raise AssertionError("a connection was opened")
socket.create_connection = socket.getaddrinfo = refuse
"""


def statuses(machine: Machine) -> Counter[object]:
    return Counter(row[0] for row in machine.sql("SELECT status FROM campaign_delivery"))


def test_a_dry_run_without_end_opens_no_socket_and_changes_no_row(machine: Machine) -> None:
    machine.queued(head=minutes_ago(1))
    before = "\n".join(map(str, machine.sql("SELECT * FROM campaign_delivery")))
    process = machine.start("run", "--dry-run", preamble=NO_SOCKETS)
    lines = [process.stdout.readline() for _ in range(10)]
    said = stop(process, signal.SIGINT)
    assert said.status == 0, said.everything
    assert sum("would go out now" in line for line in lines) == 3, lines
    assert "\n".join(map(str, machine.sql("SELECT * FROM campaign_delivery"))) == before
    assert not machine.sql("SELECT * FROM campaign_attempt")


def test_work_that_another_process_queues_goes_out_though_nobody_tells_the_clock(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.run("init").well()
    process = machine.start("run")
    assert "The clock runs" in process.stdout.readline()
    machine.queued(head=minutes_ago(1), on=["x-en"])
    until(lambda: bool(networks.ledger.posts))
    assert stop(process).status == 0
    assert statuses(machine) == {"published": 1}


def test_a_program_that_runs_obeys_what_was_set_of_an_account_in_another_process(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.run("init").well()
    machine.people()
    process = machine.start("run")
    assert "The clock runs" in process.stdout.readline()
    machine.sql(
        "INSERT INTO campaign_shared (kind, key, number, source, by_id, at) "
        "SELECT 'account', 'x-en', 1, 'slots = []\nminimum_gap = \"7200s\"\n', MIN(id), date('now') FROM auth_user"
    )
    machine.queued("one", "two", head=minutes_ago(1), on=["x-en"])
    until(lambda: statuses(machine)["published"] == 1)
    resting = "SELECT 1 FROM campaign_channelstate WHERE name = 'x-en' AND rest_until > datetime('now', '+1 hour')"
    assert machine.sql(resting)
    assert stop(process).status == 0
    assert statuses(machine) == {"published": 1, "queued": 1}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_call_that_runs_when_the_program_is_stopped_ends(
    machine: Machine, networks: DoubleServer, number: signal.Signals
) -> None:
    machine.configure(networks.url)
    machine.queued("one", "two", head=minutes_ago(1), on=["x-en"])
    networks.speaks.clear()
    process = machine.start("run", "--once")
    until(lambda: bool(networks.ledger.posts))
    process.send_signal(number)  # it reaches the program before the answer does
    networks.speaks.set()
    said = ended(process)
    assert "1 delivery published" in said.out
    assert statuses(machine) == {"published": 1, "queued": 1}
    assert machine.sql("SELECT owner FROM campaign_channelstate WHERE name = 'x-en'") == [("",)]


def test_a_call_that_does_not_end_is_unconfirmed_and_does_not_hold_the_program(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.queued(head=minutes_ago(1), on=["x-en"])
    networks.speaks.clear()
    process = machine.start("run")
    until(lambda: bool(networks.ledger.writes()))
    said = stop(process)
    assert said.status == 1
    assert "scheduler.py resolve" in said.err
    assert statuses(machine) == {"unconfirmed": 1}


def test_two_programs_on_one_database_send_every_delivery_once(
    machine: Machine, networks: DoubleServer
) -> None:
    names = [f"x{number}" for number in range(4)]
    pages = page_table("page-a", page_id="11") + page_table("page-b", page_id="12")
    machine.configure(networks.url, channels="".join(x_table(name) for name in names) + pages)
    machine.queued(*(f"post-{number}" for number in range(10)), head=minutes_ago(1))
    networks.delay = 0.01
    both = [machine.start("run", "--once"), machine.start("run", "--once")]
    for process in both:
        ended(process)
    machine.run("run", "--once").well()
    assert statuses(machine) == {"published": 60}
    sent = Counter((post.account, post.text) for post in networks.ledger.posts)
    assert len(sent) == 60
    assert set(sent.values()) == {1}
    assert machine.sql("SELECT COUNT(*) FROM campaign_attempt") == [(60,)]


def test_after_a_kill_nothing_is_sent_twice_and_the_others_go_out(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.queued("one", "two", head=minutes_ago(1), on=["x-en", "page-en"])
    networks.speaks.clear()
    process = machine.start("run")
    until(lambda: len(networks.ledger.writes()) == 2)
    process.kill()
    ended(process)
    assert statuses(machine) == {"sending": 2, "queued": 2}
    networks.speaks.set()
    machine.sql("UPDATE campaign_channelstate SET lease_until = '2020-01-01 00:00:00'")
    machine.run("run", "--once")
    assert statuses(machine) == {"published": 4}
    assert set(
        Counter((post.account, post.text) for post in networks.ledger.posts).values()
    ) == {1}


def test_posts_go_out_when_nobody_reads_along_any_more(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.queued("one", "two", "three", head=minutes_ago(1), on=["x-en"])
    process = machine.start("run", "--once")
    process.stdout.close()
    process.wait(PATIENCE)
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    assert statuses(machine) == {"published": 3}


JUMPS_BACK = """
from datetime import timedelta
from pathlib import Path
import campaign.cli, campaign.core.clock
def clock():
    return campaign.core.clock.system_clock() - (timedelta(hours=3) if Path("jump").exists() else timedelta(0))
real = campaign.cli.main
campaign.cli.main = lambda argv: real(argv, clock)
"""


def test_a_clock_that_jumps_back_is_said_and_sends_nothing_twice(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.queued(head=minutes_ago(1))
    process = machine.start("run", preamble=JUMPS_BACK)
    until(lambda: statuses(machine) == {"published": 3})
    machine.folder.write("jump", "")
    assert "The machine's clock was changed" in process.stderr.readline()
    time.sleep(2)  # it ticks on
    said = stop(process)
    assert said.status == 0, said.everything
    assert "clock was changed" not in said.err
    assert len(networks.ledger.posts) == 3
    assert statuses(machine) == {"published": 3}
