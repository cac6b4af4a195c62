"""`run`: the clock, until somebody stops it; and its dry run, which reads the queue and leaves it as it is."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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


NO_CHANNEL = "No channel can be used: enter the keys in config.toml, then check them with: scheduler.py check --online"


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
    for sentence in standing():
        print(sentence)
    if call.config.publishing.dry_run or call.arguments.dry_run:
        return _dry(call)
    return _live(call)


def _live(call: Call) -> int:
    opened = open_publishers(call.config, call.clock, dry_run=False)
    for sentence in opened.problems.values():
        print(sentence, file=sys.stderr)
    if not opened.publishers:
        print(NO_CHANNEL, file=sys.stderr)
        return FAILED
    tally = Tally()
    publishing = call.config.publishing
    worker = Worker(leases.new_worker(), call.clock, call.config.site.timezone, publishing, tally.tell)
    engine = Engine(call.config.channels, opened.publishers, worker, publishing.concurrency)
    _on_signals(engine.stop)
    engine.work_off() if call.arguments.once else _until_stopped(engine, call)
    ended = engine.end()
    print(f"{plural(tally.published, 'delivery', 'deliveries')} published, {tally.failures} not.", flush=True)
    if not ended:
        print(
            "A network had not answered after ten seconds: that delivery is unconfirmed.", file=sys.stderr, flush=True
        )
        os._exit(FAILED)  # a thread that still waits for a network would keep the program from ending
    return FAILED if call.arguments.once and (tally.failures or _left_behind(opened.problems, call)) else WELL


def _until_stopped(engine: Engine, call: Call) -> None:
    ticker = Ticker(engine.wake, call.clock)
    ticker.start()
    print("The clock runs; stop it with Ctrl+C.", flush=True)
    engine.verify(lambda sentence: print(sentence, file=sys.stderr, flush=True))
    engine.work(ticker.due)
    print("Stopping: running calls get ten seconds to end.", flush=True)
    ticker.stop()


def _left_behind(problems: Mapping[str, str], call: Call) -> bool:
    """Whether something is due on a channel that could not be opened."""
    return bool(problems.keys() & set(queue.due_channels(call.clock())))


def _dry(call: Call) -> int:
    stop = threading.Event()
    _on_signals(stop.set)
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
    local = following.astimezone(call.config.site.timezone)
    print(f"The next delivery is due on {local:%Y-%m-%d at %H:%M}. Stop with Ctrl+C.", flush=True)


def _on_signals(stop: Callable[[], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop())
