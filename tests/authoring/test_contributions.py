"""What people contribute: writing, changing, handing in, taking back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.authoring import stages
from campaign.authoring.contributing import contributed, contributions
from campaign.authoring.contributing.contributions import Whose
from campaign.authoring.versions import Outdated, latest_version, save_version
from campaign.content.fields import Fields
from campaign.content.post import Kind
from campaign.content.source import fields_of, read_source, write_source
from campaign.core.problem import Problem
from campaign.decisions import approving
from campaign.models import Event, Post
from campaign.people.roles import Role, add_user
from campaign.states import OUT, Stage, Status
from tests.deliveries import NOON, TORONTO, delivery, status_of

pytestmark = pytest.mark.django_db
WORDS = "My neighbour drove me to every appointment."
LONG = "A long day. " * 60


@pytest.fixture
def people():
    everyone = (
        ("vera", Role.VOLUNTEER),
        ("vic", Role.VOLUNTEER),
        ("anna", Role.STAFF),
        ("ada", Role.ADMIN),
    )
    return {name: add_user(name, role)[0] for name, role in everyone}


@pytest.fixture
def vera(people):
    return people["vera"]


def message(by, words=WORDS, kind=Kind.AWARENESS, language="en"):
    return contributions.contribute(kind, words, language, "mbc", by, NOON)


def handed_in(by, kind=Kind.AWARENESS):
    post = message(by, kind=kind)
    contributions.hand_in(post, by, NOON, whose=Whose.OWN if kind is Kind.STORY else None)
    return again(post)


def planned(by, kind=Kind.AWARENESS, status=Status.DRAFT):
    """As it stands when the team has given it a time."""
    post = handed_in(by, kind)
    Post.objects.filter(pk=post.pk).update(stage=Stage.PLANNED)
    return again(post), delivery(of=post, status=status)


def again(post):
    return Post.objects.get(pk=post.pk)


def fields(post):
    version = latest_version(post)
    assert version
    read = read_source(version.source, post.campaign, post.name, Path(version.folder))
    assert read.post, read.findings
    return fields_of(read.post)


def written(post):
    return {language: texts for language, texts in fields(post).texts.items() if texts}


def translated(post, by, words="Ma voisine m’a conduite à chaque rendez-vous."):
    """The team writes the other language."""
    source = write_source(fields(post).with_text("fr", "short", words))
    save_version(post, source, by, NOON, based_on=again(post).version)


def test_a_contribution_is_kept_for_its_author_in_the_language_they_chose(vera):
    post = message(vera, language="fr")
    assert (post.author, post.stage, post.kind, post.version, post.title) == (
        vera,
        Stage.WRITING,
        "awareness",
        1,
        "",
    )
    assert written(post) == {"fr": {"short": WORDS}}
    assert contributed.language_of(post) == "fr"
    assert not post.deliveries.exists()


def test_words_that_do_not_fit_on_x_are_kept_as_the_long_text(vera):
    assert written(message(vera, LONG)) == {"en": {"long": LONG.strip()}}


@pytest.mark.parametrize("kind", [Kind.STORY, Kind.AWARENESS])
def test_the_words_stand_in_no_key_and_no_title(vera, kind):
    post = message(vera, "Nurse Marie Tremblay drove me.", kind)
    contributions.change(post, "Marie drove me home.", vera, NOON, based_on=1)
    post.refresh_from_db()
    assert (post.title, "marie" in post.key.lower()) == ("", False)
    assert fields(post).template == ("story" if kind is Kind.STORY else "fact")


def test_a_title_that_the_team_gave_stays_when_the_words_change(vera):
    post = handed_in(vera)
    Post.objects.filter(pk=post.pk).update(title="The drive")
    contributions.change(post, LONG, vera, NOON, based_on=1)
    assert again(post).title == "The drive"


def test_two_contributions_of_one_moment_are_two_posts(vera, people):
    assert len({message(vera).key, message(vera).key, message(people["vic"]).key}) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (" \n", "first"),
        ("\u200b", "first"),
        ("\x00", "nobody can read"),
        ("After\x02noon", r"In “After▯noon”, “▯” is a sign that nobody can read \(U\+0002\)"),
        ("a" * 5_001, "too long"),
        ("a" * 20_001, "20001 characters"),
    ],
)
def test_words_that_cannot_be_kept_are_told(vera, words, said):
    with pytest.raises(Problem, match=said):
        message(vera, words)
    assert not Post.objects.exists()


def test_no_sign_of_anybodys_words_is_lost(vera):
    typed = "C\x92est l\x92heure\x85\r\nthree\tfour\x0bfive \x93six\x94"
    kept = "C’est l’heure…\nthree four\nfive “six”"
    assert fields(message(vera, typed)).text("en", "short") == kept


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_whatever_is_typed_is_kept_as_a_post_that_can_be_read_or_refused_in_a_sentence(text):
    user = add_user("vera", Role.VOLUNTEER)[0]
    try:
        post = message(user, text)
    except Problem:
        return
    assert fields(post).texts["en"]


@pytest.mark.parametrize(("kind", "language"), [(Kind.ACTION, "en"), (Kind.STORY, "de")])
def test_only_messages_and_stories_in_our_languages_are_contributed(vera, kind, language):
    with pytest.raises(Problem, match="Choose"):
        message(vera, kind=kind, language=language)


def test_somebody_without_a_role_contributes_nothing(vera):
    vera.groups.clear()
    with pytest.raises(Problem, match="role"):
        message(vera)


def test_handing_in_gives_it_to_the_team_with_a_note(vera):
    post = message(vera)
    contributions.hand_in(post, vera, NOON, note="For October, please.")
    assert again(post).stage == Stage.SUBMITTED
    event = Event.objects.get(post=post, action="handed in")
    assert (event.actor, event.reason) == ("vera", "For October, please.")
    with pytest.raises(Problem, match="the team has it"):
        contributions.hand_in(post, vera, NOON)


def test_a_note_and_a_reason_show_where_a_sign_stood_that_nobody_can_see(vera, people):
    post = message(vera)
    contributions.hand_in(post, vera, NOON, note="S\x92il vous pla\x00t.\r\n")
    approving.hand_back(post, people["anna"], "Shorter\x00?\r\nThanks.", NOON)
    reasons = list(
        Event.objects.filter(post=post).order_by("id").values_list("reason", flat=True)
    )
    assert reasons == ["", "S’il vous pla\ufffdt.", "Shorter\ufffd?\nThanks."]


def test_a_note_has_an_end(vera):
    with pytest.raises(Problem, match="note is too long"):
        contributions.hand_in(message(vera), vera, NOON, note="a" * 1_001)


def test_a_story_is_handed_in_once_its_person_has_said_yes(vera):
    post = message(vera, kind=Kind.STORY)
    with pytest.raises(Problem, match="said yes"):
        contributions.hand_in(post, vera, NOON)
    assert again(post).stage == Stage.WRITING
    contributions.hand_in(post, vera, NOON, whose=Whose.OTHER)
    assert (
        Event.objects.get(post=post, action="agreed").reason
        == contributions.AGREED[Whose.OTHER]
    )
    approving.hand_back(again(post), add_user("anna", Role.STAFF)[0], "Shorter?", NOON)
    contributions.hand_in(again(post), vera, NOON)
    assert (again(post).stage, again(post).stage_reason) == (Stage.SUBMITTED, "")


def test_nobody_hands_in_changes_or_takes_back_what_another_wrote(vera, people):
    post = message(vera)
    for name in ("vic", "anna", "ada"):
        with pytest.raises(Problem, match="Somebody else"):
            contributions.hand_in(post, people[name], NOON)
        with pytest.raises(Problem, match="Somebody else"):
            contributions.change(post, "Mine.", people[name], NOON, based_on=1)
        with pytest.raises(Problem, match="Somebody else"):
            contributions.take_back(post, people[name], NOON)


def test_a_change_is_a_new_version_and_leaves_the_teams_translation(vera, people):
    post = handed_in(vera)
    translated(post, people["anna"])
    assert contributions.change(post, LONG, vera, NOON, based_on=2)
    assert fields(post).texts["en"] == {"long": LONG.strip()}
    assert fields(post).text("fr", "short").startswith("Ma voisine")
    assert (again(post).stage, again(post).version) == (Stage.SUBMITTED, 3)


def test_the_same_words_are_no_change(vera):
    post = message(vera)
    assert not contributions.change(post, f" {WORDS}\r\n", vera, NOON, based_on=1)
    assert again(post).version == 1


def test_what_somebody_changed_meanwhile_is_not_overwritten(vera, people):
    post = handed_in(vera)
    translated(post, people["anna"])
    with pytest.raises(Outdated):
        contributions.change(post, "Other words.", vera, NOON, based_on=1)
    assert fields(post).text("en", "short") == WORDS


@pytest.mark.parametrize("stage", [Stage.PLANNED, Stage.TAKEN_BACK])
def test_what_is_planned_or_taken_back_is_not_changed(vera, stage):
    post = message(vera)
    Post.objects.filter(pk=post.pk).update(stage=stage)
    with pytest.raises(Problem, match="cannot be changed"):
        contributions.change(post, "Other words.", vera, NOON, based_on=1)


def test_what_came_from_a_file_is_changed_there(vera):
    post = message(vera)
    Post.objects.filter(pk=post.pk).update(file_digest="0" * 64)
    with pytest.raises(Problem, match="from a file"):
        contributions.change(post, "Other words.", vera, NOON, based_on=1)


def test_while_the_teams_version_cannot_be_read_the_words_wait(vera, people):
    post = handed_in(vera)
    save_version(post, "when = 'never'\n[en]\nshort = 'x'\n", people["anna"], NOON, based_on=1)
    with pytest.raises(Problem, match="in the middle"):
        contributions.change(post, "Other words.", vera, NOON, based_on=2)


def test_a_contribution_is_taken_back_and_its_drafts_with_it(vera):
    post, one = planned(vera)
    assert contributions.take_back(post, vera, NOON) == []
    assert (again(post).stage, status_of(one)) == (Stage.TAKEN_BACK, Status.CANCELLED)
    with pytest.raises(Problem, match="already"):
        contributions.take_back(post, vera, NOON)


@pytest.mark.parametrize("stage", [Stage.WRITING, Stage.SUBMITTED, Stage.RETURNED])
def test_taking_back_is_undone_to_where_it_stood(vera, stage):
    post = message(vera)
    Post.objects.filter(pk=post.pk).update(stage=stage, stage_reason="Shorter?")
    contributions.take_back(post, vera, NOON)
    with pytest.raises(Problem, match="took it back"):
        contributions.hand_in(post, vera, NOON)
    contributions.bring_back(post, vera, NOON)
    assert (again(post).stage, again(post).stage_reason) == (stage, "Shorter?")
    with pytest.raises(Problem, match="not taken back"):
        contributions.bring_back(post, vera, NOON)


def test_what_the_team_put_away_is_not_brought_back_by_its_author(vera, people):
    post = handed_in(vera)
    stages.take_back(post, people["anna"], NOON)
    assert not contributed.may_bring_back(contributed.look_at([again(post)])[0], "vera")
    with pytest.raises(Problem, match="The team has set it aside"):
        contributions.bring_back(post, vera, NOON)


def test_undoing_brings_a_storys_deliveries_back_as_drafts_and_no_others(vera):
    post, one = planned(vera, Kind.STORY, Status.QUEUED)
    cancelled = delivery(
        of=post, on="x-fr", status=Status.CANCELLED, reason="The team did not want it."
    )
    contributions.take_back(post, vera, NOON)
    contributions.bring_back(post, vera, NOON)
    assert (again(post).stage, status_of(one), status_of(cancelled)) == (
        Stage.PLANNED,
        Status.DRAFT,
        Status.CANCELLED,
    )


def test_contributions_are_looked_at_with_their_words_and_what_happened(
    vera, people, django_assert_num_queries
):
    story, other = handed_in(vera, Kind.STORY), message(vera, language="fr")
    translated(story, people["anna"])
    approving.hand_back(story, people["anna"], "Shorter?", NOON)
    posts = [again(story), again(other)]
    with django_assert_num_queries(3):
        one, two = contributed.look_at(posts)
    assert (one.language, one.words, two.language, two.words) == ("en", WORDS, "fr", WORDS)
    returned, came = one.last("returned"), one.handed_in()
    assert (
        returned
        and came
        and (returned.actor, returned.reason, came.at) == ("anna", "Shorter?", NOON)
    )
    assert two.handed_in() is None


def test_what_the_author_wrote_last_is_known_after_the_team_changed_it(vera, people):
    post = handed_in(vera)
    save_version(
        post,
        write_source(fields(post).with_text("en", "short", "Ours.")),
        people["anna"],
        NOON,
        based_on=1,
    )
    assert contributed.own_words(post) == WORDS
    assert contributed.look_at([again(post)])[0].words == "Ours."


@pytest.mark.parametrize(
    ("status", "said"),
    [(Status.QUEUED, "waits for its time"), *((out, "out already") for out in sorted(OUT))],
)
def test_an_approved_message_is_the_teams_to_take_out(vera, status, said):
    post, one = planned(vera, status=status)
    with pytest.raises(Problem, match=said):
        contributions.take_back(post, vera, NOON)
    assert status_of(one) == status


def test_a_story_is_taken_back_at_any_time_and_what_is_out_is_told(vera):
    post, out = planned(vera, Kind.STORY, Status.PUBLISHED)
    waits = delivery(of=post, on="x-fr", due=NOON + timedelta(days=1))
    missed = delivery(of=post, on="page-en", status=Status.MISSED)
    assert contributions.take_back(post, vera, NOON) == [out]
    assert (status_of(out), status_of(waits), status_of(missed)) == (
        Status.PUBLISHED,
        Status.CANCELLED,
        Status.CANCELLED,
    )


def test_its_author_never_approves_a_contribution_even_when_they_join_the_staff(vera, people):
    post, one = planned(vera)
    vera.groups.set(people["anna"].groups.all())
    with pytest.raises(Problem, match="vera wrote"):
        approving.approve(post, vera, NOON, TORONTO)
    translated(post, people["anna"])
    with pytest.raises(Problem, match="anna worked on"):
        approving.approve(post, people["anna"], NOON, TORONTO)
    assert approving.approve(post, people["ada"], NOON, TORONTO) == (1, [])
    assert status_of(one) == Status.QUEUED


@pytest.mark.parametrize(
    "source", ["", "no = [toml", '[en]\nshort = ""\n', '[fr]\nshort = "Non"\n']
)
def test_a_source_without_words_has_none(source):
    assert contributed.words_of(source, "en") == ""


def test_the_longer_form_is_what_a_person_wrote():
    assert contributed.words_of(replace_texts({"en": {"short": "S", "long": "L"}}), "en") == "L"


def replace_texts(texts):
    return write_source(replace(Fields(), texts=texts))
