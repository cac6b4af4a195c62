"""What the benchmarks share: a site with its database in a scratch folder, and the networks' double as a process."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHANNELS = 4
"""Channels of the site."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the scratch site is, and the address of both networks."""

    folder: Path
    url: str


@contextmanager
def site(delay: float) -> Iterator[Site]:
    """Sets Django up on a scratch site, once in a process; the networks answer after so many seconds."""
    with (
        tempfile.TemporaryDirectory(prefix="campaign-bench-") as folder,
        _networks(delay) as url,
    ):
        place = Site(Path(folder), url)
        os.environ["CAMPAIGN_CONFIG"] = str(write_config(place, CHANNELS))
        os.environ["DJANGO_SETTINGS_MODULE"] = "campaign.settings"
        import django

        django.setup()
        from django.db import connection

        from campaign.commands.setup import migrate

        migrate()
        connection.close()
        shutil.copy(_database(), _untouched())
        yield place
        connection.close()


def empty() -> None:
    """Gives the site the database that it had at first."""
    from django.db import connection

    connection.close()
    shutil.copy(_untouched(), _database())


def write_config(place: Site, channels: int) -> Path:
    """A configuration with so many channels, half on each network."""
    lines = [
        "[publishing]",
        "dry_run = false",
        "[networks.twitter]",
        f'api_url = "{place.url}"',
    ]
    lines += ["[networks.facebook]", f'graph_url = "{place.url}"']
    for number in range(channels):
        lines += [f"[channels.c{number}]", 'language = "en"']
        if number % 2:
            lines += ['network = "twitter"', 'consumer_key = "ck"', 'consumer_secret = "cs"']
            lines += [f'access_token = "{number}-at"', 'access_token_secret = "ats"']
        else:
            lines += [
                'network = "facebook"',
                f'page_id = "{1000 + number}"',
                f'page_access_token = "token{number}"',
            ]
    path = place.folder / f"config-{channels}.toml"
    path.write_text("\n".join(lines), "utf-8")
    return path


def text_of(number: int) -> str:
    """What the delivery of this number says."""
    return (
        f"Message {number}: people living with metastatic breast cancer, and what they ask for."
    )


def fill(number: int, channels: int, due: datetime, step: timedelta = timedelta(0)) -> None:
    """Queues so many approved deliveries, spread over the channels, each `step` after the last."""
    from campaign.models import Delivery, Post
    from campaign.states import Status

    first = Post.objects.count()
    post = [
        Post(
            key=f"bench/p{first + n}",
            campaign="bench",
            name=f"p{first + n}",
            kind="awareness",
            loaded_at=due,
        )
        for n in range(-(-number // channels))
    ]
    Post.objects.bulk_create(post, batch_size=2_000)
    rows = (
        Delivery(
            post=post[n // channels],
            channel=f"c{n % channels}",
            network="twitter" if n % channels % 2 else "facebook",
            language="en",
            status=Status.QUEUED,
            when="bench",
            planned_at=due + step * n,
            due_at=due + step * n,
            next_at=due + step * n,
            latest_at=due + step * n + timedelta(hours=6),
            text=text_of(n),
            fingerprint="same",
            approved_fingerprint="same",
        )
        for n in range(number)
    )
    Delivery.objects.bulk_create(rows, batch_size=2_000)


def now() -> datetime:
    """The time now."""
    return datetime.now(UTC)  # noqa: TID251 - a benchmark measures the real clock


@contextmanager
def _networks(delay: float) -> Iterator[str]:
    """Both networks in a process of their own, which ends with this one; yields their address."""
    command = [sys.executable, "-m", "bench.network", str(delay)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _database() -> Path:
    from django.db import connection

    return Path(str(connection.settings_dict["NAME"]))


def _untouched() -> Path:
    return _database().with_suffix(".empty")
