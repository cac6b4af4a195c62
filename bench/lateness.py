"""How late single posts leave on an idle machine: 40 posts, one after the other, by the real clock."""

import threading
from datetime import datetime, timedelta

from bench.stage import configure, fill, now, scratch

POSTS, STEP = 40, timedelta(milliseconds=370)


def main() -> None:
    """Prints the median and the 99th percentile of the time between due and the call of the network."""
    with scratch() as folder:
        configure(folder, "http://127.0.0.1:1", 4)
        late = sorted(_lateness())
        p50, p99 = late[len(late) // 2], late[int(len(late) * 0.99)]
        print(f"lateness of single posts: p50 {p50:.0f} ms, p99 {p99:.0f} ms (aim: under 100 ms)")


def _lateness() -> list[float]:
    from campaign.clock import system_clock
    from campaign.delivery import leases
    from campaign.delivery.engine import Engine
    from campaign.delivery.publish import Worker
    from campaign.delivery.ticker import Ticker
    from campaign.models import Delivery
    from campaign.publishers.publisher import Message, Outcome, Published
    from campaign.settings import CONFIG

    left: dict[str, datetime] = {}

    class Stopwatch:
        """A network that only notes when it is called."""

        def publish(self, message: Message) -> Outcome:
            """Notes the time."""
            left[message.text] = now()
            if len(left) == POSTS:
                threading.Timer(0.2, engine.stop).start()
            return Published("1", "")

    fill(POSTS, 4, now() + timedelta(seconds=2), STEP)
    worker = Worker(leases.new_worker(), system_clock, CONFIG.site.timezone, CONFIG.publishing)
    engine = Engine(CONFIG.channels, dict.fromkeys(CONFIG.channels, Stopwatch()), worker, 4)  # type: ignore[arg-type]
    ticker = Ticker(engine.wake, system_clock)
    ticker.start()
    engine.work(ticker.due)
    ticker.stop()
    engine.end()
    due = dict(Delivery.objects.values_list("text", "due_at"))
    return [(left[text] - due[text]) / timedelta(milliseconds=1) for text in left]


if __name__ == "__main__":
    main()
