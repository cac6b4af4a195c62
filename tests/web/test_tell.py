"""The public page on which people tell their story."""

import json
import logging
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.core.problem import Problem
from campaign.models import Event
from campaign.models.stories import Consent, Storyteller
from campaign.people import letters
from campaign.stories import aside, papers, storyteller
from campaign.stories.agreeing import parties
from campaign.web.frame import site
from campaign.web.stories import floods
from tests.deliveries import NOON
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.stories_in_web import (  # noqa: F401 - fixtures too
    CONTACT,
    HOSTILE,
    NAME,
    TOLD,
    agrees,
    opened,
    picture,
    stories,
    tells,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]


def upload(data=None, name="IMG_Zoe.jpg"):
    return SimpleUploadedFile(name, picture() if data is None else data)


def test_what_happens_with_it_is_said_before_anything_is_asked(stranger):
    page = stranger.get("/tell/")
    said = page.html.index("Sending it does not say yes to anything")
    for words in (
        "is responsible for what you tell us",
        "erase it after 90 days",
        "Everything is to be filled in",
    ):
        assert words in page.text
    assert said < page.html.index('name="whose"')


def test_who_answers_for_it_and_a_number_to_call_are_those_of_the_settings(stranger, settings):
    named = replace(settings.CONFIG.site, legal_name="Réseau ABC inc.", phone="1 800 555-0199")
    settings.CONFIG = replace(settings.CONFIG, site=named)
    page = stranger.get("/tell/")
    assert "Réseau ABC inc. is responsible for what you tell us" in page.text
    assert "Call 1 800 555-0199" in page.text


def test_the_page_asks_for_no_consent_and_nothing_is_one(stranger, staff, site_clock):
    page = stranger.get("/tell/")
    asked = {field["name"] for kind in ("input", "textarea") for field in page.all(kind)}
    assert asked <= {
        *TOLD,
        "files",
        "stamp",
        "language",
        "next",
        floods.TRAP,
        "csrfmiddlewaretoken",
    }
    who, _ = told(stranger, site_clock)
    assert who.consent_number == 0
    assert not Consent.objects.exists()
    page = staff.get(f"/stories/{who.reference}/")
    assert "No consent yet: nothing goes out" in page.text
    assert "Make a post of it" not in page.text
    assert "No consent yet" in staff.get("/stories/").text


def test_a_story_is_kept_sealed_and_its_person_gets_a_link(stranger, site_clock):
    page = tells(stranger, site_clock)
    who = Storyteller.objects.get()
    welcome = stranger.get(page.went_to)
    assert "Thank you for telling us" in welcome.text
    assert page.went_to.removesuffix("welcome/") in welcome.one("textarea#link").text
    assert storyteller.name_of(who) == NAME
    tale = papers.tale_of(site.config().web.uploads, who.reference)
    assert tale
    assert tale.words == TOLD["words"]


@pytest.mark.parametrize("whose", ["guardian", "family", "decider"])
def test_who_tells_it_for_somebody_else_is_kept_beside_whose_story_it_is(
    stranger, staff, site_clock, whose
):
    who, link = told(stranger, site_clock, whose=whose, about="Léa Roy")
    assert (storyteller.name_of(who), who.party) == ("Léa Roy", whose)
    assert parties.speaker_of(who).name == NAME
    assert NAME not in str(Storyteller.objects.values())
    page = staff.post(f"/stories/{who.reference}/contact/")
    assert "Léa Roy" in page.text
    assert NAME in page.text
    assert "Léa Roy" not in stranger.get(link).text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"words": " "}, "words"),
        ({"name": ""}, "name"),
        ({"contact": ""}, "contact"),
        ({"contact": "abc"}, "contact"),
        ({"whose": ""}, "whose"),
        ({"whose": "stranger"}, "whose"),
        ({"whose": "family", "about": " "}, "about"),
        ({"language": ""}, "language"),
        ({"contact_language": "de"}, "contact_language"),
        ({"name": "a" * 400}, "name"),
        ({"words": "a" * 10_001}, "words"),
    ],
)
def test_what_is_missing_is_marked_and_nothing_is_lost(stranger, site_clock, more, field):
    page = tells(stranger, site_clock, expect=422, **more)
    assert page.one(f"p#{field}-error").text.strip()
    assert [link["href"] for link in page.all("a.lacks")] == [f"#{field}"]
    assert page.one(f"#{field}")
    assert "autofocus" in page.one("#errors").attributes
    assert not Storyteller.objects.exists()
    if "words" not in more:
        assert TOLD["words"] in page.one("textarea#words").text
    if "name" not in more:
        assert page.one("input#name")["value"] == NAME
    assert page.one("input[name=stamp]")["value"]


