"""The private page of a storyteller."""

import json
import logging
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from campaign.authoring import uploads
from campaign.core.problem import Problem
from campaign.delivery import takedown
from campaign.models import Delivery, Event, Post
from campaign.models.stories import Consent, FinalWord, Storyteller, Takedown, Withdrawal
from campaign.people import letters
from campaign.people.roles import Role, add_user
from campaign.states import Status
from campaign.stories import changing, consent, final_word, holding, storyteller, vault
from campaign.stories.final_word import FinalAnswer
from campaign.stories.withdrawal import Via
from campaign.web.frame import site
from campaign.web.stories import consent_form
from tests.deliveries import NOON, delivery, good_story, person, says, status_of, story, terms
from tests.pages import Visitor
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.stories_in_web import (  # noqa: F401 - fixtures too
    ANSWERS,
    HOSTILE,
    NAME,
    link_for,
    picture,
    stories,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]


@pytest.fixture(autouse=True)
def empty_counters():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def zoe():
    """A storyteller with a consent for two channels, with pictures and the full name."""
    who = person(NAME)
    consent.give(who, terms(channels=("x-en", "x-fr")), "anna", NOON)
    return who


def waits(who, name="story-1", on="x-en", **values):
    """A text of theirs that is still to come."""
    return delivery(
        name,
        on,
        of=story(who, name),
        status=Status.DRAFT,
        due=NOON + timedelta(days=3),
        **values,
    )


def published(who, name="story-9", on="x-en"):
    one = good_story(name, on, of=who)
    Delivery.objects.filter(pk=one.pk).update(
        status=Status.PUBLISHED,
        remote_id="9",
        url="https://x.com/i/9",
        published_at=NOON,
        text="What is out.",
    )
    return one


def answers(who, **more):
    """What the form for a change sends when nothing is changed."""
    given = consent.current(who)
    assert given
    return {
        **ANSWERS,
        **consent_form.of_people(who),
        "identity": given.identity,
        "pictures": "yes" if given.pictures else "no",
        "channels": given.channels.split(),
        "purposes": given.purposes.split(),
        "details": given.details.split(),
        "until": "day",
        "until_day": given.valid_until.isoformat(),
        "edits": given.edits,
        "if_ill": given.if_ill,
        "if_died": given.if_died,
        "if_ended": given.if_ended,
        **more,
    }


def test_what_is_planned_is_shown_exactly_with_its_network_and_time(stranger, zoe):
    waits(zoe, text="The very words.")
    page = stranger.get(link_for(zoe))
    assert page.one("p.words").text == "The very words."
    assert page.one("p.words")["lang"] == "en"
    assert "On X, in English" in page.text
    assert "Sat Oct 16, 2027, 12:00" in page.text
    assert "Waits for your yes" in page.text
    assert NAME not in page.text


def test_a_page_with_nothing_planned_says_so(stranger, zoe):
    assert "Nothing is planned at the moment" in stranger.get(link_for(zoe)).text


@pytest.mark.parametrize("path", ["", "welcome/", "change/", "take-back/", "receipt/"])
def test_the_address_is_told_to_nobody_and_the_page_is_kept_nowhere(stranger, zoe, path):
    page = stranger.get(f"{link_for(zoe)}{path}")
    headers = page.response.headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in headers["Cache-Control"]
    assert "noindex" in headers["X-Robots-Tag"]
    assert page.one("meta[name=robots]")["content"] == "noindex, nofollow"
    assert not [
        form
        for form in page.all("form")
        if form.get("action", "/my-story/").split("/")[1] != "my-story"
    ]


@pytest.mark.parametrize(
    "path", ["", "welcome/", "change/", "take-back/", "receipt/", "pictures/1/1/"]
)
@pytest.mark.parametrize("key", ["x", "a" * 43, "a" * 2_000, "%3Cscript%3E"])
def test_a_wrong_key_opens_nothing(stranger, zoe, key, path):
    page = stranger.get(f"/my-story/{key}/{path}", expect=404)
    assert "This link opens nothing" in page.text
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


def test_a_link_that_was_replaced_opens_nothing_and_does_nothing(stranger, zoe):
    old, one = link_for(zoe), waits(zoe)
    link_for(zoe)
    for path, data in (
        ("take-back/", {"scope": "all"}),
        ("answer/", {}),
        ("time/", {}),
        ("change/", {}),
    ):
        stranger.post(f"{old}{path}", data, expect=404)
    assert status_of(one) is Status.DRAFT
    assert not Withdrawal.objects.exists()


