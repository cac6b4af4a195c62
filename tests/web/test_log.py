"""The publish log's pages: everything that happened, found again, and handed over as files to admins."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.utils import translation

from campaign.models import Attempt, Event
from campaign.states import Status
from tests.deliveries import NOON, delivery, post

MINUTE = timedelta(minutes=1)
EVIL = "<script>alert(1)</script>"


def attempted(one, minutes=1, outcome="published", **values):
    at = NOON + minutes * MINUTE
    status = {"published": "published", "refused": "failed"}.get(outcome, "queued")
    defaults = {
        "number": 1,
        "worker": "host:1:ab",
        "text": one.text,
        "started_at": at,
        "finished_at": at + MINUTE / 40,
    }
    return Attempt.objects.create(
        delivery=one, outcome=outcome, status=status, **(defaults | values)
    )


def noted(one, minutes=0, action="approved", actor="anna", **values):
    return Event.objects.create(
        at=NOON + minutes * MINUTE, actor=actor, action=action, delivery=one, **values
    )


def sheet(answer, separator=","):
    """The rows of a file as a spreadsheet reads it."""
    data = b"".join(answer.streaming_content)
    assert data.startswith("\ufeff".encode())
    lines = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(lines, delimiter=separator))


class TestTheList:
    def test_shows_everything_newest_first_to_the_second(self, staff):
        one = delivery("a", of=post("a", title="Hope"))
        noted(one, to_status="queued")
        attempted(one, url="https://x.com/7")
        page = staff.get("/log/")
        assert page.text.index("2027-10-13 12:01:00") < page.text.index("2027-10-13 12:00:00")
        assert (
            "Sent: the network took it" in page.text
            and "Approved" in page.text
            and "Hope" in page.text
        )
        assert page.one("a.live")["href"] == "https://x.com/7"
        assert "The program" in page.text and "Anna" in page.text.title()

    def test_says_that_nothing_is_like_that(self, staff):
        noted(delivery())
        assert "Nothing matches" in staff.get("/log/?q=zzz").text

    def test_says_that_nothing_has_happened_yet(self, staff):
        assert "Nothing has happened yet" in staff.get("/log/").text

    def test_filters_leave_what_is_asked_for(self, staff):
        one, other = (
            delivery("a", "x-en"),
            delivery("b", "x-fr", of=post("b", campaign="other"), text="Espérance"),
        )
        noted(one, 0, "approved", "anna")
        attempted(one, 1)
        attempted(other, 2, "refused", detail="X says: a repetition.")
        noted(None, 24 * 60, "paused", "bob", reason="Un congé.")

        def found(query):
            return len(staff.get(f"/log/?{query}").all("td[data-label=When]"))

        assert found("") == 4
        assert (
            found("channel=x-en") == found(f"delivery={one.pk}") == found("what=attempt") == 2
        )
        assert (
            found("campaign=other")
            == found("what=sent:refused")
            == found("what=sent:published")
            == 1
        )
        assert (
            found("what=approved")
            == found("who=bob")
            == found("q=conge")
            == found("q=repet")
            == 1
        )
        assert found("who=scheduler") == 2
        assert found("from=2027-10-14") == 1 and found("to=2027-10-13") == 3
        assert found(f"post={other.post.pk}") == found("q=esper") == 1
        assert found("q=nothinglikeit") == 0

    @pytest.mark.parametrize(
        "query",
        [
            "from=x&to=9999-99-99",
            "what=sent:&who=%00",
            "post=-1&delivery=x",
            "delivery=99999999999999999999",
            "after=x",
        ],
    )
    def test_an_address_that_makes_no_sense_is_no_error(self, staff, query):
        noted(delivery())
        staff.get(f"/log/?{query}")

    def test_says_which_delivery_it_is_about_and_lets_go_of_it(self, staff):
        one = delivery()
        noted(one)
        page = staff.get(f"/log/?delivery={one.pk}")
        assert page.one("input[name=delivery]")["value"] == str(one.pk)
        assert f"Only delivery {one.pk}" in page.text
        assert "Only the post A" in staff.get(f"/log/?post={one.post.pk}").text

    def test_pages_follow_one_another(self, staff):
        one = delivery()
        for number in range(60):
            noted(one, number, reason=f"r{number}")
        first = staff.get("/log/?who=anna")
        second = staff.get(first.one("a[rel=next]")["href"])
        assert "r59" in first.text and "r10" in first.text and "r9 " not in first.text
        assert "r9 " in second.text and "r0 " in second.text
        assert staff.get(second.one("a[rel=prev]")["href"]).text == first.text

    def test_asks_the_database_the_same_number_of_questions_whatever_there_is(
        self, staff, django_assert_max_num_queries
    ):
        for number in range(30):
            one = delivery(f"p{number}")
            noted(one, number)
            attempted(one, number)
        with django_assert_max_num_queries(12):
            staff.get("/log/")

    def test_a_part_is_given_to_the_page_itself(self, staff):
        noted(delivery())
        assert "<html" not in staff.get("/log/?q=a", HX_Request="true").html

    def test_no_text_becomes_a_part_of_the_page(self, admin):
        one = delivery("a", EVIL[:90], of=post("a", title=EVIL), text=EVIL)
        event = noted(one, 0, EVIL[:50], EVIL, reason=EVIL)
        attempt = attempted(
            one,
            1,
            "refused",
            detail=EVIL,
            worker=EVIL,
            remote_id=EVIL,
            url=f"javascript:{EVIL}",
        )
        urls = (
            "/log/",
            f"/log/events/{event.pk}/",
            f"/log/attempts/{attempt.pk}/",
            f"/log/?q={EVIL}&who={EVIL}&what={EVIL}",
        )
        for url in urls:
            html = admin.get(url).html
            assert EVIL not in html and "javascript:" not in html, url


class TestDetails:
    def test_an_attempt_shows_exactly_what_was_sent_and_answered(self, staff):
        pictures = '[{"file": "/x/y.png", "sha256": "", "alt": "Two people talk."}]'
        one = delivery(text="One.\n---\nTwo.", pictures=pictures)
        first = attempted(one, 1, text="One.", part=1, url="https://x.com/7", remote_id="7")
        second = attempted(
            one, 2, "refused", number=2, text="Two.", part=2, detail="X refused it."
        )
        page = staff.get(f"/log/attempts/{first.pk}/")
        assert page.one("p.exact").text == "One."
        assert (
            "It took the post." in page.text and "1.5 s" in page.text and "1 of 2" in page.text
        )
        assert "Two people talk." in page.text and "host:1:ab" in page.text
        assert "https://x.com/7" in [link["href"] for link in page.all("a[href]")]
        page = staff.get(f"/log/attempts/{second.pk}/")
        assert "X refused it." in page.text and "Two people talk." not in page.text
        assert "Sent: the network took it" in page.text  # among the other entries

    def test_an_attempt_that_goes_on_has_no_answer_yet(self, staff):
        one = attempted(delivery(), outcome="", finished_at=None)
        page = staff.get(f"/log/attempts/{one.pk}/")
        assert "There is no answer yet." in page.text and "not yet" in page.text

    def test_an_event_says_who_what_when_and_why(self, staff):
        one = noted(
            delivery(),
            0,
            "held back",
            "gate",
            from_status="queued",
            to_status="missed",
            reason="Too late.",
        )
        page = staff.get(f"/log/events/{one.pk}/")
        assert page.h1 == "Held back"
        assert (
            "by the program" in page.text and "Too late." in page.text and "Missed" in page.text
        )

    @pytest.mark.parametrize("values", [{}, {"post": True}])
    def test_an_event_need_not_be_about_a_delivery(self, staff, values):
        of = post("a", title="Hope") if values else None
        one = noted(None, 0, "something new", "anna", post=of)
        page = staff.get(f"/log/events/{one.pk}/")
        assert page.h1 == "Something new" and "No reason was given." in page.text
        assert ("Hope" in page.text) is bool(of)
        assert "Something new" in staff.get("/log/").text

    def test_what_is_not_there_is_said_kindly(self, staff):
        for url in ("/log/attempts/9/", "/log/events/999999/"):
            staff.get(url, expect=404)


class TestFiles:
    def test_a_spreadsheet_gets_what_was_found_with_its_accents_and_no_formula(self, admin):
        one = delivery("a", text="=1+1")
        noted(one, 0, "cancelled", "+cmd", reason="@Été")
        attempted(one, 1)
        answer = admin.client.get("/log/log.csv?what=cancelled")
        (row,) = sheet(answer)
        assert (row["What happened"], row["Who"], row["What to know"]) == (
            "Cancelled",
            "'+cmd",
            "'@Été",
        )
        assert (
            answer.headers["Content-Disposition"]
            == 'attachment; filename="publish-log-2027-10-13.csv"'
        )
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"

    def published(self, admin):
        one = delivery("a", of=post("a", title="Hope; always"), status=Status.PUBLISHED)
        one.approved_by, one.url = admin.user, "https://x.com/7"
        one.save()
        attempted(one, 1, url="https://x.com/7")
        noted(one, 2, "found", "scheduler", to_status="published")
        return one

    def test_a_row_of_what_was_published_says_all_of_it_in_english(self, admin):
        self.published(admin)
        sent, found = sheet(admin.client.get("/log/log.csv"))
        assert sent == {
            "When": "2027-10-13 12:01:00",
            "What happened": "Sent: the network took it",
            "Status": "Published",
            "Post": "Hope; always",
            "Campaign": "mbc",
            "Kind": "Awareness message",
            "Channel": sent["Channel"],
            "Network": "X",
            "Language": "English",
            "Due": "2027-10-13 12:00:00",
            "Approved by": admin.user.username,
            "Who": "the program",
            "Address": "https://x.com/7",
            "What to know": "",
            "Text": sent["Text"],
            "Delivery": sent["Delivery"],
        }
        told = ("Post", "Approved by", "Language", "Network", "Address")
        assert [found[name] for name in told] == [sent[name] for name in told]

    def test_in_french_it_is_as_a_french_excel_reads_it(self, admin):
        self.published(admin)
        admin.post("/language/", {"language": "fr"}, expect=303)
        sent, _ = sheet(admin.client.get("/log/log.csv"), ";")
        said = ("Quand", "Ce qui s’est passé", "État", "Publication", "Réseau", "Langue")
        assert [sent[name] for name in said] == [
            "2027-10-13 12:01:00",
            "Envoyé\u00a0: le réseau l’a accepté",
            "Publié",
            "Hope; always",
            "X",
            "Anglais",
        ]
        assert (sent["Approuvé par"], sent["Adresse"]) == (
            admin.user.username,
            "https://x.com/7",
        )

    def test_its_language_does_not_stay_with_who_is_answered_next(self, admin):
        self.published(admin)
        admin.post("/language/", {"language": "fr"}, expect=303)
        before = translation.get_language()
        for _ in admin.client.get("/log/log.csv").streaming_content:
            assert translation.get_language() == before

    def test_a_persons_own_words_are_not_in_it(self, admin):
        told = delivery("b", of=post("b", kind="story"), text="My own words.")
        attempted(told, 1)
        (row,) = sheet(admin.client.get("/log/log.csv?what=attempt"))
        assert (row["Kind"], row["Text"]) == ("Story", "")

    def test_an_address_that_is_none_is_left_out(self, admin):
        one = delivery("a", status=Status.PUBLISHED)
        attempted(one, 1, url=f"javascript:{EVIL}")
        (row,) = sheet(admin.client.get("/log/log.csv"))
        assert row["Address"] == ""

    def test_a_language_is_asked_for(self, admin):
        for language in ("en", "fr"):
            one = delivery(language, language=language)
            attempted(one, 1)
            noted(one, 2)
        assert {
            row["Language"] for row in sheet(admin.client.get("/log/log.csv?language=fr"))
        } == {"French"}
        page = admin.get("/log/?language=fr")
        assert page.one("option[value=fr]").get("selected") == ""
        rows = json.loads(
            b"".join(admin.client.get("/log/log.json?language=fr").streaming_content)
        )
        assert [row["language"] for row in rows] == ["fr", "fr"]

    def test_programs_get_json(self, admin):
        attempted(delivery("a"), 1)
        rows = json.loads(
            b"".join(admin.client.get("/log/log.json?what=attempt").streaming_content)
        )
        assert [(row["post"], row["outcome"], row["at"]) for row in rows] == [
            ("mbc/a", "published", "2027-10-13T16:01:00Z")
        ]

    def test_only_admins_are_offered_files(self, staff, admin):
        noted(delivery())
        assert "CSV" not in staff.get("/log/").text
        assert "CSV" in admin.get("/log/").text


@pytest.mark.parametrize("url", ["/log/", "/log/attempts/1/", "/log/events/1/"])
def test_the_log_is_for_staff(stranger, volunteer, url):
    stranger.get(url, expect=302)
    volunteer.get(url, expect=403)


@pytest.mark.parametrize("url", ["/log/log.csv", "/log/log.json"])
def test_files_of_the_log_are_for_admins(stranger, volunteer, staff, url):
    stranger.get(url, expect=302)
    volunteer.get(url, expect=403)
    staff.get(url, expect=403)


def test_the_log_speaks_french(staff):
    one = delivery(status=Status.PUBLISHED)
    attempt = attempted(one, url="https://x.com/1")
    french = staff.french()
    page = french.get("/log/")
    assert page.one("html")["lang"] == "fr" and "Publié" in page.text
    assert french.get(f"/log/attempts/{attempt.pk}/").one("html")["lang"] == "fr"
