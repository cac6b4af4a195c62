"""The team's pages about stories, and the two that volunteers have."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.authoring import compose
from campaign.core.problem import Problem
from campaign.models import Delivery, Event, Post
from campaign.models.stories import (
    Consent,
    FinalWord,
    Leftover,
    Storyteller,
    Takedown,
    TakingBack,
    Withdrawal,
)
from campaign.people import letters
from campaign.states import Stage, Status
from campaign.stories import consent, final_word, holding, papers, storyteller, telling
from campaign.stories.agreeing.trusted import Trusted
from campaign.stories.consent import After
from campaign.stories.erasing.leftovers import LeftoverKind
from campaign.stories.final_word import FinalAnswer
from campaign.web.frame import site
from tests.deliveries import NOON, delivery, good_story, person, says, status_of, story, terms
from tests.posts_in_web import desk, folder  # noqa: F401 - a fixture too
from tests.stories_in_web import (  # noqa: F401 - fixtures too
    ENTERED,
    HOSTILE,
    NAME,
    PDF,
    agreed,
    picture,
    stories,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]
FOR_STAFF = (
    *(
        "/stories/",
        "/stories/S-0001/",
        "/stories/S-0001/take-back/",
        "/stories/S-0001/consent/",
    ),
    *("/stories/S-0001/report/", "/stories/S-0001/told/x/", "/stories/S-0001/erase/"),
)
ACTIONS = (
    "contact/",
    "contact/correct/",
    "link/",
    "hold/",
    "take-back/",
    "erase/",
    "done/1/",
    "word/1/",
    "post/",
    "consent/",
)


@pytest.fixture(autouse=True)
def empty_counters():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def zoe():
    """A storyteller with a consent for two channels."""
    who = person(NAME)
    consent.give(who, terms(channels=("x-en", "x-fr")), "anna", NOON)
    return who


def proof(data=PDF, name="Consent of Zoe.pdf"):
    return SimpleUploadedFile(name, data)


def enter(visitor, *, expect=303, **more):
    files = {} if "proof" in more else {"proof": proof()}
    return visitor.post("/stories/new/", {**ENTERED, **files, **more}, expect=expect)


def published(who, name="story-9"):
    one = good_story(name, of=who)
    Delivery.objects.filter(pk=one.pk).update(
        status=Status.PUBLISHED, remote_id="9", url="https://x.com/i/9", published_at=NOON
    )
    return one


@pytest.mark.parametrize("path", FOR_STAFF)
def test_the_pages_are_the_teams_alone(stranger, volunteer, zoe, path):
    assert "sign-in" in stranger.get(path, expect=302).went_to
    volunteer.get(path, expect=403)


@pytest.mark.parametrize("path", ACTIONS)
def test_no_volunteer_does_what_is_the_teams(stranger, volunteer, zoe, path):
    volunteer.post(f"/stories/S-0001/{path}", expect=403)
    stranger.post(f"/stories/S-0001/{path}", expect=302)
    zoe.refresh_from_db()
    assert zoe.held_at is None
    assert zoe.withdrawn_at is None


@pytest.mark.parametrize("path", ["", "take-back/", "report/", "consent/"])
@pytest.mark.parametrize("reference", ["S-0099", "zoe", "S-"])
def test_a_reference_that_nobody_has_is_no_page(staff, path, reference):
    staff.get(f"/stories/{reference}/{path}", expect=404)


def test_the_list_begins_with_how_stories_come_in(staff):
    assert "No story yet" in staff.get("/stories/").text


def test_each_story_stands_there_by_its_number_and_its_state_in_words(staff, zoe):
    days = {"x-en": 30, "x-fr": -1}
    ending = [person(f"P{n}") for n in days]
    for who, left in zip(ending, days.values(), strict=True):
        until = NOON.date() + timedelta(days=left)
        consent.give(who, terms(until=until), "anna", NOON)
    held, gone, unasked, waiting = (person(f"Q{n}") for n in range(4))
    for who in (held, gone, waiting):
        consent.give(who, terms(until=NOON.date() + timedelta(days=300)), "anna", NOON)
    consent.give(zoe, terms(until=NOON.date() + timedelta(days=300)), "anna", NOON)
    holding.hold(held, storyteller.HoldReason.ILL, "maria", NOON)
    Storyteller.objects.filter(pk=gone.pk).update(withdrawn_at=NOON)
    delivery("w", of=story(waiting, "w"), status=Status.DRAFT)
    page = staff.get("/stories/")
    rows = [row.text for row in page.all("li.item")]
    said = {
        zoe: "Consent on file",
        ending[0]: "Consent ends in 30 days",
        ending[1]: "Consent ended",
        held: "On hold",
        gone: "Taken back",
        unasked: "No consent yet",
        waiting: "Waits for their yes",
    }
    for who, words in said.items():
        [row] = [row for row in rows if who.reference in row]
        assert words in row
    assert NAME not in page.html


def test_a_story_is_found_by_its_number(staff, zoe):
    assert staff.get("/stories/?reference=s1", expect=303).went_to == "/stories/S-0001/"
    went = staff.get("/stories/?reference=nobody", expect=303).went_to
    assert "no such storyteller" in staff.get(went).text


def test_many_stories_come_in_pages_and_cost_no_more_questions(
    staff, django_assert_max_num_queries
):
    for number in range(60):
        who = person(f"P{number}")
        consent.give(who, terms(), "anna", NOON)
        delivery(f"s-{number}", of=story(who, f"s-{number}"), status=Status.DRAFT)
    with django_assert_max_num_queries(15):
        page = staff.get("/stories/")
    assert len(page.all("li.item")) == 50
    older = next(one["href"] for one in page.all("a.button") if "after=" in one.get("href"))
    assert "S-0001" in staff.get(f"/stories/{older}").text


def test_the_story_page_names_nobody(staff, stranger, site_clock):
    agreed(stranger, site_clock)
    page = staff.get("/stories/S-0001/")
    assert "Every good day counts." in page.text
    assert NAME not in page.html
    assert "514" not in page.text
    for words in ("Not at all", "X, English; X, French", "Diagnosis", "On this website"):
        assert words in page.text


def test_name_and_contact_are_shown_on_request_and_the_log_says_so(staff, stranger, site_clock):
    agreed(stranger, site_clock, trusted="Paul")
    page = staff.post("/stories/S-0001/contact/", expect=200)
    for shown in (NAME, "514 555-0199", "Paul"):
        assert shown in page.text
    event = Event.objects.filter(action="contact looked at").get()
    assert (event.actor, event.reason) == ("maria", "S-0001")
    assert NAME not in staff.get("/stories/S-0001/").html


def test_name_and_contact_can_be_corrected(staff, zoe):
    form = {"name": "Zoé Bianchi", "contact": "zoe@example.org", "language": "en"}
    assert "are corrected" in staff.after("/stories/S-0001/contact/correct/", form).text
    zoe.refresh_from_db()
    assert storyteller.name_of(zoe) == "Zoé Bianchi"
    assert (
        "Write the name"
        in staff.after("/stories/S-0001/contact/correct/", {**form, "name": ""}).text
    )


def test_a_new_link_is_shown_once_and_opens(staff, stranger, zoe):
    page = staff.post("/stories/S-0001/link/", {"do": "show"}, expect=200)
    link = page.one("textarea#link").text
    assert "no-store" in page.response.headers["Cache-Control"]
    stranger.get(link.replace("http://testserver", ""))
    assert not staff.get("/stories/S-0001/").all("textarea#link")


def test_a_new_link_is_mailed_where_that_can_be(staff, zoe, settings, mailoutbox, monkeypatch):
    assert "mail it" not in staff.get("/stories/S-0001/").text
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(letters, "send_later", letters.send)
    assert "mail it" in staff.get("/stories/S-0001/").text
    staff.post("/stories/S-0001/link/", {"do": "mail"}, expect=303)
    assert "/my-story/" in mailoutbox[0].body
    assert NAME not in mailoutbox[0].body


@pytest.mark.parametrize("reason", ["ill", "died", "time"])
def test_one_action_stops_everything_and_another_lets_it_go_on(staff, zoe, reason):
    page = staff.after("/stories/S-0001/hold/", {"reason": reason})
    zoe.refresh_from_db()
    assert (zoe.hold_reason, zoe.held_by) == (reason, "maria")
    assert "On hold" in page.text
    staff.post("/stories/S-0001/hold/", {"then": "release"}, expect=303)
    zoe.refresh_from_db()
    assert zoe.held_at is None


def test_of_who_asked_for_time_the_page_still_offers_that_they_are_too_ill_or_have_died(
    staff, zoe
):
    def offered(page):
        return [button["value"] for button in page.all("button[name=reason]")]

    assert offered(staff.get("/stories/S-0001/")) == ["time", "ill", "died"]
    assert offered(staff.after("/stories/S-0001/hold/", {"reason": "time"})) == ["ill", "died"]
    assert offered(staff.after("/stories/S-0001/hold/", {"reason": "ill"})) == ["died"]
    assert offered(staff.after("/stories/S-0001/hold/", {"reason": "died"})) == []


def test_a_hold_without_a_known_reason_is_not_one(staff, zoe):
    assert "Choose why" in staff.after("/stories/S-0001/hold/", {"reason": "whim"}).text


def test_staff_take_a_story_back_with_one_confirmation(staff, zoe):
    queued = good_story(of=zoe)
    page = staff.get("/stories/S-0001/take-back/")
    assert not page.all("textarea")
    page = staff.after("/stories/S-0001/take-back/", {"scope": "all"})
    assert status_of(queued) is Status.WITHDRAWN
    assert (Withdrawal.objects.get().via, Withdrawal.objects.get().received_by) == (
        "staff",
        "maria",
    )
    assert "Taken back" in page.text
    assert (
        "Say what is taken back"
        in staff.after("/stories/S-0001/take-back/", {"scope": "x"}).text
    )


def test_the_checklist_leads_to_what_has_to_be_deleted_and_done_ends_it(staff, zoe):
    one = published(zoe)
    staff.post("/stories/S-0001/take-back/", {"scope": "all"}, expect=303)
    Takedown.objects.update(by_hand=True, problem="The account did not allow it.")
    assert "To be deleted by hand" in staff.get("/stories/").text
    page = staff.get("/stories/S-0001/")
    assert "Delete it on the account by Fri Oct 15, 2027" in page.text
    assert any(link["href"] == "https://x.com/i/9" for link in page.all("a"))
    page = staff.after(f"/stories/S-0001/done/{one.pk}/")
    assert "Noted: it is deleted" in page.text
    assert Takedown.objects.get().done_by == "maria"
    assert status_of(one) is Status.REMOVED
    staff.post(f"/stories/S-0001/done/{one.pk + 9}/", expect=404)


def test_what_is_late_is_marked(staff, zoe, site_clock):
    published(zoe)
    staff.post("/stories/S-0001/take-back/", {"scope": "all"}, expect=303)
    Takedown.objects.update(by_hand=True)
    site_clock.advance(days=5)
    assert "Late" in staff.get("/stories/").text
    assert "Late" in staff.get("/stories/S-0001/").text


def test_the_report_holds_no_name_and_no_word(staff, zoe):
    published(zoe)
    staff.post("/stories/S-0001/take-back/", {"scope": "all"}, expect=303)
    page = staff.get("/stories/S-0001/report/")
    assert "https://x.com/i/9" in page.text
    assert NAME not in page.html
    assert "The text of" not in page.text


@pytest.mark.parametrize("said", ["yes", "no", "remark"])
def test_an_answer_that_was_told_by_phone_is_recorded_with_who_heard_it(staff, zoe, said):
    one = delivery("story-1", of=story(zoe), status=Status.DRAFT)
    form = {"answer": said, "shown": one.fingerprint, "remark": "Shorter."}
    page = staff.after(f"/stories/S-0001/word/{one.pk}/", form)
    word = FinalWord.objects.get()
    assert (word.answer, word.recorded_by) == (said, "maria")
    assert "Shorter." in page.text
    assert "Choose yes" in staff.after(f"/stories/S-0001/word/{one.pk}/", {"answer": "x"}).text


def test_a_post_is_made_of_the_story_on_the_channels_that_they_allow(
    staff, stranger, site_clock
):
    words = "A long story. " * 40
    files = [SimpleUploadedFile("IMG_Zoe.jpg", picture())]
    agreed(stranger, site_clock, words=words, channels=["x-en"], pictures="yes", files=files)
    went = staff.post("/stories/S-0001/post/", {"campaign": "know"}, expect=303).went_to
    post = Post.objects.get()
    assert went == f"/posts/{post.pk}/"
    fields, _ = compose.current_fields(post, desk(), NOON)
    assert (post.storyteller, post.kind, post.stage) == ("S-0001", "story", Stage.WRITING)
    assert fields.channels == ("x-en",)
    assert fields.text("en", "long") == words.strip()
    assert len(fields.pictures) == 1
    assert NAME not in str([*Post.objects.values()])
    # Its title is the reference alone, which is the same in both languages.
    titles = [link.text for link in staff.get("/stories/S-0001/").all("a")]
    assert "S-0001" in titles


def test_no_post_is_made_of_what_was_taken_back(staff, stranger, site_clock, zoe):
    staff.post("/stories/S-0001/take-back/", {"scope": "all"}, expect=303)
    page = staff.after("/stories/S-0001/post/", {"campaign": "know"})
    assert "no consent that holds" in page.text
    assert "Make a post of it" not in page.text
    assert not Post.objects.exists()


def test_the_told_pictures_are_shown_to_the_team(staff, volunteer, stranger, site_clock):
    files = [SimpleUploadedFile("a.jpg", picture())]
    who, _ = agreed(stranger, site_clock, pictures="yes", files=files)
    tale = papers.tale_of(site.config().web.uploads, who.reference)
    assert tale
    address = f"/stories/S-0001/told/{tale.pictures[0]}/"
    page = staff.client.get(address)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in page.headers["Cache-Control"]
    staff.get(f"/stories/S-0001/told/{'a' * 64}/", expect=404)
    staff.get("/stories/S-0001/told/..%2F..%2Fconfig.toml/", expect=404)
    volunteer.get(address, expect=403)


def test_a_volunteer_enters_a_story_and_sees_the_number_and_nothing_else(volunteer):
    page = volunteer.get(enter(volunteer).went_to)
    who = Storyteller.objects.get()
    assert "It is recorded as S-0001" in page.text
    assert (who.made_by, storyteller.name_of(who)) == ("vera", NAME)
    assert (Consent.objects.get().method, Consent.objects.get().collected_by) == (
        "paper",
        "vera",
    )
    assert NAME not in page.html
    assert "/my-story/" not in page.html
    volunteer.get("/stories/S-0001/", expect=403)


def test_the_proof_is_sealed_and_opened_by_admins_alone(staff, admin):
    enter(staff)
    kept = Consent.objects.get().proof_digest
    files = [path for path in site.config().web.uploads.rglob("*") if path.is_file()]
    assert not [path for path in files if PDF in path.read_bytes() or "Zoe" in path.name]
    staff.get(f"/stories/S-0001/proof/{kept}/", expect=403)
    assert f"proof/{kept}" not in staff.get("/stories/S-0001/").html
    assert f"proof/{kept}" in admin.get("/stories/S-0001/").html
    answer = admin.client.get(f"/stories/S-0001/proof/{kept}/")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(action="proof looked at", actor="ana").exists()
    admin.get(f"/stories/S-0001/proof/{'a' * 64}/", expect=404)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"proof": ""}, "proof"),
        ({"proof": proof(b"MZ a program")}, "proof"),
        ({"told": ["copies"]}, "told"),
        ({"given_on": "2027-12-24"}, "given_on"),
        ({"given_on": "soon"}, "given_on"),
        ({"method": "web"}, "method"),
        ({"whose": ""}, "whose"),
        ({"whose": "guardian", "about": ""}, "about"),
        ({"whose": "family", "about": "Léa"}, "relationship"),
        ({"whose": "decider", "about": "Léa", "authority": "parent"}, "authority"),
        ({"whose": "guardian", "about": "Léa", "authority": "parent"}, "adult_on"),
        ({"trusted": ""}, "trusted"),
        ({"name": ""}, "name"),
        ({"channels": []}, "channels"),
    ],
)
def test_what_is_missing_of_an_entry_is_marked_and_nothing_is_lost(volunteer, more, field):
    page = enter(volunteer, expect=422, **more)
    assert page.one(f"p#{field}-error").text.strip()
    assert "Every good day counts." in page.one("textarea#words").text
    assert not Storyteller.objects.exists()


def test_a_proof_that_is_too_large_is_refused(volunteer):
    page = enter(volunteer, expect=422, proof=proof(PDF + b"0" * papers.LARGEST_PROOF))
    assert "larger than 10 megabytes" in page.one("p#proof-error").text


def test_a_spoken_yes_needs_no_paper_and_words_can_follow(staff):
    enter(staff, method="spoken", proof="", words="")
    assert Consent.objects.get().proof_digest == ""
    assert "No text was submitted" in staff.get("/stories/S-0001/").text


def test_the_link_of_an_entered_story_is_mailed_to_its_person(
    volunteer, settings, mailoutbox, monkeypatch
):
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(letters, "send_later", letters.send)
    page = volunteer.get(enter(volunteer, contact="zoe@example.org").went_to)
    assert "on its way to them" in page.text
    assert "/my-story/" in mailoutbox[0].body


def test_a_new_consent_is_recorded_as_the_next_version_and_texts_are_asked_about_anew(
    staff, zoe
):
    one = delivery("story-1", of=story(zoe), status=Status.DRAFT)
    says(one)
    assert "New consent of S-0001" in staff.get("/stories/S-0001/consent/").text
    page = staff.after("/stories/S-0001/consent/", {**ENTERED, "proof": proof()})
    assert "The new consent is recorded" in page.text
    assert "2 versions" in page.text
    zoe.refresh_from_db()
    assert final_word.outgoing(zoe)[0].answer is not FinalAnswer.YES
    staff.post(
        "/stories/S-0001/consent/", {**ENTERED, "edits": "", "proof": proof()}, expect=422
    )


def test_a_new_consent_that_is_sent_twice_is_recorded_once_and_a_refused_one_may_come_again(
    staff, zoe
):
    form = {**ENTERED, "form": "opened once"}
    staff.post("/stories/S-0001/consent/", {**form, "channels": []}, expect=422)
    for _ in range(2):
        staff.post("/stories/S-0001/consent/", {**form, "proof": proof()}, expect=303)
    assert list(zoe.consents.values_list("number", flat=True)) == [1, 2]
    staff.post("/stories/S-0001/consent/", {**form, "form": "b", "proof": proof()}, expect=303)
    assert zoe.consents.count() == 3


def test_a_volunteer_notes_by_number_that_somebody_takes_theirs_back(volunteer, zoe):
    queued = good_story(of=zoe)
    page = volunteer.post("/stories/take-back/", {"reference": "s-1"})
    assert "Yes, take S-0001 back" in page.text
    assert status_of(queued) is Status.QUEUED
    page = volunteer.after("/stories/take-back/", {"reference": "S-0001", "sure": "yes"})
    assert "S-0001 is taken back" in page.text
    assert status_of(queued) is Status.WITHDRAWN
    assert (Withdrawal.objects.get().via, Withdrawal.objects.get().received_by) == (
        "volunteer",
        "vera",
    )


def test_a_number_that_there_is_not_is_asked_for_again(volunteer, stranger):
    page = volunteer.post("/stories/take-back/", {"reference": HOSTILE}, expect=422)
    assert "no such storyteller" in page.one("p#reference-error").text
    assert HOSTILE not in page.html
    assert "sign-in" in stranger.get("/stories/take-back/", expect=302).went_to


def test_nothing_that_was_written_becomes_a_part_of_a_page(staff, admin, stranger, site_clock):
    texts = dict.fromkeys(("words", "name", "trusted"), HOSTILE)
    texts["contact"] = f"{HOSTILE} 514 555-0199"
    who, _ = agreed(stranger, site_clock, identity="chosen_name", named_as=HOSTILE, **texts)
    one = delivery("s", of=story(who, "s", title=HOSTILE), status=Status.DRAFT, text=HOSTILE)
    says(one, FinalAnswer.REMARK, HOSTILE)
    for page in (
        staff.get("/stories/"),
        staff.get("/stories/S-0001/"),
        staff.post("/stories/S-0001/contact/", expect=200),
        enter(staff, expect=422, agreed="", method="", **texts),
    ):
        assert HOSTILE not in page.html
        assert page.status < 500


def test_a_key_that_was_lost_is_a_sentence_and_the_page_stays(staff, stranger, site_clock):
    agreed(stranger, site_clock, identity="chosen_name", named_as="Lou")
    Storyteller.objects.update(name_sealed="x", contact_sealed="x")
    Consent.objects.update(named_as_sealed="x")
    assert "sealed with another key" in staff.get("/stories/S-0001/").text
    staff.post("/stories/S-0001/contact/", expect=200)
    staff.post("/stories/S-0001/take-back/", {"scope": "all"}, expect=303)


def test_a_story_with_many_texts_costs_no_more_questions(
    staff, zoe, django_assert_max_num_queries
):
    for number in range(20):
        one = delivery(f"s-{number}", of=story(zoe, f"s-{number}"), status=Status.DRAFT)
        says(one)
    with django_assert_max_num_queries(19):
        staff.get("/stories/S-0001/")


@pytest.mark.parametrize(
    "path", ["/stories/", "/stories/S-0001/", "/stories/new/", "/stories/take-back/"]
)
def test_the_pages_are_there_in_french(staff, zoe, path):
    assert staff.french().get(path).one("html")["lang"] == "fr"


def test_what_was_handed_in_is_erased_with_its_person(stranger, site_clock):
    who, _ = told(stranger, site_clock)
    uploads = site.config().web.uploads
    papers.erase(uploads, who.reference)
    assert papers.tale_of(uploads, who.reference) is None
    papers.erase(uploads, who.reference)


@pytest.mark.parametrize("reference", ["../../etc", "S-1", "", "S-0001/.."])
def test_no_reference_leads_out_of_the_folder(tmp_path, reference):
    with pytest.raises(Problem):
        papers.keep(tmp_path, reference, b"x")


def test_a_story_without_words_still_becomes_a_post(staff, zoe):
    made = telling.make_post(zoe, "know", staff.user, desk(), NOON)
    assert made.storyteller == "S-0001" or Post.objects.get(pk=made.pk).storyteller == "S-0001"
    assert replace(terms()).channels == ("x-en", "x-fr")


def test_an_admin_erases_a_person_who_asks_for_it_and_is_asked_first(staff, admin, zoe):
    one = published(zoe)
    staff.get("/stories/S-0001/erase/", expect=403)
    staff.post("/stories/S-0001/erase/", {"sure": "yes"}, expect=403)
    assert "Erase this person" not in staff.get("/stories/S-0001/").text
    assert "Erase this person" in admin.get("/stories/S-0001/").text
    page = admin.get("/stories/S-0001/erase/")
    assert "1 post is emptied." in page.text
    assert "1 copy that is out is deleted on its network." in page.text
    assert "say that you are sure" in admin.after("/stories/S-0001/erase/").text
    zoe.refresh_from_db()
    assert zoe.erased_at is None
    said = admin.after("/stories/S-0001/erase/", {"sure": "yes"}).text
    assert "They are erased." in said
    zoe.refresh_from_db()
    one.refresh_from_db()
    assert (zoe.name_sealed, one.text, zoe.withdrawals.count()) == ("", "", 1)
    assert one.takedowns.count() == 1
    assert "erased already" in admin.get("/stories/S-0001/erase/").text
    assert "erased already" in admin.after("/stories/S-0001/erase/", {"sure": "yes"}).text


def test_the_pages_of_what_is_erased_open_and_say_nothing_of_it(staff, admin, zoe):
    one = good_story("story-9", of=zoe, text="Zanzibar every day.")
    admin.after("/stories/S-0001/erase/", {"sure": "yes"})
    for path in (
        "/stories/",
        "/stories/S-0001/",
        "/stories/S-0001/report/",
        f"/posts/{one.post_id}/",
        f"/posts/{one.post_id}/history/",
        f"/queue/{one.pk}/",
        "/queue/?status=withdrawn",
        "/log/",
    ):
        page = staff.get(path)
        assert "Zanzibar" not in page.html, path


def test_what_is_erased_and_not_gone_yet_is_named_until_it_is(staff, admin, zoe):
    admin.after("/stories/S-0001/erase/", {"sure": "yes"})
    page = staff.get("/stories/")
    # These tests are transactions: in one the file of the database cannot be written anew.
    assert "Erased, and not gone yet" in page.text
    assert "Traces in the database" in page.text
    assert "The database is in use" in page.text
    Leftover.objects.create(
        kind=LeftoverKind.OF_PEOPLE,
        place="/posts/a.toml",
        storyteller=zoe,
        since=NOON,
        next_at=NOON,
    )
    assert "S-0001: A file: /posts/a.toml" in staff.get("/stories/").text
    Leftover.objects.all().delete()
    assert "not gone yet" not in staff.get("/stories/").text


@pytest.mark.parametrize(
    ("reason", "wish"), [("died", {"if_died": After.REMOVE}), ("ill", {"if_ill": After.REMOVE})]
)
def test_who_wished_it_is_taken_down_when_they_die_or_are_too_ill(
    staff, admin, zoe, reason, wish
):
    consent.give(zoe, terms(channels=("x-en",), **wish), "anna", NOON)
    one = published(zoe)
    assert (
        "once somebody else on the team has checked, or after an hour"
        in staff.get("/stories/S-0001/").text
    )
    staff.after("/stories/S-0001/hold/", {"reason": "time"})
    zoe.refresh_from_db()
    assert (zoe.withdrawn_at, zoe.hold_reason) == (None, "time")
    staff.after("/stories/S-0001/hold/", {"then": "release"})
    staff.after("/stories/S-0001/hold/", {"reason": reason})
    zoe.refresh_from_db()
    assert (zoe.hold_reason, zoe.withdrawn_at, one.takedowns.count()) == (reason, None, 0)
    looks(admin)
    zoe.refresh_from_db()
    assert (zoe.hold_reason, bool(zoe.withdrawn_at)) == (reason, True)
    [takedown] = one.takedowns.all()
    assert takedown.gone_at is None
    assert (takedown.withdrawal.via, takedown.withdrawal.received_by) == ("wish", "maria")


@pytest.mark.parametrize("wish", [After.KEEP, After.ASK, After.TALK])
def test_who_wished_otherwise_is_on_hold_and_nothing_is_taken_down(staff, zoe, wish):
    named = Trusted("Paul", "514 555-0111")
    wishes = terms(channels=("x-en",), if_died=wish, if_ill=wish, trusted=named)
    consent.give(zoe, wishes, "anna", NOON)
    one = published(zoe)
    assert "deleted at once" not in staff.get("/stories/S-0001/").text
    staff.after("/stories/S-0001/hold/", {"reason": "died"})
    zoe.refresh_from_db()
    assert (zoe.withdrawn_at, one.takedowns.count()) == (None, 0)


def looks(visitor):
    """Somebody else of the team looks, and it is right."""
    [taking] = TakingBack.objects.filter(decided_at=None)
    visitor.post(f"/stories/second-look/{taking.pk}/", {"then": "confirm"}, expect=303)


def test_that_somebody_who_was_too_ill_has_died_can_be_said_and_their_wish_is_done(
    staff, admin, zoe
):
    consent.give(zoe, terms(channels=("x-en",), if_died=After.REMOVE), "anna", NOON)
    one = published(zoe)
    staff.after("/stories/S-0001/hold/", {"reason": "ill"})
    assert "They have died" in staff.get("/stories/S-0001/").text
    staff.after("/stories/S-0001/hold/", {"reason": "died"})
    looks(admin)
    zoe.refresh_from_db()
    assert (zoe.hold_reason, zoe.held_at, one.takedowns.count()) == ("died", NOON, 1)
    assert "on hold already" in staff.after("/stories/S-0001/hold/", {"reason": "ill"}).text


def test_what_happens_at_the_end_of_a_consent_is_asked_and_kept(staff):
    page = enter(staff, if_ended="", expect=422)
    assert page.one("#if_ended-error")
    enter(staff, if_ended="remove")
    assert Consent.objects.get().if_ended == "remove"
    assert "Take it down" in staff.get("/stories/S-0001/").text
