"""From the file to the queue: check, load, preview, approve, and the first demonstration."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign.models import Delivery, Event, Post
from tests.doubles import DoubleServer
from tests.stage import NINE, Stage, page_table


def test_a_post_goes_its_whole_way(stage: Stage) -> None:
    file = stage.post()
    checked = stage.run("check", file).well()
    assert checked.out == "1 post, 3 deliveries: nothing is wrong.\n"
    stage.people()
    loaded = stage.run("load", "--by", "vera").well()
    assert loaded.out == "Loaded: 1 post new, 3 deliveries new.\n"
    approved = stage.run("approve", "one", "--by", "bob").well()
    assert approved.out == "3 deliveries approved by bob and queued.\n"
    assert {row["status"] for row in stage.queue()} == {"queued"}


def test_a_second_load_changes_nothing(stage: Stage) -> None:
    stage.queued()
    before = [list(model.objects.order_by("id").values()) for model in (Post, Delivery, Event)]
    said = stage.run("load", "--by", "vera").well()
    assert said.out == "Loaded: 1 post known, 3 deliveries unchanged.\n"
    assert [
        list(model.objects.order_by("id").values()) for model in (Post, Delivery, Event)
    ] == before


def test_an_approved_text_that_changes_loses_its_approval_and_says_so(stage: Stage) -> None:
    stage.queued()
    stage.post(en="Another text.")
    said = stage.run("load").well()
    assert said.out.count("Its text has changed since it was approved: approve it again.") == 2
    rows = {row["channel"]: (row["status"], row["text"]) for row in stage.queue()}
    assert rows["x-en"] == rows["page-en"] == ("draft", "Another text.")
    assert rows["x-fr"] == ("queued", "Le texte de one.")


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_what_is_out_never_changes(stage: Stage, networks: DoubleServer) -> None:
    stage.configure(networks.url)
    stage.queued()
    stage.now = NINE
    stage.run("run", "--once").well()
    before = stage.queue()
    stage.post(en="Another text.", fr="Un autre texte.")
    said = stage.run("load").well()
    assert "3 deliveries left as they are" in said.out
    assert stage.queue() == before


def test_a_new_time_in_the_file_is_followed(stage: Stage) -> None:
    stage.queued()
    stage.post(head='when = "2027-09-05 10:00"')
    stage.run("load").well()
    assert {(row["due_at"], row["status"]) for row in stage.queue()} == {
        ("2027-09-05T14:00:00Z", "queued")
    }


def test_a_post_whose_file_is_gone_does_not_go_out(stage: Stage) -> None:
    stage.queued("one", "two")
    stage.folder.posts.joinpath("know/two.toml").unlink()
    assert "3 deliveries cancelled" in stage.run("load").well().out
    assert sorted({(row["post"], row["status"]) for row in stage.queue()}) == [
        ("know/one", "queued"),
        ("know/two", "cancelled"),
    ]


def test_an_empty_folder_of_posts_is_asked_about_and_nothing_is_lost(stage: Stage) -> None:
    """Of a share that is not mounted, for instance."""
    stage.queued("one", "two", "three")
    before = stage.queue()
    stage.folder.posts.rename(stage.root / "share")
    stage.folder.posts.mkdir()
    said = stage.run("load")
    assert (said.status, stage.queue()) == (1, before)
    assert said.err.splitlines() == [
        "Approved deliveries that would be cancelled: 9 (know 9).",
        "No post of these campaigns has a file any more: know. Is a folder missing, empty or renamed, or is the share "
        "not mounted?",
        "Nothing was loaded, and nothing has changed. If all of this is meant, load again with --yes.",
    ]
    yes = stage.run("load", "--yes").well()
    assert "9 deliveries cancelled" in yes.out
    assert "cancelled: 9 (know 9)" in yes.out
    stage.folder.posts.rmdir()
    (stage.root / "share").rename(stage.folder.posts)
    back = stage.run("load").well()
    assert "Loaded: 3 posts known, 9 deliveries approved as before.\n" in back.out
    assert stage.queue() == before
    said_again = "It is as bob approved it on 2027-09-01 08:00."
    assert stage.run("log").out.count(said_again) == 9


def test_another_time_zone_moves_nothing_that_is_approved_until_somebody_says_yes(
    stage: Stage,
) -> None:
    stage.queued("one", "two", "three")
    stage.post("four", 'when = "2027-09-02 09:00"')
    before = stage.queue()
    text = (stage.root / "config.toml").read_text("utf-8")
    stage.folder.write("config.toml", f'[site]\ntimezone = "America/Vancouver"\n{text}')
    said = stage.run("load")
    assert (said.status, stage.queue()) == (1, before)
    first, *each, _ = said.err.splitlines()
    assert first == "Approved deliveries that would get another time: 9 (know 9)."
    assert len(each) == 9
    stage.run("load", "--yes").well()
    assert {row["due_at"] for row in stage.queue("--status", "queued")} == {
        "2027-09-01T16:00:00Z"
    }


def test_a_post_with_an_error_is_kept_out_and_the_others_are_loaded(stage: Stage) -> None:
    stage.post("good")
    stage.post("bad", en="It says {{ nothing_known }}.")
    said = stage.run("load")
    assert said.status == 1
    assert "posts/know/bad.toml:4: error: " in said.out
    assert "know/bad was not loaded" in said.err
    assert {row["post"] for row in stage.queue()} == {"know/good"}


def test_nobody_approves_their_own(stage: Stage) -> None:
    stage.post()
    stage.people()
    stage.run("load", "--by", "bob").well()
    said = stage.run("approve", "one", "--by", "bob")
    assert (said.status, said.err) == (
        1,
        "bob wrote know/one: somebody else has to approve it.\n",
    )
    stage.run("approve", "one", "--by", "ana").well()
    assert {row["approved_by"] for row in stage.queue()} == {"ana"}


def test_a_volunteer_who_approves_everything_is_refused_once(stage: Stage) -> None:
    for name in ("one", "two", "three"):
        stage.post(name)
    stage.people()
    stage.run("load").well()
    said = stage.run("approve", "--all", "--by", "vera")
    assert said.status == 1
    assert (
        said.err
        == "vera may not approve posts or change the queue: that takes the role staff or admin.\n"
    )
    assert set(stage.statuses()) == {"draft"}


def test_a_stranger_approves_nothing(stage: Stage) -> None:
    stage.post()
    stage.people()
    stage.run("load").well()
    assert (
        '"bod" is not a user; did you mean "bob"?'
        in stage.run("approve", "one", "--by", "bod").err
    )
    assert set(stage.statuses()) == {"draft"}


def test_approving_when_nothing_waits_says_so(stage: Stage) -> None:
    stage.queued()
    assert (
        "Nothing waits for approval" in stage.run("approve", "--all", "--by", "bob").well().out
    )
    assert "Nothing waits for approval" in stage.run("approve", "one", "--by", "bob").well().out


def test_an_example_is_never_approved(stage: Stage) -> None:
    stage.post(head='when = "2027-09-01 09:00"\nexample = true')
    stage.people()
    stage.run("load").well()
    said = stage.run("approve", "one", "--by", "bob")
    assert said.status == 1
    assert "examples are never published" in said.err


@pytest.mark.parametrize("named", ["know/one", "one", "posts/know/one.toml", "one.toml"])
def test_a_post_is_previewed_by_key_name_or_file(stage: Stage, named: str) -> None:
    stage.post()
    stage.post("two")
    said = stage.run("preview", named).well()
    assert "    Le texte de one." in said.out
    assert "two" not in said.out


def test_a_preview_of_one_channel_is_its_exact_text(stage: Stage) -> None:
    text = "Signs [bold]as[/] they stand, :heart: too, and a backslash\\\\ [/]."
    stage.post(en=text, on=["x-en", "x-fr"])
    (row,) = stage.run("preview", "one", "--channel", "x-en", "--json").well().rows
    written = text.replace("\\\\", "\\")
    assert (row["text"], row["length"], row["limit"]) == (written, len(written), 280)
    assert f"    {written}\n" in stage.run("preview", "one", "--channel", "x-en").well().out


def test_a_preview_of_a_channel_that_it_does_not_go_to_names_those_that_it_does(
    stage: Stage,
) -> None:
    stage.post(on=["x-en"])
    said = stage.run("preview", "one", "--channel", "page-en")
    assert (said.status, said.err) == (
        1,
        'know/one does not go to a channel "page-en": its channels are x-en.\n',
    )


@pytest.mark.parametrize("named", ["onne", "other/one", "../..", "know/"])
def test_a_post_that_is_not_there_is_one_sentence(stage: Stage, named: str) -> None:
    stage.post()
    for command in (["preview", named], ["approve", named, "--by", "bob"]):
        stage.people()
        said = stage.run(*command)
        assert said.status == 1
        assert len(said.err.splitlines()) == 1


def test_what_a_preview_shows_cannot_be_bent_by_the_text(stage: Stage) -> None:
    r"""A text that moves the terminal's cursor could show an approver something else than what goes out."""
    stage.folder.write(
        "posts/know/one.toml",
        'when = "2027-09-01 09:00"\n[en]\nshort = "Good\\u001b[2K\\u202e bad\\rnews"\n[fr]\nshort = "Bon"\n',
    )
    said = stage.run("preview", "one")
    assert not {"\x1b", "\u202e", "\r"} & set(said.out)


