"""The slots, the gap and the most a day of an account, changed here or given back to the configuration's file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.authoring.shared import accounts
from campaign.authoring.shared.written import newest
from campaign.config import Channel
from campaign.config.accounts import AccountTimes, times_of, with_times
from campaign.core.problem import Problem
from campaign.core.span import say_span
from campaign.models.shared import SharedKind
from campaign.web.admin.channels import file_name
from campaign.web.frame.access import Request, for_admins, see
from campaign.web.frame.names import channel_name
from campaign.web.frame.notices import tell, warn
from campaign.web.frame.site import config, config_now, now, zone
from campaign.web.posts.page import base_of
from campaign.web.shared.account_form import form_values, read_times, slot_in_words

_SHOWN = 30
"""Deliveries of which the page tells that they stand at no slot."""


@for_admins
@require_http_methods(["GET", "POST"])
def show_times(request: Request, name: str) -> HttpResponse:
    """The times and limits of an account, with who rules; sent, they are set, or given back to the file."""
    channel = config().channels.get(name)
    if channel is None:
        raise Http404
    if request.method == "GET":
        return _page(request, channel, times_of(config_now().channels[name]))
    opened = base_of(request.POST, "opened")
    try:
        if request.POST.get("do") == "give-back":
            accounts.give_back(channel, opened, request.user, now())
            tell(request, _("The file counts again."))
            return see("channel_times", name)
        times = read_times(request.POST)
        accounts.set_times(channel, times, opened, request.user, now())
    except Problem as problem:
        warn(request, problem)
        return _page(request, channel, _typed(request, channel), status=422)
    tell(
        request,
        _("Set. What publishes obeys within a few seconds; what is planned keeps its time."),
    )
    return see("channel_times", name)


def _typed(request: Request, channel: Channel) -> AccountTimes:
    """What was typed, so that it is not lost; what counts now where it cannot be read."""
    try:
        return read_times(request.POST)
    except Problem:
        return times_of(config_now().channels[channel.name])


def _page(
    request: Request, channel: Channel, times: AccountTimes, status: int = 200
) -> HttpResponse:
    version = newest(SharedKind.ACCOUNT, channel.name)
    source = version.source if version else ""
    counts = with_times(channel, source)
    off = accounts.off_slot(channel.name, counts.slots, now(), zone())
    values = {
        **form_values(times),
        "channel": channel,
        "name": channel_name(channel.name, config()),
        "version": version,
        "is_set": bool(source),
        "opened": version.number if version else 0,
        "file": file_name(),
        "of_file": _in_words(channel),
        "off": off[:_SHOWN],
        "more_off": max(0, len(off) - _SHOWN),
    }
    return render(request, "shared/account.html", values, status=status)


def _in_words(channel: Channel) -> dict[str, object]:
    """What the file says."""
    return {
        "slots": list(map(slot_in_words, channel.slots)),
        "gap": say_span(channel.minimum_gap) if channel.minimum_gap else "",
        "most": channel.max_per_day,
    }


urlpatterns = [path("channels/<path:name>/times/", show_times, name="channel_times")]
