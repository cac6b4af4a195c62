"""Several posts in one sitting: the page where they are written, the series that comes of it, and one's own drafts."""

from collections.abc import Mapping, Sequence

import pytest

from campaign.authoring import drafts, stages
from campaign.models import Delivery, Post
from campaign.models.series import Series
from campaign.states import Stage, Status
from tests.deliveries import NOON
from tests.pages import Page, Visitor
from tests.posts_in_web import CHANNELS, FIELDS, begun, written
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
NEW = "/posts/series/new/"
TIPS: Mapping[str, str | Sequence[str]] = {
    "name": "Tips",
    "campaign": "know",
    "first": "2027-10-19",
    "time": "09:00",
    "weekdays": ["1", "3"],
    "channels": list(CHANNELS),
    "kind": "awareness",
    "form": "a-form",
    "en.1": "Bring a list of questions.\r\n***\r\nTake somebody with you.",
    "fr.1": "Apportez une liste de questions.\r\n***\r\nVenez avec quelqu’un.",
    "en.3": "Ask for it in writing.",
    "fr.3": "Demandez-le par écrit.",
}


def filled(page: Page) -> dict[str, str | list[str]]:
    """What a browser sends of the form of a sitting as it stands there."""
    sent: dict[str, str | list[str]] = {}
    for field in page.all("[name]"):
        name, kind = field["name"], field.get("type")
        if kind in ("checkbox", "radio") and "checked" not in field.attributes:
            continue
        if "NUMBER" in name or field.tag in ("button", "meta"):
            continue
        value = field.text if field.tag == "textarea" else field.get("value")
        if kind == "checkbox":
            sent[name] = [*sent.get(name, []), value]
        elif field.tag != "select":
            sent[name] = value
    return {**sent, "campaign": "know", "kind": "awareness"}


def looked(by: Visitor, typed: Mapping[str, object] = TIPS) -> Page:
    answer = by.post(NEW, {**typed, "do": "look"}, expect=303)
    return by.get(answer.went_to)


def made(by: Visitor, do: str = "submit") -> Series:
    page = looked(by)
    series = Series.objects.get()
    by.post(f"/posts/series/{series.pk}/write/", {**filled(page), "do": do}, expect=303)
    return Series.objects.get()


@pytest.mark.parametrize("path", ["", "new/", "1/", "1/write/"])
def test_these_pages_are_for_staff(stranger: Visitor, volunteer: Visitor, path: str) -> None:
    assert "sign-in" in stranger.get(f"/posts/series/{path}", expect=302).went_to
    volunteer.get(f"/posts/series/{path}", expect=403)


@pytest.mark.parametrize("path", ["drop", "move", "cancel", "submit"])
def test_nobody_else_changes_a_series(
    stranger: Visitor, volunteer: Visitor, staff: Visitor, path: str
) -> None:
    series = made(staff)
    stranger.post(f"/posts/series/{series.pk}/{path}/", {"days": "1"}, expect=302)
    volunteer.post(f"/posts/series/{series.pk}/{path}/", {"days": "1"}, expect=403)
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.DRAFT}


def test_a_list_that_is_pasted_becomes_a_series_of_posts(staff: Visitor) -> None:
    page = looked(staff)
    assert [row.text for row in page.all("th[scope=row]")] == ["1", "2", "3"]
    assert "Tuesday, October 19, 2027" in page.text
    assert Series.objects.get().made_at is None
    assert not Post.objects.exists()
    series = made(staff)
    assert [post.title for post in series.posts.order_by("pk")] == [
        "Tips 1",
        "Tips 2",
        "Tips 3",
    ]
    shown = staff.get(f"/posts/series/{series.pk}/")
    assert "3 posts are made." in shown.text and "They wait for somebody else" in shown.text
    assert len(shown.all("tr")) == 4


def test_nothing_is_made_that_nobody_has_seen(staff: Visitor) -> None:
    page = looked(staff)
    series = Series.objects.get()
    changed = {**filled(page), "first": "2027-10-20", "do": "submit"}
    again = staff.post(f"/posts/series/{series.pk}/write/", changed, expect=303)
    assert "look at them once more" in staff.get(again.went_to).text
    assert not Post.objects.exists()


def test_the_next_text_is_written_on_the_same_page_and_nothing_is_lost(staff: Visitor) -> None:
    answer = staff.post(NEW, {**TIPS, "do": "next"}, expect=303)
    page = staff.get(answer.went_to)
    [field] = [field for field in page.all("textarea") if "autofocus" in field.attributes]
    assert field["name"] == "en.4"
    assert page.one("[name=name]")["value"] == "Tips"
    assert [
        box["value"] for box in page.all("input[name=weekdays]") if "checked" in box.attributes
    ] == ["1", "3"]


def test_what_is_missing_is_said_and_kept(staff: Visitor) -> None:
    page = looked(staff, {**TIPS, "name": "", "first": "one day"})
    assert "Give the series a name" in page.text
    assert page.all("textarea")[0].text.strip() == "Bring a list of questions."


def test_words_that_cannot_be_kept_are_shown_again(staff: Visitor) -> None:
    many = {"en.1": "\n***\n".join("abcdefghijklm" * 5), "fr.1": ""}
    page = staff.post(NEW, {**TIPS, **many, "do": "look"}, expect=422)
    assert "52 posts at the most" in page.text
    assert len([field for field in page.all("textarea") if field.text.strip()]) >= 52
    series = made(staff)
    late = {**TIPS, "en.1": "Written in a page that was left open.", "form": "b"}
    page = staff.post(f"/posts/series/{series.pk}/write/", late, expect=422)
    assert "made already" in page.text
    assert "left open" in page.all("textarea")[0].text


