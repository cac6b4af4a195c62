"""`rehearse`: the campaign on a simulated clock, with nothing sent and the queue untouched."""

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from campaign.authoring.versions import save_version
from campaign.cli import main
from campaign.core.sentence import read
from campaign.delivery import pauses
from campaign.models import Delivery, Event, Post
from campaign.planning.plan import Plan, plan
from campaign.publishers import NETWORKS
from campaign.publishers.network import RateLimit
from campaign.publishers.publisher import Message, Picture, Published, TryLater
from campaign.rehearsal import play, scratch
from campaign.rehearsal.networks import Simulated, Window
from campaign.rehearsal.play import moment_of
from campaign.rehearsal.result import Expiry, cost_of, expiries_of
from campaign.web.frame.sentences import say
from tests.deliveries import FakeClock, channel, consent, person, says
from tests.doubles.opened import posted
from tests.folders import CALENDAR, CAMPAIGN, FACT, STARTER_CHANNELS
from tests.stage import ON_TIME, ROOT, TORONTO, Machine, Stage, page_table, x_table

CONTENT = f'[content]\nposts = "{ROOT / "posts"}"\ntemplates = "{ROOT / "templates"}"'
OLD_FACT = FACT.replace('id = "spread"', 'id = "old"').replace("2030-01-01", "2027-09-02")
THANKSGIVING = """
[[day]]
id = "thanksgiving"
rule = "nth 2 mon oct"
name.en = "Thanksgiving"
name.fr = "Action de grâce"
source = "https://example.org/thanksgiving"
"""


@dataclass(frozen=True)
class Shown:
    """What a rehearsal printed as JSON, and its exit status."""

    status: int
    all: Mapping[str, object]

    @property
    def timeline(self) -> list[dict[str, object]]:
        found = self.all["timeline"]
        assert isinstance(found, list)
        return found

    def came(self, post: str = "know/one") -> list[tuple[str, str, str]]:
        """What comes of a post: when in UTC, where, how."""
        rows = [row for row in self.timeline if row["post"] == post]
        return [(str(row["at"])[:16], str(row["channel"]), str(row["outcome"])) for row in rows]

    def reasons(self, post: str = "know/one") -> set[str]:
        return {
            str(row["reason"]) for row in self.timeline if row["post"] == post and row["reason"]
        }


def rehearsed(stage: Stage, *arguments: object) -> Shown:
    said = stage.run("rehearse", "--json", *arguments)
    return Shown(said.status, json.loads(said.out))


def test_the_starter_campaign_goes_out_on_its_days(stage: Stage) -> None:
    stage.folder.write("config.toml", CONTENT)
    stage.now = datetime(2026, 11, 22, 15, tzinfo=UTC)
    shown = rehearsed(stage)
    on_the_day = [("2027-10-13T13:00", name, "out") for name in sorted(STARTER_CHANNELS)]
    assert shown.came("mbc-awareness/mbc-day") == on_the_day
    assert {row["outcome"] for row in shown.timeline} <= {"out", "example", "held"}
    assert {outcome for *_, outcome in shown.came("mbc-awareness/story-example-listening")} == {
        "example"
    }
    assert not Delivery.objects.exists()
    assert not Event.objects.exists()


def test_why_there_is_no_rehearsal_is_told_to_programs_as_what_it_says(stage: Stage) -> None:
    stage.post()
    said = stage.run("rehearse", "--json", "--campaign", "nowhere")
    told = json.loads(said.out)
    assert said.status == 1
    assert told["problem"].startswith('"nowhere" is not a campaign')
    assert told["problem"] in said.err
    assert "n’est pas une campagne" in say(read(told["problem_kept"]), "fr")


def test_a_person_reads_a_day_a_line_and_the_sum(stage: Stage) -> None:
    stage.post()
    said = stage.run("rehearse").well()
    assert "Wed 2027-09-01" in said.out
    assert "09:00  out  know/one" in said.out
    assert "From 2027-09-01 to 2027-09-01, 3 deliveries: 3 out.\nNothing is wrong." in said.out
    assert "What the networks would charge" in said.out
    assert "Nothing was sent." in said.out


