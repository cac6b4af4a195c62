"""History: who saved what and when, what changed, and the way back."""

from dataclasses import replace

import pytest

from campaign.authoring import compose
from campaign.content.fields import ConsentFields, PictureFields
from campaign.models import Delivery, Post, Version
from campaign.web.posts.units import said_when
from tests.deliveries import NOON
from tests.posts_in_web import FIELDS, FORM, desk, planned, written
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def url(post, *more):
    return "/".join(("/posts", str(post.pk), *more, ""))


def versions(page):
    return [
        heading.text.split()[1]
        for heading in page.all("h2")
        if heading.text.startswith("Version")
    ]


def test_it_is_for_staff(stranger, volunteer, staff):
    post = written(staff)
    stranger.get(url(post, "history"), expect=302)
    volunteer.get(url(post, "history"), expect=403)
    volunteer.post(url(post, "history", "1", "restore"), {"base": "2"}, expect=403)


def test_every_version_says_who_when_and_what(staff, second):
    post = planned(staff)
    second.after(
        url(post), FORM | {"base": "2", "en.short": "Hello, world.", "when_time": "10:00"}
    )
    page = staff.get(url(post, "history"))
    assert page.h1 == "History of “A first post”"
    assert versions(page) == ["3", "2", "1"]
    for words in ("bob", "maria", "Wed Oct 13, 2027, 12:00", "Current", "Short text, English"):
        assert words in page.text
    assert [gone.text.strip() for gone in page.all("del")][:1] == ["Wed Oct 20, 2027, 09:00"]
    assert [new.text for new in page.all("ins")][:2] == [", world", "Wed Oct 20, 2027, 10:00"]


def test_settings_are_said_as_people_say_them(staff):
    fields = replace(
        FIELDS,
        kind="story",
        numbered=True,
        facts=("spread",),
        consent=ConsentFields("S-0001", "2027-01-01", "2028-01-01", ("x-en",)),
        pictures=(
            PictureFields("a" * 64 + ".jpg", {"en": "A dog"}),
            PictureFields("b" * 64 + ".jpg"),
        ),
        links={"fr": "https://e.ca/"},
    )
    text = staff.get(url(written(staff, fields), "history")).text
    for words in (
        "S-0001 · 2027-01-01 – 2028-01-01 · X, English",
        "Picture 1: A dog Picture 2: no description",
        "X, English · X, French · Facebook, French",
        "no yes",
        "https://e.ca/",
    ):
        assert words in text


def test_the_settings_are_said_in_french(staff):
    post = written(staff)
    assert staff.french().get(url(post, "history")).one("html").get("lang") == "fr"


def test_an_older_version_is_brought_back_as_a_new_one(staff, second):
    post = planned(staff)
    second.after(url(post), FORM | {"base": "2", "en.short": "Worse words."})
    page = staff.after(url(post, "history", "2", "restore"), {"base": "3"})
    assert "Version 2 is back, as a new version." in page.text
    assert page.one("textarea#en-short").text.strip() == "Hello."
    assert Version.objects.latest("number").number == 4
    assert Delivery.objects.get(channel="x-en").text == "Hello."


def test_nobody_brings_back_over_words_that_they_have_not_seen(staff, second):
    post = planned(staff)
    second.after(url(post), FORM | {"base": "2", "en.short": "Better words."})
    page = staff.after(url(post, "history", "1", "restore"), {"base": "2"})
    assert "changed meanwhile by bob" in page.text
    assert Version.objects.latest("number").number == 3


def test_a_version_that_cannot_be_read_says_so(staff):
    post = written(staff)
    Version.objects.filter(number=2).update(source="kind = ", folder="/somewhere")
    page = staff.get(url(post, "history"))
    assert "This version cannot be read" in page.text
    assert staff.get(url(post), expect=303).went_to == url(post, "history")
    assert (
        "cannot be read"
        in staff.after(url(post, "history", "2", "restore"), {"base": "2"}).text
    )


def test_a_post_without_versions_says_so(staff):
    post = Post.objects.create(
        key="know/x", campaign="know", name="x", kind="awareness", loaded_at=NOON
    )
    assert "No version is kept yet" in staff.get(url(post, "history")).text


def test_a_long_history_has_pages_and_asks_few_questions(staff, django_assert_max_num_queries):
    post = written(staff)
    for number in range(2, 30):
        fields = FIELDS.with_text("en", "short", f"Hello {number}.")
        compose.save(post, fields, staff.user, number, desk(), NOON)
    with django_assert_max_num_queries(8):
        page = staff.get(url(post, "history"))
    assert len(versions(page)) == 20
    assert "Older versions" in page.text
    older = staff.get(url(post, "history") + "?before=11")
    assert versions(older) == [str(n) for n in range(10, 0, -1)]
    assert "From the latest" in older.text


def test_nothing_in_it_becomes_html(staff):
    evil = "<script>alert(1)</script>"
    fields = FIELDS.with_text("en", "short", evil)
    page = staff.get(
        url(written(staff, replace(fields, facts=(evil,), template=evil)), "history")
    )
    assert "<script>alert" not in page.html


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("next-slot", "the next free slot of each channel"),
        ("mbc-day 12:00", "MBC Day, 12:00"),
        ("mbc-day -1d 12:00", "1 day before MBC Day, 12:00"),
        ("mbc-day +3d 12:00", "3 days after MBC Day, 12:00"),
        ("2027-10-20 10:00", "Wed Oct 20, 2027, 10:00"),
        ("2027-10-20 25:00", "2027-10-20 25:00"),
        ("some-day 12:00", "some-day, 12:00"),
    ],
)
def test_a_time_is_said_in_words(when, said):
    assert said_when(when) == said