def test_groups_that_lack_an_answer_are_marked_as_such(stranger, site_clock):
    page = tells(stranger, site_clock, expect=422, whose="")
    group = page.one("fieldset#q-whose")
    assert (group["aria-invalid"], group["aria-required"]) == ("true", "true")
    assert "whose-error" in group["aria-describedby"]


def test_what_is_missing_is_said_in_the_language_of_the_page(stranger, site_clock):
    lacking = {"name": "", "contact": "", "words": "", "whose": ""}
    english = tells(stranger, site_clock, expect=422, **lacking)
    french = tells(stranger.french(), site_clock, expect=422, **lacking)
    for field in lacking:
        assert french.one(f"p#{field}-error").text not in {
            "",
            english.one(f"p#{field}-error").text,
        }


def test_pictures_stay_sealed_until_they_are_allowed(stranger, staff, site_clock):
    who, link = told(stranger, site_clock, files=[upload()])
    tale = papers.tale_of(site.config().web.uploads, who.reference)
    assert tale
    address = f"/stories/{who.reference}/told/{tale.pictures[0]}/"
    staff.get(address, expect=404)
    assert (
        "stays sealed until the person allows pictures"
        in staff.get(f"/stories/{who.reference}/").text
    )
    agrees(stranger, link, pictures="yes")
    assert staff.client.get(address).headers["Content-Type"] == "image/jpeg"


def test_signs_that_nobody_sees_do_no_harm_and_are_not_kept(stranger, site_clock):
    texts = {
        "name": " Zo\x00é ",
        "words": " A\x00 day.\r\nAnother. ",
        "contact": "\x00 514 555-0199 ",
    }
    who, _ = told(stranger, site_clock, **texts)
    tale = papers.tale_of(site.config().web.uploads, who.reference)
    assert tale
    assert (storyteller.name_of(who), storyteller.contact_of(who)) == (
        "Zoé",
        "514 555-0199",
    )
    assert tale.words == "A day.\nAnother."


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_is_not_there_when_it_is_switched_off(stranger, staff, settings, method):
    settings.CONFIG = replace(
        settings.CONFIG, stories=replace(settings.CONFIG.stories, open=False)
    )
    getattr(stranger, method)("/tell/", expect=404)
    assert "/tell/" not in staff.get("/stories/").html


def test_no_word_of_it_stands_anywhere_in_the_open(stranger, site_clock, caplog):
    with caplog.at_level(logging.DEBUG):
        tells(
            stranger,
            site_clock,
            whose="family",
            about="Ana Ferragamo",
            words=f"{NAME} says hello",
        )
    rows = json.dumps(
        [*Storyteller.objects.values(), *Consent.objects.values(), *Event.objects.values()],
        default=str,
    )
    files = [
        path.read_bytes() for path in site.config().web.uploads.rglob("*") if path.is_file()
    ]
    for open_text in (rows, caplog.text, *(data.decode("latin-1") for data in files)):
        for secret in ("Ferragamo", CONTACT, "says hello"):
            assert secret not in open_text


