"""The queue and the log on the command line, and the decisions about single deliveries."""

import csv
import io
from datetime import datetime

import pytest

from campaign.models import Delivery, Event, Post
from campaign.states import Status
from tests.stage import NINE, Stage, page_table

FIELDS = {
    *("id", "post", "campaign", "kind", "channel", "network", "language", "due_at"),
    *("status", "text", "attempts", "remote_id", "url", "error"),
}


def put(number: int, status: Status) -> None:
    """Sets a delivery's state behind the queue's back."""
    Delivery.objects.filter(pk=number).update(status=status)


def test_a_queue_row_has_everything_that_programs_rely_on(stage: Stage) -> None:
    stage.queued(on=["x-fr"])
    (row,) = stage.queue()
    assert row.keys() >= FIELDS
    assert row["due_at"] == "2027-09-01T13:00:00Z"
    assert (row["post"], row["campaign"], row["kind"]) == ("know/one", "know", "awareness")
    assert (row["channel"], row["network"], row["language"]) == ("x-fr", "twitter", "fr")
    assert (row["status"], row["text"], row["attempts"]) == ("queued", "Le texte de one.", 0)
    assert (row["remote_id"], row["url"], row["error"], row["approved_by"]) == (
        None,
        None,
        None,
        "bob",
    )


def test_people_read_a_table_with_local_times(stage: Stage) -> None:
    stage.queued()
    said = stage.run("queue").well()
    assert (
        " ".join(said.out.splitlines()[0].split())
        == "no. due channel post status attempts what to know"
    )
    assert "2027-09-01 09:00" in said.out
    assert said.out.splitlines()[-1] == "3 deliveries: 3 queued."


def test_filters_leave_what_is_asked_for(stage: Stage) -> None:
    stage.queued("one", on=["x-en", "page-en"])
    stage.post("two", 'when = "2027-09-02 23:30"', on=["x-en"])
    stage.run("load").well()

    def keys(*arguments: str) -> list[str]:
        return [f"{row['post']} {row['channel']}" for row in stage.queue(*arguments)]

    assert keys("--channel", "page-en") == ["know/one page-en"]
    assert keys("--status", "draft") == keys("--from", "2027-09-02") == ["know/two x-en"]
    assert sorted(keys("--to", "2027-09-01")) == ["know/one page-en", "know/one x-en"]
    assert keys("--from", "2027-09-02", "--to", "2027-09-02", "--campaign", "know") == [
        "know/two x-en"
    ]


def test_an_empty_answer_says_whether_nothing_is_there_or_nothing_is_like_that(
    stage: Stage,
) -> None:
    assert "Nothing is loaded yet" in stage.run("queue").well().out
    assert "the log is empty" in stage.run("log").well().out
    assert stage.queue() == []
    stage.queued()
    assert "No delivery is like that" in stage.run("queue", "--from", "2099-12-31").well().out


@pytest.mark.parametrize("command", ["queue", "log"])
def test_a_misspelt_channel_is_answered_with_the_nearest_one(
    stage: Stage, command: str
) -> None:
    said = stage.run(command, "--channel", "x-em")
    assert (said.status, said.err) == (1, '"x-em" is not a channel; did you mean "x-en"?\n')


