"""Compose: posts are listed, begun, written, previewed, kept, saved and handed in."""

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.authoring import compose, drafts, stages
from campaign.content.fields import ConsentFields, PictureFields
from campaign.decisions import approving
from campaign.models import Delivery, Draft, Post, Upload, Version
from campaign.states import Stage, Status
from campaign.stories.withdrawal import ALL, PICTURES, Via, withdraw
from tests.content.test_pictures import photo
from tests.content.test_pictures import written as encoded
from tests.deliveries import NOON, TORONTO, consent, person
from tests.folders import FACT
from tests.posts_in_web import FIELDS, FORM, begun, desk, planned, written
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
EVIL = "<script>alert(1)</script>"


def url(post, *more):
    return "/".join(("/posts", str(post.pk), *more, ""))


def jpeg():
    return SimpleUploadedFile("Maria at home.jpg", encoded(photo(), "JPEG"), "image/jpeg")


def saying(page, sentence):
    return [finding for finding in page.all(".finding") if sentence in finding.text]


# Who may


@pytest.mark.parametrize("path", ["/posts/", "/posts/new/", "/posts/1/", "/posts/1/merge/"])
def test_these_pages_are_for_staff(stranger, volunteer, path):
    assert "sign-in" in stranger.get(path, expect=302).went_to
    volunteer.get(path, expect=403)


@pytest.mark.parametrize("path", ["preview", "draft", "drop", "fix", "take-back", "pictures"])
def test_nobody_else_changes_anything(stranger, volunteer, staff, path):
    post = written(staff)
    stranger.post(url(post, path), FORM, expect=302)
    volunteer.post(url(post, path), FORM, expect=403)
    assert not Draft.objects.exists()


def test_a_page_that_is_not_there_is_told(staff):
    staff.get("/posts/77/", expect=404)
    staff.post("/posts/77/draft/", FORM, expect=404)


# The list


def test_the_first_visitor_is_shown_where_to_begin(staff):
    page = staff.get("/posts/")
    assert page.h1 == "Posts"
    assert "Nothing is written yet" in page.text


def test_posts_are_listed_with_how_they_stand_and_who_changed_them(staff, second):
    planned(staff)
    written(
        second,
        replace(FIELDS, texts={"en": {"short": "A"}, "fr": {"short": "B"}}),
        "Being done",
    )
    page = staff.get("/posts/")
    assert "2 posts" in page.text
    for words in (
        "A first post",
        "Waiting for approval",
        "maria",
        "Being done",
        "Being written",
        "bob",
    ):
        assert words in page.text


def test_the_list_is_filtered(staff):
    planned(staff)
    begun(staff, "A story", "story")
    gone = begun(staff, "Put away")
    stages.take_back(gone, staff.user, NOON)
    for query, title in (
        ("words=first post", "A first post"),
        ("kind=story", "A story"),
        ("stage=taken_back", "Put away"),
        ("stage=planned&campaign=know", "A first post"),
    ):
        page = staff.get(f"/posts/?{query}")
        assert [link.text for link in page.all("th")][3:] != []
        assert title in page.text
        assert "1 post" in page.text
    assert "No post matches" in staff.get("/posts/?words=nothing").text
    assert "Put away" not in staff.get("/posts/").text


def test_the_list_has_pages_and_asks_few_questions(staff, django_assert_max_num_queries):
    Post.objects.bulk_create(
        Post(key=f"know/p{n}", campaign="know", name=f"p{n}", kind="awareness", loaded_at=NOON)
        for n in range(120)
    )
    with django_assert_max_num_queries(11):
        page = staff.get("/posts/")
    assert len(page.all("th[scope=row]")) == 50
    second_page = staff.get(
        next(a["href"] for a in page.all("a.button") if a.text == "Next").join(("/posts/", ""))
    )
    assert len(second_page.all("th[scope=row]")) == 50
    assert "From the beginning" in second_page.text
    staff.get("/posts/?before=x&kind=%00")


# Beginning


def test_a_post_is_begun_with_three_answers(staff):
    page = staff.get("/posts/new/")
    assert "Know it" in page.text
    after = staff.after(
        "/posts/new/", {"title": "Où êtes-vous?", "kind": "awareness", "campaign": "know"}
    )
    assert after.h1 == "Où êtes-vous?"
    assert Post.objects.get().key == "know/ou-etes-vous"


