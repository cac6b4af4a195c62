"""Approving one after the other: the next post that waits for this person, and where one stands."""

from datetime import timedelta

import pytest

from campaign.models import Post
from campaign.states import Status
from tests.deliveries import NOON, delivery, post, status_of
from tests.pages import Page, Visitor

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def waiting(number: int, by: Visitor | None = None) -> list[Post]:
    """So many posts that wait, an hour apart."""
    posts = []
    for place in range(number):
        of = post(f"p{place}", author=by.user if by else None, title=f"Post {place}")
        delivery(of=of, status=Status.DRAFT, due=NOON + (place + 1) * HOUR)
        posts.append(of)
    return posts


def approved(by: Visitor, page: Page, of: Post) -> Page:
    shown = [field["value"] for field in page.all("input[name=shown]")]
    return by.post(f"/approve/{of.pk}/", {"shown": shown}, expect=303)


def test_approving_leads_to_the_next_that_waits_for_this_person(
    staff: Visitor, second: Visitor
) -> None:
    first, own, last = waiting(3)
    Post.objects.filter(pk=own.pk).update(author=staff.user)
    page = staff.get(f"/approve/{first.pk}/")
    assert "1 of 2 that wait for you" in page.text
    answer = approved(staff, page, first)
    assert answer.went_to == f"/approve/{last.pk}/?done={first.pk}"
    following = staff.get(answer.went_to)
    assert following.h1 == "Post 2"
    assert "Decided just now: Post 0" in following.text
    assert "1 of 1 that wait for you" in following.text
    assert approved(staff, following, last).went_to == f"/approve/{last.pk}/"
    assert status_of(last.deliveries.get()) == Status.QUEUED


def test_after_the_last_the_first_that_was_passed_over_is_next(staff: Visitor) -> None:
    first, last = waiting(2)
    page = staff.get(f"/approve/{last.pk}/")
    [link] = [link for link in page.all("a") if "without deciding" in link.text]
    assert link["href"] == f"/approve/{first.pk}/"
    assert approved(staff, page, last).went_to.startswith(f"/approve/{first.pk}/")


def test_returning_leads_to_the_next_too(staff: Visitor) -> None:
    first, last = waiting(2)
    answer = staff.post(f"/approve/{first.pk}/return/", {"reason": "Shorter."}, expect=303)
    assert answer.went_to == f"/approve/{last.pk}/?done={first.pk}"
    answer = staff.post(f"/approve/{last.pk}/return/", {"reason": "Shorter."}, expect=303)
    assert answer.went_to == "/approve/"


def test_what_was_not_approved_stays_on_the_page(staff: Visitor) -> None:
    first, _ = waiting(2)
    answer = staff.post(f"/approve/{first.pk}/", {"shown": "1:0"}, expect=303)
    assert answer.went_to == f"/approve/{first.pk}/"


def test_a_post_that_waits_for_somebody_else_has_no_number(
    staff: Visitor, second: Visitor
) -> None:
    own, other = waiting(2, staff)
    Post.objects.filter(pk=other.pk).update(author=second.user)
    page = staff.get(f"/approve/{own.pk}/?done=nothing")
    assert "that wait for you" not in page.text
    assert not page.all("button[data-key]")
