"""Stories that nobody has agreed to: their people are written to, and they are erased in time."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.models.stories import Storyteller
from campaign.people import letters
from campaign.stories import papers, storyteller, telling, vault
from campaign.stories.agreeing import answers
from campaign.stories.erasing import keeping, unagreed
from campaign.stories.telling import Person, ToldStory
from tests.deliveries import NOON, TORONTO, consent

AFTER = timedelta(days=730)
KEPT = timedelta(days=90)
pytestmark = pytest.mark.django_db


@pytest.fixture
def post_office(settings, mailoutbox):
    settings.EMAIL_HOST = "mail.example"
    return mailoutbox


def told(folder, contact="514 555-0199", *, is_aside=False):
    story = ToldStory("A good day.", is_aside=is_aside)
    return telling.record(
        Person("Zoé Ferragamo", contact, "fr"), story, None, folder, "web form", NOON
    )


def work(folder, after):
    keeping.work_off(folder, AFTER, TORONTO, NOON + after)


def is_erased(who):
    who.refresh_from_db()
    return who.erased_at is not None


def test_what_nobody_agreed_to_is_erased_after_its_time_with_all_that_was_told(tmp_path):
    who = told(tmp_path)
    work(tmp_path, KEPT - timedelta(minutes=1))
    assert not is_erased(who)
    work(tmp_path, KEPT)
    assert is_erased(who)
    assert papers.tale_of(tmp_path, who.reference) is None
    assert storyteller.name_of(who) == ""


def test_who_gave_an_address_is_written_to_two_weeks_before_and_once(tmp_path, post_office):
    who = told(tmp_path, "zoe@example.org")
    work(tmp_path, KEPT - unagreed.NOTICE - timedelta(minutes=1))
    assert post_office == []
    for days in (76, 77, 80, 89):
        work(tmp_path, timedelta(days=days))
        assert not is_erased(who)
    [letter] = post_office
    assert letter.to == ["zoe@example.org"]
    assert "S-0001" in letter.body
    assert "14" in letter.body
    for never in ("/my-story/", "Ferragamo", "good day"):
        assert never not in letter.body
    work(tmp_path, KEPT)
    assert is_erased(who)


def test_a_program_that_was_off_writes_first_and_erases_two_weeks_later(tmp_path, post_office):
    who = told(tmp_path, "zoe@example.org")
    work(tmp_path, timedelta(days=200))
    assert len(post_office) == 1
    assert not is_erased(who)
    work(tmp_path, timedelta(days=213))
    assert not is_erased(who)
    work(tmp_path, timedelta(days=214))
    assert is_erased(who)


def test_a_letter_that_the_mail_server_refuses_is_no_notice(tmp_path, post_office, monkeypatch):
    who = told(tmp_path, "zoe@example.org")
    with monkeypatch.context() as refused:
        refused.setattr(letters, "send", lambda _: False)
        for days in (76, 90, 200):
            work(tmp_path, timedelta(days=days))
    assert not is_erased(who)
    assert who.reminded_at is None
    work(tmp_path, timedelta(days=200))
    assert len(post_office) == 1
    work(tmp_path, timedelta(days=213))
    assert not is_erased(who)
    work(tmp_path, timedelta(days=214))
    assert is_erased(who)


def test_without_mail_it_is_erased_on_the_day_that_was_told(tmp_path):
    who = told(tmp_path, "zoe@example.org")
    work(tmp_path, KEPT - timedelta(minutes=1))
    assert not is_erased(who)
    work(tmp_path, KEPT)
    assert is_erased(who)


def test_who_goes_on_answering_is_given_the_time_anew(tmp_path, post_office):
    who = told(tmp_path, "zoe@example.org")
    work(tmp_path, timedelta(days=80))
    answers.keep(who, {"identity": ["none"]}, NOON + timedelta(days=85))
    work(tmp_path, timedelta(days=100))
    assert not is_erased(who)
    assert len(post_office) == 1
    work(tmp_path, timedelta(days=165))
    assert len(post_office) == 2
    work(tmp_path, timedelta(days=180))
    assert is_erased(who)


def test_who_agreed_is_neither_written_to_nor_erased_then(tmp_path, post_office):
    who = told(tmp_path, "zoe@example.org")
    consent(who)
    work(tmp_path, timedelta(days=200))
    assert (post_office, is_erased(who)) == ([], False)


def test_what_waits_apart_is_kept_as_long_as_all_else_since_its_person_has_no_link(
    tmp_path, post_office
):
    who = told(tmp_path, "zoe@example.org", is_aside=True)
    work(tmp_path, timedelta(days=200))
    assert (post_office, is_erased(who)) == ([], False)
    work(tmp_path, AFTER)
    assert is_erased(who)


def test_somebody_elses_address_gets_one_such_letter_a_day(tmp_path, post_office):
    people = [told(tmp_path, "victim@example.org") for _ in range(3)]
    for hours in range(4):
        work(tmp_path, timedelta(days=80, hours=hours))
    assert len(post_office) == 1
    work(tmp_path, timedelta(days=91, hours=5))
    assert len(post_office) == 2
    assert [is_erased(who) for who in people].count(True) <= 1


def test_an_address_that_cannot_be_read_now_erases_nobody(tmp_path, post_office, monkeypatch):
    who = told(tmp_path, "zoe@example.org")
    Storyteller.objects.update(contact_sealed="nonsense")
    with pytest.raises(vault.Locked):
        storyteller.contact_of(Storyteller.objects.get())
    work(tmp_path, timedelta(days=400))
    assert not is_erased(who)


@given(
    st.integers(0, 400),
    st.none() | st.integers(0, 400),
    st.none() | st.integers(0, 400),
    st.booleans(),
)
def test_nobody_who_can_be_written_to_is_erased_without_two_weeks_notice(
    made, answered, reminded, has_address
):
    def day(count):
        return None if count is None else NOON + timedelta(days=count)

    who = Storyteller(made_at=day(made), answers_at=day(answered), reminded_at=day(reminded))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(unagreed, "_can_be_written_to", lambda _: has_address)
        end = unagreed.end(who)
    if end is None:
        assert has_address
        assert who.reminded_at is None or who.reminded_at < unagreed.since(who)
        return
    assert end >= unagreed.since(who) + KEPT
    if has_address:
        assert who.reminded_at
        assert end >= who.reminded_at + unagreed.NOTICE
