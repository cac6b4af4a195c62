"""`run`: the clock, until somebody stops it; and its dry run, which reads the queue and leaves it as it is."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from campaign.cli import FAILED, WELL, Call
from campaign.commands.output import plural
from campaign.config import Channel
from campaign.delivery import leases, queue
from campaign.delivery.engine import Engine
from campaign.delivery.pauses import standing
from campaign.delivery.publish import Worker
from campaign.delivery.queue import Claim, Result
from campaign.delivery.ticker import Ticker
from campaign.publishers import open_publishers
from campaign.publishers.publisher import Message, Publisher
from campaign.states import Status


@dataclass
class Tally:
    """What came of the attempts of this run; told line by line as they end."""

    failures: int = 0
    published: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, claim: Claim, result: Result) -> None:
        """One line for an attempt."""
        with self.lock:
            self.published += result.status is Status.PUBLISHED
            self.failures += result.status is not Status.PUBLISHED
            print(
                f"{result.status}: {claim.post} on {claim.channel}. {result.url or result.detail}".rstrip(), flush=True
            )


def run(call: Call) -> int:
    """Publishes what is due. With dry_run set, or --dry-run, it only shows it."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    stop = _stop_on_signals()
    for sentence in standing():
        print(sentence)
    if call.config.publishing.dry_run or call.arguments.dry_run:
        return _dry(call, stop)
    return _live(call, stop)


def _live(call: Call, stop: threading.Event) -> int:
    opened = open_publishers(call.config, call.clock, dry_run=False)
    for sentence in opened.problems.values():
        print(sentence, file=sys.stderr)
    if not opened.publishers:
        print(
            "No channel can be used: enter the keys in config.toml, then check them with: scheduler.py check --online",
            file=sys.stderr,
        )
        return FAILED
    tally = Tally()
    zone, publishing = call.config.site.timezone, call.config.publishing
    worker = Worker(leases.new_worker(), call.clock, zone, publishing, stop.is_set, tally.tell)
    engine = Engine(call.config.channels, opened.publishers, worker, publishing.concurrency)
    ended = _once(engine, stop) if call.arguments.once else _until_stopped(engine, call, stop)
    print(f"{plural(tally.published, 'delivery', 'deliveries')} published, {tally.failures} not.", flush=True)
    if not ended:
        print(
            "A network had not answered after ten seconds: that delivery is unconfirmed.", file=sys.stderr, flush=True
        )
        os._exit(FAILED)  # a thread that still waits for a network would keep the program from ending
    return FAILED if call.arguments.once and (tally.failures or _left_behind(opened.problems, call)) else WELL


def _once(engine: Engine, stop: threading.Event) -> bool:
    worker = threading.Thread(target=engine.work_off, daemon=True)
    worker.start()
    while worker.is_alive() and not stop.is_set():
        worker.join(0.1)
    stop.set()
    return engine.stop()


def _until_stopped(engine: Engine, call: Call, stop: threading.Event) -> bool:
    ticker = Ticker(engine.tick, call.clock)
    ticker.start()
    print("The clock runs; stop it with Ctrl+C.", flush=True)
    for sentence in engine.verify().values():
        print(sentence, file=sys.stderr, flush=True)
    while not stop.wait(1):
        ticker.heed_clock()
    print("Stopping: running calls get ten seconds to end.", flush=True)
    ticker.stop()
    return engine.stop()


def _left_behind(problems: Mapping[str, str], call: Call) -> bool:
    """Whether something is due on a channel that could not be opened."""
    return bool(problems.keys() & set(queue.due_channels(call.clock())))


def _dry(call: Call, stop: threading.Event) -> int:
    print("Dry run: nothing is sent, and the queue stays as it is.")
    opened = open_publishers(call.config, call.clock, dry_run=True, show=_show)
    seen: set[int] = set()
    _show_due(call, opened.publishers, seen)
    if call.arguments.once:
        print(f"{plural(len(seen), 'delivery', 'deliveries')} would go out now.")
        return WELL
    _tell_next(call)
    while not stop.wait(0.5):
        _show_due(call, opened.publishers, seen)
    return WELL


def _show_due(call: Call, publishers: Mapping[str, Publisher], seen: set[int]) -> None:
    now, zone = call.clock(), call.config.site.timezone
    for claim, reasons in queue.peek_due(now, zone):
        if claim.delivery in seen or claim.channel not in publishers:
            continue
        if reasons:
            print(
                f"{claim.post} would not go out on {claim.channel}: {' '.join(reason.sentence for reason in reasons)}"
            )
        else:
            print(f"{now.astimezone(zone):%Y-%m-%d %H:%M:%S} {claim.post} would go out now:")
            publishers[claim.channel].publish(Message(claim.text))
        seen.add(claim.delivery)


def _show(channel: Channel, message: Message) -> None:
    print(f"  {channel.name} ({channel.language})")
    for line in message.text.splitlines():
        print(f"    {line}")


def _tell_next(call: Call) -> None:
    following = queue.next_due(call.clock())
    if following is None:
        print("Nothing is queued for later. Stop with Ctrl+C.", flush=True)
        return
    local = following.astimezone(call.config.site.timezone) + timedelta(0)
    print(f"The next delivery is due on {local:%Y-%m-%d at %H:%M}. Stop with Ctrl+C.", flush=True)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop
