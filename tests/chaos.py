"""The proof of "never twice, never lost": real programs, real HTTP, every fault; kill -9, long standstills, restored copies
and wrong clocks at random moments.

    python -m tests.chaos [--channels N] [--posts N] [--kills N] [--freezes N] [--restores N] [--clocks N] [--programs N]
                          [--rate R] [--seed N] [--seconds S] [--postgresql]

Exits with 1 when a post is missing, doubled, or out of order."""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg

from tests import wrong_clock
from tests.postgresql import programs, server
from tests.wrong_clock import set_clock

ROOT = Path(__file__).resolve().parent.parent
Ask = Callable[[str], list[tuple[object, ...]]]
"""A question to the trial's database, in SQL."""
Restored = Callable[[Path], AbstractContextManager[None]]
"""Copies the database when it begins, and puts the copy in place when it ends."""
UNSETTLED = ("queued", "sending", "unconfirmed")
LEASE = 3
"""Seconds of a lease in a trial, so that a program need not be frozen for a minute to lose its channels."""
PREAMBLE = f"""{wrong_clock.PREAMBLE}
import django, sys; from datetime import timedelta; django.setup()
from campaign.delivery import engine, leases
leases.LEASE, engine.CHORES_EVERY = timedelta(seconds={LEASE}), timedelta(seconds=0.5)
from campaign.cli import main; sys.exit(main(sys.argv[1:]))
"""
CLOCKS_OFF = (-86_400, -3_600, -200, -45, 45, 200, 290, 3_600, 86_400, 86_400 * 40)
"""Seconds; nothing goes out at more than five minutes."""


@dataclass(frozen=True)
class Trial:
    """How much chaos."""

    channels: int = 6
    posts: int = 30  #: a channel
    kills: int = 4
    freezes: int = 0  #: a program is stopped for longer than its lease, and goes on
    restores: int = 0  #: an older copy of the database is put in its place
    clocks: int = 0  #: the clocks of all programs are set wrong, by seconds or by days
    programs: int = 2  #: that finish it together
    rate: float = 0.25  #: of the calls that meet a fault
    seed: int = 1
    seconds: float = 600  #: after which it hangs


@dataclass
class Verdict:
    """What was found in the end. `complaints` is empty when the promise was kept."""

    complaints: list[str]
    attempts: int
    doubts: int
    seconds: float


