"""One file says everything; what it may not say is refused with its line and the nearest name."""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from campaign.checks.catalog import SETTABLE
from campaign.config import (
    Channel,
    Config,
    Content,
    Database,
    Email,
    NetworkSettings,
    Publishing,
    Site,
    Stories,
    Web,
)
from campaign.config.reading import read_config
from campaign.content.library import read_library
from campaign.core.clock import system_clock
from campaign.core.finding import Level
from campaign.core.installation import STARTER
from campaign.core.problem import Problem
from campaign.planning.plan import plan
from campaign.publishers import KNOWN, NETWORKS, open_publishers
from tests.folders import STARTER_CHANNELS

EXAMPLE = STARTER / "config.example.toml"
CHANNEL = '[channels.x]\nnetwork = "twitter"\nlanguage = "en"\n'
COMMENTED = re.compile(r"^# ([a-z_]+ = .*)$", re.MULTILINE)
PRICES = {"x_post": 0.015, "x_post_with_link": 0.2, "x_media": 0.005}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAMPAIGN_SECRET_KEY", "drawn by chance " * 4)
    monkeypatch.setenv("CAMPAIGN_MAIL_PASSWORD", "a password")
    monkeypatch.setenv("CAMPAIGN_STORIES_KEY", "drawn by chance " * 4)


def read(text: str) -> Config:
    Path("config.toml").write_text(text, "utf-8")
    return read_config(KNOWN, checks=SETTABLE)


def refused(text: str) -> str:
    with pytest.raises(Problem) as caught:
        read(text)
    return str(caught.value)


def test_without_a_file_the_defaults_hold() -> None:
    config = read_config(KNOWN)
    assert config == Config(channels=STARTER_CHANNELS, prices=PRICES)
    assert config.publishing.dry_run is True
    assert config.database.url == "sqlite:///campaign.db"
    assert config.site.timezone.key == "America/Toronto"
    assert (config.content.posts / "facts.toml").is_file()
    assert sorted(config.channels) == ["facebook-en", "facebook-fr", "twitter-en", "twitter-fr"]


@pytest.mark.parametrize("name", ["config.toml", "other.toml", "folder/config.toml"])
def test_a_file_that_was_named_must_be_there(name: str) -> None:
    with pytest.raises(
        Problem, match=f"^{name}: error: This file cannot be read .no such file"
    ):
        read_config(KNOWN, Path(name))


def test_an_empty_file_means_the_defaults() -> None:
    assert replace(read(""), file="") == Config(channels=STARTER_CHANNELS, prices=PRICES)


