"""Today: what goes out next, what needs a person, what went out; for volunteers, what became of their own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.config.secret import Secret
from campaign.delivery import pauses
from campaign.delivery.lookback import waiting
from campaign.models import ChannelState, Fact, SecondCopy
from campaign.states import Stage, Status
from tests.deliveries import NOON, delivery, post

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def live(settings):
    """Publishing is on, and the channels have their keys."""
    read = settings.CONFIG
    keys = dict.fromkeys(
        (
            "consumer_key",
            "consumer_secret",
            "access_token",
            "access_token_secret",
            "page_id",
            "page_access_token",
        ),
        Secret("hush"),
    )
    channels = {name: replace(channel, keys=keys) for name, channel in read.channels.items()}
    settings.CONFIG = replace(
        read, publishing=replace(read.publishing, dry_run=False), channels=channels
    )


def test_a_stranger_is_asked_to_sign_in(stranger):
    assert "sign-in" in stranger.get("/", expect=302).went_to


def test_a_newcomer_is_told_what_to_do(staff, admin):
    page = staff.get("/")
    assert page.h1 == "Today"
    assert "There is no post yet" in page.text
    assert page.all("a[href=/posts/new/]")
    assert not page.all("a[href=/people/]")
    assert admin.get("/").all("a[href=/people/]")


def test_what_goes_out_next_stands_with_its_day_its_words_and_its_networks(staff):
    of = post("a")
    delivery("a", "twitter-en", due=NOON + HOUR, text="Know the signs.", of=of)
    delivery(
        "a", "twitter-fr", due=NOON + HOUR, text="Reconnaître les signes.", language="fr", of=of
    )
    delivery("b", due=NOON + 24 * HOUR, of=post("b", kind="story"))
    page = staff.get("/")
    assert "Know the signs." in page.text
    assert "Reconnaître" not in page.text
    assert "Today 13:00" in page.text
    assert "Tomorrow 12:00" in page.text
    assert "EN · FR" in page.text
    assert page.all(f"a[href=/posts/{of.pk}/]")


def test_what_the_network_asked_to_try_again_later_stays_with_its_own(staff, live):
    of = post("a", title="A walk")
    delivery("a", "twitter-en", due=NOON + HOUR, of=of)
    delivery("a", "twitter-fr", due=NOON + HOUR, of=of, language="fr", next_at=NOON + 2 * HOUR)
    page = staff.get("/")
    [time] = page.all("ol.coming")
    assert time.text.count("13:00") == 1 and "14:00" not in time.text
    assert "The next post goes out on Wed Oct 13, 2027, 13:00." in page.text


def test_the_words_are_those_of_the_readers_language(staff):
    of = post("a")
    delivery("a", "twitter-en", text="Know the signs.", of=of)
    delivery("a", "twitter-fr", text="Reconnaître les signes.", language="fr", of=of)
    page = staff.french().get("/")
    assert "Reconnaître les signes." in page.text
    assert page.one("html")["lang"] == "fr"


def test_what_needs_a_person_is_counted_and_leads_there(staff):
    for status in (Status.UNCONFIRMED, Status.MISSED, Status.FAILED):
        delivery(status.value, status=status)
    delivery("draft", status=Status.DRAFT)
    delivery("own", status=Status.DRAFT, of=post("own", author=staff.user))
    post("sent-in", stage=Stage.SUBMITTED)
    page = staff.get("/")
    for sentence in (
        "may be out or not",
        "was refused by its network",
        "missed its time",
        "post waits for your approval",
        "post of yours waits for somebody else’s approval",
        "contribution was submitted",
    ):
        assert sentence in page.text
    for shown in ("unconfirmed", "failed", "missed"):
        assert page.all(f"a[href=/queue/?status={shown}]")


def test_when_nothing_waits_that_is_said(staff):
    delivery("a", "twitter-en", due=NOON + HOUR)
    assert "Nothing waits for you" in staff.get("/").text


def test_in_a_dry_run_nothing_is_overdue_and_that_nothing_is_sent_is_said(staff):
    delivery("a", due=NOON - HOUR)
    page = staff.get("/")
    assert "Dry run: nothing is sent." in page.text
    assert "should have gone out" not in page.text


def test_when_publishing_is_on_the_next_post_is_named_and_a_silent_program_is_noticed(
    staff, live
):
    delivery("a", "twitter-en", due=NOON + 24 * HOUR)
    page = staff.get("/")
    assert "Publishing is on. The next post goes out on Thu Oct 14, 2027, 12:00." in page.text
    delivery("b", "twitter-en", due=NOON - HOUR)
    assert "should have gone out by now" in staff.get("/").text


def test_channels_without_keys_in_trouble_or_forgotten_are_told(staff, admin, settings):
    settings.CONFIG = replace(
        settings.CONFIG, publishing=replace(settings.CONFIG.publishing, dry_run=False)
    )
    ChannelState.objects.create(
        name="twitter-en", rest_until=NOON + HOUR, troubles=1, rest_reason="X asks to wait."
    )
    delivery("a", "old-channel", due=NOON + HOUR)
    page = staff.get("/")
    assert "The channel X, English is in trouble X asks to wait." in page.text
    assert "channels have no keys yet" in page.text
    assert "old-channel" in page.text
    assert not page.all("a[href=/channels/twitter-en/]")
    assert admin.get("/").all("a[href=/channels/twitter-en/]")


def test_a_pause_is_told_at_the_top_and_beside_what_it_keeps(staff):
    delivery("a", due=NOON + HOUR)
    pauses.pause("", "", "A day of mourning", "anna", NOON)
    page = staff.get("/")
    assert not page.all(".state-card")
    assert "All publishing is paused. A day of mourning" in page.text
    # In the header, and beside the post.
    assert len(page.all(".badge[data-status=paused]")) == 2


def test_a_pause_of_a_part_leaves_the_state_of_the_whole(staff):
    delivery("a", due=NOON + HOUR)
    pauses.pause("", "", "A mistake was found", "anna", NOON, language="fr")
    page = staff.get("/")
    assert "Everything in French is paused" in page.text
    assert page.all(".state-card")


def test_the_last_posts_out_lead_to_their_network(staff):
    delivery("a", status=Status.PUBLISHED, published_at=NOON - HOUR, url="https://x.com/1")
    page = staff.get("/")
    assert "Today, 11:00" in page.text
    assert " ".join(page.one("a[href=https://x.com/1]").text.split()) == (
        "See it: X EN, The text of a on x-en., Wed Oct 13, 2027, 11:00"
    )


def test_facts_and_consents_that_end_are_told(staff):
    Fact.objects.create(key="soon", status="ok", review_by=date(2027, 11, 1))
    Fact.objects.create(key="unused", status="ok", review_by=date(2027, 10, 1))
    delivery("a", facts="soon", due=NOON + HOUR)
    delivery(
        "s",
        of=post("s", kind="story", consent_until=date(2027, 10, 1), title="A voice"),
        due=NOON + HOUR,
    )
    page = staff.get("/")
    assert "Review by Nov. 1, 2027 · 1 queued delivery relies on it" in page.text
    assert "Facts that no queued post relies on (1)" in page.text
    assert "A voice" in page.text
    assert "It ended on Oct. 1, 2027" in page.text


def test_a_volunteer_sees_a_welcome_and_later_their_own(volunteer):
    page = volunteer.get("/")
    assert "Welcome." in page.text
    assert page.one("a.button[href=/contributions/new/]")
    returned = post(
        "a",
        author=volunteer.user,
        title="My words",
        stage=Stage.RETURNED,
        stage_reason="Say a little more.",
    )
    out = post("b", author=volunteer.user, title="Out already")
    delivery("b", status=Status.PUBLISHED, url="https://x.com/2", of=out)
    delivery("c", of=post("c", title="Of somebody else"))
    delivery("s", of=post("s", author=volunteer.user, kind="story"), text="Nobody’s name")
    page = volunteer.get("/")
    for words in (
        "My words",
        "Say a little more.",
        "Returned",
        "Out already",
        "Published",
        "See it on X (English)",
    ):
        assert words in page.text
    assert "A story of Oct. 13, 2027" in page.text
    assert "Nobody’s name" not in page.text
    assert "Of somebody else" not in page.text
    assert page.all(f"a[href=/contributions/{returned.pk}/]")


@pytest.mark.parametrize(
    ("statuses", "shown"),
    [
        ([Status.PUBLISHED, Status.QUEUED], "Queued"),
        ([Status.PUBLISHED, Status.REMOVED], "Published"),
        ([Status.DRAFT, Status.QUEUED], "Waiting for approval"),
        ([], "Planned"),
    ],
)
def test_of_several_deliveries_the_one_that_is_least_far_is_told(volunteer, statuses, shown):
    of = post("a", author=volunteer.user)
    for number, status in enumerate(statuses):
        delivery("a", f"c{number}", status=status, of=of)
    assert shown in volunteer.get("/").text


def test_markup_in_what_people_wrote_is_shown_as_text(staff, volunteer):
    delivery("a", text=EVIL, due=NOON + HOUR, of=post("a", title=EVIL))
    delivery("b", text=EVIL, status=Status.PUBLISHED, published_at=NOON, url="https://x.com/1")
    Fact.objects.create(key=EVIL, status="ok", review_by=date(2027, 1, 1))
    ChannelState.objects.create(name=EVIL, rest_until=NOON + HOUR, troubles=1, rest_reason=EVIL)
    delivery("s", of=post("s", kind="story", consent_until=date(2027, 1, 1), title=EVIL))
    post("v", author=volunteer.user, title=EVIL, stage=Stage.RETURNED, stage_reason=EVIL)
    pauses.pause("", "", EVIL, "anna", NOON)
    for visitor in (staff, volunteer):
        page = visitor.get("/")
        assert EVIL not in page.html
        assert EVIL in page.text


def test_today_asks_few_questions_however_many_rows_there_are(
    staff, django_assert_max_num_queries
):
    for number in range(40):
        delivery(f"p{number}", status=Status.PUBLISHED, published_at=NOON)
        delivery(f"q{number}", due=NOON + number * HOUR)
    with django_assert_max_num_queries(27):
        staff.get("/")


def test_a_channel_that_looks_at_its_account_first_is_told(staff):
    delivery(due=NOON + timedelta(days=1))
    since = NOON - timedelta(hours=1)
    waiting.look_first(["x-en"], since, NOON, timedelta(minutes=1), "A backup was restored.")
    page = staff.get("/")
    assert "Nothing goes out on x-en before its account was looked at" in page.text
    assert "it does not know what is out since Wed Oct 13, 2027, 11:00" in page.text


def test_a_second_copy_that_its_network_does_not_delete_is_told(staff):
    own = delivery(status=Status.PUBLISHED, remote_id="1", part_ids="1")
    SecondCopy.objects.create(delivery=own, remote_id="2", at=NOON, next_at=NOON, tries=3)
    assert "post is out twice" in staff.get("/").text
    assert "est en ligne deux fois" in staff.french().get("/").text
    SecondCopy.objects.update(ended_at=NOON)
    assert "est en ligne deux fois" not in staff.get("/").text


def test_a_clock_that_is_wrong_is_told_and_what_it_stops(staff, live):
    post("a")
    for name, ahead in (("twitter-en", 3_700), ("twitter-fr", 3_700), ("facebook-en", -95)):
        ChannelState.objects.create(name=name, clock_ahead=ahead)
    page = staff.get("/")
    assert (
        "The clock of the machine that publishes is 1 hour, 1 minute and 40 seconds ahead of that of X"
        in page.text
    )
    assert (
        "Nothing goes out on twitter-en, twitter-fr until your technician has set it right"
        in page.text
    )
    assert (
        "1 minute and 35 seconds behind that of Facebook. Posts go out so much too late"
        in page.text
    )
    assert [ask.get("data-level") for ask in page.all(".ask")] == ["error", "warning"]
    assert (
        "L’horloge de la machine qui publie avance de 1 heure" in staff.french().get("/").text
    )


def test_a_clock_that_is_right_is_not_told_of(staff, live):
    post("a")
    ChannelState.objects.create(name="twitter-en")
    assert "clock" not in staff.get("/").text


def test_a_volunteer_is_not_troubled_with_the_clock(volunteer, live):
    ChannelState.objects.create(name="twitter-en", clock_ahead=3_700)
    assert "clock" not in volunteer.get("/").text
