"""Rendering and checking deliveries whose texts repeat and whose texts all differ, against rendering the same texts with
plain Jinja2."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle

from jinja2 import Template

from bench.stage import ROOT, Site, now
from campaign.config import Config
from campaign.config.reading import starter_channels
from campaign.content.library import Library, read_library
from campaign.content.post import PostFile, Text
from campaign.planning.plan import plan
from campaign.publishers import KNOWN

STARTER_CHANNELS = starter_channels(KNOWN)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many deliveries at least, whose texts repeat; a quarter as many whose texts differ."""

    deliveries: int = 10_000


TINY = Sizes(deliveries=16)


def measure(_site: Site, sizes: Sizes) -> None:
    """Prints deliveries a second, and the ratio."""
    library = read_library(ROOT / "posts", ROOT / "templates")
    _tell("texts repeat", "3,000", _many(library, sizes.deliveries))
    _tell("all differ", "1,000", _differing(_many(library, sizes.deliveries // 4)))


def _tell(what: str, aim: str, library: Library) -> None:
    start = time.perf_counter()
    planned = plan(library, Config(channels=STARTER_CHANNELS), now()).planned
    ours = len(planned) / (time.perf_counter() - start)
    template = Template("{{ text }}\n\n{% for tag in hashtags %}{{ tag }} {% endfor %}")
    start = time.perf_counter()
    for delivery in planned:
        template.render(text=delivery.text, hashtags=("#MBC", "#MetastaticBreastCancer"))
    plain = len(planned) / (time.perf_counter() - start)
    print(
        f"render: {ours:,.0f} deliveries/s with all checks, {what} (aim: {aim} or more; {len(planned):,} planned);"
        f" plain Jinja2 {plain:,.0f}/s: 1 : {plain / ours:.0f}"
    )


def _many(library: Library, deliveries: int) -> Library:
    """The starter campaign again and again under other names, until there are enough deliveries."""
    posts = {}
    numbers = range(-(-deliveries // len(STARTER_CHANNELS)))
    for number, post in zip(numbers, cycle(library.posts.values()), strict=False):
        copy = replace(post, name=f"{post.name}-{number}")
        posts[copy.key] = copy
    return replace(library, posts=posts)


def _differing(library: Library) -> Library:
    """The same posts, each with a number of its own at the end of its texts."""
    posts = {
        key: _numbered(post, number) for number, (key, post) in enumerate(library.posts.items())
    }
    return replace(library, posts=posts)


def _numbered(post: PostFile, number: int) -> PostFile:
    texts: dict[str, Mapping[str, Text]] = {}
    for language, forms in post.texts.items():
        texts[language] = {
            form: replace(text, source=f"{text.source} ({number})")
            for form, text in forms.items()
        }
    return replace(post, texts=texts)
