"""Pausing on the pages: two actions at most, by scope, with a reason; resuming lets nothing out in a burst."""

from datetime import UTC, datetime, timedelta

import pytest

from campaign.delivery import pauses
from campaign.models import Event, Pause
from campaign.states import Status
from tests.deliveries import NOON, delivery, post, status_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def pause(**values: str) -> dict[str, str]:
    return {"on": "", "ready": "A day of mourning"} | values


def test_strangers_and_volunteers_pause_nothing(stranger, volunteer):
    assert stranger.get("/pauses/", expect=302)
    for url in ("/pauses/", "/pauses/start/"):
        volunteer.post(url, pause(), expect=403)
    volunteer.get("/pauses/", expect=403)
    assert not Pause.objects.exists()


def test_every_page_of_the_staff_has_the_button_and_it_works_without_javascript(
    staff, volunteer
):
    page = staff.get("/")
    assert page.one("a[data-dialog=pause-sheet]")["href"] == "/pauses/"
    assert page.all("form[action=/pauses/start/]")
    assert not volunteer.get("/").all("a[data-dialog=pause-sheet]")
    assert len(staff.get("/pauses/").all("form[action=/pauses/start/]")) == 1


def test_a_ready_reason_pauses_everything_with_one_press(staff):
    page = staff.after("/pauses/start/", pause())
    assert "Paused." in page.text
    assert "All publishing is paused" in page.text
    one = Pause.objects.get()
    assert (one.reason, one.started_by, one.campaign, one.channel, one.language) == (
        "A day of mourning",
        "maria",
        "",
        "",
        "",
    )
    assert Event.objects.get().actor == "maria"


@pytest.mark.parametrize(
    ("on", "scope", "shown"),
    [
        ("language:fr", ("", "", "fr"), "Everything in French is paused"),
        ("channel:twitter-en", ("", "twitter-en", ""), "The channel twitter-en is paused"),
        ("campaign:mbc", ("mbc", "", ""), "The campaign “mbc” is paused"),
    ],
)
def test_a_pause_may_be_put_on_a_part(staff, on, scope, shown):
    post("a")
    page = staff.after("/pauses/start/", pause(on=on, reason="A wrong number"))
    one = Pause.objects.get()
    assert (one.campaign, one.channel, one.language) == scope
    assert one.reason == "A wrong number"
    assert shown in page.text
    assert shown in staff.get("/").text


def test_what_is_paused_and_its_end_come_before_another_pause(staff):
    page = staff.after("/pauses/start/", pause())
    titles = [title.text for title in page.all("h2")]
    assert titles.index("Paused now") < titles.index("Pause now")
    assert page.one("article").text.endswith("Resume: All publishing is paused")


def test_a_link_chooses_the_scope_beforehand(staff):
    page = staff.get("/pauses/?on=channel:twitter-en")
    assert page.one("option[value=channel:twitter-en][selected]")


def test_the_end_is_a_local_time(staff):
    page = staff.after("/pauses/start/", pause(until_day="2027-10-13", until_hour="18:00"))
    assert Pause.objects.get().until == datetime(2027, 10, 13, 22, tzinfo=UTC)
    assert "Wed Oct 13, 2027, 18:00" in page.text


def test_a_day_alone_ends_with_that_day(staff):
    staff.post("/pauses/start/", pause(until_day="2027-10-14"), expect=303)
    assert Pause.objects.get().until == datetime(2027, 10, 15, 3, 59, 59, 999_999, tzinfo=UTC)
    assert "Thu Oct 14, 2027, 23:59" in staff.get("/pauses/").text


