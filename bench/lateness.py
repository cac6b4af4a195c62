"""How late single posts leave on an idle machine: posts one after the other, by the real clock. The baseline is the
moment at which each is due."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.stage import CHANNELS, Site, fill, now
from campaign.config import Channel
from campaign.core.clock import system_clock
from campaign.delivery import leases
from campaign.delivery.clocks.ticker import Ticker
from campaign.delivery.engine import Engine
from campaign.delivery.publish import Worker
from campaign.models import Delivery
from campaign.publishers import open_publishers
from campaign.publishers.publisher import Message
from campaign.settings import CONFIG


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many posts, and the time from one to the next and before the first."""

    posts: int = 40
    step: timedelta = timedelta(milliseconds=370)
    lead: timedelta = timedelta(seconds=2)


TINY = Sizes(posts=3, step=timedelta(milliseconds=20), lead=timedelta(milliseconds=100))


def measure(_site: Site, sizes: Sizes) -> None:
    """Prints the median and the 99th percentile of the time between due and the call of the network."""
    late = sorted(_lateness(sizes))
    p50, p99 = late[len(late) // 2], late[int(len(late) * 0.99)]
    print(
        f"lateness: p50 {p50:.0f} ms, p99 {p99:.0f} ms after single posts were due (aim: under 100 ms)"
    )


def _lateness(sizes: Sizes) -> list[float]:
    left: dict[str, datetime] = {}

    def note(_channel: Channel, message: Message) -> None:
        left[message.text] = now()
        if len(left) == sizes.posts:
            threading.Timer(0.2, engine.stop).start()  # when the last answer is written down

    fill(sizes.posts, CHANNELS, now() + sizes.lead, sizes.step)
    publishers = open_publishers(CONFIG, system_clock, dry_run=True, show=note).publishers
    worker = Worker(leases.new_worker(), system_clock, CONFIG.site.timezone, CONFIG.publishing)
    engine = Engine(CONFIG.channels, publishers, worker, CHANNELS)
    ticker = Ticker(engine.wake, system_clock)
    ticker.start()
    engine.work(ticker.due)
    ticker.stop()
    engine.end()
    due = dict(Delivery.objects.values_list("text", "due_at"))
    return [(left[text] - due[text]) / timedelta(milliseconds=1) for text in left]