def test_a_text_with_markup_and_links_in_file_names_is_only_text(stage: Stage) -> None:
    stage.folder.post("[red]x", 'when = "2027-09-01 09:00"\nunknown = 1')
    assert "posts/know/[red]x.toml:2: error: " in stage.run("check").out


def test_findings_are_rows_for_programs(stage: Stage) -> None:
    stage.folder.post("bad", 'when = "2027-09-01 09:00"\nchanels = []')
    said = stage.run("check", "--json")
    assert said.status == 1
    (row,) = json.loads(said.out)
    assert (row["file"], row["line"], row["level"], row["code"]) == (
        "posts/know/bad.toml",
        2,
        "error",
        "unknown-key",
    )


def test_a_check_needs_no_database_and_makes_none(stage: Stage) -> None:
    stage.post()
    stage.run("check").well()
    assert not stage.root.joinpath("campaign.db").exists()


def test_the_demonstration_may_be_given_twice(stage: Stage) -> None:
    stage.configure(dry_run=True)
    stage.post()
    first = stage.run("demo", "--print-only").well()
    assert "    Le texte de one." in first.out
    assert "1 post, 3 deliveries, nothing is wrong." in first.out
    assert "The first would go out on 2027-09-01 at 09:00" in first.out
    assert stage.run("demo", "--print-only").well().out == first.out
    assert len(stage.queue()) == 3


