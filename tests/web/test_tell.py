"""The public page on which people tell their story."""

import json
import logging
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.problem import Problem
from campaign.models import Event
from campaign.models.stories import Consent, Storyteller
from campaign.people import letters
from campaign.stories import aside, consent, papers, storyteller
from campaign.stories.consent import Identity
from campaign.web.frame import site
from campaign.web.stories import consent_form, floods
from campaign.web.stories.consent_form import ConsentForm
from campaign.web.stories.words import explained, form_words
from tests.deliveries import NOON
from tests.posts_in_web import CHANNELS, folder  # noqa: F401 - a fixture
from tests.stories_in_web import (  # noqa: F401 - fixtures too
    ANSWERS,
    CONTACT,
    HOSTILE,
    NAME,
    TOLD,
    link_for,
    opened,
    picture,
    stories,
    tells,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]


def upload(data=None, name="IMG_Zoe.jpg"):
    return SimpleUploadedFile(name, picture() if data is None else data)


def test_what_sharing_means_is_said_before_anything_is_asked(stranger):
    page = stranger.get("/tell/")
    means = page.html.index("Copies that others have made may remain")
    for said in (
        "the terms of each network",
        "at any time",
        "Nobody asks you why",
        "Your care",
        "does not depend",
    ):
        assert said in page.text
    assert means < page.html.index('name="adult"') < page.html.index('name="agreed"')


def test_nothing_that_widens_the_consent_is_ticked_beforehand(stranger):
    page = stranger.get("/tell/")
    ticked = {field["name"] for field in page.all("input[checked]")}
    assert ticked == {"language", "contact_language"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_is_not_there_when_it_is_switched_off(stranger, staff, settings, method):
    settings.CONFIG = replace(
        settings.CONFIG, stories=replace(settings.CONFIG.stories, open=False)
    )
    getattr(stranger, method)("/tell/", expect=404)
    assert "/tell/" not in staff.get("/stories/").html


def test_a_story_is_kept_sealed_and_its_person_gets_a_link(stranger, site_clock):
    page = tells(stranger, site_clock)
    who, given_ = Storyteller.objects.get(), Consent.objects.get()
    welcome = stranger.get(page.went_to)
    assert "Thank you for telling us" in welcome.text
    assert page.went_to.removesuffix("welcome/") in welcome.one("textarea#link").text
    assert storyteller.name_of(who) == NAME
    assert (given_.channels, given_.languages, given_.identity) == (
        "x-en x-fr",
        "en fr",
        "none",
    )
    assert (given_.method, given_.valid_until) == ("web", date(2028, 10, 13))
    assert given_.told.split() == [one.value for one in consent.Explained]
    tale = papers.tale_of(site.config().web.uploads, who.reference)
    assert tale
    assert tale.words == TOLD["words"]


def test_no_word_of_it_stands_anywhere_in_the_open(stranger, site_clock, caplog):
    with caplog.at_level(logging.DEBUG):
        tells(stranger, site_clock, trusted="Paul Ferragamo", words=f"{NAME} says hello")
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


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"words": " "}, "words"),
        ({"name": ""}, "name"),
        ({"contact": ""}, "contact"),
        ({"agreed": ""}, "agreed"),
        ({"identity": "chosen_name"}, "named_as"),
        ({"identity": "loud"}, "identity"),
        ({"channels": []}, "channels"),
        ({"channels": ["x-de"]}, "channels"),
        ({"purposes": []}, "purposes"),
        ({"until": "day"}, "until"),
        ({"until": "day", "until_day": "2099-02-30"}, "until"),
        ({"until": "day", "until_day": "2040-01-01"}, "until"),
        ({"until": "99"}, "until"),
        ({"edits": ""}, "edits"),
        ({"if_died": ""}, "if_died"),
        ({"if_ended": ""}, "if_ended"),
        ({"name": "a" * 400}, "name"),
        ({"words": "a" * 10_001}, "words"),
        ({"adult": ""}, "adult"),
    ],
)
def test_what_is_missing_is_marked_and_nothing_is_lost(stranger, site_clock, more, field):
    page = tells(stranger, site_clock, expect=422, **more)
    assert page.one(f"p#{field}-error").text.strip()
    assert not Storyteller.objects.exists()
    if "words" not in more:
        assert TOLD["words"] in page.one("textarea#words").text
    if "name" not in more:
        assert page.one("input#name")["value"] == NAME
    if "channels" not in more:
        assert "checked" in page.one("input[name=channels][value=x-en]").attributes
    assert page.one("input[name=stamp]")["value"]


