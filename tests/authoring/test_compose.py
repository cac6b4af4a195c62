"""Writing a post: what is kept, what goes into the queue, and whose words stand."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from campaign.authoring import compose, drafts, load, stages
from campaign.authoring.compose import Desk
from campaign.authoring.versions import Outdated
from campaign.authoring.web_posts import current
from campaign.config import Channel, Config, Web
from campaign.content.fields import ConsentFields, Fields, PictureFields
from campaign.content.library import read_library
from campaign.core.problem import Problem
from campaign.decisions import approving
from campaign.models import Delivery, Draft, Event, Post, Version
from campaign.people.roles import Role, add_user
from campaign.planning import known
from campaign.planning.known import known_now
from campaign.planning.plan import plan
from campaign.states import Stage, Status
from tests.content.test_pictures import photo, written
from tests.deliveries import TORONTO
from tests.folders import NOW, make_folder

pytestmark = pytest.mark.django_db

CHANNELS = {
    "x-en": Channel("x-en", "twitter", "en", slots=("daily 09:00",)),
    "fb-fr": Channel("fb-fr", "facebook", "fr", slots=("daily 09:00",)),
}
TEXTS = {"en": {"short": "Hello."}, "fr": {"short": "Bonjour."}}
FIELDS = Fields(channels=("x-en", "fb-fr"), when="2027-10-13 09:00", texts=TEXTS)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path)


@pytest.fixture
def mia() -> User:
    return add_user("mia", Role.STAFF)[0]


@pytest.fixture
def bob() -> User:
    return add_user("bob", Role.STAFF)[0]


def desk(folder):
    config = Config(channels=CHANNELS, web=Web(uploads=folder.root / "uploads"))
    return Desk(config, read_library(folder.posts, folder.templates))


def begun(folder, by, title="A first post", kind="awareness", campaign="know"):
    return compose.create(campaign, kind, title, by, desk(folder), NOW)


def planned(folder, by, fields=FIELDS, **made):
    post = begun(folder, by, **made)
    compose.save(post, fields, by, 1, desk(folder), NOW)
    far = compose.preview(post, fields, desk(folder), NOW).far
    compose.submit(post, by, desk(folder), NOW, far.yes if far else "")
    return post


def loaded(folder, by=None, now=NOW):
    """As the command does."""
    at = desk(folder)
    library = current(at.library, at.uploads, TORONTO)
    found = plan(library, at.config, now, known_now(now))
    return load.load(found, library, now, by), found


def one(channel="x-en", key="know/a-first-post"):
    return Delivery.objects.get(post__key=key, channel=channel)


def codes(preview, field):
    return [finding.code for finding in preview.by_field().get(field, [])]


# Beginning


def test_a_new_post_has_a_name_a_first_version_and_nothing_in_the_queue(folder, mia):
    post = begun(folder, mia, "Où êtes-vous?")
    assert (post.key, post.title, post.stage, post.author, post.version) == (
        "know/ou-etes-vous",
        "Où êtes-vous?",
        Stage.WRITING,
        mia,
        1,
    )
    assert Event.objects.get().post == post
    assert not Delivery.objects.exists()


def test_a_name_is_given_once_also_beside_files(folder, mia):
    folder.post("one")
    assert [begun(folder, mia, "One").name for _ in range(3)] == ["one-2", "one-3", "one-4"]
    assert begun(folder, mia, "你好").name == "post"


def test_a_story_is_named_by_a_number_alone(folder, mia):
    names = [
        begun(folder, mia, f"The story of Maria {number}", "story").key for number in range(2)
    ]
    assert names == ["know/story-1", "know/story-2"]


@pytest.mark.parametrize(
    ("title", "kind", "campaign", "says"),
    [
        ("  ", "awareness", "know", "title"),
        ("a" * 201, "awareness", "know", "200"),
        ("A", "poem", "know", "what the post is"),
        ("A", "awareness", "nowhere", "campaign"),
    ],
)
def test_a_post_that_cannot_be_begun_is_refused(folder, mia, title, kind, campaign, says):
    folder.post()
    with pytest.raises(Problem, match=says):
        begun(folder, mia, title, kind, campaign)
    assert not Post.objects.exists()


def test_a_campaign_without_posts_can_be_written_for(folder, mia):
    folder.write("posts/new/campaign.toml", 'name.en = "New"\nname.fr = "Nouvelle"\n')
    assert begun(folder, mia, campaign="new").campaign == "new"


# Saving and handing in


def test_a_saved_post_is_kept_and_its_deliveries_come_when_it_is_handed_in(folder, mia):
    post = begun(folder, mia)
    saved = compose.save(post, FIELDS, mia, 1, desk(folder), NOW)
    assert saved.version is not None
    assert (saved.version.number, saved.version.by, saved.loaded) == (2, mia, None)
    assert not Delivery.objects.exists()
    compose.submit(post, mia, desk(folder), NOW)
    assert (Post.objects.get().stage, one().status, one().text, one("fb-fr").text) == (
        Stage.PLANNED,
        Status.DRAFT,
        "Hello.",
        "Bonjour.",
    )


def test_saving_the_same_again_changes_nothing(folder, mia):
    post = planned(folder, mia)
    before = [
        list(model.objects.order_by("id").values())
        for model in (Post, Version, Delivery, Event)
    ]
    saved = compose.save(post, FIELDS, mia, 2, desk(folder), NOW + timedelta(hours=1))
    assert saved.version is None
    assert before == [
        list(model.objects.order_by("id").values())
        for model in (Post, Version, Delivery, Event)
    ]


def test_a_changed_text_takes_the_approval_away_and_a_new_time_does_not(folder, mia, bob):
    post = planned(folder, mia)
    approving.approve(post, bob, NOW, TORONTO)
    later = replace(FIELDS, when="2027-10-13 10:00")
    compose.save(post, later, mia, 2, desk(folder), NOW)
    assert (one().status, one().due_at.hour) == (Status.QUEUED, 14)
    compose.save(
        post, later.with_text("en", "short", "Hello again."), mia, 3, desk(folder), NOW
    )
    assert (one().status, one("fb-fr").status) == (Status.DRAFT, Status.QUEUED)
    assert one().text == "Hello again."


def test_whoever_saves_a_version_cannot_approve_it(folder, mia, bob):
    post = planned(folder, mia)
    compose.save(post, FIELDS.with_text("en", "short", "Bob’s."), bob, 2, desk(folder), NOW)
    for person in (mia, bob):
        with pytest.raises(Problem, match="somebody else"):
            approving.approve(Post.objects.get(), person, NOW, TORONTO)


def test_a_post_with_errors_is_kept_and_the_queue_stays_as_it_was(folder, mia):
    post = planned(folder, mia)
    saved = compose.save(
        post, FIELDS.with_text("en", "short", "{{ nothing }}"), mia, 2, desk(folder), NOW
    )
    assert (saved.preview.is_good, saved.loaded, post.version) == (False, None, 3)
    assert one().text == "Hello."


def test_a_post_with_errors_cannot_be_handed_in(folder, mia):
    post = begun(folder, mia)
    with pytest.raises(Problem, match="correct them"):
        compose.submit(post, mia, desk(folder), NOW)
    assert Post.objects.get().stage == Stage.WRITING


def test_a_channel_that_is_left_out_is_cancelled_and_comes_back(folder, mia):
    post = planned(folder, mia)
    compose.save(post, replace(FIELDS, channels=("x-en",)), mia, 2, desk(folder), NOW)
    assert (one("fb-fr").status, one("fb-fr").reason) == (
        Status.CANCELLED,
        "The post no longer goes to this channel.",
    )
    compose.save(post, FIELDS, mia, 3, desk(folder), NOW)
    assert one("fb-fr").status == Status.DRAFT


def test_what_a_story_allows_counts_at_once_even_beside_an_error(folder, mia):
    consent = ConsentFields("S-0001", "2027-01-01", "2028-01-01", ("x-en", "fb-fr"))
    story = replace(FIELDS, kind="story", consent=consent)
    post = planned(folder, mia, story, kind="story")
    less = replace(story, consent=replace(consent, channels=("x-en",))).with_text(
        "en", "short", "{{ nothing }}"
    )
    compose.save(post, less, mia, 2, desk(folder), NOW)
    assert Post.objects.get().consent_channels == "x-en"


# Two at once


def test_nobody_overwrites_what_somebody_else_has_saved(folder, mia, bob):
    post = planned(folder, mia)
    compose.save(post, FIELDS.with_text("en", "short", "Bob’s."), bob, 2, desk(folder), NOW)
    with pytest.raises(Outdated, match="changed meanwhile by bob") as told:
        compose.save(post, FIELDS.with_text("en", "short", "Mia’s."), mia, 2, desk(folder), NOW)
    assert told.value.latest.number == 3
    assert one().text == "Bob’s."


def test_two_who_begin_with_the_same_file_do_not_overwrite_each_other(folder, mia, bob):
    folder.post("one", 'when = "2027-10-13 09:00"\nchannels = ["x-en"]')
    loaded(folder)
    Version.objects.all().delete()  # as it was loaded before versions were kept
    Post.objects.update(version=0, file_digest="")
    post = Post.objects.get()
    compose.save(post, FIELDS, bob, 0, desk(folder), NOW)
    with pytest.raises(Outdated):
        compose.save(Post.objects.get(), FIELDS, mia, 0, desk(folder), NOW)
    assert [version.by for version in Version.objects.order_by("number")] == [None, bob]


def test_a_draft_is_kept_for_each_person_and_gone_when_they_save(folder, mia, bob):
    post = begun(folder, mia)
    drafts.keep_draft(post, mia, FIELDS, "Title", 1, NOW)
    drafts.keep_draft(post, bob, replace(FIELDS, grace="1h"), "Other", 1, NOW)
    found = drafts.draft_of(post, mia)
    assert found is not None
    assert (found.fields, found.title, found.based_on) == (FIELDS, "Title", 1)
    compose.save(post, FIELDS, mia, 1, desk(folder), NOW)
    assert Draft.objects.get().user == bob
    drafts.drop_draft(post, bob)
    assert drafts.draft_of(post, bob) is None


def test_a_draft_that_cannot_be_read_is_no_trouble(folder, mia):
    post = begun(folder, mia)
    Draft.objects.create(post=post, user=mia, based_on=1, fields="[]", saved_at=NOW)
    assert drafts.draft_of(post, mia) is None


def test_others_are_told_while_they_type(folder, mia, bob):
    post = begun(folder, mia)
    drafts.keep_draft(post, bob, FIELDS, "", 1, NOW)
    told = [
        drafts.others(post, mia, NOW + timedelta(seconds=after)) for after in (10, 120, 400)
    ]
    assert [[(other.name, other.is_typing) for other in those] for those in told] == [
        [("bob", True)],
        [("bob", False)],
        [],
    ]


# Putting away


def test_a_post_is_taken_back_and_brought_back(folder, mia):
    post = begun(folder, mia)
    stages.take_back(post, mia, NOW)
    assert Post.objects.get().stage == Stage.TAKEN_BACK
    stages.bring_back(post, mia, NOW)
    assert Post.objects.get().stage == Stage.WRITING
    with pytest.raises(Problem, match="not taken back"):
        stages.bring_back(post, mia, NOW)
    assert list(Event.objects.order_by("id").values_list("action", flat=True)) == [
        "begun",
        "taken back",
        "brought back",
    ]


def test_what_is_planned_is_not_taken_back(folder, mia):
    post = planned(folder, mia)
    with pytest.raises(Problem, match="in the queue"):
        stages.take_back(post, mia, NOW)


def test_of_two_who_move_a_post_one_is_told(folder, mia, bob):
    post = begun(folder, mia)
    seen_before = Post.objects.get()
    stages.take_back(post, mia, NOW)
    with pytest.raises(Problem, match="just changed"):
        stages.change_stage(seen_before, Stage.SUBMITTED, bob, NOW, "handed in")


# Preview


def test_a_preview_shows_each_channel_and_changes_nothing(folder, mia):
    post = begun(folder, mia)
    seen = compose.preview(post, FIELDS, desk(folder), NOW)
    assert {
        (p.channel.name, p.text, p.due and p.due.at.isoformat()) for p in seen.plan.planned
    } == {
        ("x-en", "Hello.", "2027-10-13T13:00:00+00:00"),
        ("fb-fr", "Bonjour.", "2027-10-13T13:00:00+00:00"),
    }
    assert seen.is_good
    assert (Version.objects.count(), Delivery.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"when": ""}, "when", "missing-key"),
        ({"when": "2027-03-14 02:30"}, "when", "missing-hour"),
        ({"when": "some-day 09:00"}, "when", "unknown-day"),
        ({"grace": "long"}, "grace", "bad-grace"),
        ({"channels": ("x-en", "nowhere")}, "channels", "unknown-channel"),
        ({"template": "none"}, "template", "unknown-template"),
        ({"facts": ("none",)}, "facts", "unknown-fact"),
        ({"texts": {"en": {"short": "Hi"}}}, "fr.short", "missing-language"),
        ({"texts": {**TEXTS, "en": {"short": "x" * 300}}}, "en.short", "too-long"),
        (
            {"texts": {**TEXTS, "fr": {"short": "a", "long": "b\n\n{{ nope }}"}}},
            "fr.long",
            "template",
        ),
        ({"kind": "story"}, "consent", "no-consent"),
        (
            {"pictures": (PictureFields("a.jpg", {"en": "A dog in the snow"}),)},
            "pictures.0.alt.fr",
            "missing-alt",
        ),
    ],
)
def test_a_finding_stands_beside_its_field(folder, mia, wrong, field, code):
    seen = compose.preview(begun(folder, mia), replace(FIELDS, **wrong), desk(folder), NOW)
    assert code in codes(seen, field)


@pytest.mark.parametrize(
    "wrong",
    [{"when": ""}, {"grace": "x"}, {"action": "x"}, {"consent": ConsentFields("S", "x")}],
)
def test_the_texts_are_seen_while_something_else_cannot_be_read_yet(folder, mia, wrong):
    seen = compose.preview(begun(folder, mia), replace(FIELDS, **wrong), desk(folder), NOW)
    assert {p.text for p in seen.plan.planned} == {"Hello.", "Bonjour."}
    assert not seen.is_good
    assert [p.due is None for p in seen.plan.planned] == ["when" in wrong] * 2


def test_a_sign_that_nobody_can_read_is_told_beside_its_field_and_keeps_the_post_back(
    folder, mia
):
    post = begun(folder, mia)
    alts = {"en": "A\x92 picture of a bench", "fr": "Un banc sous un érable"}
    typed = replace(FIELDS, pictures=(PictureFields("a.jpg", alts),))
    typed = typed.with_text("en", "short", "a\x07")
    seen = compose.preview(post, typed, desk(folder), NOW)
    assert "control-character" in codes(seen, "en.short")
    assert not seen.is_good
    assert {delivery.text for delivery in seen.plan.planned} >= {"a\x07"}


def test_words_that_a_channel_will_have_or_has_had_are_told(folder, mia):
    planned(folder, mia)
    other = begun(folder, mia, "Another")
    seen = compose.preview(other, FIELDS, desk(folder), NOW)
    assert (codes(seen, "en.short"), codes(seen, "fr.short")) == (["same-text"], ["same-text"])
    Delivery.objects.update(status=Status.PUBLISHED)
    seen = compose.preview(other, FIELDS, desk(folder), NOW)
    assert (codes(seen, "en.short"), seen.is_good) == (["repeated-text"], True)
    Delivery.objects.update(status=Status.CANCELLED)
    assert codes(compose.preview(other, FIELDS, desk(folder), NOW), "en.short") == []


def test_words_are_compared_without_the_tags_of_links_and_one_by_one(folder, mia):
    words = "Ask for help when you need it: {{ link() }}"
    first = FIELDS.with_text("en", "short", words).with_text(
        "fr", "short", "Écrivez-nous. {{ link() }}"
    )
    planned(folder, mia, first)
    other = begun(folder, mia, "Another")
    seen = compose.preview(other, first, desk(folder), NOW)
    assert (codes(seen, "en.short"), codes(seen, "fr.short")) == (["same-text"], ["same-text"])
    near = first.with_text("en", "short", words.replace("need", "want"))
    seen = compose.preview(other, near, desk(folder), NOW)
    assert codes(seen, "en.short") == ["near-text"]
    later = replace(near, when="2027-12-20 09:00")
    assert codes(compose.preview(other, later, desk(folder), NOW), "en.short") == []


def test_a_slot_that_another_post_has_is_not_given_away_again(folder, mia):
    waiting = replace(FIELDS, when="next-slot")
    planned(folder, mia, waiting)
    fresh = waiting.with_text("en", "short", "Two.").with_text("fr", "short", "Deux.")
    seen = compose.preview(begun(folder, mia, "Two"), fresh, desk(folder), NOW)
    assert {p.due and p.due.at for p in seen.plan.planned} == {one().due_at + timedelta(days=1)}


def test_a_preview_asks_few_questions_however_much_is_planned(
    folder, mia, django_assert_max_num_queries
):
    post = planned(folder, mia)
    for number in range(30):
        fields = replace(
            FIELDS.with_text("en", "short", f"Number {number}"), when="2027-10-13 11:00"
        )
        planned(
            folder,
            mia,
            fields.with_text("fr", "short", f"Numéro {number}"),
            title=f"Other {number}",
        )
    at = desk(folder)
    with django_assert_max_num_queries(5):
        compose.preview(post, FIELDS, at, NOW)
    with django_assert_max_num_queries(6):
        compose.preview(post, replace(FIELDS, when="next-slot"), at, NOW)


def test_no_picture_leads_out_of_the_uploads(folder, mia):
    (folder.root / "secret.jpg").write_bytes(written(photo(), "JPEG"))
    for name in (
        "../secret.jpg",
        str(folder.root / "secret.jpg"),
        "..\\secret.jpg",
        "a\x00.jpg",
    ):
        pictures = (
            PictureFields(name, {"en": "A long description", "fr": "Une longue description"}),
        )
        seen = compose.preview(
            begun(folder, mia), replace(FIELDS, pictures=pictures), desk(folder), NOW
        )
        assert "no-picture" in codes(seen, "pictures.0")
        assert str(folder.root) not in seen.read.source


# Files and the web together

FILE = 'when = "2027-10-13 09:00"\nchannels = ["x-en", "fb-fr"]'


def test_a_loaded_file_is_a_version_by_who_loaded_it(folder, mia):
    folder.post("one", FILE)
    loaded(folder, mia)
    folder.post("one", FILE, en="Changed.")
    loaded(folder)
    loaded(folder)
    assert [(v.number, v.by, v.folder) for v in Version.objects.order_by("number")] == [
        (1, mia, str(folder.posts / "know")),
        (2, None, str(folder.posts / "know")),
    ]
    assert "Changed." in Version.objects.get(number=2).source


def test_a_post_from_the_web_is_planned_again_with_the_files(folder, mia, bob):
    post = planned(folder, mia, FIELDS.with_text("en", "short", '{{ fact("spread") }}'))
    approving.approve(post, bob, NOW, TORONTO)
    assert (one().text, one().status) == ("It has spread.", Status.QUEUED)
    facts = (folder.posts / "facts.toml").read_text("utf-8")
    folder.write("posts/facts.toml", facts.replace("It has spread.", "It can spread."))
    done, _ = loaded(folder, bob)
    assert (one().text, one().status) == ("It can spread.", Status.DRAFT)
    assert len(done.lost_approvals) == 1
    assert Post.objects.get().editor == mia


def test_a_post_from_the_web_is_not_cancelled_for_want_of_a_file(folder, mia):
    planned(folder, mia)
    loaded(folder)
    at = desk(folder)
    load.load(plan(at.library, at.config, NOW, known_now(NOW)), at.library, NOW, None)
    assert one().status == Status.DRAFT


def test_a_file_that_did_not_change_leaves_the_newer_words_of_the_web(folder, mia):
    folder.post("one", FILE)
    loaded(folder)
    post = Post.objects.get()
    compose.save(
        post, FIELDS.with_text("en", "short", "From the web."), mia, 1, desk(folder), NOW
    )
    _, found = loaded(folder)
    assert (one(key="know/one").text, found.errors()) == ("From the web.", [])
    at = desk(folder)
    done = load.load(plan(at.library, at.config, NOW, known_now(NOW)), at.library, NOW, None)
    assert done.counts["posts left as they were changed in the web"] == 1
    assert one(key="know/one").text == "From the web."


def test_a_file_and_the_web_that_both_changed_are_told_and_the_web_stands(folder, mia):
    folder.post("one", FILE)
    folder.post("two", FILE, en="Two.", fr="Deux.")
    loaded(folder)
    post = Post.objects.get(key="know/one")
    compose.save(
        post, FIELDS.with_text("en", "short", "From the web."), mia, 1, desk(folder), NOW
    )
    folder.post("one", FILE, en="From the file.")
    folder.post("two", FILE, en="Two again.", fr="Deux.")
    _, found = loaded(folder)
    assert [str(finding) for finding in found.errors()] == [
        "posts/know/one.toml: error: know/one was changed in the web by mia on 2027-09-01 08:00, so this changed file is "
        "not taken over and the web version stands: bring what is new here into the web."
    ]
    assert (one(key="know/one").text, one(key="know/two").text) == (
        "From the web.",
        "Two again.",
    )


def test_a_file_that_comes_to_say_what_the_web_says_is_taken(folder, mia):
    folder.post("one", FILE)
    loaded(folder)
    compose.save(
        Post.objects.get(),
        FIELDS.with_text("en", "short", "Agreed."),
        mia,
        1,
        desk(folder),
        NOW,
    )
    folder.post("one", FILE, en="Agreed.")
    _, found = loaded(folder)
    assert (found.errors(), Version.objects.latest("number").number) == ([], 3)
    folder.post("one", FILE, en="And on.")
    loaded(folder)
    assert one(key="know/one").text == "And on."


def test_saving_a_file_as_it_is_makes_no_version(folder, mia):
    folder.post("one", FILE)
    loaded(folder)
    post = Post.objects.get()
    fields, based_on = compose.current_fields(post, desk(folder), NOW)
    assert compose.save(post, fields, mia, based_on, desk(folder), NOW).version is None


def test_pictures_of_a_file_are_copied_into_the_uploads(folder, mia):
    (folder.posts / "know" / "a.jpg").write_bytes(written(photo(), "JPEG"))
    folder.post(
        "one",
        FILE
        + '\n[[media]]\nfile = "a.jpg"\nalt.en = "A dog in deep snow"\nalt.fr = "Un chien dans la neige"\n',
    )
    loaded(folder)
    post = Post.objects.get()
    fields, based_on = compose.current_fields(post, desk(folder), NOW)
    saved = compose.save(post, fields, mia, based_on, desk(folder), NOW)
    assert saved.version is not None
    picture = json.loads(one(key="know/one").pictures)[0]
    assert Path(picture["file"]).parent == folder.root / "uploads"
    assert Path(picture["file"]).is_file()


def test_a_version_from_the_web_that_cannot_be_read_any_more_stays_as_it_was(folder, mia):
    post = planned(folder, mia)
    Version.objects.filter(number=2).update(source="kind = ")
    _, found = loaded(folder)
    assert [finding.code for finding in found.errors()] == ["bad-toml"]
    assert one().status == Status.DRAFT
    with pytest.raises(Problem, match="cannot be read"):
        compose.current_fields(post, desk(folder), NOW)


def test_a_post_that_is_still_being_written_is_not_loaded_over_by_a_file_of_its_name(
    folder, mia
):
    begun(folder, mia, "One")
    folder.post("one", FILE)
    _, found = loaded(folder)
    assert [finding.code for finding in found.errors()] == ["changed-in-web"]
    assert not Delivery.objects.exists()


def test_loading_some_files_looks_at_their_posts_alone(folder, mia):
    planned(folder, mia)
    folder.post("one", FILE, en="Other.", fr="Autre.")
    library = current(
        read_library(folder.posts, folder.templates, [folder.posts / "know/one.toml"]),
        folder.root,
        TORONTO,
    )
    assert list(library.posts) == ["know/one"]


def test_the_first_free_slot_is_found_behind_more_taken_ones_than_are_looked_at_first(
    folder, mia, monkeypatch
):
    monkeypatch.setattr(known, "AHEAD", 2)
    waiting = replace(FIELDS, when="next-slot")
    for number in range(5):
        fields = waiting.with_text("en", "short", f"N {number}").with_text(
            "fr", "short", f"No {number}"
        )
        planned(folder, mia, fields, title=f"Post {number}")
    days = sorted(Delivery.objects.filter(channel="x-en").values_list("due_at", flat=True))
    assert [(day - days[0]).days for day in days] == [0, 1, 2, 3, 4]


def test_a_slot_that_cannot_be_read_is_told(folder, mia):
    at = desk(folder)
    channels = {
        name: replace(channel, slots=("sometimes",)) for name, channel in CHANNELS.items()
    }
    at = replace(at, config=replace(at.config, channels=channels))
    seen = compose.preview(begun(folder, mia), replace(FIELDS, when="next-slot"), at, NOW)
    assert {"bad-slot", "no-slots"} <= {finding.code for finding in seen.plan.findings}


def test_what_its_author_took_back_is_theirs_alone_to_bring_back(db):
    author, colleague = add_user("vera", Role.VOLUNTEER)[0], add_user("maria", Role.STAFF)[0]
    post = Post.objects.create(
        key="know/x",
        campaign="know",
        name="x",
        kind="awareness",
        author=author,
        stage=Stage.WRITING,
        loaded_at=NOW,
    )
    stages.take_back(post, author, NOW)
    with pytest.raises(Problem, match="only they can bring it back"):
        stages.bring_back(post, colleague, NOW)
    stages.bring_back(post, author, NOW)
    assert Post.objects.get().stage == Stage.WRITING
