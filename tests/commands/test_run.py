"""`run`, in this process: what goes out, what does not, and what is said about it."""

import pytest

from campaign.models import Attempt, ChannelState, Delivery, Event
from tests.doubles import DoubleServer, Graph, Ledger, X, doubles, script
from tests.doubles.channels import X_KEYS, X_SECRETS
from tests.doubles.faults import close_after, server_error
from tests.stage import NINE, Stage, page_table, x_table

loopback = pytest.mark.allow_hosts(["127.0.0.1"])


@loopback
def test_what_is_due_goes_out_once_with_exactly_the_approved_text(
    stage: Stage, networks: DoubleServer
) -> None:
    stage.configure(networks.url)
    stage.queued()
    approved = {row["channel"]: row["text"] for row in stage.queue()}
    stage.now = NINE
    said = stage.run("run", "--once").well()
    assert "3 deliveries published, 0 not." in said.out
    assert sorted(networks.ledger.texts()) == sorted(map(str, approved.values()))
    assert "0 deliveries published" in stage.run("run", "--once").well().out
    assert len(networks.ledger.texts()) == 3


@loopback
def test_a_published_row_says_where_the_post_is(stage: Stage, networks: DoubleServer) -> None:
    stage.configure(networks.url)
    stage.queued(on=["x-en"])
    stage.now = NINE
    stage.run("run", "--once").well()
    (row,) = stage.queue()
    (out,) = networks.ledger.posts
    assert (row["status"], row["attempts"], row["remote_id"]) == ("published", 1, out.id)
    assert row["url"] == f"https://x.com/i/web/status/{out.id}"
    assert row["error"] is None


@loopback
def test_nothing_goes_out_before_its_time(stage: Stage, networks: DoubleServer) -> None:
    stage.configure(networks.url)
    stage.queued()
    assert "0 deliveries published" in stage.run("run", "--once").well().out
    assert not networks.ledger.posts


@loopback
def test_nothing_goes_out_that_nobody_approved(stage: Stage, networks: DoubleServer) -> None:
    stage.configure(networks.url)
    stage.post()
    stage.run("load").well()
    stage.now = NINE
    stage.run("run", "--once").well()
    assert not networks.ledger.posts


@loopback
@pytest.mark.parametrize("scope", [[], ["--campaign", "know"], ["--channel", "x-en"]])
def test_a_pause_holds_in_its_scope_and_ends_without_a_burst(
    stage: Stage, networks: DoubleServer, scope: list[str]
) -> None:
    stage.configure(networks.url)
    stage.queued()
    stage.run("pause", *scope, "--reason", "A day of mourning.").well()
    assert "A day of mourning." in stage.run("queue").out
    stage.now = NINE
    said = stage.run("run", "--once").well()
    assert "is paused: A day of mourning." in said.out
    kept = ["x-en"] if "--channel" in scope else ["page-en", "x-en", "x-fr"]
    assert stage.statuses()["queued"] == kept
    ended = stage.run("resume", *scope, "--reason", "It is over.").well()
    assert "goes on" in ended.out
    assert "decision" in ended.out
    stage.run("run", "--once")
    assert stage.statuses()["missed"] == kept
    assert len(networks.ledger.posts) == 3 - len(kept)


@loopback
def test_a_channel_without_keys_is_told_and_the_others_go_on(
    stage: Stage, networks: DoubleServer
) -> None:
    stage.configure(
        networks.url, channels=x_table("x-en", consumer_secret="") + page_table("page-en")
    )
    stage.queued()
    stage.now = NINE
    said = stage.run("run", "--once")
    assert said.status == 1
    assert "Channel x-en has no consumer_secret" in said.err
    assert stage.statuses() == {"published": ["page-en"], "queued": ["x-en"]}


