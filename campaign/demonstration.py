"""The demonstration: the same program on a queue of its own, with nothing sent, and with people who are nobody."""

import os
import secrets
import socket
import tempfile
from dataclasses import replace
from pathlib import Path

from campaign.config import Config, Database

DEMO_VARIABLE = "CAMPAIGN_DEMO"
"""The environment variable that holds PORT:KEY:FOLDER while a demonstration is given: where its pages are, the key that
opens them, and where its files are."""
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
