"""Reads `config.toml`. Without the file, the defaults hold: SQLite, dry run, the starter campaign."""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from campaign.config import (
    Channel,
    Config,
    Content,
    Database,
    NetworkKeys,
    NetworkSettings,
    Publishing,
    Site,
)
from campaign.config.helplines import read_help
from campaign.config.secret import Secret, read_secret
from campaign.config.sections import (
    is_web_address,
    read_checks,
    read_email,
    read_prices,
    read_span,
    read_stories,
    read_web,
)
from campaign.core.finding import did_you_mean
from campaign.core.hours import BadHours, Hours, parse_hours
from campaign.core.installation import STARTER
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.toml_file import Table, UnreadableFile, read_toml

_LANGUAGES = Site().languages
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
LEAST_CLOCK_LIMIT = timedelta(seconds=10)
DEFAULT_FILE = Path("config.toml")
CONFIG_VARIABLE = "CAMPAIGN_CONFIG"
"""The environment variable that names the configuration; `--config` goes before it."""


def starter_channels(
    known: Mapping[str, NetworkKeys], languages: Sequence[str] = _LANGUAGES
) -> dict[str, Channel]:
    """The channels of the starter campaign: one in each language on each network that it is written for."""
    channels = {}
    for network in (name for name, keys in known.items() if keys.in_starter):
        for language in languages:
            name = f"{network}-{language}"
            channels[name] = Channel(name, network, language, slots=("mon-fri 10:00",))
    return channels


def read_config(
    known: Mapping[str, NetworkKeys],
    path: Path | None = None,
    checks: Mapping[str, bool] | None = None,
) -> Config:
    """Reads the file, or the defaults where there is none. `known` says which networks there are and what they take,
    `checks` which checks there are and whether their level may be set.

    Without `path`, `config.toml` in the working folder is read if it is there. Paths inside the file are relative
    to the file. Raises Problem with one sentence a line when the file is missing or says something it may not say.
    """
    if path is None and not os.path.lexists(DEFAULT_FILE):
        return Config(channels=starter_channels(known), prices=_prices(known))
    path = path or DEFAULT_FILE
    try:
        table = read_toml(path)
    except UnreadableFile as problem:
        raise Problem(str(problem.finding)) from None
    config = _config(table, path.parent, known, {} if checks is None else checks)
    errors = [str(finding) for finding in table.file.findings]
    if errors:
        raise Problem("\n".join(errors))
    return config


def _config(
    table: Table, folder: Path, known: Mapping[str, NetworkKeys], checks: Mapping[str, bool]
) -> Config:
    site, publishing = _site(table.table("site")), _publishing(table.table("publishing"))
    written = table.table("channels")
    channels = {
        name: _channel(written.table(name), site, publishing, folder, known)
        for name in written.data
    }
    config = Config(
        site=site,
        database=_database(table.table("database"), folder),
        content=_content(table.table("content"), folder),
        publishing=publishing,
        web=read_web(table.table("web"), folder),
        email=read_email(table.table("email"), folder),
        prices=read_prices(table.table("prices"), _prices(known)),
        stories=read_stories(table.table("stories"), folder),
        help=read_help(table),
        checks=read_checks(table.table("checks"), checks),
        networks=_networks(table.table("networks"), known),
        channels=channels or starter_channels(known, site.languages),
        file=table.file.name,
    )
    table.close()
    return config


def _prices(known: Mapping[str, NetworkKeys]) -> dict[str, float]:
    """Every key of [prices] with its default."""
    return {name: dollars for keys in known.values() for name, dollars in keys.prices.items()}


def _site(table: Table) -> Site:
    default = Site()
    zone_name = table.text("timezone", default.timezone.key)
    try:
        zone = ZoneInfo(zone_name)
    except (KeyError, ValueError, OSError):
        table.complain(
            "bad-timezone",
            Sentence('"{0}" is no time zone; write one such as "America/Toronto".', zone_name),
            "timezone",
        )
        zone = default.timezone
    site = Site(
        name=table.text("name", default.name),
        timezone=zone,
        languages=table.texts("languages", default.languages),
        url=table.text("url", default.url),
        legal_name=table.text("legal_name"),
        privacy_person=table.text("privacy_person"),
        privacy_contact=table.text("privacy_contact"),
        policy_url=table.text("policy_url"),
        phone=table.text("phone"),
    )
    _check_site(site, table)
    table.close()
    return site


def _check_site(site: Site, table: Table) -> None:
    known = Site().languages
    if not site.languages:
        table.complain(
            "bad-language",
            Sentence('A site needs a language: write languages = ["en", "fr"].'),
            "languages",
        )
    for language in site.languages:
        if language not in known:
            message = Sentence(
                '"{0}" is not a language that posts can have; {1}',
                language,
                did_you_mean(language, known),
            )
            table.complain("bad-language", message, "languages")
    if not is_web_address(site.url):
        table.complain(
            "bad-url",
            Sentence(
                'The url of the site must be a web address, such as "https://survivornet.ca".'
            ),
            "url",
        )
    if site.policy_url and not is_web_address(site.policy_url):
        message = Sentence(
            'The policy_url must be a web address, such as "https://survivornet.ca/privacy".'
        )
        table.complain("bad-url", message, "policy_url")