def test_what_was_typed_stays_when_something_is_missing(staff):
    page = staff.post(
        "/posts/new/", {"title": " ", "kind": "story", "campaign": "know"}, expect=422
    )
    assert "Give the post a title" in page.text
    assert page.one("input[name=kind][value=story]").get("checked") == ""
    assert "checked" in page.one("input[name=kind][value=story]").attributes


# The form


def test_the_form_shows_the_texts_side_by_side_and_how_they_will_look(staff):
    page = staff.get(url(written(staff)))
    assert page.one("textarea#en-short").text.strip() == "Hello."
    assert page.one("textarea#fr-short").get("lang") == "fr"
    assert len(page.all(".preview-twitter")) == 2
    assert len(page.all(".preview-facebook")) == 1
    assert "6 of 280" in page.text
    assert "All is well" in page.text
    assert "Wed Oct 20, 2027, 09:00" in page.text
    assert "US$0.015" in page.text


def test_the_page_is_in_french(staff):
    post = written(staff)
    page = staff.french().get(url(post))
    assert page.one("html").get("lang") == "fr"
    assert "9 h 00" in page.text


def test_what_is_said_after_saving_is_in_french(staff):
    post = written(staff)
    after = staff.french().after(url(post), FORM | {"base": "2", "en.short": "New words."})
    assert "Rien n’est publié sans avoir été soumis et approuvé." in after.text
    assert "Nothing goes out" not in after.text


def test_every_control_has_a_label_and_is_described_by_what_is_there(staff):
    story = replace(FIELDS, kind="story", consent=ConsentFields("S-1", "2027-01-01"))
    story = replace(story, pictures=(PictureFields("a" * 64 + ".jpg", {"en": "A dog"}),))
    page = staff.get(url(written(staff, story)))
    ids = [element.get("id") for element in page.elements if element.get("id")]
    assert len(ids) == len(set(ids))
    labelled = {label.get("for") for label in page.all("label")}
    for control in page.all("textarea") + page.all("select") + page.all("input"):
        if control.get("type") not in ("hidden", "checkbox", "radio") and control.get("id"):
            assert control["id"] in labelled, control
        assert set(control.get("aria-describedby").split()) <= set(ids), control
    inline = {"style", "onclick", "onchange", "oninput", "hx-on"}
    assert not [element for element in page.elements if inline & element.attributes.keys()]


def test_a_finding_stands_beside_its_field(staff):
    post = written(staff, FIELDS.with_text("en", "short", "x" * 281))
    page = staff.get(url(post))
    notes = page.one("#notes-en-short")
    assert "On x-en this is 281 characters, 1 more than the 280 allowed" in notes.text
    assert page.one("textarea#en-short").get("aria-invalid") == "true"
    assert "281 of 280: 1 too many" in page.text
    assert "1 thing to correct" in page.text


def test_a_thread_is_shown_in_its_parts_and_costs_each_of_them(staff):
    page = staff.get(
        url(written(staff, FIELDS.with_text("en", "short", "One.\n---\nTwo: https://e.ca/x")))
    )
    assert [part.text.split("X, English")[1].split()[0] for part in page.all(".part")[:2]] == [
        "One.",
        "Two:",
    ]
    assert "US$0.215" in page.text


def test_a_long_text_is_folded_on_facebook_and_links_and_hashtags_are_coloured(staff):
    long = "Voici #MBC et https://example.org/page.\n" + "mot " * 200
    page = staff.get(url(written(staff, FIELDS.with_text("fr", "long", long))))
    assert [link.text for link in page.all(".linked")] == ["#MBC", "https://example.org/page"]
    assert "See more" in page.text


def test_x_shows_a_link_without_its_end_and_the_page_says_where_it_leads(staff):
    whole = "https://www.survivornet.ca/a/very/long/way/to/go"
    page = staff.get(url(written(staff, FIELDS.with_text("en", "short", f"See {whole}"))))
    assert [link.text for link in page.all(".linked")] == ["survivornet.ca/a/very/long/way…"]
    assert (
        whole
        in page.one(
            "details.x",
        ).text
        if page.all("details.x")
        else whole in page.text
    )


def test_nothing_that_was_typed_becomes_html(staff):
    texts = {language: {"short": f"{EVIL} #{EVIL}", "long": EVIL} for language in ("en", "fr")}
    evil = replace(
        FIELDS, texts=texts, grace=EVIL, day=EVIL, template=EVIL, action=EVIL, when=EVIL, facts=(EVIL,),
        channels=("x-en", EVIL), links={"en": EVIL}, kind="story", consent=ConsentFields(EVIL, EVIL, EVIL, (EVIL,)),
        pictures=(PictureFields(EVIL, {"en": EVIL}),),
    )  # fmt: skip
    post = begun(staff, EVIL)
    compose.save(post, evil, staff.user, 1, desk(), NOON)
    drafts.keep_draft(post, staff.user, evil, EVIL, 1, NOON)
    for path in (url(post), url(post, "history"), url(post, "merge"), "/posts/"):
        page = staff.get(path)
        assert "<script>alert" not in page.html
    assert "alert(1)" in page.html


