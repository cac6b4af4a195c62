"""`check` tells of channels that are one account; `check --online` of those that only their networks know to be one."""

import json

import pytest

from tests.doubles import Graph, Ledger, X, doubles, faults
from tests.doubles.calls import Kind
from tests.stage import Stage, page_table, x_table

loopback = pytest.mark.allow_hosts(["127.0.0.1"])
ONE_ACCOUNT = x_table("x-one", access_token="7-a") + x_table("x-two", access_token="7-b")
TWO_LANGUAGES = page_table("page-en") + page_table("page-fr", "fr")


def findings(stage: Stage, *more: str) -> list[tuple[str, str]]:
    """The level and the sentence of what is told of config.toml."""
    said = stage.run("check", "--json", *more)
    rows = json.loads(said.out)
    return [
        (row["code"], row["message"]) for row in rows if row["file"].endswith("config.toml")
    ]


def test_a_check_tells_of_one_account_in_two_channels_and_fails(stage: Stage) -> None:
    stage.configure(channels=ONE_ACCOUNT)
    [(code, sentence)] = findings(stage)
    assert code == "same-account"
    assert sentence.startswith("Channels x-one and x-two are one account on X")
    assert stage.run("check").status == 1


def test_one_page_for_two_languages_is_a_warning_that_can_be_switched_off(
    stage: Stage,
) -> None:
    stage.configure(channels=TWO_LANGUAGES)
    [(code, _)] = findings(stage)
    assert code == "two-languages"
    stage.configure(channels=TWO_LANGUAGES, more='[checks]\ntwo-languages = "off"\n')
    assert findings(stage) == []


def test_channels_with_keys_of_their_own_are_told_of_nothing(stage: Stage) -> None:
    stage.configure()
    assert findings(stage) == []


@loopback
def test_a_page_under_two_names_is_told_when_facebook_is_asked(stage: Stage) -> None:
    named = page_table("page-a", page_id="survivornet") + page_table("page-b", page_id="99")
    with doubles() as server:
        server.faults = faults.always(
            faults.answer(200, {"id": "99", "name": "Page"}), on=Kind.OTHER
        )
        stage.configure(server.url, channels=named)
        assert findings(stage) == []
        [(code, sentence)] = findings(stage, "--online")
    assert code == "same-account"
    assert "page-a and page-b are one account" in sentence


@loopback
def test_a_persons_token_in_a_pages_place_is_told_before_the_first_post(stage: Stage) -> None:
    ledger = Ledger()
    graph = Graph(ledger, tokens={}, persons={"of-ana": "1001"})
    with doubles(X(ledger), graph) as server:
        stage.configure(server.url, channels=page_table("page-en", page_access_token="of-ana"))
        [(code, sentence)] = findings(stage, "--online")
    assert code == "keys"
    assert sentence.startswith(
        "Channel page-en: Facebook says that page_access_token belongs to 1001"
    )
    assert "of-ana" not in sentence
