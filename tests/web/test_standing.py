"""A post's page says what became of it, and nothing that is not so."""

from datetime import timedelta

import pytest

from campaign.authoring import compose
from campaign.core.problem import Problem
from campaign.models import ChannelState, Delivery, Post
from campaign.states import PARTLY, Stage, Status, is_settled, status_of_all
from tests.deliveries import NOON
from tests.posts_in_web import FIELDS, FORM, desk, planned
from tests.posts_in_web import folder as folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def url(post: Post) -> str:
    return f"/posts/{post.pk}/"


def stands(on: str, status: Status, **values: object) -> None:
    Delivery.objects.filter(channel=on).update(status=status, **values)


def everything_out() -> None:
    Delivery.objects.update(
        status=Status.PUBLISHED, published_at=NOON, url="https://x.com/7", remote_id="7"
    )


@pytest.mark.parametrize(
    ("statuses", "whole"),
    [
        ([], ""),
        (["draft", "draft"], "draft"),
        (["queued", "draft"], "draft"),
        (["published", "queued"], PARTLY),
        (["published", "draft"], PARTLY),
        (["published", "failed", "queued"], "failed"),
        (["published", "unconfirmed"], "unconfirmed"),
        (["published", "missed"], "missed"),
        (["published", "cancelled", "removed"], "published"),
        (["removed", "cancelled"], "removed"),
        (["cancelled", "withdrawn"], "withdrawn"),
    ],
)
def test_a_post_has_one_status_and_what_is_not_well_comes_first(statuses, whole):
    assert status_of_all(statuses) == whole


def test_what_waits_anywhere_may_still_be_written_on():
    assert is_settled(["published", "removed", "cancelled"])
    assert not is_settled(["published", "failed"])
    assert not is_settled(["cancelled"])
    assert not is_settled([])


def test_what_is_out_is_shown_as_it_went_out_and_is_no_field(staff):
    post = planned(staff)
    everything_out()
    page = staff.get(url(post))
    assert page.all("textarea") == []
    assert page.all("#post-form") == []
    assert page.one("h1").text == "A first post"
    assert len(page.all(".preview-twitter")) == 2
    assert "All is well" not in page.text
    assert "Planned" not in page.text
    assert page.all("a[href=https://x.com/7]")
    assert "Live post on X, French" in page.text
    assert page.all(f"form[action=/posts/{post.pk}/duplicate/]")


def test_what_is_out_is_not_written_over_by_any_door(staff):
    post = planned(staff)
    everything_out()
    after = staff.after(url(post), FORM | {"base": "2", "en.short": "Other words."})
    assert "writing here changes nothing there" in after.text
    assert Delivery.objects.get(channel="x-en").text != "Other words."
    with pytest.raises(Problem, match="is out"):
        compose.save(post, FIELDS, staff.user, 2, desk(), NOON)
    assert Post.objects.get().version == 2
    after = staff.after(f"{url(post)}history/1/restore/", {"base": "2"})
    assert "writing here changes nothing there" in after.text


def test_a_change_says_which_channels_it_reaches_and_which_it_does_not(staff):
    post = planned(staff)
    stands("x-en", Status.PUBLISHED, published_at=NOON)
    page = staff.get(url(post))
    assert "It is out on X, English: changing it here changes nothing there." in page.text
    assert "Published in part" in page.text
    after = staff.after(
        url(post), FORM | {"base": "2", "fr.short": "Autre.", "en.short": "Other."}
    )
    assert "It follows on X, French and Facebook, French. It is out on X, English" in after.text
    assert "The queue follows" not in after.text
    assert Delivery.objects.get(channel="x-en").text == "Hello."
    assert Delivery.objects.get(channel="x-fr").text == "Autre."


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (Status.DRAFT, "It waits for approval by somebody other than maria, who wrote it."),
        (Status.QUEUED, "It is approved, and planned for Wed Oct 20, 2027, 09:00."),
        (Status.FAILED, "It did not go out. X says no."),
        (Status.UNCONFIRMED, "It may be out"),
        (Status.MISSED, "It was planned for Wed Oct 20, 2027, 09:00, and did not go out."),
        (Status.CANCELLED, "It does not go out here."),
        (Status.WITHDRAWN, "The person does not allow it"),
        (Status.REMOVED, "It went out on Wed Oct 13, 2027, 12:00, and is not there any more."),
    ],
)
def test_each_channel_says_what_became_of_it(staff, status, says):
    post = planned(staff)
    reason = "X says no." if status is Status.FAILED else ""
    stands("x-en", status, reason=reason, published_at=NOON)
    assert says in staff.get(url(post)).text


def test_nothing_is_well_beside_what_is_not(staff):
    post = planned(staff)
    stands("x-en", Status.FAILED)
    page = staff.get(url(post))
    assert "All is well" not in page.text
    assert "Failed" in page.text


def test_the_list_has_one_status_for_each_post(staff):
    planned(staff)
    stands("x-en", Status.PUBLISHED)
    page = staff.get("/posts/")
    assert "Published in part" in page.text
    assert "Published × 1" in page.text


def test_what_was_set_aside_while_it_is_out_is_told_as_out(staff):
    post = planned(staff)
    everything_out()
    Post.objects.update(stage=Stage.TAKEN_BACK)
    assert "Published" in staff.get(url(post)).one("main").text


def test_what_the_account_may_not_do_is_not_told_as_a_fault_of_the_words(staff, admin):
    post = planned(staff)
    stands("x-en", Status.QUEUED, reason="X gives these keys leave to read only.")
    ChannelState.objects.create(
        name="x-en",
        rest_until=NOON + timedelta(minutes=5),
        rest_reason="X gives these keys leave to read only.",
        troubles=1,
    )
    delivery = Delivery.objects.get(channel="x-en")
    for address in (url(post), f"/queue/{delivery.pk}/"):
        told = staff.get(address)
        assert "Its words are not the cause" in told.text
        assert "X gives these keys leave to read only. Tell an admin" in told.text
        led = admin.get(address)
        assert "/channels/x-en/" in [link.get("href") for link in led.all("a")]
    stands("x-en", Status.PUBLISHED)
    assert "not the cause" not in staff.get(f"/queue/{delivery.pk}/").text
