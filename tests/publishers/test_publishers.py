"""The contract that every line of NETWORKS keeps, and the one place where a dry run is chosen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.config import Channel, Config, NetworkSettings
from campaign.config.reading import read_config
from campaign.config.secret import Secret
from campaign.core.problem import Problem
from campaign.publishers import KNOWN, NETWORKS, open_publishers
from campaign.publishers.dry_run import DryRun
from campaign.publishers.matching import same_text
from campaign.publishers.publisher import (
    Deleted,
    Message,
    NotDeleted,
    NotThere,
    Picture,
    Published,
    Publisher,
    Refused,
    TryLater,
    Unconfirmed,
    Unreachable,
)
from tests.doubles import DoubleServer, Kind, doubles, faults, script
from tests.doubles.calls import kind_of
from tests.doubles.channels import network_at, page_channel, x_channel
from tests.doubles.opened import posted
from tests.folders import STARTER_CHANNELS

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CHANNELS = {"twitter": x_channel(), "facebook": page_channel()}
PICTURE = Picture(
    b"\xff\xd8\xff" + bytes(range(256)),
    "image/jpeg",
    "picture-1.jpg",
    "A hand “held” & a ribbon",
)
loopback = pytest.mark.allow_hosts(["127.0.0.1"])


def clock() -> datetime:
    return NOW


@pytest.fixture(params=sorted(NETWORKS))
def network(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[DoubleServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with doubles() as server:
        yield server


def config(url: str, *channels: Channel) -> Config:
    networks = {name: network_at(url) for name in NETWORKS}
    return Config(networks=networks, channels={channel.name: channel for channel in channels})


def test_every_network_has_a_channel_in_these_tests() -> None:
    assert CHANNELS.keys() == NETWORKS.keys()


def test_a_network_says_what_its_channels_need_and_how_it_counts(network: str) -> None:
    publisher = NETWORKS[network]
    assert publisher.required_keys
    assert publisher.settings
    assert publisher.title and publisher.look.icon
    assert publisher.length("a" * publisher.limit) == publisher.limit
    assert not set(publisher.required_keys) & set(publisher.optional_keys)


@given(st.text(max_size=50))
def test_every_network_can_count_any_text(text: str) -> None:
    assert all(publisher.length(text) >= 0 for publisher in NETWORKS.values())


def test_the_configuration_knows_the_keys_of_every_network(network: str) -> None:
    publisher = NETWORKS[network]
    assert set(KNOWN[network].channel) == {*publisher.required_keys, *publisher.optional_keys}
    assert set(KNOWN[network].settings) == set(publisher.settings)


def test_a_channel_in_a_file_is_opened(tmp_path: Path, network: str) -> None:
    keys = "\n".join(f'{key} = "{key}-value"' for key in NETWORKS[network].required_keys)
    file = tmp_path / "config.toml"
    file.write_text(f'[channels.one]\nnetwork = "{network}"\nlanguage = "en"\n{keys}\n')
    opened = open_publishers(read_config(KNOWN, file), clock, dry_run=False)
    assert opened.publishers["one"].network is NETWORKS[network]
    assert not opened.problems


def test_opening_needs_no_connection(network: str) -> None:
    # No socket is allowed in this test.
    NETWORKS[network].open(CHANNELS[network], NetworkSettings(), clock)


def test_a_missing_key_is_named(network: str) -> None:
    for missing in NETWORKS[network].required_keys:
        channel = CHANNELS[network]
        channel = replace(
            channel,
            keys={name: value for name, value in channel.keys.items() if name != missing},
        )
        with pytest.raises(Problem, match=f"{channel.name} has no {missing}: add"):
            NETWORKS[network].open(channel, NetworkSettings(), clock)


@pytest.mark.parametrize("value", ["", "two words", "line\nbreak", "key…", "é"])
def test_a_key_that_can_be_none_is_named_and_not_shown(network: str, value: str) -> None:
    for key in [*NETWORKS[network].required_keys, *NETWORKS[network].optional_keys]:
        channel = CHANNELS[network]
        channel = replace(channel, keys={**channel.keys, key: Secret(value)})
        with pytest.raises(Problem) as caught:
            NETWORKS[network].open(channel, NetworkSettings(), clock)
        assert key in str(caught.value)
        assert not value or value not in str(caught.value)


def test_an_address_that_is_none_is_a_problem_of_the_configuration(network: str) -> None:
    with pytest.raises(Problem, match=f"networks.{network}"):
        NETWORKS[network].open(CHANNELS[network], network_at("api.example.org"), clock)


@loopback
def test_a_published_post_has_an_id_and_an_address(server: DoubleServer, network: str) -> None:
    publisher = NETWORKS[network].open(CHANNELS[network], network_at(server.url), clock)
    found = posted(publisher, Message("Hello"))
    assert isinstance(found, Published)
    assert found.remote_id == server.ledger.posts[0].id
    assert found.url.startswith("https://")
    assert server.ledger.texts() == ["Hello"]


@loopback
def test_a_text_goes_out_to_the_letter(server: DoubleServer, network: str) -> None:
    text = (
        'Écoutez & "lisez" <ceci>\n\n🎗️ 100 % #hope https://example.org/?a=1&b=2 \u00a0« oui »'
    )
    posted(
        NETWORKS[network].open(CHANNELS[network], network_at(server.url), clock), Message(text)
    )
    assert server.ledger.texts() == [text]


@loopback
def test_a_post_is_found_again_and_can_be_taken_down(
    server: DoubleServer, network: str
) -> None:
    text = 'Écoutez & "lisez" <ceci>\n\n🎗️ 100 % #hope https://example.org/?a=1&b=2 \u00a0« oui » &lt; '
    publisher = NETWORKS[network].open(CHANNELS[network], network_at(server.url), clock)
    published = posted(publisher, Message(text, (PICTURE,)))
    assert isinstance(published, Published)
    (found,) = publisher.recent(NOW.replace(year=2020))
    assert same_text(text, found.text)
    assert found.remote_id == published.remote_id
    assert found.at.tzinfo
    assert publisher.delete(published.remote_id) == Deleted()
    assert publisher.delete(published.remote_id) == NotThere()
    assert publisher.recent(NOW.replace(year=2020)) == []


@loopback
def test_pictures_arrive_whole_with_their_descriptions(
    server: DoubleServer, network: str
) -> None:
    publisher = NETWORKS[network].open(CHANNELS[network], network_at(server.url), clock)
    assert isinstance(posted(publisher, Message("Look", (PICTURE,) * 4)), Published)
    sent = [server.ledger.uploads[one] for one in server.ledger.posts[0].media]
    assert [(one.data, one.alt) for one in sent] == [(PICTURE.data, PICTURE.alt)] * 4


@loopback
@pytest.mark.parametrize("kind", [Kind.MEDIA, Kind.METADATA])
@pytest.mark.parametrize(
    "fault", [faults.close_after(), faults.html(503), faults.truncated_json()]
)
def test_before_its_last_call_a_post_is_never_in_doubt(
    server: DoubleServer, network: str, fault: faults.Fault, kind: Kind
) -> None:
    server.faults = faults.always(fault, on=kind)
    publisher = NETWORKS[network].open(CHANNELS[network], network_at(server.url), clock)
    found = posted(publisher, Message("Look", (PICTURE,)))
    met = any(kind_of(request) is kind for request in server.ledger.requests)
    assert isinstance(found, TryLater if met else Published)


def test_a_network_says_which_pictures_it_takes(network: str) -> None:
    limits = NETWORKS[network].pictures
    assert limits.most == 4
    assert "image/jpeg" in limits.media_types
    assert limits.objection((PICTURE,)) is None
    assert limits.objection((PICTURE,) * 5)
    for unseen in ("", " ", "\xad", "\u200b\u2060"):
        assert "no description" in str(limits.objection((replace(PICTURE, alt=unseen),)))


@loopback
def test_a_reply_is_a_reply_or_refused(server: DoubleServer, network: str) -> None:
    publisher = NETWORKS[network].open(CHANNELS[network], network_at(server.url), clock)
    first = posted(publisher, Message("one"))
    assert isinstance(first, Published)
    second = posted(publisher, Message("two", reply_to=first.remote_id))
    assert isinstance(second, Published if publisher.network.has_threads else Refused)
    assert [post.reply_to for post in server.ledger.posts[1:]] == (
        [first.remote_id] if publisher.network.has_threads else []
    )


@loopback
def test_a_network_that_is_away_is_neither_looked_at_nor_a_reason_to_stop(network: str) -> None:
    with doubles() as server:
        url = server.url
    publisher = NETWORKS[network].open(CHANNELS[network], network_at(url), clock)
    with pytest.raises(Unreachable):
        publisher.recent(NOW)
    assert isinstance(publisher.delete("1"), NotDeleted)


@loopback
def test_keys_are_verified_without_a_post(server: DoubleServer, network: str) -> None:
    assert (
        NETWORKS[network].open(CHANNELS[network], network_at(server.url), clock).verify()
        is None
    )
    assert not server.ledger.writes()


@loopback
@pytest.mark.parametrize(
    "fault",
    [
        faults.close_after(),
        faults.html(503),
        faults.truncated_json(),
        faults.redirect(307, "/"),
    ],
)
def test_a_post_is_sent_once_whatever_happens(
    server: DoubleServer, network: str, fault: faults.Fault
) -> None:
    server.faults = script(fault)
    found = posted(
        NETWORKS[network].open(CHANNELS[network], network_at(server.url), clock),
        Message("Hello"),
    )
    assert isinstance(found, Unconfirmed)
    assert len(server.ledger.requests) == 1


@loopback
def test_a_network_that_is_away_is_an_outcome_and_no_exception(network: str) -> None:
    with doubles() as server:
        url = server.url
    found = posted(
        NETWORKS[network].open(CHANNELS[network], network_at(url), clock), Message("Hello")
    )
    assert isinstance(found, TryLater)
    assert found.whole_channel


@loopback
def test_each_channel_has_connections_of_its_own(server: DoubleServer) -> None:
    opened = open_publishers(
        config(server.url, x_channel("one"), x_channel("two", access_token="77-t")),
        clock,
        dry_run=False,
    )
    for publisher in opened.publishers.values():
        posted(publisher, Message("Hello"))
        posted(publisher, Message("Hello again"))
    assert server.connections == 2
    assert {post.account for post in server.ledger.posts} == {"4242", "77"}


def test_channels_that_cannot_be_opened_are_told_and_the_others_open() -> None:
    broken = replace(x_channel("broken"), keys={})
    unset = Secret(
        "",
        "“consumer_key” is to come from the environment variable X_KEY, which is not set: set it.",
    )
    waiting = replace(x_channel("waiting"), keys={**x_channel().keys, "consumer_key": unset})
    unknown = Channel("unknown", "twiter", "en")
    opened = open_publishers(
        config("http://127.0.0.1", broken, waiting, unknown, page_channel("good")),
        clock,
        dry_run=False,
    )
    assert opened.publishers.keys() == {"good"}
    assert opened.problems["broken"].startswith("Channel broken has no consumer_key")
    assert "X_KEY" in opened.problems["waiting"]
    assert 'did you mean "twitter"?' in opened.problems["unknown"]


def test_a_dry_run_opens_every_channel_without_keys_and_shows_each_message() -> None:
    # No socket is allowed in this test.
    shown: list[tuple[str, str]] = []
    starter = Config(channels=STARTER_CHANNELS)
    opened = open_publishers(
        starter,
        clock,
        dry_run=True,
        show=lambda channel, message: shown.append((channel.name, message.text)),
    )
    assert opened.publishers.keys() == STARTER_CHANNELS.keys()
    assert not opened.problems
    for publisher in opened.publishers.values():
        assert publisher.verify() is None
        assert posted(publisher, Message("Hello")) == Published("dry-run", "")
    assert shown == [(name, "Hello") for name in STARTER_CHANNELS]


def test_a_dry_run_is_a_publisher_like_the_others() -> None:
    quiet: Publisher = DryRun(x_channel(), NETWORKS["twitter"])
    assert posted(quiet, Message("Hello")) == Published("dry-run", "")
    assert isinstance(posted(quiet, Message("Look", (PICTURE,) * 9, "1")), Published)
    assert quiet.network.pictures.objection((PICTURE,) * 9) is None
    assert quiet.recent(NOW) == []
    assert isinstance(quiet.delete("dry-run"), NotDeleted)
