"""What a person is told before they say yes: who answers for it, who gets it, for how long, and what their rights are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from django import forms
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from campaign.config import Channel
from campaign.publishers import NETWORKS
from campaign.stories.erasing.erasure import SECOND_THOUGHTS
from campaign.web.frame.networks import network
from campaign.web.frame.site import config
from campaign.web.stories.words import explained

_BLANKS = re.compile(r"[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A network that gets what is posted: its name, and whose it is and where that sits."""

    name: str
    seat: str


def informed() -> dict[str, object]:
    """What the pages about consent say, for their templates."""
    read = config()
    return {
        "site": read.site,
        "explained": list(explained(read.channels.values()).values()),
        "recipients": recipients(read.channels.values()),
        "kept_days": read.stories.erase_after.days,
        "unagreed_days": read.stories.unagreed_days,
        "emptied_days": SECOND_THOUGHTS.days,
    }


def recipients(channels: Iterable[Channel]) -> list[Recipient]:
    """Each network of these channels once, in the order in which the program knows them."""
    wanted = {channel.network for channel in channels}
    return [Recipient(network(name), _seat(name)) for name in NETWORKS if name in wanted]


def _seat(name: str) -> str:
    seat = NETWORKS[name].seat
    return _(seat) if seat else _("on servers that we do not choose")


def page_words(form: forms.Form) -> str:
    """The words of all pages of a consent as they are shown: `form` has no answer in it."""
    html = render_to_string(
        "stories/my_story/consent/_whole.html", {"form": form, "lacks_yes": False, **informed()}
    )
    return _BLANKS.sub("\n", unescape(strip_tags(html))).strip()
