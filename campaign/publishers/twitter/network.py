"""What X takes, shows and charges, known without calling it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

from campaign.checks.texts import Finished
from campaign.config import Channel, NetworkSettings
from campaign.core.clock import Clock
from campaign.core.finding import Finding, error
from campaign.core.marked import marked as _
from campaign.core.sentence import Sentence
from campaign.publishers.network import (
    Can,
    Look,
    Network,
    PictureLimits,
    Price,
    RateLimit,
    Setting,
    ShownLink,
)
from campaign.publishers.publisher import Publisher

MAX_TWEET = 280
"""What a post may count (https://docs.x.com/fundamentals/counting-characters)."""
SHOWN_PATH = 15
"""Characters of a link's path that X shows."""
PRICES: Mapping[str, Price] = {
    "x_post": Price(
        0.015,
        _(
            "What X charges in US dollars, for the estimates. 0 is free. First, a post without a link:"
        ),
    ),
    "x_post_with_link": Price(0.200, _("A post with a link in it:")),
    "x_media": Price(0.005, _("Each picture:")),
}
_CASHTAG = re.compile(r"\$(?<![\w$].)[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?![\w$])")


def weighted(text: str) -> int:
    """The characters of a text as X counts them: some count as two, and each link as 23."""
    from campaign.checks.length import weighted_length  # noqa: PLC0415 - its tables are for who has a text to count

    return weighted_length(text)


def cashtags(text: str) -> list[str]:
    """The cashtags of a text, such as $ABC."""
    return _CASHTAG.findall(text)


def check_cashtags(finished: Finished) -> Iterable[Finding]:
    """X takes one cashtag at most in a post (403 "maximum of one cashtag")."""
    tags = cashtags(finished.text)
    if len(tags) > 1:
        message = Sentence(
            "X takes one cashtag in a post, and here are {0} ({1}): keep one.",
            len(tags),
            ", ".join(tags),
        )
        yield error("cashtags", message, finished.place)


def shown_links(text: str) -> Iterable[ShownLink]:
    """Every link that X would make, shown without https:// and www., and cut after SHOWN_PATH characters of its path."""
    from campaign.checks.reading.urls import find_links  # noqa: PLC0415 - as above

    return (
        ShownLink(link.start, link.start + len(link.url), _short(link.url))
        for link in find_links(text)
    )


def cost(texts: Sequence[str], pictures: int, prices: Mapping[str, float]) -> float:
    """What X charges for these posts with so many pictures, in US dollars: a post with a link costs more than one without
    (https://docs.x.com/x-api/pricing). `prices` of config.toml are used where they are set."""
    price = {name: prices.get(name, default.dollars) for name, default in PRICES.items()}
    posts = [price["x_post_with_link" if _has_link(text) else "x_post"] for text in texts]
    return sum(posts) + pictures * price["x_media"]


def account_of(access_token: str) -> str:
    """The id of the account that an access token belongs to: X's tokens begin with it. "" where one does not."""
    account, dash, _rest = access_token.partition("-")
    return account if dash and account.isdecimal() else ""


def open_account(channel: Channel, network: NetworkSettings, clock: Clock) -> Publisher:
    """One account; opens no connection. Raises Problem when a key is missing or the address is none."""
    from campaign.publishers.twitter.publisher import Twitter  # noqa: PLC0415 - tweepy is for who publishes

    return Twitter.open(channel, network, clock)


def _short(url: str) -> str:
    whole = re.sub(r"^https?://(www\.)?", "", url)
    host, slash, path = whole.partition("/")
    if len(path) <= SHOWN_PATH:
        return whole
    return f"{host}{slash}{path[:SHOWN_PATH]}…"


@lru_cache(maxsize=4_096)
def _has_link(text: str) -> bool:
    """Whether X would make a link in a text. Cached, since the same text goes to several channels."""
    return any(shown_links(text))


TWITTER = Network(
    name="twitter",
    title="X",
    # As its terms name it (https://x.com/en/tos).
    seat=_("X Corp., in the United States"),
    look=Look("M5 4l14 16 M19 4L5 20", shown_links, card_tags="twitter:"),
    limit=MAX_TWEET,
    length=weighted,
    utm_source="x",
    # From docs.x.com; it names none in pixels, so those are ours.
    pictures=PictureLimits(5_000_000, 4096, 4096, ("image/jpeg", "image/png", "image/webp")),
    open=open_account,
    account_keys=("access_token",),
    account_of=lambda keys: account_of(keys.get("access_token", "")),
    required_keys=("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
    settings={
        "api_url": Setting(
            "https://api.x.com", _("The address of X. Change it for tests only.")
        )
    },
    problems=check_cashtags,
    can=frozenset({Can.THREAD, Can.LOOK, Can.DELETE}),
    refuses_repeats=True,
    # "identical or substantially similar" (https://docs.x.com/developer-terms/policy)
    refuses_similar=True,
    # 100 posts an account in 15 minutes, 10,000 an app in 24 hours; all accounts are taken to use one app
    # (https://docs.x.com/x-api/fundamentals/rate-limits).
    rates=(
        RateLimit(100, timedelta(minutes=15)),
        RateLimit(10_000, timedelta(hours=24), of_all_accounts=True),
    ),
    prices=PRICES,
    cost=cost,
    test_cost=0.01,
    is_in_starter=True,
)
