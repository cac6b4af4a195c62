"""A rehearsal shows what then happens: the same posts on the same channels, in the same order, in the same minute."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from campaign.config.reading import read_config
from campaign.content.thread import parts
from campaign.delivery.attempts import Claim, Result
from campaign.delivery.engine import Engine
from campaign.delivery.publish import Worker
from campaign.models import Delivery
from campaign.publishers import KNOWN, open_publishers
from tests.deliveries import FakeClock, consent, person, says
from tests.doubles import DoubleServer
from tests.doubles.channels import PAGE
from tests.folders import CAMPAIGN, FACT
from tests.stage import TORONTO, Stage, page_table, x_table

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1"])]

START = datetime(2027, 9, 1, 12, tzinfo=UTC)
STEP = timedelta(minutes=5)
DAYS = 3
OLD_FACT = FACT.replace('id = "spread"', 'id = "old"').replace("2030-01-01", "2027-09-02")
POSTS = {
    "together-a": 'when = "2027-09-01 09:00"',
    "together-b": 'when = "2027-09-01 09:00"',
    "together-c": 'when = "2027-09-01 09:05"',
    "many-a": 'when = "2027-09-02 09:00"\ngrace = "26h"',
    "many-b": 'when = "2027-09-02 10:00"\ngrace = "26h"',
    "many-c": 'when = "2027-09-02 11:00"\ngrace = "26h"',
    "too-late": 'when = "2027-09-02 11:10"\ngrace = "1h"',
    "in-time": 'when = "2027-09-02 15:00"\nfacts = ["old"]',
    "expired": 'when = "2027-09-03 12:00"\nfacts = ["old"]',
    "by-slot": 'when = "next-slot"',
}

ACCOUNTS = {"x-en": "11", "x-fr": "12", "page-en": PAGE}

Timeline = Mapping[str, list[tuple[str, str]]]


@pytest.fixture
def played(stage: Stage, networks: DoubleServer) -> Stage:
    channels = (
        x_table("x-en", access_token="11-at")
        + 'minimum_gap = "30m"\n'
        + x_table("x-fr", "fr", access_token="12-at")
        + page_table("page-en")
    )
    stage.configure(networks.url, channels=f"{channels}max_per_day = 2\n")
    stage.folder.write("posts/facts.toml", FACT + OLD_FACT)
    stage.folder.write(
        "posts/know/campaign.toml", CAMPAIGN.replace('"mbc-day -12d"', '"2027-09-01"')
    )
    for name, head in POSTS.items():
        stage.post(name, head)
    stage.post("thread", 'when = "2027-09-01 16:30"', en="First.\\n---\\nSecond.", on=["x-en"])
    stage.people()
    until = [
        "--language",
        "fr",
        "--until",
        "2027-09-02 10:30",
        "--reason",
        "A tragedy",
        "--by",
        "bob",
    ]
    stage.runs(["pause", *until])
    return stage


def rehearsed(stage: Stage) -> list[dict[str, object]]:
    said = stage.run("rehearse", "--json", "--to", "2027-09-03")
    assert said.status == 1, said.everything
    found: list[dict[str, object]] = json.loads(said.out)["timeline"]
    return found


def going_out(timeline: list[dict[str, object]]) -> dict[str, list[tuple[str, str]]]:
    """What a rehearsal says will go out, by channel: in which minute, which post."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in timeline:
        if row["outcome"] == "out":
            found.setdefault(str(row["channel"]), []).append(
                (str(row["at"])[:16], str(row["post"]))
            )
    return found


def really(stage: Stage) -> Timeline:
    """The engine itself, by a clock that is moved on in small steps; what it published, by channel."""
    config = read_config(KNOWN, Path("config.toml"))
    clock, out = FakeClock(START), dict[str, list[tuple[str, str]]]()

    def tell(claim: Claim, result: Result) -> None:
        if result.status == "published":
            out.setdefault(claim.channel, []).append((minute(clock.now), claim.post))

    opened = open_publishers(config, clock, dry_run=False)
    assert not opened.problems
    worker = Worker("here:1:a", clock, TORONTO, config.publishing, tell)
    engine = Engine(config.channels, opened.publishers, worker, 4)
    while clock.now < START + timedelta(days=DAYS):
        engine.work_off()
        clock.now += STEP
    assert engine.end()
    return out


def minute(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"


def test_the_timeline_of_a_rehearsal_is_what_a_real_run_then_does(
    played: Stage, networks: DoubleServer
) -> None:
    timeline = rehearsed(played)
    foretold = going_out(timeline)
    assert not Delivery.objects.exists()
    assert not networks.ledger.requests
    played.run("load", "--by", "vera")
    played.run("approve", "--all", "--by", "bob")
    assert really(played) == foretold
    assert sum(map(len, foretold.values())) == 18
    assert_the_same_texts_went_out(foretold, networks)
    assert_the_same_was_held_back(timeline)


def test_a_consent_that_ends_on_the_way_is_foretold_too(
    stage: Stage, networks: DoubleServer
) -> None:
    stage.configure(networks.url)
    of = person()
    consent(of, until=date(2027, 9, 2))
    for name, day in (("before", "02"), ("after", "03")):
        head = f'kind = "story"\ntemplate = "fact"\nwhen = "2027-09-{day} 09:00"\nchannels = ["x-en", "x-fr"]\n'
        stage.post(name, f'{head}consent.storyteller = "{of.reference}"')
    stage.people()
    stage.runs(["load", "--by", "vera"])
    for one in Delivery.objects.all():
        says(one)
    stage.run("approve", "--all", "--by", "bob")
    timeline = rehearsed(stage)
    foretold = going_out(timeline)
    assert foretold == {
        name: [("2027-09-02T13:00", "know/before")] for name in ("x-en", "x-fr")
    }
    assert really(stage) == foretold
    assert {row["outcome"] for row in timeline if row["post"] == "know/after"} == {"held"}


def assert_the_same_texts_went_out(foretold: Timeline, networks: DoubleServer) -> None:
    texts = {
        (one.channel, one.post.key): one.text for one in Delivery.objects.select_related("post")
    }
    for channel, account in ACCOUNTS.items():
        sent = networks.ledger.texts(account)
        wanted = [part for _, post in foretold[channel] for part in parts(texts[channel, post])]
        assert sent == wanted


def assert_the_same_was_held_back(timeline: list[dict[str, object]]) -> None:
    came = {"missed": "missed", "draft": "held"}
    stood = {
        (one.channel, one.post.key): came.get(one.status)
        for one in Delivery.objects.select_related("post").exclude(status="published")
    }
    told = {
        (row["channel"], row["post"]): row["outcome"]
        for row in timeline
        if row["outcome"] not in ("out", "later")
    }
    assert told == stood
    assert set(stood.values()) == {"missed", "held"}