def prove(
    trial: Trial, folder: Path, database: str = "", harm: Callable[[], object] = lambda: None
) -> Verdict:
    """Runs a trial in an empty folder, on the database of this address (a file of its own when none is named). `harm` is
    done while two programs finish it, as often as programs were killed."""
    start = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "tests.doubles",
        "--chaos",
        str(trial.seed),
        "--rate",
        str(trial.rate),
    ]
    with subprocess.Popen(
        [*command, "--wait", "1", "--silence", "0.5"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as networks:
        try:
            url = (networks.stdout.readline() if networks.stdout else "").strip()
            _prepare(trial, folder, url, database)
            ask = partial(_on_postgresql, database) if database else partial(_on_sqlite, folder)
            _run_and_kill(trial, folder)
            by_commands = partial(_restored_by_commands, ask)
            restored = by_commands if database else _copied_back
            _run_and_restore(trial, folder, restored)
            _run_to_the_end(trial, folder, ask, harm)
            return _judge(ask, url, time.monotonic() - start)
        finally:
            networks.terminate()


def _prepare(trial: Trial, folder: Path, url: str, database: str) -> None:
    lines = ['[publishing]\ndry_run = false\nretry_wait = "1s"\nsettle = "1s"']
    lines += [
        f'[networks.twitter]\napi_url = "{url}"\n[networks.facebook]\ngraph_url = "{url}"'
    ]
    lines += [f'[database]\nurl = "{database}"'] if database else []
    for number in range(trial.channels):
        lines.append(f'[channels.c{number}]\nlanguage = "en"')
        if number % 2:
            keys = f'consumer_key = "ck"\nconsumer_secret = "cs"\naccess_token = "{number}-at"\naccess_token_secret = "as"'
            lines.append(f'network = "twitter"\n{keys}')
        else:
            lines.append(
                f'network = "facebook"\npage_id = "{1000 + number}"\npage_access_token = "token{number}"'
            )
    (folder / "config.toml").write_text("\n".join(lines), "utf-8")
    fill = "from tests.chaos import fill; import sys; fill(int(sys.argv[1]), int(sys.argv[2]))"
    command = [sys.executable, "-c", fill, str(trial.channels), str(trial.posts)]
    subprocess.run(command, cwd=ROOT, env=_environment(folder), check=True)


def fill(channels: int, posts: int) -> None:
    """Queues the deliveries; runs in a process of its own, on the trial's database."""
    import django

    django.setup()
    from campaign.commands.setup import migrate
    from campaign.models import Delivery, Post
    from campaign.states import Status

    migrate()
    now = datetime.now(UTC)  # noqa: TID251 - a trial runs by the real clock
    for number in range(posts):
        due = now - timedelta(minutes=5) + timedelta(seconds=number)
        post = Post.objects.create(
            key=f"chaos/p{number}",
            campaign="chaos",
            name=f"p{number}",
            kind="awareness",
            loaded_at=now,
        )
        Delivery.objects.bulk_create(
            Delivery(
                post=post,
                channel=f"c{on}",
                network="twitter" if on % 2 else "facebook",
                language="en",
                status=Status.QUEUED,
                when="chaos",
                planned_at=due,
                due_at=due,
                next_at=due,
                latest_at=due + timedelta(hours=6),
                text=f"Post {number} of channel {on}: people living with metastatic breast cancer.",
                fingerprint="same",
                approved_fingerprint="same",
            )
            for on in range(channels)
        )


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CAMPAIGN_CONFIG": str(folder / "config.toml"),
        "DJANGO_SETTINGS_MODULE": "campaign.settings",
        "PYTHONPATH": str(ROOT),
    }


def _start(folder: Path, log: str = "run.log") -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-c",
        PREAMBLE,
        "--config",
        str(folder / "config.toml"),
        "run",
    ]
    with (folder / log).open("ab") as written:
        return subprocess.Popen(
            command, cwd=folder, stdout=written, stderr=written, env=_environment(folder)
        )


def _run_and_kill(trial: Trial, folder: Path) -> None:
    chance = random.Random(trial.seed)
    for _ in range(trial.kills):
        with _start(folder) as program:
            time.sleep(chance.uniform(1.0, 3.5))
            program.send_signal(signal.SIGKILL)


def _run_and_restore(trial: Trial, folder: Path, restored: Restored) -> None:
    """What a program has done since a copy was made is forgotten: it is killed, and the copy takes the database's place."""
    chance = random.Random(trial.seed)
    for _ in range(trial.restores):
        with _start(folder) as program:
            time.sleep(chance.uniform(1.0, 3.5))
            with restored(folder):
                time.sleep(chance.uniform(0.5, 3.5))
                program.send_signal(signal.SIGKILL)
                program.wait()


@contextmanager
def _copied_back(folder: Path) -> Iterator[None]:
    """A file, copied behind the program's back, which has to notice."""
    file, copy = folder / "campaign.db", folder / "copy.db"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as to:
        source.backup(to)
    yield
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    copy.replace(file)


@contextmanager
def _restored_by_commands(ask: Ask, folder: Path) -> Iterator[None]:
    """A server's database, by the program's own commands; and what the pause of a restore held back, a person sends."""
    backup = folder / "backup.zip"
    backup.unlink(missing_ok=True)
    _command(folder, "backup", str(backup))
    yield
    _command(folder, "restore", "--yes", str(backup))
    _command(folder, "resume", "--reason", "It is a trial.")
    missed = [
        str(row[0]) for row in ask("SELECT id FROM campaign_delivery WHERE status = 'missed'")
    ]
    if missed:
        _command(folder, "retry", "--yes", "--reason", "It is a trial.", *missed)