def test_the_link_of_somebody_whose_story_is_erased_opens_nothing(stranger, zoe):
    link = link_for(zoe)
    Storyteller.objects.update(erased_at=NOON)
    stranger.get(link, expect=404)


def test_no_log_holds_a_key(stranger, zoe, caplog, site_clock):
    link = link_for(zoe)
    with caplog.at_level(logging.DEBUG):
        stranger.get(f"{link}answer/", expect=405)
        stranger.post(f"{link}change/", {}, expect=422)
        stranger.get(f"{link}pictures/1/1/", expect=404)
        logging.getLogger("waitress").error("Exception while serving %s", link)
    assert "/my-story/" in caplog.text
    assert link.split("/")[2] not in caplog.text
    assert link.split("/")[2] not in str(list(Event.objects.values()))


@pytest.mark.parametrize(
    "written",
    [
        "/My-Story/{}/",
        "/my-story//{}/",
        "//my-story///{}",
        "/my-story%2F{}/",
        "/my-story%2f%2F{}/",
        "/my%2Dstory/{}/answer/",
        "/%6d%79-story/{}/",
        "/fr/%2E/{}?x=1",
        "/signin/?next=/my-story/{}/",
        "/signin/?next=%2Fmy-story%2F{}%2F",
        "/?{}",
    ],
)
@pytest.mark.parametrize("name", ["django.request", "django.server", "waitress"])
def test_no_log_holds_a_key_however_its_address_is_written(zoe, caplog, written, name):
    key = link_for(zoe).split("/")[2]
    log = logging.getLogger(name)
    with caplog.at_level(logging.DEBUG):
        log.warning("Not Found: %s", written.format(key))
        log.warning("Not Found: " + written.replace("%", "%%").format(key))
        log.warning('"%s" %s', f"GET {written.format(key.replace('-', '%2D'))} HTTP/1.1", 404)
    assert key not in caplog.text
    assert key.replace("-", "%2D") not in caplog.text
    assert caplog.text.count("…") >= 3


def test_what_a_log_says_beside_a_key_stays(zoe, caplog):
    log = logging.getLogger("django.request")
    with caplog.at_level(logging.DEBUG):
        log.warning("Not Found: %s", f"{link_for(zoe)}pictures/1/1/")
        log.warning("Not Found: %s", "/stories/S-0001/")
    assert "Not Found: /my-story/…/pictures/1/1/" in caplog.text
    assert "Not Found: /stories/S-0001/" in caplog.text


def test_a_form_is_taken_though_no_origin_is_sent(site_clock, zoe):
    stranger = Visitor(Client(enforce_csrf_checks=True))
    one = waits(zoe)
    sent = {"shown": f"{one.pk}:{one.fingerprint}", "answer": "yes"}
    stranger.post(f"{link_for(zoe)}answer/", sent, expect=303, Origin="null")
    assert FinalWord.objects.get().answer == "yes"


@pytest.mark.parametrize("said", ["yes", "no", "remark"])
def test_their_word_on_one_text_is_kept(stranger, zoe, said):
    one, other = waits(zoe), waits(zoe, "story-2")
    form = {
        "shown": f"{one.pk}:{one.fingerprint}",
        "answer": said,
        "remark": "Shorter, please.",
    }
    page = stranger.after(f"{link_for(zoe)}answer/", form)
    word = FinalWord.objects.get()
    assert (word.delivery_id, word.answer) == (one.pk, said)
    assert vault.unseal(word.remark_sealed) == "Shorter, please."
    assert {"yes": "You said yes", "no": "You said no", "remark": "You left a remark"}[
        said
    ] in page.text
    assert other.pk != one.pk


def test_one_yes_for_all_that_is_shown(stranger, zoe):
    every = [waits(zoe), waits(zoe, "story-1", "x-fr", language="fr"), waits(zoe, "story-2")]
    link = link_for(zoe)
    page = stranger.get(link)
    assert "Yes to all" in page.text
    shown = [f"{one.pk}:{one.fingerprint}" for one in every]
    page = stranger.after(f"{link}answer/", {"shown": shown, "answer": "yes"})
    assert [word.answer for word in FinalWord.objects.all()] == ["yes"] * 3
    assert "Yes to all" not in page.text


