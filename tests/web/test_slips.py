"""All that is safe is corrected with one press, told, and undone; and what is said of a text does not become a wall."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.authoring.composing.slips import Changed, correct_all, put_back, text_of
from campaign.content.fields import Fields, PictureFields
from campaign.core.finding import Level
from campaign.models import Draft
from campaign.web.posts.look.notes import Note
from campaign.web.posts.look.preview import Box
from tests.deliveries import NOON
from tests.posts_in_web import FIELDS, FORM, begun, desk, written
from tests.posts_in_web import folder as folder

SLIPS = 'Venez !! C\'est a  9h30 : "Oui" ; vraiment ?'
SET = "Venez! C’est a 9\u00a0h\u00a030\u00a0: «\u00a0Oui\u00a0»; vraiment?"


@pytest.fixture
def post(db, folder, staff):
    return written(staff)


def url(post, *more):
    return "/".join(("/posts", str(post.pk), *more, ""))


def test_one_press_makes_all_corrections_in_all_texts_and_tells_them(staff, post):
    typed = FORM | {"fr.short": SLIPS, "en.short": "Join us!!  #breastcancerawareness"}
    page = staff.post(url(post, "preview"), typed)
    assert "Correct all that is safe" in page.one("#safe").text
    answer = staff.post(url(post, "slips"), typed, HX_Request="true")
    assert answer.one("textarea#fr-short").text.strip() == SET
    assert answer.one("textarea#en-short").text.strip() == "Join us! #BreastCancerAwareness"
    assert "corrections were made" in answer.one("#corrected").text
    assert "Several spaces stand in a row" in answer.one("#corrected").text
    assert Draft.objects.get().user == staff.user


def test_it_can_be_undone_and_what_was_typed_since_stays(staff, post):
    typed = FORM | {"fr.short": SLIPS, "en.short": "Join us!!"}
    answer = staff.post(url(post, "slips"), typed, HX_Request="true")
    sent = typed | {
        "fr.short": answer.one("textarea#fr-short").text.strip(),
        "en.short": "Something else.",
        "undo": answer.one("button[name=undo]")["value"],
    }
    undone = staff.post(url(post, "slips"), sent, HX_Request="true")
    assert undone.one("textarea#fr-short").text.strip() == SLIPS
    assert undone.one("textarea#en-short").text.strip() == "Something else."
    assert undone.one("#corrected").text == ""


@pytest.mark.parametrize("undo", ["", "[", "7", "[7]", '[{"name": 1}]', "[" * 9000, "null"])
def test_what_cannot_be_read_undoes_nothing(staff, post, undo):
    page = staff.post(url(post, "slips"), FORM | {"undo": undo})
    assert page.one("textarea#fr-short").text.strip() == "Bonjour."


def test_without_a_script_the_page_comes_back_corrected(staff, post):
    page = staff.post(url(post, "slips"), FORM | {"en.short": "Join  us!!"})
    assert page.one("textarea#en-short").text.strip() == "Join us!"
    assert page.one("button[name=undo]")["value"]


def test_the_words_of_a_story_are_left_to_a_person_and_descriptions_are_not(staff, folder, db):
    story = begun(staff, "A story", "story")
    picture = PictureFields("a" * 64 + ".jpg", {"fr": "Un chat ?"})
    told = replace(FIELDS.with_text("fr", "short", SLIPS), kind="story", pictures=(picture,))
    done = correct_all(story, told, desk(), NOON)
    assert done.fields.text("fr", "short") == SLIPS
    # It was a story once: another kind does not make its words the team's.
    as_message = replace(told, kind="awareness")
    assert correct_all(story, as_message, desk(), NOON).fields.texts == told.texts


def test_what_a_person_lets_pass_stays(staff, post):
    accepted = {"accepted.marks-many": "It is the name of the group."}
    page = staff.post(url(post, "slips"), FORM | accepted | {"en.short": "Join Up!!"})
    assert page.one("textarea#en-short").text.strip() == "Join Up!!"


def test_nobody_else_corrects_anything(stranger, volunteer, post):
    stranger.post(url(post, "slips"), FORM, expect=302)
    volunteer.post(url(post, "slips"), FORM, expect=403)
    assert not Draft.objects.exists()


def test_many_remarks_are_folded(staff, post):
    page = staff.post(url(post, "preview"), FORM | {"fr.short": SLIPS + " Etat, 5 %."})
    assert "more remarks" in page.one("#notes-fr-short").text
    assert len(page.all("details#rest-fr-short")) == 1


def test_errors_come_first_and_are_never_folded():
    notes = [Note(Level.ERROR, str(number), "") for number in range(5)]
    notes += [Note(Level.INFO, "x", ""), Note(Level.INFO, "y", "")]
    box = Box("en.short", "en-short", tuple(notes))
    assert (len(box.first), len(box.rest)) == (5, 2)
    assert Box("en.short", "en-short", tuple(notes[3:])).rest == ()


def test_beside_a_note_nobody_is_told_that_all_is_well(staff, post):
    page = staff.post(url(post, "preview"), FORM | {"fr.short": "Vraiment ?"})
    assert page.one("#sum").text == "1 note"
    assert "All is well" in staff.post(url(post, "preview"), FORM).one("#sum").text


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_undoing_touches_only_what_was_corrected(before, after, now):
    fields = Fields().with_text("en", "short", now)
    undone = put_back(fields, [Changed("en.short", before, after), Changed("x", "a", "")])
    assert text_of(undone, "en.short") == (before if now == after else now)