def test_pictures_lose_their_place_and_are_sealed(stranger, site_clock):
    who, _ = told(stranger, site_clock, files=[upload()])
    uploads = site.config().web.uploads
    tale = papers.tale_of(uploads, who.reference)
    assert tale
    [digest] = tale.pictures
    kept = papers.read(uploads, who.reference, digest)
    assert kept
    assert b"Exif" not in kept
    assert b"Zo" not in kept
    assert not [path for path in uploads.rglob("*") if "IMG" in path.name]


@pytest.mark.parametrize("data", [b"no picture", b"GIF89a...", b"%PDF-1.4", picture()[:200]])
def test_a_file_that_is_no_picture_is_refused_in_a_sentence(stranger, site_clock, data):
    page = tells(stranger, site_clock, expect=422, files=[upload(data)])
    assert page.one("p#files-error").text.strip()
    assert "Only your pictures have to be chosen again" in page.text
    assert not Storyteller.objects.exists()


def test_what_is_wrong_with_a_picture_is_said_in_the_language_of_the_page(stranger, site_clock):
    stranger.french()
    page = tells(stranger, site_clock, expect=422, files=[upload(b"no picture")])
    assert page.one("p#files-error").text.startswith("L’image n’est ni JPEG")


def test_a_picture_that_is_too_large_is_not_even_read(stranger, site_clock, monkeypatch):
    monkeypatch.setattr("campaign.web.stories.form.MAX_SOURCE", 100)
    page = tells(stranger, site_clock, expect=422, files=[upload()])
    assert "too large" in page.one("p#files-error").text


def test_five_pictures_are_too_many(stranger, site_clock):
    page = tells(stranger, site_clock, expect=422, files=[upload() for _ in range(5)])
    assert "up to four" in page.one("p#files-error").text


def test_a_robot_falls_into_the_trap_and_a_person_can_send_again(stranger, site_clock):
    stamp = opened(site_clock)
    page = stranger.post(
        "/tell/", {**TOLD, "stamp": stamp, floods.TRAP: "https://buy.example"}, expect=422
    )
    assert "a field that people do not see" in page.text
    assert page.one(f"input[name={floods.TRAP}]").get("value") == ""
    assert not Storyteller.objects.exists()
    stranger.post("/tell/", {**TOLD, "stamp": stamp}, expect=303)


def test_nobody_is_so_fast_and_the_second_time_it_is_taken(stranger, site_clock):
    stamp = opened(site_clock, seconds=1)
    page = stranger.post("/tell/", {**TOLD, "stamp": stamp}, expect=422)
    assert "That was very fast" in page.text
    assert TOLD["words"] in page.text
    again = page.one("input[name=stamp]")["value"]
    site_clock.advance(seconds=10)
    stranger.post("/tell/", {**TOLD, "stamp": again}, expect=303)


@pytest.mark.parametrize("stamp", ["", "made up", "W10:x:y"])
def test_a_form_without_our_stamp_comes_back_with_one(stranger, stamp):
    page = stranger.post("/tell/", {**TOLD, "stamp": stamp}, expect=422)
    assert floods.read_stamp(page.one("input[name=stamp]")["value"], NOON)
    assert not Storyteller.objects.exists()


def test_a_form_that_was_open_for_a_week_is_sent_once_more(stranger, site_clock):
    page = stranger.post(
        "/tell/", {**TOLD, "stamp": opened(site_clock, seconds=7 * 86_400)}, expect=422
    )
    assert "open for a very long time" in page.text


def test_when_no_more_can_be_kept_at_all_that_is_said_and_nothing_is_lost(
    stranger, site_clock, monkeypatch
):
    monkeypatch.setattr(aside, "MOST", 0)
    page = tells(stranger, site_clock, expect=429)
    assert "Many stories are arriving" in page.text
    assert TOLD["words"] in page.text
    assert not Storyteller.objects.exists()


