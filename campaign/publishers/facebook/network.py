"""What Facebook takes and shows, known without calling it."""

import re
from datetime import timedelta
from pathlib import Path

from campaign.config import Channel, NetworkSettings
from campaign.core.clock import Clock
from campaign.core.marked import marked as _
from campaign.publishers.network import Can, Look, Network, PictureLimits, RateLimit, Setting
from campaign.publishers.publisher import Publisher

SIGN = (
    "M14 21v-8h3l.5-3.500H14V7.500c0-1 .4-1.7 1.8-1.700H17.500V2.800C17 2.7 16 2.6 15 2.600c-2.7 "
    "0-4.5 1.6-4.5 4.500v2.400H7.500V13h3v8"
)
MAX_FACEBOOK = 63_206
"""Characters a post on a Page may have."""
FOLD = 477
"""Characters after which Facebook shows "See more", as readers have counted them; it is nowhere promised."""

_OF_THE_WEB = re.compile(r"https?://(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)
_ITS_OWN = re.compile(
    r"https?://(?:[\w-]+\.)*(?:facebook\.com|fb\.(?:com|me|watch))(?:[/?#]|$)", re.IGNORECASE
)


def attaches(address: str) -> bool:
    """Whether Facebook takes an address as the attachment of a post. It reads the page first, so it refuses what lies
    inside of a network of one's own; it refuses its own pages, too (error 1609008)."""
    return bool(_OF_THE_WEB.match(address)) and not _ITS_OWN.match(address)


def open_page(channel: Channel, network: NetworkSettings, clock: Clock) -> Publisher:
    """One Page; opens no connection. Raises Problem when a key is missing or the address is none."""
    from campaign.publishers.facebook.publisher import Facebook  # noqa: PLC0415 - facebook-sdk is for who publishes

    return Facebook.open(channel, network, clock)


FACEBOOK = Network(
    name="facebook",
    title="Facebook",
    # As its terms name it for people outside of Europe (https://www.facebook.com/legal/terms).
    seat=_("Meta Platforms, Inc., in the United States"),
    look=Look(SIGN, fold=FOLD, says_when=True, styles=Path(__file__).with_name("styles")),
    limit=MAX_FACEBOOK,
    utm_source="facebook",
    # Meta's reference says 10 MB, its own error 1366046 says 4; it names no pixels, and shows 2,048.
    pictures=PictureLimits(4_000_000, 4096, 4096, ("image/jpeg", "image/png")),
    open=open_page,
    attaches_link=attaches,
    account_keys=("page_access_token",),
    account_of=lambda keys: keys.get("page_id", ""),
    required_keys=("page_id", "page_access_token"),
    optional_keys=("app_secret",),
    settings={
        "graph_url": Setting(
            "https://graph.facebook.com",
            _("The address of Facebook. Change it for tests only."),
        ),
        "version": Setting("v26.0", _("The version of Facebook's interface.")),
    },
    # 4,800 calls a Page in 24 hours for each person who engaged with it, played as a Page with one such person
    # (https://developers.facebook.com/docs/graph-api/overview/rate-limiting/).
    rates=(RateLimit(4_800, timedelta(hours=24), pictures_count=True),),
    # "An app can update a Page post only if the post was made using that app"
    # (https://developers.facebook.com/docs/graph-api/reference/page-post/).
    can=frozenset({Can.LOOK, Can.DELETE, Can.EDIT}),
    is_in_starter=True,
)
