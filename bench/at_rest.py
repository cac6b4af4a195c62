"""Memory, and the cost of one look at the queue, with 100,000 deliveries queued for later; against an empty queue."""

import resource
import time
from datetime import timedelta

from bench.stage import configure, fill, now, scratch

DELIVERIES, LOOKS = 100_000, 200


def main() -> None:
    """Prints milliseconds a tick, empty and full, and the process's peak memory."""
    with scratch() as folder:
        configure(folder, "http://127.0.0.1:1", 4)
        empty = _look()
        import subprocess
        import sys

        code = "from bench.at_rest import fill_up; from pathlib import Path; import sys; fill_up(Path(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
        full = _look()
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"one tick: {full:.2f} ms with {DELIVERIES:,} queued, {empty:.2f} ms with none (aim: under 2 ms)")
        print(f"memory: {megabytes:.0f} MB (aim: under 100 MB)")


def fill_up(folder: "object") -> None:
    """Fills the queue from a process of its own, whose memory does not count."""
    from pathlib import Path

    configure(Path(str(folder)), "http://127.0.0.1:1", 4)
    fill(DELIVERIES, 4, now() + timedelta(days=1), timedelta(minutes=5))


def _look() -> float:
    from campaign.clock import system_clock
    from campaign.delivery import candidates, leases
    from campaign.delivery.engine import Engine
    from campaign.delivery.publish import Worker
    from campaign.publishers import open_publishers
    from campaign.settings import CONFIG

    worker = Worker(leases.new_worker(), system_clock, CONFIG.site.timezone, CONFIG.publishing)
    publishers = open_publishers(CONFIG, system_clock, dry_run=True).publishers
    engine = Engine(CONFIG.channels, publishers, worker, 4)
    start = time.perf_counter()
    for _ in range(LOOKS):
        engine._survey()
        candidates.next_due(system_clock())
    engine.end()
    return (time.perf_counter() - start) / LOOKS * 1_000


if __name__ == "__main__":
    main()
