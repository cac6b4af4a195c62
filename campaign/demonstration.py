"""The demonstration: the same program on a queue of its own, with nothing sent, and with people who are nobody."""

import os
import secrets
import socket
import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from campaign.config import Config, Database
from campaign.content.dates.laying import laid_on
from campaign.content.dates.when import OnDay
from campaign.core.clock import local_day

DEMO_VARIABLE = "CAMPAIGN_DEMO"
"""The environment variable that holds PORT:KEY:FOLDER while a demonstration is given: where its pages are, the key that
opens them, and where its files are."""
MOVED_VARIABLE = "CAMPAIGN_DEMO_MOVED"
"""The environment variable that holds DAY=DATE while it is given: the awareness day that was moved to near today."""
VOLUNTEER, STAFF, SECOND, ADMIN = "demo.volunteer", "demo.staff", "demo.second", "demo.admin"
FIRST_PORT, PORTS = 8000, 20
"""Where a free port is looked for, and how many are tried."""


def begin(port: int | None, *, serves: bool) -> None:
    """This process gives a demonstration from here on: its pages on this port, or on the first that is free."""
    if not port:
        port = _first_free_port() if serves else FIRST_PORT
    # A newcomer may stand anywhere, also where nothing can be kept.
    folder = "" if os.access(".", os.W_OK) else tempfile.mkdtemp(prefix="campaign-demo-")
    os.environ[DEMO_VARIABLE] = f"{port}:{secrets.token_urlsafe(24)}:{folder}"


def lay_around_today(config: Config, now: datetime) -> None:
    """Moves the awareness day from which most posts of the files are counted to near today, for the demonstration alone: the
    files stay as they are."""
    # Every program asks whether this is a demonstration, and reading posts takes a while to load.
    from campaign.content.library import read_library  # noqa: PLC0415

    library = read_library(config.content.posts, config.content.templates)
    days = library.days
    counted: dict[str, list[int]] = {}
    for post in library.posts.values():
        when = post.when
        if isinstance(when, OnDay) and when.day_id in days:
            offsets = counted.setdefault(when.day_id, [])
            offsets.append(when.offset_days)
    os.environ[MOVED_VARIABLE] = ""
    if not counted:
        return
    key = max(counted, key=lambda day: len(counted[day]))
    today = local_day(now, config.site.timezone)
    on = laid_on(days[key], counted[key], days, today)
    if on:
        os.environ[MOVED_VARIABLE] = f"{key}={on}"


def moved_days() -> dict[str, date]:
    """The awareness day that was moved, if one was, with its date here."""
    if not key():
        return {}
    said = os.environ.get(MOVED_VARIABLE, "")
    day, _, on = said.partition("=")
    return {day: date.fromisoformat(on)} if on else {}


def key() -> str:
    """The key that opens the pages without a password; "" when this is no demonstration."""
    return _given()[1]


def _given() -> tuple[str, str, Path]:
    """The port, the key and the folder; the key is "" when this is no demonstration."""
    port, _, rest = os.environ.get(DEMO_VARIABLE, "").partition(":")
    opens, _, folder = rest.partition(":")
    return port, opens, Path(folder)


def _first_free_port() -> int:
    ports = range(FIRST_PORT, FIRST_PORT + PORTS)
    return next(filter(_is_free, ports), FIRST_PORT)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def as_demonstration(config: Config) -> Config:
    """While a demonstration is given, the configuration with a database and uploads of its own, in dry run, served on
    this machine alone; else the configuration as it is."""
    port, opens, folder = _given()
    if not opens:
        return config
    return replace(
        config,
        database=Database(f"sqlite:///{folder / 'demo.db'}"),
        publishing=replace(config.publishing, dry_run=True),
        moved_days=moved_days(),
        web=replace(
            config.web,
            host="127.0.0.1",
            port=int(port),
            address="",
            proxy="",
            secret_key=None,
            uploads=folder / "demo-uploads",
            second_factor_for_admins=False,
        ),
    )
