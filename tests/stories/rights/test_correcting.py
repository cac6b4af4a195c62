"""A name or a contact is corrected: with another name, a yes that was given before counts no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from campaign.core.problem import Problem
from campaign.models import Delivery
from campaign.models.stories import Storyteller
from campaign.people import letters
from campaign.states import Status
from campaign.stories import consent as consents
from campaign.stories import final_word, storyteller
from campaign.stories.rights.correcting import correct
from tests.deliveries import NOON, consent, good_story, person, says, status_of

pytestmark = pytest.mark.django_db
NAME, CONTACT = "Zoé Ferragamo", "zoe@example.org"


@pytest.fixture
def post_office(
    settings: Any, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> list[EmailMessage]:
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(letters, "send_later", letters.send)
    return mailoutbox


@pytest.fixture
def zoe() -> Storyteller:
    who = person(NAME, CONTACT)
    consent(who)
    return who


def waiting_for_a_yes(who: Storyteller) -> list[bool]:
    return [text.answer is None for text in final_word.outgoing(who)]


def test_with_another_name_a_queued_text_is_a_draft_and_asks_anew(zoe: Storyteller) -> None:
    queued = good_story(of=zoe)
    done = correct(zoe, "Zoé Bianchi", CONTACT, "fr", zoe.reference, NOON)
    assert (done.is_asked_anew, done.returned) == (True, 1)
    assert status_of(queued) == Status.DRAFT
    assert waiting_for_a_yes(zoe) == [True]
    [event] = queued.events.filter(action="approval lost")
    assert "called otherwise" in event.reason
    assert "Bianchi" not in event.reason
    queued.refresh_from_db()
    says(queued)
    assert waiting_for_a_yes(zoe) == [False]


def test_the_consent_goes_on_as_it_was(zoe: Storyteller) -> None:
    before = consents.current(zoe)
    correct(zoe, "Zoé Bianchi", CONTACT, "fr", "anna", NOON)
    now = consents.current(zoe)
    assert before and now
    assert (now.number, now.ended_at) == (before.number + 1, None)
    assert (now.channels, now.valid_until) == (before.channels, before.valid_until)


@pytest.mark.parametrize("name", [NAME, "ZOÉ  FERRAGAMO", "Zoe Ferragamo"])
def test_the_same_name_asks_nobody(zoe: Storyteller, name: str) -> None:
    queued = good_story(of=zoe)
    done = correct(zoe, name, "514 555-0199", "en", "anna", NOON)
    assert not done.is_asked_anew
    assert status_of(queued) == Status.QUEUED
    assert waiting_for_a_yes(zoe) == [False]
    assert storyteller.contact_of(zoe) == "514 555-0199"


def test_what_is_out_stays_out_and_a_thread_that_has_begun_goes_on(zoe: Storyteller) -> None:
    out, begun = good_story(of=zoe), good_story("story-2", of=zoe)
    Delivery.objects.filter(pk=out.pk).update(status=Status.PUBLISHED)
    Delivery.objects.filter(pk=begun.pk).update(part_ids="1")
    correct(zoe, "Zoé Bianchi", CONTACT, "fr", "anna", NOON)
    assert [status_of(out), status_of(begun)] == [Status.PUBLISHED, Status.QUEUED]


def test_who_has_agreed_to_nothing_is_corrected_all_the_same() -> None:
    who = person(NAME)
    assert correct(who, "Anne Roy", CONTACT, "fr", "anna", NOON).returned == 0
    assert storyteller.name_of(who) == "Anne Roy"


@pytest.mark.parametrize("name", ["", " \n", "x" * 301])
def test_a_name_that_cannot_be_kept_changes_nothing(zoe: Storyteller, name: str) -> None:
    queued = good_story(of=zoe)
    with pytest.raises(Problem):
        correct(zoe, name, "514 555-0199", "fr", "anna", NOON)
    assert (storyteller.name_of(zoe), storyteller.contact_of(zoe)) == (NAME, CONTACT)
    assert status_of(queued) == Status.QUEUED


def test_the_old_address_hears_that_there_is_another_and_not_which(
    zoe: Storyteller, post_office: list[EmailMessage]
) -> None:
    correct(zoe, NAME, "thief@example.org", "fr", zoe.reference, NOON)
    [letter] = post_office
    assert letter.to == [CONTACT]
    assert zoe.reference in letter.body
    assert "thief" not in letter.body
    assert "Désormais" in letter.body


def test_no_letter_where_the_contact_is_the_same_or_was_no_address(
    zoe: Storyteller, post_office: list[EmailMessage]
) -> None:
    correct(zoe, "Zoé Bianchi", CONTACT, "fr", "anna", NOON)
    of_phone = person("Anne Roy", "514 555-0199")
    correct(of_phone, "Anne Roy", "anne@example.org", "fr", "anna", NOON)
    assert post_office == []


def test_who_changes_it_to_and_fro_sends_no_letters_without_end(
    zoe: Storyteller, post_office: list[EmailMessage]
) -> None:
    for number in range(6):
        later = NOON + timedelta(minutes=number)
        correct(zoe, NAME, f"new-{number}@example.org", "fr", "anna", later)
        correct(zoe, NAME, CONTACT, "fr", "anna", later)
    assert len([letter for letter in post_office if letter.to == [CONTACT]]) == 2