def test_a_post_that_came_from_a_file_is_written_on_here(staff, folder):
    folder.post("from-file", 'when = "2027-10-20 09:00"\nchannels = ["x-en"]')
    post = Post.objects.create(
        key="know/from-file",
        campaign="know",
        name="from-file",
        kind="awareness",
        loaded_at=NOON,
    )
    page = staff.get(url(post))
    assert (page.h1, page.one("input[name=base]")["value"]) == ("From file", "0")
    staff.after(
        url(post), FORM | {"base": "0", "title": "From file", "en.short": "From the web."}
    )
    assert [version.by for version in Version.objects.order_by("number")] == [None, staff.user]


def test_the_form_asks_few_questions(staff, second, django_assert_max_num_queries):
    post = planned(staff)
    drafts.keep_draft(post, second.user, FIELDS, "", 2, NOON)
    drafts.keep_draft(post, staff.user, replace(FIELDS, grace="2h"), "A first post", 1, NOON)
    with django_assert_max_num_queries(24):
        staff.get(url(post))


# Live preview


def test_a_preview_is_what_the_saved_post_would_be_and_keeps_nothing(
    staff, django_assert_max_num_queries
):
    post = written(staff)
    with django_assert_max_num_queries(12):
        page = staff.post(
            url(post, "preview"), FORM | {"en.short": "Quite new words."}, HX_Request="true"
        )
    assert "Quite new words." in page.one("#look-en-short").text
    assert page.one("#look-en-short")["hx-swap-oob"] == "true"
    assert (Version.objects.count(), Draft.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"when_mode": "slot"}, "Thu Oct 14, 2027, 09:00"),
        ({"when_mode": "day", "when_day": "mbc-day", "when_days": "5", "when_day_time": "10:00"}, "Mon Oct 18, 2027, 10:00"),
        ({"when_date": "", "when_time": ""}, "It has no time yet."),
        ({"when_date": "2027-10-21", "when_time": ""}, "says no time of day"),
        ({"when_mode": "day", "when_day": "", "when_days": "x", "when_day_time": ""}, "does not say when to post"),
        ({"channels": []}, "Choose at least one channel."),
        ({"template": "gone"}, "is not a template"),
    ],
)  # fmt: skip
def test_each_choice_says_what_it_comes_to(staff, typed, says):
    assert says in staff.post(url(written(staff), "preview"), FORM | typed).text


def test_a_preview_of_nothing_at_all_is_no_trouble(staff):
    page = staff.post(url(written(staff), "preview"), {})
    assert "Choose at least one channel." in page.text


# Drafts


def test_what_is_typed_is_kept_and_stands_in_the_form_again(staff, site_clock):
    post = written(staff)
    kept = staff.post(
        url(post, "draft"),
        FORM | {"base": "2", "en.short": "Half a sen", "title": "Other title"},
        HX_Request="true",
    )
    assert "Your words are kept (12:00)" in kept.text
    page = staff.get(url(post))
    assert page.one("textarea#en-short").text.strip() == "Half a sen"
    assert page.one("input#title")["value"] == "Other title"
    assert "These are your words from Wed Oct 13, 2027, 12:00, not yet saved." in page.text
    assert Version.objects.count() == 2


def test_nobody_else_sees_them_but_they_are_told(staff, second):
    post = written(staff)
    staff.post(url(post, "draft"), FORM | {"base": "2", "en.short": "Half a sen"})
    page = second.get(url(post))
    assert page.one("textarea#en-short").text.strip() == "Hello."
    assert "maria is writing in this post right now." in page.text


def test_they_can_be_dropped(staff):
    post = written(staff)
    staff.post(url(post, "draft"), FORM | {"base": "2", "en.short": "Half a sen"})
    page = staff.after(url(post, "drop"))
    assert page.one("textarea#en-short").text.strip() == "Hello."
    assert "not yet saved" not in page.text


def test_no_chosen_channel_stays_no_chosen_channel(staff):
    post = written(staff)
    staff.post(url(post, "draft"), FORM | {"base": "2", "channels": []})
    page = staff.get(url(post))
    assert not [box for box in page.all("input[name=channels]") if "checked" in box.attributes]