def test_what_the_file_says_is_taken() -> None:
    config = read(
        '[site]\nname = "Us"\ntimezone = "America/Vancouver"\nlanguages = ["fr"]\nurl = "https://us.example"\n'
        '[publishing]\ndry_run = false\nconcurrency = 3\ngrace = "1h30m"\nminimum_gap = "5m"\nretry_wait = "2s"\n'
        'settle = "90s"\n[networks.facebook]\nversion = "v27.0"\n'
        '[channels.page]\nnetwork = "facebook"\nlanguage = "fr"\nslots = ["daily 09:00"]\nmax_per_day = 2\n'
        'page_id = "1"\n[channels.slow]\nnetwork = "facebook"\nlanguage = "fr"\nminimum_gap = "2h"\n'
    )
    minutes = (timedelta(minutes=5), timedelta(seconds=2), timedelta(seconds=90))
    assert config.publishing == Publishing(False, 3, timedelta(hours=1, minutes=30), *minutes)
    assert (config.site.name, config.site.timezone.key, config.site.languages) == (
        "Us",
        "America/Vancouver",
        ("fr",),
    )
    assert config.network("facebook").settings == {"version": "v27.0"}
    assert config.network("twitter") == NetworkSettings()
    page = config.channels["page"]
    assert (page.slots, page.max_per_day, page.minimum_gap) == (
        ("daily 09:00",),
        2,
        timedelta(minutes=5),
    )
    assert page.keys["page_id"].reveal() == "1"
    assert config.channels["slow"].minimum_gap == timedelta(hours=2)
    assert config.channels["slow"].max_per_day is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[sit]\nname = "x"',
            'config.toml:1: error: "sit" is not a known key; did you mean "site"?',
        ),
        (
            "[site]\nnam = 1",
            'config.toml:2: error: "site.nam" is not a known key; did you mean "name"?',
        ),
        ("[site]\nname = 1", 'config.toml:2: error: "site.name" must be a text in quotes'),
        ('[site]\ntimezone = "Toronto"', 'config.toml:2: error: "Toronto" is no time zone'),
        ('[site]\ntimezone = ""', 'config.toml:2: error: "" is no time zone'),
        ('[site]\ntimezone = "America"', 'config.toml:2: error: "America" is no time zone'),
        ('[site]\ntimezone = "../../etc/passwd"', "is no time zone"),
        (
            '[site]\nlanguages = ["de"]',
            'config.toml:2: error: "de" is not a language that posts can have',
        ),
        ("[site]\nlanguages = []", "config.toml:2: error: A site needs a language"),
        (
            '[site]\nurl = "survivornet.ca"',
            "config.toml:2: error: The url of the site must be a web address",
        ),
        (
            '[site]\nurl = "https://[1"',
            "config.toml:2: error: The url of the site must be a web address",
        ),
        (
            '[database]\nurl = "mysql://x"',
            'config.toml:2: error: The database must be "sqlite:///FILE"',
        ),
        (
            '[database]\nurl = "sqlite:///"',
            'config.toml:2: error: The database must be "sqlite:///FILE"',
        ),
        (
            '[database]\nurl = { env = "NOT_SET_X" }',
            "environment variable NOT_SET_X, which is not set",
        ),
        ('[database]\npath = "x"', '"database.path" is not a known key'),
        ("[content]\nposts = 1", 'config.toml:2: error: "content.posts" must be a text'),
        (
            '[content]\ncard_hosts = ["https://a.ca/"]',
            '"https://a.ca/" is not the name of a host',
        ),
        ('[content]\npost = "x"', '"content.post" is not a known key; did you mean "posts"?'),
        (
            '[publishing]\ndry_run = "no"',
            'config.toml:2: error: "publishing.dry_run" must be true or false.',
        ),
        (
            "[publishing]\nconcurrency = 0",
            "config.toml:2: error: concurrency must be between 1 and 256.",
        ),
        (
            "[publishing]\nconcurrency = true",
            '"publishing.concurrency" must be a whole number.',
        ),
        ('[publishing]\ngrace = "soon"', 'config.toml:2: error: "soon" is not a span of time'),
        ('[publishing]\ngrace = "-1h"', '"-1h" is not a span of time'),
        ('[publishing]\ngrace = "0s"', "config.toml:2: error: With a grace of nothing"),
        ('[publishing]\nretry_wait = "1 minute"', '"1 minute" is not a span of time'),
        ("[publishing]\nsettle = 60", '"publishing.settle" must be a text'),
        ("[publishing]\ndryrun = true", 'did you mean "dry_run"?'),
        (
            "[networks.twiter]",
            'config.toml:1: error: "networks.twiter" is not a known key; did you mean "twitter"?',
        ),
        (
            '[networks.twitter]\nurl = "x"',
            '"networks.twitter.url" is not a known key; did you mean "api_url"?',
        ),
        ('[networks.facebook]\nversoin = "v1"', 'did you mean "version"?'),
        ("networks = 1", 'config.toml:1: error: "networks" must be a table'),
        ("channels = 1", 'config.toml:1: error: "channels" must be a table'),
        ("[channels]\nx = 1", 'config.toml:2: error: "channels.x" must be a table'),
        ('[channels.x]\nlanguage = "en"', '"channels.x.network" is missing: add it.'),
        ('[channels.x]\nnetwork = "twitter"', '"channels.x.language" is missing: add it.'),
        (
            '[channels.x]\nnetwork = "twiter"\nlanguage = "en"',
            '"twiter" is not a network; did you mean "twitter"?',
        ),
        (
            '[channels.x]\nnetwork = "twitter"\nlanguage = "fe"',
            'config.toml:3: error: "fe" is not a language of the',
        ),
        (CHANNEL + "max_per_day = 0", "config.toml:4: error: max_per_day must be 1 or more"),
        (CHANNEL + "max_per_day = -1", "config.toml:4: error: max_per_day must be 1 or more"),
        (CHANNEL + 'minimum_gap = "x"', 'config.toml:4: error: "x" is not a span of time'),
        (
            CHANNEL + 'slots = "daily 09:00"',
            'config.toml:4: error: "channels.x.slots" must be a list',
        ),
        (
            CHANNEL + 'consumer_ky = "s3cret"',
            '"channels.x.consumer_ky" is not a known key; did you mean "consumer_key"?',
        ),
        (
            CHANNEL + "consumer_key = 3",
            'config.toml:4: error: "channels.x.consumer_key" must be a text, { env =',
        ),
        (CHANNEL + 'page_id = "1"', '"channels.x.page_id" is not a known key'),
    ],
)
def test_what_may_not_be_said_is_refused_with_its_line(text: str, expected: str) -> None:
    said = refused(text)
    assert expected in said
    assert "s3cret" not in said


def test_every_refusal_is_told_at_once() -> None:
    assert (
        len(refused('[site]\nnam = 1\n[publishing]\ngrace = "x"\n[chanels]\n').splitlines())
        == 3
    )


def test_a_channel_without_its_network_is_one_refusal() -> None:
    assert len(refused('[channels.x]\nlanguage = "en"\nconsumer_key = "k"\n').splitlines()) == 1


