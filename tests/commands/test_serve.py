"""The pages as a process: served, stopped, and shown to a newcomer."""

import re
import signal
import socket
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

import pytest

from tests.begun import Program
from tests.delivery.test_processes import statuses
from tests.doubles import DoubleServer
from tests.stage import PATIENCE, Machine, free_port, minutes_ago, stop, until

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def first_line(process: Program) -> str:
    return process.stdout.readline()


def web(port: int) -> str:
    return f"[web]\nport = {port}\n"


def test_the_pages_and_the_clock_are_one_program(
    machine: Machine, networks: DoubleServer
) -> None:
    port = free_port()
    machine.configure(networks.url, top=web(port))
    machine.queued(head=minutes_ago(1))
    process = machine.start("serve")
    assert f"http://127.0.0.1:{port}" in first_line(process)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
        assert "/sign-in/" in answer.url
        assert "</html>" in answer.read().decode()
    until(lambda: statuses(machine)["published"] == 3)
    said = stop(process, signal.SIGINT)
    assert said.status == 0, said.everything
    assert "3 deliveries published, 0 not." in said.out


def test_in_a_dry_run_the_pages_are_served_and_nothing_is_sent(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url, dry_run=True, top=web(free_port()))
    machine.queued(head=minutes_ago(1))
    process = machine.start("serve")
    first_line(process)
    assert "Dry run: nothing is sent." in first_line(process)
    assert stop(process, signal.SIGTERM).status == 0
    assert statuses(machine)["queued"] == 3
    assert networks.ledger.posts == []


def test_the_pages_alone_publish_nothing(machine: Machine, networks: DoubleServer) -> None:
    machine.configure(networks.url, top=web(free_port()))
    machine.queued(head=minutes_ago(1))
    process = machine.start("web")
    first_line(process)
    assert "that is the work of scheduler.py run" in first_line(process)
    assert stop(process, signal.SIGINT).status == 0
    assert statuses(machine)["queued"] == 3


def test_a_port_that_is_taken_is_said_in_a_sentence(machine: Machine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        machine.configure(dry_run=True, top=web(port))
        said = machine.run("serve")
    assert said.status == 1
    assert f"cannot be served on 127.0.0.1:{port}" in said.err
    assert "set another port under [web] in config.toml" in said.err


def test_without_keys_the_pages_are_served_all_the_same(machine: Machine) -> None:
    channels = '[channels.x]\nnetwork = "twitter"\nlanguage = "en"\n'
    machine.configure(top=web(free_port()), channels=channels)
    process = machine.start("serve")
    assert "The pages are at" in first_line(process)
    said = stop(process, signal.SIGINT)
    assert said.status == 0
    assert "The pages are served all the same." in said.err


def test_a_newcomer_is_signed_in_to_a_demonstration_that_touches_nothing_else(
    machine: Machine,
) -> None:
    machine.configure(dry_run=False)
    machine.post()
    process = machine.start("demo", "--no-browser", "--port", str(free_port()))
    lines = [process.stdout.readline()]
    while "Stop with Ctrl+C" not in lines[-1]:
        lines.append(process.stdout.readline())
        assert lines[-1], "it has ended"
    welcome = re.findall(r"http://127\.0\.0\.1:\d+/welcome/\S+", "".join(lines))[0]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(welcome, timeout=PATIENCE) as answer:
        page = answer.read().decode()
        assert answer.url.rstrip("/").count("/") == 2
    assert "A demonstration: nothing is sent" in page
    with pytest.raises(urllib.error.HTTPError, match="404"):
        browser.open(welcome[:-6] + "wrong/", timeout=PATIENCE)
    assert stop(process, signal.SIGINT).status == 0
    assert not machine.database.exists()
    assert machine.root.joinpath("demo.db").exists()


def test_a_demonstration_never_sends_whatever_the_configuration_says(
    machine: Machine, networks: DoubleServer
) -> None:
    machine.configure(networks.url, dry_run=False)
    machine.post()
    said = machine.run("demo", "--print-only").well()
    assert "Le texte de one." in said.out
    assert networks.ledger.posts == []
    assert not machine.database.exists()
