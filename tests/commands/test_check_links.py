"""`check --online` asks the web about links; without it, nothing is asked."""

from collections.abc import Iterable

import pytest

from campaign.planning import online
from campaign.publishers.pages import State, WebPage
from tests.doubles import doubles
from tests.stage import Stage

DEAD = WebPage(State.DEAD, "it answers 404")


def dead(addresses: Iterable[str], _agent: str) -> dict[str, WebPage]:
    return dict.fromkeys(addresses, DEAD)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_dead_link_fails_the_check_with_its_file_and_in_json(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "ask", dead)
    with doubles() as server:
        stage.configure(server.url)
        stage.post()
        said = stage.run("check", "--online")
        rows = stage.run("check", "--online", "--json").rows
    assert said.status == 1
    assert "https://example.org/spread is dead (it answers 404)" in said.out
    dead_links = [row for row in rows if row["code"] == "dead-link"]
    assert {row["file"] for row in dead_links} >= {"posts/facts.toml"}
    assert all(row["level"] == "error" and row["line"] for row in dead_links)


def test_without_online_the_web_is_not_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> dict[str, WebPage]:
        raise AssertionError("the web was asked")

    monkeypatch.setattr(online, "ask", never)
    stage.post()
    stage.run("check").well()
