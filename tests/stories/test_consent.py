"""Storytellers, their consents as versions, holds, links, and their word on what goes out."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.problem import Problem
from campaign.database.sql import writing
from campaign.delivery import candidates, leases, queue
from campaign.delivery.attachments import fingerprint
from campaign.models import Delivery, Event
from campaign.models.stories import Consent, FinalWord, Storyteller
from campaign.states import Status
from campaign.stories import consent as consents
from campaign.stories import final_word, holding, storyteller, telling
from campaign.stories.consent import Identity
from campaign.stories.final_word import FinalAnswer
from campaign.stories.storyteller import HoldReason
from tests.deliveries import (
    NOON,
    TORONTO,
    channel,
    consent,
    delivery,
    good_story,
    person,
    post,
    says,
    status_of,
    story,
    terms,
)

pytestmark = pytest.mark.django_db


def claim(*names, now=NOON):
    channels = [channel(name) for name in names or ("x-en",)]
    with writing():
        leases.ensure(one.name for one in channels)
        return queue.claim(leases.take(channels, "worker", now), "worker", now, TORONTO)


def test_references_are_counted_and_found_however_they_are_written():
    first, second = person(), person("Ana Costa")
    assert (first.reference, second.reference) == ("S-0001", "S-0002")
    assert [storyteller.find(name).pk for name in ("S-0002", " s-2 ", "S2")] == [second.pk] * 3
    for unknown in ("S-0099", "Ana", "", "S-" + "9" * 30):
        with pytest.raises(Problem, match="no such storyteller") as problem:
            storyteller.find(unknown)
        assert "Ana" not in str(problem.value)


def test_name_and_contact_are_kept_sealed_and_can_be_corrected():
    who = person()
    assert (storyteller.name_of(who), storyteller.contact_of(who)) == (
        "Zoé Ferragamo",
        "zoe@example.org",
    )
    assert "Ferragamo" not in who.name_sealed
    storyteller.change(who, "Zoé  Bianchi", "514 555-0199", "en", "anna", NOON)
    assert (storyteller.name_of(who), who.language) == ("Zoé Bianchi", "en")


@pytest.mark.parametrize(
    "values", [("", "x", "fr"), ("Zoé", "x" * 301, "fr"), ("Zoé", "x", "de")]
)
def test_a_record_that_cannot_serve_is_refused(values):
    name, contact, language = values
    with pytest.raises(Problem):
        storyteller.make(name, contact, language, "anna", NOON)
    assert not Storyteller.objects.exists()


@pytest.mark.parametrize(
    "contact",
    [
        "zoe@example.org",
        "Zoé <zoe@example.org>, evenings",
        "514 555-0199",
        "+1 (514) 555\u00a00199 ext. 4",
        "514.555.0199 or my sister",
        "555\u20110199",
        "514\u200b5550199",
    ],
)
def test_an_address_or_a_telephone_number_reaches_somebody_whatever_stands_beside_it(contact):
    assert storyteller.reaches(contact)
    assert storyteller.contact_of(person(contact=contact)) == contact


@given(st.text(), st.integers(min_value=0, max_value=999_999))
def test_neither_words_nor_a_number_that_is_too_short_reach_anybody(words, number):
    said = "".join(sign for sign in words if sign != "@" and not sign.isdecimal())
    assert not storyteller.reaches(f"{said}{number}{said}")


@pytest.mark.parametrize(
    "contact", ["", " ", "abc", "zoe@", "@zoe", "12 Main St, apt. 34, H2X 1Y4", "1 2 3 4 5 6"]
)
def test_who_could_not_be_reached_is_neither_recorded_nor_changed(contact):
    who = person()
    with pytest.raises(Problem, match="phone number"):
        storyteller.make("Zoé", contact, "fr", "anna", NOON)
    with pytest.raises(Problem, match="phone number"):
        storyteller.change(who, "Zoé", contact, "fr", "anna", NOON)
    assert storyteller.contact_of(Storyteller.objects.get()) == "zoe@example.org"


def test_a_private_link_is_shown_once_and_a_new_one_revokes_it():
    who = person()
    first = storyteller.new_link(who, "anna", NOON)
    assert storyteller.by_key(first) == who
    second = storyteller.new_link(who, "anna", NOON)
    assert storyteller.by_key(first) is None
    assert storyteller.by_key(second) == who
    assert second not in str(list(Storyteller.objects.values()))
    assert not Event.objects.filter(reason__contains=second).exists()
    assert [
        storyteller.by_key(key) for key in ("", "x", "é" * 43, second[:-1], second * 3)
    ] == [None] * 5


def test_each_consent_is_a_new_version_and_ends_the_one_before():
    who = person()
    first, second = consent(who), consent(who, channels=("x-en",))
    first.refresh_from_db()
    assert (first.number, first.ended_at, second.number, second.ended_at) == (1, NOON, 2, None)
    assert consents.current(who) == second
    assert (first.channels, second.channels) == ("x-en x-fr", "x-en")


def test_a_consent_keeps_what_was_shown_and_the_proof_by_their_hashes():
    given_now = consent(
        person(),
        form_text="The form.",
        form_version="2027-1",
        form_language="fr",
        proof_digest="a" * 64,
    )
    assert (len(given_now.form_digest), given_now.proof_digest) == (64, "a" * 64)
    assert "The form." not in str(Consent.objects.values())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"channels": ()}, "at least one channel"),
        ({"channels": ("x en",)}, "at least one channel"),
        ({"languages": ()}, "one language"),
        ({"languages": ("de",)}, "en, fr or both"),
        ({"until": date(2026, 12, 31)}, "before it begins"),
        ({"until": date(2033, 1, 1)}, "five years"),
        ({"identity": Identity.CHOSEN_NAME}, "chose"),
        ({"proof_digest": "scan.pdf"}, "SHA-256"),
        ({"collected_by": " "}, "who collected"),
    ],
)
def test_terms_that_cannot_hold_are_refused(change, said):
    who = person()
    with pytest.raises(Problem, match=said):
        consent(who, **change)
    assert not Consent.objects.exists()


def test_a_new_consent_asks_anew_for_the_word_on_what_is_queued():
    one = good_story()
    consent(storyteller.find(one.post.storyteller))
    one.refresh_from_db()
    assert (one.status, "ask them about this text again" in one.reason) == (Status.DRAFT, True)


def test_a_story_goes_out_when_its_person_agreed_to_all_of_it_and_its_words_are_not_logged():
    one = good_story(text="A marker word.")
    [claimed] = claim()
    assert (claimed.delivery, claimed.text) == (one.pk, "A marker word.")
    assert one.attempts.get().text == ""


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ({"channels": ("x-fr",)}, Status.WITHDRAWN),
        ({"languages": ("fr",)}, Status.WITHDRAWN),
        ({"until": date(2027, 10, 12)}, Status.WITHDRAWN),
        ({"start": date(2027, 10, 14)}, Status.WITHDRAWN),
        ({}, Status.DRAFT),
    ],
)
def test_the_transaction_that_claims_asks_again(change, after):
    one = good_story()
    consent(storyteller.find(one.post.storyteller), **change)
    Delivery.objects.filter(pk=one.pk).update(status=Status.QUEUED)
    assert claim() == []
    assert status_of(one) == after


def test_pictures_that_were_not_agreed_to_are_not_claimed():
    who = person()
    consent(who, pictures=False)
    one = delivery(
        "story-1",
        of=story(who),
        pictures='[{"file": "a.jpg", "sha256": "aa", "alt": "A garden"}]',
    )
    says(one)
    assert claim() == []
    one.refresh_from_db()
    assert "not consented to pictures" in one.reason


@pytest.mark.parametrize("missing", ["", "S-0099"])
def test_a_story_without_a_record_is_withdrawn_when_it_is_claimed(missing):
    one = delivery("story-1", of=post("story-1", kind="story", storyteller=missing))
    assert claim() == []
    assert status_of(one) == Status.WITHDRAWN


def test_what_comes_after_a_story_that_is_kept_back_goes_out():
    good_story(due=NOON - timedelta(hours=1))
    consent(Storyteller.objects.get(), channels=("x-fr",))
    Delivery.objects.update(status=Status.QUEUED)
    other = delivery("other")
    assert [one.delivery for one in claim()] == [other.pk]


def test_a_hold_lets_nothing_out_and_leaves_it_in_the_queue_and_others_pass():
    one, other = good_story(due=NOON - timedelta(hours=1)), delivery("other")
    who = storyteller.find(one.post.storyteller)
    holding.hold(who, HoldReason.DIED, "anna", NOON)
    assert [claimed.delivery for claimed in claim()] == [other.pk]
    assert status_of(one) == Status.QUEUED
    [(_, reasons)] = candidates.peek_due(NOON, TORONTO)
    assert "on hold" in reasons[0].sentence
    assert holding.release(who, "anna", NOON) == 1
    assert status_of(one) == Status.MISSED


def test_what_stays_on_hold_past_its_time_is_missed_and_nothing_of_the_log_says_why():
    one = good_story()
    who = storyteller.find(one.post.storyteller)
    holding.hold(who, HoldReason.ILL, "anna", NOON)
    assert queue.settle_late(NOON + timedelta(days=1), TORONTO) == 1
    assert status_of(one) == Status.MISSED
    assert not [event for event in Event.objects.all() if "ill" in event.reason.split()]
    with pytest.raises(Problem, match="on hold already"):
        holding.hold(who, HoldReason.TIME, "anna", NOON)
    holding.release(who, "anna", NOON)
    with pytest.raises(Problem, match="not on hold"):
        holding.release(who, "anna", NOON)


@pytest.mark.parametrize("later", HoldReason)
@pytest.mark.parametrize("first", HoldReason)
def test_a_graver_reason_counts_for_who_is_on_hold_already_and_no_lighter_one(first, later):
    gravity = ("look", "time", "ill", "died")
    who = person()
    holding.hold(who, first, who.reference, NOON)
    if gravity.index(later) > gravity.index(first):
        holding.hold(who, later, "anna", NOON + timedelta(days=1))
        assert who.hold_reason == later
    else:
        with pytest.raises(Problem, match="on hold already"):
            holding.hold(who, later, "anna", NOON + timedelta(days=1))
        assert who.hold_reason == first
    assert (who.held_at, who.held_by) == (NOON, who.reference)


def test_what_somebody_wished_for_when_too_ill_is_heeded_after_they_asked_for_time():
    one = good_story()
    who = storyteller.find(one.post.storyteller)
    Consent.objects.filter(storyteller=who).update(if_ill=consents.After.REMOVE)
    holding.hold(who, HoldReason.TIME, who.reference, NOON)
    holding.hold(who, HoldReason.ILL, "command line", NOON)
    assert who.withdrawn_at == NOON
    assert status_of(one) == Status.WITHDRAWN


def test_the_person_sees_exactly_what_will_go_out():
    pictures = '[{"file": "/uploads/a.jpg", "sha256": "aa", "alt": "A garden"}]'
    of = story()
    one = delivery(
        "story-1", of=of, text="First.\n---\nSecond.", pictures=pictures, status=Status.DRAFT
    )
    delivery("story-1", "x-fr", of=of, status=Status.PUBLISHED)
    delivery("other")
    [seen] = final_word.outgoing(storyteller.find(of.storyteller))
    assert (seen.delivery, seen.parts, seen.channel, seen.due_at) == (
        one.pk,
        ("First.", "Second."),
        "x-en",
        NOON,
    )
    assert [(picture.digest, picture.alt) for picture in seen.pictures] == [("aa", "A garden")]
    assert seen.answer is None


@pytest.mark.parametrize("said", [FinalAnswer.NO, FinalAnswer.REMARK])
def test_a_no_or_a_remark_takes_the_approval_away_at_once_and_the_log_has_no_words_of_it(said):
    one = good_story()
    says(one, said, remark="My sister is called Marguerite.")
    assert status_of(one) == Status.DRAFT
    word = FinalWord.objects.latest("pk")
    assert final_word.remark_of(word) == "My sister is called Marguerite."
    assert "Marguerite" not in str(
        [*Event.objects.values(), *FinalWord.objects.values(), *Delivery.objects.values()]
    )
    [seen] = final_word.outgoing(storyteller.find(one.post.storyteller))
    assert seen.answer is said


def test_the_latest_word_counts():
    one = good_story()
    says(one, FinalAnswer.NO)
    Delivery.objects.filter(pk=one.pk).update(status=Status.QUEUED)
    assert claim() == []
    says(one)
    Delivery.objects.filter(pk=one.pk).update(status=Status.QUEUED)
    assert len(claim()) == 1


def test_a_word_is_for_the_text_that_was_shown():
    one = good_story(status=Status.DRAFT)
    Delivery.objects.filter(pk=one.pk).update(text="Other.", fingerprint=fingerprint("Other."))
    with pytest.raises(final_word.TextChanged):
        says(one)
    who = storyteller.find(one.post.storyteller)
    [seen] = final_word.outgoing(who)
    assert seen.answer is None


def test_nobody_says_a_word_on_anothers_story():
    one, other = good_story(status=Status.DRAFT), good_story("story-2", of=None)
    with pytest.raises(Problem, match="not waiting for a word"):
        final_word.answer(
            storyteller.find(other.post.storyteller),
            one.pk,
            one.fingerprint,
            FinalAnswer.YES,
            NOON,
        )


def test_without_a_consent_there_is_no_word():
    one = delivery("story-1", of=story(person()), status=Status.DRAFT)
    with pytest.raises(Problem, match="no consent that holds"):
        says(one)


@pytest.mark.parametrize(
    ("identity", "text", "too_much"),
    [
        (Identity.FULL_NAME, "Zoé Ferragamo tells.", False),
        (Identity.FIRST_NAME, "Zoe tells.", False),
        (Identity.FIRST_NAME, "ZOÉ FERRAGAMO tells.", True),
        (Identity.FIRST_NAME, "#TeamFerragamo stands with her.", True),
        (Identity.FIRST_NAME, "Thanks, @ZFerragamo!", True),
        (Identity.FIRST_NAME, "#teamferragamo", True),
        (Identity.FIRST_NAME, "The Ferragamos are here.", True),
        (Identity.FIRST_NAME, "#TeamZoé #ZoeStrong @zoe", False),
        (Identity.INITIALS, "#ZoeStrong", True),
        (Identity.INITIALS, "Z. F. tells.", False),
        (Identity.INITIALS, "Zoé tells.", True),
        (Identity.CHOSEN_NAME, "Mina tells.", False),
        (Identity.CHOSEN_NAME, "Mina (Zoé) tells.", True),
        (Identity.NONE, "Somebody tells.", False),
        (Identity.NONE, "#ZoéFerragamo tells of Ferragamo's life.", True),
    ],
)
def test_a_text_that_names_the_person_more_than_they_chose_gets_no_yes(
    identity, text, too_much
):
    who = person()
    consent(who, identity=identity, named_as="Mina")
    one = delivery("story-1", of=story(who), text=text, status=Status.DRAFT)
    assert final_word.outgoing(who)[0].names_too_much is too_much
    if too_much:
        with pytest.raises(Problem, match="more of the person's name"):
            says(one)
    else:
        says(one)


@pytest.mark.parametrize(
    ("days", "told"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0)],
)
def test_the_end_of_a_consent_is_told_sixty_thirty_and_seven_days_ahead(days, told):
    today = date(2027, 10, 13)
    assert consents.warns(today + timedelta(days=days), today) == told


def test_a_consent_for_ever_is_refused_to_the_day():
    consents.give(
        person(), terms(until=date(2027, 1, 1) + consents.LONGEST_CONSENT), "anna", NOON
    )


def test_a_consent_that_the_act_refuses_leaves_its_form_to_be_sent_again(tmp_path):
    zoe = person()
    wrong = replace(terms(), channels=())
    with pytest.raises(Problem):
        telling.renew(zoe, wrong, tmp_path, "maria", NOON, form="opened once")
    for _ in range(2):
        made = telling.renew(zoe, terms(), tmp_path, "maria", NOON, form="opened once")
        assert made and made.number == 1


@pytest.mark.django_db(transaction=True)
def test_of_one_new_consent_that_is_sent_many_times_at_once_one_is_recorded(tmp_path):
    zoe = person()

    def sends(_: int) -> None:
        try:
            telling.renew(zoe, terms(), tmp_path, "maria", NOON, form="opened once")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(sends, range(4)))
    assert zoe.consents.count() == 1