def test_of_an_hour_that_comes_twice_the_second_ends_the_pause(staff):
    staff.post("/pauses/start/", pause(until_day="2027-11-07", until_hour="01:30"), expect=303)
    assert Pause.objects.get().until == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ready": "", "reason": " "}, "Say why"),
        ({"on": "channel:nowhere"}, "Choose what to pause from the list."),
        ({"until_day": "2027-10-12"}, "in the past"),
        ({"until_day": "2028-03-12", "until_hour": "02:30"}, "does not exist"),
        ({"until_hour": "18:00"}, "is not a date with a time"),
        ({"until_day": "yesterday"}, "is not a date with a time"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(staff, values, sentence):
    page = staff.post("/pauses/start/", pause(**({"reason": "My reason"} | values)), expect=422)
    assert sentence in page.text
    assert page.one("#page-reason").get("value") == ({"reason": "My reason"} | values)["reason"]
    assert not Pause.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ready": "", "reason": " "}, "Dites pourquoi"),
        ({"on": "channel:nowhere"}, "Choisissez dans la liste ce qu’il faut suspendre."),
        ({"until_day": "2028-03-12", "until_hour": "02:30"}, "n’existe pas"),
        (
            {"until_day": "yesterday"},
            "La fin de la suspension n’est pas une date avec une heure",
        ),
        ({"until_hour": "25:00"}, "La fin de la suspension n’est pas une date avec une heure"),
    ],
)
def test_what_cannot_be_is_said_in_french_to_whoever_reads_french(staff, values, sentence):
    assert sentence in staff.french().post("/pauses/start/", pause(**values), expect=422).text
    assert not Pause.objects.exists()


def test_a_second_pause_on_the_same_is_refused(staff):
    staff.post("/pauses/start/", pause(), expect=303)
    assert "is paused already" in staff.post("/pauses/start/", pause(), expect=422).text


def test_what_a_pause_keeps_is_told_and_resuming_hands_what_is_overdue_to_a_person(
    staff, site_clock
):
    overdue, later = delivery("a", due=NOON + HOUR), delivery("b", due=NOON + 9 * HOUR)
    pauses.pause("", "", "news", "anna", NOON)
    site_clock.advance(hours=2)
    page = staff.get("/pauses/")
    assert "2 (1 of them due already)" in page.text
    sent = staff.post(
        f"/pauses/{Pause.objects.get().pk}/end/", {"reason": "It is over"}, expect=303
    )
    assert sent.went_to == "/queue/?status=missed"
    assert (status_of(overdue), status_of(later)) == (Status.MISSED, Status.QUEUED)
    assert Event.objects.filter(
        action="resumed", actor="maria", reason__contains="It is over"
    ).exists()


def test_resuming_when_nothing_was_missed_leads_back(staff):
    pauses.pause("", "", "news", "anna", NOON)
    page = staff.after(f"/pauses/{Pause.objects.get().pk}/end/")
    assert "The pause has ended." in page.text
    assert "Nothing is paused." in page.text
    assert "Earlier pauses" in page.text


def test_a_pause_that_has_ended_or_never_was_is_not_ended_again(staff):
    pauses.pause("", "", "news", "anna", NOON)
    number = Pause.objects.get().pk
    staff.post(f"/pauses/{number}/end/", expect=303)
    assert "has ended already" in staff.after(f"/pauses/{number}/end/").text
    staff.post("/pauses/9999/end/", expect=404)


def test_the_page_speaks_french(staff):
    delivery("a")
    pauses.pause("", "", "A day of mourning", "anna", NOON, language="fr")
    page = staff.french().get("/pauses/")
    assert page.one("html")["lang"] == "fr"
    assert "A day of mourning" not in page.text
    assert "is paused" not in page.text


def test_markup_in_a_reason_is_shown_as_text(staff):
    evil = "<script>alert(1)</script>"
    page = staff.after("/pauses/start/", pause(reason=evil))
    assert evil not in page.html
    assert evil in page.text
    assert evil in staff.get("/").text


def test_the_page_asks_few_questions(staff, django_assert_max_num_queries):
    for number in range(20):
        delivery(f"p{number}")
    pauses.pause("", "", "news", "anna", NOON)
    with django_assert_max_num_queries(12):
        staff.get("/pauses/")


@pytest.mark.parametrize("ticked", [True, False])
def test_help_lines_go_out_in_a_pause_when_that_is_ticked_and_nobody_ticks_it_beforehand(
    staff, ticked
):
    form = staff.get("/pauses/").one("input[name=except_help]")
    assert form.get("checked") == ""
    page = staff.after("/pauses/start/", pause(**({"except_help": "on"} if ticked else {})))
    assert Pause.objects.get().except_help is ticked
    assert ("Help lines go out all the same" if ticked else "Help lines wait too") in page.text
    banner = staff.get("/").one("section.pauses-banner").text
    assert ("Help lines go out" in banner) is ticked
