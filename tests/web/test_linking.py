"""A post's link, where it stands and what it costs: left out by one press, and beside the text on Facebook."""

import pytest

from campaign.authoring import drafts
from tests.posts_in_web import FIELDS, FORM, folder, planned, written

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
OUT, BACK = "without twitter", "with twitter"


@pytest.fixture(autouse=True)
def templates(folder):
    folder.template("{{ text }}\n\n{{ link() }}")


def offered(page):
    return [button["value"] for button in page.all("button[name=link]")]


def press(visitor, post, value):
    form = {**FORM, "link.not_on": [], "link": value}
    return visitor.client.post(f"/posts/{post.pk}/link/", form)


def not_on(visitor, post):
    kept = drafts.draft_of(post, visitor.user)
    assert kept
    return kept.fields.not_on


def test_a_press_leaves_the_link_out_where_it_costs_and_another_puts_it_back(staff):
    post = written(staff)
    page = staff.get(f"/posts/{post.pk}/")
    assert offered(page) == [OUT, OUT]
    assert "Leave the link out on X: about US$0.015" in page.text
    for _ in range(2):
        assert press(staff, post, OUT).status_code == 303
        assert not_on(staff, post) == ("twitter",)
    page = staff.get(f"/posts/{post.pk}/")
    assert offered(page) == [BACK, BACK]
    assert "US$0.015" in page.text
    press(staff, post, BACK)
    assert drafts.draft_of(post, staff.user) is None or not_on(staff, post) == ()


def test_nothing_is_offered_where_a_press_would_change_nothing(staff):
    own = FIELDS.with_text("en", "short", "See https://e.ca/x").with_text(
        "fr", "short", "{{ link() }}"
    )
    assert offered(staff.get(f"/posts/{written(staff, own).pk}/")) == []


def test_an_unknown_network_changes_nothing_and_a_volunteer_may_not_press(
    staff, volunteer, stranger
):
    post = written(staff)
    press(staff, post, "without nowhere")
    press(staff, post, "")
    assert drafts.draft_of(post, staff.user) is None or not_on(staff, post) == ()
    assert press(volunteer, post, OUT).status_code == 403
    assert press(stranger, post, OUT).status_code == 302


def test_composer_approval_queue_and_log_show_the_link_beside_the_text(staff, second):
    post = planned(staff)
    delivery = post.deliveries.get(channel="fb-fr")
    assert delivery.link.startswith("https://survivornet.ca/fr/csm/?utm_source=facebook")
    for visitor, address in (
        (staff, f"/posts/{post.pk}/"),
        (second, f"/approve/{post.pk}/"),
        (second, f"/queue/{delivery.pk}/"),
    ):
        page = visitor.get(address)
        assert delivery.link in page.text
        assert "as an attachment" in page.text
