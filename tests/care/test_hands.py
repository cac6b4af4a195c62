"""Words of distress raise a hand, wherever somebody says them; it is up until a person was in touch, and tells no word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st

from campaign.authoring.contributing import contributions
from campaign.care import duty, hands
from campaign.commands.frame import chores
from campaign.content.post import Kind
from campaign.core.problem import Problem
from campaign.models import Event, Post
from campaign.models.care import Hand
from campaign.models.stories import Storyteller
from campaign.people import letters, limits
from campaign.people.roles import Role, add_user
from campaign.states import Status
from campaign.stories import telling
from campaign.stories.erasing import erasure
from campaign.stories.final_word import FinalAnswer, TextChanged, answer
from campaign.stories.telling import Person, ToldStory
from campaign.stories.withdrawal import Via
from tests.deliveries import NOON, consent, delivery, person, says, story, terms

pytestmark = pytest.mark.django_db
DARK = "Some nights I want it all to end."
SOMBRE = "Je ne veux plus vivre."
LIGHT = "I like my garden."
HOUR = timedelta(hours=1)


@pytest.fixture
def post_office(
    settings: Any, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> list[EmailMessage]:
    """Letters go out at once."""
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(letters, "later", lambda work: work())
    return mailoutbox


@pytest.fixture
def ada() -> User:
    return member("ada", Role.ADMIN)


def member(name: str, role: Role, email: str | None = None) -> User:
    user, _ = add_user(name, role)
    user.email = f"{name}@example.org" if email is None else email
    user.save()
    return user


def tells(folder: Path, words: str = DARK, language: str = "en") -> Storyteller:
    told = ToldStory(words, language)
    zoe = Person("Zoé Ferragamo", "514 555-0199", "fr")
    return telling.record(zoe, told, terms(), folder, "web form", NOON)


def waits(who: Storyteller) -> Any:
    return delivery("story-1", of=story(who), status=Status.DRAFT)


def contributed(words: str = DARK, note: str = "") -> Post:
    vera = member("vera", Role.VOLUNTEER)
    post = contributions.contribute(Kind.AWARENESS, words, "en", "mbc", vera, NOON)
    contributions.hand_in(post, vera, NOON, note=note)
    return post


def sources() -> list[str]:
    return list(Hand.objects.order_by("pk").values_list("source", flat=True))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("words", [DARK, SOMBRE])
def test_a_story_that_tells_of_distress_raises_a_hand_in_whatever_language(
    tmp_path: Path, words: str, language: str
) -> None:
    who = tells(tmp_path, words, language)
    [hand] = hands.raised()
    assert (hand.storyteller, hand.source, hand.raised_at) == (who, "story", NOON)
    assert hands.up(who)


def test_a_story_that_does_not_raises_none(tmp_path: Path) -> None:
    assert not hands.up(tells(tmp_path, LIGHT))
    assert not hands.raised()


@pytest.mark.parametrize("said", [FinalAnswer.REMARK])
def test_a_remark_on_a_text_raises_one(said: FinalAnswer) -> None:
    who = person()
    consent(who)
    says(waits(who), said, SOMBRE)
    assert sources() == ["remark"]


def test_a_remark_that_cannot_be_taken_is_heard_all_the_same() -> None:
    who = person()
    consent(who)
    draft = waits(who)
    with pytest.raises(TextChanged):
        answer(who, draft.pk, "0" * 64, FinalAnswer.REMARK, NOON, remark=SOMBRE)
    assert sources() == ["remark"]
    assert not draft.final_words.exists()


@pytest.mark.parametrize(("words", "note"), [(DARK, ""), (LIGHT, DARK)])
def test_a_contribution_raises_one_for_its_words_and_for_its_note(
    words: str, note: str
) -> None:
    post = contributed(words, note)
    [hand] = hands.raised()
    assert (hand.post, hand.storyteller, hand.source) == (post, None, "contribution")


def test_words_that_a_volunteer_has_not_handed_in_are_theirs_alone() -> None:
    vera = member("vera", Role.VOLUNTEER)
    post = contributions.contribute(Kind.AWARENESS, LIGHT, "en", "mbc", vera, NOON)
    contributions.change(post, DARK, vera, NOON, based_on=1)
    assert not hands.raised()
    contributions.hand_in(post, vera, NOON)
    assert sources() == ["contribution"]


def test_a_change_of_what_the_team_has_raises_one() -> None:
    post = contributed(LIGHT)
    author = post.author
    assert author
    contributions.change(post, DARK, author, NOON, based_on=1)
    assert sources() == ["contribution"]


def test_neither_the_hand_nor_the_log_keeps_a_word(tmp_path: Path) -> None:
    who = tells(tmp_path)
    contributed(SOMBRE)
    kept = [*Hand.objects.values_list(), *Event.objects.values_list("actor", "reason")]
    assert not [row for row in kept if "end" in str(row) or "vivre" in str(row)]
    raised = Event.objects.filter(action="hand raised").order_by("pk")
    assert [event.reason for event in raised] == [who.reference, ""]


def test_telling_never_fails_because_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(DARK)

    monkeypatch.setattr(hands, "_note", broken)
    who = tells(tmp_path)
    assert Storyteller.objects.filter(pk=who.pk).exists()
    assert "ValueError" in caplog.text
    assert DARK not in caplog.text


def test_words_that_cannot_be_looked_through_are_looked_at_by_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: str) -> None:
        raise RecursionError

    monkeypatch.setattr(hands, "distress", broken)
    assert hands.up(tells(tmp_path, LIGHT))


@given(words=st.text(max_size=60))
def test_whatever_is_written_around_them_they_are_heard(words: str) -> None:
    assert hands._sounds_of_distress(f"{words}\n\n{DARK}\n\n{words}")


def test_while_a_hand_is_up_more_words_raise_no_other(tmp_path: Path) -> None:
    who = tells(tmp_path)
    says(waits(who), FinalAnswer.REMARK, SOMBRE)
    assert sources() == ["story"]


def test_it_goes_down_when_somebody_was_in_touch_and_the_log_says_who(
    tmp_path: Path, ada: User
) -> None:
    who = tells(tmp_path)
    [hand] = hands.raised()
    hands.in_touch(hand.pk, ada, NOON + HOUR)
    assert not hands.up(who)
    event = Event.objects.get(action="been in touch")
    assert (event.actor, event.reason, event.at) == ("ada", who.reference, NOON + HOUR)
    with pytest.raises(Problem, match="ada has noted it"):
        hands.in_touch(hand.pk, member("bob", Role.STAFF), NOON + HOUR)
    says(waits(who), FinalAnswer.REMARK, SOMBRE)
    assert hands.up(who)


def test_a_volunteer_cannot_take_a_hand_down(tmp_path: Path) -> None:
    who = tells(tmp_path)
    [hand] = hands.raised()
    with pytest.raises(Problem, match="may not"):
        hands.in_touch(hand.pk, member("vera", Role.VOLUNTEER), NOON)
    assert hands.up(who)


def test_the_admins_are_written_to_at_once_and_nothing_is_said_of_it(
    tmp_path: Path,
    ada: User,
    post_office: list[EmailMessage],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    member("bob", Role.STAFF)
    member("eve", Role.ADMIN, email="")
    with django_capture_on_commit_callbacks(execute=True):
        who = tells(tmp_path)
    [letter] = post_office
    assert letter.to == ["ada@example.org"]
    assert who.reference in letter.body
    assert "http://127.0.0.1:8000/" in letter.body
    for private in (DARK, "Ferragamo", "514"):
        assert private not in f"{letter.subject} {letter.body}"
    assert duty.tell(NOON + HOUR) == 0


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_cannot_go_out_keeps_nobody_from_telling(
    tmp_path: Path, post_office: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def broken(*_: object) -> None:
        asked.append(1)
        raise ValueError

    monkeypatch.setattr(duty, "people", broken)
    assert hands.up(tells(tmp_path))
    assert asked


@pytest.fixture
def on_duty(settings: Any) -> Callable[..., None]:
    def named(*names: str) -> None:
        read = settings.CONFIG
        settings.CONFIG = replace(read, stories=replace(read.stories, on_duty=names))

    return named


def test_those_on_duty_are_whom_the_settings_name(
    ada: User, on_duty: Callable[..., None]
) -> None:
    bob = member("bob", Role.STAFF)
    member("vera", Role.VOLUNTEER)
    on_duty("bob", "vera")
    assert duty.people() == [bob]


@pytest.mark.parametrize("name", ["nobody", "vera", "eve"])
def test_a_name_that_nobody_can_be_reached_under_makes_nothing_silent(
    ada: User, on_duty: Callable[..., None], name: str
) -> None:
    member("vera", Role.VOLUNTEER)
    member("eve", Role.STAFF, email="")
    on_duty(name)
    assert duty.people() == [ada]


def test_while_nobody_can_be_written_to_nothing_is_marked_as_told(
    tmp_path: Path, settings: Any, post_office: list[EmailMessage]
) -> None:
    tells(tmp_path)
    assert duty.tell(NOON) == 0  # nobody is on duty yet
    member("ada", Role.ADMIN)
    settings.EMAIL_HOST = ""
    assert duty.tell(NOON + HOUR) == 0
    assert Hand.objects.get().told_at is None
    settings.EMAIL_HOST = "mail.example"
    assert duty.tell(NOON + 5 * HOUR) == 1
    assert Hand.objects.get().told_at == NOON + 5 * HOUR
    [letter] = post_office
    assert not str(letter.subject).startswith("Still waiting")


def test_a_letter_too_many_in_an_hour_leaves_the_hand_to_be_told_later(
    tmp_path: Path, ada: User, post_office: list[EmailMessage]
) -> None:
    tells(tmp_path)
    for _ in range(limits.HAND_LETTER.most):
        assert limits.count(limits.HAND_LETTER, limits.recipient(ada.email), NOON)
    assert duty.tell(NOON) == 0
    assert Hand.objects.get().told_at is None
    assert duty.tell(NOON + 2 * HOUR) == 1
    assert len(post_office) == 1


def test_what_the_mail_server_refuses_is_tried_again_as_often_as_it_takes(
    tmp_path: Path,
    ada: User,
    post_office: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tells(tmp_path)
    sent = letters.send
    monkeypatch.setattr(letters, "send", lambda _: False)
    for minute in range(2 * limits.HAND_LETTER.most):
        assert duty.tell(NOON + timedelta(minutes=minute / 2)) == 1
        assert Hand.objects.get().told_at is None
    monkeypatch.setattr(letters, "send", sent)
    duty.tell(NOON + timedelta(minutes=30))
    assert Hand.objects.get().told_at == NOON + timedelta(minutes=30)
    monkeypatch.setattr(letters, "send", lambda _: False)
    duty.tell(NOON + 3 * HOUR)
    hand = Hand.objects.get()
    assert (hand.told_at, hand.is_reminded) == (NOON + timedelta(minutes=30), False)
    monkeypatch.setattr(letters, "send", sent)
    duty.tell(NOON + 3 * HOUR)
    first, second = (str(letter.subject) for letter in post_office)
    assert second.startswith("Still waiting")
    assert not first.startswith("Still waiting")


def test_of_two_on_duty_one_letter_that_goes_out_is_enough(
    tmp_path: Path,
    ada: User,
    post_office: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    member("bob", Role.ADMIN)
    monkeypatch.setattr(letters, "send", lambda letter: letter.to == ["bob@example.org"])
    tells(tmp_path)
    duty.tell(NOON)
    assert Hand.objects.get().told_at == NOON


def test_after_two_hours_they_are_written_to_once_more_and_then_no_more(
    tmp_path: Path, ada: User, post_office: list[EmailMessage]
) -> None:
    tells(tmp_path)
    for hours in (0, 1, 2, 3, 5, 24):
        chores.tidy(NOON + hours * HOUR)
    subjects = [str(letter.subject) for letter in post_office]
    assert len(subjects) == 2
    assert subjects[1].startswith("Still waiting")


def test_a_hand_that_is_down_is_told_no_more(
    tmp_path: Path, ada: User, post_office: list[EmailMessage]
) -> None:
    tells(tmp_path)
    duty.tell(NOON)
    hands.in_touch(hands.raised()[0].pk, ada, NOON + HOUR)
    assert duty.tell(NOON + 3 * HOUR) == 0
    assert len(post_office) == 1


def test_who_says_more_after_a_while_is_told_of_again(
    tmp_path: Path, ada: User, post_office: list[EmailMessage]
) -> None:
    who = tells(tmp_path)
    duty.tell(NOON)
    hands.heed(who, SOMBRE, hands.Source.REMARK, NOON + timedelta(minutes=5))
    assert duty.tell(NOON + timedelta(minutes=6)) == 0
    hands.heed(who, SOMBRE, hands.Source.REMARK, NOON + timedelta(minutes=30))
    assert duty.tell(NOON + timedelta(minutes=30)) == 1
    assert len(post_office) == 2


def test_the_letter_is_in_the_language_of_who_is_on_duty(
    tmp_path: Path, ada: User, post_office: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "language_of", lambda _: "fr")
    tells(tmp_path)
    duty.tell(NOON)
    assert "Quelqu’un a peut-être besoin de nous" in str(post_office[0].subject)


def test_for_who_is_erased_no_hand_is_raised_any_more(tmp_path: Path) -> None:
    who = tells(tmp_path)
    erasure.erase(who, Via.STAFF, tmp_path, "ada", NOON)
    hands.heed(who, SOMBRE, hands.Source.REMARK, NOON)
    assert not Hand.objects.exists()


def test_of_who_is_erased_no_hand_is_left(tmp_path: Path) -> None:
    who = tells(tmp_path)
    erasure.erase(who, Via.STAFF, tmp_path, "ada", NOON)
    assert not Hand.objects.exists()


def _raised_for(of: Post, now: Any = NOON) -> None:
    hands.heed(of, DARK, hands.Source.CONTRIBUTION, now)
    assert hands.up(of)


def test_a_hand_for_a_contribution_goes_with_the_person_whose_story_it_was(
    tmp_path: Path,
) -> None:
    who, other = person("Zoé A"), person("Bea B")
    mine, of_other = story(who, "story-1"), story(other, "story-2")
    _raised_for(mine)
    _raised_for(of_other)
    erasure.erase(who, Via.LINK, tmp_path, "", NOON)
    assert not hands.up(mine)
    assert hands.up(of_other)


def test_of_a_post_that_was_passed_on_the_hand_of_that_time_goes(tmp_path: Path) -> None:
    who, other = person("Zoé A"), person("Bea B")
    consent(who)
    of = story(who)
    one = delivery(of.name, of=of, status=Status.DRAFT)
    says(one)
    Post.objects.filter(pk=of.pk).update(storyteller=other.reference)
    _raised_for(of, NOON - HOUR)
    hands.in_touch(Hand.objects.get().pk, add_user("olga", Role.ADMIN)[0], NOON - HOUR)
    _raised_for(of, NOON + HOUR)
    erasure.erase(who, Via.LINK, tmp_path, "", NOON + 2 * HOUR)
    assert [left.raised_at for left in Hand.objects.all()] == [NOON + HOUR]


def test_no_hand_is_raised_for_what_is_erased(tmp_path: Path) -> None:
    who = person()
    consent(who)
    of = story(who)
    one = delivery(of.name, of=of, status=Status.DRAFT)
    erasure.erase(who, Via.LINK, tmp_path, "", NOON)
    with pytest.raises(Problem):
        answer(who, one.pk, one.fingerprint, FinalAnswer.REMARK, NOON, remark=DARK)
    hands.heed(of, DARK, hands.Source.CONTRIBUTION, NOON)
    assert not Hand.objects.exists()