def test_pictures_lose_their_place_and_are_sealed(stranger, site_clock):
    who, _ = told(stranger, site_clock, pictures="yes", files=[upload()])
    uploads = site.config().web.uploads
    tale = papers.tale_of(uploads, who.reference)
    assert tale
    [digest] = tale.pictures
    kept = papers.read(uploads, who.reference, digest)
    assert kept
    assert b"Exif" not in kept
    assert b"Zo" not in kept
    assert not [path for path in uploads.rglob("*") if "IMG" in path.name]


def test_pictures_are_not_kept_without_a_yes_to_them(stranger, site_clock):
    who, _ = told(stranger, site_clock, pictures="no", files=[upload()])
    tale = papers.tale_of(site.config().web.uploads, who.reference)
    assert tale
    assert tale.pictures == ()


@pytest.mark.parametrize("data", [b"no picture", b"GIF89a...", b"%PDF-1.4", picture()[:200]])
def test_a_file_that_is_no_picture_is_refused_in_a_sentence(stranger, site_clock, data):
    page = tells(stranger, site_clock, expect=422, pictures="yes", files=[upload(data)])
    assert page.one("p#files-error").text.strip()
    assert "Only your pictures have to be chosen again" in page.text
    assert not Storyteller.objects.exists()


def test_what_is_wrong_with_a_picture_is_said_in_the_language_of_the_page(stranger, site_clock):
    stranger.french()
    page = tells(
        stranger, site_clock, expect=422, pictures="yes", files=[upload(b"no picture")]
    )
    assert page.one("p#files-error").text.startswith("L’image n’est ni JPEG")


def test_a_picture_that_is_too_large_is_not_even_read(stranger, site_clock, monkeypatch):
    monkeypatch.setattr("campaign.web.stories.form.MAX_SOURCE", 100)
    page = tells(stranger, site_clock, expect=422, pictures="yes", files=[upload()])
    assert "too large" in page.one("p#files-error").text


def test_five_pictures_are_too_many(stranger, site_clock):
    page = tells(
        stranger, site_clock, expect=422, pictures="yes", files=[upload() for _ in range(5)]
    )
    assert "up to four" in page.one("p#files-error").text


def test_who_is_not_18_is_sent_on_kindly_and_nothing_is_kept(stranger, site_clock):
    page = tells(stranger, site_clock, expect=200, adult="no")
    assert "a parent or guardian" in page.text
    assert "Nothing of what you wrote here was kept" in page.text
    assert not Storyteller.objects.exists()
    assert not Event.objects.exists()


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
    assert "open for very long" in page.text


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
    more: dict[str, Any] = {"contact": "zoe@example.org", "pictures": "yes"}
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
    texts = dict.fromkeys(
        ("words", "name", "contact", "trusted", "named_as", "until_day", "stamp"), HOSTILE
    )
    page = tells(stranger, site_clock, expect=422, **(texts | {"agreed": ""}))
    assert HOSTILE not in page.html
    assert "&lt;script&gt;" in page.html


def test_the_page_is_there_in_french(stranger):
    page = stranger.french().get("/tell/")
    assert page.one("html")["lang"] == "fr"


def test_the_kept_words_of_the_form_hold_all_that_is_explained():
    english = form_words("en", CHANNELS.values())
    assert all(words in english for words in explained(CHANNELS.values()).values())
    assert form_words("en", CHANNELS.values()) == english


