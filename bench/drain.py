"""Draining due deliveries over many channels, against the bare calls of the SDKs: tweepy's `create_tweet` and
facebook-sdk's `put_object`, the same texts on the same threads, one client a channel, its session kept, the environment
not read at every call.

Each round measures both, one after the other, and changes which comes first: the machine is not always quiet, and the
median of the rounds' ratios counts. What a post costs the publishing process in time of the processor is told beside."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import facebook
import requests
import tweepy
from requests.adapters import HTTPAdapter

from bench.stage import Site, fill, now, text_of, write_config
from campaign.config import Channel, Config
from campaign.config.reading import read_config
from campaign.core.clock import system_clock
from campaign.delivery import leases
from campaign.delivery.engine import Engine
from campaign.delivery.publish import Worker
from campaign.models import Delivery
from campaign.publishers import KNOWN, open_publishers

Post = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Sizes:
    """`rounds` is how often both are measured."""

    deliveries: int = 2_000
    channels: int = 100
    threads: int = 48
    rounds: int = 7


TINY = Sizes(deliveries=8, channels=4, threads=2, rounds=1)


@dataclass(frozen=True, slots=True)
class Cost:
    """Posts a second, and milliseconds of the processor a post."""

    rate: float
    cpu: float


def measure(site: Site, sizes: Sizes) -> None:
    """Prints each round, then the medians."""
    config = read_config(KNOWN, write_config(site, sizes.channels))
    start, used = time.perf_counter(), _used_by_the_double(site)
    rounds = [_round(number, site, config, sizes) for number in range(sizes.rounds)]
    busy = (_used_by_the_double(site) - used) / (time.perf_counter() - start)
    rate = statistics.median(ours.rate / bare.rate for bare, ours in rounds)
    cpu = statistics.median(bare.cpu / ours.cpu for bare, ours in rounds)
    bare_cpu, our_cpu = (
        statistics.median(pair[side].cpu for pair in rounds) for side in (0, 1)
    )
    print(f"drain: {rate:.0%} of the bare SDK calls' posts a second (aim: 90 % or more)")
    print(
        f"drain: {our_cpu:.2f} ms of the processor a post, the bare SDK calls {bare_cpu:.2f} ms: {cpu:.0%}"
    )
    print(f"  the network's double used {busy:.0%} of a core")


def _round(number: int, site: Site, config: Config, sizes: Sizes) -> tuple[Cost, Cost]:
    if number % 2:
        ours = _drained(config, sizes)
        bare = _bare(site, config, sizes)
    else:
        bare = _bare(site, config, sizes)
        ours = _drained(config, sizes)
    print(
        f"  bare {bare.rate:.0f}/s, drained {ours.rate:.0f}/s: {ours.rate / bare.rate:.0%}",
        flush=True,
    )
    return bare, ours


def _bare(site: Site, config: Config, sizes: Sizes) -> Cost:
    calls = [_bare_call(channel, site.url) for channel in config.channels.values()]

    def post(number: int) -> object:
        return calls[number % sizes.channels](text_of(number))

    with ThreadPoolExecutor(sizes.threads) as pool:
        return _cost(
            sizes.deliveries, lambda: len(list(pool.map(post, range(sizes.deliveries))))
        )


def _bare_call(channel: Channel, url: str) -> Post:
    keys = {name: secret.reveal() for name, secret in channel.keys.items()}
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", _Elsewhere(url))
    if channel.network == "twitter":
        client = tweepy.Client(**keys)
        client.session = session
        return lambda text: client.create_tweet(text=text)
    graph = facebook.GraphAPI(keys["page_access_token"], session=session)
    return lambda text: graph.put_object(keys["page_id"], "feed", message=text)


class _Elsewhere(HTTPAdapter):
    """The SDKs know one host each: what they send there is led to the double, and nothing else is changed."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(
        self, request: requests.PreparedRequest, *args: object, **options: object
    ) -> requests.Response:
        """Sends to the double."""
        request.url = self._url + request.path_url
        return super().send(request, *args, **options)  # type: ignore[arg-type]


def _drained(config: Config, sizes: Sizes) -> Cost:
    before = Delivery.objects.count()
    fill(sizes.deliveries, sizes.channels, now())
    publishers = open_publishers(config, system_clock, dry_run=False).publishers
    worker = Worker(leases.new_worker(), system_clock, config.site.timezone, config.publishing)
    engine = Engine(config.channels, publishers, worker, sizes.threads)

    def drain() -> int:
        engine.work_off()
        return Delivery.objects.filter(status="published").count() - before

    cost = _cost(sizes.deliveries, drain)
    engine.end()
    return cost


def _cost(posts: int, work: Callable[[], int]) -> Cost:
    """What it takes to send so many posts; `work` says how many went out."""
    start, used = time.perf_counter(), time.process_time()
    out = work()
    seconds, used = time.perf_counter() - start, time.process_time() - used
    if out != posts:
        raise SystemExit(f"drain: only {out} of {posts} went out")
    return Cost(posts / seconds, used / posts * 1_000)


def _used_by_the_double(site: Site) -> float:
    session = requests.Session()
    session.trust_env = False
    with session, session.get(site.url, timeout=10) as answer:
        return float(answer.json()["used"])