def test_a_text_that_changed_meanwhile_is_not_said_yes_to(stranger, zoe):
    one = waits(zoe)
    shown = f"{one.pk}:{one.fingerprint}"
    Delivery.objects.update(fingerprint="f" * 64, text="Other words.")
    page = stranger.after(f"{link_for(zoe)}answer/", {"shown": shown, "answer": "yes"})
    assert "The text has changed meanwhile" in page.text
    assert not FinalWord.objects.exists()


def test_a_no_to_all_is_taken_with_what_was_written_with_it(stranger, zoe):
    texts = [waits(zoe), waits(zoe, "story-2")]
    shown = [f"{text.pk}:{text.fingerprint}" for text in texts]
    form = {"shown": shown, "answer": "no", "remark": "y" * 3_001}
    page = stranger.after(f"{link_for(zoe)}answer/", form)
    assert "It does not go out like this" in page.text
    assert [word.answer for word in FinalWord.objects.all()] == ["no", "no"]
    kept = {vault.unseal(word.remark_sealed) for word in FinalWord.objects.all()}
    assert kept == {"y" * 3_000}


def test_a_yes_with_more_words_than_fit_waits_until_they_are_fewer(stranger, zoe):
    text = waits(zoe)
    form = {"shown": f"{text.pk}:{text.fingerprint}", "answer": "yes", "remark": "y" * 3_001}
    assert "shorten it" in stranger.after(f"{link_for(zoe)}answer/", form).text
    assert not FinalWord.objects.exists()


@pytest.mark.parametrize(
    "form", [{}, {"answer": "yes"}, {"answer": "perhaps", "shown": "1:" + "a" * 64}]
)
def test_an_answer_that_says_nothing_is_asked_for_again(stranger, zoe, form):
    assert "Choose yes, no" in stranger.after(f"{link_for(zoe)}answer/", form).text


def test_nobody_answers_for_another_person_or_sees_their_pictures(stranger, zoe):
    paul = person("Paul Smith")
    consent.give(paul, terms(), "anna", NOON)
    one = waits(paul, pictures='[{"file": "x.jpg", "sha256": "a", "alt": "b"}]')
    link = link_for(zoe)
    stranger.after(f"{link}answer/", {"shown": f"{one.pk}:{one.fingerprint}", "answer": "yes"})
    assert not FinalWord.objects.exists()
    stranger.get(f"{link}pictures/{one.pk}/1/", expect=404)
    assert "The text of story-1" not in stranger.get(link).text


def test_a_text_that_names_them_too_fully_is_told_and_has_no_yes(stranger):
    who = person(NAME)
    consent.give(who, terms(identity=consent.Identity.NONE), "anna", NOON)
    waits(who, text=f"{NAME} tells.")
    page = stranger.get(link_for(who))
    assert "more of your name than you agreed to" in page.text
    assert "Yes, like this" not in page.text


def test_everything_is_taken_back_with_one_confirmation_and_no_reason(stranger, zoe):
    queued, out = good_story("story-1", of=zoe), published(zoe)
    link = link_for(zoe)
    page = stranger.get(f"{link}take-back/")
    assert not page.all("textarea")
    receipt = stranger.after(f"{link}take-back/", {"scope": "all"})
    assert status_of(queued) is Status.WITHDRAWN
    assert Withdrawal.objects.get().via == "link"
    assert "Being deleted now" in receipt.text
    assert receipt.one("div#receipts")["hx-trigger"] == "every 3s"
    for one in takedown.begin({"x-en"}, NOON):
        takedown.settle(takedown.Answered(one, []), NOON)
    receipt = stranger.get(f"{link}receipt/", HX_Request="true")
    assert "Gone" in receipt.text
    assert "Nothing of this is on our accounts any more" in receipt.text
    assert "hx-trigger" not in receipt.one("div#receipts").attributes
    assert status_of(out) is Status.REMOVED
    page = stranger.get(link)
    assert "You have taken your story back" in page.text
    assert "What is planned" not in page.text


def test_what_a_person_has_to_delete_is_told_with_its_day(stranger, zoe):
    published(zoe)
    link = link_for(zoe)
    stranger.post(f"{link}take-back/", {"scope": "all"}, expect=303)
    Takedown.objects.update(by_hand=True)
    page = stranger.get(f"{link}receipt/")
    assert "deletes it by hand" in page.text
    assert "By Friday, October 15, 2027 at the latest" in page.text
    assert any(one["href"] == "https://x.com/i/9" for one in page.all("a"))


