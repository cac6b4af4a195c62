"""Which database the queue and the log are kept in: Django's setting, made from database.url."""

from pathlib import Path

from campaign.config import Config
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, joined

UNREADABLE = Sentence("The address in database.url cannot be read: correct it in config.toml.")
ENCODED = Sentence(
    "In a user's name or a password, write @ as %40, / as %2F, : as %3A and % as %25."
)
SERVER_OPTIONS = {
    "application_name": "campaign",
    # A server that has vanished from the network is noticed within half a minute, not within the system's hours.
    "connect_timeout": "10",
    "keepalives_idle": "20",
    "tcp_user_timeout": "30000",
}
"""What a connection to PostgreSQL is opened with, unless database.url says otherwise."""


def database_of(config: Config) -> dict[str, object]:
    """Django's setting of the database at database.url. Raises Problem when that cannot be the address of one."""
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
        }
    return _postgresql(url)


def _postgresql(url: str) -> dict[str, object]:
    """As PostgreSQL itself reads such an address (https://www.postgresql.org/docs/current/libpq-connect.html), so that
    sockets, several hosts and every option are written as its manual says."""
    from psycopg import ProgrammingError  # noqa: PLC0415 - a queue in a file needs no PostgreSQL
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except ProgrammingError:  # its words may hold a part of the password
        raise Problem(joined((UNREADABLE, ENCODED))) from None
    name, host, port = (parts.pop(key, "") for key in ("dbname", "host", "port"))
    _check_server(name, host, port)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": SERVER_OPTIONS | parts,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _check_server(name: str, host: str, port: str) -> None:
    # An @ or / in a password that is not encoded ends the password too early: the rest of it lands here.
    if "@" in host + port + name:
        raise Problem(joined((UNREADABLE, ENCODED)))
    # Several hosts may each have a port; one that is left out is the usual one.
    if not all(number.isdecimal() for number in port.split(",") if number):
        problem = Sentence(
            "The port in database.url is not a number: correct it in config.toml."
        )
        raise Problem(joined((problem, ENCODED)))
    if not name:
        raise Problem(
            Sentence(
                "The database.url in config.toml names no database: write postgresql://USER:PASSWORD@HOST/NAME."
            )
        )


def _check_file(path: Path) -> None:
    if path.name == ":memory:":
        raise Problem(
            Sentence(
                "A database in memory would forget the queue and the log: name a file as database.url."
            )
        )
    if not path.name or not str(path).isprintable():
        raise Problem(
            Sentence(
                "The database.url in config.toml names no file: write one such as sqlite:///campaign.db."
            )
        )
    if path.is_dir():
        raise Problem(
            Sentence(
                "The database {0} is a folder: name a file as database.url in config.toml.",
                path,
            )
        )
