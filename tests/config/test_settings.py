"""How Django reaches the database that database.url names."""

from pathlib import Path

import pytest

from campaign.config import Config, Database
from campaign.core.problem import Problem
from campaign.database.address import SERVER_OPTIONS, database_of
from tests.stage import settings_with


@pytest.mark.parametrize(
    ("written", "seconds"), [("", 0), ('hsts = "1d"', 86_400), ('hsts = "365d"', 31_536_000)]
)
def test_browsers_are_held_to_https_only_as_configured(
    tmp_path: Path, written: str, seconds: int
) -> None:
    file = tmp_path / "config.toml"
    head = '[web]\naddress = "https://posts.survivornet.ca"\nproxy = "127.0.0.1"\n'
    file.write_text(f"{head}{written}\n")
    made = settings_with(file)
    assert made["SECURE_SSL_REDIRECT"] is True
    assert made["SECURE_HSTS_SECONDS"] == seconds
    assert not made.get("SECURE_HSTS_INCLUDE_SUBDOMAINS")
    assert not made.get("SECURE_HSTS_PRELOAD")


SECRET = "pass-word-7"


def settings_of(url: str) -> dict[str, object]:
    return database_of(Config(database=Database(url)))


@pytest.mark.parametrize(
    ("url", "name", "user", "password", "host", "port"),
    [
        ("postgresql://me:pw@db.example:5433/queue", "queue", "me", "pw", "db.example", "5433"),
        ("postgres://db.example/queue", "queue", "", "", "db.example", ""),
        ("postgresql://me:p%40s%2Fs%3A%25%23%3F@h/queue", "queue", "me", "p@s/s:%#?", "h", ""),
        ("postgresql://me:a+bé#?c@h/queue", "queue", "me", "a+bé#?c", "h", ""),
        (
            "postgresql:///queue?host=/var/run/postgresql",
            "queue",
            "",
            "",
            "/var/run/postgresql",
            "",
        ),
        (
            "postgresql:///queue?host=/run/My%20Socket&user=me&port=5433",
            "queue",
            "me",
            "",
            "/run/My Socket",
            "5433",
        ),
        ("postgresql://%2Frun%2FMySocket/queue", "queue", "", "", "/run/MySocket", ""),
        ("postgresql://me@[2001:db8::1]:5433/queue", "queue", "me", "", "2001:db8::1", "5433"),
        ("postgresql://a:1,b:2/queue", "queue", "", "", "a,b", "1,2"),
        ("postgresql://h/my%20queue", "my queue", "", "", "h", ""),
    ],
)
def test_an_address_is_read_as_postgresql_reads_it(url, name, user, password, host, port):
    found = settings_of(url)
    assert [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        name,
        user,
        password,
        host,
        port,
    ]
    assert found["OPTIONS"] == SERVER_OPTIONS


def test_options_stand_behind_a_question_mark_and_win_over_the_defaults():
    options = settings_of(
        "postgresql://h/q?sslmode=verify-full&sslrootcert=/a%20b.pem&connect_timeout=3"
    )["OPTIONS"]
    assert options == SERVER_OPTIONS | {
        "sslmode": "verify-full",
        "sslrootcert": "/a b.pem",
        "connect_timeout": "3",
    }


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (f"postgresql://me:{SECRET}@x@h/q", "@ as %40"),
        (f"postgresql://me:1/{SECRET}@h/q", "/ as %2F"),
        (f"postgresql://me:{SECRET}/x@h/q", "/ as %2F"),
        (f"postgresql://me:%zz{SECRET}@h/q", "% as %25"),
        (f"postgresql://me:{SECRET}@h/q?sslmod=require", "cannot be read"),
        (f"postgresql://me:{SECRET}@h:x/q", "not a number"),
        (f"postgresql://me:{SECRET}@h", "names no database"),
        (f"postgresql://me:{SECRET}@[::1/q", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_right_is_refused_without_a_word_of_the_password(
    url, sentence
):
    with pytest.raises(Problem, match=sentence) as caught:
        settings_of(url)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