def test_broken_toml_is_one_sentence() -> None:
    assert refused("[site\n") == (
        "config.toml:1: error: This is not valid TOML here: expected ']' at the end of a table declaration."
    )


def test_a_missing_key_is_told_only_when_its_channel_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NOT_SET_X", raising=False)
    keys = [f'{key} = {{ env = "NOT_SET_X" }}\n' for key in NETWORKS["twitter"].required_keys]
    config = read(CHANNEL + "".join(keys))
    assert open_publishers(config, system_clock, dry_run=True).problems == {}
    problems = open_publishers(config, system_clock, dry_run=False).problems
    assert "channels.x.consumer_key" in problems["x"]
    assert "NOT_SET_X" in problems["x"]


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    (folder / "db.txt").write_text("sqlite:///data/queue.db\n")
    (folder / "site.toml").write_text(
        '[database]\nurl = { file = "db.txt" }\n[content]\nposts = "ours"\n'
    )
    config = read_config(KNOWN, folder / "site.toml")
    assert config.database.url == f"sqlite:///{folder}/data/queue.db"
    assert config.content == Content(folder / "ours", STARTER / "templates")
    assert config.file == str(folder / "site.toml")


def test_folders_beside_the_file_come_before_those_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    assert read("").content == Content(Path("posts"), STARTER / "templates")


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("sqlite:////var/lib/queue.db", "sqlite:////var/lib/queue.db"),
        ("sqlite:///queue.db", "sqlite:///queue.db"),
        (
            "postgresql://me:pw@host:5432/db?sslmode=require",
            "postgresql://me:pw@host:5432/db?sslmode=require",
        ),
        ("postgres://host/db", "postgres://host/db"),
    ],
)
def test_a_database_is_sqlite_or_postgresql(written: str, read_as: str) -> None:
    assert read(f'[database]\nurl = "{written}"\n').database == Database(read_as)


def example_with_every_key() -> str:
    return COMMENTED.sub(r"\1", EXAMPLE.read_text("utf-8"))


def test_the_example_gives_the_defaults() -> None:
    config = read_config(KNOWN, EXAMPLE)
    channels = {name: replace(channel, keys={}) for name, channel in config.channels.items()}
    web = replace(config.web, uploads=Path("uploads"))
    the_same = replace(
        config, channels=channels, file="", database=Database(), networks={}, web=web
    )
    assert the_same == Config(channels=STARTER_CHANNELS, prices=PRICES)
    assert all(network == NetworkSettings() for network in config.networks.values())
    assert config.database.url == f"sqlite:///{STARTER}/campaign.db"


def test_the_example_says_its_defaults_itself() -> None:
    text = EXAMPLE.read_text("utf-8")
    for table, kind in (("site", Site), ("publishing", Publishing), ("database", Database)):
        section = re.split(r"^\[", text.split(f"[{table}]\n")[1], flags=re.MULTILINE)[0]
        for setting in fields(kind):
            assert re.search(rf"^{setting.name} = ", section, re.MULTILINE), (
                f"{table}.{setting.name}"
            )


def test_every_setting_is_in_the_example() -> None:
    text = example_with_every_key()
    config = read(text)
    for table, kind in (
        ("content", Content),
        ("web", Web),
        ("email", Email),
        ("stories", Stories),
    ):
        section = re.split(r"^\[", text.split(f"[{table}]\n")[1], flags=re.MULTILINE)[0]
        assert all(
            re.search(rf"^{setting.name} = ", section, re.MULTILINE) for setting in fields(kind)
        )
    for name, publisher in NETWORKS.items():
        assert config.network(name).settings == {
            key: one.default for key, one in publisher.settings.items()
        }
        assert all(
            re.search(rf"^{price} = {one.dollars:g}$", text, re.MULTILINE)
            for price, one in publisher.prices.items()
        )
        keys = {
            key
            for channel in config.channels.values()
            if channel.network == name
            for key in channel.keys
        }
        assert keys == set(KNOWN[name].channel)
    of_channels = {setting.name for setting in fields(Channel)} - {"name", "keys"}
    assert all(re.search(rf"^{name} = ", text, re.MULTILINE) for name in of_channels)


def test_every_key_of_the_example_is_known_and_has_its_sentence() -> None:
    read(example_with_every_key())
    lines = EXAMPLE.read_text("utf-8").splitlines()
    told = set()
    for before, line in pairwise(lines):
        match = re.match(r"(?:# )?([a-z_]+) = ", line)
        if match and before.startswith("# ") and not COMMENTED.match(before):
            told.add(match[1])
    named = {match for line in lines for match in re.findall(r"^(?:# )?([a-z_]+) = ", line)}
    after_a_sentence_for_all = {
        "network",
        "text",
        "consumer_secret",
        "access_token",
        "access_token_secret",
    }
    after_a_sentence_for_all |= {"page_access_token", "templates", "password"}
    assert named - told == after_a_sentence_for_all


