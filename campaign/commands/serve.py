"""`serve`: the pages and the clock in one program; `web`: the pages alone."""

import importlib
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol, cast

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from waitress import create_server

from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.chores import chores
from campaign.commands.frame.lines import prepare_log
from campaign.commands.frame.output import complain, say
from campaign.commands.run import live, on_signals
from campaign.core.problem import Problem

THREADS = 8
CONNECTIONS = 4_000
"""Open at a time, at most: whoever holds some open and says nothing, or little, must not keep others out."""
SPARE = 200
"""Files that the program may have open beside its connections."""
SILENCE = 60
"""Seconds after which a connection that says nothing is closed; a browser opens another."""
TURN = 0.0005
"""Seconds for which a thread may compute while others wait. The clock gives its turn away at each question to the database, and
waits for it behind every page that computes: with Python's own 5 milliseconds, posts were seconds late (bench.strangers)."""
LARGEST = 130_000_000
"""Bytes of one request: a story with its pictures, and no more, since strangers may send one."""


class _Server(Protocol):
    effective_port: int

    def run(self) -> None: ...

    def close(self) -> None: ...


def serve(call: Call) -> int:
    """Serves the pages and publishes what is due; in a dry run, and while no channel can be used, serves only."""
    prepare_log()
    stopped = asked_to_stop()
    with pages(call, call.config.web.port) as port:
        say(f"The pages are at {address(call, port)}. Stop with Ctrl+C.")
        if call.config.publishing.dry_run:
            say("Dry run: nothing is sent. To publish, set dry_run = false in config.toml.")
            return until(stopped)
        try:
            return live(call, stopped)
        except Problem as problem:
            complain(f"{problem} The pages are served all the same.")
            return until(stopped)


def web(call: Call) -> int:
    """Serves the pages; another program publishes."""
    prepare_log()
    stopped = asked_to_stop()
    with pages(call, call.config.web.port) as port:
        say(f"The pages are at {address(call, port)}. Stop with Ctrl+C.")
        say("Nothing is published by this program: that is the work of scheduler.py run.")
        return until(stopped)


@contextmanager
def pages(call: Call, port: int) -> Iterator[int]:
    """Serves the pages in threads beside this one; gives the port. Raises Problem when it is taken."""
    sys.setswitchinterval(TURN)
    server = _open(call, port)
    thread = threading.Thread(target=server.run, name="pages", daemon=True)
    thread.start()
    try:
        with chores(call.clock):
            yield server.effective_port
    finally:
        with suppress(OSError):
            server.close()


def asked_to_stop() -> threading.Event:
    """An event that Ctrl+C sets from now on, and a stop by the system."""
    stopped = threading.Event()
    on_signals(stopped.set)
    return stopped


def until(stopped: threading.Event) -> int:
    """Waits until the event is set. Returns the exit status."""
    while not stopped.wait(0.5):
        # In short waits, since one without an end may hold back Ctrl+C on Windows.
        pass
    return WELL


def address(call: Call, port: int) -> str:
    """The address to type into a browser, for pages on this port."""
    web = call.config.web
    return web.url if port == web.port else f"http://{web.host}:{port}"


def _connections() -> int:
    """As many as the system lets this program have open, after asking it for more; CONNECTIONS at most."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:  # Windows, where select() ends at 512
        return 400
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft == resource.RLIM_INFINITY else min(CONNECTIONS, soft - SPARE)


def _open(call: Call, port: int) -> _Server:
    web = call.config.web
    str(settings.SECRET_KEY)  # found now, or refused in a sentence: not by the first page
    # It warns of every request that waits for a thread, which is no trouble.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    trusted = {
        "trusted_proxy": web.proxy,
        "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
    }
    try:
        server = create_server(
            get_wsgi_application(),
            host=web.host,
            port=port,
            threads=THREADS,
            ident=None,  # no header that names the server
            connection_limit=_connections(),
            channel_timeout=SILENCE,
            asyncore_use_poll=True,  # select() knows no file beyond the 1,024th
            max_request_body_size=LARGEST,
            clear_untrusted_proxy_headers=True,
            **(trusted if web.proxy else {}),
        )
    except OSError as problem:
        reason = (problem.strerror or "unknown reason").lower()
        raise Problem(
            f"The pages cannot be served on {web.host}:{port} ({reason}): set another port under [web] in config.toml."
        ) from None
    return cast(_Server, server)
