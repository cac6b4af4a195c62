"""How late posts leave while strangers, and one who is signed in, ask what is meant to stop the pages: `serve` as people run it,
posts one after the other. The baseline is the same without anybody asking."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from urllib.parse import urlencode

from django.db import connection
from django.test import Client

from bench.stage import CHANNELS, ROOT, Site, empty, fill, now
from campaign.database import mark
from campaign.models import Attempt, Post, Version
from campaign.people.roles import Role, add_user

Headers = Mapping[str, str]
SLOW = 500
"""Connections that say a letter now and then."""
SOURCE = 'kind = "awareness"\nwhen = "2027-10-13 09:00"\n[en]\nshort = "{en}"\n[fr]\nshort = "{fr}"\n'


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many posts, the time from one to the next, the time that `serve` gets to begin, and how many ways to ask."""

    posts: int = 40
    step: timedelta = timedelta(milliseconds=370)
    lead: timedelta = timedelta(seconds=8)
    attacks: int = 6


TINY = Sizes(posts=2, step=timedelta(milliseconds=20), lead=timedelta(seconds=3), attacks=2)


def measure(site: Site, sizes: Sizes) -> None:
    """Prints the 99th percentile of the time between due and the attempt, and how long a page took, for each way to ask."""
    for name, attack in islice(ATTACKS.items(), sizes.attacks):
        empty()
        mark.file().unlink(
            missing_ok=True
        )  # else the database is taken for one that is older than what it has sent
        late, page = _under(attack, site, sizes)
        print(
            f"strangers: {name}: posts p99 {late:.0f} ms late, the page to sign in took {page:.0f} ms",
            flush=True,
        )


def _under(attack: "Attack", site: Site, sizes: Sizes) -> tuple[float, float]:
    headers = _signed_in()
    _versions()
    fill(sizes.posts, CHANNELS, now() + sizes.lead, sizes.step)
    with _serving(site) as port:
        stopped = threading.Event()
        asking = [
            threading.Thread(target=attack, args=(port, headers, stopped)) for _ in range(4)
        ]
        for thread in asking:
            thread.start()
        page = _longest_page(port, sizes)
        stopped.set()
        for thread in asking:
            thread.join()
    late = sorted(
        (started - due) / timedelta(milliseconds=1)
        for started, due in Attempt.objects.values_list("started_at", "delivery__due_at")
    )
    assert len(late) == sizes.posts, f"{len(late)} of {sizes.posts} went out"
    return late[int(len(late) * 0.99)], page


@contextmanager
def _serving(site: Site) -> Iterator[int]:
    """The pages and the clock, as a process; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    config = site.folder / "serve.toml"
    written = site.folder.joinpath(f"config-{CHANNELS}.toml").read_text("utf-8")
    config.write_text(f"[web]\nport = {port}\n{written}", "utf-8")
    connection.close()
    command = [sys.executable, str(ROOT / "scheduler.py"), "serve", "--config", str(config)]
    env = {**os.environ, "CAMPAIGN_CONFIG": str(config)}
    with subprocess.Popen(command, env=env, cwd=site.folder, stdout=subprocess.PIPE) as serving:
        assert serving.stdout
        serving.stdout.readline()
        yield port
        serving.send_signal(signal.SIGTERM)


def _longest_page(port: int, sizes: Sizes) -> float:
    """Until all posts are out, or surely late: the longest that a page took, in milliseconds."""
    longest, end = (
        0.0,
        time.monotonic() + 60 + (sizes.lead + sizes.step * sizes.posts).total_seconds(),
    )
    while time.monotonic() < end and _left(sizes) > 0:
        start = time.perf_counter()
        _ask(port, "GET", "/sign-in/", {})
        longest = max(longest, (time.perf_counter() - start) * 1_000)
        time.sleep(0.2)
    return longest


def _left(sizes: Sizes) -> int:
    return sizes.posts - Attempt.objects.exclude(finished_at=None).count()


def _signed_in() -> Headers:
    """What a browser of a person of the staff sends."""
    person, _ = add_user("bench.staff", Role.STAFF)
    client = Client()
    client.force_login(person)
    token = "a" * 32
    cookies = (
        f"campaign_session={client.cookies['campaign_session'].value}; campaign_csrf={token}"
    )
    return {"Cookie": cookies, "X-CSRFToken": token}


def _versions() -> None:
    """A post with versions that are made to be slow to compare."""
    names = {"key": "bench/slow", "campaign": "bench", "name": "slow", "kind": "awareness"}
    post = Post.objects.create(**names, loaded_at=now(), version=8)
    for number in range(1, 9):
        word = "a " if number % 2 else "a x "
        source = SOURCE.format(en=word * 790, fr=word * 790)
        Version.objects.create(post=post, number=number, source=source, at=now())


def _ask(port: int, method: str, path: str, headers: Headers, body: str = "") -> None:
    talk = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    with suppress(OSError, http.client.HTTPException):
        talk.request(method, path, body or None, dict(headers))
        talk.getresponse().read()
    talk.close()


Attack = Callable[[int, Headers, threading.Event], None]


def _nothing(_port: int, _headers: Headers, stopped: threading.Event) -> None:
    stopped.wait()


def _slow(port: int, _headers: Headers, stopped: threading.Event) -> None:
    with ExitStack() as held:
        slow = []
        for _ in range(SLOW // 4):
            talk = held.enter_context(socket.create_connection(("127.0.0.1", port), 60))
            talk.sendall(b"GET /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            slow.append(talk)
        while not stopped.wait(1):
            for talk in slow:
                with suppress(OSError):
                    talk.sendall(b"x")


def _heads(port: int, _headers: Headers, stopped: threading.Event) -> None:
    while not stopped.is_set():
        _ask(port, "HEAD", "/sign-in/", {})


def _comparing(port: int, headers: Headers, stopped: threading.Event) -> None:
    while not stopped.is_set():
        _ask(port, "GET", "/posts/1/history/", headers)


def _deep(port: int, headers: Headers, stopped: threading.Event) -> None:
    form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    while not stopped.is_set():
        _ask(port, "POST", "/posts/1/fix/", form, urlencode({"fix": "[" * 500_000}))


def _nulls(port: int, headers: Headers, stopped: threading.Event) -> None:
    while not stopped.is_set():
        _ask(port, "GET", "/queue/?q=a%00b&channel=%00", headers)


ATTACKS: Mapping[str, Attack] = {
    "nobody": _nothing,
    "500 slow connections": _slow,
    "HEAD, without end": _heads,
    "texts that are slow to compare": _comparing,
    "deep JSON": _deep,
    "null bytes": _nulls,
}
