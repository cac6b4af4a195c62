"""The sections of config.toml about the web pages, e-mail, prices, stories and checks."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from campaign.config import Email, Stories, Web
from campaign.config.secret import Secret, read_secret
from campaign.core.finding import Level, did_you_mean
from campaign.core.sentence import Sentence
from campaign.core.span import BadSpan, parse_span
from campaign.core.toml_file import Table

SUBMISSIONS = 465
"""The port of mail servers that speak TLS from the first byte (RFC 8314)."""
LEAST_UNAGREED, MOST_UNAGREED = 30, 730
"""Days for which a story is kept that nobody has agreed to: enough to be reminded and to answer, and not for ever."""
SHORTEST_KEY = 40
"""Characters of a key that names and contacts are sealed with."""
CHECK_LEVELS: Mapping[str, Level | None] = {
    **{level.value: level for level in Level},
    "off": None,
}
"""What a check can be set to."""
_SENDER = re.compile(r"[^@\s<>]+@[^@\s<>]+|[^<>\r\n]+<[^@\s<>]+@[^@\s<>]+>")


def read_web(table: Table, folder: Path) -> Web:
    """[web]; what is wrong is added to the file's findings."""
    default = Web()
    web = Web(
        host=table.text("host", default.host),
        port=_port(table, default.port),
        address=table.text("address"),
        proxy=table.text("proxy"),
        secret_key=read_secret(table, "secret_key", folder)
        if "secret_key" in table.data
        else None,
        uploads=folder / table.text("uploads", str(default.uploads)),
        second_factor_for_admins=table.take(
            "second_factor_for_admins", bool, default.second_factor_for_admins
        ),
        hsts=read_span(table, "hsts", default.hsts),
    )
    if web.address and not _is_origin(web.address):
        message = Sentence(
            'The address must be that of the first page, such as "https://posts.survivornet.ca".'
        )
        table.complain("bad-url", message, "address")
    if web.is_https and not web.proxy:
        # Without it every page would lead to itself: what arrives here is http, and nobody says that it was https outside.
        message = Sentence(
            "With an https address, a proxy stands in front: name the address that it connects from, such as"
            ' proxy = "127.0.0.1".'
        )
        table.complain("no-proxy", message, "address")
    if web.secret_key and web.secret_key.problem:
        table.complain("no-secret", web.secret_key.problem, "secret_key")
    elif web.secret_key and len(web.secret_key.reveal()) < 50:
        table.complain(
            "bad-secret",
            Sentence("The secret_key needs 50 signs or more, drawn by chance."),
            "secret_key",
        )
    table.close()
    return web


def read_email(table: Table, folder: Path) -> Email:
    """[email]; what is wrong is added to the file's findings."""
    default = Email()
    port = _port(table, default.port)
    email = Email(
        host=table.text("host"),
        port=port,
        user=table.text("user"),
        password=read_secret(table, "password", folder)
        if "password" in table.data
        else default.password,
        tls=table.take("tls", bool, default.tls),
        tls_at_once=table.take("tls_at_once", bool, port == SUBMISSIONS),
        sender=table.text("sender"),
    )
    table.taken.add("password")
    if email.host and not _SENDER.fullmatch(email.sender):
        table.complain(
            "bad-sender",
            Sentence('Mail needs a sender: write sender = "posts@survivornet.ca".'),
            "sender",
        )
    if email.host and email.password.problem:
        table.complain("no-secret", email.password.problem, "password")
    table.close()
    return email


def read_prices(table: Table, known: Mapping[str, float]) -> Mapping[str, float]:
    """[prices], each with its default; what is wrong is added to the file's findings."""
    prices = {name: _price(table, name, default) for name, default in known.items()}
    table.close()
    return prices