@pytest.mark.parametrize("blank", ["", " ", "\u00a0\r\n"])
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("words", "Write your story; a few lines are enough."),
        ("name", "Write a name. It stays sealed unless it may appear."),
        ("contact", "Write an e-mail address or a phone number."),
        ("named_as", "Write the name to be used."),
    ],
)
def test_blanks_alone_are_nothing(stranger, site_clock, field, said, blank):
    page = tells(
        stranger,
        site_clock,
        expect=422,
        **{"identity": "chosen_name", "named_as": "Lou", field: blank},
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
        ("trusted", 300, "This is too long: shorten it, please."),
        ("named_as", 100, "This name is too long: shorten it, please."),
    ],
)
def test_what_is_too_long_is_said_in_our_words_and_comes_back(
    stranger, site_clock, field, most, said
):
    told(stranger, site_clock, identity="chosen_name", **{"named_as": "Lou", field: "é" * most})
    page = tells(stranger, site_clock, expect=422, **{field: "é" * (most + 1)})
    assert page.one(f"p#{field}-error").text == said
    assert "é" * (most + 1) in page.html
    assert (
        "é" * 20_001
        not in tells(stranger, site_clock, expect=422, **{field: "é" * 30_000}).html
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


def test_signs_that_nobody_sees_do_no_harm_and_are_not_kept(stranger, site_clock):
    texts = {"name": " Zo\x00é ", "words": " A\x00 day.\r\nAnother. ", "contact": "\x00 514 "}
    who, _ = told(stranger, site_clock, **texts)
    tale = papers.tale_of(site.config().web.uploads, who.reference)
    assert tale
    assert (storyteller.name_of(who), storyteller.contact_of(who)) == ("Zoé", "514")
    assert tale.words == "A day.\nAnother."
    tells(stranger, site_clock, expect=422, until="day", until_day="2028-01-01x")


@pytest.mark.parametrize("unseen", ["\xad", " \u200b\u2060 "])
@pytest.mark.parametrize("field", ["words", "name", "contact", "named_as"])
def test_what_nobody_can_see_is_nothing_beside_its_field(stranger, site_clock, field, unseen):
    page = tells(
        stranger,
        site_clock,
        expect=422,
        identity="chosen_name",
        **{"named_as": "Lou", field: unseen},
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


def test_what_is_offered_no_more_is_left_out_of_what_was_ticked(stranger, site_clock):
    told(
        stranger,
        site_clock,
        channels=["gone", "x-fr", "x-en", "x-en"],
        details=["age", "\x00", "diagnosis"],
    )
    kept = Consent.objects.get()
    assert (kept.channels, kept.details) == ("x-en x-fr", "diagnosis age")


def test_what_is_missing_is_said_in_the_language_of_the_page(stranger, site_clock):
    lacking = {"name": "", "edits": "", "channels": [], "until": "day", "agreed": "no"}
    english = tells(stranger, site_clock, expect=422, **lacking)
    french = tells(stranger.french(), site_clock, expect=422, **lacking)
    for field in lacking:
        assert french.one(f"p#{field}-error").text not in {
            "",
            english.one(f"p#{field}-error").text,
        }
    assert "For 6 months" in english.text
    assert "6 mois" in french.text


@given(st.dictionaries(st.sampled_from(sorted(ANSWERS)), st.text(max_size=20)))
def test_whatever_is_sent_either_lacks_something_or_comes_to_terms(sent):
    form, today = ConsentForm(ANSWERS | sent), date(2027, 10, 13)
    if not form.is_valid():
        return
    made = form.terms(method=consent.Method.WEB, collected_by="web form", told=())
    assert today <= made.until
    assert made.identity in set(Identity)


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.sampled_from(consent_form.MONTHS))
def test_so_many_months_later_is_never_further_than_the_same_day(day, months):
    later = consent_form._months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_a_link_says_in_which_language_the_form_is_shown(stranger):
    assert 'lang="fr' in stranger.get("/tell/?language=fr").html[:300]
    assert 'lang="en' in stranger.get("/tell/?language=en&utm_source=x").html[:300]
    assert 'lang="en' in stranger.get("/tell/?language=de").html[:300]


def test_who_chooses_another_language_gets_it_whatever_the_link_said(stranger):
    page = stranger.post("/language/", {"language": "en", "next": "/tell/?language=fr&a=1"})
    assert page.response.headers["Location"] == "/tell/?a=1"
    assert 'lang="en' in stranger.get("/tell/?a=1").html[:300]
