"""The pages on which people contribute, and see what became of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.authoring.contributing import contributed, contributions
from campaign.authoring.contributing.contributions import Whose
from campaign.authoring.versions import latest_version, save_version
from campaign.content.post import Kind
from campaign.content.source import write_source
from campaign.decisions import approving
from campaign.models import Event, Post
from campaign.models.closing import Closing
from campaign.people.roles import Role
from campaign.states import Stage, Status
from tests.authoring.test_contributions import LONG, WORDS, fields
from tests.deliveries import NOON, delivery, status_of
from tests.folders import make_folder
from tests.pages import visitor

pytestmark = pytest.mark.django_db
FORM = {"kind": "awareness", "language": "en", "words": WORDS, "then": "hand_in"}
STORY = {**FORM, "kind": "story", "whose": "own", "agreed": "yes"}
HOSTILE = "<script>alert('x')</script>"


def sent(visitor, **more):
    """A contribution through the form; the post that it became."""
    went = visitor.post("/contributions/new/", {**FORM, **more}, expect=303).went_to
    return Post.objects.get(pk=int(went.strip("/").split("/")[-1]))


def again(post):
    return Post.objects.get(pk=post.pk)


def planned(post, **values):
    Post.objects.filter(pk=post.pk).update(stage=Stage.PLANNED)
    return delivery(of=post, **values)


def test_the_list_begins_with_an_invitation(volunteer):
    page = volunteer.get("/contributions/")
    assert "Your words can help someone feel less alone" in page.text
    assert any(link["href"] == "/contributions/new/" for link in page.all("a"))


def test_a_message_is_handed_in_and_thanked_for(volunteer):
    page = volunteer.after("/contributions/new/", {**FORM, "note": "For October?"})
    post = Post.objects.get()
    assert (post.stage, post.author, post.kind) == (
        Stage.SUBMITTED,
        volunteer.user,
        "awareness",
    )
    assert "Thank you. The team has it now" in page.text
    assert "The team has it since today" in page.text
    assert "For October?" in page.text
    assert WORDS in volunteer.get("/contributions/").text


def test_words_are_kept_for_later_and_handed_in_then(volunteer):
    page = volunteer.after("/contributions/new/", {**FORM, "then": "keep"})
    post = Post.objects.get()
    assert post.stage == Stage.WRITING
    assert "You are still writing it" in page.text
    volunteer.post(f"/contributions/{post.pk}/hand-in/", expect=303)
    assert again(post).stage == Stage.SUBMITTED


def test_the_form_asks_no_name_and_says_what_sharing_means(volunteer):
    page = volunteer.get("/contributions/new/")
    for said in (
        "copies that others have made may remain",
        "nobody asks why",
        "care depends on it",
        "no full name",
    ):
        assert said in page.text
    names = {
        field.get("name") for tag in ("input", "textarea", "select") for field in page.all(tag)
    }
    assert names - {"", "next", "csrfmiddlewaretoken", "form", "q"} == {
        "kind",
        "language",
        "words",
        "whose",
        "agreed",
        "note",
        "picture",
        "alt",
        "shows",
        "all_agree",
    }


def test_a_story_is_handed_in_with_what_was_said_of_its_person(volunteer):
    post = sent(volunteer, **STORY)
    assert post.stage == Stage.SUBMITTED
    assert (
        Event.objects.get(post=post, action="agreed").reason == contributions.AGREED[Whose.OWN]
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"whose": "", "agreed": "yes"}, "Choose whose story it is"),
        ({"whose": "other", "agreed": "no"}, "wait until the person has said yes"),
        ({"whose": "other", "agreed": ""}, "Choose whether the person has said yes"),
    ],
)
def test_a_story_without_its_persons_yes_is_not_handed_in_and_its_words_are_kept(
    volunteer, more, said
):
    page = volunteer.post("/contributions/new/", {**STORY, **more}, expect=422)
    assert said in page.text
    assert WORDS in page.one("textarea#words").text
    assert not Post.objects.exists()
    post = sent(volunteer, **{**STORY, **more, "then": "keep"})
    assert post.stage == Stage.WRITING


@pytest.mark.parametrize(
    ("words", "said"), [("  ", "Write your words first"), ("a" * 5_001, "too long")]
)
def test_words_that_cannot_be_kept_are_told_beside_their_field(volunteer, words, said):
    page = volunteer.post("/contributions/new/", {**FORM, "words": words}, expect=422)
    assert said in page.one("p#words-error").text
    assert page.one("textarea#words")["aria-invalid"] == "true"


@pytest.mark.parametrize(
    ("more", "where", "said"),
    [
        ({"words": "\0 \0"}, "words", "Écrivez d’abord votre texte"),
        ({"words": "a" * 20_001}, "words", "20001 caractères sur 5000"),
        ({"note": " " * 1_001}, "note", "Votre note est un peu trop longue"),
        ({"agreed": "later"}, "agreed", "Attendez que la personne ait dit oui"),
        ({"whose": "own!"}, "whose", "Choisissez"),
    ],
)
def test_what_is_missing_is_said_in_french_and_what_was_typed_stays(
    volunteer, more, where, said
):
    volunteer.french()
    page = volunteer.post(
        "/contributions/new/", {**STORY, "note": "Bonjour.", **more}, expect=422
    )
    assert said in " ".join(page.one(f"p#{where}-error").text.split())
    assert [one["id"] for one in page.all("p.error")] == [f"{where}-error"]
    assert page.one("textarea#note").text == more.get("note", "Bonjour.")


def test_signs_that_nobody_sees_are_left_out_and_not_refused(volunteer):
    post = sent(volunteer, words="\0 One\0 word.\r\n ", note="\0Hello.")
    assert contributed.look_at([post])[0].words == "One word."
    assert Event.objects.get(post=post, action="handed in").reason == "Hello."


@pytest.mark.parametrize("number", ["", "x", "\0", "-1", "9" * 5_000])
def test_without_a_number_that_is_one_nothing_of_the_team_is_overwritten(volunteer, number):
    post = sent(volunteer)
    form = {"words": "Other.", "based_on": number, "then": "keep"}
    page = volunteer.post(f"/contributions/{post.pk}/change/", form, expect=422)
    assert page.one("input[name=based_on]")["value"] == "1"
    assert again(post).version == 1


def test_a_form_without_fields_is_an_empty_one(volunteer):
    page = volunteer.post("/contributions/new/", {}, expect=422)
    assert (page.one("textarea#words").text, page.one("textarea#note").text) == ("", "")


@pytest.mark.parametrize("more", [{"kind": "action"}, {"kind": ""}, {"language": "de"}])
def test_what_the_form_does_not_offer_is_refused_in_a_sentence(volunteer, more):
    assert (
        "Choose what it is"
        in volunteer.post("/contributions/new/", {**FORM, **more}, expect=422).text
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "room for 280 characters"),
        ("Hello.", "6 of 280 characters"),
        (LONG, "That is fine"),
    ],
)
def test_the_length_is_told_kindly_while_one_writes(volunteer, words, said):
    page = volunteer.post("/contributions/length/", {"words": words})
    assert said in page.text
    assert page.one("p#length").get("class") == "hint"


def test_a_returned_contribution_shows_why_and_is_handed_in_again(volunteer, staff):
    post = sent(volunteer)
    approving.hand_back(post, staff.user, "Lovely.\nA little shorter?", NOON)
    for address in (
        "/contributions/",
        f"/contributions/{post.pk}/",
        f"/contributions/{post.pk}/change/",
    ):
        assert "A little shorter?" in volunteer.get(address).text
    assert "Returned by maria" in volunteer.get("/contributions/").text
    form = {"words": "Shorter.", "based_on": 1, "then": "hand_in"}
    assert "Shorter." in volunteer.after(f"/contributions/{post.pk}/change/", form).text
    assert (again(post).stage, again(post).version) == (Stage.SUBMITTED, 2)


def test_what_is_with_the_team_can_be_changed(volunteer):
    post = sent(volunteer)
    form = volunteer.get(f"/contributions/{post.pk}/change/")
    assert [button.text.strip() for button in form.all("button[name=then]")] == [
        "Save the change"
    ]
    page = volunteer.after(
        f"/contributions/{post.pk}/change/",
        {"words": "Other.", "based_on": 1, "then": "hand_in"},
    )
    assert "Your words are saved" in page.text
    assert again(post).stage == Stage.SUBMITTED


def test_what_the_team_changed_meanwhile_is_shown_and_nothing_is_lost(volunteer, staff):
    post = sent(volunteer)
    source = write_source(fields(post).with_text("en", "short", "The team’s words."))
    save_version(post, source, staff.user, NOON, based_on=1)
    form = {"words": "My other words.", "based_on": 1, "then": "keep"}
    page = volunteer.post(f"/contributions/{post.pk}/change/", form, expect=422)
    assert "The team has changed it meanwhile" in page.text
    assert "The team’s words." in page.text
    assert "My other words." in page.one("textarea#words").text
    assert page.one("input[name=based_on]")["value"] == "2"
    volunteer.post(f"/contributions/{post.pk}/change/", {**form, "based_on": 2}, expect=303)
    assert contributed.look_at([again(post)])[0].words == "My other words."


def test_one_sees_what_the_team_changed_and_translated(volunteer, staff):
    post = sent(volunteer)
    text = fields(post).with_text("en", "short", WORDS.replace("neighbour", "friend"))
    source = write_source(text.with_text("fr", "short", "Mon amie."))
    save_version(post, source, staff.user, NOON, based_on=1)
    page = volunteer.get(f"/contributions/{post.pk}/")
    assert "neighbour" in page.one("del").text
    assert "friend" in page.one("ins").text
    assert "Mon amie." in page.text


def test_it_is_taken_back_with_one_question_and_the_undo_stands_there(volunteer):
    post = sent(volunteer)
    assert "Shall nothing of it go out?" in volunteer.get(f"/contributions/{post.pk}/").text
    page = volunteer.after(f"/contributions/{post.pk}/take-back/")
    assert again(post).stage == Stage.TAKEN_BACK
    assert "You took it back. Nothing of it goes out." in page.text
    assert "Undo" in page.text
    page = volunteer.after(f"/contributions/{post.pk}/bring-back/")
    assert "It is back where it was" in page.text
    assert again(post).stage == Stage.SUBMITTED


def test_a_message_that_is_approved_is_the_teams_to_take_out(volunteer):
    post = sent(volunteer)
    one = planned(post)
    page = volunteer.get(f"/contributions/{post.pk}/")
    assert "Tell the team, and they take it out" in page.text
    assert not [form for form in page.all("form") if "take-back" in form.get("action")]
    page = volunteer.after(f"/contributions/{post.pk}/take-back/")
    assert "ask the team to take it out" in page.text
    assert status_of(one) == Status.QUEUED


def test_a_story_that_is_out_is_taken_back_and_the_team_is_told(volunteer, staff):
    post = sent(volunteer, **STORY)
    planned(post, status=Status.PUBLISHED, published_at=NOON)
    assert (
        "Copies that others have made may remain"
        in volunteer.get(f"/contributions/{post.pk}/").text
    )
    assert "the team is told" in volunteer.after(f"/contributions/{post.pk}/take-back/").text
    assert "Taken back by who wrote it, and still out" in staff.get("/approve/").text


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.DRAFT, "somebody reads it once more"),
        (Status.QUEUED, "Planned for Wednesday, October 13, 2027 on X."),
        (Status.PUBLISHED, "Published on X. Thank you!"),
        (Status.REMOVED, "It was taken down again."),
        (Status.CANCELLED, "It will not go out."),
        (Status.WITHDRAWN, "It will not go out."),
        (Status.FAILED, "the team is looking after it"),
        (Status.MISSED, "the team is looking after it"),
    ],
)
def test_how_a_planned_one_stands_is_said_in_words(volunteer, status, said):
    post = sent(volunteer)
    planned(post, status=status, published_at=NOON if status == Status.PUBLISHED else None)
    assert said in volunteer.get("/contributions/").text
    assert said in volunteer.get(f"/contributions/{post.pk}/").text


def test_published_and_more_to_come_is_said_with_the_way_to_see_it(volunteer):
    post = sent(volunteer)
    planned(post, status=Status.PUBLISHED, published_at=NOON, url="https://x.com/n/status/1")
    delivery(of=post, on="fb", network="facebook", due=NOON + timedelta(days=1))
    page = volunteer.get(f"/contributions/{post.pk}/")
    assert "Published on X. More of it follows on Thursday, October 14, 2027." in page.text
    assert [link for link in page.all("a") if link["href"] == "https://x.com/n/status/1"]


def test_since_when_the_team_has_it_is_said(volunteer, site_clock):
    sent(volunteer)
    site_clock.advance(days=2)
    assert (
        "The team has it since Wednesday, October 13, 2027"
        in volunteer.get("/contributions/").text
    )


def test_nobody_sees_another_volunteers_contribution(volunteer, staff):
    post = sent(volunteer)
    other = visitor("vic", Role.VOLUNTEER)
    for address in ("", "change/"):
        other.get(f"/contributions/{post.pk}/{address}", expect=404)
    for address in ("change/", "hand-in/", "take-back/", "bring-back/"):
        other.post(f"/contributions/{post.pk}/{address}", {"words": "Mine."}, expect=404)
        staff.post(f"/contributions/{post.pk}/{address}", {"words": "Mine."}, expect=404)
    assert WORDS not in other.get("/contributions/").text
    assert staff.get(f"/contributions/{post.pk}/", expect=303).went_to == f"/approve/{post.pk}/"
    assert again(post).stage == Stage.SUBMITTED


@pytest.mark.parametrize("address", ["", "new/", "1/", "1/change/"])
def test_strangers_are_led_to_the_sign_in_page(stranger, address):
    assert "/contributions/" in stranger.get(f"/contributions/{address}", expect=302).went_to


def test_it_can_all_be_read_in_french(volunteer, staff):
    post = sent(volunteer, **{**STORY, "language": "fr"})
    volunteer.french()
    page = volunteer.get("/contributions/new/")
    assert page.one("input[name=language][value=fr]").get("checked", "no") == ""
    assert page.one("html")["lang"] == "fr"
    assert "mercredi 13 octobre 2027" in volunteer.get("/contributions/").text
    assert volunteer.get(f"/contributions/{post.pk}/").one("html")["lang"] == "fr"


def test_what_somebody_typed_is_shown_as_text(volunteer, staff):
    post = sent(volunteer, words=HOSTILE, note=HOSTILE)
    approving.hand_back(post, staff.user, HOSTILE, NOON)
    for address in (
        "/contributions/",
        f"/contributions/{post.pk}/",
        f"/contributions/{post.pk}/change/",
    ):
        page = volunteer.get(address)
        assert HOSTILE not in page.html
        assert "alert" in page.text
    page = volunteer.post(
        "/contributions/new/", {**FORM, "words": HOSTILE, "kind": "x"}, expect=422
    )
    assert HOSTILE not in page.html


def test_many_contributions_cost_no_more_questions_and_come_in_pages(
    volunteer, django_assert_max_num_queries
):
    for number in range(52):
        post = contributions.contribute(
            Kind.AWARENESS,
            f"Words {number}.",
            "en",
            "mbc",
            volunteer.user,
            NOON + timedelta(minutes=number),
        )
        planned(post, due=NOON + timedelta(days=number))
    with django_assert_max_num_queries(12):
        page = volunteer.get("/contributions/")
    assert "Words 51." in page.text
    assert "Words 1." not in page.text
    older = next(link["href"] for link in page.all("a") if "after=" in link["href"])
    assert "Words 1." in volunteer.get(f"/contributions/{older}").text


def test_with_several_campaigns_one_is_chosen(volunteer, settings, tmp_path):
    folder = make_folder(tmp_path)
    folder.write("posts/other/campaign.toml", 'name.en = "Other"\nname.fr = "Autre"\n')
    for campaign in ("know", "other"):
        folder.write(
            f"posts/{campaign}/one.toml",
            'when = "mbc-day 09:00"\n[en]\nshort = "Hi."\n[fr]\nshort = "Allô."\n',
        )
    content = replace(settings.CONFIG.content, posts=folder.posts, templates=folder.templates)
    settings.CONFIG = replace(settings.CONFIG, content=content)
    assert {
        option["value"] for option in volunteer.get("/contributions/new/").all("option")
    } == {
        "know",
        "other",
    }
    assert sent(volunteer, campaign="other").campaign == "other"
    assert sent(volunteer, campaign="unknown").campaign in ("know", "other")


def test_without_a_campaign_the_words_are_everyday_ones_and_without_any_the_team_is_asked(
    volunteer, settings, tmp_path
):
    content = replace(settings.CONFIG.content, posts=tmp_path, templates=tmp_path)
    settings.CONFIG = replace(settings.CONFIG, content=content)
    assert sent(volunteer).campaign == "everyday"
    Closing.objects.create(campaign="everyday", by=volunteer.user, at=NOON)
    volunteer.get("/contributions/new/", expect=303)
    assert "no campaign to contribute to" in volunteer.get("/contributions/").text


def test_what_came_from_a_file_is_not_changed_here(volunteer):
    post = sent(volunteer)
    Post.objects.filter(pk=post.pk).update(file_digest="0" * 64)
    volunteer.get(f"/contributions/{post.pk}/change/", expect=303)
    page = volunteer.get(f"/contributions/{post.pk}/")
    assert not [link for link in page.all("a") if "change" in link.get("href")]
    assert latest_version(post)