def test_the_example_copied_runs_the_starter_campaign_dry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in re.findall(r'env = "([A-Z_]+)"', EXAMPLE.read_text("utf-8")):
        monkeypatch.delenv(name, raising=False)
    config = read(EXAMPLE.read_text("utf-8"))
    planned = plan(
        read_library(config.content.posts, config.content.templates),
        config,
        datetime(2026, 11, 22, 12, tzinfo=UTC),
    )
    assert planned.errors() == []
    assert len(planned.planned) > 50
    assert config.publishing.dry_run is True
    assert open_publishers(config, system_clock, dry_run=True).problems == {}
    problems = open_publishers(config, system_clock, dry_run=False).problems
    assert sorted(problems) == sorted(config.channels)
    assert all("which is not set: set it." in problem for problem in problems.values())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            '[web]\naddress = "posts.example.org"\n',
            "The address must be that of the first page",
        ),
        (
            '[web]\naddress = "https://example.org/posts"\n',
            "The address must be that of the first page",
        ),
        (
            '[web]\naddress = "https://posts.example.org"\n',
            "With an https address, a proxy stands in front",
        ),
        ("[web]\nport = 70000\n", "A port is a number from 1 to 65535."),
        ('[web]\nsecret_key = "short"\n', "50 signs or more"),
        (
            '[web]\nsecret_key = { env = "NOT_SET_AT_ALL" }\n',
            "NOT_SET_AT_ALL, which is not set",
        ),
        ('[email]\nhost = "mail.example.org"\n', "Mail needs a sender"),
        ("[prices]\nx_post = -1\n", "must be a number of dollars"),
        ('[stories]\nkey = "short"\n', "40 signs or more"),
        ('[stories]\nkey = ["%s", "short"]\n' % ("k" * 40), "40 signs or more"),
        ('[stories]\nkey = { env = "NOT_SET_AT_ALL" }\n', "NOT_SET_AT_ALL, which is not set"),
        ("[stories]\nkey = 3\n", '"stories.key" must be a text'),
        ("[stories]\ndeadline = 0\n", "from 1 to 30"),
        ('[stories]\nerase_after = "0d"\n', "just taken back"),
        ('[stories]\nerase_after = "2 years"\n', "is not a span of time"),
        ("[prices]\nx_post = true\n", "must be a number of dollars"),
        ("[web]\nprot = 80\n", 'did you mean "port"?'),
    ],
)
def test_what_the_pages_cannot_be_served_with_is_refused(written: str, said: str) -> None:
    assert said in refused(written)


def test_the_pages_know_their_address_and_their_names() -> None:
    assert Web().url == "http://127.0.0.1:8000"
    https = read('[web]\naddress = "https://posts.example.org/"\nproxy = "127.0.0.1"\n').web
    assert (https.url, https.is_https) == ("https://posts.example.org", True)
    assert "posts.example.org" in https.names


def test_the_level_of_a_check_is_set() -> None:
    read_as = read(
        '[checks]\nkind-words = "error"\nemoji-first = "off"\njargon = "info"\n'
    ).checks
    assert read_as == {"kind-words": Level.ERROR, "emoji-first": None, "jargon": Level.INFO}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            'kind-word = "info"',
            'config.toml:2: error: "kind-word" is no check; did you mean "kind-words"?',
        ),
        (
            'kind-words = "warn"',
            'config.toml:2: error: "warn" is no level; did you mean "warning"?',
        ),
        (
            "kind-words = false",
            'config.toml:2: error: "checks.kind-words" must be a text in quotes',
        ),
        (
            'advice = "off"',
            'config.toml:2: error: The level of "advice" stays: it guards people',
        ),
        ('too-long = "info"', 'config.toml:2: error: The level of "too-long" stays'),
        ('"" = "info"', '"" is no check'),
    ],
)
def test_a_level_that_cannot_be_set_is_refused(written: str, said: str) -> None:
    assert said in refused(f"[checks]\n{written}\n")


def test_the_checks_of_the_example_are_known() -> None:
    section = EXAMPLE.read_text("utf-8").split("[checks]\n")[1].split("\n[")[0]
    assert set(read("[checks]\n" + re.sub(r"(?m)^# (?=[a-z-]+ = )", "", section)).checks) >= {
        "kind-words"
    }


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://campaign.example.org", True),
        ("https://8.8.8.8", True),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
        ("http://192.168.1.20", False),
        ("http://localhost:8000", False),
        ("http://nas", False),
        ("", False),
    ],
)
def test_readers_are_led_to_no_form_that_nobody_outside_can_reach(address, leads):
    assert bool(Config(web=Web(address=address)).story_form) is leads