def test_one_channel_is_taken_back_and_the_others_stay(stranger, zoe):
    english, french = waits(zoe), waits(zoe, "story-1", "x-fr", language="fr")
    link = link_for(zoe)
    assert "Take back: X, English" in stranger.get(f"{link}take-back/").text
    stranger.post(f"{link}take-back/", {"scope": "channel:x-en"}, expect=303)
    assert (status_of(english), status_of(french)) == (Status.WITHDRAWN, Status.DRAFT)


def test_a_part_that_there_is_not_is_refused(stranger, zoe):
    page = stranger.after(f"{link_for(zoe)}take-back/", {"scope": "everything else"})
    assert "Say what is taken back" in page.text


def test_taking_back_twice_is_one_withdrawal(stranger, zoe):
    link = link_for(zoe)
    for _ in range(2):
        stranger.post(f"{link}take-back/", {"scope": "all"}, expect=303)
    assert Withdrawal.objects.count() == 1


def test_the_receipt_is_mailed_once_and_a_lost_key_does_not_stop_it(
    stranger, zoe, settings, mailoutbox, monkeypatch
):
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr("campaign.stories.report.send_later", letters.send)
    link = link_for(zoe)
    for _ in range(2):
        stranger.post(f"{link}take-back/", {"scope": "pictures"}, expect=303)
    assert len(mailoutbox) == 1
    Storyteller.objects.update(contact_sealed="nonsense", name_sealed="nonsense")
    assert "We cannot show it now" in stranger.get(link, expect=503).text or stranger.get(link)
    stranger.post(f"{link}take-back/", {"scope": "all"}, expect=303)
    assert Withdrawal.objects.filter(scope="all").exists()


def test_a_key_that_was_lost_on_our_side_leaves_the_way_back_open(stranger, zoe):
    waits(zoe)
    link = link_for(zoe)
    Storyteller.objects.update(name_sealed="nonsense")
    page = stranger.get(link, expect=503)
    assert any(one["href"] == f"{link}take-back/" for one in page.all("a"))
    stranger.get(f"{link}take-back/")


def test_i_need_time_stops_everything_and_they_go_on_themselves(stranger, zoe):
    link = link_for(zoe)
    page = stranger.after(f"{link}time/")
    zoe.refresh_from_db()
    assert (zoe.hold_reason, zoe.held_by) == ("time", zoe.reference)
    assert "You asked for time" in page.text
    page = stranger.after(f"{link}time/", {"then": "go_on"})
    zoe.refresh_from_db()
    assert zoe.held_at is None
    assert "Good. We go on as planned" in page.text


def test_what_the_team_stopped_they_do_not_start(stranger, zoe):
    holding.hold(zoe, storyteller.HoldReason.ILL, "maria", NOON)
    link = link_for(zoe)
    assert "Go on as planned" not in stranger.get(link).text
    page = stranger.after(f"{link}time/", {"then": "go_on"})
    zoe.refresh_from_db()
    assert zoe.held_at
    assert "The team has stopped everything" in page.text


def test_what_they_allow_is_shown_in_words_and_can_be_changed(stranger, zoe):
    link = link_for(zoe)
    page = stranger.get(link)
    for said in ("By full name", "X, English; X, French", "Until Friday, December 31, 2027"):
        assert said in page.text
    form = stranger.get(f"{link}change/")
    assert "checked" in form.one("input[name=identity][value=full_name]").attributes
    assert form.one("input[name=until_day]")["value"] == "2027-12-31"


def test_allowing_less_counts_at_once_and_what_is_out_there_is_taken_down(stranger, zoe):
    english, french = waits(zoe), waits(zoe, "story-1", "x-fr", language="fr")
    says(french)
    out = published(zoe)
    stranger.post(f"{link_for(zoe)}change/", answers(zoe, channels=["x-fr"]), expect=303)
    zoe.refresh_from_db()
    given = consent.current(zoe)
    assert given
    assert (given.channels, given.languages) == ("x-fr", "fr")
    assert status_of(english) is Status.WITHDRAWN
    assert Takedown.objects.get().delivery_id == out.pk
    assert [one.answer for one in final_word.outgoing(zoe)] == [FinalAnswer.YES]