@loopback
def test_a_channel_with_wrong_keys_is_told_and_the_others_go_on(stage: Stage) -> None:
    ledger = Ledger()
    strict = doubles(
        X(ledger, keys=X_SECRETS), Graph(ledger, tokens={"page-token-5": "1234567890"})
    )
    with strict as server:
        good = X_KEYS["access_token"]
        channels = (
            x_table("x-good", access_token=good) + x_table("x-wrong") + page_table("page-en")
        )
        stage.configure(
            server.url,
            channels=channels + page_table("page-wrong", page_id="99"),
        )
        stage.queued()
        checked = stage.run("check", "--online")
        stage.now = NINE
        said = stage.run("run", "--once")
    assert checked.status == 1
    told = [line for line in checked.out.splitlines() if ": error: " in line]
    assert [("x-wrong" in line, "page-wrong" in line) for line in told] == [
        (True, False),
        (False, True),
    ]
    assert said.status == 1
    assert "queued: know/one on x-wrong. X did not accept this channel's keys" in said.out
    assert stage.statuses() == {
        "published": ["page-en", "x-good"],
        "queued": ["page-wrong", "x-wrong"],
    }


def test_no_usable_channel_at_all_is_one_sentence(stage: Stage) -> None:
    stage.configure(channels=x_table("x-en", consumer_key=""))
    said = stage.run("run", "--once")
    assert said.status == 1
    assert "enter the keys in config.toml" in said.err


@loopback
def test_posts_on_a_channel_that_the_configuration_forgot_are_told(
    stage: Stage, networks: DoubleServer
) -> None:
    stage.configure(networks.url)
    stage.queued()
    stage.configure(networks.url, channels=page_table("page-en"))
    stage.now = NINE
    said = stage.run("run", "--once")
    assert said.status == 1
    assert 'Posts are due on channel "x-en", which is not in config.toml' in said.err
    assert stage.statuses()["published"] == ["page-en"]


@loopback
def test_an_answer_that_is_lost_leaves_the_delivery_to_a_person(
    stage: Stage, networks: DoubleServer
) -> None:
    stage.configure(networks.url)
    stage.queued(on=["x-en"])
    networks.faults = script(close_after())
    stage.now = NINE
    assert stage.run("run", "--once").status == 1
    assert stage.statuses() == {"unconfirmed": ["x-en"]}
    assert stage.run("run", "--once").status in (0, 1)
    assert len(networks.ledger.posts) == 1
    stage.run("resolve", 1, "--published", "https://x.com/i/web/status/77").well()
    (row,) = stage.queue()
    assert (row["status"], row["remote_id"]) == ("published", "77")


@loopback
def test_resolved_as_not_published_it_goes_out_again(
    stage: Stage, networks: DoubleServer
) -> None:
    stage.configure(networks.url)
    stage.queued(on=["x-en"])
    networks.faults = script(server_error(503, store=False))
    stage.now = NINE
    stage.run("run", "--once")
    stage.run("resolve", 1, "--not-published").well()
    stage.run("run", "--once").well()
    assert stage.statuses() == {"published": ["x-en"]}
    assert stage.queue()[0]["attempts"] == 2


def test_a_dry_run_opens_no_socket_and_leaves_the_queue_as_it_was(stage: Stage) -> None:
    """Sockets are off in this test."""
    stage.queued()
    stage.now = NINE
    before = _everything()
    said = stage.run("run", "--dry-run", "--once").well()
    assert "3 deliveries would go out now." in said.out
    assert "Le texte de one." in said.out
    assert _everything() == before


def _everything() -> list[list[object]]:
    return [
        list(model.objects.order_by("id").values())
        for model in (Delivery, Attempt, Event, ChannelState)
    ]


def test_without_a_config_everything_is_a_dry_run(stage: Stage) -> None:
    stage.root.joinpath("config.toml").unlink()
    said = stage.run("run", "--once").well()
    assert "Dry run: nothing is sent" in said.out
    assert "dry_run = false" in said.out


def test_a_dry_run_says_why_something_would_stay(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    stage.run("pause", "--reason", "Wait for the minister.").well()
    stage.now = NINE
    said = stage.run("run", "--dry-run", "--once").well()
    assert "would not go out on x-en: Publishing is paused: Wait for the minister." in said.out
    assert "0 deliveries would go out now." in said.out
