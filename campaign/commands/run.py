"""`run`: the clock, until somebody stops it; and its dry run, which reads the queue and leaves it as it is."""

import os
import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from django.db import DatabaseError, connection

from campaign.authoring.shared.written import days_of_pages
from campaign.commands.frame.call import FAILED, WELL, Call
from campaign.commands.frame.chores import chores, tidy
from campaign.commands.frame.lines import prepare_log
from campaign.commands.frame.output import complain, plural, say
from campaign.config import Channel
from campaign.content.library import read_calendar
from campaign.core.problem import Problem
from campaign.core.sentence import joined
from campaign.database.accounts import config_in_force
from campaign.database.sql import writing
from campaign.delivery import candidates, leases
from campaign.delivery.attempts import Claim, Result
from campaign.delivery.clocks.asked import is_right
from campaign.delivery.engine import Engine
from campaign.delivery.lookback.beginning import begin
from campaign.delivery.lookback.waiting import sentences
from campaign.delivery.pauses import standing
from campaign.delivery.publish import Worker
from campaign.delivery.remembrance import keep_quiet_days
from campaign.models.evergreen import Evergreen
from campaign.publishers import Opened, open_publishers
from campaign.publishers.publisher import Message, Publisher, Ready
from campaign.states import AttemptOutcome, Status

NO_CHANNEL = "No channel can be used: enter the keys in config.toml, then check them with: scheduler.py check --online"
UNANSWERED = (
    "A network had not answered after ten seconds."
    " Look whether the post is out, then say so with: scheduler.py resolve DELIVERY"
)


def _happened(result: Result) -> str:
    """What an attempt came to, in a word or two."""
    # A delivery that is queued again after a success is a thread, of which one part is out.
    if result.outcome is AttemptOutcome.PUBLISHED and result.status is Status.QUEUED:
        return "part published"
    return result.status


@dataclass
class Tally:
    """Counts the attempts of this run, and prints a line for each as it ends; called from several threads."""

    failures: int = 0
    published: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, claim: Claim, result: Result) -> None:
        """Counts an attempt and prints its line."""
        with self.lock:
            self.published += result.status is Status.PUBLISHED
            self.failures += result.outcome is not AttemptOutcome.PUBLISHED
            known = result.url or result.detail
            line = f"{_happened(result)}: {claim.post} on {claim.channel}. {known}"
            _say_if_heard(line.rstrip())


def run(call: Call) -> int:
    """Publishes what is due; with dry_run set, or --dry-run, only prints it. Raises Problem when no channel can be used."""
    prepare_log()
    for sentence in (*standing(), *sentences(call.config.site.timezone)):
        say(sentence)
    if call.config.publishing.dry_run or call.arguments.dry_run:
        return _dry(call)
    if call.arguments.once:
        tidy(call.clock())
        return live(call)
    with chores(call.clock):
        return live(call)


def live(call: Call, stopped: threading.Event | None = None) -> int:
    """Publishes what is due, once or until it is stopped. Fails, with --once, when an attempt did or a channel is missing.

    Raises Problem when no channel can be used.
    """
    opened = open_publishers(call.config, call.clock, dry_run=False)
    for sentence in opened.problems.values():
        complain(f"{sentence} The other channels go on." if opened.publishers else sentence)
    if not opened.publishers:
        raise Problem(NO_CHANNEL)
    tally = Tally()
    _keep_days(call)
    engine = _engine(call, opened, tally)
    on_signals(engine.stop)
    if stopped and stopped.is_set():  # a signal came before the engine could hear it
        engine.stop()
    is_once = call.arguments.once
    keep = partial(_keep, call, opened)
    if is_once:
        keep()
    try:
        engine.work_off() if is_once else _until_stopped(engine, call, keep)
    finally:
        ended = engine.end()
    published = plural(tally.published, "delivery", "deliveries")
    _say_if_heard(f"{published} published, {tally.failures} not.")
    if not ended:
        complain(UNANSWERED)
        # A thread that still waits for a network would keep the program from ending.
        os._exit(FAILED)
    if not is_once:
        return WELL
    left_behind = _left_behind(opened, call, engine.held_up())
    return FAILED if tally.failures or left_behind else WELL


def _engine(call: Call, opened: Opened, tally: Tally) -> Engine:
    config = call.config
    publishing = config.publishing
    name = leases.new_worker()
    zone = config.site.timezone
    mark = begin(config.channels, call.clock(), publishing.settle)
    worker = Worker(name, call.clock, zone, publishing, tally.tell, mark)
    return Engine(config.channels, opened.publishers, worker, publishing.concurrency)


def _until_stopped(engine: Engine, call: Call, keep: Callable[[], None]) -> None:
    # --once and a dry run need no clock, and it costs.
    from campaign.delivery.clocks.ticker import Ticker, every  # noqa: PLC0415
    from campaign.stories.erasing.keeping import EVERY  # noqa: PLC0415 - it reads sealed names

    ticker = Ticker(engine.wake, call.clock)
    ticker.start()
    say("The clock runs; stop it with Ctrl+C.")
    engine.verify(complain)
    with every(EVERY, partial(_in_its_thread, keep), waits=False):
        engine.work(ticker.due)
    _say_if_heard("Stopping: running calls get ten seconds to end.")
    ticker.stop()


def _in_its_thread(keep: Callable[[], None]) -> None:
    try:
        keep()
    finally:
        connection.close()  # the next time it may be another thread's


