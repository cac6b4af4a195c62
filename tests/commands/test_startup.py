"""What a command imports before it answers. No time is measured: a library that is not there takes none."""

import json
import subprocess
import sys

from tests.stage import Machine, environment

NETWORKS = {"tweepy", "facebook", "requests", "urllib3"}
TEXTS = {"PIL", "jinja2", "tomli_w", "campaign.content.templates.environment"}
"""What reads, writes and checks posts."""
OTHERS = {
    "django",
    "django.db.migrations.executor",
    "rich",
    "apscheduler",
    "waitress",
    "cryptography",
    "csp",
}
OURS = {"campaign.config", "campaign.publishers", "campaign.checks", "campaign.web"}
WATCHED = NETWORKS | TEXTS | OTHERS | OURS
PROGRAM = """
import json, sys
from campaign.cli import main
for command in json.loads(sys.argv[1]):
    try:
        main(command)
    except SystemExit:
        pass
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def test_a_command_imports_what_it_needs_and_no_more(machine: Machine) -> None:
    """In one process, so each may only have what those before it have too."""
    machine.post()
    machine.run("load").well()
    first = [["--help"], ["queue", "--colour"]]
    lists = [
        ["queue"],
        ["queue", "--json"],
        ["log"],
        ["log", "--csv"],
        ["pause", "--reason", "x"],
    ]
    texts = [
        ["check"],
        ["load"],
        ["preview", "one"],
        ["approve", "--all", "--by", "nobody"],
        ["retry", "1"],
    ]
    runs = [["run", "--dry-run", "--once"], ["run", "--once"]]
    loaded = iter(imported(machine, [*first, *lists, *texts, *runs]))
    assert [next(loaded) for _ in first] == [set()] * len(first)
    ground = {"django", "campaign.config", "campaign.publishers", "campaign.checks"}
    assert [next(loaded) for _ in lists] == [ground] * len(lists)
    assert [next(loaded) for _ in texts] == [ground | TEXTS] * len(texts)
    assert next(loaded) == ground | TEXTS
    assert next(loaded) == ground | TEXTS | NETWORKS


def imported(machine: Machine, commands: list[list[str]]) -> list[set[str]]:
    """After each command, which of those that are watched had been imported."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(commands)],
        cwd=machine.root, env=environment({}), capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = [set(json.loads(line)) for line in done.stderr.splitlines() if line.startswith('["')]
    assert len(told) == len(commands), done.stderr
    return [modules & WATCHED for modules in told]