def test_a_part_of_the_page_says_that_the_sign_in_has_expired(staff, stranger):
    answer = stranger.post(url(written(staff), "draft"), FORM, expect=401, HX_Request="true")
    assert answer.response.headers["HX-Trigger"] == "signed-out"


def test_others_are_told_while_the_page_is_open(staff, second, site_clock):
    post = written(staff)
    staff.post(url(post, "draft"), FORM | {"base": "2"})
    site_clock.advance(minutes=2)
    assert (
        "maria has this post open too, and last wrote something at 12:00."
        in second.get(url(post, "others")).text
    )
    staff.after(url(post), FORM | {"base": "2", "en.short": "Saved."})
    told = second.get(url(post, "others") + "?base=2").text
    assert "maria saved a new version" in told
    assert "open too" not in told
    assert second.get(url(post, "others") + "?base=x").text == ""


# Saving


def test_a_post_is_saved_as_a_version(staff):
    post = begun(staff)
    page = staff.after(url(post), FORM)
    assert (
        "Saved as version 2. Nothing goes out before it is submitted and approved." in page.text
    )
    assert page.one("input[name=base]")["value"] == "2"
    assert "Nothing had changed" in staff.after(url(post), FORM | {"base": "2"}).text
    other = FORM | {"base": "2", "title": "Another title"}
    renamed = staff.after(url(post), other)
    assert "The new title is saved. Nothing else had changed." in renamed.text
    assert "so nothing was saved" not in renamed.text


def test_a_post_is_handed_in(staff):
    post = begun(staff)
    page = staff.after(url(post), FORM | {"do": "submit"})
    assert "Submitted: 3 deliveries wait for somebody else to approve them." in page.text
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert "hand in" not in page.text


def test_a_post_with_errors_is_saved_and_not_handed_in(staff):
    post = begun(staff)
    page = staff.after(url(post), FORM | {"do": "submit", "en.short": "{{ nothing }}"})
    assert "This post is saved, but it has errors: correct them, then submit it" in page.text
    assert post.versions.count() == 2
    assert Post.objects.get().stage == Stage.WRITING


def test_a_planned_post_with_errors_says_what_the_queue_holds(staff):
    post = planned(staff)
    page = staff.after(url(post), FORM | {"base": "2", "en.short": "{{ nothing }}"})
    assert "the queue still holds the words from before" in page.text
    page = staff.after(url(post), FORM | {"base": "3", "en.short": "Better."})
    assert "The queue follows." in page.text
    assert Delivery.objects.get(channel="x-en").text == "Better."


def test_a_lost_approval_is_told(staff):
    post = planned(staff)
    Delivery.objects.update(status=Status.QUEUED)
    page = staff.after(url(post), FORM | {"base": "2", "en.short": "Better."})
    assert "it waits for approval again" in page.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"channels": []}, "choose at least one channel"),
        ({"title": " "}, "give the post a title"),
    ],
)
def test_what_cannot_be_saved_stays_in_the_form(staff, typed, says):
    post = begun(staff)
    page = staff.post(url(post), FORM | typed | {"en.short": "My words."}, expect=422)
    assert says in page.text
    assert page.one("textarea#en-short").text.strip() == "My words."
    assert "My words." in Draft.objects.get().fields
    assert Version.objects.count() == 1


def test_everything_in_the_form_is_saved(staff):
    post = begun(staff, kind="story")
    consent = {
        "storyteller": "S-0001",
        "given_on": "2027-01-01",
        "until": "2028-01-01",
        "channels": ["x-en", "fb-fr"],
    }
    typed = FORM | {
        "kind": "story",
        "facts": ["spread"],
        "link.en": "https://e.ca/",
        "link.to": "resources",
        "link.not_on": ["twitter"],
        "grace": "2h",
        "numbered": "1",
    }
    typed |= {"action": "share", "day": "mbc-day", "example": "1", "en.long": "Long\r\nwords."}
    typed |= {f"consent.{name}": value for name, value in consent.items()}
    staff.after(url(post), typed)
    fields, _ = compose.current_fields(Post.objects.get(), desk(), NOON)
    assert fields == replace(
        FIELDS,
        kind="story",
        facts=("spread",),
        links={"en": "https://e.ca/"},
        link_to="resources",
        not_on=("twitter",),
        grace="2h",
        numbered=True,
        action="share",
        day="mbc-day",
        example=True,
        consent=ConsentFields("S-0001", "2027-01-01", "2028-01-01", ("x-en", "fb-fr")),
        texts={"en": {"short": "Hello.", "long": "Long\nwords."}, "fr": {"short": "Bonjour."}},
    )