def _keep(call: Call, opened: Opened) -> None:
    """What is looked after every ten minutes."""
    _keep_days(call)
    _keep_stories(call, opened)
    _keep_evergreen(call)


def _keep_evergreen(call: Call) -> None:
    """Lays out what goes out again. Whatever goes wrong there, posts go out."""
    try:
        # Also of a set that was stopped something may wait, and hold no longer.
        if not Evergreen.objects.exists():
            return
        # Most installations have no such posts, and what plans them takes a while to load.
        from campaign.commands.content import read_posts  # noqa: PLC0415
        from campaign.decisions.evergreen.laying_out import Desk, lay_out  # noqa: PLC0415

        config = config_in_force(call.config)
        lay_out(Desk(config, read_posts(call)), call.clock())
    except (DatabaseError, Problem) as problem:
        complain(str(problem))


def _keep_days(call: Call) -> None:
    """The days of remembrance as the calendar has them now: one that is added at short notice counts without a load."""
    config = call.config
    of_files, is_whole = read_calendar(config.content.posts, config.site.languages)
    try:
        with writing():
            days = {**days_of_pages(), **of_files}
            keep_quiet_days(days.values(), is_whole=is_whole)
    except DatabaseError as problem:
        complain(str(problem))


def _keep_stories(call: Call, opened: Opened) -> None:
    """What time brings about for stories. Whatever goes wrong there, posts go out."""
    config = call.config
    # What is erased does not come back: not by a clock that no network has agreed with.
    if not is_right(opened.publishers, call.clock, config.publishing.clock_limit):
        return
    from campaign.stories.erasing.keeping import work_off  # noqa: PLC0415 - it reads sealed names

    try:
        work_off(
            config.web.uploads,
            config.stories.erase_after,
            config.site.timezone,
            call.clock(),
            is_sure=True,
        )
    except (Problem, OSError, DatabaseError) as problem:
        complain(str(problem))


def _left_behind(opened: Opened, call: Call, held_up: Mapping[str, str]) -> bool:
    """Whether something that may go out is due on a channel that could not be opened, or on which nothing goes out."""
    due = candidates.peek_due(call.clock(), call.config.site.timezone)
    may_go_out = {claim.channel for claim, reasons in due if not reasons}
    left = may_go_out - opened.publishers.keys()
    # Those with a problem were named at the start.
    for name in sorted(left - opened.problems.keys()):
        complain(
            f'Posts are due on channel "{name}", which is not in config.toml: add it there, or cancel them.'
        )
    waiting = sorted(may_go_out & held_up.keys())
    for name in waiting:
        complain(f"Channel {name}: {held_up[name]}")
    return bool(left or waiting)


def _dry(call: Call) -> int:
    """Prints what is due, once or as it comes due until it is stopped; changes nothing."""
    stop = threading.Event()
    on_signals(stop.set)
    why = "" if call.arguments.dry_run else " To publish, set dry_run = false in config.toml."
    say(f"Dry run: nothing is sent, and the queue stays as it is.{why}")
    opened = open_publishers(call.config, call.clock, dry_run=True, show=_show)
    seen: set[int] = set()
    going = _show_due(call, opened.publishers, seen)
    if call.arguments.once:
        say(f"{plural(going, 'delivery', 'deliveries')} would go out now.")
        return WELL
    _tell_next(call)
    while not stop.wait(0.5):
        _show_due(call, opened.publishers, seen)
    return WELL


def _show_due(call: Call, publishers: Mapping[str, Publisher], seen: set[int]) -> int:
    """Prints the due deliveries that are not in `seen`, and adds their numbers to it. Returns how many would go out."""
    now, zone = call.clock(), call.config.site.timezone
    going = 0
    for claim, reasons in candidates.peek_due(now, zone):
        if claim.delivery in seen:
            continue
        seen.add(claim.delivery)
        why_not = [reason.sentence for reason in reasons]
        if claim.channel not in publishers:
            why_not.append("This channel is not in config.toml.")
        if why_not:
            say(f"{claim.post} would not go out on {claim.channel}: {joined(why_not)}")
        else:
            going += 1
            say(f"{now.astimezone(zone):%Y-%m-%d %H:%M:%S} {claim.post} would go out now:")
            publishers[claim.channel].publish(Ready(Message(claim.text, link=claim.link)))
    return going


def _show(channel: Channel, message: Message) -> None:
    say(f"  {channel.name} ({channel.language})")
    for line in message.text.split("\n"):
        say(f"    {line}")
    if message.link:
        say(f"    Link beside the text: {message.link}")


def _tell_next(call: Call) -> None:
    following = candidates.next_due(call.clock())
    if following is None:
        say("Nothing is queued for later. Stop with Ctrl+C.")
        return
    local = following.astimezone(call.config.site.timezone)
    say(f"The next delivery is due on {local:%Y-%m-%d at %H:%M}. Stop with Ctrl+C.")


def _say_if_heard(sentence: str) -> None:
    with suppress(OSError):  # posts go out although the reader of the output has gone
        say(sentence)


def on_signals(stop: Callable[[], None]) -> None:
    """Calls `stop` on Ctrl+C, on a stop by the system, and when the terminal is closed."""
    hangup = getattr(signal, "SIGHUP", signal.SIGTERM)  # Windows has none
    for number in (signal.SIGINT, signal.SIGTERM, hangup):
        # One that is ignored stays so: nohup means that the program outlives its terminal.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: stop())