def _database(table: Table, folder: Path) -> Database:
    secret = (
        read_secret(table, "url", folder) if "url" in table.data else Secret(Database().url)
    )
    table.taken.add("url")
    table.close()
    if secret.problem:
        table.complain("no-secret", secret.problem, "url")
        return Database()
    url = secret.reveal().strip()
    file = url.removeprefix("sqlite:///")
    if file not in ("", url):
        url = f"sqlite:///{folder / file}"
    elif not url.startswith(("postgresql://", "postgres://")):
        table.complain(
            "bad-database",
            Sentence('The database must be "sqlite:///FILE" or "postgresql://…".'),
            "url",
        )
    return Database(url)


def _content(table: Table, folder: Path) -> Content:
    content = Content(
        posts=_folder(table, "posts", folder),
        templates=_folder(table, "templates", folder),
        card_hosts=_hosts(table, "card_hosts"),
    )
    table.close()
    return content


def _hosts(table: Table, key: str) -> tuple[str, ...]:
    hosts = table.texts(key)
    for host in hosts:
        if not _HOST.fullmatch(host):
            message = Sentence(
                '"{0}" is not the name of a host: write one such as "survivornet.ca".', host
            )
            table.complain("bad-host", message, key)
    return tuple(host.lower() for host in hosts)


def _folder(table: Table, key: str, beside: Path) -> Path:
    """The folder that the file names, relative to it; else the one of that name beside it; else the starter campaign's."""
    written = table.text(key)
    if written or os.path.isdir(beside / key):
        return beside / (written or key)
    return STARTER / key


def _publishing(table: Table) -> Publishing:
    default = Publishing()
    publishing = Publishing(
        dry_run=table.take("dry_run", bool, default.dry_run),
        concurrency=table.take("concurrency", int, default.concurrency),
        grace=read_span(table, "grace", default.grace),
        minimum_gap=read_span(table, "minimum_gap", default.minimum_gap),
        retry_wait=read_span(table, "retry_wait", default.retry_wait),
        settle=read_span(table, "settle", default.settle),
        clock_limit=read_span(table, "clock_limit", default.clock_limit),
        quiet=_quiet(table, default.quiet),
        own_approval=table.take("own_approval", bool, default.own_approval),
        together=table.take("together", bool, default.together),
    )
    if not publishing.grace:
        table.complain(
            "bad-span",
            Sentence("With a grace of nothing, no post could go out: write 1m or more."),
            "grace",
        )
    if publishing.clock_limit < LEAST_CLOCK_LIMIT:
        table.complain(
            "bad-span",
            Sentence("Clocks agree to a few seconds at best: write 10s or more."),
            "clock_limit",
        )
    if not 1 <= publishing.concurrency <= 256:
        table.complain(
            "bad-concurrency", Sentence("concurrency must be between 1 and 256."), "concurrency"
        )
    table.close()
    return publishing


def _quiet(table: Table, default: Hours | None) -> Hours | None:
    """The hours at night, None for "off"; the default when they are absent, or cannot be read, which is a finding."""
    written = table.text("quiet")
    if not written:
        return default
    if written == "off":
        return None
    try:
        return parse_hours(written)
    except BadHours as problem:
        table.complain("bad-hours", str(problem), "quiet")
        return default


def _networks(table: Table, known: Mapping[str, NetworkKeys]) -> Mapping[str, NetworkSettings]:
    networks = {
        name: _network(table.table(name), known[name]) for name in known if name in table.data
    }
    table.taken.update(known)
    table.close()
    return networks


def _network(table: Table, keys: NetworkKeys) -> NetworkSettings:
    settings = {key: table.text(key) for key in keys.settings}
    table.close()
    return NetworkSettings({key: value for key, value in settings.items() if value})


def _channel(
    table: Table,
    site: Site,
    publishing: Publishing,
    folder: Path,
    known: Mapping[str, NetworkKeys],
) -> Channel:
    most = table.take("max_per_day", int, 1)  # without the key there is no limit: see below
    network = table.required("network")
    keys = known[network].channel if network in known else ()
    channel = Channel(
        name=str(table.path[-1]),
        network=network,
        language=table.required("language"),
        slots=table.texts("slots"),
        minimum_gap=read_span(table, "minimum_gap", publishing.minimum_gap),
        max_per_day=most if "max_per_day" in table.data else None,
        keys={key: read_secret(table, key, folder) for key in keys if key in table.data},
    )
    if network in known:
        table.taken.update(keys)
        table.close()
    elif network:
        table.complain(
            "unknown-network",
            Sentence('"{0}" is not a network; {1}', network, did_you_mean(network, known)),
            "network",
        )
    if channel.language and channel.language not in site.languages:
        nearest = did_you_mean(channel.language, site.languages)
        table.complain(
            "bad-language",
            Sentence('"{0}" is not a language of the site; {1}', channel.language, nearest),
            "language",
        )
    if most < 1:
        table.complain(
            "bad-number",
            Sentence("max_per_day must be 1 or more; leave it out for no limit."),
            "max_per_day",
        )
    return channel
