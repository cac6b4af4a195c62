"""Channels that are one account, or hold one key: told before anything goes out there twice."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.config import Channel
from campaign.config.secret import Secret
from campaign.core.finding import Level, Place
from campaign.publishers import NETWORKS
from campaign.publishers.accounts import Shared, shared_accounts
from campaign.publishers.network import Network
from tests.doubles.channels import PAGE_KEYS, X_KEYS, page_channel, x_channel

HERE = Place("config.toml")
SECRETS = (*X_KEYS.values(), *PAGE_KEYS.values())


def french(channel: Channel) -> Channel:
    return replace(channel, language="fr")


def only(*channels: Channel) -> Shared:
    [shared] = shared_accounts(channels)
    assert not any(secret in shared.sentence for secret in SECRETS)
    return shared


OTHER_X = {"access_token": "99-another"}
OTHER_PAGE = {"page_id": "99", "page_access_token": "of-another"}


def test_channels_with_accounts_of_their_own_share_nothing() -> None:
    # The app's own keys may be the same everywhere.
    channels = [x_channel(), x_channel("x-fr", **OTHER_X)]
    channels += [page_channel(), page_channel("page-fr", **OTHER_PAGE)]
    assert shared_accounts(channels) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (x_channel("a"), x_channel("b")),
        # Another app's token of the same account begins with the same id.
        (x_channel("a"), x_channel("b", access_token="4242-z", access_token_secret="z")),
        (page_channel("a"), page_channel("b")),
        (page_channel("a"), page_channel("b", page_access_token="anew")),
        (page_channel("a"), page_channel("b", page_id=f" {PAGE_KEYS['page_id']}\n")),
        (page_channel("a", page_id="SurvivorNet"), page_channel("b", page_id="survivornet")),
    ],
)
def test_one_account_in_two_channels_is_told(one: Channel, other: Channel) -> None:
    shared = only(one, other)
    assert shared.channels == ("a", "b")
    assert (shared.finding(HERE).code, shared.level) == ("same-account", Level.ERROR)
    assert "would stand there twice" in shared.sentence


def test_one_account_for_two_languages_is_told_and_may_be_meant() -> None:
    shared = only(page_channel("a"), french(page_channel("b")))
    assert (shared.finding(HERE).code, shared.level) == ("two-languages", Level.WARNING)
    assert "Facebook" in shared.sentence


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        (page_channel("a"), page_channel("b", page_id="99"), "page_access_token"),
        (page_channel("a"), french(page_channel("b", page_id="99")), "page_access_token"),
        (
            x_channel("a", access_token="word"),
            x_channel("b", access_token="word", access_token_secret="z"),
            "access_token",
        ),
    ],
)
def test_one_key_for_two_accounts_is_told_by_its_name(
    one: Channel, other: Channel, key: str
) -> None:
    shared = only(one, other)
    assert (shared.finding(HERE).code, shared.level) == ("same-account", Level.ERROR)
    assert f"have the same {key}," in shared.sentence


def test_what_the_networks_said_goes_before_what_the_keys_say() -> None:
    named = [page_channel("a", page_id="survivornet"), page_channel("b", **OTHER_PAGE)]
    assert shared_accounts(named) == []
    assert len(shared_accounts(named, {"a": "99"})) == 1
    assert shared_accounts(named, {"a": "", "b": ""}) == []


def test_channels_without_keys_share_nothing() -> None:
    bare = [replace(x_channel(name), keys={}) for name in "ab"]
    unset = Secret("", "The variable is not set.")
    bare += [replace(page_channel(name), keys=dict.fromkeys(PAGE_KEYS, unset)) for name in "cd"]
    bare += [
        replace(page_channel(name), keys=dict.fromkeys(PAGE_KEYS, Secret(""))) for name in "ef"
    ]
    bare += [replace(page_channel(name), network="smoke-signs") for name in "gh"]
    assert shared_accounts(bare) == []


def test_of_three_channels_every_two_are_told() -> None:
    shared = shared_accounts([x_channel(name) for name in "abc"])
    assert [each.channels for each in shared] == [("a", "b"), ("a", "c"), ("b", "c")]


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_every_network_says_which_keys_are_one_accounts(network: Network) -> None:
    assert network.account_keys
    assert set(network.account_keys) <= {*network.required_keys, *network.optional_keys}
    assert network.account_of({}) == ""


@given(st.lists(st.sampled_from(["1", "2", "3"]), min_size=2, max_size=5))
def test_two_channels_are_told_exactly_when_they_are_one_account(accounts: list[str]) -> None:
    channels = [
        page_channel(str(place), page_id=account, page_access_token=f"token-{place}")
        for place, account in enumerate(accounts)
    ]
    told = {each.channels for each in shared_accounts(channels)}
    pairs = permutations(enumerate(accounts), 2)
    assert told == {
        (str(one), str(other))
        for (one, first), (other, second) in pairs
        if one < other and first == second
    }
