"""The page of the rehearsal: begun by the staff, played by a program of its own, read by months."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.core.sentence import Sentence, stored
from campaign.web.rehearsal import pages
from campaign.web.rehearsal.runs import LONGEST, Stagehand, Wished
from tests.deliveries import NOON, FakeClock, post
from tests.pages import Visitor
from tests.stage import until

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"
URL = "/rehearsal/"

Play = Callable[[Mapping[str, object]], None]


def entry(at: str = "2027-10-13T13:00:00Z", **values: object) -> dict[str, object]:
    row: dict[str, object] = {
        **{
            "at": at,
            "due_at": at,
            "post": "mbc/a",
            "campaign": "mbc",
            "channel": "twitter-en",
            "network": "twitter",
        },
        **{
            "language": "en",
            "length": 12,
            "links": 1,
            "dollars": 0.2,
            "outcome": "out",
            "reason": None,
        },
    }
    return row | values


def result(**values: object) -> dict[str, object]:
    found: dict[str, object] = {
        "from": "2027-10-01",
        "to": "2027-11-30",
        "well": True,
        "from_files": False,
    }
    empty = (
        "timeline",
        "findings",
        "expiring",
        "gaps",
        "too_close",
        "too_many",
        "falls_on",
        "alone",
    )
    found |= {
        "doubted": 0,
        "x_charges": {"months": [], "dollars": 0},
        **{name: [] for name in empty},
    }
    return found | values


EVERYTHING = result(
    well=False,
    doubted=2,
    timeline=[
        entry(),
        entry(channel="facebook-en", network="facebook", dollars=0.0),
        entry(
            post="mbc/held",
            outcome="held",
            reason="It is an example, and examples are never published: write your own post.",
        ),
        entry("2027-11-02T14:00:00Z", post="mbc/november", due_at="2027-11-02T13:00:00Z"),
    ],
    findings=[
        {
            "file": "/x/posts/mbc/a.toml",
            "line": 3,
            "level": "warning",
            "code": "c",
            "message": "A warning.",
        },
        {
            "file": "/x/posts/mbc/b.toml",
            "line": None,
            "level": "error",
            "code": "c",
            "message": "An error.",
        },
    ],
    expiring=[
        {"what": "fact", "key": "spread", "last": "2027-10-02", "posts": ["mbc/a"]},
        {"what": "consent", "key": "S-0042", "last": "2027-10-02", "posts": []},
    ],
    gaps=[
        {"channel": name, "from": "2027-10-14", "to": "2027-10-20"}
        for name in ("twitter-en", "facebook-en")
    ],
    too_close=[
        {
            "channel": "twitter-en",
            "first": "2027-10-13T13:00:00Z",
            "second": "2027-10-13T13:01:00Z",
        }
    ],
    too_many=[{"channel": "twitter-en", "day": "2027-10-13", "posts": 9, "most": 2}],
    falls_on=[
        {
            **{"day": "2027-10-11", "id": "thanksgiving", "quiet": False, "posts": ["mbc/a"]},
            "name": {"en": "Thanksgiving", "fr": "Action de grâce"},
        }
    ],
    alone=[{"post": "mbc/a", "out": ["en"], "missing": ["fr"]}],
    x_charges={
        "months": [{"month": "2027-10", "posts": 1, "with_link": 1, "dollars": 0.2}],
        "dollars": 1.2,
        "saved_without_links": 0.9,
    },
    deliveries={"all": 4, "wrong": 1, "out": 3, "held": 1},
    undated=[
        {
            **{"post": "mbc/undated", "campaign": "mbc", "channel": "twitter-en"},
            **{"language": "en", "reason": "The clocks skip it."},
        }
    ],
    at_night=[{"post": "mbc/night", "at": "2027-10-14T03:00:00Z", "channels": ["twitter-en"]}],
)


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, staff: Visitor) -> Iterator[Play]:
    """Lets a rehearsal show this; the program that plays it is a short one that prints it."""
    stagehand = Stagehand()
    monkeypatch.setattr(pages, "STAGEHAND", stagehand)

    def begin(shown: Mapping[str, object]) -> None:
        program = tmp_path / "play.py"
        program.write_text(
            f"import sys; sys.stdout.write({json.dumps(json.dumps(shown))})", "utf-8"
        )
        stagehand.program = (sys.executable, str(program))
        assert staff.post(URL, {}).went_to == URL
        ended(staff)

    yield begin
    stagehand.forget()


def ended(staff: Visitor) -> None:
    until(lambda: "every 2s" not in staff.get(URL).html)


def program(monkeypatch: pytest.MonkeyPatch, code: str) -> Stagehand:
    stagehand = Stagehand((sys.executable, "-c", code))
    monkeypatch.setattr(pages, "STAGEHAND", stagehand)
    return stagehand


@pytest.fixture
def going(monkeypatch: pytest.MonkeyPatch, staff: Visitor) -> Iterator[Stagehand]:
    stagehand = program(monkeypatch, "import time; time.sleep(60)")
    staff.post(URL, {})
    yield stagehand
    stagehand.forget()


def test_nothing_was_rehearsed_at_first(
    monkeypatch: pytest.MonkeyPatch, staff: Visitor
) -> None:
    program(monkeypatch, "")
    page = staff.get(URL)
    assert page.h1 == "Rehearsal"
    assert "Nothing was rehearsed yet" in page.text
    assert page.one("input#first")["type"] == "date"


def test_volunteers_and_strangers_see_nothing_of_it(
    volunteer: Visitor, stranger: Visitor
) -> None:
    volunteer.get(URL, expect=403)
    volunteer.post(URL, {}, expect=403)
    assert "sign-in" in stranger.get(URL, expect=302).went_to


def test_what_it_shows_can_be_read(play: Play, staff: Visitor) -> None:
    loaded = post("a")
    play(EVERYTHING)
    page = staff.get(URL)
    assert "One delivery does not go out as it is meant to: see below." in page.text
    sums = " ".join(page.one("dl.sums").text.split())
    assert (
        sums == "Deliveries in all 4 Go out 3 Are held back 1 X would charge (US dollars) 1.20"
    )
    assert (
        "Links make up US$0.90 of the US$1.20; without links, all of it would cost US$0.30."
        in page.text
    )
    assert "Without a time mbc/undated X, English The clocks skip it." in page.text
    assert (
        "mbc/night goes out in the quiet hours (20:00-08:00), on Wed Oct 13, 2027, 23:00: X, English."
        in page.text
    )
    assert "Wednesday, October 13, 2027" in page.text
    assert "X, English · Facebook, English" in page.text
    assert f'href="/posts/{loaded.pk}/"' in page.html
    for sentence in (
        "Error: An error. mbc/b.toml",
        "Warning: A warning. mbc/a.toml:3",
        "The fact “spread” is to be reviewed by Saturday, October 2, 2027. Posts after that: mbc/a.",
        "The consent of storyteller S-0042 holds until Saturday, October 2, 2027; no post needs it after that.",
        "is also: Thanksgiving. This goes out: mbc/a.",
        "mbc/a goes out in one language only (English). Missing: French.",
        "X, English has 9 posts; more than 2 a day are many.",
        "on X, English · Facebook, English.",
        "2 deliveries are in doubt now",
    ):
        assert sentence in page.text
    assert page.text.index("An error.") < page.text.index("A warning.")


def test_all_well_is_said(play: Play, staff: Visitor) -> None:
    play(result(timeline=[entry()], deliveries={"all": 1, "wrong": 0, "out": 1}))
    assert "All is well" in staff.get(URL).text


def test_beside_a_warning_it_is_not_said_that_all_is_well(play: Play, staff: Visitor) -> None:
    warned = {
        "file": "a.toml",
        "line": 1,
        "level": "warning",
        "code": "c",
        "message": "Nearly.",
    }
    sent = {"all": 1, "wrong": 0, "out": 1}
    play(result(timeline=[entry()], deliveries=sent, findings=[warned]))
    text = staff.get(URL).text
    assert "Everything that is meant to go out goes out. Look at the warnings" in text
    assert "All is well" not in text


@pytest.mark.parametrize(
    ("counts", "well", "said"),
    [
        ({"all": 0, "wrong": 0}, True, "Nothing is due in these days."),
        (
            {"all": 2, "wrong": 2, "stopped": 2},
            False,
            "2 deliveries do not go out as they are meant to",
        ),
        ({"all": 1, "wrong": 0, "out": 1}, False, "There is an error: see below."),
        ({"all": 1, "wrong": 0, "untold": 1}, True, "Nothing is wrong that can be seen here."),
    ],
)
def test_it_is_not_said_that_all_is_well_when_it_is_not(
    play: Play, staff: Visitor, counts: dict[str, int], well: bool, said: str
) -> None:
    play(result(timeline=[entry()], deliveries=counts, well=well))
    text = staff.get(URL).text
    assert said in text
    assert "All is well" not in text


def test_the_days_are_shown_month_by_month(play: Play, staff: Visitor) -> None:
    play(EVERYTHING)
    assert "mbc/november" not in staff.get(URL).text
    page = staff.get(URL, {"month": "2027-11"})
    assert "mbc/november" in page.text
    assert "due Tue Nov 2, 2027, 09:00" in page.text
    assert "mbc/held Cannot" not in page.text
    assert staff.get(URL, {"month": EVIL}).one("h1")


def test_its_days_and_what_weeks_cost_are_drawn(play: Play, staff: Visitor) -> None:
    play(EVERYTHING)
    page = staff.get(URL)
    assert page.all("figure")
    assert {mark["data-standing"] for mark in page.all("g[transform]")} >= {"ready", "trouble"}
    assert "What each week would cost" in page.text
    assert page.all("rect.piece")


def test_it_is_said_in_french(play: Play, staff: Visitor) -> None:
    play(EVERYTHING)
    page = staff.get(URL, accept_language="fr")
    assert 'lang="fr"' in page.html
    assert "Action de grâce" in page.text
    for said in (
        "Envois en tout 4",
        "Seraient publiés 3",
        "Sont retenus 1",
        "Serait publié",
        "Retenu",
        "Arrêté par une erreur",
    ):
        assert said in " ".join(page.text.split())


def test_a_rehearsal_that_goes_is_looked_for_every_two_seconds(
    going: Stagehand, staff: Visitor
) -> None:
    page = staff.get(URL)
    assert page.one("section[role=status]")["hx-trigger"] == "every 2s"
    part = staff.get(URL, hx_request="true")
    assert "<html" not in part.html
    assert "The rehearsal is going" in part.text


def test_one_goes_at_a_time(going: Stagehand, staff: Visitor, second: Visitor) -> None:
    first = going.last(NOON)
    second.post(URL, {})
    assert "A rehearsal is going already" in second.get(URL).text
    assert going.last(NOON) is first


def test_one_that_takes_too_long_is_ended(
    going: Stagehand, staff: Visitor, site_clock: FakeClock
) -> None:
    site_clock.now += LONGEST + timedelta(seconds=1)
    page = staff.get(URL)
    assert "took more than ten minutes" in page.text
    assert "every 2s" not in page.html


def test_a_refusal_is_shown_as_its_sentence(
    monkeypatch: pytest.MonkeyPatch, staff: Visitor
) -> None:
    program(
        monkeypatch,
        "import sys; sys.stderr.write('noise\\nThe rehearsal would end.\\n'); sys.exit(1)",
    )
    staff.post(URL, {})
    ended(staff)
    page = staff.get(URL)
    assert "The rehearsal would end." in page.text
    assert "noise" not in page.text


def test_why_there_is_none_is_said_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, staff: Visitor
) -> None:
    why = Sentence(
        "The rehearsal would end before it begins: name a last day that comes after the first."
    )
    program(
        monkeypatch, f"print({json.dumps({'problem': why, 'problem_kept': stored(why)})!r})"
    )
    staff.post(URL, {})
    ended(staff)
    assert why in staff.get(URL).text
    assert "La simulation se terminerait avant de commencer" in staff.french().get(URL).text


@pytest.mark.parametrize("code", ["", "print('[]')", "import os; os.abort()"])
def test_a_program_that_breaks_off_is_told(
    monkeypatch: pytest.MonkeyPatch, staff: Visitor, code: str
) -> None:
    program(monkeypatch, code)
    staff.post(URL, {})
    ended(staff)
    assert "The rehearsal broke off" in staff.get(URL).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first": "soon"}, "Write a date such as 2027-10-13."),
        ({"last": "9999-01-01"}, "Write a date such as 2027-10-13."),
        ({"first": "2027-10-02", "last": "2027-10-01"}, "comes before the first"),
        ({"campaign": "nowhere"}, "There is no such campaign"),
    ],
)
def test_what_is_typed_wrongly_is_told_and_begins_nothing(
    monkeypatch: pytest.MonkeyPatch, staff: Visitor, typed: dict[str, str], sentence: str
) -> None:
    stagehand = program(monkeypatch, "")
    page = staff.post(URL, typed, expect=422)
    assert sentence in page.text
    assert stagehand.last(NOON) is None


def test_what_is_asked_is_what_the_program_gets() -> None:
    asked = Wished("2027-10-01", "2027-10-31", "--json", approved_only=True, anew=True)
    assert asked.arguments == [
        *("--from=2027-10-01", "--to=2027-10-31", "--campaign=--json"),
        *("--approved-only", "--anew"),
    ]
    assert Wished().arguments == []


def test_nothing_that_it_shows_is_taken_for_markup(play: Play, staff: Visitor) -> None:
    texts = json.loads(
        json.dumps(EVERYTHING)
        .replace("mbc/a", EVIL)
        .replace("A warning.", EVIL)
        .replace("S-0042", EVIL)
    )
    play(texts)
    assert EVIL not in staff.get(URL).html
    assert EVIL in staff.get(URL).text


def test_however_many_posts_there_are_the_questions_stay_few(
    play: Play, staff: Visitor, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    play(result(timeline=[entry(post=f"mbc/p{number}") for number in range(300)]))
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        staff.get(URL)
