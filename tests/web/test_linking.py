"""A post's link, where it stands and what it costs: left out by one press, and beside the text on Facebook."""

import json
from dataclasses import replace

import pytest

from campaign.authoring import drafts
from campaign.core.sentence import Sentence
from campaign.models.cards import LinkedPage
from campaign.planning import cards
from campaign.publishers.cards import NotRead, PageCard
from campaign.web.posts.look.cards import Cards
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
    return kept.fields.not_on if kept else ()


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
    assert not_on(staff, post) == ()


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
    assert not_on(staff, post) == ()
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


# What the link will look like

PAGE = "https://survivornet.ca/fr/csm/"
SOUP = PageCard("Soup <b>& bread", "Words.", b"\xff\xd8\xff a small JPEG")


@pytest.fixture
def asked(monkeypatch):
    """The addresses that were asked for; each page says the same."""
    addresses = []

    def read(address, *_, **__):
        addresses.append(address)
        return SOUP

    monkeypatch.setattr(cards, "read_card", read)
    return addresses


def read_it(visitor, post, address=PAGE, **more):
    form = {**FORM, "card": address, **more}
    return visitor.client.post(f"/posts/{post.pk}/card/", form)


def test_a_page_is_read_once_at_a_press_and_its_card_stands_in_composer_and_approval(
    staff, second, asked
):
    post = planned(staff)
    assert "has not been read yet" in staff.get(f"/posts/{post.pk}/").text
    for _ in range(2):
        assert read_it(staff, post, f"{PAGE}?utm_source=x&utm_content=a").status_code == 303
    assert asked == [PAGE]
    for visitor, address in ((staff, f"/posts/{post.pk}/"), (second, f"/approve/{post.pk}/")):
        page = visitor.get(address)
        assert "Soup <b>& bread" in page.text
        picture = next(image["src"] for image in page.all("img") if "/cards/" in image["src"])
        answer = visitor.client.get(picture)
        assert (answer.content, answer["Content-Type"]) == (SOUP.picture, "image/jpeg")


def test_nothing_is_asked_for_by_itself_in_a_dry_run(staff, asked, settings):
    post = written(staff)
    address = f"/posts/{post.pk}/"
    assert not staff.get(address).all("div[hx-trigger=load]")
    publishing = replace(settings.CONFIG.publishing, dry_run=False)
    settings.CONFIG = replace(settings.CONFIG, publishing=publishing)
    [first, *_] = staff.get(address).all("div[hx-trigger=load]")
    assert json.loads(first["hx-vals"]) == {"card": "https://survivornet.ca/mbc/"}
    assert asked == []
    answer = staff.client.post(
        f"{address}card/", {"card": PAGE}, headers={"hx-request": "true"}
    )
    assert (answer.status_code, answer["HX-Trigger"]) == (204, "look")
    assert drafts.draft_of(post, staff.user) is None


def test_other_hosts_are_refused_whoever_asks_and_what_cannot_be_read_is_said(
    staff, volunteer, stranger, asked, monkeypatch
):
    post = written(staff)
    for address in (
        "https://example.org/",
        "http://127.0.0.1/",
        "",
        "\0",
        "https://[",
        "a" * 9_000,
    ):
        assert read_it(staff, post, address).status_code == 303
    assert "Only pages on the hosts" in staff.get(f"/posts/{post.pk}/").text
    assert read_it(volunteer, post).status_code == 403
    assert read_it(stranger, post).status_code == 302
    assert (asked, LinkedPage.objects.count()) == ([], 0)

    def silent(address, *_, **__):
        raise NotRead(Sentence("{0} cannot be read: {1}.", address, "it took too long"))

    monkeypatch.setattr(cards, "read_card", silent)
    read_it(staff, post)
    assert "it took too long" in staff.get(f"/posts/{post.pk}/").text
    assert staff.client.get(f"/cards/{LinkedPage.objects.get().pk}/picture/").status_code == 404


def test_a_post_with_pictures_has_no_card(staff, asked, folder):
    shown = Cards({}, frozenset())
    assert shown.card("See https://e.ca/x", "", has_pictures=True) is None
    card = shown.card("See https://e.ca/x", "https://e.ca/y?utm_source=x", has_pictures=False)
    assert card
    assert (card.address, card.may_be_read) == ("https://e.ca/y", False)


@pytest.mark.parametrize(
    ("hashtags", "links", "says"),
    [
        (True, {}, "those of the campaign"),
        (False, {}, "without the campaign’s hashtags"),
        (
            True,
            {"en": "https://e.ca/x"},
            "the campaign’s hashtags, a link chosen for this post",
        ),
        (
            False,
            {"en": "https://e.ca/x"},
            "chosen for this post, without the campaign’s hashtags",
        ),
    ],
)
def test_hashtags_and_link_are_a_part_that_folds_and_says_what_it_holds(
    staff, hashtags, links, says
):
    post = written(staff, replace(FIELDS, hashtags=hashtags, links=links))
    page = staff.get(f"/posts/{post.pk}/")
    assert page.one("#in-adds").text == says
    assert any(says in fold.text for fold in page.all("details[data-fold]"))