def test_the_same_form_sent_twice_is_one_story_and_the_last_link_opens(stranger, site_clock):
    form = {**TOLD, "stamp": opened(site_clock)}
    first, second = (stranger.post("/tell/", form, expect=303).went_to for _ in range(2))
    assert Storyteller.objects.count() == 1
    stranger.get(first, expect=404)
    stranger.get(second)


def test_when_it_cannot_be_kept_nothing_is_left_and_it_can_be_sent_again(
    stranger, site_clock, monkeypatch
):
    form = {**TOLD, "stamp": opened(site_clock)}
    with monkeypatch.context() as broken:
        broken.setattr(
            papers, "_write", lambda *_: (_ for _ in ()).throw(Problem("The disk is full."))
        )
        page = stranger.post("/tell/", form, expect=422)
    assert "The disk is full." in page.text
    assert not Storyteller.objects.exists()
    stranger.post("/tell/", form, expect=303)


def test_the_link_is_mailed_to_who_gave_an_address(
    stranger, site_clock, settings, mailoutbox, monkeypatch
):
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(letters, "send_later", letters.send)
    page = tells(stranger, site_clock, contact="zoe@example.org", contact_language="fr")
    [letter] = mailoutbox
    assert letter.to == ["zoe@example.org"]
    [link] = re.findall(r"http://127\.0\.0\.1:8000(/my-story/\S+/)", letter.body)
    assert "S-0001" in letter.body
    assert NAME not in letter.body
    assert TOLD["words"] not in letter.body
    # Whoever wrote somebody else's address comes to nobody's page.
    thanks = stranger.get(page.went_to)
    assert "You get a letter by e-mail" in thanks.text
    assert "/my-story/" not in thanks.html
    stranger.get(link)


def test_the_links_address_is_the_configurations_whatever_the_request_says(
    stranger, site_clock, settings, mailoutbox, monkeypatch
):
    settings.EMAIL_HOST = "mail.example"
    settings.ALLOWED_HOSTS = ["*"]
    monkeypatch.setattr(letters, "send_later", letters.send)
    stranger.client.defaults["HTTP_HOST"] = "localhost:9999"
    tells(stranger, site_clock, contact="zoe@example.org")
    assert f"{site.config().web.url}/my-story/" in mailoutbox[0].body
    assert "localhost:9999" not in mailoutbox[0].body
    page = tells(stranger, site_clock)
    shown = stranger.get(page.went_to).one("textarea#link").text
    assert shown.startswith(f"{site.config().web.url}/my-story/")


def test_pictures_of_what_waits_apart_are_asked_for_later_once_many_wait(
    stranger, site_clock, settings, monkeypatch
):
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(letters, "send_later", letters.send)
    monkeypatch.setattr(floods, "is_flood", lambda *_: True)
    monkeypatch.setattr(aside, "MANY", 1)
    more: dict[str, Any] = {"contact": "zoe@example.org"}
    first = tells(stranger, site_clock, files=[upload()], **more)
    assert "Your pictures are not" not in stranger.get(first.went_to).text
    second = tells(stranger, site_clock, files=[upload()], **more)
    assert "Your pictures are not" in stranger.get(second.went_to).text
    kept = [
        papers.tale_of(site.config().web.uploads, who.reference)
        for who in Storyteller.objects.order_by("pk")
    ]
    assert [len(tale.pictures) for tale in kept if tale] == [1, 0]


def test_nothing_that_was_typed_becomes_a_part_of_the_page(stranger, site_clock):
    texts = dict.fromkeys(("words", "name", "contact", "about", "whose", "stamp"), HOSTILE)
    page = tells(stranger, site_clock, expect=422, **texts)
    assert HOSTILE not in page.html
    assert "&lt;script&gt;" in page.html


def test_the_page_is_there_in_french(stranger):
    page = stranger.french().get("/tell/")
    assert page.one("html")["lang"] == "fr"


