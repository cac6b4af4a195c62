"""Rendering and checking 10,000 deliveries, against rendering the same texts with plain Jinja2."""

import time
from dataclasses import replace

from jinja2 import Template

from bench.stage import ROOT, now
from campaign.config import STARTER_CHANNELS, Config
from campaign.content.library import Library, read_library
from campaign.delivery.plan import plan

DELIVERIES = 10_000


def main() -> None:
    """Prints deliveries a second, and the ratio."""
    library = _many(read_library(ROOT / "posts", ROOT / "templates"))
    start = time.perf_counter()
    planned = plan(library, Config(channels=STARTER_CHANNELS), now()).planned
    ours = len(planned) / (time.perf_counter() - start)
    template = Template("{{ text }}\n\n{% for tag in hashtags %}{{ tag }} {% endfor %}")
    start = time.perf_counter()
    for one in planned:
        template.render(text=one.text, hashtags=("#MBC", "#MetastaticBreastCancer"))
    plain = len(planned) / (time.perf_counter() - start)
    print(
        f"render and check: {ours:,.0f} deliveries/s of {len(planned):,}; plain Jinja2 {plain:,.0f}/s: 1 : {plain / ours:.0f}"
    )


def _many(library: Library) -> Library:
    """The starter campaign again and again under other names, until there are enough deliveries."""
    posts = dict(library.posts)
    rounds = -(-DELIVERIES // (len(posts) * len(STARTER_CHANNELS)))
    for number in range(1, rounds):
        for post in library.posts.values():
            copy = replace(post, name=f"{post.name}-{number}")
            posts[copy.key] = copy
    return replace(library, posts=posts)


if __name__ == "__main__":
    main()
