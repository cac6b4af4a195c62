"""Channels: how each account stands, a test that posts nothing, and an end to a rest. For admins."""

from collections.abc import Mapping
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaign.config import Channel
from campaign.config.reading import DEFAULT_FILE
from campaign.core.problem import Problem
from campaign.core.span import say_span
from campaign.database.accounts import in_force
from campaign.decisions import channels as deciding
from campaign.listings import channels
from campaign.listings.channels import ChannelStanding
from campaign.listings.paging import Order, Wanted, deliveries
from campaign.models import Delivery
from campaign.publishers import NETWORKS
from campaign.publishers.accounts import shared_accounts
from campaign.states import Status
from campaign.web.frame.access import Request, for_admins, see
from campaign.web.frame.networks import dollars
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, config_now, now, publisher, zone

REQUIRED: Mapping[str, tuple[str, ...]] = {
    name: network.required_keys for name, network in NETWORKS.items()
}
"""The keys that each network must have."""
SHORT = 5
"""How many posts the page of a channel shows."""


@for_admins
@require_GET
def show_channels(request: Request) -> HttpResponse:
    """Every channel of the configuration, and those that posts wait for and that it does not name."""
    known = config_now().channels
    shared = shared_accounts(known.values())
    context = {
        "standings": channels.standings(list(known.values()), REQUIRED, now(), zone(), shared),
        "shared": shared,
        "forgotten": channels.forgotten(list(known)),
        "file": file_name(),
    }
    return render(request, "admin/channels.html", context)


@for_admins
@require_GET
def show_channel(request: Request, name: str) -> HttpResponse:
    """One channel: its state, its limits, its keys (never their values), and the test."""
    channel = in_force([_channel(name)])[name]
    network = NETWORKS[channel.network]
    context = {
        "standing": _standing(channel),
        "keys": _keys(channel),
        "limits": {
            "text": network.longest(channel),
            "pictures": network.pictures.most,
            "description": network.pictures.longest_alt,
        },
        "test_cost": dollars(network.test_cost) if network.test_cost else "",
        "out": _out(name),
        "gap": say_span(channel.minimum_gap),
        "file": file_name(),
    }
    return render(request, "admin/channel.html", context)


@for_admins
@require_POST
def test(request: Request, name: str) -> HttpResponse:
    """Asks the network whether it accepts the keys; also in a dry run. Nothing is posted."""
    channel, by = _channel(name), request.user.username
    try:
        wrong = deciding.check(
            name, publisher(channel, dry_run=False), by, now(), config().publishing.clock_limit
        )
    except Problem as problem:
        warn(request, str(problem))
        return see("channel", name)
    if wrong:
        warn(request, wrong)
    else:
        said = _("The network accepts the keys of %(name)s. Nothing was posted.")
        tell(request, said % {"name": name})
    return see("channel", name)


@for_admins
@require_POST
def wake(request: Request, name: str) -> HttpResponse:
    """Ends the rest of an account in trouble: it is tried again at once."""
    _channel(name)
    try:
        deciding.wake(name, request.user.username, now())
        tell(request, _("%(name)s is tried again at once.") % {"name": name})
    except Problem as problem:
        warn(request, str(problem))
    return see("channel", name)


@for_admins
@require_POST
def looked(request: Request, name: str) -> HttpResponse:
    """Somebody has looked at the account themselves: the channel goes on."""
    _channel(name)
    try:
        deciding.looked(name, request.user.username, now())
        tell(request, _("%(name)s goes on.") % {"name": name})
    except Problem as problem:
        warn(request, str(problem))
    return see("channel", name)


def file_name() -> str:
    """The name of the configuration's file, without where it is."""
    return Path(config().file or DEFAULT_FILE).name


def _channel(name: str) -> Channel:
    try:
        return config().channels[name]
    except KeyError:
        raise Http404 from None


def _standing(channel: Channel) -> ChannelStanding:
    shared = shared_accounts(config().channels.values())
    return channels.standings([channel], REQUIRED, now(), zone(), shared)[0]


def _keys(channel: Channel) -> list[tuple[str, bool, bool]]:
    """The names of the keys that the network takes, whether it must have each, and whether it is there."""
    network = NETWORKS[channel.network]
    keys = []
    for name in (*network.required_keys, *network.optional_keys):
        is_there = name in channel.keys and not channel.keys[name].problem
        keys.append((name, name in network.required_keys, is_there))
    return keys


def _out(name: str) -> list[Delivery]:
    """The newest posts that are out on a channel."""
    wanted = Wanted(channel=name, statuses=frozenset({Status.PUBLISHED}))
    return list(deliveries(wanted, Order.NEWEST)[:SHORT])


urlpatterns = [
    path("channels/", show_channels, name="channels"),
    path("channels/<path:name>/test/", test, name="channel_test"),
    path("channels/<path:name>/wake/", wake, name="channel_wake"),
    path("channels/<path:name>/looked/", looked, name="channel_looked"),
    path("channels/<path:name>/", show_channel, name="channel"),
]