def test_a_channel_that_left_the_configuration_can_still_be_asked_for(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    stage.configure(channels=page_table("page-en"))
    assert len(stage.queue("--channel", "x-en")) == 1


def test_the_log_tells_who_did_what_and_when(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    stage.run("cancel", 1, "--by", "bob", "--reason", "Not this week.").well()
    rows = stage.run("log", "--json", "--delivery", "1").well().rows
    assert [(row["what"], row["by"], row["status"], row["reason"]) for row in rows] == [
        ("loaded", "vera", "draft", None),
        ("approved", "bob", "queued", None),
        ("cancelled", "bob", "cancelled", "Not this week."),
    ]
    assert all(row.keys() >= FIELDS for row in rows)
    assert {row["error"] for row in rows} == {None}
    assert all(datetime.fromisoformat(str(row["at"])).tzinfo for row in rows)


def test_the_log_shows_who_was_given_which_role(stage: Stage) -> None:
    stage.people()
    told = [
        row["reason"]
        for row in stage.run("log", "--json").well().rows
        if row["what"] == "role given"
    ]
    assert told == [
        "vera was added as volunteer.",
        "bob was added as staff.",
        "ana was added as admin.",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_the_csv_is_a_formula(stage: Stage, start: str) -> None:
    stage.queued(on=["x-en"])
    evil = f'{start}HYPERLINK("https://evil.example";"x"),\n"y"'
    Event.objects.create(at=stage.now, actor=f"{start}cmd", action="paused", reason=evil)
    rows = list(csv.DictReader(io.StringIO(stage.run("log", "--csv").well().out, newline="")))
    assert f"'{evil}" in {row["reason"] for row in rows}
    assert not [
        cell
        for row in rows
        for cell in row.values()
        if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    ]


def test_an_empty_log_is_a_csv_with_its_header(stage: Stage) -> None:
    (header,) = stage.run("log", "--csv").well().out.splitlines()
    assert set(header.split(",")) >= FIELDS


@pytest.mark.parametrize(
    "status", [status for status in Status if status is not Status.UNCONFIRMED]
)
def test_only_what_is_unconfirmed_is_resolved(stage: Stage, status: Status) -> None:
    stage.queued(on=["x-en"])
    put(1, status)
    for answer in (["--not-published"], ["--published", "https://x.com/i/web/status/1"]):
        said = stage.run("resolve", 1, *answer)
        assert (said.status, said.out) == (1, "")
        assert said.err == f"Delivery 1 is {status}: only an unconfirmed one can be resolved.\n"
    assert stage.queue()[0]["url"] is None


@pytest.mark.parametrize("status", list(Status))
def test_a_decision_is_taken_only_where_it_has_a_sense(stage: Stage, status: Status) -> None:
    stage.queued(on=["x-en"])
    well = {
        "retry": {Status.FAILED, Status.MISSED},
        "cancel": {Status.DRAFT, Status.QUEUED, Status.FAILED, Status.MISSED},
        "reschedule": {Status.DRAFT, Status.QUEUED, Status.FAILED, Status.MISSED},
    }
    for command, allowed in well.items():
        put(1, status)
        said = stage.run(
            command,
            1,
            *(["--to", "2027-09-03 10:00", "--yes"] if command == "reschedule" else []),
        )
        assert said.status == (0 if status in allowed else 1), said.everything
        assert bool(said.err) is (status not in allowed)
        if status not in allowed:
            assert stage.queue()[0]["status"] == status


def test_one_that_cannot_be_decided_about_does_not_stop_the_others(stage: Stage) -> None:
    stage.queued("one", "two", on=["x-en"])
    put(1, Status.PUBLISHED)
    said = stage.run("cancel", 1, 2, 2)
    assert said.status == 1
    assert said.out.count("is cancelled") == 1
    assert "Delivery 1 is published" in said.err
    assert stage.statuses() == {"published": ["x-en"], "cancelled": ["x-en"]}


def test_an_unknown_number_changes_nothing(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    said = stage.run("cancel", 1, 99)
    assert (said.status, said.err) == (
        1,
        "There is no delivery 99: look for its number with the queue command.\n",
    )
    assert stage.statuses() == {"queued": ["x-en"]}


def test_a_new_time_is_local_and_is_told(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    said = stage.run(
        "reschedule", 1, "--to", "2027-10-01 08:30", "--by", "ana", "--reason", "A day of rest."
    ).well()
    assert "now due on 2027-10-01 at 08:30" in said.out
    assert stage.queue()[0]["due_at"] == "2027-10-01T12:30:00Z"
    assert (
        "Due 2027-10-01 08:30, America/Toronto. A day of rest." in stage.run("log").well().out
    )


def test_what_is_asked_first_is_done_with_yes(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    said = stage.run("reschedule", 1, "--to", "2027-12-01 08:30")
    assert said.status == 1
    assert "ends on October 31, 2027" in said.err
    assert "Nothing was done about 1: to answer yes, add --yes." in said.err
    assert stage.queue()[0]["due_at"] == "2027-09-01T13:00:00Z"
    stage.run("reschedule", 1, "--to", "2027-12-01 08:30", "--yes").well()
    assert stage.queue()[0]["due_at"] == "2027-12-01T13:30:00Z"


def test_a_time_that_is_over_or_does_not_exist_is_refused(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    assert "is in the past" in stage.run("reschedule", 1, "--to", "2027-08-01 09:00").err
    said = stage.run("reschedule", 1, "--to", "2028-03-12 02:30")
    assert said.status == 1
    assert "does not exist in America/Toronto" in said.err
    assert stage.queue()[0]["due_at"] == "2027-09-01T13:00:00Z"


def test_the_hour_that_comes_twice_is_told(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    said = stage.run("reschedule", 1, "--to", "2027-11-07 01:30", "--yes").well()
    assert "comes twice that night: the first one is meant." in said.out
    assert stage.queue()[0]["due_at"] == "2027-11-07T05:30:00Z"


@pytest.mark.parametrize(
    "command",
    [
        ["cancel", "1"],
        ["pause", "--reason", "x"],
        ["retry", "1"],
        ["reschedule", "1", "--to", "2027-09-03 10:00"],
    ],
)
def test_a_volunteer_or_a_stranger_decides_nothing(stage: Stage, command: list[str]) -> None:
    stage.queued(on=["x-en"])
    assert "vera may not" in stage.run(*command, "--by", "vera").err
    assert '"mallory" is not a user' in stage.run(*command, "--by", "mallory").err
    assert stage.statuses() == {"queued": ["x-en"]}


def test_a_missed_delivery_is_sent_now_when_a_person_says_so(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    put(1, Status.MISSED)
    stage.now = NINE.replace(day=3)
    stage.run("retry", 1, "--by", "bob").well()
    (row,) = stage.queue()
    assert (row["status"], row["due_at"]) == ("queued", "2027-09-03T13:00:00Z")


def test_pausing_twice_and_resuming_what_goes_on_are_refused(stage: Stage) -> None:
    stage.queued()
    for scope in ([], ["--campaign", "know"], ["--channel", "x-en"]):
        assert "is not paused" in stage.run("resume", *scope, "--reason", "x").err
        stage.run("pause", *scope, "--reason", "x").well()
        assert "is paused already" in stage.run("pause", *scope, "--reason", "x").err
        stage.run("resume", *scope, "--reason", "x").well()


def test_a_pause_that_is_left_is_told_when_another_ends(stage: Stage) -> None:
    stage.queued()
    stage.run("pause", "--reason", "All of it.").well()
    stage.run("pause", "--channel", "x-en", "--reason", "The account.").well()
    assert (
        "Publishing is paused: All of it."
        in stage.run("resume", "--channel", "x-en", "--reason", "x").out
    )


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        (["--campaign", "knw"], '"knw" is not a loaded campaign; did you mean "know"?'),
        (["--channel", "x-em"], '"x-em" is not a channel; did you mean "x-en"?'),
    ],
)
def test_a_scope_that_is_not_there_is_refused(
    stage: Stage, scope: list[str], sentence: str
) -> None:
    stage.queued()
    assert stage.run("pause", *scope, "--reason", "x").err.strip() == sentence


def test_signs_that_steer_a_terminal_are_shown_as_numbers(stage: Stage) -> None:
    stage.queued(on=["x-en"])
    stage.run("pause", "--reason", "red\x1b[31m and \u202eback").well()
    assert "red\\u001b[31m and \\u202eback" in stage.run("queue").out
    Post.objects.update(key="know/\x1b[2Jone")
    assert "\x1b" not in stage.run("queue").out + stage.run("log").out