def test_where_a_link_leads_is_shown_and_kept(staff, folder):
    linked = replace(FIELDS, link_to="none", not_on=("twitter",))
    page = staff.get(url(written(staff, linked)))
    chosen = [
        choice["value"] for choice in page.all("option") if "selected" in choice.attributes
    ]
    boxes = [box for box in page.all("input") if box.get("name") == "link.not_on"]
    ticked = [box["value"] for box in boxes if "checked" in box.attributes]
    assert "none" in chosen
    assert ticked == ["twitter"]
    assert "Nowhere: the post has no link" in page.text
    french = staff.french().get(url(Post.objects.get()))
    assert "Réseaux où elle est publiée sans son lien" in french.text


def test_a_file_that_leads_somewhere_keeps_it_when_it_is_saved_in_the_web(staff, folder):
    head = 'channels = ["x-en"]\nwhen = "2027-10-20 09:00"\nlink = { to = "resources", not_on = ["twitter"] }'
    folder.post("listen", head, "Hello.", "Bonjour.")
    post = Post.objects.create(
        key="know/listen", campaign="know", name="listen", kind="awareness", loaded_at=NOON
    )
    staff.after(
        url(post),
        FORM
        | {
            "base": "0",
            "link.to": "resources",
            "link.not_on": ["twitter"],
            "en.short": "Hello again.",
        },
    )
    fields, _ = compose.current_fields(post, desk(), NOON)
    assert (fields.link_to, fields.not_on) == ("resources", ("twitter",))
    assert fields.text("en", "short") == "Hello again."


def test_a_title_can_be_changed_and_the_address_stays(staff):
    post = begun(staff)
    page = staff.after(url(post), FORM | {"title": "Another  title"})
    assert page.h1 == "Another title"
    assert Post.objects.get().key == "know/a-first-post"


# Two at once


def merging(staff, second):
    """Both began with version 2; bob has saved version 3, and maria finds out."""
    post = planned(staff)
    second.after(url(post), FORM | {"base": "2", "en.short": "Hello from Bob.", "grace": "2h"})
    sent = staff.post(
        url(post),
        FORM | {"base": "2", "en.short": "Hello from Maria.", "fr.short": "Salut."},
        expect=303,
    )
    assert sent.went_to == url(post, "merge")
    return post


def test_both_versions_stand_side_by_side(staff, second):
    page = staff.get(url(merging(staff, second), "merge"))
    assert page.h1 == "Two versions of this post"
    for words in ("Maria", "Bob", "Salut.", "What bob saved", "You both changed this"):
        assert words in page.text
    chosen = {
        radio["name"]: radio["value"]
        for radio in page.all("input[type=radio]")
        if "checked" in radio.attributes
    }
    assert chosen == {
        "choice.en.short": "mine",
        "choice.fr.short": "mine",
        "choice.grace": "theirs",
    }


def test_what_is_chosen_is_saved(staff, second):
    post = merging(staff, second)
    choices = {
        "base": "3",
        "choice.en.short": "own",
        "own.en.short": "From both.",
        "choice.grace": "theirs",
    }
    page = staff.after(url(post, "merge"), choices)
    assert "Saved as version 4." in page.text
    fields, number = compose.current_fields(post, desk(), NOON)
    assert (fields.text("en", "short"), fields.text("fr", "short"), fields.grace, number) == (
        "From both.",
        "Salut.",
        "2h",
        4,
    )


def test_a_third_version_meanwhile_is_told_again(staff, second):
    post = merging(staff, second)
    second.after(url(post), FORM | {"base": "3", "en.short": "Hello again from Bob."})
    page = staff.post(url(post, "merge"), {"base": "3", "choice.en.short": "theirs"})
    assert "It was saved once more" in page.text
    assert "again from Bob" in page.text
    assert Version.objects.latest("number").number == 4


def test_one_who_gives_way_loses_nothing_of_the_others(staff, second):
    post = merging(staff, second)
    page = staff.after(url(post, "drop"))
    assert page.one("textarea#en-short").text.strip() == "Hello from Bob."


def test_there_is_nothing_to_choose_when_nobody_else_has_saved(staff):
    post = written(staff)
    assert staff.get(url(post, "merge"), expect=303).went_to == url(post)
    drafts.keep_draft(post, staff.user, FIELDS, "", 2, NOON)
    assert staff.get(url(post, "merge"), expect=303).went_to == url(post)