def _command(folder: Path, *arguments: str) -> None:
    config = str(folder / "config.toml")
    command = [sys.executable, "-c", PREAMBLE, "--config", config, *arguments]
    with (folder / "commands.log").open("ab") as log:
        subprocess.run(
            command, cwd=folder, env=_environment(folder), stdout=log, stderr=log, check=True
        )


def _run_to_the_end(trial: Trial, folder: Path, ask: Ask, harm: Callable[[], object]) -> None:
    deadline = time.monotonic() + trial.seconds
    logs = [folder / f"program{number}.log" for number in range(trial.programs)]
    with ExitStack() as stack:
        programs = [stack.enter_context(_start(folder, log.name)) for log in logs]
        # A program whose database vanishes while it starts says so and ends, as it should: here, nobody starts it again.
        while time.monotonic() < deadline and _any_runs(programs) and not _all_run(logs):
            time.sleep(0.1)
        _freeze(trial, programs)
        _set_clocks(trial, folder)
        for _ in range(trial.kills):
            time.sleep(1)
            harm()
        while time.monotonic() < deadline and _is_unsettled(ask) and _any_runs(programs):
            time.sleep(0.5)
        for program in programs:
            program.send_signal(signal.SIGTERM)


def _freeze(trial: Trial, programs: Sequence[subprocess.Popen[bytes]]) -> None:
    """Stops a program at a random moment, whatever it is doing, until others have taken over, and lets it go on."""
    chance = random.Random(trial.seed)
    for _ in range(trial.freezes):
        time.sleep(chance.uniform(0.2, 1.0))
        frozen = chance.choice(programs)
        frozen.send_signal(signal.SIGSTOP)
        time.sleep(LEASE + chance.uniform(1.0, 5.0))
        frozen.send_signal(signal.SIGCONT)


def _set_clocks(trial: Trial, folder: Path) -> None:
    """Sets the clocks of all programs wrong, for some seconds each time, and right in the end."""
    chance = random.Random(trial.seed)
    for _ in range(trial.clocks):
        set_clock(folder, chance.choice(CLOCKS_OFF))
        time.sleep(chance.uniform(0.5, 4.0))
    set_clock(folder, 0)


def _all_run(logs: Sequence[Path]) -> bool:
    return all("The clock runs" in log.read_text("utf-8") for log in logs)


def _any_runs(programs: Sequence[subprocess.Popen[bytes]]) -> bool:
    return any(program.poll() is None for program in programs)


def _is_unsettled(ask: Ask) -> bool:
    standing = ask("SELECT COUNT(*) FROM campaign_secondcopy WHERE ended_at IS NULL")
    return _count(ask, UNSETTLED) > 0 or standing[0][0] != 0


def _on_sqlite(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "campaign.db", timeout=20)) as database:
        return database.execute(sql).fetchall()


