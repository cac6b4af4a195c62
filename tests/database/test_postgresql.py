"""The queue on PostgreSQL: the tests of delivery once more, and a short trial of chaos, on a server of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos import Trial, prove

pytestmark = pytest.mark.postgresql
ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = (
    "delivery/test_publish.py",
    "delivery/test_reconcile.py",
    "delivery/test_lookback.py",
    "delivery/test_beginning.py",
    "delivery/test_frozen.py",
    "delivery/test_corrections.py",
    "decisions/test_correcting.py",
    "listings/test_log.py",
    "decisions/test_approving.py",
    "authoring/test_load.py",
    "delivery/test_pauses.py",
    "delivery/test_remembrance.py",
    "delivery/test_engine.py",
    "delivery/test_queue_machine.py",
    "database/test_database.py",
    "listings/test_search.py",
    "listings/test_paging.py",
    "decisions/test_many.py",
    "listings/test_today.py",
    "listings/test_channels.py",
    "listings/test_days.py",
    "stories/test_consent.py",
    # The others search SQLite's file: here each takes seconds.
    *(
        f"stories/test_erased.py::{name}"
        for name in (
            "test_what_is_planted_is_seen_before",
            "test_nothing_that_was_planted_is_left_anywhere",
            "test_the_log_is_never_changed_for_the_sake_of_anybody_else",
            "test_of_an_erased_post_too_the_log_may_become_empty_and_nothing_else",
        )
    ),
    "stories/test_withdrawal.py",
    "planning/test_ending_consents.py",
    # Of what may come in, only what reaches the database.
    *(
        f"web/test_fuzz.py::{name}"
        for name in (
            "test_every_page_answers_whatever_its_fields_hold",
            "test_lists_answer_each_of_their_filters",
            f"test_every_page_answers_whatever_stands_in_its_address[{'9' * 30}]",
            "test_every_page_answers_whatever_stands_in_its_address[a%00b]",
        )
    ),
    "web/test_log.py",
    "web/test_nul.py",
    "people/test_limits.py",
    "people/test_codes.py",
    "stories/test_second_look.py",
    "stories/test_aside.py",
)


def test_the_delivery_tests_hold_on_postgresql_too(postgresql, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(
        f'[database]\nurl = "{postgresql.url}"\n[stories]\nkey = "{"drawn by chance " * 4}"\n'
        f'[web]\nsecret_key = "{"drawn by chance too " * 4}"\n',
        "utf-8",
    )
    modules = [f"tests/{module}" for module in MODULES]
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *modules]
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "COV"))
    }
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env | {"CAMPAIGN_CONFIG": str(config)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_every_delivery_goes_out_exactly_once_though_programs_and_the_server_crash(
    postgresql, tmp_path
):
    trial = Trial(channels=6, posts=8, kills=2, rate=0.25)
    verdict = prove(
        trial, tmp_path, postgresql.url, lambda: (postgresql.crash(), postgresql.start())
    )
    assert verdict.complaints == []
    assert verdict.attempts > 48


def test_a_backup_is_made_and_put_back_on_postgresql(postgresql, machine):
    url = postgresql.another("backed_up")
    machine.configure(top=f'[database]\nurl = "{url}"\n[stories]\nkey = "{"by chance " * 5}"')
    machine.run("init").well()
    machine.post("one")
    for name, role in (("vera", "volunteer"), ("bob", "staff")):
        machine.run("user", "add", name, "--role", role).well()
    machine.run("load", "--by", "vera").well()
    machine.run("approve", "--all", "--by", "bob").well()
    machine.run("backup", "here.tar").well()
    machine.run("cancel", "1").well()
    assert machine.run("restore", "here.tar").status == 1
    said = machine.run("restore", "here.tar", "--yes").well()
    assert "before_" in said.out
    assert machine.statuses() == {"queued": ["page-en", "x-en", "x-fr"]}
    assert "Publishing is paused" in machine.run("queue").out
    # Once more, over a schema that this program made itself.
    machine.run("restore", "here.tar", "--yes").well()
    assert (
        machine.run("pause", "--channel", "x-en", "--reason", "It still takes rows.").status
        == 0
    )