def test_a_draft_without_news_gives_way_to_a_newer_version(staff, second):
    post = planned(staff)
    staff.post(url(post, "draft"), FORM | {"base": "2"})
    second.after(url(post), FORM | {"base": "2", "en.short": "Hello from Bob."})
    assert staff.get(url(post)).one("textarea#en-short").text.strip() == "Hello from Bob."


# Corrections


def test_a_correction_is_made_in_the_form_and_kept(staff):
    post = written(staff)
    change = json.dumps(["en.short", "colour", "color"])
    answer = staff.post(
        url(post, "fix"),
        FORM | {"base": "2", "en.short": "A colour.", "fix": change},
        HX_Request="true",
    )
    assert answer.one("textarea#en-short").text.strip() == "A color."
    assert answer.response.headers["HX-Trigger-After-Settle"] == "look"
    assert "A color." in Draft.objects.get().fields
    page = staff.after(
        url(post, "fix"), FORM | {"base": "2", "en.short": "Two colours.", "fix": change}
    )
    assert page.one("textarea#en-short").text.strip() == "Two colors."


@pytest.mark.parametrize(
    "wrong",
    ["", "{}", "[1]", '["when", "a", "b"]', '["pictures.7.alt.en", "a", "b"]', "[[], 1, 2]"],
)
def test_a_correction_that_makes_no_sense_changes_nothing(staff, wrong):
    post = written(staff)
    page = staff.after(url(post, "fix"), FORM | {"base": "2", "fix": wrong})
    assert page.one("textarea#en-short").text.strip() == "Hello."


def test_a_sign_that_nobody_can_read_is_saved_opened_again_and_corrected(staff):
    post = written(staff)
    garbled = {"base": "2", "en.short": "It\x92s time.\x0bNow.", "when_date": "2027-1"}
    staff.after(url(post), FORM | garbled)
    page = staff.get(url(post))
    assert page.one("textarea#en-short").text.strip() == "It\x92s time.\nNow."
    note = page.one("#notes-en-short").text
    assert (
        "In “It▯s time.”, “▯” is a sign that nobody can read (U+0092): write “’” there." in note
    )
    change = json.dumps(["en.short", "\x92", "’"])
    page = staff.after(
        url(post, "fix"), FORM | {"base": "3", "en.short": "It\x92s time.", "fix": change}
    )
    assert page.one("textarea#en-short").text.strip() == "It’s time."


# Pictures


def test_a_picture_is_added_described_and_sent(staff):
    post = begun(staff)
    page = staff.after(url(post, "pictures"), FORM | {"do": "add", "picture": [jpeg()]})
    upload = Upload.objects.get()
    assert upload.by == staff.user
    assert page.one("input[name=pictures.0.file]")["value"] == upload.file_name
    assert "has no description" in page.one("#notes-pictures-0-alt-fr").text
    described = {"pictures.0.file": upload.file_name}
    described |= {
        "pictures.0.alt.en": "A dog in deep snow",
        "pictures.0.alt.fr": "Un chien dans la neige",
    }
    page = staff.after(url(post), FORM | described | {"do": "submit"})
    assert "Submitted" in page.text
    assert upload.file_name in Delivery.objects.get(channel="x-en").pictures
    assert [image["alt"] for image in page.all("img") if image["alt"]] == [
        "A dog in deep snow",
        *["Un chien dans la neige"] * 2,
        "Picture 1, as it will be sent",
    ]
    assert "18 characters" in page.one("#count-pictures-0-alt-en").text


def test_a_picture_is_added_without_leaving_the_page(staff):
    post = begun(staff)
    page = staff.post(
        url(post, "pictures"), FORM | {"do": "add", "picture": [jpeg()]}, HX_Request="true"
    )
    assert page.one("div#picture-list")
    assert page.one("#look-en-short")
    assert "0 characters" in page.text
    assert "maria" not in page.html.lower()


def test_pictures_are_moved_and_taken_out(staff):
    post = begun(staff)
    names = [f"{letter * 64}.jpg" for letter in "abc"]
    form = FORM | {f"pictures.{number}.file": name for number, name in enumerate(names)}
    form |= {"pictures.1.alt.en": "B"}

    def after(do):
        page = staff.after(url(post, "pictures"), form | {"do": do})
        return "".join(
            page.one(f"input[name=pictures.{n}.file]")["value"][0]
            for n in range(3 if "up" in do else 2)
        )

    assert (after("up-1"), after("remove-0"), after("up-0")) == ("bac", "bc", "abc")