def _on_postgresql(url: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as database:
        return database.execute(sql.encode()).fetchall()


def _count(ask: Ask, statuses: tuple[str, ...]) -> int:
    wanted = ", ".join(f"'{status}'" for status in statuses)
    return int(
        str(ask(f"SELECT COUNT(*) FROM campaign_delivery WHERE status IN ({wanted})")[0][0])
    )


def _judge(ask: Ask, url: str, seconds: float) -> Verdict:
    with urllib.request.urlopen(f"{url}/_ledger") as answer:
        ever = json.load(answer)["posts"]
    posts = [post for post in ever if not post["deleted"]]
    deleted = [post["id"] for post in ever if post["deleted"]]
    complaints = [*_exactly_once(ask, posts), *_in_order(ask, posts), *_told(ask)]
    complaints += _unknown_copies(ask, deleted)
    attempts = int(str(ask("SELECT COUNT(*) FROM campaign_attempt")[0][0]))
    doubts = int(
        str(ask("SELECT COUNT(*) FROM campaign_attempt WHERE outcome = 'unconfirmed'")[0][0])
    )
    return Verdict(complaints, attempts, doubts, seconds)


def _exactly_once(ask: Ask, posts: list[dict[str, str]]) -> list[str]:
    stored = Counter(post["text"] for post in posts)
    wanted = {
        str(text): str(status)
        for text, status in ask("SELECT text, status FROM campaign_delivery")
    }
    complaints = [f"{count} times: {text}" for text, count in stored.items() if count > 1]
    complaints += [
        f"lost ({status}): {text}" for text, status in wanted.items() if text not in stored
    ]
    complaints += [
        f"{status} though it is out: {text}"
        for text, status in wanted.items()
        if status != "published" and text in stored
    ]
    return complaints


def _unknown_copies(ask: Ask, deleted: Sequence[str]) -> list[str]:
    """Nothing is deleted but second copies, and each of them is known."""
    known = {str(row[0]) for row in ask("SELECT remote_id FROM campaign_secondcopy")}
    return [f"deleted, and no second copy: {post}" for post in deleted if post not in known]


def _in_order(ask: Ask, posts: list[dict[str, str]]) -> list[str]:
    """Those that never had to wait went out in due order on each channel."""
    sql = (
        "SELECT d.text, d.channel, d.due_at FROM campaign_delivery d WHERE "
        "(SELECT COUNT(*) FROM campaign_attempt a WHERE a.delivery_id = d.id) = 1 AND NOT EXISTS "
        "(SELECT 1 FROM campaign_attempt a WHERE a.delivery_id = d.id AND a.outcome <> 'published')"
    )
    at_once = {str(text): (str(channel), str(due)) for text, channel, due in ask(sql)}
    last: dict[str, str] = {}
    complaints = []
    for post in posts:
        channel, due = at_once.get(post["text"], ("", ""))
        if channel and due < last.get(channel, ""):
            complaints.append(f"out of order on {channel}: {post['text']}")
        last[channel] = max(due, last.get(channel, ""))
    return complaints


def _told(ask: Ask) -> list[str]:
    """Every attempt has an end in the log, and every delivery that took more than one tells why."""
    open_ends = ask(
        "SELECT delivery_id FROM campaign_attempt WHERE finished_at IS NULL OR outcome = ''"
    )
    mute = ask(
        "SELECT delivery_id FROM campaign_attempt WHERE outcome <> 'published' AND detail = ''"
    )
    return [f"attempt without an end: delivery {one[0]}" for one in open_ends] + [
        f"attempt without a reason: delivery {one[0]}" for one in mute
    ]


def _said(trial: Trial, verdict: Verdict) -> str:
    done = {
        "deliveries": trial.channels * trial.posts,
        "attempts": verdict.attempts,
        "in doubt": verdict.doubts,
        "kills": trial.kills,
        "standstills": trial.freezes,
        "restores": trial.restores,
        "wrong clocks": trial.clocks,
        "programs": trial.programs,
        "s": round(verdict.seconds),
    }
    return ", ".join(f"{number} {what}" for what, number in done.items()) + ":"


def main() -> int:
    """Runs one trial as asked for, and prints what it found."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    default = Trial(
        *(20, 50),
        kills=12,
        freezes=12,
        restores=6,
        clocks=12,
        programs=3,
        seconds=900,
    )
    for name, value in asdict(default).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    parser.add_argument("--postgresql", action="store_true", help="on a server of its own")
    options = vars(parser.parse_args())
    its = programs() if options.pop("postgresql") else None
    trial = Trial(**options)
    with (
        tempfile.TemporaryDirectory(prefix="campaign-chaos-") as folder,
        server(its) if its else nullcontext() as database,
    ):
        verdict = prove(trial, Path(folder), database.url if database else "")
    for complaint in verdict.complaints:
        print(complaint)
    print(_said(trial, verdict), end=" ")
    print(
        "each exactly once."
        if not verdict.complaints
        else f"{len(verdict.complaints)} complaints."
    )
    return 1 if verdict.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