def test_well_is_well_and_an_error_is_not(stage: Stage) -> None:
    stage.post()
    assert rehearsed(stage).status == 0
    stage.post("two", ON_TIME, en="{{ nobody }}")
    shown = rehearsed(stage)
    assert shown.status == 1
    assert {came for *_, came in shown.came("know/two")} == {"stopped"}
    assert {why in str(shown.all["findings"]) for why in shown.reasons("know/two")} == {True}
    assert shown.all["deliveries"] == {"all": 6, "wrong": 3, "out": 3, "stopped": 3}
    assert "undefined" in str(shown.all["findings"]) or "nobody" in str(shown.all["findings"])


def test_an_hour_that_the_clocks_skip_is_told(stage: Stage) -> None:
    stage.post(head='when = "2028-03-12 02:30"')
    shown = rehearsed(stage)
    assert shown.status == 1
    assert [row["code"] for row in shown.all["findings"]] == ["missing-hour"]  # type: ignore[attr-defined]
    undated = shown.all["undated"]
    assert isinstance(undated, list)
    assert [row["channel"] for row in undated] == ["page-en", "x-en", "x-fr"]
    assert shown.all["deliveries"] == {"all": 3, "wrong": 3, "stopped": 3}
    said = stage.run("rehearse").out
    assert "Without a time\n" in said
    assert "This is wrong: 3 deliveries do not go out as meant; 1 error." in said


def test_what_is_paused_is_missed_with_the_reason_of_the_pause(stage: Stage) -> None:
    stage.post()
    stage.people()
    stage.runs(["pause", "--channel", "x-en", "--reason", "A tragedy", "--by", "bob"])
    shown = rehearsed(stage)
    assert shown.status == 1
    assert shown.came() == [
        ("2027-09-01T13:00", "page-en", "out"),
        ("2027-09-01T13:00", "x-fr", "out"),
        ("2027-09-01T19:00", "x-en", "missed"),
    ]
    [reason] = shown.reasons()
    assert "A tragedy" in reason
    assert "Its time is over" in reason


def test_a_pause_that_ends_in_time_misses_what_came_due_in_it(stage: Stage) -> None:
    stage.post()
    stage.post("two", 'when = "2027-09-01 11:00"', on=["x-en"])
    stage.people()
    stage.runs(["pause", "--reason", "A tragedy", "--until", "2027-09-01 10:00", "--by", "bob"])
    shown = rehearsed(stage)
    assert {(at, came) for at, _, came in shown.came()} == {("2027-09-01T14:00", "missed")}
    assert shown.came("know/two") == [("2027-09-01T15:00", "x-en", "out")]