def read_stories(table: Table, folder: Path) -> Stories:
    """[stories]; what is wrong is added to the file's findings."""
    default = Stories()
    stories = Stories(
        key=_keys(table, folder),
        open=table.take("open", bool, default.open),
        erase_after=read_span(table, "erase_after", default.erase_after),
        deadline=table.take("deadline", int, default.deadline),
        unagreed_days=table.take("unagreed_days", int, default.unagreed_days),
        on_duty=table.texts("on_duty", default.on_duty),
    )
    for key in stories.key:
        if key.problem:
            table.complain("no-secret", key.problem, "key")
        elif len(key.reveal()) < SHORTEST_KEY:
            table.complain(
                "bad-secret",
                Sentence("The key needs {0} signs or more, drawn by chance.", SHORTEST_KEY),
                "key",
            )
    if not 1 <= stories.deadline <= 30:
        table.complain(
            "bad-number",
            Sentence("deadline is a number of working days from 1 to 30."),
            "deadline",
        )
    if not LEAST_UNAGREED <= stories.unagreed_days <= MOST_UNAGREED:
        table.complain(
            "bad-number",
            Sentence(
                "unagreed_days is a number of days from {0} to {1}.",
                LEAST_UNAGREED,
                MOST_UNAGREED,
            ),
            "unagreed_days",
        )
    if not stories.erase_after:
        table.complain(
            "bad-span",
            Sentence(
                "erase_after of nothing would erase what was just taken back: write 30d or more."
            ),
            "erase_after",
        )
    table.close()
    return stories


def read_span(table: Table, key: str, default: timedelta) -> timedelta:
    """A span of time such as "6h"; the default when it is absent, or cannot be read, which is added to the findings."""
    written = table.text(key)
    if not written:
        return default
    try:
        return parse_span(written)
    except BadSpan as problem:
        table.complain("bad-span", str(problem), key)
        return default


def _keys(table: Table, folder: Path) -> tuple[Secret, ...]:
    """One key, or a list of them."""
    table.taken.add("key")
    written = table.data.get("key", [])
    secrets = []
    for key in written if isinstance(written, list) else [written]:
        # In a table of its own each, since a secret is read by its name in a table.
        alone = Table({"key": key}, table.file, table.path)
        secrets.append(read_secret(alone, "key", folder))
    return tuple(secrets)


def read_checks(table: Table, known: Mapping[str, bool]) -> Mapping[str, Level | None]:
    """[checks]: the level of each check that is set there, None for one that is off; `known` says of every check whether
    its level may be set. What is wrong is added to the file's findings."""
    levels = {code: _level(table, code, known) for code in table.data}
    table.close()
    return levels


def _level(table: Table, code: str, known: Mapping[str, bool]) -> Level | None:
    """The level that a check is set to; None for off, and for what is wrong."""
    written = table.text(code)
    if code not in known:
        settable = (check for check, may_be_set in known.items() if may_be_set)
        nearest = did_you_mean(code, settable)
        table.complain("unknown-check", Sentence('"{0}" is no check; {1}', code, nearest), code)
    elif not known[code]:
        message = Sentence(
            'The level of "{0}" stays: it guards people, facts, or what a network takes. Take this line out.',
            code,
        )
        table.complain("bad-level", message, code)
    elif written not in CHECK_LEVELS and isinstance(table.data[code], str):
        table.complain(
            "bad-level",
            Sentence('"{0}" is no level; {1}', written, did_you_mean(written, CHECK_LEVELS)),
            code,
        )
    return CHECK_LEVELS.get(written)


def _port(table: Table, default: int) -> int:
    port = table.take("port", int, default)
    if not 1 <= port <= 65535:
        table.complain("bad-number", Sentence("A port is a number from 1 to 65535."), "port")
        return default
    return port


def _price(table: Table, key: str, default: float) -> float:
    table.taken.add(key)
    value = table.data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1000:
        table.complain(
            "bad-number",
            Sentence(
                "{0} must be a number of dollars, such as 0.015; 0 is free.", table.say(key)
            ),
            key,
        )
        return default
    return float(value)


def is_web_address(url: str) -> bool:
    """Whether it is an address by http or https with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_origin(address: str) -> bool:
    """Whether it is a web address without a path, a query or a name in it."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - it is read to see whether it can be
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and parts.path in ("", "/")
        and not (parts.query or parts.fragment or parts.username)
    )
