"""What of people's stories waits for somebody: Today names it, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest

from campaign.models import Delivery
from campaign.models.stories import Takedown
from campaign.states import Status
from campaign.stories import holding, storyteller
from campaign.stories.agreeing.trusted import Trusted
from campaign.stories.consent import After
from campaign.stories.final_word import FinalAnswer
from campaign.stories.rights.waiting import NEWS, SHORT, waiting
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import ALL, Via, of_channel, withdraw
from tests.deliveries import NOON, consent, delivery, good_story, person, says, story
from tests.pages import Visitor

pytestmark = pytest.mark.django_db
NOTHING = "Nothing waits for you. Have a good day."


def waits_on(name: str = "story-1") -> Delivery:
    return delivery(name, of=story(None, name), status=Status.DRAFT)


def test_where_nothing_waits_nothing_is_told() -> None:
    good_story()
    waits = waiting(NOON)
    assert not waits.is_any
    assert not waits.taken_back


def test_a_new_story_waits_until_there_is_a_post_of_it(staff: Visitor) -> None:
    delivery(status=Status.PUBLISHED)
    who = person()
    assert waiting(NOON).new == (who.reference,)
    page = staff.get("/")
    assert page.all(f"a[href=/stories/{who.reference}/]")
    assert NOTHING not in page.text
    story(who)
    assert waiting(NOON).new == ()
    assert "People’s stories" not in staff.get("/").text


def test_a_story_that_comes_before_there_is_any_post_is_seen(staff: Visitor) -> None:
    who = person()
    page = staff.get("/")
    assert "There is no post yet" in page.text
    assert page.all(f"a[href=/stories/{who.reference}/]")


def test_what_is_apart_taken_back_or_erased_is_no_new_story() -> None:
    apart, back = person(), person()
    storyteller.came_in(apart, "a form", is_aside=True)
    consent(back)
    withdraw(back, ALL, Via.LINK, "", NOON)
    waits = waiting(NOON)
    assert (waits.new, waits.aside) == ((), 1)


@pytest.mark.parametrize("said", [FinalAnswer.NO, FinalAnswer.REMARK])
def test_a_no_and_a_remark_wait_until_the_text_is_another_or_they_say_yes(
    said: FinalAnswer, staff: Visitor
) -> None:
    draft = waits_on()
    says(draft, said, "Otherwise.")
    assert waiting(NOON).answered == (draft.post.storyteller,)
    page = staff.get("/")
    assert "They want a text to be different" in page.text
    assert "Otherwise." not in page.html
    Delivery.objects.filter(pk=draft.pk).update(fingerprint="b" * 64)
    assert waiting(NOON).answered == ()
    Delivery.objects.filter(pk=draft.pk).update(fingerprint=draft.fingerprint)
    says(draft)
    assert waiting(NOON).answered == ()


def test_a_yes_is_told_until_the_text_is_approved(staff: Visitor) -> None:
    draft = waits_on()
    says(draft)
    assert waiting(NOON).agreed == (draft.post.storyteller,)
    page = staff.get("/")
    assert "They said yes: the text waits for approval" in page.text
    assert page.text.index("People’s stories") < page.text.index("Needs attention")
    Delivery.objects.filter(pk=draft.pk).update(status=Status.QUEUED)
    assert waiting(NOON).agreed == ()


def test_what_is_out_waits_for_no_other_text() -> None:
    draft = waits_on()
    says(draft, FinalAnswer.NO)
    Delivery.objects.filter(pk=draft.pk).update(status=Status.PUBLISHED)
    assert waiting(NOON).answered == ()


def test_what_was_taken_back_is_told_for_a_week(staff: Visitor) -> None:
    draft = waits_on()
    who = storyteller.find(draft.post.storyteller)
    withdraw(who, of_channel("x-en"), Via.LINK, "", NOON)
    withdraw(who, ALL, Via.LINK, "", NOON)
    assert waiting(NOON).taken_back == (who.reference,)
    assert "Taken back these last few days" in staff.get("/").text
    assert waiting(NOON + NEWS + timedelta(seconds=1)).taken_back == ()


@pytest.mark.parametrize("wish", [After.ASK, After.KEEP])
@pytest.mark.parametrize("reason", [HoldReason.ILL, HoldReason.DIED])
def test_who_has_died_or_is_ill_waits_with_what_they_wished_for(
    wish: After, reason: HoldReason, staff: Visitor
) -> None:
    who = person()
    consent(who, if_ill=wish, if_died=wish, trusted=Trusted("Paul", "514 555-0100"))
    holding.hold(who, reason, "maria", NOON)
    [wished] = waiting(NOON).wished
    assert (wished.reference, wished.wish, wished.since) == (who.reference, wish, NOON)
    assert wished.has_died == (reason is HoldReason.DIED)
    delivery()
    told = {After.ASK: "ask their person of trust", After.KEEP: "it to go on"}[wish]
    assert told in staff.get("/").text
    holding.release(who, "maria", NOON)
    assert waiting(NOON).wished == ()


def test_who_asked_for_time_waits_for_nobody() -> None:
    who = person()
    consent(who)
    holding.hold(who, HoldReason.TIME, who.reference, NOON)
    assert waiting(NOON).wished == ()


def test_copies_that_a_person_deletes_are_counted(staff: Visitor) -> None:
    sent = good_story()
    Delivery.objects.filter(pk=sent.pk).update(status=Status.PUBLISHED, remote_id="7")
    withdraw(storyteller.find(sent.post.storyteller), ALL, Via.LINK, "", NOON)
    Takedown.objects.update(by_hand=True)
    assert waiting(NOON).by_hand == 1
    assert "1 copy has to be deleted by hand" in staff.get("/").text
    assert "1 copie doit être supprimée" in staff.french().get("/").text


def test_however_many_there_are_the_lists_are_short(tmp_path: Path) -> None:
    first, *_ = [person(f"Zoé {number}") for number in range(SHORT + 4)]
    new = waiting(NOON).new
    assert len(new) == SHORT
    assert new[0] == first.reference
