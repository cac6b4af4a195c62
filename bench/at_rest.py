"""Memory, and the cost of one look at the queue, with many deliveries queued for later; against an empty queue."""

import multiprocessing
import resource
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from bench.stage import CHANNELS, Site, fill, now
from campaign.core.clock import system_clock
from campaign.delivery import candidates, leases
from campaign.delivery.engine import Engine
from campaign.delivery.publish import Worker
from campaign.publishers import open_publishers
from campaign.settings import CONFIG


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many deliveries, and how many looks are averaged."""

    deliveries: int = 100_000
    looks: int = 200


TINY = Sizes(deliveries=8, looks=2)


def measure(_site: Site, sizes: Sizes) -> None:
    """Prints milliseconds a tick, full and empty, and the process's peak memory."""
    empty = _look(sizes.looks)
    _fill_elsewhere(sizes.deliveries)
    full = _look(sizes.looks)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"at_rest: one tick {full:.2f} ms with {sizes.deliveries:,} queued, {empty:.2f} with none (aim: under 2 ms)"
    )
    print(f"at_rest: {megabytes:.0f} MB of memory (aim: under 100 MB)")


def _fill_elsewhere(deliveries: int) -> None:
    """Fills the queue in a process of its own, whose memory does not count."""
    connection.close()
    process = multiprocessing.get_context("fork").Process(target=_fill, args=(deliveries,))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit("at_rest: the queue could not be filled")


def _fill(deliveries: int) -> None:
    fill(deliveries, CHANNELS, now() + timedelta(days=1), timedelta(minutes=5))


def _look(looks: int) -> float:
    worker = Worker(leases.new_worker(), system_clock, CONFIG.site.timezone, CONFIG.publishing)
    publishers = open_publishers(CONFIG, system_clock, dry_run=True).publishers
    engine = Engine(CONFIG.channels, publishers, worker, CHANNELS)
    start = time.perf_counter()
    for _ in range(looks):
        engine._survey()
        candidates.next_due(system_clock())
    seconds = time.perf_counter() - start
    engine.end()
    return seconds / looks * 1_000
