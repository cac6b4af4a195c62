"""What people call a channel: its network and its language."""

from django.utils.translation import gettext as _

from campaign.config import Config
from campaign.web.frame.names import language_name
from campaign.web.frame.networks import network


def channel_name(name: str, config: Config) -> str:
    """Its network and its language; with its own name where another channel would be called the same."""
    channel = config.channels.get(name)
    if channel is None:
        return name
    called = _("%(network)s, %(language)s") % {
        "network": network(channel.network),
        "language": language_name(channel.language),
    }
    same = [
        one for one in config.channels.values() if (one.network, one.language) == (channel.network, channel.language)
    ]
    return called if len(same) == 1 else f"{called} ({name})"
