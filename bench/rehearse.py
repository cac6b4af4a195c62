"""Rehearsing a year with thousands of deliveries, against planning (rendering and checking) the same ones alone."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from unittest import mock

from bench.stage import CHANNELS, ROOT, Site
from campaign.content.dates.when import AtTime
from campaign.content.library import Library, read_library
from campaign.content.post import PostFile, Text
from campaign.planning.plan import plan
from campaign.rehearsal import play
from campaign.rehearsal.scene import Wish
from campaign.settings import CONFIG

START = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many deliveries, spread over how many days."""

    deliveries: int = 5_000
    days: int = 365


TINY = Sizes(deliveries=8, days=3)


def measure(_site: Site, sizes: Sizes) -> None:
    """Prints the seconds of both, and their ratio."""
    library = _spread(read_library(ROOT / "posts", ROOT / "templates"), sizes)
    start = time.perf_counter()
    planned = plan(library, CONFIG, START).planned
    alone = time.perf_counter() - start
    start = time.perf_counter()
    with mock.patch.object(play, "read_library", return_value=library):
        shown = play.rehearse(CONFIG, Wish(START), lambda: START)
    seconds = time.perf_counter() - start
    if len(shown.timeline) < sizes.deliveries:
        raise SystemExit(
            f"rehearse: only {len(shown.timeline)} of {sizes.deliveries} were played"
        )
    print(
        f"rehearse: {len(planned):,} deliveries over {sizes.days} days in {seconds:.1f} s ({shown.out:,} go out);"
        f" planning them alone {alone:.1f} s: {seconds / alone:.1f} times that (aim: under 4 s)"
    )


def _told_apart(post: PostFile, number: int) -> PostFile:
    """Made of words of its own: an account gets no text twice, nor nearly."""
    own = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    words = " ".join(f"{letter}{own}" for letter in "bcdfghjk")
    texts: dict[str, Mapping[str, Text]] = {}
    for language, forms in post.texts.items():
        texts[language] = {form: replace(text, source=words) for form, text in forms.items()}
    return replace(post, texts=texts)


def _spread(library: Library, sizes: Sizes) -> Library:
    """The starter campaign again and again, each post at a time of its own, spread over the days."""
    posts = {}
    wanted = sizes.deliveries // CHANNELS
    own = [post for post in library.posts.values() if not post.example]
    for number in range(wanted):
        day = date(2026, 11, 2) + timedelta(days=number * sizes.days // wanted)
        when = AtTime(day, clock_time(8 + number % 12, number * 7 % 60))
        post = replace(
            _told_apart(own[number % len(own)], number),
            name=f"p{number}",
            when=when,
            written_when=str(when),
            channels=(),
        )
        posts[post.key] = post
    return replace(library, posts=posts)