def test_a_series_like_a_post_begins_with_its_words(staff: Visitor) -> None:
    post = written(staff)
    page = staff.get(f"{NEW}?post={post.pk}")
    assert [field.text.strip() for field in page.all("textarea")[:2]] == ["Hello.", "Bonjour."]
    Post.objects.filter(pk=post.pk).update(was_story=True)
    assert "never copied" in staff.get(f"{NEW}?post={post.pk}").text


def test_a_move_that_is_pressed_twice_moves_once(staff: Visitor) -> None:
    series = made(staff)
    url = f"/posts/series/{series.pk}/"
    moved = {"days": "1", "shown": staff.get(url).one("input[name=shown]")["value"]}
    for _press in range(2):
        staff.post(f"{url}move/", moved, expect=303)
    assert "These posts have changed meanwhile" in staff.get(url).text
    assert Delivery.objects.earliest("due_at").due_at.day == 20


def test_a_series_is_moved_and_cancelled_from_its_page(staff: Visitor) -> None:
    series = made(staff)
    url = f"/posts/series/{series.pk}/"
    staff.post(f"{url}move/", {"days": "1", "time": "10:30"}, expect=303)
    assert "Oct 20, 2027, 10:30" in staff.get(url).text
    asked = staff.post(f"{url}move/", {"days": "14"}, expect=422)
    assert "Is this meant?" in asked.text
    sure = asked.one("input[name=sure]")["value"]
    staff.post(f"{url}move/", {"days": "14", "sure": sure}, expect=303)
    assert "Nov 3, 2027, 10:30" in staff.get(url).text
    staff.post(f"{url}cancel/", {"reason": "Not now."}, expect=303)
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.CANCELLED}
    assert not staff.get(url).all("input[name=days]")


@pytest.mark.parametrize("typed", [{}, {"days": "a"}, {"days": "9" * 9}, {"time": "noon"}])
def test_a_move_that_cannot_be_read_moves_nothing(
    staff: Visitor, typed: dict[str, str]
) -> None:
    series = made(staff)
    staff.post(f"/posts/series/{series.pk}/move/", typed, expect=303)
    assert "Oct 19, 2027, 09:00" in staff.get(f"/posts/series/{series.pk}/").text


def test_posts_that_are_made_to_be_corrected_are_submitted_together(staff: Visitor) -> None:
    series = made(staff, "make")
    assert set(series.posts.values_list("stage", flat=True)) == {Stage.WRITING}
    assert "Tue Oct 19, 2027, 09:00" in staff.get(f"/posts/series/{series.pk}/").text
    staff.post(f"/posts/series/{series.pk}/submit/", {}, expect=303)
    assert set(series.posts.values_list("stage", flat=True)) == {Stage.PLANNED}


def test_a_post_leaves_its_series(staff: Visitor) -> None:
    series = made(staff)
    post = series.posts.order_by("pk")[0]
    assert "Series: Tips" in staff.get(f"/posts/{post.pk}/").text
    staff.post(f"/posts/{post.pk}/leave-series/", {}, expect=303)
    assert series.posts.count() == 2
    staff.post(f"/posts/{post.pk}/leave-series/", {}, expect=303)


def test_somebody_elses_sitting_is_theirs(staff: Visitor, second: Visitor) -> None:
    looked(staff)
    series = Series.objects.get()
    assert "is writing it" in second.get(f"/posts/series/{series.pk}/").text
    second.post(f"/posts/series/{series.pk}/write/", {**TIPS, "name": "Mine"}, expect=422)
    second.post(f"/posts/series/{series.pk}/drop/", {}, expect=303)
    assert Series.objects.get().name == "Tips"
    staff.post(f"/posts/series/{series.pk}/drop/", {}, expect=303)
    assert not Series.objects.exists()


# My drafts


def test_my_drafts_are_what_i_have_not_submitted(staff: Visitor, second: Visitor) -> None:
    begun(staff, "Being written")
    returned = written(staff, title="Came back")
    Post.objects.filter(pk=returned.pk).update(stage=Stage.RETURNED, stage_reason="Shorter.")
    other = written(second, title="Of somebody else")
    assert staff.user
    put_away = begun(staff, "Put away")
    stages.take_back(put_away, staff.user, NOON)
    typed_into = written(second, title="Typed into")
    drafts.keep_draft(typed_into, staff.user, FIELDS, "Typed into", 2, NOON)
    looked(staff)
    page = staff.get("/posts/mine/")
    for words in (
        "Being written",
        "Came back",
        "Shorter.",
        "Typed into",
        "Not saved yet",
        "Tips",
    ):
        assert words in page.text, words
    for words in (other.title, put_away.title):
        assert words not in page.text, words


def test_without_drafts_the_page_says_so(staff: Visitor) -> None:
    assert "You have no draft" in staff.get("/posts/mine/").text


def test_a_copy_is_made_from_the_list_and_from_the_page(staff: Visitor) -> None:
    post = written(staff)
    for path in ("/posts/", f"/posts/{post.pk}/"):
        forms = staff.get(path).all("form")
        form = next(form for form in forms if "duplicate" in form.get("action"))
        answer = staff.post(form["action"], {"form": path}, expect=303)
        assert "This is a copy of" in staff.get(answer.went_to).text
    assert Post.objects.count() == 3