def test_a_demonstration_tells_of_posts_that_it_cannot_show(stage: Stage) -> None:
    stage.configure(dry_run=True)
    stage.post()
    stage.folder.write("posts/know/broken.toml", "when = [")
    said = stage.run("demo", "--print-only").well()
    assert "posts/know/broken.toml:1: error: This is not valid TOML here" in said.out
    assert "Le texte de one." in said.out


def test_the_starter_campaign_shows_itself(stage: Stage) -> None:
    stage.root.joinpath("config.toml").unlink()
    for folder in (stage.folder.posts, stage.folder.templates):
        folder.rename(Path(f"{folder}-away"))
    stage.now = datetime(2026, 11, 22, tzinfo=UTC)
    said = stage.run("demo", "--print-only").well()
    assert "Nothing was sent" in said.out
    assert len(stage.queue()) >= 14 * 4


def test_loading_for_one_channel_less_takes_its_deliveries_out(stage: Stage) -> None:
    stage.queued()
    stage.post(on=["x-en"])
    stage.run("load").well()
    assert stage.statuses() == {"queued": ["x-en"], "cancelled": ["page-en", "x-fr"]}


def test_without_a_channel_in_the_configuration_the_starter_ones_hold(stage: Stage) -> None:
    stage.configure(channels=page_table("page-en"))
    stage.post(on=["x-en"])
    said = stage.run("check")
    assert said.status == 1
    assert '"x-en" is not a channel' in said.out


def test_what_is_approved_is_not_moved_by_another_time_zone_until_somebody_says_yes(
    stage: Stage,
) -> None:
    stage.queued(on=["x-en", "x-fr"])
    stage.configure(top='[site]\ntimezone = "America/Vancouver"')
    said = stage.run("load")
    assert said.status == 1
    assert (
        said.err.count("is approved for 2027-09-01 09:00, and its “2027-09-01 09:00” now means")
        == 2
    )
    assert "Not moved: 2 deliveries. To answer yes, load again with --yes." in said.err
    assert {row["due_at"] for row in stage.queue()} == {"2027-09-01T13:00:00Z"}
    stage.run("load", "--yes").well()
    assert {row["due_at"] for row in stage.queue()} == {"2027-09-01T16:00:00Z"}
    assert stage.statuses() == {"queued": ["x-en", "x-fr"]}
    assert "deliveries unchanged" in stage.run("load").well().out


def test_what_waits_for_approval_follows_its_day(stage: Stage) -> None:
    stage.post(on=["x-en"])
    stage.run("load").well()
    stage.configure(top='[site]\ntimezone = "America/Vancouver"')
    stage.run("load").well()
    assert [row["due_at"] for row in stage.queue()] == ["2027-09-01T16:00:00Z"]
