"""The pages of the queue: what they show, what can be decided there, and what they refuse."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from campaign.database.events import note
from campaign.models import Attempt, Delivery, Event, Post
from campaign.publishers import Opened
from campaign.publishers.publisher import NotDeleted
from campaign.states import Stage, Status
from campaign.web.queue import delivery as page_of_one
from tests.deliveries import NOON, FakePublisher, delivery, post, status_of

DAY = timedelta(days=1)
EVIL = "<script>alert(1)</script>"


def numbers(page):
    return [
        int(box["value"])
        for box in page.all("input[name=deliveries]")
        if box.get("type") == "checkbox" and "data-row" not in box.attributes
    ]


def put(one, status, **values):
    Delivery.objects.filter(pk=one.pk).update(status=status, **values)
    one.refresh_from_db()
    return one


def at_any_hour(settings):
    """No hour is a quiet one."""
    publishing = replace(settings.CONFIG.publishing, quiet=None)
    settings.CONFIG = replace(settings.CONFIG, publishing=publishing)


class TestTheList:
    def test_shows_what_is_due_from_today_on_by_day(self, staff):
        today = delivery(
            "a", due=NOON - 2 * DAY / 24, text="Bonjour", of=post("a", title="Hope for all")
        )
        later, before = delivery("b", due=NOON + DAY), delivery("c", due=NOON - DAY)
        page = staff.get("/queue/")
        assert numbers(page) == [today.pk, later.pk]
        assert before.pk not in numbers(page)
        assert (
            "Wednesday, October 13, 2027" in page.text
            and "Thursday, October 14, 2027" in page.text
        )
        assert "Hope for all" in page.text and "10:00" in page.text and "Queued" in page.text
        assert "2 deliveries" in page.one("#found").text
        assert page.one("input#from")["value"] == "2027-10-13"

    def test_says_where_to_begin_when_there_is_nothing_at_all(self, staff):
        assert "The queue is empty" in staff.get("/queue/").text

    def test_says_that_nothing_is_like_that_and_leads_out(self, staff):
        delivery("a", due=NOON - DAY)
        page = staff.get("/queue/")
        assert "Nothing matches" in page.text
        assert "?from=" in [link["href"][-6:] for link in page.all("a[href]")]

    def test_filters_leave_what_is_asked_for(self, staff):
        one = delivery("a", "x-en", text="Les bénévoles")
        two = delivery(
            "b",
            "x-fr",
            language="fr",
            status=Status.MISSED,
            due=NOON - DAY,
            of=post("b", campaign="other"),
        )

        def found(query):
            return numbers(staff.get(f"/queue/?{query}"))

        assert found("from=") == [two.pk, one.pk]
        assert found("order=newest") == [one.pk, two.pk]
        assert (
            found("channel=x-fr") == found("campaign=other") == found("language=fr") == [two.pk]
        )
        assert found("status=missed") == found("status=person") == [two.pk]
        assert found("q=BENEVOL") == found("from=2027-10-13") == [one.pk]
        assert found("to=2027-10-12") == [two.pk]

    @pytest.mark.parametrize(
        "query",
        [
            "from=x&to=2027-99-99",
            "status=zzz&order=zzz",
            "after=nonsense",
            "before=1-2-3",
            "q=%00%22*",
        ],
    )
    def test_an_address_that_makes_no_sense_is_no_error(self, staff, query):
        delivery()
        staff.get(f"/queue/?{query}")

    def test_pages_follow_one_another(self, staff):
        one = post("many")
        for number in range(60):
            delivery(on=f"c{number}", of=one, due=NOON + number * DAY)
        first = staff.get("/queue/?status=queued")
        assert len(numbers(first)) == 50
        second = staff.get("/queue/" + first.one("a[rel=next]")["href"].removeprefix("/queue/"))
        assert len(numbers(second)) == 10
        back = staff.get(second.one("a[rel=prev]")["href"])
        assert numbers(back) == numbers(first)

    def test_a_post_is_one_row_with_its_channels_and_its_box_chooses_all_of_them(self, staff):
        of = post("a", title="Hope")
        here = [delivery(on=channel, of=of, due=NOON + DAY) for channel in ("x-en", "x-fr")]
        page = staff.get("/queue/")
        [row] = [
            box for box in page.all("input[name=deliveries]") if "data-row" in box.attributes
        ]
        assert numbers(page) == [one.pk for one in here]
        assert row["value"] == ",".join(str(one.pk) for one in here)
        assert "Select “Hope” on all 2 channels" in page.text
        chosen = {"action": "cancel", "deliveries": [row["value"], str(here[0].pk)]}
        asked = staff.get("/queue/decide/", chosen)
        assert {field["value"] for field in asked.all("input[name=deliveries]")} == {
            str(one.pk) for one in here
        }

    def test_a_part_is_given_to_the_page_itself(self, staff):
        delivery("a", text="Les bénévoles")
        page = staff.get("/queue/?q=benev", HX_Request="true")
        assert "<html" not in page.html and len(numbers(page)) == 1
        whole = staff.get(
            "/queue/?q=benev", HX_Request="true", HX_History_Restore_Request="true"
        )
        assert "<html" in whole.html

    def test_quick_filters_say_which_one_is_on(self, staff):
        page = staff.get("/queue/?status=person")
        assert [link.text for link in page.all("a.chip[aria-current=page]")] == [
            "Needs a person"
        ]

    def test_asks_the_database_the_same_number_of_questions_whatever_there_is(
        self, staff, django_assert_max_num_queries
    ):
        one = post("many")
        for number in range(60):
            delivery(on=f"c{number}", of=one, due=NOON + number * DAY)
        with django_assert_max_num_queries(14):
            staff.get("/queue/?status=queued")

    def test_no_text_becomes_a_part_of_the_page(self, staff):
        title = post("a", title=EVIL, campaign="c")
        one = delivery("a", EVIL[:90], of=title, text=EVIL, reason=EVIL)
        note(one.pk, "", "draft", NOON, actor=EVIL, action=EVIL[:50], reason=EVIL)
        pages = (
            "/queue/?from=",
            f"/queue/{one.pk}/",
            f"/queue/decide/?action=cancel&deliveries={one.pk}&back={EVIL}",
        )
        for url in (
            *pages,
            f"/queue/{one.pk}/take-down/",
            f"/queue/?q={EVIL}&channel={EVIL}&from={EVIL}",
        ):
            assert EVIL not in staff.get(url).html, url


class TestDecidingAboutMany:
    def ask(self, who, action, *those):
        return who.get(
            "/queue/decide/",
            {"action": action, "deliveries": [one.pk for one in those], "back": "from="},
        )

    def do(self, who, action, *those, **typed):
        data = {
            "action": action,
            "deliveries": [one.pk for one in those],
            "back": "status=person",
        }
        return who.post("/queue/decide/", data | typed)

    def test_asks_first_and_says_what_is_left_as_it_is(self, staff):
        page = self.ask(staff, "cancel", delivery("a"), delivery("b", status=Status.PUBLISHED))
        assert "1 delivery" in page.text and "Left as they are" in page.text
        assert "Cancel 1 delivery" in page.text
        assert Delivery.objects.filter(status="cancelled").count() == 0

    def test_says_so_when_none_of_them_can_be_decided_about(self, staff):
        page = self.ask(staff, "retry", delivery("a"))
        assert "This cannot be decided for any of them" in page.text

    def test_cancels_with_a_reason_and_leads_back_to_the_list(self, staff):
        one, two = delivery("a"), delivery("b", status=Status.MISSED)
        answer = self.do(staff, "cancel", one, two, reason="Not this week.")
        assert (answer.status, answer.went_to) == (303, "/queue/?status=person")
        assert (status_of(one), status_of(two)) == ("cancelled", "cancelled")
        assert "2 deliveries are cancelled." in staff.get(answer.went_to).text
        assert (
            Event.objects.filter(
                action="cancelled", actor="maria", reason="Not this week."
            ).count()
            == 2
        )

    def test_one_that_has_changed_meanwhile_stops_none_of_the_others(self, staff, monkeypatch):
        one, two = delivery("a"), delivery("b", fingerprint="changed", status=Status.FAILED)
        three = delivery("c", status=Status.FAILED)
        answer = self.do(staff, "retry", one, two, three)
        page = staff.get(answer.went_to)
        assert (
            "1 delivery is queued again." in page.text
            and "is not approved as it reads now" in page.text
        )
        assert (status_of(one), status_of(two), status_of(three)) == (
            "queued",
            "failed",
            "queued",
        )

    def test_gives_many_a_new_day_and_each_keeps_its_time(self, staff):
        one, two = delivery("a"), delivery("b", due=NOON + DAY / 24)
        self.do(staff, "reschedule", one, two, date="2027-12-01")
        dues = Delivery.objects.order_by("pk").values_list("due_at", flat=True)
        assert [f"{due:%m-%d %H:%M}" for due in dues] == ["12-01 17:00", "12-01 18:00"]

    def test_a_missing_hour_is_refused_and_what_was_typed_stays(self, staff):
        one = delivery("a")
        page = staff.post(
            "/queue/decide/",
            {
                "action": "reschedule",
                "deliveries": [one.pk],
                "date": "2028-03-12",
                "time": "02:30",
            },
            expect=422,
        )
        assert "does not exist in Eastern Time (Toronto)" in page.text
        assert page.one("input#date")["value"] == "2028-03-12"

    def test_the_hour_that_comes_twice_is_told(self, staff, settings):
        at_any_hour(settings)
        answer = self.do(staff, "reschedule", delivery("a"), date="2027-11-07", time="01:30")
        assert "the first one is meant" in staff.get(answer.went_to).text

    def test_approves_what_it_showed(self, staff):
        one, two = (delivery("a", on, status=Status.DRAFT) for on in ("x-en", "x-fr"))
        page = self.ask(staff, "approve", one)
        assert page.text.count("The text of a on") == 2  # a post is approved as a whole
        self.do(
            staff,
            "approve",
            one,
            shown=[field["value"] for field in page.all("input[name=shown]")],
        )
        assert (status_of(one), status_of(two)) == ("queued", "queued")

    def test_approves_nothing_that_it_did_not_show(self, staff):
        one = delivery("a", status=Status.DRAFT)
        page = self.ask(staff, "approve", one)
        put(one, Status.DRAFT, text="Other words.", fingerprint="other")
        answer = self.do(
            staff,
            "approve",
            one,
            shown=[field["value"] for field in page.all("input[name=shown]")],
        )
        assert "has changed meanwhile" in staff.get(answer.went_to).text
        assert status_of(one) == "draft"

    @pytest.mark.parametrize("shown", ["", "x:y:z", "1", "9:9:9", "::::"])
    def test_approves_nothing_without_having_shown_it(self, staff, shown):
        one = delivery("a", status=Status.DRAFT)
        self.do(staff, "approve", one, shown=[shown])
        assert status_of(one) == "draft"

    def test_nobody_approves_their_own_words(self, staff):
        one = delivery("a", status=Status.DRAFT, of=post("a", author=staff.user))
        page = self.ask(staff, "approve", one)
        answer = self.do(
            staff,
            "approve",
            one,
            shown=[field["value"] for field in page.all("input[name=shown]")],
        )
        assert "somebody else has to approve it" in staff.get(answer.went_to).text
        assert status_of(one) == "draft"

    def test_returns_posts_with_a_reason(self, staff):
        one = delivery("a", status=Status.DRAFT)
        self.do(staff, "return", one, reason="Please name the source.")
        assert Post.objects.get().stage == Stage.RETURNED
        assert (
            "Say in a few words why"
            in staff.get(
                self.do(staff, "return", delivery("b", status=Status.DRAFT)).went_to
            ).text
        )

    def test_settles_what_is_not_out(self, staff):
        one = delivery("a", status=Status.UNCONFIRMED)
        self.do(staff, "not_out", one)
        assert status_of(one) == "queued"

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"action": "cancel"},
            {"action": "explode", "deliveries": ["1"]},
            {"action": "cancel", "deliveries": "x"},
        ],
    )
    def test_nothing_chosen_changes_nothing(self, staff, data):
        for answer in (staff.get("/queue/decide/", data), staff.post("/queue/decide/", data)):
            assert (answer.status, answer.went_to) == (303, "/queue/")

    def test_leads_back_to_the_queue_and_nowhere_else(self, staff):
        answer = staff.get("/queue/decide/", {"back": "//evil.example\r\nX: y"})
        split = urlsplit(answer.went_to)
        assert (split.netloc, split.path) == ("", "/queue/") and parse_qs(split.query) == {}


class TestOneDelivery:
    def test_shows_the_exact_text_and_what_has_happened(self, staff, second):
        one = delivery(
            "a", text="Hope.\n\nhttps://example.org", approved_by=second.user, approved_at=NOON
        )
        note(one.pk, "draft", "queued", NOON, actor="bob", action="approved", reason="")
        Attempt.objects.create(
            delivery=one, number=1, worker="w", text="t", started_at=NOON, finished_at=NOON,
            outcome="refused", status="failed", detail="X says no.",
        )  # fmt: skip
        page = staff.get(f"/queue/{one.pk}/")
        assert (
            "Approved by bob" in page.text
            and "Sent: the network refused it" in page.text
            and "X says no." in page.text
        )
        assert "example.org" in page.text

    def test_shows_a_thread_as_its_parts(self, staff):
        one = delivery("a", text="One.\n---\nTwo.")
        assert len(staff.get(f"/queue/{one.pk}/").all(".preview")) == 2

    def test_shows_how_its_pictures_are_described(self, staff):
        pictures = '[{"file": "/x/y.png", "sha256": "", "alt": "Two people <talk>."}]'
        page = staff.get(f"/queue/{delivery('a', pictures=pictures).pk}/")
        assert "Two people <talk>." in page.text

    @pytest.mark.parametrize("status", list(Status))
    def test_offers_what_can_be_done_and_nothing_else(self, staff, status):
        page = staff.get(f"/queue/{delivery('a', status=status).pk}/")
        headings = {heading.text for heading in page.all("h2")}
        assert ("Is it out?" in headings) is (status is Status.UNCONFIRMED)
        assert ("Send it now" in headings) is (status in (Status.FAILED, Status.MISSED))
        assert ("Take down" in headings) is (status is Status.PUBLISHED)
        assert ("Bring it back" in headings) is (status is Status.CANCELLED)
        assert ("Cancel it" in headings) is (
            status in (Status.DRAFT, Status.QUEUED, Status.FAILED, Status.MISSED)
        )

    def test_is_given_a_new_time(self, staff):
        one = delivery("a")
        page = staff.after(
            f"/queue/{one.pk}/new-time/", {"date": "2027-12-01", "time": "08:30"}
        )
        one.refresh_from_db()
        assert (one.due_at.isoformat(), "It has a new time." in page.text) == (
            "2027-12-01T13:30:00+00:00",
            True,
        )

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            (
                {"date": "2028-03-12", "time": "02:30"},
                "does not exist in Eastern Time (Toronto)",
            ),
            ({"date": "2026-01-01", "time": "09:00"}, "is in the past"),
            ({"date": "x", "time": ""}, "Choose a date and a time."),
            ({}, "is in the past"),
        ],
    )
    def test_a_time_that_is_none_is_refused_and_what_was_typed_stays(
        self, staff, typed, sentence
    ):
        one = delivery("a")
        page = staff.post(f"/queue/{one.pk}/new-time/", typed, expect=422)
        assert sentence in page.text
        assert page.one("input#move-date")["value"] == typed.get("date", "2027-10-13")
        one.refresh_from_db()
        assert one.due_at == NOON

    @pytest.mark.parametrize(
        ("reason", "kept"),
        [("  Late. ", " Late."), (f" {'é' * 700}", f" {'é' * 500}"), (" \n ", "")],
    )
    def test_why_it_has_a_new_time_stays_in_the_form_and_in_the_log(self, staff, reason, kept):
        one, typed = delivery("a"), {"date": "", "time": "08:30", "reason": reason}
        page = staff.post(f"/queue/{one.pk}/new-time/", typed, expect=422)
        assert page.one("#move-reason")["value"] == kept.strip()
        staff.after(f"/queue/{one.pk}/new-time/", typed | {"date": "2027-12-01"})
        assert (
            Event.objects.get(action="rescheduled").reason
            == f"Due 2027-12-01 08:30, America/Toronto.{kept}"
        )

    def test_what_nobody_can_type_in_a_reason_is_not_what_is_wrong(self, staff):
        typed = {"date": "2026-01-01", "time": "08:30", "reason": "La\0te.", "sure": "\0"}
        page = staff.post(f"/queue/{delivery('a').pk}/new-time/", typed, expect=422)
        assert "is in the past" in page.one("#move-errors").text and "Null" not in page.text

    def test_of_an_hour_that_comes_twice_it_is_asked_which_one_is_meant(self, staff, settings):
        at_any_hour(settings)
        one, typed = delivery("a"), {"date": "2027-11-07", "time": "01:30"}
        page = staff.post(f"/queue/{one.pk}/new-time/", typed, expect=422)
        assert "choose which one you mean" in page.text
        staff.after(f"/queue/{one.pk}/new-time/", typed | {"fold": "second"})
        one.refresh_from_db()
        assert one.due_at.isoformat() == "2027-11-07T06:30:00+00:00"

    def test_is_out_at_the_address_that_a_person_has_seen(self, staff):
        one = delivery("a", status=Status.UNCONFIRMED)
        Attempt.objects.create(
            delivery=one, number=1, worker="w", text="t", started_at=NOON, outcome="unconfirmed"
        )
        staff.after(f"/queue/{one.pk}/is-out/", {"url": " https://x.com/i/web/status/77 "})
        one.refresh_from_db()
        assert (one.status, one.remote_id, one.url) == (
            "published",
            "77",
            "https://x.com/i/web/status/77",
        )

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "javascript:alert(1)//x",
            "x.com/1",
            "https://x.com",
            "ftp://x.com/1",
            "http://[::1",
        ],
    )
    def test_what_is_no_address_is_refused(self, staff, url):
        one = delivery("a", status=Status.UNCONFIRMED)
        page = staff.post(f"/queue/{one.pk}/is-out/", {"url": url}, expect=422)
        assert "not the address of a post" in page.text
        assert status_of(one) == "unconfirmed"

    def test_what_is_not_in_doubt_is_not_settled(self, staff):
        page = staff.post(
            f"/queue/{delivery('a').pk}/is-out/", {"url": "https://x.com/a/1"}, expect=422
        )
        assert "only an unconfirmed one can be resolved" in page.text

    def test_comes_back_after_it_was_cancelled(self, staff):
        one = delivery("a", status=Status.CANCELLED)
        assert "waits for approval" in staff.after(f"/queue/{one.pk}/bring-back/").text
        assert status_of(one) == "draft"
        assert "only what is cancelled" in staff.after(f"/queue/{one.pk}/bring-back/").text

    def test_an_address_that_is_none_is_never_a_link(self, staff):
        one = delivery("a", status=Status.PUBLISHED, url="javascript:alert(1)")
        assert "javascript:" not in staff.get(f"/queue/{one.pk}/").html

    def test_says_kindly_that_there_is_none(self, staff):
        for url in ("/queue/99/", "/queue/99999999999999999999999/", "/queue/99/take-down/"):
            assert staff.get(url, expect=404).status == 404


class TestTakingDown:
    def out(self, **values):
        return delivery(
            "a", "x-en", status=Status.PUBLISHED, remote_id="7", url="https://x.com/7", **values
        )

    def test_asks_first_and_says_what_it_means(self, staff, live):
        page = staff.get(f"/queue/{self.out().pk}/take-down/")
        assert "cannot be undone" in page.text and page.one("input#reason")

    def test_deletes_and_the_log_keeps_it(self, staff, live):
        one = self.out()
        page = staff.after(f"/queue/{one.pk}/take-down/", {"reason": "Consent was withdrawn."})
        assert "It is taken down." in page.text
        assert status_of(one) == "removed"
        assert Event.objects.filter(
            action="removed", actor="maria", reason="Consent was withdrawn."
        ).exists()

    def test_needs_a_reason(self, staff, live):
        one = self.out()
        assert (
            "Say in a few words why"
            in staff.post(f"/queue/{one.pk}/take-down/", {}, expect=422).text
        )
        assert status_of(one) == "published"

    def test_what_could_not_be_deleted_is_told(self, staff, live, monkeypatch):
        monkeypatch.setattr(live, "delete", lambda remote_id: NotDeleted("X does not answer."))
        one = self.out()
        page = staff.post(f"/queue/{one.pk}/take-down/", {"reason": "Why."}, expect=422)
        assert "could not be taken down whole" in page.text
        assert status_of(one) == "published"

    def test_in_a_dry_run_it_says_so(self, staff):
        one = self.out()
        assert "This is a dry run" in staff.get(f"/queue/{one.pk}/take-down/").text
        assert (
            "This is a dry run"
            in staff.post(f"/queue/{one.pk}/take-down/", {"reason": "Why."}, expect=422).text
        )
        assert status_of(one) == "published"

    def test_only_what_is_published_can_be_taken_down(self, staff, live):
        one = delivery("a", "x-en")
        assert "Only what is published" in staff.get(f"/queue/{one.pk}/take-down/").text
        assert (
            "only what is published"
            in staff.post(f"/queue/{one.pk}/take-down/", {"reason": "x"}, expect=422).text
        )

    def test_a_channel_that_left_the_configuration_is_told(self, staff, live):
        one = delivery("a", "gone", status=Status.PUBLISHED, remote_id="7")
        page = staff.post(f"/queue/{one.pk}/take-down/", {"reason": "Why."}, expect=422)
        assert "not in config.toml" in page.text


@pytest.fixture
def live(monkeypatch, settings):
    """A configuration that publishes, and a network that deletes."""
    config, account = settings.CONFIG, FakePublisher()
    channels = {"x-en": next(iter(config.channels.values()))}
    settings.CONFIG = replace(
        config, publishing=replace(config.publishing, dry_run=False), channels=channels
    )
    monkeypatch.setattr(page_of_one, "opened_publishers", lambda: Opened({"x-en": account}, {}))
    return account


@pytest.mark.parametrize(
    "url",
    [
        "/queue/",
        "/queue/1/",
        "/queue/decide/",
        "/queue/1/take-down/",
        "/queue/1/new-time/",
        "/queue/1/is-out/",
    ],
)
def test_the_queue_is_for_staff(stranger, volunteer, url):
    assert stranger.get(url, expect=302).went_to.startswith("/")
    volunteer.get(url, expect=403)
    volunteer.post(url, {"action": "cancel", "deliveries": ["1"]}, expect=403)


def test_the_queue_speaks_french(staff):
    one = delivery("a", status=Status.MISSED, due=NOON - DAY)
    french = staff.french()
    page = french.get("/queue/?status=person")
    assert page.one("html")["lang"] == "fr" and page.h1 == "File d’attente"
    assert "mardi 12 octobre 2027" in page.text and "Manqué" in page.text.title()
    assert french.get(f"/queue/{one.pk}/").one("html")["lang"] == "fr"