def test_a_networks_limit_puts_the_next_posts_off(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(NETWORKS["twitter"], rates=(RateLimit(2, timedelta(minutes=15)),))
    monkeypatch.setitem(NETWORKS, "twitter", few)
    for name in ("a", "b", "c"):
        stage.post(name, ON_TIME, en=f"The text of {name}.", on=["x-en"])
    shown = rehearsed(stage)
    assert shown.status == 0
    assert shown.came("know/a") == [("2027-09-01T13:00", "x-en", "out")]
    assert shown.came("know/c") == [
        ("2027-09-01T13:00", "x-en", "later"),
        ("2027-09-01T13:15", "x-en", "out"),
    ]
    assert shown.reasons("know/c") == {
        "The network takes at most 2 posts in 15 minutes: the next ones wait."
    }


def test_the_gap_and_the_most_of_a_day_are_kept_and_told(stage: Stage) -> None:
    stage.configure(channels=x_table("x-en") + 'minimum_gap = "30m"\nmax_per_day = 2\n')
    for name in ("a", "b", "c"):
        stage.post(name, f'{ON_TIME}\ngrace = "2d"', en=f"The text of {name}.")
    shown = rehearsed(stage)
    assert [shown.came(f"know/{name}")[0][0] for name in ("a", "b", "c")] == [
        "2027-09-01T13:00",
        "2027-09-01T13:30",
        "2027-09-02T04:00",
    ]
    assert len(shown.all["too_close"]) == 2  # type: ignore[arg-type]
    assert shown.all["too_many"] == [
        {"channel": "x-en", "day": "2027-09-01", "posts": 3, "most": 2}
    ]


def test_a_fact_that_expires_on_the_way_holds_its_posts_back(stage: Stage) -> None:
    stage.folder.write("posts/facts.toml", FACT + OLD_FACT)
    stage.post("before", 'when = "2027-09-02 09:00"\nfacts = ["old"]')
    stage.post("after", 'when = "2027-09-03 09:00"\nfacts = ["old"]')
    shown = rehearsed(stage)
    assert shown.status == 1
    assert {came for *_, came in shown.came("know/before")} == {"out"}
    assert {came for *_, came in shown.came("know/after")} == {"held"}
    assert "to be reviewed by 2027-09-02" in str(shown.reasons("know/after"))
    assert shown.all["expiring"] == [
        {"what": "fact", "key": "old", "last": "2027-09-02", "posts": ["know/after"]}
    ]


def told_story(stage: Stage) -> str:
    """Two posts of a story, whose person allows the first day only. Returns the person's reference."""
    of = person()
    consent(of, until=date(2027, 9, 2))
    for name, day in (("before", "02"), ("after", "03")):
        head = f'kind = "story"\ntemplate = "fact"\nwhen = "2027-09-{day} 09:00"\nchannels = ["x-en", "x-fr"]\n'
        stage.post(name, f'{head}consent.storyteller = "{of.reference}"')
    stage.run("load")
    for one in Delivery.objects.all():
        says(one)
    return str(of.reference)


def test_a_consent_that_ends_on_the_way_is_told_and_holds_the_story_back(stage: Stage) -> None:
    reference = told_story(stage)
    shown = rehearsed(stage)
    assert shown.status == 1
    assert {came for *_, came in shown.came("know/before")} == {"out"}
    assert {came for *_, came in shown.came("know/after")} == {"held"}
    assert shown.all["expiring"] == [
        {"what": "consent", "key": reference, "last": "2027-09-02", "posts": ["know/after"]}
    ]


def test_without_a_queue_nobody_knows_of_consents_and_that_is_no_failure(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_story(stage)
    monkeypatch.setattr(scratch, "kept", list)
    shown = rehearsed(stage)
    assert (shown.status, shown.all["from_files"]) == (0, True)
    assert {came for *_, came in shown.came("know/before")} == {"untold"}


def test_the_words_that_were_last_written_on_the_pages_are_rehearsed(stage: Stage) -> None:
    stage.post(on=["x-en"])
    stage.runs(["load"])
    known = Post.objects.get()
    source = known.versions.get().source.replace(
        "The text of one.", "Now with example.org in it."
    )
    save_version(known, source, None, stage.now, based_on=1)
    [row] = rehearsed(stage).timeline
    assert (row["outcome"], row["links"]) == ("out", 1)


def test_a_picture_that_is_gone_cannot_go_out(stage: Stage) -> None:
    path = stage.post(
        head=f'{ON_TIME}\n[[media]]\nfile = "a.jpg"\nalt.en = "A garden."\nalt.fr = "Un jardin."'
    )
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(drawn, "JPEG")
    (path.parent / "a.jpg").write_bytes(drawn.getvalue())
    stage.people()
    stage.runs(["load", "--by", "vera"], ["approve", "--all", "--by", "bob"])
    assert {came for *_, came in rehearsed(stage).came()} == {"out"}
    (path.parent / "a.jpg").unlink()
    assert rehearsed(stage).status == 1


def test_what_x_charges_is_summed_by_the_month(stage: Stage) -> None:
    prices = "[prices]\nx_post = 0.01\nx_post_with_link = 0.5\nx_media = 0.1"
    stage.folder.template("{{ text }}")
    stage.configure(top=prices, channels=x_table("x-en") + page_table("page-en"))
    stage.post("plain", ON_TIME)
    stage.post(
        "link",
        'when = "2027-10-02 09:00"',
        en="Read https://example.org/a now.",
        fr="Lire example.org.",
    )
    shown = rehearsed(stage)
    months = [
        {
            "month": "2027-09",
            "posts": 1,
            "with_link": 0,
            "dollars": 0.01,
            "without_links": 0.01,
        },
        {"month": "2027-10", "posts": 1, "with_link": 1, "dollars": 0.5, "without_links": 0.01},
    ]
    assert shown.all["x_charges"] == {
        "months": months,
        "dollars": 0.51,
        "saved_without_links": 0.49,
    }
    links = "Links make up $0.49 of the $0.51: 1 post with a link; without links all of it would cost $0.02."
    assert links in stage.run("rehearse").out
    assert [row["dollars"] for row in shown.timeline if row["network"] == "facebook"] == [
        0.0,
        0.0,
    ]


def test_each_part_of_a_thread_and_each_picture_costs() -> None:
    prices = {"x_post": 1.0, "x_post_with_link": 10.0, "x_media": 0.25}
    assert cost_of("twitter", ["First.", "See example.org."], 2, prices) == 11.5
    assert cost_of("facebook", ["First.", "See example.org."], 2, prices) == 0


def test_a_language_that_goes_out_alone_is_told(stage: Stage) -> None:
    stage.post(on=["x-en"])
    shown = rehearsed(stage)
    assert shown.all["alone"] == [{"post": "know/one", "out": ["en"], "missing": ["fr"]}]
    assert "without fr" in stage.run("rehearse").out


def test_a_day_can_fall_on_a_holiday_in_another_year(stage: Stage) -> None:
    stage.folder.write("posts/calendar.toml", THANKSGIVING + CALENDAR)
    stage.post(head='when = "mbc-day 09:00"')
    assert rehearsed(stage, "--from", "2027-10-01").all["falls_on"] == []
    found = rehearsed(stage, "--from", "2031-10-01").all["falls_on"]
    assert isinstance(found, list)
    assert [(one["day"], one["id"], one["posts"]) for one in found] == [
        ("2031-10-13", "thanksgiving", ["know/one"])
    ]


def test_silent_days_of_a_campaign_are_told(stage: Stage) -> None:
    stage.configure(channels=x_table("x-en"))
    stage.folder.write(
        "posts/know/campaign.toml", CAMPAIGN.replace('"mbc-day -12d"', '"2027-09-01"')
    )
    stage.post()
    stage.post("two", 'when = "2027-09-08 09:00"')
    shown = rehearsed(stage)
    assert shown.all["gaps"] == [{"channel": "x-en", "from": "2027-09-02", "to": "2027-09-07"}]


def test_what_is_due_before_the_first_day_is_taken_as_out(stage: Stage) -> None:
    stage.queued("one")
    stage.post("two", 'when = "2027-09-10 09:00"')
    shown = rehearsed(stage, "--from", "2027-09-05")
    assert shown.status == 0
    assert not shown.came("know/one")
    assert len(shown.came("know/two")) == 3
    assert shown.all["findings"] == []


def test_a_day_in_the_past_plays_the_campaign_anew(stage: Stage) -> None:
    stage.queued("one")
    stage.now += timedelta(days=30)
    assert {(at, came) for at, _, came in rehearsed(stage).came()} == {
        ("2027-10-01T12:00", "missed")
    }
    shown = rehearsed(stage, "--from", "2027-09-01")
    assert {(at, came) for at, _, came in shown.came()} == {("2027-09-01T13:00", "out")}


def test_what_is_out_already_is_not_told_again_unless_it_is_played_anew(stage: Stage) -> None:
    stage.queued("one")
    Delivery.objects.update(status="published", published_at=stage.now)
    assert not rehearsed(stage).came()
    assert len(rehearsed(stage, "--anew").came()) == 3


def test_what_is_out_stays_out_by_a_clock_that_goes_on_while_the_rehearsal_begins(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.queued("one")
    Delivery.objects.update(status="published", published_at=stage.now)

    def ticking() -> datetime:
        stage.now += timedelta(milliseconds=1)
        return stage.now

    assert main(["rehearse", "--json"], ticking) == 0
    assert json.loads(capsys.readouterr().out)["timeline"] == []


def test_a_persons_time_and_decision_stand(stage: Stage) -> None:
    stage.queued("one")
    ids = [str(row["id"]) for row in stage.queue()]
    stage.runs(
        ["reschedule", ids[0], "--to", "2027-09-04 10:00", "--by", "bob", "--yes"],
        ["cancel", ids[1], "--by", "bob"],
    )
    shown = rehearsed(stage)
    assert sorted((at, came) for at, _, came in shown.came()) == [
        ("2027-09-01T13:00", "dropped"),
        ("2027-09-01T13:00", "out"),
        ("2027-09-04T14:00", "out"),
    ]
    assert (shown.status, shown.reasons()) == (0, {"Cancelled by hand."})


def test_only_what_is_approved_goes_out_when_that_is_asked(stage: Stage) -> None:
    stage.queued("one")
    stage.post("two", 'when = "2027-09-02 09:00"')
    stage.runs(["load", "--by", "vera"])
    shown = rehearsed(stage, "--approved-only")
    assert shown.status == 1
    assert {came for *_, came in shown.came()} == {"out"}
    assert {came for *_, came in shown.came("know/two")} == {"unapproved"}
    assert rehearsed(stage).status == 0


def test_only_one_campaign_is_shown_when_it_is_named(stage: Stage) -> None:
    stage.post()
    stage.folder.write(
        "posts/other/two.toml", f'{ON_TIME}\n[en]\nshort = "Two."\n[fr]\nshort = "Deux."'
    )
    stage.folder.write("posts/other/bad.toml", "nothing = 1")
    shown = rehearsed(stage, "--campaign", "know")
    assert {row["campaign"] for row in shown.timeline} == {"know"}
    said = stage.run("rehearse", "--campaign", "knwo")
    assert said.status == 1
    assert 'did you mean "know"?' in said.err


KINDS = {
    "well": "",
    "an old fact": 'facts = ["old"]',
    "an unknown fact": 'facts = ["nowhere"]',
    "an example": 'kind = "story"\ntemplate = "fact"\nexample = true',
    "a story": 'kind = "story"\ntemplate = "fact"\nconsent.storyteller = "S-0042"',
    "an unknown name": "",
    "an hour that is skipped": "",
    "one channel": 'channels = ["x-fr"]',
    "cancelled": "",
}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=6), st.booleans())
def test_every_delivery_stands_in_the_list_and_the_numbers_add_up(
    stage: Stage, kinds: list[str], paused: bool
) -> None:
    """Whatever stops it: what goes out and what does not is all there is, and nothing is well while something is not."""
    stage.folder.write("posts/facts.toml", FACT + OLD_FACT)
    for path in stage.folder.posts.glob("know/p*.toml"):
        path.unlink()
    for number, kind in enumerate(kinds):
        when = f"2027-09-{number + 3:02d} 09:00"
        if kind == "an hour that is skipped":
            when = "2028-03-12 02:30"
        en = "{{ nobody }}" if kind == "an unknown name" else ""
        stage.post(f"p{number}", f'when = "{when}"\n{KINDS[kind]}', en=en)
    dropped = [f"know/p{number}" for number, kind in enumerate(kinds) if kind == "cancelled"]
    with undone():
        stage.run("load")
        Delivery.objects.filter(post__key__in=dropped).update(
            status="cancelled", reason="Cancelled by hand."
        )
        if paused:
            pauses.pause("", "x-en", "A tragedy", "ana", stage.now)
        shown = rehearsed(stage, "--anew")
        said = stage.run("rehearse", "--anew").out
    undated = shown.all["undated"]
    assert isinstance(undated, list)
    rows = [*shown.timeline, *undated]
    told = {(row["post"], row["channel"]) for row in rows}
    wanted = set()
    for number, kind in enumerate(kinds):
        channels = ["x-fr"] if kind == "one channel" else ["x-en", "x-fr", "page-en"]
        wanted |= {(f"know/p{number}", channel) for channel in channels}
    assert told == wanted
    assert all(row["outcome"] == "out" or row["reason"] for row in shown.timeline)
    counts = dict(shown.all["deliveries"])  # type: ignore[call-overload]
    total, wrong = counts.pop("all"), counts.pop("wrong")
    assert total == len(wanted) == sum(counts.values())
    is_well = set(kinds) <= {"well", "an example", "one channel", "cancelled"} and (
        not paused or not set(kinds) & {"well"}
    )
    assert (shown.status == 0) == is_well
    assert ("This is wrong" in said) != is_well
    if wrong:
        assert "othing is wrong" not in said


@contextmanager
def undone() -> Iterator[None]:
    """What is written to the database in here is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_what_goes_out_at_night_and_what_crowds_a_day_is_told(stage: Stage) -> None:
    stage.configure(channels=x_table("x-en"))
    for name, at in zip(
        "abcdef", ("03:00", "09:00", "09:00", "09:20", "10:00", "15:00"), strict=True
    ):
        stage.post(name, f'when = "2027-09-13 {at}"', en=f"The text of {name}.", on=["x-en"])
    shown = rehearsed(stage)
    assert shown.all["at_night"] == [
        {"post": "know/a", "at": "2027-09-13T07:00:00Z", "channels": ["x-en"]}
    ]
    assert len(shown.all["too_close"]) == 3  # type: ignore[arg-type]
    assert shown.all["too_many"] == [
        {"channel": "x-en", "day": "2027-09-13", "posts": 6, "most": 3}
    ]
    assert shown.all["findings"] == []  # each is told once
    said = stage.run("rehearse").out
    assert (
        "know/a goes out in the quiet hours (20:00-08:00), on 2027-09-13 at 03:00: x-en."
        in said
    )
    assert "2027-09-13 has 6 posts on x-en; more than 3 a day are many." in said


def test_what_still_waits_at_the_end_is_not_well(stage: Stage) -> None:
    stage.configure(channels=x_table("x-en") + "max_per_day = 1\n")
    for name in "ab":
        stage.post(name, f'{ON_TIME}\ngrace = "2d"', en=f"The text of {name}.", on=["x-en"])
    shown = rehearsed(stage, "--to", "2027-09-01")
    assert shown.all["deliveries"] == {"all": 2, "wrong": 1, "out": 1, "later": 1}
    assert shown.status == 1


def test_an_end_before_the_beginning_is_refused(stage: Stage) -> None:
    said = stage.run("rehearse", "--from", "2027-10-02", "--to", "2027-10-01")
    assert said.status == 1
    assert "end before it begins" in said.err


def asked(stage: Stage, posts: int) -> int:
    """How many statements a rehearsal runs in its own database, of so many posts, each at a time of its own."""
    for number in range(posts):
        stage.post(f"p{number}", f'when = "2027-09-{number + 2:02d} 09:00"')
    statements: list[str] = []

    def listen(connection: BaseDatabaseWrapper, **_: object) -> None:
        connection.connection.set_trace_callback(statements.append)

    connection_created.connect(listen)
    try:
        shown = rehearsed(stage)
    finally:
        connection_created.disconnect(listen)
    assert [row["outcome"] for row in shown.timeline] == ["out"] * posts * 3
    return len(statements)


def test_a_moment_more_costs_a_rehearsal_few_statements(stage: Stage) -> None:
    """A bound that no machine's speed moves. For each moment, whatever is due at it: one of chores, 3 surveys, 4 to claim,
    2 for days of remembrance, 2 for what is set of accounts, 5 to write down and look for more, and one that asks for the next
    moment. What is loaded and approved costs none."""
    few, many = asked(stage, 4), asked(stage, 12)
    assert (many - few) / 8 <= 18


def test_a_rehearsal_plans_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    plans: list[Plan] = []

    def planned(*arguments: object, **named: object) -> Plan:
        plans.append(plan(*arguments, **named))  # type: ignore[arg-type]
        return plans[-1]

    monkeypatch.setattr(play, "plan", planned)
    stage.post()
    shown = rehearsed(stage)
    [only] = plans
    assert len(only.planned) == len(shown.timeline) == 3


def test_the_file_of_the_queue_is_the_very_same_afterwards(machine: Machine) -> None:
    machine.post()
    machine.runs(
        ["user", "add", "bob", "--role", "staff"], ["load"], ["approve", "--all", "--by", "bob"]
    )
    before = machine.database.read_bytes()
    said = machine.run("rehearse", "--from", "2027-09-01")
    assert "know/one" in said.out
    assert machine.database.read_bytes() == before


def test_without_a_queue_the_files_are_rehearsed_and_none_is_made(machine: Machine) -> None:
    machine.post()
    said = machine.run("rehearse", "--from", "2027-09-01").well()
    assert "files alone" in said.out
    assert not machine.database.exists()


def test_moments_begin_with_the_local_day() -> None:
    now = datetime(2027, 9, 1, 12, tzinfo=UTC)
    assert moment_of(None, now, TORONTO) == moment_of(date(2027, 9, 1), now, TORONTO) == now
    assert moment_of(date(2027, 9, 2), now, TORONTO) == datetime(2027, 9, 2, 4, tzinfo=UTC)


def test_a_consent_that_ends_on_the_way_is_told_with_the_posts_after_it() -> None:
    uses = {
        "S-0042": [("a/one", date(2027, 9, 1)), ("a/two", date(2027, 9, 9))],
        "S-2": [("a/x", date(2027, 9, 1))],
    }
    ends = {"S-0042": date(2027, 9, 5), "S-2": date(2028, 1, 1)}
    found = expiries_of("consent", ends, uses, date(2027, 9, 1), date(2027, 9, 30))
    assert found == (Expiry("consent", "S-0042", date(2027, 9, 5), ("a/two",)),)


def test_pictures_count_where_the_network_counts_them() -> None:
    clock = FakeClock()
    played = Simulated(
        channel(),
        NETWORKS["twitter"],
        clock,
        [Window(RateLimit(3, timedelta(hours=1), pictures_count=True))],
    )
    picture = Picture(b"", "image/jpeg", "picture-1.jpg", "A garden.")
    assert isinstance(posted(played, Message("One.", (picture,))), Published)
    answer = posted(played, Message("Two.", (picture,)))
    assert isinstance(answer, TryLater)
    assert (answer.wait, answer.whole_channel) == (timedelta(hours=1), True)
    assert played.recent(clock.now) == []


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.integers(1, 5))
def test_no_window_lets_more_through_than_it_may_and_none_waits_for_ever(
    pauses: list[int], most: int
) -> None:
    span = timedelta(seconds=600)
    window, now = Window(RateLimit(most, span)), datetime(2027, 9, 1, tzinfo=UTC)
    out: list[datetime] = []
    for pause in pauses:
        now += timedelta(seconds=pause)
        while wait := window.wait(1, now):
            assert timedelta(0) < wait <= span
            now += wait
        window.count(1, now)
        out.append(now)
        assert sum(at > now - span for at in out) <= most
