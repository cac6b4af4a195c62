"""A network is added by a folder and one line: it publishes, and looks right wherever a person sees it."""

from dataclasses import replace

import pytest

from campaign.config import Channel, NetworkSettings
from campaign.config.reading import read_config
from campaign.config.secret import Secret
from campaign.content.fields import Fields
from campaign.core.clock import system_clock
from campaign.decisions import approving
from campaign.delivery import leases
from campaign.delivery.publish import AttemptAnswer, send, turn
from campaign.models import Delivery
from campaign.publishers import KNOWN, NETWORKS, keys_of, open_publishers
from campaign.rehearsal.networks import open_simulated
from campaign.states import Status
from tests.deliveries import NOON, TORONTO, FakeClock, ours, person, worker
from tests.doubles.postcards.network import POSTCARDS, SIGN
from tests.doubles.postcards.publisher import Postcards
from tests.posts_in_web import folder as folder
from tests.posts_in_web import planned, written
from tests.stories_in_web import link_for
from tests.stories_in_web import stories as stories

pytestmark = pytest.mark.django_db
STAMP = {"stamp": Secret("a-stamp")}
CHANNELS = {
    name: Channel(name, "postcards", language, slots=("daily 09:00",), keys=STAMP)
    for name, language in (("card-en", "en"), ("card-fr", "fr"), ("small-en", "en"))
}
LONG = {"en": "A good word. " * 20, "fr": "Un mot doux. " * 20}
TEXTS = {
    language: {"short": short, "long": LONG[language]}
    for language, short in (("en", "Hi."), ("fr", "Allô."))
}
FIELDS = Fields(channels=tuple(CHANNELS), when="2027-10-20 09:00", texts=TEXTS)
ICON = SIGN.partition(" ")[0]


@pytest.fixture(autouse=True)
def added(monkeypatch, folder, settings, site_clock):
    """The one line, and its channels in the configuration of a site."""
    monkeypatch.setitem(NETWORKS, "postcards", POSTCARDS)
    monkeypatch.setitem(KNOWN, "postcards", keys_of(POSTCARDS))
    monkeypatch.setattr(Postcards, "cards", {})
    settings.STATICFILES_DIRS = [
        *settings.STATICFILES_DIRS,
        ("networks/postcards", str(POSTCARDS.look.styles)),
    ]
    settings.CONFIG = replace(settings.CONFIG, channels=CHANNELS)


def test_the_configuration_takes_its_channels_and_its_settings(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(
        '[networks.postcards]\naddress = "https://cards.example"\n'
        '[channels.card]\nnetwork = "postcards"\nlanguage = "en"\nstamp = "a-stamp"\n',
        "utf-8",
    )
    read = read_config(KNOWN, file)
    assert read.network("postcards").settings == {"address": "https://cards.example"}
    assert (
        open_publishers(read, system_clock, dry_run=False).publishers["card"].network
        is POSTCARDS
    )


def test_it_publishes_the_longest_text_that_fits_each_channel_once_under_one_key(staff, second):
    post = planned(staff, FIELDS)
    approving.approve(post, second.user, NOON, TORONTO)
    texts = dict(Delivery.objects.values_list("channel", "text"))
    assert texts == {
        "card-en": LONG["en"].strip(),
        "card-fr": LONG["fr"].strip(),
        "small-en": "Hi.",
    }
    clock = FakeClock()
    clock.now = Delivery.objects.earliest("due_at").due_at
    channels = list(CHANNELS.values())
    leases.ensure(list(CHANNELS))
    claims = turn([], [], channels, worker(clock))
    opened = {
        channel.name: POSTCARDS.open(channel, NetworkSettings(), clock) for channel in channels
    }
    answers = [
        AttemptAnswer(
            one, CHANNELS[one.channel], send(opened[one.channel], one, worker(clock), ours)
        )
        for one in claims
    ]
    again = [send(opened[one.channel], one, worker(clock), ours) for one in claims]
    turn(answers, [], [], worker(clock))
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.PUBLISHED}
    assert [one.outcome for one in answers] == again
    assert len(Postcards.cards) == len({one.key for one in claims}) == 3


def test_compose_shows_it_as_it_is(staff):
    page = staff.get(f"/posts/{written(staff, FIELDS).pk}/")
    assert len(page.all(".preview-postcards")) == 3
    assert "259 of 500" in page.text and "3 of 120" in page.text
    assert "Postcards, English" in page.text
    assert page.html.count(ICON) >= 6
    assert "networks/postcards/look.css" in page.html
    assert "See more" not in page.text  # nothing is longer than its fold
    assert "charges" not in page.text


def test_approve_queue_delivery_calendar_and_log_show_it_as_it_is(staff, admin, second):
    post = planned(staff, FIELDS)
    approval = second.get(f"/approve/{post.pk}/")
    assert len(approval.all(".preview-postcards")) == 3
    assert "259 of 500" in approval.text and "3 of 120" in approval.text
    approving.approve(post, second.user, NOON, TORONTO)
    one = Delivery.objects.get(channel="card-en")
    for address in ("/queue/", f"/queue/{one.pk}/", "/calendar/?month=2027-10"):
        page = staff.get(address)
        assert ICON in page.html, address
        assert "Postcards" in page.text, address
    assert staff.get(f"/queue/{one.pk}/").all(".preview-postcards")
    assert "Postcards" in admin.get("/log/").text
    assert "Postcards" in admin.get("/settings/").text
    assert "The address of Postcards." in admin.get("/settings/").text
    channel = admin.get("/channels/small-en/")
    assert "120" in channel.text and "for each test" not in channel.text


def test_the_consent_form_names_it_and_no_network_that_cannot_be_chosen(stories, stranger):
    page = stranger.get(f"{link_for(person())}consent/means/")
    assert "what is posted on Postcards, and pass it on" in page.text
    assert "Facebook" not in page.text


def test_a_contribution_is_told_where_everybody_can_read_it(volunteer):
    assert "Everybody can read it, on Postcards." in volunteer.get("/contributions/new/").text


def test_it_is_played_in_a_rehearsal(settings):
    played = open_simulated(settings.CONFIG, system_clock)
    assert [one.network for one in played.values()] == [POSTCARDS] * 3
