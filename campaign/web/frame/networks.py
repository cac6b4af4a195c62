"""Networks as people see them: what they are called, their signs, and how posts look there."""

from collections.abc import Iterable

from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from campaign.config import Channel
from campaign.publishers import NETWORKS
from campaign.publishers.network import Look
from campaign.web.frame.icons import PATHS, drawn

PLAIN = Look(PATHS["channel"])
"""Of what is kept from a network that there is no more."""


def network(name: str) -> str:
    """What people call a network."""
    return NETWORKS[name].title if name in NETWORKS else name


def look_of(name: str) -> Look:
    """How posts look on a network."""
    return NETWORKS[name].look if name in NETWORKS else PLAIN


def network_icon(name: str) -> SafeString:
    """The sign of a network; its name stands beside it."""
    return drawn(look_of(name).icon)


def network_styles() -> SafeString:
    """The stylesheets that the networks bring along."""
    styled = (
        (static(f"networks/{name}/look.css"),) for name, one in NETWORKS.items() if one.look.styles
    )
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', styled)


def networks_of(channels: Iterable[Channel]) -> str:
    """The networks of these channels, as a person would list them."""
    return listed({channel.network for channel in channels})


def listed(names: Iterable[str]) -> str:
    """Networks by their names, in the order in which the program knows them."""
    wanted = set(names)
    known = [name for name in NETWORKS if name in wanted]
    return get_text_list([network(name) for name in known], _("and"))


def dollars(amount: float) -> str:
    """Such as "0.20" or "0.015", in the reader's way."""
    whole = f"{amount:.3f}"
    return str(formats.number_format(amount, 2 if whole.endswith("0") else 3))


def paid() -> str:
    """The networks that charge for posts."""
    return listed(name for name, one in NETWORKS.items() if one.is_paid)
