"""Networks as people see them: what they are called, their icons, and how posts look there."""

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
"""For posts of a network that the program no longer knows."""


def network(name: str) -> str:
    """What people call a network; its own name when the program does not know it."""
    return NETWORKS[name].title if name in NETWORKS else name


def look_of(name: str) -> Look:
    """How posts look on a network."""
    return NETWORKS[name].look if name in NETWORKS else PLAIN


def network_icon(name: str) -> SafeString:
    """The icon of a network as SVG; its name stands beside it."""
    return drawn(look_of(name).icon)


def network_styles() -> SafeString:
    """The HTML that links to the stylesheets of the networks that have one."""
    styled = [name for name, known in NETWORKS.items() if known.look.styles]
    addresses = [(static(f"networks/{name}/look.css"),) for name in styled]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', addresses)


def networks_of(channels: Iterable[Channel]) -> str:
    """The networks of these channels, as a person would list them."""
    return listed({channel.network for channel in channels})


def listed(names: Iterable[str]) -> str:
    """Networks by their names, in the order in which the program knows them."""
    wanted = set(names)
    known = [name for name in NETWORKS if name in wanted]
    return get_text_list([network(name) for name in known], _("and"))


def dollars(amount: float) -> str:
    """An amount such as "0.20" or "0.015", as the reader's language writes it."""
    has_cents_only = f"{amount:.3f}".endswith("0")
    return str(formats.number_format(amount, 2 if has_cents_only else 3))


def paid() -> str:
    """The networks that charge for posts."""
    return listed(name for name, known in NETWORKS.items() if known.is_paid)
