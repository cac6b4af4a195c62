"""A story whose reference was taken out: its words are still the person's, and nothing of it goes out."""

import pytest

from campaign.authoring import versions
from campaign.consent.rule import Ask, objections
from campaign.content.fields import ConsentFields, Fields
from campaign.content.source import write_source
from campaign.decisions import gate_ahead
from campaign.delivery.candidates import consents_of
from campaign.models import Delivery, Post
from campaign.models.stories import Storyteller
from campaign.states import Status
from campaign.stories.final_word import FinalAnswer
from campaign.stories.storyteller import deliveries_of
from campaign.stories.withdrawal import ALL, Via, still_standing, withdraw
from tests.deliveries import NOON, TORONTO, consent, delivery, person, says, status_of, story
from tests.stories.test_consent import claim

pytestmark = pytest.mark.django_db
WORDS = "Every good day counts."
TOLD_BEFORE = "It told a person's story before: name them, or write a new post."


def saved(post: Post, of: Storyteller | None, kind: str = "story") -> None:
    """The next version of a post, as the row has it too."""
    named = ConsentFields(storyteller=of.reference) if of else None
    fields = Fields(kind=kind, template="story", consent=named, texts={"en": {"long": WORDS}})
    versions.save_version(post, write_source(fields), None, NOON, based_on=post.version)
    reference = of.reference if of else ""
    Post.objects.filter(pk=post.pk).update(kind=kind, storyteller=reference)
    post.refresh_from_db()


@pytest.fixture
def who() -> Storyteller:
    made = person()
    consent(made)
    return made


@pytest.fixture
def queued(who: Storyteller) -> Delivery:
    """Approved, of a post that told of a person and is called a post for awareness now."""
    post = story(who)
    saved(post, who)
    made = delivery(post.name, of=post, status=Status.QUEUED, text=WORDS)
    saved(post, None, "awareness")
    return made


def test_what_was_a_story_and_names_nobody_does_not_go_out(queued):
    assert claim("x-en") == []
    assert status_of(queued) == Status.WITHDRAWN
    queued.refresh_from_db()
    assert "told a person" in queued.reason


def test_nor_is_it_approved(queued):
    reasons = gate_ahead.against_approving(queued, queued.post, NOON, TORONTO)
    assert [reason.sentence for reason in reasons] == [TOLD_BEFORE]
    assert gate_ahead.against_person(queued, NOON, NOON) == [TOLD_BEFORE]


def test_it_goes_out_once_it_names_its_person_again_and_they_say_yes(who, queued):
    saved(queued.post, who, "awareness")
    says(queued)
    assert [sent.delivery for sent in claim("x-en")] == [queued.pk]


def test_a_story_that_never_named_anybody_is_told_to_name_them():
    post = story(who := person(), storyteller="")
    made = delivery(post.name, of=post)
    [sentence] = objections(consents_of([made.pk])[made.pk], Ask("x-en", "en", NOON.date()))
    assert who.reference not in sentence
    assert "No storyteller is named" in sentence


def test_what_never_was_a_story_goes_out_as_before():
    made = delivery("own", status=Status.QUEUED)
    saved(made.post, None, "awareness")
    assert [sent.delivery for sent in claim("x-en")] == [made.pk]


def test_who_takes_back_takes_back_what_does_not_name_them_any_more(who, queued):
    out = delivery("story-1", "x-fr", of=queued.post, status=Status.PUBLISHED, remote_id="1")
    withdrawal = withdraw(who, ALL, Via.LINK, "", NOON)
    assert status_of(queued) == Status.WITHDRAWN
    assert [standing.delivery_id for standing in still_standing(withdrawal)] == [out.pk]


def test_what_somebody_else_said_yes_to_is_not_taken_down_with_it(who):
    other = person("Bea B", "bea@example.org")
    consent(other)
    post = story(who)
    saved(post, who)
    saved(post, other)
    of_other = delivery(post.name, of=post, status=Status.DRAFT, text="Hers.")
    says(of_other, FinalAnswer.YES)
    Delivery.objects.filter(pk=of_other.pk).update(status=Status.PUBLISHED, remote_id="1")
    saved(post, None, "awareness")
    withdraw(who, ALL, Via.LINK, "", NOON)
    assert list(deliveries_of(who)) == []
    withdrawal = withdraw(other, ALL, Via.LINK, "", NOON)
    assert [standing.delivery_id for standing in still_standing(withdrawal)] == [of_other.pk]


def _becomes_the_others(who: Storyteller, *, with_words: str) -> tuple[Storyteller, Delivery]:
    """A text to which one person said yes goes out for another one, who says yes too."""
    other = person("Bea B", "bea@example.org")
    consent(other)
    made = delivery("story-1", of=story(who), status=Status.DRAFT, text=WORDS)
    says(made)
    Post.objects.update(storyteller=other.reference)
    if with_words != WORDS:
        Delivery.objects.update(text=with_words, fingerprint="f" * 64)
    made.refresh_from_db()
    says(made)
    Delivery.objects.update(status=Status.PUBLISHED, remote_id="1")
    return other, made


def test_the_story_of_another_stays_when_who_was_asked_before_takes_back(who):
    _, made = _becomes_the_others(who, with_words="Of Bea.")
    assert still_standing(withdraw(who, ALL, Via.LINK, "", NOON)) == []
    assert status_of(made) == Status.PUBLISHED


def test_the_very_words_that_both_said_yes_to_go_with_either(who):
    other, made = _becomes_the_others(who, with_words=WORDS)
    for person_of_both in (who, other):
        withdrawal = withdraw(person_of_both, ALL, Via.LINK, "", NOON)
        assert [standing.delivery_id for standing in still_standing(withdrawal)] == [made.pk]
