"""Draining 2,000 due deliveries over 100 channels, against the SDK calls alone on the same threads in the same run."""

import time
from concurrent.futures import ThreadPoolExecutor

from bench.stage import configure, fill, networks, now, scratch

DELIVERIES, CHANNELS, THREADS, DELAY, ROUNDS = 2_000, 100, 48, 0.05, 3


def main() -> None:
    """Prints both rates and their ratio; the median of the rounds counts, since the machine is not always quiet."""
    with scratch() as folder, networks(DELAY) as url:
        configure(folder, url, CHANNELS)
        ratios = []
        for _ in range(ROUNDS):
            alone, drained = _sdk_alone(), _drained()
            ratios.append(drained / alone)
            print(f"  SDK calls alone {alone:.0f}/s, drained {drained:.0f}/s: {drained / alone:.0%}")
        print(f"drain: {sorted(ratios)[ROUNDS // 2]:.0%} of the SDK calls alone (aim: 85 % or more)")


def _sdk_alone() -> float:
    from campaign.clock import system_clock
    from campaign.publishers import open_publishers
    from campaign.publishers.publisher import Message, Ready
    from campaign.settings import CONFIG

    publishers = list(open_publishers(CONFIG, system_clock, dry_run=False).publishers.values())

    def call(number: int) -> bool:
        return bool(publishers[number % CHANNELS].publish(Ready(Message(f"Alone {number}"))))

    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        sent = sum(pool.map(call, range(DELIVERIES)))
    return sent / (time.perf_counter() - start)


def _drained() -> float:
    from campaign.clock import system_clock
    from campaign.delivery import leases
    from campaign.delivery.engine import Engine
    from campaign.delivery.publish import Worker
    from campaign.models import Delivery
    from campaign.publishers import open_publishers
    from campaign.settings import CONFIG

    before = Delivery.objects.count()
    fill(DELIVERIES, CHANNELS, now())
    opened = open_publishers(CONFIG, system_clock, dry_run=False)
    worker = Worker(leases.new_worker(), system_clock, CONFIG.site.timezone, CONFIG.publishing)
    engine = Engine(CONFIG.channels, opened.publishers, worker, THREADS)
    start = time.perf_counter()
    engine.work_off()
    seconds = time.perf_counter() - start
    engine.end()
    published = Delivery.objects.filter(status="published").count() - before
    if published != DELIVERIES:
        raise SystemExit(f"only {published} of {DELIVERIES} went out")
    return published / seconds


if __name__ == "__main__":
    main()
