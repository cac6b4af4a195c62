"""What a person agreed to binds what goes out: their words, what is told of them, what it is used for; and who decides sees
it, beside the words as they were told."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from campaign.authoring import compose
from campaign.authoring.versions import latest_fields
from campaign.content.fields import ConsentFields
from campaign.decisions import approving
from campaign.delivery.candidates import peek_due
from campaign.models import Event, Post
from campaign.models.stories import FinalWord, Storyteller
from campaign.states import Status
from campaign.stories import consent, final_word, papers, telling
from campaign.stories.consent import Detail, Edits, Identity, Purpose
from campaign.stories.final_word import FinalAnswer
from campaign.web.frame import site
from tests.deliveries import NOON, TORONTO, person, status_of, terms
from tests.pages import Visitor
from tests.posts_in_web import desk, folder  # noqa: F401 - a fixture
from tests.stories_in_web import link_for, stories  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]
TOLD = "I like my garden. It has a bench. I sit there in the morning."


@pytest.fixture(autouse=True)
def empty_counters():
    cache.clear()
    yield
    cache.clear()


def teller(**agreed: object) -> Storyteller:
    """Somebody who has told TOLD, and agreed to little unless more is named."""
    who = person("Zoé Ferragamo", language="en")
    little: dict[str, object] = {
        "channels": ("x-en",),
        "languages": ("en",),
        "identity": Identity.NONE,
    }
    consent.give(who, terms(**(little | agreed)), "anna", NOON)
    papers.keep_tale(site.config().web.uploads, who.reference, papers.Tale(TOLD, "en"))
    return who


def post_of(who: Storyteller, by: User, words: str = TOLD, **more: Any) -> Post:
    """A post of their story with these words."""
    made = telling.make_post(who, "know", by, desk(), NOON)
    fields = latest_fields([made.pk])[made.pk]
    changed = replace(
        fields,
        channels=("x-en",),
        when="2027-10-20 09:00",
        texts={"en": {"short": words}, "fr": {"short": "J’aime mon jardin."}},
        **more,
    )
    made.refresh_from_db()
    compose.save(made, changed, by, made.version, desk(), NOON)
    compose.submit(made, by, desk(), NOON)
    return Post.objects.get(pk=made.pk)


def says_yes(who: Storyteller, *, saw_change: bool = False) -> None:
    for text in final_word.outgoing(who):
        final_word.answer(
            who, text.delivery, text.fingerprint, FinalAnswer.YES, NOON, saw_change=saw_change
        )


def agrees(stranger: Visitor, link: str, words: str) -> None:
    """Presses the button with these words, as the page sends it."""
    page = stranger.get(link)
    button = page.one("button[value=yes]")
    assert button.text.strip() == words
    sent = {"answer": "yes", "shown": page.all("input[name=shown]")[0]["value"]}
    if page.all("input[name=saw_change]"):
        sent["saw_change"] = "yes"
    stranger.post(f"{link}answer/", sent, expect=303)


def kept_back(post: Post, by: User) -> str:
    """What the gate says when somebody approves it; "" when it is queued."""
    _queued, why = approving.approve(post, by, NOON, TORONTO)
    return " ".join(map(str, why))


def test_words_that_stand_as_they_were_told_go_out_with_one_yes(stranger, staff, second):
    who = teller(edits=Edits.NONE)
    post = post_of(who, second.user)
    link = link_for(who)
    page = stranger.get(link)
    assert "Your words are here as you told them" in page.text
    agrees(stranger, link, "Yes, like this")
    assert FinalWord.objects.get().change == "same"
    assert kept_back(post, staff.user) == ""


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        (Edits.NONE, "I like my garden."),
        (Edits.NONE, TOLD.replace("bench", "bank")),
        (Edits.LIGHT, TOLD.replace("It has a bench", "It has no bench")),
        (Edits.LIGHT, "I love the sea. I sit there in the morning."),
    ],
)
def test_what_was_changed_further_is_shown_and_agreed_to_or_does_not_go_out(
    stranger, staff, second, edits, words
):
    who = teller(edits=edits)
    post = post_of(who, second.user, words)
    link = link_for(who)
    page = stranger.get(link)
    assert "Your words were changed further than you allow" in page.text
    assert page.all("ins") or page.all("del")
    [shown] = {field["value"] for field in page.all("input[name=shown]")}
    # A form of before, or of somebody who leaves the mark out, is no yes to what was changed.
    refused = stranger.after(f"{link}answer/", {"answer": "yes", "shown": shown})
    assert "look at what was changed" in refused.text
    assert "not said yes" in kept_back(post, staff.user)
    agrees(stranger, link, "Yes, with these changes")
    assert FinalWord.objects.get().saw_change
    assert kept_back(post, staff.user) == ""


def test_a_little_is_little_where_that_is_allowed_and_the_difference_is_shown(stranger, second):
    who = teller(edits=Edits.LIGHT)
    post_of(who, second.user, "I like my garden. I sit there in the morning.")
    link = link_for(who)
    page = stranger.get(link)
    assert "What was changed in your words" in page.text
    assert "further than you allow" not in page.text
    agrees(stranger, link, "Yes, like this")
    assert FinalWord.objects.get().change == "light"


def test_a_yes_of_before_they_allowed_less_is_asked_for_again(stranger, staff, second):
    who = teller(edits=Edits.LIGHT)
    post = post_of(who, second.user, "I like my garden.")
    says_yes(who)
    assert kept_back(post, staff.user) == ""
    who.refresh_from_db()
    consent.narrow(who, NOON, [one.pk for one in post.deliveries.all()], edits=Edits.NONE.value)
    assert "Yes, with these changes" in stranger.get(link_for(who)).text


@pytest.mark.parametrize(
    ("words", "detail"),
    [
        ("I was told stage IV.", "the stage of the illness"),
        ("My daughter reads to me.", "the family"),
        ("Chemotherapy was long.", "the treatment"),
    ],
)
def test_a_detail_that_was_not_allowed_keeps_the_text_back_wherever_it_stands(
    stranger, staff, second, words, detail
):
    who = teller(edits=Edits.FREE_WITH_APPROVAL)
    post = post_of(who, second.user, words)
    page = stranger.get(link_for(who))
    assert "This text tells more than you allow" in page.text
    assert detail in page.text
    assert not page.all("button[value=yes]")
    assert f"The text tells {detail}" in kept_back(post, staff.user)
    # Nor does somebody of the team say yes for them.
    delivery = post.deliveries.get()
    staff.after(
        f"/stories/{who.reference}/word/{delivery.pk}/",
        {"shown": delivery.fingerprint, "answer": "yes"},
    )
    assert not FinalWord.objects.exists()
    assert words not in " ".join(Event.objects.values_list("reason", flat=True))


def test_what_is_allowed_later_lets_it_go_out(stranger, staff, second):
    who = teller(edits=Edits.FREE_WITH_APPROVAL)
    post = post_of(who, second.user, "My daughter reads to me.")
    wider = terms(
        channels=("x-en",),
        languages=("en",),
        identity=Identity.NONE,
        edits=Edits.FREE_WITH_APPROVAL,
        details=(Detail.FAMILY,),
    )
    consent.give(who, wider, "anna", NOON)
    says_yes(who)
    assert kept_back(post, staff.user) == ""


@pytest.mark.parametrize(
    ("purpose", "words"),
    [("fundraising", TOLD), ("", "I like my garden. Please donate to research.")],
)
def test_a_story_is_used_for_nothing_that_was_not_agreed_to(staff, second, purpose, words):
    who = teller(edits=Edits.FREE_WITH_APPROVAL)
    about = {"consent": compose_consent(who, purpose)}
    post = post_of(who, second.user, words, **about)
    says_yes(who)
    assert "used to ask for donations" in kept_back(post, staff.user)
    assert status_of(post.deliveries.get()) is Status.DRAFT


def test_a_story_that_may_ask_for_donations_may(staff, second):
    who = teller(purposes=(Purpose.AWARENESS, Purpose.FUNDRAISING))
    post = post_of(who, second.user, TOLD, consent=compose_consent(who, "fundraising"))
    says_yes(who)
    assert kept_back(post, staff.user) == ""


def test_consent_that_changes_after_approval_stops_it_at_the_claim(staff, second):
    who = teller(edits=Edits.FREE_WITH_APPROVAL, details=(Detail.FAMILY,))
    post = post_of(who, second.user, "My daughter reads to me.")
    says_yes(who)
    assert kept_back(post, staff.user) == ""
    who.refresh_from_db()
    consent.narrow(who, NOON, [one.pk for one in post.deliveries.all()], details="")
    [(_claim, reasons)] = peek_due(NOON.replace(year=2027, month=10, day=20), TORONTO)
    assert "beyond" in [reason.ground for reason in reasons]


def test_who_approves_sees_what_was_told_beside_what_goes_out(staff, second):
    who = teller(edits=Edits.LIGHT, purposes=(Purpose.EDUCATION,), details=(Detail.AGE,))
    post = post_of(who, second.user, "I like my garden. I love the sea.")
    page = staff.get(f"/approve/{post.pk}/")
    assert "The words as they were told" in page.text
    assert "I sit there in the morning." in page.text
    assert "more than spelling and length has changed" in page.text
    for said in ("To teach, for example students and nurses", "Age", "A little"):
        assert said in page.text
    assert "Zoé" not in page.text


def test_a_person_reads_their_own_words_and_every_version_of_them(stranger, second):
    who, other = teller(), teller()
    post = post_of(who, second.user, "I like my garden.")
    post_of(other, second.user, "Somebody else's words.")
    page = stranger.get(f"{link_for(who)}words/")
    assert TOLD in page.text
    assert second.user.username in page.text
    assert "Somebody else" not in page.text
    assert page.all("del")
    # Told of another person by now: what it says of them is not theirs to read.
    passed_on = latest_fields([post.pk])[post.pk]
    post.refresh_from_db()
    assert passed_on.consent
    other_consent = replace(passed_on.consent, storyteller=other.reference)
    changed = replace(
        passed_on, consent=other_consent, texts={"en": {"short": "Of the other."}}
    )
    compose.save(post, changed, second.user, post.version, desk(), NOON)
    assert "Of the other." not in stranger.get(f"{link_for(who)}words/").text


def rewritten(post: Post, by: User, **forms: str) -> None:
    """Another version of it, with these English texts."""
    fields = latest_fields([post.pk])[post.pk]
    texts = {**fields.texts, "en": forms}
    compose.save(post, replace(fields, texts=texts), by, post.version, desk(), NOON)


def latest_version(stranger: Visitor, who: Storyteller) -> str:
    return stranger.get(f"{link_for(who)}words/").all("li.stack")[0].text


def test_words_that_move_to_another_box_are_not_shown_as_new(stranger, second):
    who = teller()
    post = post_of(who, second.user, "I love my garden.")
    rewritten(post, second.user, long="I love my garden.")
    assert "The words stayed as they were." in latest_version(stranger, who)


def test_a_text_that_had_no_words_before_is_compared_with_what_was_told(stranger, second):
    who = teller()
    post = post_of(who, second.user, "I love my garden.")
    rewritten(post, second.user, short="I love my garden.", long=f"Always. {TOLD}")
    said = latest_version(stranger, who)
    assert said.endswith(f"English [added: Always. ]{TOLD}")


def test_what_was_taken_out_of_a_text_is_shown_also_where_nothing_is_left(stranger, second):
    who = teller()
    post = post_of(who, second.user, "I love my garden.")
    rewritten(post, second.user, long="Another one.")
    assert "[taken out: I love my garden.]" in latest_version(stranger, who)


def test_the_page_of_a_story_says_that_it_waits_for_the_persons_yes(staff, second):
    who = teller()
    post = post_of(who, second.user)
    said = staff.get(f"/posts/{post.pk}/").one("#sum").text
    assert "Waits for the person’s yes" in said
    assert "All is well" not in said
    french = staff.french().get(f"/posts/{post.pk}/").one("#sum").text
    assert "Attend le oui de la personne" in french
    says_yes(who)
    assert "Waits for" not in staff.get(f"/posts/{post.pk}/").one("#sum").text


def test_a_strange_key_opens_no_words(stranger):
    teller()
    assert TOLD not in stranger.get(f"/my-story/{'x' * 43}/words/", expect=404).text


def compose_consent(who: Storyteller, purpose: str) -> ConsentFields:
    return ConsentFields(storyteller=who.reference, purpose=purpose)
