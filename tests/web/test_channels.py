"""Channels on the pages: how each one stands, the test that posts nothing, the end of a rest; for admins."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from campaign.config.secret import Secret
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.delivery.lookback import waiting
from campaign.models import ChannelState, Event
from campaign.states import Status
from campaign.web.admin import channels
from tests.deliveries import NOON, FakePublisher, delivery

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
EVIL = "<script>alert(1)</script>"
PAGE = "/channels/twitter-en/"


@dataclass
class Asked(FakePublisher):
    """A network that remembers in which way it was asked for."""

    asked: list[bool | None] = field(default_factory=list)


@pytest.fixture
def network(settings, monkeypatch):
    """A network that is asked instead of X, and a channel with its keys."""
    read = settings.CONFIG
    names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
    channel = replace(
        read.channels["twitter-en"],
        keys={name: Secret("hush-hush") for name in names},
        max_per_day=2,
    )
    settings.CONFIG = replace(read, channels={**read.channels, "twitter-en": channel})
    fake = Asked()

    def publisher(channel, *, dry_run=None):
        fake.asked.append(dry_run)
        return fake

    monkeypatch.setattr(channels, "publisher", publisher)
    return fake


@pytest.mark.parametrize("url", ["/channels/", PAGE])
def test_others_than_admins_are_kept_out(stranger, volunteer, staff, url):
    stranger.get(url, expect=302)
    for visitor in (volunteer, staff):
        visitor.get(url, expect=403)
        visitor.post(f"{PAGE}test/", expect=403)
        visitor.post(f"{PAGE}wake/", expect=403)
    assert not Event.objects.exists()


def test_every_channel_stands_with_its_last_success_and_what_waits(admin, network):
    delivery("a", "twitter-en", status=Status.PUBLISHED, published_at=NOON - HOUR)
    delivery("b", "twitter-en", due=NOON + HOUR)
    delivery("c", "gone", due=NOON + HOUR)
    page = admin.get("/channels/")
    for words in (
        "twitter-en",
        "Ready",
        "Wed Oct 13, 2027, 11:00",
        "1 of 2",
        "next Wed Oct 13, 2027, 13:00",
    ):
        assert words in page.text
    assert "facebook-fr" in page.text
    assert "Keys missing" in page.text
    assert "not in the configuration any more: gone" in page.text


def test_keys_are_set_or_missing_and_never_shown(admin, network):
    page = admin.get(PAGE)
    assert "consumer_key Set" in page.text
    assert "hush-hush" not in page.html
    page = admin.get("/channels/facebook-en/")
    assert "page_access_token Missing" in page.text
    assert "app_secret Not set (may be left out)" in page.text
    assert page.all("button.primary[disabled]")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "are one account on X, and each post would stand there twice"),
        ("fr", "are one account on X, so both languages of a post go there"),
    ],
)
def test_an_account_in_two_channels_is_told_on_both_pages(
    admin, network, settings, language, sentence
):
    read = settings.CONFIG
    token = {"access_token": Secret("4242-hush-hush")}
    one = replace(read.channels["twitter-en"], keys=read.channels["twitter-en"].keys | token)
    again = replace(one, name="again", language=language)
    settings.CONFIG = replace(
        read, channels={**read.channels, "twitter-en": one, "again": again}
    )
    told = f"Channels twitter-en and again {sentence}"
    for url in ("/channels/", PAGE, "/channels/again/"):
        page = admin.get(url)
        assert page.text.count(told) == 1
        assert "Account shared" in page.text
        assert "hush-hush" not in page.text
    assert told not in admin.get("/channels/facebook-en/").text
    assert "Ready" not in admin.get(PAGE).text


def test_its_limits_are_told(admin, network):
    page = admin.get(PAGE)
    for words in (
        "Longest text 280",
        "Pictures in a post 4",
        "mon-fri 10:00",
        "Most in one day 2",
        "No minimum time",
    ):
        assert words in page.text


@pytest.mark.parametrize(
    ("verdict", "said"),
    [(None, "The network accepts the keys of twitter-en."), ("Wrong keys.", "Wrong keys.")],
)
def test_a_test_asks_the_network_even_in_a_dry_run_and_posts_nothing(
    admin, network, verdict, said
):
    network.verdict = verdict
    page = admin.after(f"{PAGE}test/")
    assert said in page.text
    assert network.asked == [False]
    assert network.sent == []
    state = ChannelState.objects.get()
    assert (state.tested_at, state.test_problem) == (NOON, verdict or "")
    assert Event.objects.get().actor == "ana"


def test_what_a_network_refused_is_french_in_the_log_of_who_reads_french(admin, network):
    network.verdict = Sentence("{0} is missing: add it.", "consumer_key")
    admin.after(f"{PAGE}test/")
    page = admin.french().get(f"/log/events/{Event.objects.get().pk}/")
    assert "consumer_key manque" in page.text
    assert "is missing" not in page.text


def test_what_a_test_costs_is_said_beside_the_button(admin, network):
    assert "X charges about US$0.01" in admin.get(PAGE).text
    assert "charges" not in admin.get("/channels/facebook-en/").text


def test_a_test_without_keys_is_refused_in_a_sentence(admin, monkeypatch):
    def missing(channel, *, dry_run=None):
        raise Problem("Channel twitter-en has no consumer_key.")

    monkeypatch.setattr(channels, "publisher", missing)
    assert "has no consumer_key" in admin.after(f"{PAGE}test/").text
    assert not Event.objects.exists()


def test_the_rest_of_a_channel_in_trouble_is_told_and_ended_by_hand(admin, network):
    ChannelState.objects.create(
        name="twitter-en", rest_until=NOON + HOUR, troubles=2, rest_reason="X asks to wait."
    )
    page = admin.get(PAGE)
    assert "It rests until Wed Oct 13, 2027, 13:00. X asks to wait." in page.text
    assert "In trouble" in page.text
    assert "is tried again at once" in admin.after(f"{PAGE}wake/").text
    assert ChannelState.objects.get().rest_until is None


def test_a_channel_that_does_not_rest_is_not_woken(admin, network):
    assert "does not rest" in admin.after(f"{PAGE}wake/").text


def test_a_gap_between_two_posts_has_no_button(admin, network):
    ChannelState.objects.create(
        name="twitter-en", rest_until=NOON + HOUR, rest_reason="The gap between two posts."
    )
    assert not admin.get(PAGE).all(f"form[action={PAGE}wake/]")


def test_a_channel_may_have_any_name(admin, settings):
    read = settings.CONFIG
    named = replace(read.channels["twitter-en"], name="x/en 2")
    settings.CONFIG = replace(read, channels={named.name: named})
    page = admin.get("/channels/")
    (link,) = [one["href"] for one in page.all("a") if one.text == named.name]
    assert admin.get(link).h1 == named.name


def test_a_channel_that_there_is_not_is_missing(admin):
    admin.get("/channels/nothing/", expect=404)
    admin.post("/channels/nothing/test/", expect=404)


def test_the_last_posts_out_are_shown(admin, network):
    delivery(
        "a",
        "twitter-en",
        text="This is out.",
        status=Status.PUBLISHED,
        published_at=NOON,
        url="https://x.com/1",
    )
    page = admin.get(PAGE)
    assert "This is out." in page.text
    assert page.all("a[href=https://x.com/1]")


def test_the_pages_speak_french(admin, network):
    ChannelState.objects.create(
        name="twitter-en",
        rest_until=NOON + HOUR,
        rest_reason=Sentence("The gap between two posts."),
    )
    page = admin.french().get(PAGE)
    assert page.one("html")["lang"] == "fr"
    assert "The gap between two posts." not in page.text
    assert "Test without posting" not in page.text


def test_markup_in_what_a_network_said_is_shown_as_text(admin, network):
    ChannelState.objects.create(
        name="twitter-en",
        rest_until=NOON + HOUR,
        troubles=1,
        rest_reason=EVIL,
        tested_at=NOON,
        test_problem=EVIL,
    )
    delivery("a", "twitter-en", text=EVIL, status=Status.PUBLISHED, published_at=NOON)
    delivery("b", EVIL, due=NOON)
    for url in ("/channels/", PAGE):
        page = admin.get(url)
        assert EVIL not in page.html
        assert EVIL in page.text


def test_the_pages_ask_few_questions(admin, network, django_assert_max_num_queries):
    for number in range(20):
        delivery(f"p{number}", "twitter-en", status=Status.PUBLISHED, published_at=NOON)
    for url in ("/channels/", PAGE):
        with django_assert_max_num_queries(9):
            admin.get(url)


def test_a_channel_that_looks_first_says_so_and_why_it_could_not(admin, network):
    waiting.look_first(["twitter-en"], NOON - HOUR, NOON, HOUR, "A backup was restored.")
    page = admin.get(PAGE)
    assert "Looking first" in page.text
    assert "may not know what is out since Wed Oct 13, 2027, 11:00" in page.text
    assert not page.all(f"form[action={PAGE}looked/]")
    ChannelState.objects.update(look_problem="X does not answer.")
    assert "It could not look yet: X does not answer." in admin.get(PAGE).text
    assert "Looking first" in admin.get("/channels/").text


def test_who_has_looked_lets_it_go_on(admin, network):
    waiting.look_first(["twitter-en"], NOON - HOUR, NOON, HOUR, "A backup was restored.")
    assert "goes on" in admin.after(f"{PAGE}looked/").text
    assert not waiting.is_waiting("twitter-en")
    assert "does not wait for anybody" in admin.after(f"{PAGE}looked/").text
