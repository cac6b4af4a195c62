"""What the benchmarks share: a scratch folder with a configuration, a database, and the networks' doubles as a process."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def configure(folder: Path, url: str, channels: int) -> None:
    """Writes a config.toml with so many channels, half on each network, and sets Django up on it."""
    lines = ["[publishing]", "dry_run = false", "[networks.twitter]", f'api_url = "{url}"']
    lines += ["[networks.facebook]", f'graph_url = "{url}"']
    for number in range(channels):
        lines += [f"[channels.c{number}]", 'language = "en"']
        if number % 2:
            lines += ['network = "twitter"', 'consumer_key = "ck"', 'consumer_secret = "cs"']
            lines += [f'access_token = "{number}-at"', 'access_token_secret = "ats"']
        else:
            lines += ['network = "facebook"', f'page_id = "{1000 + number}"', f'page_access_token = "token{number}"']
    path = folder / "config.toml"
    path.write_text("\n".join(lines), "utf-8")
    os.environ["CAMPAIGN_CONFIG"] = str(path)
    os.environ["DJANGO_SETTINGS_MODULE"] = "campaign.settings"
    import django

    django.setup()
    from campaign.commands.setup import migrate

    migrate()


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="campaign-bench-") as folder:
        yield Path(folder)


@contextmanager
def networks(delay: float) -> Iterator[str]:
    """Both networks in a process of their own, answering after so many seconds; yields their address."""
    command = [sys.executable, "-m", "bench.network", str(delay)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield (process.stdout.readline() if process.stdout else "").strip()
        finally:
            process.terminate()


def fill(number: int, channels: int, due: datetime, step: timedelta = timedelta(0)) -> None:
    """Queues so many approved deliveries, spread over the channels, each `step` after the last."""
    from campaign.models import Delivery, Post
    from campaign.states import Status

    first = Post.objects.count()
    post = [
        Post(key=f"bench/p{first + n}", campaign="bench", name=f"p{first + n}", kind="awareness", loaded_at=due)
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
            text=f"Message {n}: people living with metastatic breast cancer, and what they ask for.",
            fingerprint="same",
            approved_fingerprint="same",
        )
        for n in range(number)
    )
    Delivery.objects.bulk_create(rows, batch_size=2_000)


def now() -> datetime:
    """The time now."""
    return datetime.now(UTC)  # noqa: TID251 - a benchmark measures the real clock
