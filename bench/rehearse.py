"""Rehearsing a year with 5,000 deliveries, against planning (rendering and checking) the same ones alone."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time

from bench.stage import ROOT, configure, scratch
from campaign.content.library import Library, read_library
from campaign.content.when import AtTime

DELIVERIES, CHANNELS, DAYS = 5_000, 4, 365
START = datetime(2026, 11, 1, tzinfo=UTC)


def main() -> None:
    """Prints the seconds of both, and their ratio."""
    with scratch() as folder:
        configure(folder, "http://127.0.0.1:1", CHANNELS)
        from campaign.delivery import simulation
        from campaign.delivery.plan import plan
        from campaign.delivery.timeline import Wish
        from campaign.settings import CONFIG

        library = _year(read_library(ROOT / "posts", ROOT / "templates"))
        start = time.perf_counter()
        planned = plan(library, CONFIG, START).planned
        alone = time.perf_counter() - start
        simulation.read_library = lambda *_: library  # type: ignore[attr-defined]
        start = time.perf_counter()
        shown = simulation.rehearse(CONFIG, Wish(START), lambda: START)
        seconds = time.perf_counter() - start
        if len(shown.timeline) < DELIVERIES:
            raise SystemExit(f"only {len(shown.timeline)} of {DELIVERIES} were played")
        print(
            f"rehearse: {len(planned):,} deliveries over a year in {seconds:.1f} s ({len(shown.out):,} go out);"
            f" planning them alone {alone:.1f} s: {seconds / alone:.1f} times that"
        )


def _year(library: Library) -> Library:
    """The starter campaign again and again, each post at a time of its own, spread over a year."""
    posts = {}
    wanted = DELIVERIES // CHANNELS
    own = [post for post in library.posts.values() if not post.example]
    for number in range(wanted):
        day = date(2026, 11, 2) + timedelta(days=number * DAYS // wanted)
        when = AtTime(day, clock_time(8 + number % 12, number * 7 % 60))
        post = replace(own[number % len(own)], name=f"p{number}", when=when, written_when=str(when), channels=())
        posts[post.key] = post
    return replace(library, posts=posts)


if __name__ == "__main__":
    main()