@pytest.mark.parametrize(
    "less",
    [
        {"until_day": "2027-11-01"},
        {"edits": "none"},
        {"if_died": "remove"},
        {"if_ended": "remove"},
        {"purposes": ["awareness"]},
        {"details": []},
    ],
)
def test_narrower_terms_keep_the_yes_to_the_texts(stranger, less):
    who = person(NAME)
    wide = terms(
        edits=consent.Edits.LIGHT,
        details=(consent.Detail.AGE,),
        purposes=(consent.Purpose.AWARENESS, consent.Purpose.EDUCATION),
    )
    consent.give(who, wide, "anna", NOON)
    one = waits(who)
    says(one)
    stranger.post(f"{link_for(who)}change/", answers(who, **less), expect=303)
    who.refresh_from_db()
    assert who.consent_number == 2
    assert final_word.outgoing(who)[0].answer is FinalAnswer.YES


@pytest.mark.parametrize(
    "more",
    [
        {"channels": ["x-en", "x-fr", "fb-fr"]},
        {"until_day": "2028-11-01"},
        {"identity": "first_name"},
        {"identity": "chosen_name", "named_as": "Lou"},
        {"purposes": ["awareness", "fundraising"]},
        {"details": ["age"]},
        {"edits": "light"},
    ],
)
def test_allowing_more_asks_for_a_yes_first_and_their_texts_again(stranger, zoe, more):
    one = waits(zoe)
    says(one)
    link = link_for(zoe)
    page = stranger.post(f"{link}change/", answers(zoe, **more), expect=422)
    assert "You allow more than before" in page.text
    assert "Copies that others have made may remain" in page.text
    zoe.refresh_from_db()
    assert zoe.consent_number == 1
    stranger.post(f"{link}change/", answers(zoe, **more, agreed="yes"), expect=303)
    zoe.refresh_from_db()
    assert zoe.consent_number == 2
    assert final_word.outgoing(zoe)[0].answer is None


def test_being_named_no_more_takes_the_name_back(stranger, zoe):
    published(zoe)
    stranger.post(
        f"{link_for(zoe)}change/", answers(zoe, identity="none", pictures="no"), expect=303
    )
    assert set(Withdrawal.objects.values_list("scope", flat=True)) == {"name", "pictures"}
    zoe.refresh_from_db()
    given = consent.current(zoe)
    assert given
    assert (given.identity, given.pictures) == ("none", False)


def test_a_change_that_changes_nothing_leaves_the_consent_as_it_is(stranger, zoe):
    page = stranger.after(f"{link_for(zoe)}change/", answers(zoe))
    assert "Nothing has changed" in page.text
    zoe.refresh_from_db()
    assert zoe.consent_number == 1


def test_after_taking_all_back_something_can_be_allowed_again(stranger, zoe):
    link = link_for(zoe)
    given = answers(zoe)
    stranger.post(f"{link}take-back/", {"scope": "all"}, expect=303)
    stranger.post(f"{link}change/", given, expect=422)
    stranger.post(f"{link}change/", {**given, "agreed": "yes"}, expect=303)
    zoe.refresh_from_db()
    assert zoe.withdrawn_at is None
    assert Consent.objects.get(storyteller=zoe, number=zoe.consent_number).ended_at is None


def test_a_change_that_lacks_something_comes_back_as_it_was_filled_in(stranger, zoe):
    page = stranger.post(f"{link_for(zoe)}change/", answers(zoe, channels=[]), expect=422)
    assert "Choose at least one" in page.one("p#channels-error").text
    assert page.one("input[name=until_day]")["value"] == "2027-12-31"


def test_the_page_is_there_in_the_other_language(stranger, zoe):
    link = link_for(zoe)
    assert stranger.after(f"{link}language/", {"language": "fr"}).one("html")["lang"] == "fr"
    assert stranger.after(f"{link}language/", {"language": "tlh"}).one("html")["lang"] == "fr"


def test_nothing_that_was_written_becomes_a_part_of_the_page(stranger):
    who = person(HOSTILE, f"{HOSTILE} 514 555-0199")
    given = terms(identity=consent.Identity.CHOSEN_NAME, named_as=HOSTILE)
    consent.give(who, given, "anna", NOON)
    waits(who, text=HOSTILE, pictures=f'[{{"file": "x", "sha256": "y", "alt": "{HOSTILE}"}}]')
    link = link_for(who)
    for path in ("", "change/", "take-back/", "welcome/"):
        assert HOSTILE not in stranger.get(f"{link}{path}").html