def test_what_is_no_picture_is_refused_and_the_words_stay(staff):
    post = begun(staff)
    wrong = SimpleUploadedFile("a.jpg", b"GIF89a", "image/jpeg")
    page = staff.after(
        url(post, "pictures"), FORM | {"do": "add", "picture": [wrong], "en.short": "Words."}
    )
    assert "The picture a.jpg is a GIF" in page.text
    assert page.one("textarea#en-short").text.strip() == "Words."
    wrong.seek(0)
    page = staff.post(
        url(post, "pictures"), FORM | {"do": "add", "picture": [wrong]}, HX_Request="true"
    )
    assert "The picture a.jpg is a GIF" in page.text
    assert (
        "Choose a picture first"
        in staff.after(url(post, "pictures"), FORM | {"do": "add"}).text
    )


def test_there_are_only_so_many_pictures(staff):
    post = begun(staff)
    many = {f"pictures.{number}.file": f"{number:064x}.jpg" for number in range(12)}
    page = staff.after(url(post, "pictures"), FORM | many | {"do": "add", "picture": [jpeg()]})
    assert "There are 10 pictures already" in page.text


def test_a_picture_is_shown_to_people_who_have_signed_in(staff, volunteer, stranger):
    staff.post(url(begun(staff), "pictures"), FORM | {"do": "add", "picture": [jpeg()]})
    upload = Upload.objects.get()
    path = f"/pictures/{upload.digest}/"
    stranger.get(path, expect=302)
    answer = volunteer.client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = volunteer.client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = volunteer.client.get(path, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200
    staff.get(f"/pictures/{'0' * 64}/", expect=404)
    upload.delete()
    staff.get(path, expect=404)


@pytest.mark.parametrize("scope", [ALL, PICTURES])
def test_a_picture_of_a_story_is_kept_by_no_browser_and_shown_to_nobody_once_it_is_taken_back(
    staff, volunteer, admin, scope
):
    who = person()
    consent(who)
    post = begun(staff)
    staff.post(url(post, "pictures"), FORM | {"do": "add", "picture": [jpeg()]})
    upload = Upload.objects.get()
    assert upload.post == post
    Post.objects.filter(pk=post.pk).update(storyteller=who.reference, was_story=True)
    path = f"/pictures/{upload.digest}/"
    answer = volunteer.client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert "ETag" not in answer.headers
    withdraw(who, scope, Via.LINK, "", NOON)
    for visitor in (volunteer, staff, admin):
        visitor.get(path, expect=404)
        asked = visitor.client.get(path, headers={"If-None-Match": f'"{upload.digest}"'})
        assert asked.status_code == 404


# Putting away


def test_a_post_is_taken_back_and_brought_back(staff):
    post = begun(staff)
    assert "Nothing of it is lost" in staff.after(url(post, "take-back")).text
    page = staff.get(url(post))
    assert "it is set aside" in page.text
    assert "The post is back" in staff.after(url(post, "take-back"), {"undo": "1"}).text
    assert Post.objects.get().stage == Stage.WRITING


def test_a_planned_post_is_not_taken_back(staff):
    post = planned(staff)
    assert "Take the post back" not in staff.get(url(post)).text
    assert (
        "cancel its deliveries in the queue instead" in staff.after(url(post, "take-back")).text
    )


# Facts


def test_facts_are_chosen_from_a_list_in_both_languages(staff, folder):
    careful = (
        FACT.replace('"spread"', '"careful"').replace('"ok"', '"caution"')
        + 'note = "Say it gently."\n'
    )
    refused = FACT.replace('"spread"', '"refused"').replace('"ok"', '"do_not_use"')
    folder.write("posts/facts.toml", FACT + careful + refused)
    page = staff.get(url(written(staff, replace(FIELDS, facts=("spread",)))))
    for words in (
        "It has spread.",
        "Il s’est propagé.",
        "Say it gently.",
        "to be reviewed by 2030-01-01",
    ):
        assert words in page.text
    boxes = {box["value"]: "checked" in box.attributes for box in page.all("input[name=facts]")}
    assert boxes == {"spread": True, "careful": False}
    assert {button["data-insert"] for button in page.all("[data-insert]")} == {
        "spread",
        "careful",
    }


def test_when_a_draft_is_older_than_a_day_it_still_stands(staff, site_clock):
    post = written(staff)
    staff.post(url(post, "draft"), FORM | {"base": "2", "en.short": "Half a sen"})
    site_clock.now = NOON + timedelta(days=40)
    assert "Half a sen" in staff.get(url(post)).text


def test_half_of_an_awareness_day_stays_in_its_controls(staff):
    post = written(staff)
    typed = {
        "when_mode": "day",
        "when_day": "mbc-day",
        "when_days": "x",
        "when_side": "before",
        "when_day_time": "10:00",
    }
    staff.post(url(post, "draft"), FORM | {"base": "2"} | typed)
    page = staff.get(url(post))
    assert "checked" in page.one("input[name=when_mode][value=day]").attributes
    assert page.one("input#when_days")["value"] == "x"
    assert page.one("input#when_day_time")["value"] == "10:00"


def test_no_sign_of_a_title_is_lost_without_a_trace(staff):
    post = begun(staff)
    typed = "L\x92espoir\x00 d\x07un jour \U0001f469\u200d\U0001f52c\n"
    page = staff.after(url(post), FORM | {"title": typed})
    assert page.h1 == "L’espoir d\ufffdun jour \U0001f469\u200d\U0001f52c"
    staff.get("/posts/?words=%00&kind=%00")


def test_without_javascript_the_looks_are_shown_by_a_button(staff):
    post = written(staff)
    page = staff.after(url(post, "draft"), FORM | {"base": "2", "en.short": "Quite new words."})
    assert "Quite new words." in page.one("#look-en-short").text


def test_the_first_button_saves(staff):
    page = staff.get(url(written(staff)))
    form = page.elements.index(page.one("form#post-form"))
    first = next(element for element in page.elements[form:] if element.tag == "button")
    assert (first["name"], first["value"]) == ("do", "save")


def test_what_may_pass_is_let_pass_with_a_reason_that_is_kept(staff):
    shouted = FORM | {"base": "1", "fr.short": "L'automne arrive."}
    post = begun(staff)
    page = staff.post(url(post, "preview"), shouted)
    button = page.all("button[name=pass]") or page.all("button[name=fix]")
    assert button
    code = (
        "french-apostrophe"
        if not page.all("button[name=pass]")
        else page.all("button[name=pass]")[0]["value"]
    )
    page = staff.after(url(post, "let-pass"), shouted | {"pass": "jargon"})
    assert page.one("input#accepted-jargon")["value"] == ""
    assert page.one("textarea#fr-short").text.strip() == "L'automne arrive."
    staff.after(
        url(post),
        shouted | {"accepted.jargon": " A known \x00 word. ", f"accepted.{code}": " "},
    )
    fields, number = compose.current_fields(post, desk(), NOON)
    assert fields.accepted == {"jargon": "A known word."}
    page = staff.get(url(post))
    assert page.one("input#accepted-jargon")["value"] == "A known word."
    staff.after(url(post), FORM | {"base": str(number), "accepted.jargon": ""})
    assert compose.current_fields(post, desk(), NOON)[0].accepted == {}


def test_what_guards_people_is_not_let_pass(staff):
    post = begun(staff)
    for code in ("no-consent", "nothing", "<b>", "x" * 99):
        assert not staff.after(url(post, "let-pass"), FORM | {"pass": code}).all("#let-pass")


def test_what_is_approved_keeps_its_time_when_its_words_come_to_mean_another_one_and_the_page_says_so(
    staff, second, folder, settings
):
    post = planned(staff)
    approving.approve(post, second.user, NOON, TORONTO)
    before = set(post.deliveries.values_list("status", "due_at"))
    settings.CONFIG = replace(
        settings.CONFIG,
        site=replace(settings.CONFIG.site, timezone=ZoneInfo("America/Vancouver")),
    )
    page = staff.after(f"/posts/{post.pk}/", {**FORM, "base": str(post.version)})
    assert set(post.deliveries.values_list("status", "due_at")) == before
    assert "now means" in page.text
    assert "keeps its time until somebody gives it a new one" in page.text


def test_a_post_that_was_taken_back_can_be_written_on_and_not_be_handed_in(staff, folder):
    post = written(staff)
    stages.take_back(post, staff.user, NOON)
    assert not staff.get(f"/posts/{post.pk}/").all("button[value=submit]")
    page = staff.after(
        f"/posts/{post.pk}/",
        {**FORM, "base": str(post.version), "en.short": "More.", "do": "submit"},
    )
    assert "bring it back first" in page.text
    post.refresh_from_db()
    assert (post.stage, post.version) == (Stage.TAKEN_BACK, 3)