@pytest.mark.parametrize("blank", ["", " ", "\u00a0\r\n"])
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("words", "Write your story; a few lines are enough."),
        ("name", "Write your name. It stays sealed, unless you agree that it appears."),
        ("contact", "Write an e-mail address or a phone number."),
        ("about", "Write a name. It stays sealed unless it may appear."),
    ],
)
def test_blanks_alone_are_nothing(stranger, site_clock, field, said, blank):
    page = tells(
        stranger,
        site_clock,
        expect=422,
        **{"whose": "guardian", "about": "Lou", field: blank},
    )
    assert page.one(f"p#{field}-error").text == said


@pytest.mark.parametrize(
    ("field", "most", "said"),
    [
        (
            "words",
            10_000,
            "This is longer than we can take here: shorten it a little, or tell the rest later.",
        ),
        ("name", 300, "This is too long: shorten it, please."),
        ("about", 300, "This is too long: shorten it, please."),
    ],
)
def test_what_is_too_long_is_said_in_our_words_and_comes_back(
    stranger, site_clock, field, most, said
):
    other = {"whose": "family", "about": "Lou"}
    told(stranger, site_clock, **(other | {field: "é" * most}))
    page = tells(stranger, site_clock, expect=422, **(other | {field: "é" * (most + 1)}))
    assert page.one(f"p#{field}-error").text == said
    assert "é" * (most + 1) in page.html
    assert (
        "é" * 20_001
        not in tells(stranger, site_clock, expect=422, **(other | {field: "é" * 30_000})).html
    )


def test_no_sign_of_a_persons_words_is_lost(stranger, site_clock):
    who, _ = told(stranger, site_clock, words="C\x92est l\x92heure\x85")
    tale = papers.tale_of(site.config().web.uploads, who.reference)
    assert tale
    assert tale.words == "C’est l’heure…"


def test_a_sign_that_nobody_can_read_is_shown_to_the_person_and_their_words_come_back(
    stranger, site_clock
):
    page = tells(stranger, site_clock, expect=422, words="One after\x02noon in May.")
    assert (
        "In “One after▯noon in May.”, “▯” is a sign that nobody can read (U+0002)" in page.text
    )
    assert "noon in May." in page.one("textarea#words").text
    assert not Storyteller.objects.exists()


@pytest.mark.parametrize("unseen", ["\xad", " \u200b\u2060 "])
@pytest.mark.parametrize("field", ["words", "name", "contact", "about"])
def test_what_nobody_can_see_is_nothing_beside_its_field(stranger, site_clock, field, unseen):
    page = tells(
        stranger,
        site_clock,
        expect=422,
        whose="decider",
        **{"about": "Lou", field: unseen},
    )
    assert page.one(f"p#{field}-error").text
    assert not Consent.objects.exists()


def test_a_story_as_long_as_may_be_is_taken_with_the_line_ends_of_a_browser(
    stranger, site_clock
):
    words = "\r\n".join(["a" * 99] * 100)
    who, _ = told(stranger, site_clock, words=words)
    tale = papers.tale_of(site.config().web.uploads, who.reference)
    assert tale
    assert tale.words == words.replace("\r\n", "\n")


def test_a_link_says_in_which_language_the_form_is_shown(stranger):
    assert 'lang="fr' in stranger.get("/tell/?lang=fr").html[:300]
    assert 'lang="en' in stranger.get("/tell/?lang=en&utm_source=x").html[:300]
    assert 'lang="en' in stranger.get("/tell/?lang=de").html[:300]


def test_who_chooses_another_language_gets_it_whatever_the_link_said(stranger):
    page = stranger.post("/language/", {"language": "en", "next": "/tell/?lang=fr&a=1"})
    assert page.response.headers["Location"] == "/tell/?a=1"
    assert 'lang="en' in stranger.get("/tell/?a=1").html[:300]