@pytest.mark.parametrize("path", ["", "agreed/"])
def test_who_ticked_nothing_reads_that_none_of_it_may_be_told(stranger, path):
    who = person(language="en")
    consent.give(who, terms(details=()), "anna", NOON)
    link = link_for(who)
    answers = stranger.get(f"{link}{path}").one("dl.facts").text
    assert "Which of these may we tell? None of them." in answers
    answers = stranger.french().get(f"{link}{path}").one("dl.facts").text
    assert "Quels détails pouvons-nous révéler? Aucun." in answers


def test_a_language_within_a_sentence_begins_small_in_french(stranger):
    who = person()
    consent.give(who, terms(), "anna", NOON)
    waits(who)
    heading = stranger.french().get(link_for(who)).all("h3")[0].text
    assert heading.startswith("Sur X, en anglais")


def test_their_name_is_taken_back_in_their_own_words_and_nothing_is_changed_that_holds_not(
    stranger,
):
    who = person(language="en")
    link = link_for(who)
    assert f"{link}change/" not in stranger.get(link).html
    consent.give(who, terms(), "anna", NOON)
    assert f"{link}change/" in stranger.get(link).html
    buttons = [each.text.strip() for each in stranger.get(f"{link}take-back/").all("button")]
    assert {"Take back my name", "Take back my pictures"} <= set(buttons)


def test_many_texts_cost_no_more_questions(stranger, zoe, django_assert_max_num_queries):
    for number in range(20):
        waits(zoe, f"story-{number}")
    link = link_for(zoe)
    with django_assert_max_num_queries(14):
        stranger.get(link)


def test_a_change_that_cannot_be_made_changes_nothing(zoe, monkeypatch):
    wanted = terms(channels=("x-en",), until=terms().until + timedelta(days=4000))
    with pytest.raises(Problem):
        changing.change(zoe, wanted, "", Via.LINK, "", NOON)
    zoe.refresh_from_db()
    assert zoe.consent_number == 1
    assert not Withdrawal.objects.exists()


def test_the_public_form_may_be_closed_and_the_private_page_stays(stranger, zoe, settings):
    settings.CONFIG = replace(
        settings.CONFIG, stories=replace(settings.CONFIG.stories, open=False)
    )
    stranger.get(link_for(zoe))


def test_keys_are_kept_as_digests_alone(zoe):
    key = link_for(zoe).split("/")[2]
    kept = str(list(Storyteller.objects.values()))
    assert key not in kept
    assert re.fullmatch(r"[0-9a-f]{64}", Storyteller.objects.get().link_digest)
    assert site.now() == NOON


def test_what_was_another_persons_is_not_shown_on_the_page(stranger, zoe):
    before = person("Ada A", "ada@example.org")
    consent.give(before, terms(channels=("x-en", "x-fr")), "anna", NOON)
    out = waits(before)
    says(out)
    address = "https://x.com/ada"
    Delivery.objects.update(status=Status.PUBLISHED, published_at=NOON, url=address)
    assert address in stranger.get(link_for(before)).html
    Post.objects.update(storyteller=zoe.reference)
    assert address not in stranger.get(link_for(zoe)).html


def test_a_picture_that_went_out_with_anothers_words_is_not_shown(stranger, zoe):
    before, user = person("Ada A", "ada@example.org"), add_user("vera", Role.STAFF)[0]
    consent.give(before, terms(channels=("x-en", "x-fr")), "anna", NOON)
    at, of = site.config().web.uploads, story(before, "story-1")
    kept = uploads.keep(picture(), "a.jpg", at, user, NOON, of)
    path = str(at.resolve() / kept.file_name)
    shown = json.dumps([{"file": path, "sha256": kept.digest, "alt": "Ada"}])
    out = waits(before, pictures=shown)
    says(out)
    Delivery.objects.update(
        status=Status.PUBLISHED, published_at=NOON, approved_fingerprint=out.fingerprint
    )
    mine = stranger.client.get(f"{link_for(before)}pictures/{out.pk}/1/")
    assert mine.headers["Content-Type"] == "image/jpeg"
    Post.objects.update(storyteller=zoe.reference)
    stranger.get(f"{link_for(zoe)}pictures/{out.pk}/1/", expect=404)
