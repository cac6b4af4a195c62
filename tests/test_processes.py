"""The program as processes: stopped, killed, and running twice beside each other."""

import signal
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.doubles import DoubleServer
from tests.stage import Machine, ended, minutes_ago, page_table, stop, x_table

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


def until(happens: Callable[[], bool], seconds: float = 20) -> None:
    """Waits for something that another process does."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def statuses(machine: Machine) -> Counter[object]:
    return Counter(row[0] for row in machine.sql("SELECT status FROM campaign_delivery"))


def test_a_dry_run_without_end_opens_no_socket_and_changes_no_row(machine: Machine) -> None:
    machine.queued(head=minutes_ago(1))
    before = "\n".join(map(str, machine.sql("SELECT * FROM campaign_delivery")))
    process = machine.start("run", "--dry-run", preamble=NO_SOCKETS)
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(10)]
    said = stop(process, signal.SIGINT)
    assert said.status == 0, said.everything
    assert sum("would go out now" in line for line in lines) == 3, lines
    assert "\n".join(map(str, machine.sql("SELECT * FROM campaign_delivery"))) == before
    assert not machine.sql("SELECT * FROM campaign_attempt")


def test_work_that_another_process_queues_goes_out_within_about_a_second(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.run("init").well()
    process = machine.start("run")
    assert process.stdout is not None
    assert "The clock runs" in process.stdout.readline()
    machine.queued(head=minutes_ago(1), on=["x-en"])
    approved = time.time()
    until(lambda: bool(networks.ledger.posts))
    late = networks.ledger.posts[0].received - approved
    assert stop(process).status == 0
    assert late < 2.5
    assert statuses(machine) == {"published": 1}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_call_that_runs_when_the_program_is_stopped_ends(
    machine: Machine, networks: DoubleServer, number: signal.Signals
) -> None:
    machine.configure(networks.url)
    machine.queued("one", "two", head=minutes_ago(1), on=["x-en"])
    networks.delay = 1.5
    process = machine.start("run", "--once")
    until(lambda: bool(networks.ledger.posts))
    said = stop(process, number)
    assert "1 delivery published" in said.out
    assert statuses(machine) == {"published": 1, "queued": 1}
    assert machine.sql("SELECT owner FROM campaign_channelstate WHERE name = 'x-en'") == [("",)]


def test_a_call_that_does_not_end_is_unconfirmed_and_does_not_hold_the_program(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url)
    machine.queued(head=minutes_ago(1), on=["x-en"])
    networks.delay = 25
    process = machine.start("run")
    until(lambda: bool(networks.ledger.writes()))
    began = time.monotonic()
    said = stop(process)
    assert time.monotonic() - began < 13
    assert said.status == 1
    assert "scheduler.py resolve" in said.err
    assert statuses(machine) == {"unconfirmed": 1}


def test_two_programs_on_one_database_send_every_delivery_once(machine: Machine, networks: DoubleServer) -> None:
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


def test_after_a_kill_nothing_is_sent_twice_and_the_others_go_out(machine: Machine, networks: DoubleServer) -> None:
    machine.configure(networks.url)
    machine.queued("one", "two", head=minutes_ago(1), on=["x-en", "page-en"])
    networks.delay = 5
    process = machine.start("run")
    until(lambda: len(networks.ledger.writes()) == 2)
    process.kill()
    ended(process)
    assert statuses(machine) == {"sending": 2, "queued": 2}
    networks.delay = 0
    machine.sql("UPDATE campaign_channelstate SET lease_until = '2020-01-01 00:00:00'")
    machine.run("run", "--once")
    assert statuses(machine) == {"published": 4}
    assert set(Counter((post.account, post.text) for post in networks.ledger.posts).values()) == {1}


def test_posts_go_out_when_nobody_reads_along_any_more(machine: Machine, networks: DoubleServer) -> None:
    machine.configure(networks.url)
    machine.queued("one", "two", "three", head=minutes_ago(1), on=["x-en"])
    process = machine.start("run", "--once")
    assert process.stdout is not None
    process.stdout.close()
    process.wait(30)
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    assert statuses(machine) == {"published": 3}


JUMPS_BACK = """
from datetime import timedelta
import threading, campaign.cli, campaign.clock
jumped = []
threading.Timer(0.8, lambda: jumped.append(True)).start()
def clock():
    return campaign.clock.system_clock() - (timedelta(hours=3) if jumped else timedelta(0))
real = campaign.cli.main
campaign.cli.main = lambda argv: real(argv, clock)
"""


def test_a_clock_that_jumps_back_is_said_and_sends_nothing_twice(machine: Machine, networks: DoubleServer) -> None:
    machine.configure(networks.url)
    machine.queued(head=minutes_ago(1))
    process = machine.start("run", preamble=JUMPS_BACK)
    until(lambda: len(networks.ledger.posts) == 3)
    time.sleep(2)
    said = stop(process)
    assert said.status == 0, said.everything
    assert said.err.count("The machine's clock was changed") == 1
    assert len(networks.ledger.posts) == 3
    assert statuses(machine) == {"published": 3}
