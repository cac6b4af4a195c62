"""Django's settings, made from config.toml."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from campaign.config import Config, read_config
from campaign.problem import Problem
from campaign.publishers import KNOWN

CONFIG_VARIABLE = "CAMPAIGN_CONFIG"
"""The environment variable in which the command line names the file of `--config`."""


def _database(config: Config) -> dict[str, object]:
    url = config.database.url
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        _check_file(path)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            # IMMEDIATE: a deferred transaction that turns into a writing one fails at once when another writer is
            # there. FULL: a post must not go out and then be forgotten in a power cut.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": os.environ.get("CAMPAIGN_TEST_DATABASE", str(path.with_suffix(".test.db")))},
        }
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Problem("The address in database.url cannot be read: correct it in config.toml.") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(_port(url) or ""),
        "OPTIONS": {"application_name": "campaign", **_query(parts.query)},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _check_file(path: Path) -> None:
    if path.name == ":memory:":
        raise Problem("A database in memory would forget the queue and the log: name a file as database.url.")
    if not path.name or not str(path).isprintable():
        raise Problem("The database.url in config.toml names no file: write one such as sqlite:///campaign.db.")
    if path.is_dir():
        raise Problem(f"The database {path} is a folder: name a file as database.url in config.toml.")


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        raise Problem("The port in database.url is not a number: correct it in config.toml.") from None


def _query(query: str) -> dict[str, str]:
    return dict(item.split("=", 1) for item in query.split("&") if "=" in item)


_named = os.environ.get(CONFIG_VARIABLE)
CONFIG = read_config(KNOWN, Path(_named) if _named else None)

DATABASES = {"default": _database(CONFIG)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "campaign"]
LANGUAGE_CODE = "en"
SILENCED_SYSTEM_CHECKS: list[str] = []
TIME_ZONE = CONFIG.site.timezone.key
USE_I18N = True
USE_TZ = True
LOGGING_CONFIG = None
